"""What the webhooks heard: calls that were turned away, counted by day and reason, and the last genuine one.

Whoever sends the first kind must not fill the disk: there is one row a day and reason, and few reasons.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from leadline.store import batch, schema
from leadline.store.columns import Instant, micros
from leadline.store.database import Transaction

rejects = schema.rejects
heard = schema.heard


@dataclass(frozen=True, slots=True)
class Rejected:
    """How often calls were turned away for one reason, today and in seven days with today."""

    reason: str
    today: int
    week: int
    last_at: datetime


def count(tx: Transaction, counts: Mapping[str, int], *, now: datetime) -> None:
    """Add to today's counts, by reason. All processes lock the rows in one order."""
    rows = [
        {"day": _day(now), "reason": reason, "count": more, "last_at": micros(now)}
        for reason, more in sorted(counts.items())
    ]
    news = "count = rejects.count + excluded.count, last_at = excluded.last_at"
    batch.insert(tx, rejects, rows, then=f"ON CONFLICT (day, reason) DO UPDATE SET {news}")


def note_heard(tx: Transaction, last: Mapping[str, datetime]) -> None:
    """A genuine webhook of each kind came then."""
    rows = [{"kind": kind, "last_at": micros(at)} for kind, at in sorted(last.items())]
    later = "CASE WHEN excluded.last_at > heard.last_at THEN excluded.last_at ELSE heard.last_at END"
    batch.insert(tx, heard, rows, then=f"ON CONFLICT (kind) DO UPDATE SET last_at = {later}")


def recent(tx: Transaction, *, now: datetime) -> list[Rejected]:
    """What was turned away in seven days with today, the most frequent first."""
    week = func.sum(rejects.c.count)
    today = func.sum(rejects.c.count).filter(rejects.c.day == _day(now))
    query = (
        select(rejects.c.reason, func.coalesce(today, 0), week, func.max(rejects.c.last_at, type_=Instant))
        .where(rejects.c.day > _day(now - timedelta(days=7)))
        .group_by(rejects.c.reason)
        .order_by(week.desc(), rejects.c.reason)
    )
    return [Rejected(*row) for row in tx.execute(query)]


def last_heard(tx: Transaction) -> dict[str, datetime]:
    """Kind to when its last genuine webhook came, for those that ever came."""
    return {row.kind: row.last_at for row in tx.execute(select(heard.c.kind, heard.c.last_at))}


def _day(at: datetime) -> str:
    return f"{at:%Y-%m-%d}"
