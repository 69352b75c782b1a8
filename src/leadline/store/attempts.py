"""Attempts: one row for each create call that might happen. Never deleted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import and_, func, literal_column, or_, select, update

from leadline.store import batch, schema
from leadline.store.batch import Batch, Query, Select
from leadline.store.columns import micros
from leadline.store.database import Transaction

attempts = schema.attempts
messages = schema.messages
conversations = schema.conversations
senders = schema.senders


@dataclass(frozen=True, slots=True)
class Attempt:
    """One create call that might have happened, and what became of it."""

    id: int
    message_id: int
    decision_id: int
    token: str
    worker: str
    started_at: datetime
    lease_until: datetime
    outcome: str | None
    http_status: int | None
    error_code: int
    twilio_sid: str | None
    resolved_by: str | None
    doubted_at: datetime | None
    next_look_at: datetime | None
    looks: int
    is_double: bool
    closed_at: datetime | None


class Ending(NamedTuple):
    """What an answer says of an attempt. One that stays open may still turn out either way, and is looked for
    in Twilio's list at ``next_look_at``.
    """

    attempt_id: int
    outcome: str
    http_status: int | None
    error_code: int
    twilio_sid: str | None
    is_closed: bool
    next_look_at: datetime | None = None


class Standing(NamedTuple):
    """How an attempt stands before an answer or a report is written to it."""

    attempt_id: int
    message_id: int
    is_open: bool
    twilio_sid: str | None


_COLUMNS = [attempts.c[name] for name in Attempt.__dataclass_fields__]
# Of one that begins.
_BEGUN = (
    *("message_id", "decision_id", "token"),
    *("worker", "started_at", "lease_until", "error_code", "looks", "is_double"),
)

_END = Batch(
    """WITH v(id, outcome, http_status, error_code, twilio_sid, resolved_by, doubted_at, next_look_at,
      closed_at) AS ({rows})
    UPDATE attempts SET
      outcome = v.outcome, http_status = v.http_status, error_code = v.error_code, twilio_sid = v.twilio_sid,
      resolved_by = v.resolved_by, doubted_at = COALESCE(attempts.doubted_at, v.doubted_at),
      next_look_at = v.next_look_at, closed_at = v.closed_at
    FROM v WHERE attempts.id = v.id""",
    ("BIGINT", "TEXT", "INTEGER", "INTEGER", "TEXT", "TEXT", "BIGINT", "BIGINT", "BIGINT"),
)
_STANDING = Query(
    """WITH v(token) AS ({rows})
    SELECT token, id, message_id, twilio_sid, closed_at FROM attempts
    WHERE token IN (SELECT token FROM v) ORDER BY id""",
    ("TEXT",),
    ("token", "id", "message_id", "twilio_sid", "closed_at"),
    lock="FOR NO KEY UPDATE",
)
_KNOWN = Query(
    """WITH v(sid) AS ({rows})
    SELECT v.sid FROM v WHERE EXISTS (SELECT 1 FROM messages m WHERE m.twilio_sid = v.sid)
      OR EXISTS (SELECT 1 FROM attempts a WHERE a.is_double AND a.twilio_sid = v.sid)""",
    ("TEXT",),
    ("sid",),
)
_BIND = Batch(
    """WITH v(id, twilio_sid, resolved_by, closed_at) AS ({rows})
    UPDATE attempts SET
      outcome = 'accepted', twilio_sid = v.twilio_sid, resolved_by = v.resolved_by, next_look_at = NULL,
      closed_at = COALESCE(attempts.closed_at, v.closed_at)
    FROM v WHERE attempts.id = v.id AND attempts.twilio_sid IS NULL""",
    ("BIGINT", "TEXT", "TEXT", "BIGINT"),
)


def begin(
    tx: Transaction,
    tokens: Iterable[tuple[int, int, str]],
    *,
    worker: str,
    now: datetime,
    lease_until: datetime,
) -> None:
    """Record that (message id, id of the decision that lets it, token) is about to be posted."""
    same = (worker, micros(now), micros(lease_until), 0, 0, False)
    batch.insert_tuples(tx, attempts, _BEGUN, [(*each, *same) for each in tokens])


def standing(tx: Transaction, tokens: Iterable[str]) -> dict[str, Standing]:
    """How the attempts of these tokens stand; on PostgreSQL they are locked until it ends."""
    found = _STANDING.run(tx, [(token,) for token in tokens])
    return {
        token: Standing(attempt_id, message_id, is_open=closed_at is None, twilio_sid=sid)
        for token, attempt_id, message_id, sid, closed_at in found
    }


def end(tx: Transaction, endings: Sequence[Ending], *, resolved_by: str, now: datetime) -> None:
    """Write answers to attempts that the caller has found open."""
    at = micros(now)
    rows = [
        (
            e.attempt_id,
            e.outcome,
            e.http_status,
            e.error_code,
            e.twilio_sid,
            resolved_by if e.is_closed else None,
            None if e.is_closed else at,
            e.next_look_at and micros(e.next_look_at),
            at if e.is_closed else None,
        )
        for e in endings
    ]
    _END.run(tx, rows)


def bind(tx: Transaction, proofs: Sequence[tuple[int, str]], *, resolved_by: str, now: datetime) -> None:
    """Evidence shows that (attempt id, SID) was accepted, whatever was thought of it before."""
    at = micros(now)
    _BIND.run(tx, [(attempt_id, sid, resolved_by, at) for attempt_id, sid in proofs])


# Whether there is any at all, which there hardly ever is: the worker asks again and again.
_IS_OVERDUE = Select(
    "SELECT id FROM attempts WHERE closed_at IS NULL AND outcome IS NULL AND lease_until < ? LIMIT 1", ("id",)
)
_IS_LOOK_DUE = Select(
    "SELECT id FROM attempts WHERE next_look_at IS NOT NULL AND next_look_at <= ? LIMIT 1", ("id",)
)


def overdue(tx: Transaction, *, now: datetime) -> list[Attempt]:
    """Attempts without an answer whose lease is over: their worker died or sleeps."""
    if not _IS_OVERDUE.run(tx, micros(now)):
        return []
    query = (
        select(*_COLUMNS)
        .where(
            literal_column("attempts.closed_at IS NULL"),
            attempts.c.outcome.is_(None),
            attempts.c.lease_until < now,
        )
        .with_for_update(skip_locked=True, key_share=True)
    )
    return [Attempt(*row) for row in tx.execute(query)]


def mark_in_doubt(tx: Transaction, attempt_ids: Iterable[int], *, now: datetime) -> None:
    """Leave them open, to be looked for from now on: only evidence or a person may close an attempt that may
    have reached Twilio.
    """
    tx.execute(
        update(attempts)
        .where(attempts.c.id.in_(list(attempt_ids)), attempts.c.outcome.is_(None))
        .values(outcome="in_doubt", doubted_at=now, next_look_at=now)
    )


def mark_doubles(tx: Transaction, attempt_ids: Iterable[int]) -> list[int]:
    """Note which of these accepted attempts are not the one whose SID their text has; returns those."""
    is_other = and_(messages.c.id == attempts.c.message_id, messages.c.twilio_sid != attempts.c.twilio_sid)
    found = tx.scalars(
        update(attempts)
        .where(attempts.c.id.in_(list(attempt_ids)), is_other)
        .values(is_double=True)
        .returning(attempts.c.id)
    )
    return list(found)


def doubled(tx: Transaction, message_ids: Iterable[int]) -> set[int]:
    """Those of these messages that left twice. Index: ix_attempts_double, which names its condition so."""
    of_these = attempts.c.message_id.in_(list(message_ids))
    return set(
        tx.scalars(select(attempts.c.message_id).where(literal_column("attempts.is_double"), of_these))
    )


def mark_double(tx: Transaction, attempt_id: int) -> None:
    """Twilio reports a second SID for one attempt."""
    tx.execute(update(attempts).where(attempts.c.id == attempt_id).values(is_double=True))


_TWIN = Select(
    """SELECT t.id, t.message_id, t.closed_at IS NULL AS is_open
    FROM attempts a
    JOIN messages m ON m.id = a.message_id
    JOIN messages l ON l.conversation_id = m.conversation_id AND l.sender_id = m.sender_id
      AND l.body = m.body AND l.id <> m.id
    JOIN attempts t ON t.message_id = l.id
    WHERE a.id = ? AND a.resolved_by = 'list' AND t.twilio_sid IS NULL
      AND (t.outcome IS NULL OR t.outcome = 'in_doubt')
    ORDER BY t.id LIMIT 1""",
    ("id", "message_id", "is_open"),
)


def twin_without_sid(tx: Transaction, attempt_id: int) -> Standing | None:
    """An attempt at a like text of which nobody knows what became, where the list said what became of this
    one: whose SID is whose was then a guess. Indexes: the conversation's thread, the message's attempts.
    """
    found = _TWIN.run(tx, attempt_id)
    return next((Standing(key, message_id, bool(is_open), None) for key, message_id, is_open in found), None)


def doubt_all_open(tx: Transaction, *, now: datetime) -> None:
    """Any of these may have been answered, or its text sent once more, until now: look for them anew."""
    tx.execute(
        update(attempts)
        .where(literal_column("attempts.closed_at IS NULL"))
        .values(outcome="in_doubt", lease_until=now, next_look_at=now, looks=0)
    )


def unlooked(tx: Transaction) -> int:
    """How many attempts in doubt have not been looked for to the list's end, not once."""
    waiting = (attempts.c.next_look_at.is_not(None), attempts.c.looks == 0)
    return tx.scalar(select(func.count()).select_from(attempts).where(*waiting)) or 0


def take_for_look(tx: Transaction, *, now: datetime, until: datetime, limit: int) -> list[Attempt]:
    """Attempts in doubt to look for now; due again at ``until``, should this worker die meanwhile."""
    if not _IS_LOOK_DUE.run(tx, micros(now)):
        return []
    is_due = and_(attempts.c.next_look_at.is_not(None), attempts.c.next_look_at <= now)
    query = select(*_COLUMNS).where(is_due).order_by(attempts.c.next_look_at).limit(limit)
    taken = [Attempt(*row) for row in tx.execute(query.with_for_update(skip_locked=True, key_share=True))]
    if taken:
        look_again(tx, [attempt.id for attempt in taken], at=until, counts=False)
    return taken


def look_again(tx: Transaction, attempt_ids: Iterable[int], *, at: datetime | None, counts: bool) -> None:
    """Note when to look for these again, None for never. ``counts``: the list was read to its end."""
    looks = attempts.c.looks + 1 if counts else attempts.c.looks
    tx.execute(
        update(attempts)
        .where(attempts.c.id.in_(list(attempt_ids)), attempts.c.next_look_at.is_not(None))
        .values(next_look_at=at, looks=looks)
    )


def without_sid(tx: Transaction, number: str, *, since: datetime) -> list[tuple[Attempt, str, str]]:
    """(attempt, sender's address, body) of all that may have been accepted without our knowing, to a number:
    in doubt, under way, or closed by a decision. Indexes: the conversation's thread, the message's attempts.
    """
    query = (
        select(*_COLUMNS, senders.c.address, messages.c.body)
        .join(messages, messages.c.id == attempts.c.message_id)
        .join(conversations, conversations.c.id == messages.c.conversation_id)
        .join(senders, senders.c.id == messages.c.sender_id)
        .where(
            conversations.c.number == number,
            attempts.c.started_at >= since,
            attempts.c.twilio_sid.is_(None),
            or_(attempts.c.outcome.is_(None), attempts.c.outcome == "in_doubt"),
        )
        .order_by(attempts.c.id)
        .with_for_update(of=attempts, key_share=True)
    )
    return [(Attempt(*row[:-2]), row.address, row.body) for row in tx.execute(query)]


def known_sids(tx: Transaction, sids: Iterable[str]) -> set[str]:
    """Those of these SIDs that some attempt or message of ours has. An attempt has its message's, unless it
    is a double. Indexes: uq_messages_twilio_sid, ix_attempts_double.
    """
    return {sid for (sid,) in _KNOWN.run(tx, [(sid,) for sid in sids])}


def close(tx: Transaction, attempt_ids: Iterable[int], *, resolved_by: str, now: datetime) -> None:
    """It was decided to wait no longer for what became of these; late evidence still counts."""
    tx.execute(
        update(attempts)
        .where(attempts.c.id.in_(list(attempt_ids)), literal_column("attempts.closed_at IS NULL"))
        .values(closed_at=now, resolved_by=resolved_by, next_look_at=None)
    )


def of_message(tx: Transaction, message_id: int) -> list[Attempt]:
    """Every attempt at a message, the first first."""
    query = select(*_COLUMNS).where(attempts.c.message_id == message_id).order_by(attempts.c.id)
    return [Attempt(*row) for row in tx.execute(query)]


def of_messages(tx: Transaction, message_ids: Iterable[int]) -> dict[int, list[Attempt]]:
    """Message id to every attempt at it, the first first, for those that have one."""
    wanted = attempts.c.message_id.in_(list(message_ids))
    found: dict[int, list[Attempt]] = {}
    for row in tx.execute(select(*_COLUMNS).where(wanted).order_by(attempts.c.id)):
        found.setdefault(row.message_id, []).append(Attempt(*row))
    return found


@dataclass(frozen=True, slots=True)
class Sent:
    """A create call that was begun for a message: Twilio may have sent it."""

    message_id: int
    category: str
    state: str
    started_at: datetime


def sent_since(tx: Transaction, numbers: Sequence[str], since: datetime) -> list[Sent]:
    """The create calls to these numbers that were begun after that moment, the first first."""
    query = (
        select(messages.c.id, messages.c.category, messages.c.state, attempts.c.started_at)
        .join(messages, messages.c.id == attempts.c.message_id)
        .join(conversations, conversations.c.id == messages.c.conversation_id)
        .where(conversations.c.number.in_(numbers), attempts.c.started_at > since)
        .order_by(attempts.c.id)
    )
    return [Sent(*row) for row in tx.execute(query)]
