"""Attempts: one row for each create call that might happen. Never deleted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import literal_column, select, update

from leadline.store import batch, schema
from leadline.store.batch import Batch
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

    attempt_id: int
    outcome: str
    http_status: int | None
    error_code: int
    twilio_sid: str | None
    is_closed: bool


_COLUMNS = [attempts.c[name] for name in Attempt.__dataclass_fields__]

# The guard is the fence: an attempt that evidence has closed meanwhile is not written over by a late
# answer of a worker that slept.
_END = Batch(
    """WITH v(id, outcome, http_status, error_code, twilio_sid, resolved_by, closed_at) AS (VALUES {rows})
    UPDATE attempts SET
      outcome = v.outcome, http_status = v.http_status, error_code = v.error_code,
      twilio_sid = v.twilio_sid, resolved_by = v.resolved_by, closed_at = v.closed_at
    FROM v WHERE attempts.id = v.id AND attempts.closed_at IS NULL
    RETURNING attempts.id""",
    ("BIGINT", "TEXT", "INTEGER", "INTEGER", "TEXT", "TEXT", "BIGINT"),
)
_UNBOUND = Batch(
    """WITH v(token) AS (VALUES {rows})
    SELECT a.token, a.id, a.message_id FROM v JOIN attempts a ON a.token = v.token
    WHERE a.twilio_sid IS NULL""",
    ("TEXT",),
)

_BIND = Batch(
    """WITH v(id, twilio_sid, resolved_by, closed_at) AS (VALUES {rows})
    UPDATE attempts SET
      outcome = 'accepted', twilio_sid = v.twilio_sid, resolved_by = v.resolved_by, closed_at = v.closed_at
    FROM v WHERE attempts.id = v.id AND attempts.twilio_sid IS NULL""",
    ("BIGINT", "TEXT", "TEXT", "BIGINT"),
)


def begin(
    tx: Transaction, tokens: Sequence[tuple[int, str]], *, worker: str, now: datetime, lease_until: datetime
) -> dict[int, int]:
    """Record that (message id, token) is about to be posted; returns message id to attempt id."""
    same = {
        "worker": worker,
        "started_at": micros(now),
        "lease_until": micros(lease_until),
        "error_code": 0,
    }
    rows = [{"message_id": message_id, "token": token, **same} for message_id, token in tokens]
    begun = batch.insert(tx, attempts, rows, then="RETURNING message_id, id")
    return dict(begun)


def end(tx: Transaction, endings: Sequence[Ending], *, resolved_by: str, now: datetime) -> set[int]:
    """Write answers; returns the attempts that took theirs, the others had been resolved before."""
    at = micros(now)
    rows = [
        (
            e.attempt_id,
            e.outcome,
            e.http_status,
            e.error_code,
            e.twilio_sid,
            resolved_by if e.is_closed else None,
            at if e.is_closed else None,
        )
        for e in endings
    ]
    return {attempt_id for (attempt_id,) in _END.run(tx, rows)}


def without_sid(tx: Transaction, tokens: Iterable[str]) -> dict[str, tuple[int, int]]:
    """Token to (attempt id, message id) for the attempts of these tokens that have no SID yet."""
    found = _UNBOUND.run(tx, [(token,) for token in tokens])
    return {token: (attempt_id, message_id) for token, attempt_id, message_id in found}


def bind(tx: Transaction, proofs: Sequence[tuple[int, str]], *, resolved_by: str, now: datetime) -> None:
    """Evidence shows that (attempt id, SID) was accepted, whatever was thought of it before."""
    at = micros(now)
    _BIND.run(tx, [(attempt_id, sid, resolved_by, at) for attempt_id, sid in proofs])


def overdue(tx: Transaction, *, now: datetime) -> list[Attempt]:
    """Attempts without an answer whose lease is over: their worker died or sleeps."""
    query = (
        select(*_COLUMNS)
        .where(literal_column("attempts.outcome IS NULL"), attempts.c.lease_until < now)
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
