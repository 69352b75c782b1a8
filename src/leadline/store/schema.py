"""Every table. Read this file to know the data model; ``store/migrations`` makes it, step by step.

Conventions: rowid tables (a text key as primary key costs 2.7 times as much per upsert on SQLite);
moments are ``Instant``, integer microseconds since the epoch, the same on both databases; ``Json`` is
JSON text; nothing that explains a text to a person or a court is ever deleted or overwritten.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

from leadline.store.columns import Id, Instant, Json, partial

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _listed(name: str, column: str, *, where: str) -> Index:
    """An index of ``conversations`` for one list of the inbox."""
    return partial(f"ix_conversations_{name}", column, "id", "assignee_id", "team_id", where=where)


teams = Table(
    "teams",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("created_at", Instant, nullable=False),
)

users = Table(
    "users",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", Text, nullable=False),
    Column("email", Text, nullable=False, unique=True),
    Column("role", Text, nullable=False),  # admin, agent, viewer
    Column("team_id", ForeignKey("teams.id")),
    Column("password_hash", Text),  # argon2id; null while they come in by link only
    Column("totp_secret", Text),  # of the second factor; it counts from totp_since on
    Column("totp_since", Instant),
    Column("totp_step", BigInteger),  # the last one used: no code lets anybody in twice
    Column("created_at", Instant, nullable=False),
    Column("disabled_at", Instant),
)

signin_links = Table(
    "signin_links",
    metadata,
    Column("id", Id, primary_key=True),
    Column("user_id", ForeignKey("users.id"), nullable=False),
    Column("token_hash", Text, nullable=False, unique=True),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("used_at", Instant),
)

sessions = Table(
    "sessions",
    metadata,
    Column("id", Id, primary_key=True),
    Column("user_id", ForeignKey("users.id"), nullable=False),
    Column("token_hash", Text, nullable=False, unique=True),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("last_seen_at", Instant),
    Column("address", Text),  # where it was begun from,
    Column("browser", Text),  # and with what, for whoever looks through their own
)

# Wrong passwords and codes, which make the next try wait; old ones are deleted.
signin_failures = Table(
    "signin_failures",
    metadata,
    Column("id", Id, primary_key=True),
    Column("kind", Text, nullable=False),  # account (a password), code, address
    Column("name", Text, nullable=False),  # an email as it was typed, whether there is such a user or not
    Column("at", Instant, nullable=False),
    Index("ix_signin_failures", "kind", "name", "at"),
)

api_tokens = Table(
    "api_tokens",
    metadata,
    Column("id", Id, primary_key=True),
    Column("user_id", ForeignKey("users.id")),
    Column("name", Text, nullable=False),
    Column("token_hash", Text, nullable=False, unique=True),
    Column("created_at", Instant, nullable=False),
    Column("last_used_at", Instant),
    Column("revoked_at", Instant),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Id, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("actor", Text, nullable=False),  # user:3, token:7, cli
    Column("action", Text, nullable=False),
    Column("subject", Text, nullable=False),  # lead:12
    Column("detail", Json),
)

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

leads = Table(
    "leads",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", Text, nullable=False),
    Column("phone", Text, index=True),  # E.164; two leads may share one
    Column("company", Text),
    Column("email", Text),
    Column("stage", Text, nullable=False),
    Column("owner_id", ForeignKey("users.id")),
    Column("time_zone", Text),
    Column("state", Text),  # CO, or a Canadian province: where to look for their hours
    Column("zip", Text),
    Column("fields", Json, nullable=False),
    Column("merged_into_id", ForeignKey("leads.id")),  # the same person, who is that lead now
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
)

lead_tags = Table(
    "lead_tags",
    metadata,
    Column("id", Id, primary_key=True),
    Column("lead_id", ForeignKey("leads.id"), nullable=False),
    Column("tag", Text, nullable=False, index=True),
    UniqueConstraint("lead_id", "tag"),
)

conversations = Table(
    "conversations",
    metadata,
    Column("id", Id, primary_key=True),
    Column("number", Text, nullable=False, unique=True),  # E.164, a short code, or a name
    Column("consent", Text, nullable=False),  # none, opted_in, opted_out: derived from consent_events
    Column("consent_at", Instant),
    Column("review_since", Instant),  # a possible opt-out waits for a person; derived likewise
    Column("unusable_because", Text),  # what Twilio reported of the number; null while texts may arrive
    Column("unread", Integer, nullable=False),
    Column("last_at", Instant, nullable=False),
    Column("last_text", Text, nullable=False),
    Column("last_inbound_at", Instant),
    Column("assignee_id", ForeignKey("users.id")),  # who answers here
    Column("team_id", ForeignKey("teams.id")),  # whose it is: the assignee's team, or one it was given to
    Column("waiting_since", Instant),  # their first text that no person has answered
    Column("failed_id", BigInteger),  # the text that did not arrive, while nobody has written since
    Column("closed_at", Instant),  # nothing more to do; their next text opens it again
    Column("created_at", Instant, nullable=False),
    # The lists of store/inbox.py, each in its order, with what the scope asks for: no row is read in vain.
    _listed("open", "last_at", where="closed_at IS NULL"),
    _listed("unread", "last_at", where="unread > 0 AND closed_at IS NULL"),
    _listed("unassigned", "last_at", where="assignee_id IS NULL AND closed_at IS NULL"),
    _listed("failed", "last_at", where="failed_id IS NOT NULL AND closed_at IS NULL"),
    _listed("review", "review_since", where="review_since IS NOT NULL"),
    _listed("closed", "last_at", where="closed_at IS NOT NULL"),
    _listed(
        "waiting",
        "waiting_since",
        where="waiting_since IS NOT NULL AND consent <> 'opted_out' AND closed_at IS NULL",
    ),
    partial(
        "ix_conversations_mine",
        "assignee_id",
        "last_at",
        "id",
        "team_id",
        where="assignee_id IS NOT NULL AND closed_at IS NULL",
    ),
)

# What stands in a thread beside the texts: notes of the team, and what was done with the conversation.
entries = Table(
    "entries",
    metadata,
    Column("id", Id, primary_key=True),
    Column("conversation_id", ForeignKey("conversations.id"), nullable=False),
    Column("kind", Text, nullable=False),  # note, assigned, closed, opened, stage, merged
    Column("author", Text, nullable=False),  # user:3, token:7, cli, lead
    Column("body", Text, nullable=False),  # a note's words
    Column("detail", Json),  # of the others: whom it was assigned to, the stage before and after
    Column("at", Instant, nullable=False),
    Index("ix_entries_thread", "conversation_id", "at"),
)

# What somebody has begun to write; one a person and conversation.
drafts = Table(
    "drafts",
    metadata,
    Column("id", Id, primary_key=True),
    Column("user_id", ForeignKey("users.id"), nullable=False),
    Column("conversation_id", ForeignKey("conversations.id"), nullable=False),
    Column("body", Text, nullable=False),
    Column("template", Text),
    Column("updated_at", Instant, nullable=False),
    UniqueConstraint("user_id", "conversation_id"),
)

# Who has which conversation open now; a row is believed for some seconds only.
presence = Table(
    "presence",
    metadata,
    Column("id", Id, primary_key=True),
    Column("user_id", ForeignKey("users.id"), nullable=False),
    Column("conversation_id", ForeignKey("conversations.id"), nullable=False),
    Column("seen_at", Instant, nullable=False),
    Column("writing_at", Instant),
    UniqueConstraint("user_id", "conversation_id"),
    Index("ix_presence_conversation", "conversation_id", "seen_at"),
)

# What an admin chose on the settings page; the environment wins.
preferences = Table(
    "preferences",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", Text, nullable=False, unique=True),  # a setting's variable, LEADLINE_OWN_HOURS
    Column("value", Json),
    Column("changed_by", Text, nullable=False),
    Column("changed_at", Instant, nullable=False),
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
    Column("twilio_sid", Text),  # unique, once there is one
    Column("resolved_by", Text),  # answer, report, list, person, policy
    Column("doubted_at", Instant),  # since when nobody knew what became of it; stays when somebody does
    Column("next_look_at", Instant),  # when Twilio's list is searched for it; null while it is not in doubt
    Column("looks", Integer, nullable=False),  # how often the list was read to its end for it
    Column("is_double", Boolean, nullable=False),  # accepted, as another attempt at the same text was
    Column("closed_at", Instant),  # null while the text may be under way or its fate is unknown
    # The second of two open attempts would be a second text. Also finds those whose worker has died.
    partial("uq_attempts_open", "message_id", where="closed_at IS NULL", unique=True),
    partial("uq_attempts_twilio_sid", "twilio_sid", where="twilio_sid IS NOT NULL", unique=True),
    partial("ix_attempts_look", "next_look_at", where="next_look_at IS NOT NULL"),
    # What was ever in doubt, and what resolved it: the status page counts these.
    partial("ix_attempts_doubted", "doubted_at", "resolved_by", where="doubted_at IS NOT NULL"),
    partial("ix_attempts_double", "id", where="is_double"),
)

evidence = Table(
    "evidence",
    metadata,
    Column("id", Id, primary_key=True),
    Column("kind", Text, nullable=False),  # answer, report, list, fetch, person
    Column("attempt_id", BigInteger),  # of an answer; a report is found by its SID
    Column("twilio_sid", Text),
    Column("status", Text, nullable=False),
    Column("error_code", Integer, nullable=False),
    Column("raw", Text, nullable=False),  # what came, as it came: a report's form, an answer's JSON
    Column("at", Instant, nullable=False),
    # Twilio's report has no event id or time: the same words about the same text are the same report.
    UniqueConstraint("twilio_sid", "kind", "status", "error_code"),
    partial("ix_evidence_attempt_id", "attempt_id", where="attempt_id IS NOT NULL"),
)

# One chain of hashes over all rows, in the order of their ids, which have no gaps: consent.py explains it.
consent_events = Table(
    "consent_events",
    metadata,
    Column("id", Id, primary_key=True),
    Column("number", Text, nullable=False, index=True),  # E.164; of an erased person, a keyed hash
    Column("kind", Text, nullable=False),  # opt_out, opt_in, possible_stop, not_a_stop
    Column("source", Text, nullable=False),  # keyword, free_text, carrier, person, import, web_form, api
    Column("words", Text, nullable=False),  # exactly theirs
    Column("disclosure", Text, nullable=False),  # what they were shown when they agreed
    Column("reference", Text, nullable=False),  # where the proof lies: a form's address, a file and row
    Column("message_id", ForeignKey("messages.id")),
    Column("actor", Text, nullable=False),  # lead, twilio, user:3, token:7, cli
    Column("at", Instant, nullable=False),  # when it happened
    Column("recorded_at", Instant, nullable=False),
    Column("salt", Text),  # of the digest of what is personal; null once that was erased
    Column("personal_digest", Text, nullable=False),
    Column("hash", Text, nullable=False),  # of this row and the hash before
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
)

# What a worker does from time to time: one of several takes it, by moving ``next_at`` on.
chores = Table(
    "chores",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", Text, nullable=False, unique=True),  # inbound, catch_up
    Column("next_at", Instant, nullable=False),
    Column("through", Instant, nullable=False),  # what happened until then has been seen to
)

# What the dashboard shows of days that are over, counted once for each time zone that somebody looks from;
# store/figures.py has the kinds. Whose a conversation was is as of the counting.
figures = Table(
    "figures",
    metadata,
    Column("id", Id, primary_key=True),
    Column("zone", Text, nullable=False),
    Column("day", Text, nullable=False),  # there, as 2026-11-22
    Column("team_id", BigInteger),
    Column("assignee_id", BigInteger),
    Column("sender_id", BigInteger),
    Column("template", Text),
    Column("kind", Text, nullable=False),
    Column("value", Integer, nullable=False),  # an error code, or minutes; 0 for the other kinds
    Column("count", Integer, nullable=False),
    Index("ix_figures_day", "zone", "day"),
)

# One row: which database this is, how old, and whether a person must look before anything is sent.
installation = Table(
    "installation",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", Text, nullable=False),  # random; tells one database from another
    Column("generation", BigInteger, nullable=False),  # grows with time: a restored one looks old
    Column("beat_at", Instant, nullable=False),  # when it last grew
    Column("held_since", Instant),  # null while texts may leave
    Column("held_because", Text),
    Column("erasure_key", Text),  # turns the number of an erased person into a hash; made when first needed
)

# The last genuine webhook of each kind, to within seconds.
heard = Table(
    "heard",
    metadata,
    Column("id", Id, primary_key=True),
    Column("kind", Text, nullable=False, unique=True),  # inbound, status
    Column("last_at", Instant, nullable=False),
)

# Webhooks that were turned away, counted: whoever sends them must not fill the disk.
rejects = Table(
    "rejects",
    metadata,
    Column("id", Id, primary_key=True),
    Column("day", Text, nullable=False),  # in UTC, as 2026-11-22
    Column("reason", Text, nullable=False),
    Column("count", Integer, nullable=False),
    Column("last_at", Instant, nullable=False),
    UniqueConstraint("day", "reason"),
)
