"""Figures: what came of texts, day by day, as the dashboard shows it.

A day that is over, and whose waits have had their 48 hours, is counted once for each time zone that somebody
looks from, by a chore beside the worker; it is counted again when something is heard of its texts later. The
days since are counted when they are asked for. Whose a text is, is as of the counting.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo

import structlog

from leadline.rules.zones import zone as zone_of
from leadline.store import chores, figures
from leadline.store.chores import Chore
from leadline.store.database import Database, Transaction
from leadline.store.figures import ANSWERED_WITHIN, Figure, Kept, Span
from leadline.store.scope import EVERYTHING, Scope

log = structlog.get_logger("leadline.figures")

# The longest period, and the one before that it is compared with.
DAYS = 180
# How many rows a page may look at itself. A hundred thousand take about half a second.
LIVE_AT_MOST = 60_000
# Every zone is work for each day; who looks from one more sees what can be counted at once.
ZONES_AT_MOST = 24
ASK_EVERY = timedelta(seconds=10)
COUNT_EVERY = timedelta(minutes=5)
# A chore that takes longer is somebody else's: its worker has died.
_TAKES_AT_MOST = timedelta(minutes=10)
_DAYS_AT_A_TIME = 20
_ALL, _EACH = "figures", "figures:"
# What was committed meanwhile may have an earlier time.
_OVERLAP = timedelta(minutes=1)
_A_DAY = timedelta(days=1)
# What a day's texts came to is known then: the last wait is over, and what became of its attempt is written.
_OVER_AFTER = ANSWERED_WITHIN + timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Counted:
    """Figures of a row of days. ``missing``: this many of the first days are not counted yet."""

    figures: list[Kept]
    missing: int = 0


def midnight(day: date, zone: tzinfo) -> datetime:
    """When a day begins there."""
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)


def read(
    tx: Transaction,
    first: date,
    last: date,
    *,
    zone: tzinfo,
    now: datetime,
    scope: Scope,
    mine: int | None = None,
) -> Counted:
    """The figures of these days, both included, as somebody sees them; with ``mine`` of that user's alone."""
    chore = chores.by_name(tx, _EACH + str(zone))
    counted_to = max(first, _day(chore.through, zone)) if chore else first
    kept = figures.kept(tx, str(zone), first, min(counted_to - _A_DAY, last), scope=scope, mine=mine)
    live_from, within = _live(tx, counted_to, last, zone, now=now)
    live = figures.count(tx, within, scope=scope, mine=mine) if within else []
    return Counted(kept + _by_day(live, zone), missing=(live_from - counted_to).days)


def texts_before(
    tx: Transaction, first: date, last: date, *, zone: tzinfo, scope: Scope, mine: int | None = None
) -> int | None:
    """How many texts of ours went on these days; None while they are not all counted."""
    chore = chores.by_name(tx, _EACH + str(zone))
    if chore is None or _day(chore.through, zone) <= last:
        return None
    return figures.kept_texts(tx, str(zone), first, last, scope=scope, mine=mine)


def _live(
    tx: Transaction, first: date, last: date, zone: tzinfo, *, now: datetime
) -> tuple[date, Span | None]:
    """From which day on it can be counted at once, and the span from there to the end."""
    end = min(midnight(last + _A_DAY, zone), now + _A_DAY)
    while first <= last:
        within = figures.span(tx, midnight(first, zone), end)
        if within.rows <= LIVE_AT_MOST or first == last:
            return first, within
        first = min(first + (last - first) / 2 + _A_DAY, last)
    return first, None


def _by_day(counted: Iterable[Figure], zone: tzinfo) -> list[Kept]:
    return [
        Kept(
            _day(each.at, zone).isoformat(), each.sender_id, each.template, each.kind, each.value, each.count
        )
        for each in counted
    ]


def _day(at: datetime, zone: tzinfo) -> date:
    return at.astimezone(zone).date()


def is_kept(tx: Transaction, zone: tzinfo) -> bool:
    """Whether days are counted for this zone, or there are zones enough."""
    names = [chore.name for chore in chores.named(tx, _EACH)]
    return _EACH + str(zone) in names or len(names) >= ZONES_AT_MOST


def keep_for(tx: Transaction, zone: tzinfo, *, now: datetime) -> None:
    """From now on, count days for this zone, beginning with those of before."""
    begin = max(figures.oldest(tx) or now, now - timedelta(days=DAYS + 1))
    chores.ensure(tx, _ALL, now=now)
    chores.begin_again(tx, _EACH + str(zone), through=midnight(_day(begin, zone), zone), now=now)


def count_due(database: Database, *, now: datetime) -> int:
    """Count what is over and what has changed, if it is time; how many days that was.

    Of several workers one does it. A crash means that some days are counted again.
    """
    with database.write() as tx:
        mine = chores.take(tx, _ALL, now=now, until=now + _TAKES_AT_MOST)
        zones = chores.named(tx, _EACH)
    if mine is None:
        return 0
    days = sum(_count_again(database, chore, mine.through, now=now) for chore in zones)
    more = [_count_on(database, chore, now=now) for chore in zones]
    is_done = all(count < _DAYS_AT_A_TIME for count in more)
    with database.write() as tx:
        chores.done(tx, _ALL, through=now, next_at=now + COUNT_EVERY if is_done else now)
    return days + sum(more)


def _count_again(database: Database, chore: Chore, since: datetime, *, now: datetime) -> int:
    """The days that were counted, and of whose texts something was heard since."""
    zone = _zone(chore)
    with database.read() as tx:
        moments = figures.changed(tx, since=since - _OVERLAP, before=chore.through)
    days = sorted({_day(at, zone) for at in moments})
    oldest = _day(now, zone) - timedelta(days=DAYS)
    for day in days:
        if day >= oldest:
            _count(database, chore, day, through=chore.through, now=now)
    return len(days)


def _count_on(database: Database, chore: Chore, *, now: datetime) -> int:
    """The next days that are over."""
    zone, done = _zone(chore), 0
    day = _day(chore.through, zone)
    while midnight(day + _A_DAY, zone) + _OVER_AFTER <= now and done < _DAYS_AT_A_TIME:
        _count(database, chore, day, through=midnight(day + _A_DAY, zone), now=now)
        day, done = day + _A_DAY, done + 1
    return done


def _count(database: Database, chore: Chore, day: date, *, through: datetime, now: datetime) -> None:
    zone = _zone(chore)
    with database.read() as tx:
        within = figures.span(tx, midnight(day, zone), midnight(day + _A_DAY, zone))
        counted = figures.count(tx, within, scope=EVERYTHING)
    with database.write() as tx:
        figures.keep(tx, str(zone), day, counted)
        chores.done(tx, chore.name, through=through, next_at=now)


def _zone(chore: Chore) -> tzinfo:
    name = chore.name.removeprefix(_EACH)
    return zone_of(name) or UTC
