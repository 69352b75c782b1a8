"""Time that passes only when nothing else is left to do."""

import asyncio
import selectors
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from datetime import UTC, datetime, timedelta
from typing import Any

# A Wednesday, 10:00 in Denver: within anybody's allowed hours.
START = datetime(2026, 3, 18, 16, 0, tzinfo=UTC)


class Standstill(Exception):
    """Everyone waits and no time-out is pending, so nothing will ever happen again."""


class _Leap(selectors.BaseSelector):
    """A selector that watches nothing: waiting for it means that the time has come."""

    def __init__(self) -> None:
        self.now = 0.0
        self._keys: dict[Any, selectors.SelectorKey] = {}

    def register(self, fileobj: Any, events: int, data: Any = None) -> selectors.SelectorKey:
        self._keys[fileobj] = selectors.SelectorKey(fileobj, 0, events, data)
        return self._keys[fileobj]

    def unregister(self, fileobj: Any) -> selectors.SelectorKey:
        return self._keys.pop(fileobj)

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is None:
            raise Standstill
        self.now += timeout
        return []

    def get_map(self) -> Mapping[Any, selectors.SelectorKey]:
        return self._keys


class VirtualLoop(asyncio.SelectorEventLoop):
    """An event loop on which a day takes no time. ``asyncio.sleep`` and ``asyncio.timeout`` work as ever."""

    def __init__(self) -> None:
        self._leap = _Leap()
        super().__init__(self._leap)

    def time(self) -> float:
        return self._leap.now

    def run_in_executor(  # type: ignore[override]  # asyncio's own is typed to await any executor's future.
        self, _executor: Executor | None, func: Callable[..., Any], *args: Any
    ) -> "asyncio.Future[Any]":
        """At once and in this thread: another thread would run at a moment of its own."""
        done = self.create_future()
        try:
            done.set_result(func(*args))
        except Exception as error:  # noqa: BLE001  It belongs to whoever waits.
            done.set_exception(error)
        return done


class TrueClock:
    """The carrier's time, and the world's: it never jumps."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop

    def now(self) -> datetime:
        return START + timedelta(seconds=self._loop.time())

    def monotonic(self) -> float:
        return self._loop.time()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
