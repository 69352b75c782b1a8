"""Hashing passwords beside the event loop, a few at a time: each takes a core and 46 MB, and anybody may ask
for it.
"""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Final, TypeVar

from starlette.concurrency import run_in_threadpool

from leadline.errors import TooManyTries

Result = TypeVar("Result")
AT_ONCE: Final = 2
# These wait some seconds; for more there is no telling whether they are still there when it is their turn.
WAITING_AT_MOST: Final = 30


class Hashing:
    """Lets so many hash at once; the others wait without holding a thread."""

    def __init__(self) -> None:
        self._places = asyncio.Semaphore(AT_ONCE)
        self._waiting = 0

    async def run(self, hashing: Callable[..., Result], *given: str | None) -> Result:
        """What that function makes of these. Raises TooManyTries when too many wait already."""
        if self._waiting >= WAITING_AT_MOST:
            raise TooManyTries(timedelta(seconds=10))
        self._waiting += 1
        try:
            async with self._places:
                return await run_in_threadpool(hashing, *given)
        finally:
            self._waiting -= 1
