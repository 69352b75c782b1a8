"""Times as people read them: today by the hour, this week by the day, earlier by the date."""

from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_A_WEEK = timedelta(days=6)
_NIGHT_BEGINS, _NIGHT_ENDS = 21, 8


def zone_named(name: str | None) -> tzinfo | None:
    """The time zone of that name; None for no name or an unknown one, whoever wrote it."""
    if not name:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def brief(at: datetime, now: datetime, zone: tzinfo) -> str:
    """13:04 today, Tue this week, 9 Mar this year, 9 Mar 2025 before.

    >>> from datetime import UTC
    >>> now = datetime(2026, 3, 11, 13, 5, tzinfo=UTC)
    >>> brief(datetime(2026, 3, 9, 9, 0, tzinfo=UTC), now, UTC)
    'Mon'
    """
    there, today = at.astimezone(zone), now.astimezone(zone)
    if there.date() == today.date():
        return f"{there:%H:%M}"
    if today.date() - _A_WEEK <= there.date() < today.date():
        return f"{there:%a}"
    year = "" if there.year == today.year else f" {there.year}"
    return f"{there.day} {there:%b}{year}"


def hour(at: datetime, zone: tzinfo) -> str:
    """Like 13:04."""
    return f"{at.astimezone(zone):%H:%M}"


def exact(at: datetime, zone: tzinfo) -> str:
    """Like Wednesday 11 March 2026, 13:04:27 MDT."""
    there = at.astimezone(zone)
    return f"{there:%A} {there.day} {there:%B} {there.year}, {there:%H:%M:%S %Z}"


def day(at: datetime, now: datetime, zone: tzinfo) -> str:
    """The heading above a day's texts, like Today, Wednesday 11 March."""
    there, today = at.astimezone(zone), now.astimezone(zone)
    year = "" if there.year == today.year else f" {there.year}"
    name = f"{there:%A} {there.day} {there:%B}{year}"
    return f"Today, {name}" if there.date() == today.date() else name


def moment(at: datetime, now: datetime, zone: tzinfo) -> str:
    """A date and an hour in a sentence: today at 09:55, Mon 9 Mar, 09:55."""
    there = at.astimezone(zone)
    if there.date() == now.astimezone(zone).date():
        return f"today at {there:%H:%M}"
    year = "" if there.year == now.astimezone(zone).year else f" {there.year}"
    return f"{there:%a} {there.day} {there:%b}{year}, {there:%H:%M}"


def waiting(since: datetime, now: datetime) -> str:
    """How long somebody waits, like 18 min, 3 h or 2 days.

    >>> from datetime import UTC
    >>> waiting(datetime(2026, 3, 11, 13, 0, tzinfo=UTC), datetime(2026, 3, 11, 13, 18, tzinfo=UTC))
    '18 min'
    """
    minutes = max(int((now - since).total_seconds() // 60), 0)
    if minutes < 60:
        return f"{minutes} min"
    if minutes < 48 * 60:
        return f"{minutes // 60} h"
    return f"{minutes // (24 * 60)} days"


def is_night(at: datetime, zone: tzinfo) -> bool:
    """Whether somebody there is likely to be disturbed."""
    return not _NIGHT_ENDS <= at.astimezone(zone).hour < _NIGHT_BEGINS


def place(zone_name: str) -> str:
    """The town a zone is named after, like Denver."""
    return zone_name.rpartition("/")[2].replace("_", " ")


UNKNOWN: tzinfo = UTC
