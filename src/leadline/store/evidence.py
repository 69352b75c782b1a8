"""Evidence: every answer and report that says what became of an attempt. Append-only."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

from sqlalchemy import ColumnElement, and_, func, or_, select

from leadline.store import batch, schema
from leadline.store.batch import Query
from leadline.store.columns import Instant, micros
from leadline.store.database import Transaction
from leadline.store.since import first_id

evidence = schema.evidence


class Evidence(NamedTuple):
    """One outside fact; ``raw`` is what came, as it came: the form of a report, the JSON of an answer."""

    kind: str
    attempt_id: int | None
    twilio_sid: str | None
    status: str
    error_code: int
    raw: str


class Recorded(NamedTuple):
    """Evidence with the time it came."""

    kind: str
    attempt_id: int | None
    twilio_sid: str | None
    status: str
    error_code: int
    raw: str
    at: datetime

    @property
    def fields(self) -> dict[str, Any]:
        """What came, by name."""
        if self.kind == "report":
            return dict(parse_qsl(self.raw, keep_blank_values=True))
        found: dict[str, Any] = json.loads(self.raw)
        return found


@dataclass(frozen=True, slots=True)
class Frequent:
    """An error, how many facts told of it, and the last of them."""

    error_code: int
    count: int
    last_at: datetime


_COLUMNS = [evidence.c[name] for name in Recorded._fields]

_REPORTS = Query(
    """WITH v(twilio_sid) AS ({rows})
    SELECT e.twilio_sid, e.status, e.error_code FROM v JOIN evidence e ON e.twilio_sid = v.twilio_sid
    WHERE e.kind = 'report' AND e.attempt_id IS NULL""",
    ("TEXT",),
    ("twilio_sid", "status", "error_code"),
)


def add(tx: Transaction, facts: Sequence[Evidence], *, now: datetime) -> None:
    """Keep facts; the same fact told again is not kept twice."""
    at = micros(now)
    batch.insert_tuples(
        tx, evidence, Recorded._fields, [(*fact, at) for fact in facts], then="ON CONFLICT DO NOTHING"
    )


def reports_about(tx: Transaction, sids: Iterable[str]) -> list[Sequence[Any]]:
    """(SID, status, error code) of the reports that came before we knew whose they were."""
    return _REPORTS.run(tx, [(sid,) for sid in sids])


def by_sid(those: ColumnElement[bool]) -> ColumnElement[bool]:
    """The condition for what is known by its SID alone, which has an index of its own."""
    return and_(evidence.c.attempt_id.is_(None), those)


def of_message(tx: Transaction, attempt_ids: Iterable[int], sids: Iterable[str]) -> list[Recorded]:
    """All evidence about a message, or about several, in the order it came: about these attempts, and what is
    known by these SIDs alone.
    """
    about = or_(evidence.c.attempt_id.in_(list(attempt_ids)), by_sid(evidence.c.twilio_sid.in_(list(sids))))
    query = select(*_COLUMNS).where(about).order_by(evidence.c.id)
    return [Recorded(*row) for row in tx.execute(query)]


def errors_since(tx: Transaction, since: datetime) -> list[Frequent]:
    """What went wrong with texts since then, the most frequent first."""
    count = func.count()
    query = (
        select(evidence.c.error_code, count, func.max(evidence.c.at, type_=Instant))
        .where(evidence.c.id >= first_id(tx, evidence.c.at, since), evidence.c.error_code != 0)
        .group_by(evidence.c.error_code)
        .order_by(count.desc(), evidence.c.error_code)
    )
    return [Frequent(*row) for row in tx.execute(query)]
