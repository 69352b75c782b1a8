"""Connection overrides: what the fragment of a webhook's address asks of Twilio's client.

https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides
"""

from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import parse_qsl, urldefrag


class Range(NamedTuple):
    """The least and the most that an override may ask for, and what holds without it."""

    least: int
    most: int
    default: int


RANGES = {
    "ct": Range(100, 10_000, 5_000),
    "rt": Range(100, 15_000, 15_000),
    "tt": Range(100, 15_000, 15_000),
    "rc": Range(0, 5, 1),
}
POLICIES = frozenset({"4xx", "5xx", "ct", "rt", "all"})


@dataclass(frozen=True, slots=True)
class Overrides:
    """Time-outs in seconds, the number of retries, and what is retried (``ct``, ``rt``, ``4xx``, ``5xx``)."""

    connect: float = 5.0
    read: float = 15.0
    total: float = 15.0
    retries: int = 1
    policy: frozenset[str] = frozenset({"ct"})

    def retry(self, fault: str) -> bool:
        """Whether a call that ended with ``fault`` is tried again."""
        return "all" in self.policy or fault in self.policy


def split(url: str) -> tuple[str, Overrides]:
    """The address to call, without its fragment, and what the fragment asks for.

    A value outside its range is moved to the nearest allowed one; unknown keys are ignored.
    """
    address, fragment = urldefrag(url)
    if not fragment:
        return address, Overrides()
    asked = dict(parse_qsl(fragment))
    policy = frozenset(asked.get("rp", "ct").split(",")) & POLICIES
    return address, Overrides(
        connect=_within("ct", asked) / 1000,
        read=_within("rt", asked) / 1000,
        total=_within("tt", asked) / 1000,
        retries=_within("rc", asked),
        policy=policy,
    )


def _within(name: str, asked: dict[str, str]) -> int:
    least, most, default = RANGES[name]
    value = asked.get(name, "")
    return min(most, max(least, int(value))) if value.isdecimal() else default
