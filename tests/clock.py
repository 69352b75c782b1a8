"""A clock that stands still until a test moves it."""

import asyncio
from datetime import UTC, datetime, timedelta

# A Wednesday, 10:00 in Denver: within anybody's allowed hours.
START = datetime(2026, 3, 18, 16, 0, tzinfo=UTC)


class Clock:
    """Implements ``leadline.clock.Clock``. Who sleeps wakes when ``advance`` reaches the time waited for."""

    def __init__(self, start: datetime = START) -> None:
        self._now = start
        self._monotonic = 0.0
        self._sleepers: list[tuple[float, asyncio.Event]] = []

    def now(self) -> datetime:
        return self._now

    def monotonic(self) -> float:
        return self._monotonic

    async def sleep(self, seconds: float) -> None:
        sleeper = (self._monotonic + seconds, asyncio.Event())
        self._sleepers.append(sleeper)
        try:
            self._wake()
            await asyncio.sleep(0)
            await sleeper[1].wait()
        finally:
            self._sleepers.remove(sleeper)

    def set(self, now: datetime) -> None:
        """Move the wall clock, forwards or back, as an administrator or NTP would; nobody wakes from it."""
        self._now = now.astimezone(UTC)

    def advance(self, by: timedelta | float) -> datetime:
        """Let time pass and wake those whose sleep is over, the earliest first; returns the new ``now()``."""
        seconds = by.total_seconds() if isinstance(by, timedelta) else by
        if seconds < 0:
            raise ValueError("Time does not run backwards; to turn the wall clock back, set() it.")
        self._now += timedelta(seconds=seconds)
        self._monotonic += seconds
        self._wake()
        return self._now

    @property
    def sleeping(self) -> int:
        """How many tasks wait for time to pass."""
        return sum(not woken.is_set() for _, woken in self._sleepers)

    def _wake(self) -> None:
        for until, woken in sorted(self._sleepers, key=lambda sleeper: sleeper[0]):
            if until <= self._monotonic:
                woken.set()
