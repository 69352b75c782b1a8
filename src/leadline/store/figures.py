"""Figures: texts, replies, waits and opt-outs, counted where they are stored, and what was counted before.

Neither messages nor attempts have an index of moments, which every text would have to pay for: a span of time
is a span of ids (``since``), looked at with some slack for rows that were stored late.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    Text,
    and_,
    case,
    delete,
    func,
    literal,
    null,
    or_,
    select,
    type_coerce,
)

from leadline.rules import state
from leadline.rules.status import FAILURES
from leadline.store import batch, schema
from leadline.store.columns import instant
from leadline.store.database import Transaction
from leadline.store.evidence import by_sid
from leadline.store.scope import Scope, sees
from leadline.store.since import first_id

# A text of ours by what became of it: delivered; failed, with the error code as value; sent, of which no last
# word has come; unknown, of which nobody knows whether it left.
DELIVERED, FAILED, SENT, UNKNOWN = "delivered", "failed", "sent", "unknown"
OURS = (DELIVERED, FAILED, SENT, UNKNOWN)
# A text of theirs; and the first one after a text of ours, under that text's sender and template.
RECEIVED, REPLY = "received", "reply"
# Somebody wrote and nobody had to be answered before: answered by a person, with the full minutes until that
# text left as value, or not within ANSWERED_WITHIN. Who opted out with it waits for nothing.
ANSWERED, UNANSWERED = "answered", "unanswered"
OPT_OUT = "opt_out"
_WAIT = "wait"

ANSWERED_WITHIN = timedelta(hours=48)
# A row that was stored later than this after its moment is counted nowhere.
SLACK = timedelta(days=1)
SLOT = timedelta(minutes=15)  # every zone's midnight is at one

_SLOT_MICROS = SLOT // timedelta(microseconds=1)
_MINUTE_MICROS = 60_000_000
_AT_MOST = ANSWERED_WITHIN // timedelta(minutes=1)
_LEFT = (state.ACCEPTED, state.REJECTED, state.IN_DOUBT, state.UNCONFIRMED, state.CLOSED_UNCONFIRMED)
# Outcomes of attempts after which a text may be on a phone.
_WENT = ("accepted", "in_doubt")
_ARRIVED = ("delivered", "read")

messages, attempts, threads = schema.messages, schema.attempts, schema.conversations
events, evidence, figures = schema.consent_events, schema.evidence, schema.figures
_before = messages.alias("before")
_NONE: ColumnElement[Any] = null()


@dataclass(frozen=True, slots=True)
class Figure:
    """How many of one kind there were, at ``at`` or somewhat later: a slot's beginning."""

    at: datetime
    team_id: int | None
    assignee_id: int | None
    sender_id: int | None
    template: str | None
    kind: str
    value: int
    count: int


@dataclass(frozen=True, slots=True)
class Kept:
    """How many of one kind there were on a day, of all that somebody sees."""

    day: str
    sender_id: int | None
    template: str | None
    kind: str
    value: int
    count: int


@dataclass(frozen=True, slots=True)
class Span:
    """From one moment until before another, and the ids in each table that may belong to it."""

    begin: datetime
    end: datetime
    messages: tuple[int, int]
    attempts: tuple[int, int]
    events: tuple[int, int]

    @property
    def rows(self) -> int:
        """How many rows there are to look at, at most."""
        return sum(last - first for first, last in (self.messages, self.attempts))


def oldest(tx: Transaction) -> datetime | None:
    """When the first text was stored."""
    query = select(messages.c.created_at).order_by(messages.c.id).limit(1)
    found: datetime | None = tx.scalar(query)
    return found


def span(tx: Transaction, begin: datetime, end: datetime) -> Span:
    """Where a span of time lies."""

    def ids(moments: Any) -> tuple[int, int]:
        return first_id(tx, moments, begin - SLACK), first_id(tx, moments, end + SLACK)

    return Span(
        begin,
        end,
        ids(messages.c.created_at),
        ids(attempts.c.started_at),
        ids(events.c.recorded_at),
    )


def count(tx: Transaction, within: Span, *, scope: Scope, mine: int | None = None) -> list[Figure]:
    """Everything within the span that somebody sees, counted in the rows themselves; with ``mine`` only what
    is assigned to that user.
    """
    whose = [sees(scope, threads.c.assignee_id, threads.c.team_id)]
    if mine is not None:
        whose.append(threads.c.assignee_id == mine)
    kinds = (
        _tried(within),
        _sent_elsewhere(within),
        _received(within),
        _replies(within),
        _waits(within),
        _opt_outs(within),
    )
    return [_figure(row) for rows, condition in kinds for row in tx.execute(rows.grouped(condition, *whose))]


def _figure(row: Sequence[Any]) -> Figure:
    slot, team_id, assignee_id, sender_id, template, kind, value, counted = row
    if kind == _WAIT:  # Sorted out here: to tell it twice, a database would look for each answer twice.
        kind, value = (UNANSWERED, 0) if value is None else (ANSWERED, value)
    at = instant(slot * _SLOT_MICROS)
    return Figure(at, team_id, assignee_id, sender_id, template, kind, value, counted)


@dataclass(frozen=True, slots=True)
class _Rows:
    """What is to be counted, row by row: the moment, the sender, the template, the kind, the value."""

    at: ColumnElement[Any]
    source: Any
    kind: ColumnElement[Any]
    value: ColumnElement[Any]
    sender_id: ColumnElement[Any] = _NONE
    template: ColumnElement[Any] = _NONE

    def grouped(self, *conditions: ColumnElement[bool]) -> Select[Any]:
        """Their number by slot, by whose the conversation is, and by the rest."""
        columns = (
            (type_coerce(self.at, BigInteger) // _SLOT_MICROS).label("slot"),
            threads.c.team_id,
            threads.c.assignee_id,
            type_coerce(self.sender_id, BigInteger).label("sender_id"),
            type_coerce(self.template, Text).label("template"),
            self.kind.label("kind"),
            self.value.label("value"),
        )
        rows = select(*columns).select_from(self.source).where(*conditions).subquery()
        return select(*rows.c, func.count()).group_by(*rows.c)


def _outcome() -> tuple[ColumnElement[str], ColumnElement[int]]:
    """The kind and the value of a text of ours."""
    is_accepted = messages.c.state == state.ACCEPTED
    has_failed = or_(
        messages.c.state == state.REJECTED, and_(is_accepted, messages.c.status.in_(sorted(FAILURES)))
    )
    kind = case(
        (and_(is_accepted, messages.c.status.in_(_ARRIVED)), DELIVERED),
        (has_failed, FAILED),
        (is_accepted, SENT),
        else_=UNKNOWN,
    )
    return kind, case((has_failed, messages.c.error_code), else_=0)


Counted = tuple[_Rows, ColumnElement[bool]]


def _tried(within: Span) -> Counted:
    """Texts by the last attempt at them."""
    later = attempts.alias("later")
    is_last = (
        ~select(later.c.id).where(later.c.message_id == messages.c.id, later.c.id > attempts.c.id).exists()
    )
    kind, value = _outcome()
    source = attempts.join(messages, messages.c.id == attempts.c.message_id).join(
        threads, threads.c.id == messages.c.conversation_id
    )
    rows = _Rows(attempts.c.started_at, source, kind, value, messages.c.sender_id, messages.c.template)
    within_it = _in(within, attempts.c.started_at, within.attempts)
    return rows, and_(within_it, messages.c.state.in_(_LEFT), is_last)


def _sent_elsewhere(within: Span) -> Counted:
    """Texts that Twilio had and nobody here remembers trying: they have no attempt and no key."""
    kind, value = _outcome()
    rows = _Rows(messages.c.created_at, _of_threads(), kind, value, messages.c.sender_id, messages.c.template)
    return rows, and_(
        _in(within, messages.c.created_at, within.messages),
        messages.c.direction == "outbound",
        messages.c.idempotency_key.is_(None),
        messages.c.state.in_(_LEFT),
    )


def _received(within: Span) -> Counted:
    rows = _Rows(messages.c.created_at, _of_threads(), literal(RECEIVED), literal(0), messages.c.sender_id)
    return rows, _theirs(within)


def _replies(within: Span) -> Counted:
    """The text before in the thread is ours, of what had left by then."""
    earlier = messages.alias("earlier")
    came_before = or_(earlier.c.direction == "inbound", _went(earlier, before=messages.c.created_at))
    source = _of_threads().join(
        _before, and_(_before.c.id == _last_before(earlier, came_before), _before.c.direction == "outbound")
    )
    rows = _Rows(
        messages.c.created_at,
        source,
        literal(REPLY),
        literal(0),
        _before.c.sender_id,
        _before.c.template,
    )
    return rows, _theirs(within)


def _last_before(earlier: Any, condition: ColumnElement[bool]) -> Any:
    """The id of the last text before in the thread for which the condition holds."""
    return (
        select(earlier.c.id)
        .where(
            earlier.c.conversation_id == messages.c.conversation_id,
            earlier.c.id < messages.c.id,
            condition,
        )
        .order_by(earlier.c.id.desc())
        .limit(1)
        .correlate_except(earlier)
        .scalar_subquery()
    )


def _went(text: Any, *, before: Any) -> ColumnElement[bool]:
    """Whether a text of ours left before a moment, or may have: what is taken back later changes nothing."""
    tried = attempts.alias("went")
    return (
        select(tried.c.id)
        .where(tried.c.message_id == text.c.id, tried.c.outcome.in_(_WENT), tried.c.started_at < before)
        .correlate_except(tried)
        .exists()
    )


def _waits(within: Span) -> Counted:
    """Texts that began a wait, by the minutes until a person's answer left."""
    earlier, answer, gone = messages.alias("earlier"), messages.alias("answer"), events.alias("gone")
    counts = and_(_is_persons(earlier), _went(earlier, before=messages.c.created_at))
    last = _last_before(earlier, or_(earlier.c.direction == "inbound", counts))
    waits_already = (
        select(_before.c.direction).where(_before.c.id == last).correlate_except(_before).scalar_subquery()
    )
    tried = attempts.alias("tried")
    at = type_coerce(messages.c.created_at, BigInteger)
    answered_at = (
        select(type_coerce(tried.c.started_at, BigInteger))
        .select_from(answer.join(tried, tried.c.message_id == answer.c.id))
        .where(
            answer.c.conversation_id == messages.c.conversation_id,
            answer.c.id > messages.c.id,
            _is_persons(answer),
            tried.c.outcome.in_(_WENT),
            type_coerce(tried.c.started_at, BigInteger) < at + _AT_MOST * _MINUTE_MICROS,
        )
        .order_by(answer.c.id, tried.c.id)
        .limit(1)
        .correlate_except(answer, tried)
        .scalar_subquery()
    )
    opted_out = (
        select(gone.c.id)
        .where(gone.c.number == messages.c.number, gone.c.message_id == messages.c.id, gone.c.kind == OPT_OUT)
        .exists()
    )
    minutes = (answered_at - at) // _MINUTE_MICROS
    begins = func.coalesce(waits_already, "outbound") == "outbound"
    rows = _Rows(messages.c.created_at, _of_threads(), literal(_WAIT), minutes)
    return rows, and_(_theirs(within), begins, ~opted_out)


def _is_persons(text: Any) -> ColumnElement[bool]:
    """Whether a person wrote it to this one lead, as ``Touch.is_answer`` has it."""
    return and_(text.c.direction == "outbound", text.c.created_by != "auto_reply", text.c.priority == 0)


def _opt_outs(within: Span) -> Counted:
    """By the text of ours that came before; those of an import happened at another time."""
    earlier = messages.alias("earlier")
    last = (
        select(earlier.c.id)
        .where(
            earlier.c.conversation_id == threads.c.id,
            or_(events.c.message_id.is_(None), earlier.c.id < events.c.message_id),
            _went(earlier, before=events.c.recorded_at),
        )
        .order_by(earlier.c.id.desc())
        .limit(1)
        .correlate_except(earlier)
        .scalar_subquery()
    )
    source = events.join(threads, threads.c.number == events.c.number).outerjoin(
        _before, _before.c.id == last
    )
    rows = _Rows(
        events.c.recorded_at,
        source,
        literal(OPT_OUT),
        literal(0),
        _before.c.sender_id,
        _before.c.template,
    )
    return rows, and_(
        _in(within, events.c.recorded_at, within.events),
        events.c.kind == OPT_OUT,
        events.c.source != "import",
    )


def _of_threads() -> Any:
    return messages.join(threads, threads.c.id == messages.c.conversation_id)


def _theirs(within: Span) -> ColumnElement[bool]:
    return and_(_in(within, messages.c.created_at, within.messages), messages.c.direction == "inbound")


def _in(within: Span, at: ColumnElement[Any], ids: tuple[int, int]) -> ColumnElement[bool]:
    table: Any = at.table
    return and_(table.c.id >= ids[0], table.c.id < ids[1], at >= within.begin, at < within.end)


def keep(tx: Transaction, zone: str, day: date, counted: Iterable[Figure]) -> None:
    """Keep what was counted of a day, in the place of what was kept of it before."""
    tx.execute(delete(figures).where(figures.c.zone == zone, figures.c.day == day.isoformat()))
    sums: dict[tuple[Any, ...], int] = {}
    for each in counted:
        key = (each.team_id, each.assignee_id, each.sender_id, each.template, each.kind, each.value)
        sums[key] = sums.get(key, 0) + each.count
    names = ("team_id", "assignee_id", "sender_id", "template", "kind", "value")
    rows = [
        {"zone": zone, "day": day.isoformat(), **dict(zip(names, key, strict=True)), "count": total}
        for key, total in sums.items()
    ]
    batch.insert(tx, figures, rows)


def kept(
    tx: Transaction, zone: str, first: date, last: date, *, scope: Scope, mine: int | None = None
) -> list[Kept]:
    """What was kept of these days, both included, as somebody sees it."""
    columns = (figures.c.day, figures.c.sender_id, figures.c.template, figures.c.kind, figures.c.value)
    query = (
        select(*columns, func.sum(figures.c["count"], type_=BigInteger))
        .where(
            figures.c.zone == zone,
            figures.c.day.between(first.isoformat(), last.isoformat()),
            sees(scope, figures.c.assignee_id, figures.c.team_id),
        )
        .group_by(*columns)
    )
    if mine is not None:
        query = query.where(figures.c.assignee_id == mine)
    return [Kept(*row) for row in tx.execute(query)]


def kept_texts(
    tx: Transaction, zone: str, first: date, last: date, *, scope: Scope, mine: int | None = None
) -> int:
    """How many texts of ours were kept of these days."""
    query = select(func.coalesce(func.sum(figures.c["count"], type_=BigInteger), 0)).where(
        figures.c.zone == zone,
        figures.c.day.between(first.isoformat(), last.isoformat()),
        figures.c.kind.in_(OURS),
        sees(scope, figures.c.assignee_id, figures.c.team_id),
    )
    if mine is not None:
        query = query.where(figures.c.assignee_id == mine)
    return int(tx.scalar(query) or 0)


def changed(tx: Transaction, *, since: datetime, before: datetime) -> list[datetime]:
    """When texts were tried, before that moment, of which something was heard since."""
    heard = evidence.c.id >= first_id(tx, evidence.c.at, since)
    old = attempts.c.started_at < before
    of_text = and_(evidence.c.twilio_sid == messages.c.twilio_sid, messages.c.id == attempts.c.message_id)
    ways = (evidence.c.attempt_id == attempts.c.id, by_sid(of_text))
    queries = (select(attempts.c.started_at).where(heard, old, how) for how in ways)
    return sorted({at for query in queries for at in tx.scalars(query)})
