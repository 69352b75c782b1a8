"""Messages, inbound and outbound: stored, claimed, settled, raised, read."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    and_,
    func,
    or_,
    select,
    true,
    update,
)

from leadline.errors import NotFound
from leadline.rules import state
from leadline.store import batch, schema
from leadline.store.batch import Batch, Select
from leadline.store.database import Transaction
from leadline.store.schema import micros

messages = schema.messages
conversations = schema.conversations


@dataclass(frozen=True, slots=True)
class Message:
    """One text as it is shown."""

    id: int
    conversation_id: int
    lead_id: int | None
    direction: str
    number: str
    body: str
    media_urls: list[str]
    segments: int
    template: str | None
    category: str
    state: str
    status: str | None
    error_code: int
    twilio_sid: str | None
    decision: dict[str, Any] | None
    created_by: str
    due_at: datetime
    created_at: datetime
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class NewOutbound:
    """A text to queue. ``idempotency_key`` is never empty: the caller's own, or one made for it."""

    conversation_id: int
    lead_id: int | None
    sender_id: int
    number: str
    body: str
    media_urls: tuple[str, ...]
    segments: int
    template: str | None
    category: str
    decision: str
    idempotency_key: str
    request_hash: str
    created_by: str
    priority: int
    due_at: datetime


@dataclass(frozen=True, slots=True)
class NewInbound:
    """A text from a lead to store."""

    conversation_id: int
    lead_id: int | None
    sender_id: int | None
    number: str
    body: str
    media_urls: str
    segments: int
    twilio_sid: str


@dataclass(frozen=True, slots=True)
class Queued:
    """A queued message as its caller sees it. ``is_new`` is false when the key was used before."""

    id: int
    conversation_id: int
    state: str
    is_new: bool
    request_hash: str


@dataclass(frozen=True, slots=True)
class Due:
    """A message that may be claimed, with what the gate needs to know."""

    id: int
    conversation_id: int
    number: str
    body: str
    media_urls: list[str]
    segments: int
    tries: int
    consent: str


@dataclass(frozen=True, slots=True)
class Settlement:
    """What becomes of a claimed message. ``not_before`` matters only for one that is queued again."""

    message_id: int
    state: str
    status: str | None = None
    rank: int = 0
    error_code: int = 0
    twilio_sid: str | None = None
    not_before: datetime | None = None


_COLUMNS = [messages.c[name] for name in Message.__dataclass_fields__]

_SETTLE = Batch(
    """WITH v(id, state, status, rank, error_code, twilio_sid, not_before, closed_at) AS (VALUES {rows})
    UPDATE messages SET
      state = v.state, status = v.status, rank = v.rank, error_code = v.error_code,
      twilio_sid = v.twilio_sid, not_before = COALESCE(v.not_before, messages.not_before),
      closed_at = v.closed_at
    FROM v WHERE messages.id = v.id""",
    ("BIGINT", "TEXT", "TEXT", "INTEGER", "INTEGER", "TEXT", "BIGINT", "BIGINT"),
)
# Moves only up the rank, and keeps an error once seen (of several the greatest), so the outcome is the
# same for every order and repetition of the reports.
_RAISE = Batch(
    """WITH v(twilio_sid, status, rank, error_code) AS (VALUES {rows})
    UPDATE messages SET
      status = CASE WHEN v.rank > messages.rank THEN v.status ELSE messages.status END,
      rank = CASE WHEN v.rank > messages.rank THEN v.rank ELSE messages.rank END,
      error_code = CASE WHEN v.error_code > messages.error_code THEN v.error_code ELSE messages.error_code END
    FROM v WHERE messages.twilio_sid = v.twilio_sid
      AND (v.rank > messages.rank OR v.error_code > messages.error_code)""",
    ("TEXT", "TEXT", "INTEGER", "INTEGER"),
)

# A text is queued again only on proof that it was not sent; proof that it was is stronger.
_BIND = Batch(
    """WITH v(id, twilio_sid, rank) AS (VALUES {rows})
    UPDATE messages SET
      state = 'accepted', status = 'accepted', rank = v.rank, error_code = 0, twilio_sid = v.twilio_sid
    FROM v WHERE messages.id = v.id AND messages.state IN ('posting', 'in_doubt', 'queued')""",
    ("BIGINT", "TEXT", "INTEGER"),
)


def add_outbound(tx: Transaction, new: Sequence[NewOutbound], *, now: datetime) -> list[Queued]:
    """Queue texts. One whose key is known is not stored again: the earlier one is returned."""
    rows = [_outbound_row(item, now=now) for item in new]
    added = batch.insert_new(tx, messages, rows, unique="idempotency_key")
    known = by_keys(tx, [item.idempotency_key for item in new if item.idempotency_key not in added])
    queued: list[Queued] = []
    for item in new:
        key = item.idempotency_key
        if key in added:
            queued.append(Queued(added.pop(key), item.conversation_id, state.QUEUED, True, item.request_hash))
            known[key] = Queued(queued[-1].id, item.conversation_id, state.QUEUED, False, item.request_hash)
        else:
            queued.append(known[key])
    return queued


def _outbound_row(item: NewOutbound, *, now: datetime) -> dict[str, Any]:
    return {
        "conversation_id": item.conversation_id,
        "lead_id": item.lead_id,
        "sender_id": item.sender_id,
        "direction": "outbound",
        "number": item.number,
        "body": item.body,
        "media_urls": json.dumps(item.media_urls),
        "segments": item.segments,
        "template": item.template,
        "category": item.category,
        "state": state.QUEUED,
        "rank": 0,
        "error_code": 0,
        "decision": item.decision,
        "idempotency_key": item.idempotency_key,
        "request_hash": item.request_hash,
        "created_by": item.created_by,
        "priority": item.priority,
        "tries": 0,
        "due_at": micros(item.due_at),
        "not_before": micros(item.due_at),
        "created_at": micros(now),
    }


def by_keys(tx: Transaction, keys: Iterable[str]) -> dict[str, Queued]:
    """Idempotency key to the message that was queued with it, for those keys that were used."""
    wanted = set(keys)
    if not wanted:
        return {}
    query = select(
        messages.c.idempotency_key,
        messages.c.id,
        messages.c.conversation_id,
        messages.c.state,
        messages.c.request_hash,
    ).where(messages.c.idempotency_key.in_(wanted))
    return {
        row.idempotency_key: Queued(row.id, row.conversation_id, row.state, False, row.request_hash)
        for row in tx.execute(query)
    }


def add_inbound(tx: Transaction, new: Sequence[NewInbound], *, now: datetime) -> dict[str, int]:
    """Store texts from leads; returns SID to id for those that were not stored before."""
    rows = [_inbound_row(item, at=micros(now)) for item in new]
    return batch.insert_new(tx, messages, rows, unique="twilio_sid")


def _inbound_row(item: NewInbound, *, at: int) -> dict[str, Any]:
    return {
        "conversation_id": item.conversation_id,
        "lead_id": item.lead_id,
        "sender_id": item.sender_id,
        "direction": "inbound",
        "number": item.number,
        "body": item.body,
        "media_urls": item.media_urls,
        "segments": item.segments,
        "category": "conversational",
        "state": state.RECEIVED,
        "status": "received",
        "rank": 0,
        "error_code": 0,
        "twilio_sid": item.twilio_sid,
        "created_by": "lead",
        "priority": 0,
        "tries": 0,
        "due_at": at,
        "not_before": at,
        "created_at": at,
        "closed_at": at,
    }


# The states are written out, not passed: a partial index serves only a query that names its condition.
# Indexes: ix_messages_queue for the order, ix_messages_open for what holds a text back.
_DUE = Select(
    """SELECT m.id, m.conversation_id, m.number, m.body, m.media_urls, m.segments, m.tries, c.consent
    FROM messages m JOIN conversations c ON c.id = m.conversation_id
    WHERE m.state = 'queued' AND m.sender_id = ? AND m.priority = ? AND m.due_at <= ? AND m.not_before <= ?
      AND NOT EXISTS (
        SELECT 1 FROM messages e WHERE e.conversation_id = m.conversation_id
          AND e.state IN ('queued', 'posting')
          AND (e.state = 'posting' OR (e.priority, e.due_at, e.id) < (m.priority, m.due_at, m.id)))
    ORDER BY m.due_at, m.id LIMIT ?""",
    ("id", "conversation_id", "number", "body", "media_urls", "segments", "tries", "consent"),
    lock="FOR UPDATE OF m SKIP LOCKED",
)


def due(tx: Transaction, sender_id: int, *, priority: int, now: datetime, limit: int) -> list[Due]:
    """The next texts of a sender, in order, locked for this transaction; only the first of a conversation.

    A text waits for the earlier ones of its conversation, also for one that is backing off, so that a
    lead reads them in the order they were written.
    """
    at = micros(now)
    return [
        Due(
            id=message_id,
            conversation_id=conversation_id,
            number=number,
            body=body,
            media_urls=json.loads(media_urls) if media_urls != "[]" else [],
            segments=segments,
            tries=tries,
            consent=consent,
        )
        for message_id, conversation_id, number, body, media_urls, segments, tries, consent in _DUE.run(
            tx, sender_id, priority, at, at, limit
        )
    ]


_CLAIM = Batch(
    """WITH v(id) AS (VALUES {rows})
    UPDATE messages SET state = 'posting', tries = tries + 1 FROM v WHERE messages.id = v.id""",
    ("BIGINT",),
)


def mark_posting(tx: Transaction, message_ids: Iterable[int]) -> None:
    """From this commit on these texts may have left."""
    _CLAIM.run(tx, [(message_id,) for message_id in message_ids])


def refuse(tx: Transaction, message_id: int, decision: dict[str, Any], *, now: datetime) -> None:
    """The gate said no when the text was to be claimed."""
    tx.execute(
        update(messages)
        .where(messages.c.id == message_id)
        .values(state=state.REFUSED, decision=decision, closed_at=now)
    )


def settle(tx: Transaction, settlements: Sequence[Settlement], *, now: datetime) -> None:
    """Write what became of claimed texts. The caller has made sure that it may say so."""
    at = micros(now)
    _SETTLE.run(
        tx,
        [
            (
                s.message_id,
                s.state,
                s.status,
                s.rank,
                s.error_code,
                s.twilio_sid,
                s.not_before and micros(s.not_before),
                at if s.state in state.CLOSED else None,
            )
            for s in settlements
        ],
    )


def raise_status(tx: Transaction, reports: Sequence[tuple[str, str, int, int]]) -> None:
    """Apply (SID, status, rank, error code), one a SID."""
    _RAISE.run(tx, reports)


def bind(tx: Transaction, proofs: Sequence[tuple[int, str, int]]) -> None:
    """Evidence shows that (message id, SID, rank to begin with) was accepted."""
    _BIND.run(tx, proofs)


def mark_in_doubt(tx: Transaction, message_ids: Iterable[int]) -> None:
    """Nobody knows whether these left: their worker died, or its answer was lost."""
    tx.execute(
        update(messages)
        .where(messages.c.id.in_(list(message_ids)), messages.c.state == state.POSTING)
        .values(state=state.IN_DOUBT)
    )


def cancel(tx: Transaction, message_id: int, *, now: datetime) -> bool:
    """Take a text back; false when it is too late, because it is no longer queued."""
    done = tx.execute(
        update(messages)
        .where(messages.c.id == message_id, messages.c.state == state.QUEUED)
        .values(state=state.CANCELED, closed_at=now)
    )
    return done.rowcount == 1


def by_id(tx: Transaction, message_id: int) -> Message:
    """Raises NotFound."""
    row = tx.execute(select(*_COLUMNS).where(messages.c.id == message_id)).one_or_none()
    if row is None:
        raise NotFound("message", message_id)
    return Message(*row)


def thread(
    tx: Transaction, conversation_id: int, *, before: int | None = None, limit: int = 50
) -> list[Message]:
    """A conversation's texts, newest first; ``before`` is the id of the page before's last."""
    return _page(tx, messages.c.conversation_id == conversation_id, before=before, limit=limit)


def recent(
    tx: Transaction, *, lead_id: int | None = None, before: int | None = None, limit: int = 50
) -> list[Message]:
    """Texts newest first, of one lead if given; ``before`` is the id of the page before's last."""
    condition = true() if lead_id is None else messages.c.lead_id == lead_id
    return _page(tx, condition, before=before, limit=limit)


def of_status(
    tx: Transaction, word: str, *, now: datetime, before: int | None = None, limit: int = 50
) -> list[Message]:
    """Texts that are shown as that status now, newest first."""
    return _page(tx, _is_shown_as(word, now=now), before=before, limit=limit)


def _is_shown_as(word: str, *, now: datetime) -> ColumnElement[bool]:
    """What ``rules.state.shown`` says, as a condition."""
    if word == "scheduled":
        return and_(messages.c.state == state.QUEUED, messages.c.due_at > now)
    if word == state.QUEUED:
        return and_(messages.c.state == state.QUEUED, messages.c.due_at <= now)
    is_accepted = messages.c.state == state.ACCEPTED
    if word == state.ACCEPTED:
        status = messages.c.status
        return and_(is_accepted, or_(status.is_(None), status.in_(state.WAITING_AT_TWILIO)))
    says_so = and_(is_accepted, messages.c.status == word)
    return or_(messages.c.state == state.WORDS[word], says_so) if word in state.WORDS else says_so


def latest(tx: Transaction, conversation_ids: Iterable[int]) -> dict[int, Message]:
    """Conversation id to its last text, for those that have one. Index: ix_messages_thread."""
    last = (
        select(func.max(messages.c.id))
        .where(messages.c.conversation_id.in_(list(conversation_ids)))
        .group_by(messages.c.conversation_id)
    )
    query = select(*_COLUMNS).where(messages.c.id.in_(last))
    return {row.conversation_id: Message(*row) for row in tx.execute(query)}


def _page(
    tx: Transaction, condition: ColumnElement[bool], *, before: int | None, limit: int
) -> list[Message]:
    query = select(*_COLUMNS).where(condition).order_by(messages.c.id.desc()).limit(limit)
    if before is not None:
        query = query.where(messages.c.id < before)
    return [Message(*row) for row in tx.execute(query)]
