"""Waiting for what other threads, processes and sockets do, without guessing how long they take."""

import asyncio
from collections.abc import Callable

AT_MOST = 20.0  # seconds; only a test that fails waits that long


async def until(is_so: Callable[[], bool]) -> None:
    """Let all others run until it is so. Raises TimeoutError when it never is."""
    async with asyncio.timeout(AT_MOST):
        while not is_so():  # noqa: ASYNC110  Nobody tells when a thread or a socket is done.
            await asyncio.sleep(0)
