"""Quiet hours: when a text may reach somebody, by the clock on their wall, and the next minute it may.

Where they are is a set of places (``whereabouts``). A moment is allowed when it is allowed in every one of
them, so nobody is woken because we guessed. Hours are those of the wall clock, minute by minute: when clocks
are changed the window moves with them, and a minute that does not exist is never allowed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from leadline.rules.law_table import ELSEWHERE, HOLIDAYS, LAWS, Holiday, Law
from leadline.rules.zones import zone

_MINUTE = timedelta(minutes=1)
_DAY = timedelta(days=1)
_WHOLE_DAY = 24 * 60
_SATURDAY, _SUNDAY = 5, 6
# Longer than any row of holidays and Sundays: hours that do not meet until then never do.
LOOK_AHEAD = timedelta(days=15)


class Place(NamedTuple):
    """Somewhere a lead may be: an IANA zone, and a country or a part of one as in ISO 3166."""

    zone: str
    area: str


class Span(NamedTuple):
    """Minutes since midnight; ``end`` is the first that is not allowed."""

    start: int
    end: int

    def __str__(self) -> str:
        return f"{_clock(self.start)} to {_clock(self.end)}"


# Compared by identity: it is part of the key of caches that are asked for every text.
@dataclass(frozen=True, slots=True, eq=False)
class QuietHours:
    """What a team keeps to. ``own`` narrows the hours of every place; ``closed`` are days without texts.

    ``laws`` may be any rows; a country that has none is given ``ELSEWHERE``. What waits for the morning is
    spread over ``spread``, since carriers look askance at a thousand texts in one second.
    """

    is_on: bool = True
    laws: tuple[Law, ...] = LAWS
    own: Law | None = None
    closed: frozenset[date] = frozenset()
    spread: timedelta = timedelta(minutes=10)

    def __post_init__(self) -> None:
        """Raises ValueError for hours that cannot be read, rather than at the first text at night."""
        for law in (*self.laws, *([self.own] if self.own else [])):
            for text in (law.weekdays, law.saturday, law.sunday, law.holidays or ""):
                parse_span(text)


@dataclass(frozen=True, slots=True)
class Closed:
    """Why a moment is not allowed: one place, what the clock says there, and the row that forbids it.

    ``span`` is what that row allows on that day, if anything. ``law`` is None on a day the team closed.
    """

    place: Place
    local: datetime
    law: Law | None
    span: Span | None


def parse_span(text: str) -> Span | None:
    """``08:00-21:00`` as minutes, None for an empty text; raises ValueError for anything else."""
    if not text:
        return None
    start, end = (_minutes(part) for part in text.split("-"))
    if not 0 <= start < end <= _WHOLE_DAY:
        raise ValueError(f"{text!r} does not begin before it ends within one day")
    return Span(start, end)


def is_allowed(moment: datetime, places: tuple[Place, ...], *, hours: QuietHours) -> bool:
    """Whether a text may reach all these places at that moment."""
    minute = _floor(moment)
    return _first_allowed(minute, places, hours) == minute


def next_allowed(
    moment: datetime, places: tuple[Place, ...], *, hours: QuietHours, spread: float = 0.0
) -> datetime | None:
    """The moment itself if it is allowed, else the first allowed minute after it, or a little later.

    ``spread`` in [0, 1) says how much of ``hours.spread`` later; 0 is the minute itself. None when the hours
    of these places do not meet within ``LOOK_AHEAD``.
    """
    minute = _floor(moment)
    first = _first_allowed(minute, places, hours)
    if first == minute:
        return moment
    if first is None:
        return None
    later = first + hours.spread * spread
    return later if is_allowed(later, places, hours=hours) else first


def why_closed(moment: datetime, places: Sequence[Place], *, hours: QuietHours) -> Closed | None:
    """The first place and row that do not allow the moment, or None when all do."""
    for place in places:
        local = moment.astimezone(_zone(place))
        minute = local.hour * 60 + local.minute
        if _is_within(minute, opening(hours, place.area, local.date())):
            continue
        for law in laws_of(hours, place.area):
            span = _span_on(law, place.area, local.date())
            if not _is_within(minute, span):
                return Closed(place, local, law, span)
        return Closed(place, local, None, None)
    return None


@lru_cache(maxsize=8192)
def opening(hours: QuietHours, area: str, day: date) -> Span | None:
    """What all rows of an area, and the team's own, leave of a day by the clocks there."""
    spans = [_span_on(law, area, day) for law in laws_of(hours, area)]
    if day in hours.closed or None in spans:
        return None
    start = max(span.start for span in spans if span)
    end = min(span.end for span in spans if span)
    return Span(start, end) if start < end else None


def laws_of(hours: QuietHours, area: str) -> list[Law]:
    """The rows that hold in an area: the country's, its part's, and the team's own."""
    country = area.partition("-")[0]
    found = [law for law in hours.laws if law.area in (country, area)] or [ELSEWHERE]
    return [*found, hours.own] if hours.own else found


@lru_cache(maxsize=8192)
def is_holiday(area: str, day: date) -> bool:
    """Whether the area keeps the day, or keeps it for one that falls on a weekend."""
    beside = {4: day + _DAY, 0: day - _DAY}.get(day.weekday())
    days = [day] if beside is None else [day, beside]
    return any(
        _falls_on(holiday, each) and (each == day or each.weekday() >= _SATURDAY)
        for holiday in HOLIDAYS
        if holiday.area in (area, area.partition("-")[0])
        for each in days
    )


@lru_cache(maxsize=8192)
def _first_allowed(minute: datetime, places: tuple[Place, ...], hours: QuietHours) -> datetime | None:
    limit = minute + LOOK_AHEAD
    while minute < limit:
        before = minute
        for place in places:
            minute = _next_open(minute, place, hours, limit=limit)
        if minute == before:
            return minute
    return None


def _next_open(minute: datetime, place: Place, hours: QuietHours, *, limit: datetime) -> datetime:
    """The first minute that this place allows, or one beyond the limit."""
    there = _zone(place)
    while minute < limit:
        local = minute.astimezone(there)
        wait = _wait(local.hour * 60 + local.minute, opening(hours, place.area, local.date()))
        if not wait:
            break
        minute = _advance(minute, wait, there)
    return minute


def _wait(minute: int, span: Span | None) -> int:
    """Minutes of the wall clock until the day's window opens, or until midnight when it has closed."""
    if span is None or minute >= span.end:
        return _WHOLE_DAY - minute
    return max(span.start - minute, 0)


def _advance(minute: datetime, wait: int, there: ZoneInfo) -> datetime:
    """That much later by the clock on the wall, but no further than to where the clocks are changed."""
    target = minute + wait * _MINUTE
    offset = minute.astimezone(there).utcoffset()
    if target.astimezone(there).utcoffset() == offset:
        return target
    unchanged, changed = 0, wait
    while changed - unchanged > 1:
        middle = (unchanged + changed) // 2
        if (minute + middle * _MINUTE).astimezone(there).utcoffset() == offset:
            unchanged = middle
        else:
            changed = middle
    return minute + changed * _MINUTE


def _span_on(law: Law, area: str, day: date) -> Span | None:
    if law.holidays is not None and is_holiday(area, day):
        return _parsed(law.holidays)
    weekday = day.weekday()
    text = {_SATURDAY: law.saturday, _SUNDAY: law.sunday}.get(weekday, law.weekdays)
    return _parsed(text)


_parsed = lru_cache(maxsize=256)(parse_span)


def _falls_on(holiday: Holiday, day: date) -> bool:
    if day.month != holiday.month:
        return False
    if holiday.day:
        return day.day == holiday.day
    if day.weekday() != holiday.weekday:
        return False
    if holiday.nth < 0:
        return (day + 7 * _DAY).month != day.month
    return (day.day - 1) // 7 + 1 == holiday.nth


def _is_within(minute: int, span: Span | None) -> bool:
    return span is not None and span.start <= minute < span.end


def _zone(place: Place) -> ZoneInfo:
    there = zone(place.zone)
    if there is None:
        raise ValueError(f"{place.zone!r} is not a time zone")
    return there


def _floor(moment: datetime) -> datetime:
    # In another zone than UTC, Python adds minutes to the clock on the wall and not to the time that passes.
    return moment.astimezone(UTC).replace(second=0, microsecond=0)


def _minutes(text: str) -> int:
    hour, minute = text.strip().split(":")
    return int(hour) * 60 + int(minute)


def _clock(minutes: int) -> str:
    return "24:00" if minutes == _WHOLE_DAY else time(*divmod(minutes, 60)).isoformat("minutes")
