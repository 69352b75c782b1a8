"""The indexes of conversations and messages, which every list and every worker's question has one of.

Most hold a few rows only: what a text is not in costs it nothing.
"""

from sqlalchemy import Index

from leadline.store.columns import partial


def of_conversations() -> tuple[Index, ...]:
    """Those of the lists of the inbox."""
    return (
        # The lists of store/inbox.py, each with what the scope asks for: no row is read in vain.
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


def _listed(name: str, column: str, *, where: str) -> Index:
    """For one list, in its order."""
    return partial(f"ix_conversations_{name}", column, "id", "assignee_id", "team_id", where=where)


def of_messages() -> tuple[Index, ...]:
    """Those of threads, of the queue, and of what somebody has to look into."""
    return (
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
