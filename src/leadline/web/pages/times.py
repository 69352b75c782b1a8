"""Times as people read them: today by the hour, this week by the day, earlier by the date."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo

from leadline.rules.zones import zone

_A_WEEK = timedelta(days=6)
_NIGHT_BEGINS, _NIGHT_ENDS = 21, 8


@dataclass(frozen=True, slots=True)
class Here:
    """When and where somebody looks: times are told as their own clock shows them."""

    now: datetime
    zone: tzinfo = UTC

    def brief(self, at: datetime) -> str:
        """13:04 today, Mon this week, 9 Mar this year, 9 Mar 2025 before.

        >>> Here(datetime(2026, 3, 11, 13, 5, tzinfo=UTC)).brief(datetime(2026, 3, 9, 9, 0, tzinfo=UTC))
        'Mon'
        """
        there, today = self.day_of(at), self.day_of(self.now)
        if there == today:
            return self.hour(at)
        if today - _A_WEEK <= there < today:
            return f"{there:%a}"
        return f"{there.day} {there:%b}{self._year(there)}"

    def hour(self, at: datetime) -> str:
        """Like 13:04."""
        return f"{at.astimezone(self.zone):%H:%M}"

    def second(self, at: datetime) -> str:
        """Like 13:04:27."""
        return f"{at.astimezone(self.zone):%H:%M:%S}"

    def exact(self, at: datetime) -> str:
        """Like Wednesday 11 March 2026, 13:04:27 MDT."""
        there = at.astimezone(self.zone)
        return f"{there:%A} {there.day} {there:%B} {there.year}, {there:%H:%M:%S %Z}"

    def day(self, at: datetime) -> str:
        """The heading above a day's texts, like Today, Wednesday 11 March."""
        there = self.day_of(at)
        name = f"{there:%A} {there.day} {there:%B}{self._year(there)}"
        return f"Today, {name}" if there == self.day_of(self.now) else name

    def moment(self, at: datetime) -> str:
        """In a sentence: today at 09:55, or Mon 9 Mar, 09:55."""
        there = self.day_of(at)
        if there == self.day_of(self.now):
            return f"today at {self.hour(at)}"
        return f"{there:%a} {there.day} {there:%b}{self._year(there)}, {self.hour(at)}"

    def ahead(self, at: datetime) -> str:
        """A moment to come, in few words: 13:04 today, Mon 13:04 within a week, 23 Mar after that."""
        days = self.day_of(at) - self.day_of(self.now)
        if days > _A_WEEK:
            return self.brief(at)
        return f"{at.astimezone(self.zone):%a %H:%M}" if days else self.hour(at)

    def since(self, at: datetime) -> str:
        """How long ago, like 18 min, 3 h or 2 days.

        >>> Here(datetime(2026, 3, 11, 13, 18, tzinfo=UTC)).since(datetime(2026, 3, 11, 13, 0, tzinfo=UTC))
        '18 min'
        """
        minutes = max(int((self.now - at).total_seconds() // 60), 0)
        if minutes < 60:
            return f"{minutes} min"
        return f"{minutes // 60} h" if minutes < 48 * 60 else f"{minutes // (24 * 60)} days"

    def until(self, at: datetime) -> str:
        """How soon, like in 9 min, in 3 h or at once.

        >>> Here(datetime(2026, 3, 11, 13, 0, tzinfo=UTC)).until(datetime(2026, 3, 11, 13, 9, tzinfo=UTC))
        'in 9 min'
        """
        minutes = -int((self.now - at).total_seconds() // 60)
        if minutes < 1:
            return "at once"
        return f"in {minutes} min" if minutes < 120 else f"in {round(minutes / 60)} h"

    def day_of(self, at: datetime) -> date:
        """The day that is there."""
        return at.astimezone(self.zone).date()

    @property
    def is_night(self) -> bool:
        """Whether somebody here is likely to be disturbed."""
        return not _NIGHT_ENDS <= self.now.astimezone(self.zone).hour < _NIGHT_BEGINS

    def _year(self, day: date) -> str:
        return "" if day.year == self.day_of(self.now).year else f" {day.year}"


def short(span: timedelta) -> str:
    """A round span of time, like 20 s, 5 min or 24 h."""
    seconds = int(span.total_seconds())
    if seconds < 60:
        return f"{seconds} s"
    return f"{seconds // 60} min" if seconds < 3600 else f"{seconds // 3600} h"


def zone_named(name: str | None) -> tzinfo | None:
    """The time zone of that name; None for no name or an unknown one, whoever wrote it."""
    return zone(name) if name else None


def place(zone_name: str) -> str:
    """The town a zone is named after, like Denver."""
    return zone_name.rpartition("/")[2].replace("_", " ")
