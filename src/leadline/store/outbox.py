"""The outbox: texts that are to be sent, are being sent, and what became of them."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Boolean, ColumnElement, and_, func, literal_column, not_, or_, select, update

from leadline.rules import state
from leadline.rules.status import FAILURES, FIRST_FINAL_RANK, rank
from leadline.store import schema
from leadline.store.batch import Batch, Query, Question, Select
from leadline.store.columns import instant, micros
from leadline.store.conversations import PREVIEW_LENGTH
from leadline.store.database import Transaction

messages = schema.messages


class Due(NamedTuple):
    """A message that may be claimed, with what the gate needs to know. ``time_zone``, ``state`` and ``zip``
    are the lead's.
    """

    id: int
    conversation_id: int
    number: str
    body: str
    media_urls: list[str]
    segments: int
    tries: int
    category: str
    created_by: str
    priority: int
    consent: str
    last_inbound_at: datetime | None
    is_in_review: bool
    is_unusable: bool
    time_zone: str | None
    state: str | None
    zip: str | None


class Settlement(NamedTuple):
    """What becomes of a claimed message. ``not_before`` matters only for one that is queued again,
    ``look_at`` for one that was accepted: when to ask what became of it, should no report say so.
    """

    message_id: int
    state: str
    status: str | None = None
    rank: int = 0
    error_code: int = 0
    twilio_sid: str | None = None
    not_before: datetime | None = None
    look_at: datetime | None = None


# Evidence may have come first that an earlier attempt was accepted: then this one's answer, whatever it is,
# must not bring the text back to the queue.
_SETTLE = Batch(
    """WITH v(id, state, status, rank, error_code, twilio_sid, not_before, look_at, closed_at)
      AS ({rows})
    UPDATE messages SET
      state = v.state, status = v.status, rank = v.rank, error_code = v.error_code,
      twilio_sid = v.twilio_sid, not_before = COALESCE(v.not_before, messages.not_before),
      look_at = v.look_at, closed_at = v.closed_at
    FROM v WHERE messages.id = v.id AND messages.state IN ('posting', 'in_doubt', 'unconfirmed')""",
    ("BIGINT", "TEXT", "TEXT", "INTEGER", "INTEGER", "TEXT", "BIGINT", "BIGINT", "BIGINT"),
)
# Moves only up the rank, and keeps an error once seen (of several the greatest), so the outcome is the
# same for every order and repetition of the reports. After a last status nobody need ask for more.
_RAISE = Batch(
    f"""WITH v(twilio_sid, status, rank, error_code) AS ({{rows}})
    UPDATE messages SET
      status = CASE WHEN v.rank > messages.rank THEN v.status ELSE messages.status END,
      rank = CASE WHEN v.rank > messages.rank THEN v.rank ELSE messages.rank END,
      error_code = CASE
        WHEN v.error_code > messages.error_code THEN v.error_code ELSE messages.error_code END,
      look_at = CASE WHEN v.rank >= {FIRST_FINAL_RANK} THEN NULL ELSE messages.look_at END
    FROM v WHERE messages.twilio_sid = v.twilio_sid
      AND (v.rank > messages.rank OR v.error_code > messages.error_code)""",  # noqa: S608  A number of ours.
    ("TEXT", "TEXT", "INTEGER", "INTEGER"),
)
# Proof that a text was sent is stronger than anything that was thought or decided of it meanwhile.
_BIND = Batch(
    """WITH v(id, twilio_sid, rank, look_at) AS ({rows})
    UPDATE messages SET
      state = 'accepted', status = 'accepted', rank = v.rank, error_code = 0, twilio_sid = v.twilio_sid,
      look_at = v.look_at, closed_at = NULL
    FROM v WHERE messages.id = v.id AND messages.state <> 'accepted'""",
    ("BIGINT", "TEXT", "INTEGER", "BIGINT"),
)

# The states are written out, not passed: a partial index serves only a query that names its condition.
# Indexes: ix_messages_queue for the order, ix_messages_open for what holds a text back. Whose number it is
# matters for their hours also where the text was addressed to the number alone.
_DUE = Select(
    """SELECT m.id, m.conversation_id, m.number, m.body, m.media_urls, m.segments, m.tries, m.category,
      m.created_by, m.priority, c.consent, c.last_inbound_at, c.review_since, c.unusable_because,
      l.time_zone, l.state, l.zip
    FROM messages m JOIN conversations c ON c.id = m.conversation_id
    LEFT JOIN leads l ON l.id = COALESCE(m.lead_id, (
      SELECT MIN(o.id) FROM leads o WHERE o.phone = m.number AND o.merged_into_id IS NULL
      HAVING COUNT(*) = 1))
    WHERE m.state = 'queued' AND m.deferred_until IS NULL
      AND m.sender_id = ? AND m.priority = ? AND m.due_at <= ? AND m.not_before <= ?
      AND NOT EXISTS (
        SELECT 1 FROM messages e WHERE e.conversation_id = m.conversation_id
          AND e.state IN ('queued', 'posting')
          AND (e.state = 'posting'
            OR (e.deferred_until IS NULL AND (e.priority, e.due_at, e.id) < (m.priority, m.due_at, m.id))))
    ORDER BY m.due_at, m.id LIMIT ?""",
    (
        "id",
        "conversation_id",
        "number",
        "body",
        "media_urls",
        "segments",
        "tries",
        "category",
        "created_by",
        "priority",
        "consent",
        "last_inbound_at",
        "review_since",
        "unusable_because",
        "time_zone",
        "state",
        "zip",
    ),
    lock="FOR NO KEY UPDATE OF m SKIP LOCKED",
)


def due(tx: Transaction, sender_id: int, *, priority: int, now: datetime, limit: int) -> list[Due]:
    """The next texts of a sender, in order, locked for this transaction; only the first of a conversation.

    A text waits for the earlier ones of its conversation, also for one that is backing off, so that a
    lead reads them in the order they were written. What the gate has deferred holds back nothing.
    """
    at = micros(now)
    return [_due(*row) for row in _DUE.run(tx, sender_id, priority, at, at, limit)]


def _due(*row: Any) -> Due:
    key, conversation_id, number, body, media_urls, segments, tries, category, *rest = row
    created_by, priority, consent, inbound_at, review_since, unusable_because, time_zone, area, zip_ = rest
    return Due(
        id=key,
        conversation_id=conversation_id,
        number=number,
        body=body,
        media_urls=json.loads(media_urls) if media_urls != "[]" else [],
        segments=segments,
        tries=tries,
        category=category,
        created_by=created_by,
        priority=priority,
        consent=consent,
        last_inbound_at=None if inbound_at is None else instant(inbound_at),
        is_in_review=review_since is not None,
        is_unusable=unusable_because is not None,
        time_zone=time_zone,
        state=area,
        zip=zip_,
    )


# What waits for the morning is in no worker's way: the queue's index leaves it out until its time has come.
_WAKING = Select(
    """SELECT id FROM messages WHERE state = 'queued' AND deferred_until <= ?
    ORDER BY deferred_until LIMIT ?""",
    ("id",),
    lock="FOR NO KEY UPDATE SKIP LOCKED",
)
_WAKE = Batch(
    """WITH v(id) AS ({rows})
    UPDATE messages SET deferred_until = NULL FROM v WHERE messages.id = v.id""",
    ("BIGINT",),
)
_DEFER = Batch(
    """WITH v(id, until) AS ({rows})
    UPDATE messages SET not_before = v.until, deferred_until = v.until FROM v WHERE messages.id = v.id""",
    ("BIGINT", "BIGINT"),
)


def waking(*, now: datetime, limit: int) -> Question[list[int]]:
    """Asks for texts that the gate had deferred and whose time has come, the longest due first."""
    return Question(_WAKING, (micros(now), limit), lambda rows: [message_id for (message_id,) in rows])


def wake(tx: Transaction, message_ids: Iterable[int]) -> None:
    """Put these back into the queue; they are judged again."""
    _WAKE.run(tx, [(message_id,) for message_id in message_ids])


def defer(tx: Transaction, deferred: Sequence[tuple[int, datetime]]) -> None:
    """The gate lets (message id) not leave before (moment)."""
    _DEFER.run(tx, [(message_id, micros(until)) for message_id, until in deferred])


_LEFT = "'posting', 'accepted', 'in_doubt', 'unconfirmed', 'closed_unconfirmed'"
# Index: the conversation's thread, which is asked for where a cap may hold a text back.
_WENT = """WITH v(id) AS ({rows})
    SELECT w.conversation_id, w.at, w.category, w.created_by FROM (
      SELECT m.id, m.conversation_id, m.category, m.created_by, COALESCE(
        (SELECT MAX(a.started_at) FROM attempts a WHERE a.message_id = m.id), m.not_before) AS at
      FROM v JOIN messages m ON m.conversation_id = v.id
      WHERE m.direction = 'outbound' AND m.state IN ({states})) w
    ORDER BY w.at, w.id"""
_WENT_COLUMNS = ("conversation_id", "at", "category", "created_by")
_WENT_OF = {
    with_queued: Query(
        _WENT.replace("{states}", f"{_LEFT}, 'queued'" if with_queued else _LEFT),
        ("BIGINT",),
        _WENT_COLUMNS,
    )
    for with_queued in (False, True)
}


def went(
    tx: Transaction, conversation_ids: Iterable[int], *, since: datetime, with_queued: bool
) -> Iterator[tuple[int, datetime, str, str]]:
    """(conversation, moment, category, author) of texts that left after ``since``, or may have, the oldest
    first; of those that wait too, if asked.
    """
    first = micros(since)
    for key, at, category, author in _WENT_OF[with_queued].run(tx, [(key,) for key in conversation_ids]):
        if at > first:
            yield key, instant(at), category, author


_CLAIM = Batch(
    """WITH v(id) AS ({rows})
    UPDATE messages SET state = 'posting', tries = tries + 1, deferred_until = NULL
    FROM v WHERE messages.id = v.id""",
    ("BIGINT",),
)


def mark_posting(tx: Transaction, message_ids: Iterable[int]) -> None:
    """From this commit on these texts may have left."""
    _CLAIM.run(tx, [(message_id,) for message_id in message_ids])


_REFUSE = Batch(
    """WITH v(id, closed_at) AS ({rows})
    UPDATE messages SET state = 'refused', closed_at = v.closed_at FROM v WHERE messages.id = v.id""",
    ("BIGINT", "BIGINT"),
)


def refuse(tx: Transaction, message_ids: Iterable[int], *, now: datetime) -> None:
    """The gate said no when these texts were to be claimed."""
    refused = list(message_ids)
    _REFUSE.run(tx, [(message_id, micros(now)) for message_id in refused])
    _flag(tx, messages.c.id.in_(refused))


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
                s.look_at and micros(s.look_at),
                at if s.state in state.CLOSED else None,
            )
            for s in settlements
        ],
    )
    failed = [s.message_id for s in settlements if s.state == state.REJECTED or s.status in FAILURES]
    if failed:
        _flag(tx, messages.c.id.in_(failed))


def raise_status(tx: Transaction, reports: Sequence[tuple[str, str, int, int]]) -> None:
    """Apply (SID, status, rank, error code), one a SID."""
    _RAISE.run(tx, reports)
    failed = [sid for sid, status, _, _ in reports if status in FAILURES]
    if failed:
        _flag(tx, messages.c.twilio_sid.in_(failed))


def _flag(tx: Transaction, those: ColumnElement[bool]) -> None:
    """Show the conversations of those texts in the list of what did not arrive."""
    failed = select(messages.c.conversation_id, func.max(messages.c.id).label("id"))
    latest = failed.where(those, _has_failed()).group_by(messages.c.conversation_id).subquery()
    tx.execute(
        update(schema.conversations)
        .where(schema.conversations.c.id == latest.c.conversation_id)
        .values(failed_id=latest.c.id)
    )


def _has_failed() -> ColumnElement[bool]:
    return or_(
        messages.c.state.in_((state.REJECTED, state.REFUSED)),
        and_(messages.c.state == state.ACCEPTED, messages.c.status.in_(FAILURES)),
    )


def bind(tx: Transaction, proofs: Sequence[tuple[int, str]], *, look_at: datetime) -> None:
    """Evidence shows that (message id, SID) was accepted. One that was accepted already stays as it is."""
    first, at = rank("accepted"), micros(look_at)
    _BIND.run(tx, [(message_id, sid, first, at) for message_id, sid in proofs])


def mark_in_doubt(tx: Transaction, message_ids: Iterable[int]) -> None:
    """Nobody knows whether these left: their worker died, or its answer was lost."""
    tx.execute(
        update(messages)
        .where(messages.c.id.in_(list(message_ids)), messages.c.state == state.POSTING)
        .values(state=state.IN_DOUBT)
    )


def waiting(tx: Transaction, *, now: datetime) -> list[int]:
    """The queued texts whose time has come: all that could have been sent by now."""
    query = select(messages.c.id).where(_is_waiting(now)).order_by(messages.c.id)
    return list(tx.scalars(query))


def _is_waiting(now: datetime) -> ColumnElement[bool]:
    return and_(literal_column("messages.state = 'queued'", Boolean), messages.c.due_at <= now)


def doubt_all_open(tx: Transaction, *, now: datetime) -> None:
    """Any of these may have been sent until now, by one who remembered more than this database does."""
    is_open = or_(_is_waiting(now), messages.c.state.in_((state.POSTING, state.UNCONFIRMED)))
    tx.execute(update(messages).where(is_open).values(state=state.IN_DOUBT))


def count(tx: Transaction, *states: str) -> int:
    """How many texts are in one of these states."""
    is_so = messages.c.state.in_(states)
    return tx.scalar(select(func.count()).select_from(messages).where(is_so)) or 0


def cancel(tx: Transaction, message_id: int, *, now: datetime) -> bool:
    """Take a text back; false when it is too late, because it is no longer queued."""
    done = tx.execute(
        update(messages)
        .where(messages.c.id == message_id, messages.c.state == state.QUEUED)
        .values(state=state.CANCELED, closed_at=now)
    )
    return done.rowcount == 1


def untouch(tx: Transaction, conversation_id: int, *, automatic: Iterable[str]) -> None:
    """A text was taken back: the lists show its conversation as it is without it. A closed one stays so.
    ``automatic`` are the authors whose texts answer nobody. Only the end of the thread is read.
    """
    stands = messages.c.conversation_id == conversation_id, messages.c.state != state.CANCELED
    is_theirs = messages.c.direction == "inbound"
    answers = not_(is_theirs), messages.c.priority == 0, messages.c.created_by.not_in(list(automatic))
    by_newest = messages.c.id.desc()
    answered = tx.scalar(select(messages.c.id).where(*stands, *answers).order_by(by_newest).limit(1)) or 0
    waits = select(func.min(messages.c.created_at)).where(*stands, is_theirs, messages.c.id > answered)
    failed = select(func.max(messages.c.id)).where(*stands, _has_failed(), messages.c.id >= answered)
    last = select(messages.c.body, messages.c.created_at).where(*stands).order_by(by_newest).limit(1)
    threads = schema.conversations
    is_it = threads.c.id == conversation_id
    for body, at in tx.execute(last).all():
        tx.execute(update(threads).where(is_it).values(last_text=body[:PREVIEW_LENGTH], last_at=at))
    values = {"waiting_since": waits.scalar_subquery(), "failed_id": failed.scalar_subquery()}
    tx.execute(update(threads).where(is_it, threads.c.closed_at.is_(None)).values(values))


def bring_forward(tx: Transaction, message_id: int, *, now: datetime) -> bool:
    """A text that was to leave later is due; false when it is not one that merely waits for its time."""
    waits = messages.c.state == state.QUEUED, messages.c.deferred_until.is_(None), messages.c.due_at > now
    done = tx.execute(
        update(messages).where(messages.c.id == message_id, *waits).values(due_at=now, not_before=now)
    )
    return done.rowcount == 1


def mark_unconfirmed(tx: Transaction, message_ids: Iterable[int]) -> None:
    """No trace of these at Twilio after the last look: a person decides."""
    tx.execute(
        update(messages)
        .where(messages.c.id.in_(list(message_ids)), messages.c.state == state.IN_DOUBT)
        .values(state=state.UNCONFIRMED)
    )


def queue_again(tx: Transaction, message_ids: Iterable[int], *, now: datetime) -> None:
    """It was decided that these go once more, though nobody knows whether they left before."""
    tx.execute(
        update(messages)
        .where(messages.c.id.in_(list(message_ids)), messages.c.state.in_(_OF_UNKNOWN_FATE))
        .values(state=state.QUEUED, not_before=now)
    )


def leave(tx: Transaction, message_id: int, *, now: datetime) -> None:
    """A person decided that nothing more is to be done."""
    tx.execute(
        update(messages)
        .where(messages.c.id == message_id, messages.c.state.in_(_OF_UNKNOWN_FATE))
        .values(state=state.CLOSED_UNCONFIRMED, closed_at=now)
    )


_OF_UNKNOWN_FATE = (state.IN_DOUBT, state.UNCONFIRMED)


_UNREPORTED = Select(
    """SELECT id, twilio_sid, looks FROM messages WHERE look_at IS NOT NULL AND look_at <= ?
    ORDER BY look_at, id LIMIT ?""",
    ("id", "twilio_sid", "looks"),
)


def unreported(tx: Transaction, *, now: datetime, limit: int) -> list[tuple[int, str, int]]:
    """(id, SID, looks so far) of texts whose last status should have been reported by now."""
    return [tuple(row) for row in _UNREPORTED.run(tx, micros(now), limit)]


def look_again(tx: Transaction, message_id: int, *, look_at: datetime | None, looks: int) -> None:
    """Note when to ask about this text again, unless its last status has come."""
    tx.execute(
        update(messages)
        .where(messages.c.id == message_id, messages.c.look_at.is_not(None))
        .values(look_at=look_at, looks=looks)
    )
