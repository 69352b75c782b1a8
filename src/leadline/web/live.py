"""Telling open pages that something changed, without their asking."""

import asyncio
from contextlib import suppress


class Pulse:
    """Counts changes; whoever waits is woken by the next one.

    ``count`` is read before looking and handed to ``next``, so that a change meanwhile is not missed.
    Changes made by another process are not heard, so a page also looks by itself every few seconds.
    """

    def __init__(self) -> None:
        self._beat = asyncio.Event()
        self.count = 0
        self.is_over = False

    def changed(self) -> None:
        """Something was committed. Call it on the event loop."""
        self.count += 1
        beat, self._beat = self._beat, asyncio.Event()
        beat.set()

    def stop(self) -> None:
        """The server is going down: whoever waits is woken, and ``is_over`` tells them to end."""
        self.is_over = True
        self.changed()

    async def next(self, *, after: int, within: float) -> None:
        """Return when there are more than ``after`` changes, or after that many seconds."""
        if self.count > after:
            return
        with suppress(TimeoutError):
            await asyncio.wait_for(self._beat.wait(), within)
