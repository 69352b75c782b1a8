"""Attempts: one row for each create call that might happen. Never deleted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import literal_column, select, update

from leadline.store import batch, schema
from leadline.store.batch import Batch, Query
from leadline.store.database import Transaction
from leadline.store.schema import micros

attempts = schema.attempts


@dataclass(frozen=True, slots=True)
class Attempt:
    """One create call that might have happened, and what became of it."""

    id: int
    message_id: int
    token: str
    worker: str
    started_at: datetime
    lease_until: datetime
    outcome: str | None
    http_status: int | None
    error_code: int
    twilio_sid: str | None
    resolved_by: str | None
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Ending:
    """What an answer says of an attempt. One that stays open may still turn out either way."""

    token: str
    outcome: str
    http_status: int | None
    error_code: int
    twilio_sid: str | None
    is_closed: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """How an attempt stands before an answer or a report is written to it."""

    attempt_id: int
    message_id: int
    is_open: bool
    has_sid: bool


_COLUMNS = [attempts.c[name] for name in Attempt.__dataclass_fields__]

_END = Batch(
    """WITH v(token, outcome, http_status, error_code, twilio_sid, resolved_by, closed_at) AS (VALUES {rows})
    UPDATE attempts SET
      outcome = v.outcome, http_status = v.http_status, error_code = v.error_code,
      twilio_sid = v.twilio_sid, resolved_by = v.resolved_by, closed_at = v.closed_at
    FROM v WHERE attempts.token = v.token""",
    ("TEXT", "TEXT", "INTEGER", "INTEGER", "TEXT", "TEXT", "BIGINT"),
)
_STANDING = Query(
    """WITH v(token) AS (VALUES {rows})
    SELECT token, id, message_id, twilio_sid, closed_at FROM attempts
    WHERE token IN (SELECT token FROM v) ORDER BY id""",
    ("TEXT",),
    ("token", "id", "message_id", "twilio_sid", "closed_at"),
    lock="FOR UPDATE",
)
_BIND = Batch(
    """WITH v(id, twilio_sid, resolved_by, closed_at) AS (VALUES {rows})
    UPDATE attempts SET
      outcome = 'accepted', twilio_sid = v.twilio_sid, resolved_by = v.resolved_by, closed_at = v.closed_at
    FROM v WHERE attempts.id = v.id AND attempts.twilio_sid IS NULL""",
    ("BIGINT", "TEXT", "TEXT", "BIGINT"),
)


def begin(
    tx: Transaction, tokens: Iterable[tuple[int, str]], *, worker: str, now: datetime, lease_until: datetime
) -> None:
    """Record that (message id, token) is about to be posted."""
    same = {
        "worker": worker,
        "started_at": micros(now),
        "lease_until": micros(lease_until),
        "error_code": 0,
    }
    rows = [{"message_id": message_id, "token": token, **same} for message_id, token in tokens]
    batch.insert(tx, attempts, rows)


def standing(tx: Transaction, tokens: Iterable[str]) -> dict[str, Standing]:
    """How the attempts of these tokens stand; on PostgreSQL they are locked until it ends."""
    found = _STANDING.run(tx, [(token,) for token in tokens])
    return {
        token: Standing(attempt_id, message_id, is_open=closed_at is None, has_sid=sid is not None)
        for token, attempt_id, message_id, sid, closed_at in found
    }


def end(tx: Transaction, endings: Sequence[Ending], *, resolved_by: str, now: datetime) -> None:
    """Write answers to attempts that the caller has found open."""
    at = micros(now)
    rows = [
        (
            e.token,
            e.outcome,
            e.http_status,
            e.error_code,
            e.twilio_sid,
            resolved_by if e.is_closed else None,
            at if e.is_closed else None,
        )
        for e in endings
    ]
    _END.run(tx, rows)


def bind(tx: Transaction, proofs: Sequence[tuple[int, str]], *, resolved_by: str, now: datetime) -> None:
    """Evidence shows that (attempt id, SID) was accepted, whatever was thought of it before."""
    at = micros(now)
    _BIND.run(tx, [(attempt_id, sid, resolved_by, at) for attempt_id, sid in proofs])


def overdue(tx: Transaction, *, now: datetime) -> list[Attempt]:
    """Attempts without an answer whose lease is over: their worker died or sleeps."""
    query = (
        select(*_COLUMNS)
        .where(
            literal_column("attempts.closed_at IS NULL"),
            attempts.c.outcome.is_(None),
            attempts.c.lease_until < now,
        )
        .with_for_update(skip_locked=True)
    )
    return [Attempt(*row) for row in tx.execute(query)]


def mark_in_doubt(tx: Transaction, attempt_ids: Iterable[int]) -> None:
    """Leave them open: only evidence or a person may close an attempt that may have reached Twilio."""
    tx.execute(
        update(attempts)
        .where(attempts.c.id.in_(list(attempt_ids)), attempts.c.outcome.is_(None))
        .values(outcome="in_doubt")
    )


def of_message(tx: Transaction, message_id: int) -> list[Attempt]:
    """Every attempt at a message, the first first."""
    query = select(*_COLUMNS).where(attempts.c.message_id == message_id).order_by(attempts.c.id)
    return [Attempt(*row) for row in tx.execute(query)]
