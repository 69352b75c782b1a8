"""Sending later: the moments that are offered, by the lead's own clock, and the moment that was picked."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from leadline.errors import InvalidInput
from leadline.web.pages.clocks import There

MORNING, EVENING = time(9), time(17, 30)
AT_MOST = timedelta(days=366)
_MONDAY = 0


@dataclass(frozen=True, slots=True)
class Preset:
    """A moment that a button sends at; ``value`` is what the form carries: a time on the lead's wall."""

    words: str
    time: str
    value: str


def presets(there: There) -> list[Preset]:
    """The moments worth a button."""
    return [
        Preset(words, there.here.ahead(_moment(at, there)), f"{at:%Y-%m-%dT%H:%M}")
        for words, at in _offered(_local(there))
    ]


def _offered(now: datetime) -> Iterator[tuple[str, datetime]]:
    yield "In one hour", now + timedelta(hours=1)
    if now.time() < EVENING:
        yield "This evening", datetime.combine(now.date(), EVENING)
    tomorrow = now.date() + timedelta(days=1)
    yield "Tomorrow morning", datetime.combine(tomorrow, MORNING)
    if tomorrow.weekday() != _MONDAY:
        days = (_MONDAY - now.weekday()) % 7
        yield "Monday morning", datetime.combine(now.date() + timedelta(days=days or 7), MORNING)


def picked(value: str, there: There) -> datetime:
    """The moment that a form named by the lead's clock. Raises InvalidInput for none, or one that is over."""
    try:
        moment = _moment(datetime.strptime(value, "%Y-%m-%dT%H:%M"), there)  # noqa: DTZ007  Theirs is added.
    except (ValueError, OverflowError):
        raise InvalidInput("Pick a day and a time.", field="at", code="moment_invalid") from None
    if moment <= there.here.now:
        raise InvalidInput("That moment is over. Pick a later one.", field="at", code="moment_past")
    if moment > there.here.now + AT_MOST:
        raise InvalidInput("That is more than a year ahead.", field="at", code="moment_far")
    return moment


def _local(there: There) -> datetime:
    return there.here.now.astimezone(there.here.zone).replace(tzinfo=None, second=0, microsecond=0)


def _moment(local: datetime, there: There) -> datetime:
    """An hour that the clocks skip is the hour after; of one that comes twice the first is meant."""
    return local.replace(tzinfo=there.here.zone).astimezone(UTC)
