"""The background work of the simulator, so that tests can wait for all of it instead of sleeping."""

import asyncio
from collections.abc import Coroutine
from typing import Any


class Tasks:
    """Running tasks. Those that wait for a far moment of their own do not hold up ``idle``."""

    def __init__(self) -> None:
        self._pending: set[asyncio.Task[Any]] = set()
        self._waiting: set[asyncio.Task[Any]] = set()

    def spawn(self, work: Coroutine[Any, Any, Any], *, far: bool = False) -> asyncio.Task[Any]:
        """Run ``work`` beside the caller. ``far``: it mostly sleeps, so ``idle`` does not wait for it."""
        tasks = self._waiting if far else self._pending
        task = asyncio.get_running_loop().create_task(work)
        tasks.add(task)
        task.add_done_callback(tasks.discard)
        return task

    async def idle(self) -> None:
        """Wait until nothing is pending; raises what a task raised meanwhile."""
        while self._pending:
            done, _ = await asyncio.wait(self._pending)
            for task in done:
                if not task.cancelled():
                    task.result()

    async def cancel(self) -> None:
        """End everything now."""
        tasks = self._pending | self._waiting
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
