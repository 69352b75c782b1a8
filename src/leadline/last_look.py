"""The last look at consent, right before a text leaves; ``store.stops`` has the lock that makes it final.

A worker claims texts and then waits for a turn and for a connection. Whoever says stop meanwhile must be
heeded, in whichever process the STOP arrives.
"""

import asyncio
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field

from leadline.clock import Clock
from leadline.errors import StoreUnavailable
from leadline.store.database import Database
from leadline.store.stops import LookAtFile, LookAtServer

# An opt-out's commit takes some milliseconds.
_SECONDS_TO_LOOK_AGAIN = 0.001
_LOOKS_AT_MOST = 5000


class LastLook:
    """One for each worker, on its event loop; ``close`` it when nothing more is sent."""

    def __init__(self, database: Database, clock: Clock) -> None:
        look = database.last_look()
        self._of: _OfFile | _OfServer = (
            _OfFile(look, clock) if isinstance(look, LookAtFile) else _OfServer(look, clock)
        )

    def at(self, conversation_id: int, until: float) -> AbstractAsyncContextManager[bool]:
        """Whether a text may leave to that conversation, which it may not after ``until`` on the clock that
        only grows. To be left once its bytes are with the transport, which hands them to the socket within
        the same turn of the event loop: no opt-out is committed before. Raises StoreUnavailable.
        """
        return self._of.at(conversation_id, until)

    async def close(self) -> None:
        """Nothing more is sent."""
        await self._of.close()


class _OfFile:
    """On SQLite the look is quicker than a change of threads. All texts that are ready in the same turn of
    the event loop are looked up together, since locks and question cost as much for one of them.
    """

    def __init__(self, look: LookAtFile, clock: Clock) -> None:
        self._look = look
        self.clock = clock
        self._waiting: list[_Ready] = []
        self._tries = 0

    def at(self, conversation_id: int, until: float) -> AbstractAsyncContextManager[bool]:
        return _AtFile(self, conversation_id, until)

    def ask(self, conversation_id: int) -> "_Ready":
        """Whether it may leave is known in the next turn, or in a later one while an opt-out is written."""
        loop = asyncio.get_running_loop()
        if not self._waiting:
            self._tries = 0
            loop.call_soon(self._look_for_all)
        ready = _Ready(conversation_id, loop.create_future())
        self._waiting.append(ready)
        return ready

    def _look_for_all(self) -> None:
        self._waiting = [ready for ready in self._waiting if not ready.hold.done()]
        try:
            opted_out = self._begin()
        except StoreUnavailable as error:
            told, self._waiting = self._waiting, []
            for ready in told:
                ready.hold.set_exception(error)
            return
        if opted_out is None:
            asyncio.get_running_loop().call_later(_SECONDS_TO_LOOK_AGAIN, self._look_for_all)
            return
        told, self._waiting = self._waiting, []
        hold = _Hold(self._look, opted_out, len(told))
        for ready in told:
            ready.hold.set_result(hold)

    def _begin(self) -> set[int] | None:
        if not self._waiting:
            return set()
        self._tries += 1
        if self._tries > _LOOKS_AT_MOST:
            raise StoreUnavailable("The database does not answer: an opt-out is being written.")
        return self._look.begin({ready.conversation_id for ready in self._waiting})

    async def close(self) -> None:
        await asyncio.sleep(0)  # A hold that is over is let go of in the next turn.
        self._look.close()


@dataclass(slots=True)
class _Hold:
    """The lock, for the texts that were looked up together; it is let go of when all of them have left."""

    look: LookAtFile
    opted_out: set[int]
    texts: int

    def leave(self) -> None:
        self.texts -= 1
        if not self.texts:
            # uvloop hands what was written to the socket at the end of its turn.
            asyncio.get_running_loop().call_soon(self.look.end)


@dataclass(slots=True)
class _Ready:
    """A text with a connection at hand."""

    conversation_id: int
    hold: "asyncio.Future[_Hold]"


@dataclass(slots=True)
class _AtFile(AbstractAsyncContextManager[bool]):
    looks: _OfFile
    conversation_id: int
    until: float
    hold: _Hold | None = None

    async def __aenter__(self) -> bool:
        ready = self.looks.ask(self.conversation_id)
        try:
            self.hold = await ready.hold
        except asyncio.CancelledError:
            if ready.hold.done() and not ready.hold.cancelled() and not ready.hold.exception():
                ready.hold.result().leave()
            raise
        is_in_time = self.looks.clock.monotonic() <= self.until
        return is_in_time and self.conversation_id not in self.hold.opted_out

    async def __aexit__(self, *_fault: object) -> None:
        if self.hold is not None:
            self.hold.leave()


@dataclass(slots=True)
class _Asked:
    """One text that is about to leave."""

    conversation_id: int
    may_leave: "asyncio.Future[bool]"
    is_over: asyncio.Event = field(default_factory=asyncio.Event)


class _OfServer:
    """On PostgreSQL all texts that are ready at the same time are looked up together, off the event loop."""

    def __init__(self, look: LookAtServer, clock: Clock) -> None:
        self._look = look
        self._clock = clock
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="leadline-last-look")
        self._waiting: list[_Asked] = []
        self._looking: asyncio.Task[None] | None = None

    @asynccontextmanager
    async def at(self, conversation_id: int, until: float) -> AsyncIterator[bool]:
        asked = _Asked(conversation_id, asyncio.get_running_loop().create_future())
        self._waiting.append(asked)
        if self._looking is None:
            self._looking = asyncio.create_task(self._look_while_asked())
        try:
            may_leave = await asked.may_leave
            yield may_leave and self._clock.monotonic() <= until
        finally:
            asked.is_over.set()

    async def _look_while_asked(self) -> None:
        loop = asyncio.get_running_loop()
        while self._waiting:
            group, self._waiting = self._waiting, []
            ids = {asked.conversation_id for asked in group}
            try:
                opted_out = await loop.run_in_executor(self._thread, self._look.begin, ids)
            except StoreUnavailable as error:
                _tell(group, error)
                continue
            for asked in group:
                if not asked.may_leave.done():
                    asked.may_leave.set_result(asked.conversation_id not in opted_out)
            for asked in group:
                await asked.is_over.wait()
            await asyncio.sleep(0)  # As in ``_Hold.leave``.
            await loop.run_in_executor(self._thread, self._look.end)
        self._looking = None

    async def close(self) -> None:
        if self._looking is not None:
            await self._looking
        await asyncio.get_running_loop().run_in_executor(self._thread, self._look.close)
        self._thread.shutdown()


def _tell(group: list[_Asked], error: StoreUnavailable) -> None:
    for asked in group:
        if not asked.may_leave.done():
            asked.may_leave.set_exception(error)
