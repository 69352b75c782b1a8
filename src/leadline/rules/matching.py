"""Which messages of Twilio's list are the texts whose answers were lost.

The list has no token of ours, so a text is known by its number, its words and its time. Two like texts
cannot be told apart, and need not be: when as many are found as were tried, which is which does not matter.
When fewer are found, nobody can say which one left, so nothing is said of either.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from leadline.rules.segments import LOOK_ALIKES

BEFORE = timedelta(seconds=60)
AFTER = timedelta(minutes=5)

# A trial account's texts begin with this (https://www.twilio.com/docs/usage/tutorials/how-to-use-your-free-trial-account).
_TRIAL = "Sent from your Twilio trial account - "
# Twilio's link shortening replaces what stands here.
_LINK = re.compile(r"https?://\S+")


@dataclass(frozen=True, slots=True)
class Tried:
    """An attempt without a SID. ``sender`` is what it was sent from: a number or a Messaging Service.

    ``is_under_way``: its worker may still be waiting for the answer.
    """

    attempt_id: int
    sender: str
    body: str
    began: datetime
    lease_until: datetime
    is_under_way: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """A message of Twilio's list that no attempt of ours is known for, to the same number."""

    sid: str
    senders: frozenset[str]
    body: str
    created: datetime


class Finding(StrEnum):
    """What a look at the list says of an attempt."""

    FOUND = "found"
    NOTHING = "nothing"  # in the list; which may lag
    TOO_FEW = "too_few"  # fewer messages than like attempts: nobody can say which one left
    TOO_MANY = "too_many"  # more: something else sends the same from this account
    UNDER_WAY = "under_way"  # a like text is being sent right now; look again when it is settled


@dataclass(frozen=True, slots=True)
class Match:
    """What the list says of one attempt; ``sid`` when it is found."""

    attempt_id: int
    finding: Finding
    sid: str | None = None


def match(tried: Sequence[Tried], listed: Sequence[Listed]) -> list[Match]:
    """Judge all attempts without a SID to one number by what Twilio's list has for that number."""
    return [verdict for group in _groups(tried, listed) for verdict in _judge(*group)]


Group = tuple[list[Tried], list[Listed]]


def _groups(tried: Sequence[Tried], listed: Sequence[Listed]) -> Iterator[Group]:
    """Attempts that could be taken for one another, with the messages that could be any of them."""
    waiting = sorted(tried, key=lambda each: each.began)
    while waiting:
        group, found = [waiting.pop(0)], list[Listed]()
        while True:
            found = [each for each in listed if any(_fits(one, each) for one in group)]
            more = [one for one in waiting if any(_fits(one, each) for each in found)]
            if not more:
                break
            group += more
            waiting = [one for one in waiting if one not in more]
        yield group, sorted(found, key=lambda each: each.created)


def _fits(tried: Tried, listed: Listed) -> bool:
    is_then = tried.began - BEFORE <= listed.created <= tried.lease_until + AFTER
    return is_then and tried.sender in listed.senders and plain(tried.body) == plain(listed.body)


def _judge(tried: list[Tried], found: list[Listed]) -> list[Match]:
    pairs = list(zip(sorted(tried, key=lambda each: each.began), found, strict=False))
    if not found:
        finding = Finding.NOTHING
    elif any(each.is_under_way for each in tried):
        finding = Finding.UNDER_WAY
    elif len(found) < len(tried):
        finding = Finding.TOO_FEW
    # As many that cannot all be ours, since some came before the attempt that is left for them, are too many.
    elif len(found) > len(tried) or not all(_fits(one, each) for one, each in pairs):
        finding = Finding.TOO_MANY
    else:
        return [Match(one.attempt_id, Finding.FOUND, each.sid) for one, each in pairs]
    return [Match(one.attempt_id, finding) for one in tried]


def plain(body: str) -> str:
    """A body as it is compared: without what Twilio may add to, or change in, a text on its way.

    >>> plain("Sent from your Twilio trial account - It\u2019s at https://example.com/very/long ")
    "It's at <link>"
    """
    stripped = body.removeprefix(_TRIAL).translate(LOOK_ALIKES)
    return _LINK.sub("<link>", " ".join(stripped.split()))
