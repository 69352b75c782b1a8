"""What one seed draws, and what is remembered of a run to compare the product with."""

import asyncio
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from simulation import weather
from simulation.story import Story
from simulation.virtual import START, TrueClock
from simulation.weather import Weather

ACCOUNT_SID = "AC" + "0123456789abcdef" * 2
AUTH_TOKEN = "fedcba98" * 4
OUR_NUMBER = "+15005550006"
SERVICE_SID = "MG" + "0123456789abcdef" * 2
PUBLIC_URL = "https://leadline.example"


@dataclass(frozen=True, slots=True)
class Heard:
    """A status report that the product answered with 2xx, so it must have kept it."""

    sid: str
    status: str
    error_code: int


@dataclass(slots=True)
class Records:
    """What the world saw the product promise or do."""

    acknowledged: dict[str, int] = field(default_factory=dict)  # idempotency key to message
    taken_back: set[int] = field(default_factory=set)  # messages whose cancelling was acknowledged
    reports: list[Heard] = field(default_factory=list)
    inbound: set[str] = field(default_factory=set)  # SIDs of texts to us that were answered with 2xx
    back_in: set[str] = field(default_factory=set)  # numbers that said START last
    stopped: dict[str, float] = field(default_factory=dict)  # number to when its STOP was acknowledged
    faults: list[str] = field(default_factory=list)  # promises broken before anyone compared anything


_A_NAP = 5 * 3600.0  # no part of a day: else one wakes at the same four hours for ever


class World:
    """One run: its chance, its time, its weather, its memory."""

    def __init__(self, seed: int, loop: asyncio.AbstractEventLoop) -> None:
        self.seed = seed
        self.chance = random.Random(seed)
        self.weather: Weather = weather.draw(self.chance)
        self.storm = self.weather
        self.clock = TrueClock(loop)
        self.story = Story()
        self.records = Records()
        self.struck: Counter[str] = Counter()
        self.wall_offset = timedelta()
        self.clock_was_wrong = False
        self._loop = loop
        self._stirred_at = 0.0

    @property
    def at(self) -> float:
        """Seconds since the beginning."""
        return self._loop.time()

    def wall(self) -> datetime:
        """What the clock on the wall of our machine says, right or wrong."""
        return START + timedelta(seconds=self._loop.time()) + self.wall_offset

    def stir(self) -> None:
        """Something happened."""
        self._stirred_at = self._loop.time()

    def idle(self) -> float:
        """Seconds since anything happened, but never so many that a process sleeps through the hours of a
        day in which texts may go out, which are four for a number that may be anywhere in the US.
        """
        return min(self._loop.time() - self._stirred_at, _A_NAP)

    def strikes(self, odds: float, fault: str | None = None) -> bool:
        """Whether something with these odds happens now; a ``fault`` is counted. Without odds nothing is
        drawn.
        """
        is_so = odds > 0 and self.chance.random() < odds
        if is_so and fault is not None:
            self.struck[fault] += 1
        return is_so

    def note(self, who: str, what: str) -> None:
        """A line of the story."""
        self.story.note(self._loop.time(), who, what)

    def blame(self, what: str) -> None:
        """A promise was broken."""
        self.note("VIOLATION", what)
        self.records.faults.append(what)

    def clear_up(self) -> None:
        """From now on nothing goes wrong any more."""
        self.weather = weather.FINE
        self.note("world", "the weather clears up")

    def moments(self, count: int, until: float) -> Iterator[float]:
        """So many moments between now and then."""
        return (self.chance.uniform(0, until) for _ in range(count))
