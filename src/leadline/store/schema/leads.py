"""Whom the team writes to: leads, conversations and what stands in them beside the texts, consent."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, Table, Text, UniqueConstraint

from leadline.store.columns import Id, Instant, Json, partial
from leadline.store.schema.base import metadata


def _listed(name: str, column: str, *, where: str) -> Index:
    """An index of ``conversations`` for one list of the inbox."""
    return partial(f"ix_conversations_{name}", column, "id", "assignee_id", "team_id", where=where)


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
