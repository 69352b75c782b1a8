"""The only source of time. Everything else is handed a clock, so that tests can hold and move it."""

import asyncio
import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """What Leadline needs to know of time."""

    def now(self) -> datetime:
        """The moment, in UTC, with its zone."""

    def monotonic(self) -> float:
        """Seconds that only ever grow within this process, also while the machine is suspended."""

    async def sleep(self, seconds: float) -> None:
        """Let other tasks run for about that long."""


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        # CLOCK_BOOTTIME counts the time a laptop slept; CLOCK_MONOTONIC does not, and a lease
        # that looks fresh after a night's sleep is how a text goes out twice.
        return time.clock_gettime(_BOOTTIME)

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


_BOOTTIME: int = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
