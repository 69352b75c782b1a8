"""Messages, inbound and outbound: stored and read. ``outbox`` has what happens to those we send."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, func, or_, select, true, update

from leadline.errors import NotFound
from leadline.rules import state
from leadline.rules.looks import STATUS_LOOKS
from leadline.rules.status import is_final, rank
from leadline.store import batch, schema
from leadline.store.columns import micros
from leadline.store.database import Transaction
from leadline.store.scope import EVERYTHING, Scope, sees_text

messages = schema.messages
decisions = schema.decisions


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
    resend_after: int | None
    due_at: datetime
    look_at: datetime | None
    looks: int
    created_at: datetime
    closed_at: datetime | None
    deferred_until: datetime | None
    sender_id: int | None

    @property
    def is_unreported(self) -> bool:
        """Whether we have stopped asking what became of it: Twilio took it, and no last status ever came."""
        return self.looks >= len(STATUS_LOOKS) and self.look_at is None and not is_final(self.status or "")


class NewOutbound(NamedTuple):
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
    idempotency_key: str
    request_hash: str
    created_by: str
    priority: int
    due_at: datetime
    deferred_until: datetime | None = None
    resend_after: int | None = None


class NewInbound(NamedTuple):
    """A text from a lead to store."""

    conversation_id: int
    lead_id: int | None
    sender_id: int | None
    number: str
    body: str
    media_urls: str
    segments: int
    twilio_sid: str
    at: datetime


class NewSent(NamedTuple):
    """A text that left from here, and that no row is known for: Twilio's list has it."""

    conversation_id: int
    lead_id: int | None
    sender_id: int
    number: str
    body: str
    segments: int
    twilio_sid: str
    status: str
    error_code: int
    look_at: datetime | None
    at: datetime


class Queued(NamedTuple):
    """A queued message as its caller sees it. ``is_new`` is false when the key was used before."""

    id: int
    conversation_id: int
    state: str
    is_new: bool
    request_hash: str


# The gate's last answer. It is asked for by index, for the texts of a page.
_DECISION = (
    select(decisions.c.answer)
    .where(decisions.c.message_id == messages.c.id)
    .order_by(decisions.c.id.desc())
    .limit(1)
    .scalar_subquery()
)
_COLUMNS = [
    _DECISION.label(name) if name == "decision" else messages.c[name] for name in Message.__dataclass_fields__
]


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
        "idempotency_key": item.idempotency_key,
        "request_hash": item.request_hash,
        "created_by": item.created_by,
        "priority": item.priority,
        "tries": 0,
        "resend_after": item.resend_after,
        "looks": 0,
        "due_at": micros(item.due_at),
        "not_before": micros(item.deferred_until or item.due_at),
        "deferred_until": item.deferred_until and micros(item.deferred_until),
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


def add_inbound(tx: Transaction, new: Sequence[NewInbound]) -> dict[str, int]:
    """Store texts from leads; returns SID to id for those that were not stored before."""
    rows = [_inbound_row(item) for item in new]
    return batch.insert_new(tx, messages, rows, unique="twilio_sid")


def _inbound_row(item: NewInbound) -> dict[str, Any]:
    return {
        **_of_twilio(item),
        "direction": "inbound",
        "media_urls": item.media_urls,
        "state": state.RECEIVED,
        "status": "received",
        "rank": 0,
        "error_code": 0,
        "created_by": "lead",
        "tries": 0,
        "closed_at": micros(item.at),
    }


def _of_twilio(item: NewInbound | NewSent) -> dict[str, Any]:
    """What all texts have in common that Twilio had before we did."""
    at = micros(item.at)
    return {
        "conversation_id": item.conversation_id,
        "lead_id": item.lead_id,
        "sender_id": item.sender_id,
        "number": item.number,
        "body": item.body,
        "segments": item.segments,
        "category": "conversational",
        "twilio_sid": item.twilio_sid,
        "priority": 0,
        "looks": 0,
        "due_at": at,
        "not_before": at,
        "created_at": at,
    }


def add_sent(tx: Transaction, new: Sequence[NewSent], *, created_by: str) -> dict[str, int]:
    """Store texts that Twilio accepted; returns SID to id for those that were not stored before."""
    rows = [_sent_row(item, created_by=created_by) for item in new]
    return batch.insert_new(tx, messages, rows, unique="twilio_sid")


def _sent_row(item: NewSent, *, created_by: str) -> dict[str, Any]:
    return {
        **_of_twilio(item),
        "direction": "outbound",
        "media_urls": "[]",
        "state": state.ACCEPTED,
        "status": item.status,
        "rank": rank(item.status),
        "error_code": item.error_code,
        "created_by": created_by,
        "tries": 1,
        "look_at": item.look_at and micros(item.look_at),
    }


def by_id(
    tx: Transaction, message_id: int, *, scope: Scope = EVERYTHING, for_update: bool = False
) -> Message:
    """Raises NotFound, also for one whose conversation is out of scope. ``for_update`` keeps others from
    changing it until the transaction ends.
    """
    query = select(*_COLUMNS).where(messages.c.id == message_id, sees_text(scope))
    row = tx.execute(query.with_for_update(key_share=True) if for_update else query).one_or_none()
    if row is None:
        raise NotFound("message", message_id)
    return Message(*row)


def thread(
    tx: Transaction, conversation_id: int, *, before: int | None = None, limit: int = 50
) -> list[Message]:
    """A conversation's texts, newest first; ``before`` is the id of the page before's last."""
    return _page(tx, messages.c.conversation_id == conversation_id, before=before, limit=limit)


def thread_since(tx: Transaction, conversation_id: int, *, since: int, limit: int = 50) -> list[Message]:
    """A conversation's texts from the one of that id on, the oldest first."""
    theirs = messages.c.conversation_id == conversation_id, messages.c.id >= since
    query = select(*_COLUMNS).where(*theirs).order_by(messages.c.id).limit(limit)
    return [Message(*row) for row in tx.execute(query)]


def by_colleague(tx: Transaction, conversation_id: int, *, since: int, actor: str) -> Message | None:
    """The first text after the one of that id that another member of the team than ``actor`` wrote, and that
    was not taken back.
    """
    theirs = (
        messages.c.conversation_id == conversation_id,
        messages.c.id > since,
        messages.c.created_by.startswith("user:"),
        messages.c.created_by != actor,
        messages.c.state != state.CANCELED,
    )
    row = tx.execute(select(*_COLUMNS).where(*theirs).order_by(messages.c.id).limit(1)).one_or_none()
    return Message(*row) if row else None


def recent(
    tx: Transaction,
    *,
    scope: Scope = EVERYTHING,
    lead_id: int | None = None,
    before: int | None = None,
    limit: int = 50,
) -> list[Message]:
    """Texts newest first, of one lead if given; ``before`` is the id of the page before's last."""
    condition = true() if lead_id is None else messages.c.lead_id == lead_id
    return _page(tx, and_(condition, sees_text(scope)), before=before, limit=limit)


def of_status(
    tx: Transaction,
    word: str,
    *,
    now: datetime,
    scope: Scope = EVERYTHING,
    before: int | None = None,
    limit: int = 50,
) -> list[Message]:
    """Texts that are shown as that status now, newest first."""
    return _page(tx, and_(_is_shown_as(word, now=now), sees_text(scope)), before=before, limit=limit)


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


def give_to_lead(tx: Transaction, lead_id: int, other_id: int) -> None:
    """Whatever was exchanged with one lead was with the other. Index: ix_messages_lead."""
    tx.execute(update(messages).where(messages.c.lead_id == lead_id).values(lead_id=other_id))


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
