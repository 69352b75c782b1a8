"""How things stand: what an operator watches, counted by small indexes, never by reading all texts.

Each statement names its index's condition in so many words, since a partial index serves no other.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from leadline.store import conversations
from leadline.store.batch import Select
from leadline.store.columns import instant, micros
from leadline.store.database import Transaction
from leadline.store.scope import EVERYTHING, Scope


@dataclass(frozen=True, slots=True)
class Queue:
    """What waits to leave. ``due`` may leave now, ``scheduled`` later; ``posting`` is under way."""

    due: int
    scheduled: int
    oldest_due_at: datetime | None
    posting: int


@dataclass(frozen=True, slots=True)
class Unknown:
    """How many texts are of one unknown fate, since when the oldest, and how many came into doubt of late."""

    texts: int
    since: datetime
    fresh: int


@dataclass(frozen=True, slots=True)
class Open:
    """A text of unknown fate. ``state``: in_doubt, which is looked for, or unconfirmed, to be decided."""

    message_id: int
    conversation_id: int
    number: str
    state: str
    began_at: datetime
    since: datetime
    looks: int
    next_look_at: datetime | None


@dataclass(frozen=True, slots=True)
class Double:
    """A text that left twice."""

    message_id: int
    conversation_id: int
    number: str
    at: datetime


Listed = TypeVar("Listed", Open, Double)

# Indexes: ix_messages_queue and ix_messages_deferred, which together are as long as the queue.
_QUEUE = Select(
    """SELECT COUNT(*) AS waiting, COUNT(CASE WHEN due_at <= ? THEN 1 END) AS due, MIN(due_at) AS oldest
    FROM (
      SELECT due_at FROM messages WHERE state = 'queued' AND deferred_until IS NULL
      UNION ALL
      SELECT deferred_until FROM messages WHERE state = 'queued' AND deferred_until IS NOT NULL
    ) AS queue""",
    ("waiting", "due", "oldest"),
)
# Index: uq_attempts_open, as long as what is under way or of unknown fate.
_POSTING = Select(
    "SELECT COUNT(*) AS posting FROM attempts WHERE closed_at IS NULL AND outcome IS NULL", ("posting",)
)
# Indexes: ix_messages_doubt, then each text's open attempt.
_BY_STATE = Select(
    """SELECT m.state, COUNT(*) AS texts, MIN(a.doubted_at) AS since,
      COUNT(CASE WHEN a.doubted_at >= ? THEN 1 END) AS fresh
    FROM messages m JOIN attempts a ON a.message_id = m.id AND a.closed_at IS NULL
    WHERE m.state IN ('in_doubt', 'unconfirmed') GROUP BY m.state""",
    ("state", "texts", "since", "fresh"),
)
_OPEN = Select(
    """SELECT m.id, m.conversation_id, m.number, m.state, a.started_at, a.doubted_at, a.looks, a.next_look_at
    FROM messages m JOIN attempts a ON a.message_id = m.id AND a.closed_at IS NULL
    WHERE m.state IN ('in_doubt', 'unconfirmed') AND m.state = ? ORDER BY m.id LIMIT ?""",
    ("id", "conversation_id", "number", "state", "started_at", "doubted_at", "looks", "next_look_at"),
)
# Index: ix_attempts_doubted, all of whose entries are of texts that once were in doubt.
_RESOLVED = Select(
    """SELECT resolved_by, COUNT(*) AS texts FROM attempts
    WHERE doubted_at IS NOT NULL AND doubted_at >= ? AND resolved_by IS NOT NULL GROUP BY resolved_by""",
    ("resolved_by", "texts"),
)
# Index: ix_attempts_double.
_DOUBLES = Select("SELECT COUNT(*) AS doubles FROM attempts WHERE is_double", ("doubles",))
_LAST_DOUBLES = Select(
    """SELECT m.id, m.conversation_id, m.number, a.started_at
    FROM attempts a JOIN messages m ON m.id = a.message_id WHERE a.is_double ORDER BY a.id DESC LIMIT ?""",
    ("id", "conversation_id", "number", "started_at"),
)


def queue(tx: Transaction, *, now: datetime) -> Queue:
    """What waits to leave, and how long the oldest of it has."""
    [(waiting, due, oldest)] = _QUEUE.run(tx, micros(now))
    [(posting,)] = _POSTING.run(tx)
    return Queue(due, waiting - due, instant(oldest) if due else None, posting)


def of_unknown_fate(tx: Transaction, *, fresh_since: datetime) -> dict[str, Unknown]:
    """How the texts that are in_doubt or unconfirmed stand, by state; no entry where there is none."""
    return {
        state: Unknown(texts, instant(since), fresh)
        for state, texts, since, fresh in _BY_STATE.run(tx, micros(fresh_since))
    }


# How many are looked at to list some of them to somebody who does not see them all.
LOOKED_THROUGH = 1000


def oldest(tx: Transaction, state: str, *, scope: Scope = EVERYTHING, limit: int) -> list[Open]:
    """The first texts in that state, in_doubt or unconfirmed, whose conversations are in scope."""
    found = [
        Open(
            message_id=message_id,
            conversation_id=conversation_id,
            number=number,
            state=state,
            began_at=instant(began),
            since=instant(doubted or began),
            looks=looks,
            next_look_at=instant(next_look) if next_look is not None else None,
        )
        for message_id, conversation_id, number, state, began, doubted, looks, next_look in _OPEN.run(
            tx, state, _to_look_through(scope, limit)
        )
    ]
    return _seen(tx, found, scope=scope)[:limit]


def resolved(tx: Transaction, *, since: datetime) -> dict[str, int]:
    """Of the attempts that came into doubt since then: what resolved them, and how many."""
    return {by: texts for by, texts in _RESOLVED.run(tx, micros(since))}  # noqa: C416


def doubles(tx: Transaction) -> int:
    """How many texts ever left twice."""
    [(count,)] = _DOUBLES.run(tx)
    return int(count)


def last_doubles(tx: Transaction, *, scope: Scope = EVERYTHING, limit: int) -> list[Double]:
    """The newest of them whose conversations are in scope."""
    found = [
        Double(message_id, conversation_id, number, at=instant(at))
        for message_id, conversation_id, number, at in _LAST_DOUBLES.run(tx, _to_look_through(scope, limit))
    ]
    return _seen(tx, found, scope=scope)[:limit]


def _to_look_through(scope: Scope, limit: int) -> int:
    return limit if scope == EVERYTHING else LOOKED_THROUGH


def _seen(tx: Transaction, found: list[Listed], *, scope: Scope) -> list[Listed]:
    if scope == EVERYTHING or not found:
        return found
    seen = conversations.seen(tx, [text.conversation_id for text in found], scope=scope)
    return [text for text in found if text.conversation_id in seen]


STATEMENTS = (_QUEUE, _POSTING, _BY_STATE, _OPEN, _RESOLVED, _DOUBLES, _LAST_DOUBLES)
