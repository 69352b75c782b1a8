"""The lead's day: the clock on their wall, how we know of it, and the hours when texts may reach them.

It is told as the gate sees it, which knows where a lead may be by more than the time zone they gave.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from leadline.asking import rules_of
from leadline.rules.hours import Place, QuietHours, opening
from leadline.rules.whereabouts import Whereabouts, candidates
from leadline.settings import Settings
from leadline.store.leads import Lead
from leadline.web.pages.times import Here, place, zone_named


@dataclass(frozen=True, slots=True)
class Mark:
    """A moment of the day: where it is on the line, and what the clock says."""

    at: str
    clock: str


@dataclass(frozen=True, slots=True)
class Local:
    """The time where the lead is. ``opens`` and ``closes`` are today's hours for texts, which may be none;
    ``rule`` says them in words.
    """

    words: str
    source: str
    is_night: bool
    now: Mark
    rule: str
    opens: Mark | None = None
    closes: Mark | None = None


def local(number: str | None, lead: Lead | None, here: Here, settings: Settings) -> Local | None:
    """What time it is for whoever has the number; None where nobody knows."""
    where = whereabouts(number, lead, settings) if number else None
    there = _there(where, here) if where else None
    if where is None or there is None:
        return None
    hours = rules_of(settings).quiet_hours
    span = _open(where.places, here.now, hours) if hours.is_on else None
    return Local(
        words=_words(where, here),
        source=f"by {where.found_by}",
        is_night=there.is_night,
        now=_mark(here.now, there),
        rule=_rule(span, there, hours),
        opens=_mark(span[0], there) if span else None,
        closes=_mark(span[1], there) if span else None,
    )


def whereabouts(number: str, lead: Lead | None, settings: Settings) -> Whereabouts:
    """Where whoever has the number may be, as the gate sees it."""
    home = settings.leadline_region
    if lead is None:
        return candidates(number, home=home)
    return candidates(number, zone=lead.time_zone, state=lead.state, zip_code=lead.zip, home=home)


def _there(where: Whereabouts, here: Here) -> Here | None:
    zone = zone_named(where.zones[0]) if where.zones else None
    return Here(here.now, zone) if zone else None


def _words(where: Whereabouts, here: Here) -> str:
    """Like 13:05 in Denver, or 13:05 to 15:05 for who may be in several zones."""
    clocks = sorted(
        (moment.replace(tzinfo=None), zone) for zone in where.zones if (moment := _at(here, zone))
    )
    (first, zone), (last, _) = clocks[0], clocks[-1]
    if len(clocks) == 1:
        return f"{_clock(first)} in {place(zone)}"
    return f"{_clock(first)} for them" if first == last else f"{_clock(first)} to {_clock(last)} for them"


def _at(here: Here, zone: str) -> datetime | None:
    found = zone_named(zone)
    return here.now.astimezone(found) if found else None


def _open(places: tuple[Place, ...], now: datetime, hours: QuietHours) -> tuple[datetime, datetime] | None:
    """When today's hours are those of every place where they may be."""
    begins, ends = [], []
    for each in places:
        moment = now.astimezone(zone_named(each.zone))
        span = opening(hours, each.area, moment.date())
        if span is None:
            return None
        midnight = moment.replace(hour=0, minute=0, second=0, microsecond=0)
        begins.append(midnight + timedelta(minutes=span.start))
        ends.append(midnight + timedelta(minutes=span.end))
    return (max(begins), min(ends)) if max(begins) < min(ends) else None


def _rule(span: tuple[datetime, datetime] | None, there: Here, hours: QuietHours) -> str:
    if not hours.is_on:
        return "Texts are allowed at any hour."
    if span is None:
        return "No texts are allowed today."
    return f"Texts are allowed from {_mark(span[0], there).clock} to {_mark(span[1], there).clock}."


def _mark(at: datetime, there: Here) -> Mark:
    moment = at.astimezone(there.zone)
    days = (moment.date() - there.day_of(there.now)).days
    minutes = min(max(days * 1440 + moment.hour * 60 + moment.minute, 0), 1440)
    return Mark(f"{minutes / 14.4:.2f}%", "24:00" if minutes == 1440 and days else _clock(moment))


def _clock(moment: datetime) -> str:
    return f"{moment.hour}:{moment:%M}"
