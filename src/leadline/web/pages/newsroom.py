"""The newsroom: the one task of a process that finds out what changed, and tells the pages that show it.

It is woken by what is told in this process (``Pulse``) and, on PostgreSQL, by other processes (``notices``);
and twice a second it looks whether anything at all was committed, which tells of changes that nobody told of.
So an open page costs nothing while nothing changes. What is told in which order is for the ``Desk``.
"""

import asyncio
import json
import secrets
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from time import monotonic

import structlog

from leadline.app import Leadline
from leadline.errors import StoreUnavailable
from leadline.store import notices
from leadline.store.watching import Pace
from leadline.web.live import Bell, Changes, Pulse
from leadline.web.pages.desk import LOOK_EVERY, Desk, Memory
from leadline.web.pages.openpages import OpenPage

log = structlog.get_logger("leadline.live")

REST = 0.05  # seconds
# While nobody reads here: to pass everything on twenty times a second was a burden on busy webhooks.
REST_ALONE = 0.25
LISTEN_AGAIN_AFTER = 2.0
# Nobody reads, and other processes are only passed on what happens here.
WAIT_AT_MOST = 30.0
# More of them do not fit into one notice; others then look for themselves.
IDS_AT_MOST = 500


class Newsroom:
    """Tells the open pages of one process. It works while there are any; on PostgreSQL from ``start`` on, so
    that other processes hear of what changes here.
    """

    def __init__(self, line: Leadline, pulse: Pulse) -> None:
        self.pages: set[OpenPage] = set()
        self._line = line
        self._pulse = pulse
        self._name = secrets.token_hex(4)
        self._task: asyncio.Task[None] | None = None
        self._bell: Bell | None = None
        self._stays = False
        # What other processes told, until it is looked at.
        self._heard = Changes()
        self._memory = Memory()

    def start(self) -> None:
        """The server is up. On the event loop."""
        self._stays = not self._line.database.is_sqlite
        if self._stays:
            self._begin()

    def join(self, page: OpenPage) -> None:
        """A page was opened. On the event loop."""
        self.pages.add(page)
        self._begin()
        if self._bell is not None:
            self._bell.ring()

    def leave(self, page: OpenPage) -> None:
        """A page was closed. On the event loop."""
        self.pages.discard(page)

    def _begin(self) -> None:
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._work())

    async def _work(self) -> None:
        self._bell = bell = Bell()
        self._pulse.on_change(bell.ring)
        self._memory = Memory()
        pace = Pace(self._line.database)
        thread = ThreadPoolExecutor(2, "leadline-live")
        try:
            async with self._hearing(bell):
                await self._tell_until_nobody_reads(bell, pace, thread)
        finally:
            self._pulse.on_change(None)
            thread.shutdown()  # What it has begun is waited for, or a connection would outlive the database.
            pace.close()
            if self._pulse.is_over:
                for page in self.pages:
                    page.end()
        if self.pages and not self._pulse.is_over:  # Somebody came while we were leaving.
            self._task = asyncio.create_task(self._work())

    async def _tell_until_nobody_reads(self, bell: Bell, pace: Pace, thread: ThreadPoolExecutor) -> None:
        loop = asyncio.get_running_loop()
        while (self.pages or self._stays) and not self._pulse.is_over:
            told, (heard, self._heard) = self._pulse.take(), (self._heard, Changes())
            desk = Desk(self._line, loop, self._memory, pace, list(self.pages))
            try:
                told = await loop.run_in_executor(thread, desk.named, told)
                await asyncio.gather(
                    loop.run_in_executor(thread, self._tell_others, told),
                    loop.run_in_executor(thread, desk.tell, told.joined(heard)),
                )
            except StoreUnavailable as error:
                log.warning("live_waits_for_database", reason=str(error))
                await asyncio.sleep(LOOK_EVERY)
            await asyncio.sleep(REST if self.pages else REST_ALONE)
            await bell.wait(within=self._memory.patience(monotonic()) if self.pages else WAIT_AT_MOST)

    def _tell_others(self, told: Changes) -> None:
        if self._line.database.is_sqlite or not (told.conversations or told.is_vague):
            return
        is_named = not told.is_vague and len(told.conversations) <= IDS_AT_MOST
        ids = sorted(told.conversations) if is_named else []
        words = json.dumps({"from": self._name, "conversations": ids})
        notices.tell(self._line.database, words)

    @asynccontextmanager
    async def _hearing(self, bell: Bell) -> AsyncIterator[None]:
        """Hear meanwhile what other processes tell; on SQLite, whose processes tell nothing, hear nothing."""
        listening = None if self._line.database.is_sqlite else asyncio.create_task(self._listen(bell))
        try:
            yield
        finally:
            if listening is not None:
                listening.cancel()
                await asyncio.gather(listening, return_exceptions=True)

    async def _listen(self, bell: Bell) -> None:
        """A lost connection is made again; what was missed meanwhile is found by looking."""
        while True:
            try:
                async with notices.listening(self._line.database) as words:
                    async for each in words:
                        self._hear(each, bell)
            except ConnectionError as error:
                log.warning("live_listens_again", reason=str(error))
            await asyncio.sleep(LISTEN_AGAIN_AFTER)

    def _hear(self, words: str, bell: Bell) -> None:
        said = json.loads(words)
        if said["from"] != self._name:
            ids = frozenset(said["conversations"])
            self._heard = self._heard.joined(Changes(ids, is_vague=not ids))
            bell.ring()
