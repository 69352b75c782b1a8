"""Caps: how many texts one number may be sent within a stretch of time. No midnight resets it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

MARKETING = "marketing"


class Counted(StrEnum):
    """Which texts a cap counts, and holds back."""

    ANY = "any"
    MARKETING = "marketing"
    AUTOMATIC = "automatic"


class Cap(NamedTuple):
    """At most ``most`` texts of a kind to one number within any stretch of that length."""

    code: str
    counted: Counted
    most: int
    within: timedelta


# Florida, Maryland, Oklahoma and Oregon allow three solicitations in 24 hours; one a day on average is what
# a lead still reads. Two machines that answer each other are stopped within minutes. What a person writes by
# hand is not capped: the team would only find a way around it.
CAPS: tuple[Cap, ...] = (
    Cap("marketing_per_day", Counted.MARKETING, 3, timedelta(days=1)),
    Cap("marketing_per_week", Counted.MARKETING, 7, timedelta(days=7)),
    Cap("automatic_per_hour", Counted.AUTOMATIC, 3, timedelta(hours=1)),
    Cap("automatic_per_day", Counted.AUTOMATIC, 10, timedelta(days=1)),
)


class Earlier(NamedTuple):
    """A text that went, or is on its way, to the same number."""

    at: datetime
    category: str
    is_automatic: bool


class Full(NamedTuple):
    """A cap that leaves no room, why, and when it has room again; None is never."""

    cap: Cap
    sentence: str
    until: datetime | None


def full(
    caps: Sequence[Cap],
    earlier: Sequence[Earlier],
    *,
    moment: datetime,
    category: str,
    is_automatic: bool,
    is_answer: bool,
) -> list[Full]:
    """The caps that leave no room for a text of this kind at that moment. ``earlier`` has the oldest first.

    A person who answers a lead is not held back by any cap.
    """
    if not earlier and all(cap.most for cap in caps):
        return []
    kinds = {
        Counted.ANY: is_automatic or not is_answer,
        Counted.MARKETING: category == MARKETING,
        Counted.AUTOMATIC: is_automatic,
    }
    judged = (_judge(cap, earlier, moment=moment) for cap in caps if kinds[cap.counted])
    return [found for found in judged if found]


def _judge(cap: Cap, earlier: Sequence[Earlier], *, moment: datetime) -> Full | None:
    since = moment - cap.within
    counted = [text.at for text in earlier if text.at > since and _counts(cap, text)]
    if len(counted) < cap.most:
        return None
    kind = "" if cap.counted is Counted.ANY else f"{cap.counted} "
    went = f"{len(counted)} {kind}text{'s' * (len(counted) != 1)} went to this number"
    until = counted[-cap.most] + cap.within if cap.most else None
    return Full(cap, f"{went} in the last {length(cap.within)}; {cap.most} may.", until)


def _counts(cap: Cap, text: Earlier) -> bool:
    if cap.counted is Counted.MARKETING:
        return text.category == MARKETING
    return cap.counted is Counted.ANY or text.is_automatic


def length(within: timedelta) -> str:
    """A stretch in words: hour, 24 hours, 7 days."""
    hours = int(within.total_seconds() // 3600)
    if hours % 24 == 0 and hours > 24:
        return f"{hours // 24} days"
    return "hour" if hours == 1 else f"{hours} hours"
