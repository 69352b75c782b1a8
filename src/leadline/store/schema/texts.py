"""The texts themselves: from where, with which words, what was tried, and what became of each."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
)

from leadline.store.columns import Id, Instant, Json, partial
from leadline.store.schema.base import metadata

senders = Table(
    "senders",
    metadata,
    Column("id", Id, primary_key=True),
    Column("address", Text, nullable=False, unique=True),  # +15005550006, or MG… for a Messaging Service
    Column("kind", Text, nullable=False),  # number, toll_free, short_code, service
    Column("rate", Float),  # segments a second; null is no limit
    Column("free_at", Instant, nullable=False),  # when the next segment may leave
    Column("stopped_because", Text),  # null while it may send
    Column("stopped_at", Instant),
    Column("is_simulated", Boolean, nullable=False),
    Column("created_at", Instant, nullable=False),
)

templates = Table(
    "templates",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("body", Text, nullable=False),
    Column("category", Text, nullable=False),  # conversational, transactional, marketing
    Column("description", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
)

messages = Table(
    "messages",
    metadata,
    Column("id", Id, primary_key=True),
    Column("conversation_id", ForeignKey("conversations.id"), nullable=False),
    Column("lead_id", ForeignKey("leads.id")),
    Column("sender_id", ForeignKey("senders.id")),
    Column("direction", Text, nullable=False),  # outbound, inbound
    Column("number", Text, nullable=False),  # theirs
    Column("body", Text, nullable=False),
    Column("media_urls", Json, nullable=False),
    Column("segments", Integer, nullable=False),
    Column("template", Text),
    Column("category", Text, nullable=False),
    Column("state", Text, nullable=False),  # how far we are; see rules/status.py
    Column("status", Text),  # what Twilio says of it
    Column("rank", Integer, nullable=False),  # of that status; it only grows
    Column("error_code", Integer, nullable=False),  # 0 is none; once seen it stays
    Column("twilio_sid", Text),  # unique, once there is one
    Column("idempotency_key", Text),  # unique; inbound texts have none
    Column("request_hash", Text),
    Column("created_by", Text, nullable=False),  # user:3, token:7, cli, auto_reply
    Column("priority", Integer, nullable=False),  # 0 replies and single texts, 1 campaigns
    Column("tries", Integer, nullable=False),
    Column("resend_after", Integer),  # seconds after which an unconfirmed text may go again; null is never
    Column("due_at", Instant, nullable=False),
    Column("not_before", Instant, nullable=False),  # later than due_at while backing off or deferred
    Column("deferred_until", Instant),  # by the gate; until then it holds back no later text
    Column("look_at", Instant),  # when Twilio is asked what became of it; null once nothing more is expected
    Column("looks", Integer, nullable=False),  # how often it was asked
    Column("created_at", Instant, nullable=False),
    Column("closed_at", Instant),
    # The thread of a conversation, newest first.
    Index("ix_messages_thread", "conversation_id", "id"),
    Index("ix_messages_lead", "lead_id", "id"),
    partial("uq_messages_twilio_sid", "twilio_sid", where="twilio_sid IS NOT NULL", unique=True),
    partial(
        "uq_messages_idempotency_key", "idempotency_key", where="idempotency_key IS NOT NULL", unique=True
    ),
    # What the worker claims, in its order; as small as the queue is.
    partial(
        "ix_messages_queue",
        "sender_id",
        "priority",
        "due_at",
        "id",
        where="state = 'queued' AND deferred_until IS NULL",
    ),
    # What is to be sent later, the next first; a text that is sent at once is never in it.
    partial(
        "ix_messages_scheduled",
        "not_before",
        "id",
        "conversation_id",
        where="state = 'queued' AND not_before > created_at",
    ),
    partial("ix_messages_deferred", "deferred_until", where="deferred_until IS NOT NULL"),
    # What may hold back a later text of the same conversation, or needs a look.
    partial("ix_messages_open", "conversation_id", where="state IN ('queued', 'posting')"),
    # What somebody must find out about; few at any time.
    partial("ix_messages_doubt", "state", "id", where="state IN ('in_doubt', 'unconfirmed')"),
    partial("ix_messages_look", "look_at", where="look_at IS NOT NULL"),
)

# Every answer of the gate, so that it can be told years later why a text left, waited or did not.
decisions = Table(
    "decisions",
    metadata,
    Column("id", Id, primary_key=True),
    Column("message_id", ForeignKey("messages.id"), nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("asked_when", Text, nullable=False),  # queue, claim
    Column("answer", Json, nullable=False),  # verdict, reasons, until: as it is shown
    # A text's last answer is found without reading the others.
    Index("ix_decisions_message", "message_id", "id"),
)

attempts = Table(
    "attempts",
    metadata,
    Column("id", Id, primary_key=True),
    Column("message_id", ForeignKey("messages.id"), nullable=False, index=True),
    Column("decision_id", ForeignKey("decisions.id"), nullable=False),  # that let it begin
    Column("token", Text, nullable=False, unique=True),  # in the status callback's path
    Column("worker", Text, nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("lease_until", Instant, nullable=False),
    Column("outcome", Text),  # a SendKind; null until there is an answer or the lease is over
    Column("http_status", Integer),
    Column("error_code", Integer, nullable=False),
    Column("twilio_sid", Text),  # the message's, unless it is a double
    Column("resolved_by", Text),  # answer, report, list, person, policy
    Column("doubted_at", Instant),  # since when nobody knew what became of it; stays when somebody does
    Column("next_look_at", Instant),  # when Twilio's list is searched for it; null while it is not in doubt
    Column("looks", Integer, nullable=False),  # how often the list was read to its end for it
    Column("is_double", Boolean, nullable=False),  # accepted, as another attempt at the same text was
    Column("closed_at", Instant),  # null while the text may be under way or its fate is unknown
    # The second of two open attempts would be a second text. Also finds those whose worker has died.
    partial("uq_attempts_open", "message_id", where="closed_at IS NULL", unique=True),
    partial("ix_attempts_look", "next_look_at", where="next_look_at IS NOT NULL"),
    # What was ever in doubt, and what resolved it: the status page counts these.
    partial("ix_attempts_doubted", "doubted_at", "resolved_by", where="doubted_at IS NOT NULL"),
    # There are hardly any. Every other attempt has its message's SID, and is found by that: SIDs are random,
    # and in an index of its own each would write a page.
    partial("ix_attempts_double", "id", where="is_double"),
)

evidence = Table(
    "evidence",
    metadata,
    Column("id", Id, primary_key=True),
    Column("kind", Text, nullable=False),  # answer, report, list, fetch, person
    Column("attempt_id", BigInteger),  # of what is about an attempt; a report is about a SID alone
    Column("twilio_sid", Text),
    Column("status", Text, nullable=False),
    Column("error_code", Integer, nullable=False),
    Column("raw", Text, nullable=False),  # what came, as it came: a report's form, an answer's JSON
    Column("at", Instant, nullable=False),
    # Twilio's report has no event id or time: the same words about the same text are the same report.
    partial(
        "uq_evidence_sid",
        *("twilio_sid", "kind", "status", "error_code"),
        where="attempt_id IS NULL",
        unique=True,
    ),
    # What has an attempt is found by it, for the same reason: with both, sending was up to a tenth slower.
    partial(
        "uq_evidence_attempt",
        *("attempt_id", "kind", "status", "error_code", "twilio_sid"),
        where="attempt_id IS NOT NULL",
        unique=True,
    ),
)

media = Table(
    "media",
    metadata,
    Column("id", Id, primary_key=True),
    Column("message_id", ForeignKey("messages.id"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("url", Text, nullable=False),
    Column("claimed_type", Text, nullable=False),  # what the webhook said; never served
    Column("state", Text, nullable=False),  # waiting, stored, refused, failed
    Column("tries", Integer, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("content_type", Text),  # what the bytes are
    Column("file", Text),
    Column("size", Integer),
    Column("reason", Text),
    UniqueConstraint("message_id", "position"),
    partial("ix_media_due", "due_at", where="state = 'waiting'"),
    partial("ix_media_file", "file", where="file IS NOT NULL"),
)
