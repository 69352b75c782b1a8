"""The newsroom: the one task of a process that finds out what changed, and tells the pages that show it.

It is woken by what is told in this process (``Pulse``) and, on PostgreSQL, by other processes (``notices``);
and twice a second it looks whether anything at all was committed, which tells of changes that nobody told of.
So an open page costs nothing while nothing changes. Conversations are told at once. The lists, which every
text changes, are told in slices between, and then rest four times as long as that took.
"""

import asyncio
import json
import secrets
from collections.abc import AsyncIterator, Callable, Collection, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from time import monotonic
from typing import Any, NamedTuple

import structlog

from leadline import sessions
from leadline.app import Leadline
from leadline.errors import NotFound, StoreUnavailable
from leadline.store import notices, presence, watching
from leadline.store.database import Transaction
from leadline.store.presence import Present
from leadline.store.users import User
from leadline.store.watching import Pace
from leadline.web.live import Bell, Changes, Pulse
from leadline.web.pages.lists import Listing, listing
from leadline.web.pages.openpages import GONE, OpenPage
from leadline.web.pages.parts import BESIDE, LIST, fingerprints, rendered
from leadline.web.pages.presence import who_is_here
from leadline.web.pages.screen import Screen, beside
from leadline.web.pages.site import Visit

log = structlog.get_logger("leadline.live")

LOOK_EVERY = 0.5  # seconds
REST = 0.05
LIST_SLICE = 0.05
LIST_REST_AT_MOST = 2.0
LIST_RESTS = 4
# What time alone changes, who waits how long and what the lead's clock says, is told this often.
RENEW_EVERY = 30.0
LISTEN_AGAIN_AFTER = 2.0
# More of them do not fit into one notice; others then look for themselves.
IDS_AT_MOST = 500


class Due(NamedTuple):
    """What has to be told now: these conversations, or all of them; and the lists."""

    conversations: Collection[int]
    everything: bool
    lists: bool


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
            await asyncio.sleep(REST)
            await bell.wait(within=self._memory.patience(monotonic()) if self.pages else RENEW_EVERY)

    def _tell_others(self, told: Changes) -> None:
        if self._line.database.is_sqlite or not (told.conversations or told.is_vague):
            return
        is_short = len(told.conversations) <= IDS_AT_MOST
        ids = sorted(told.conversations) if is_short else []
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


class Memory:
    """What the newsroom knows from the last time it looked. Only one thread has it at a time."""

    def __init__(self) -> None:
        self.count = -1
        self.versions: dict[int, Any] = {}
        self.top: Any = None
        self.users: dict[str, User | None] = {}
        self.present: list[Present] = []
        self.looked_at = self.renewed_at = -RENEW_EVERY
        # The lists: whether something may have changed in them, whose have not been told of it yet, how long
        # that has taken, and when it may begin again.
        self.are_lists_old = False
        self.waiting: list[OpenPage] = []
        self.lists_took = 0.0
        self.lists_at = 0.0

    def patience(self, now: float) -> float:
        """How long nothing has to be done, if nobody rings."""
        if self.waiting:
            return 0.0
        return min(max(self.lists_at - now, 0.0), LOOK_EVERY) if self.are_lists_old else LOOK_EVERY

    def start_lists(self, pages: Iterable[OpenPage]) -> None:
        """All lists are to be told."""
        self.are_lists_old = False
        self.waiting = list(pages)

    def rest_lists(self, now: float) -> None:
        """All lists were told; now they rest."""
        self.lists_at = max(self.lists_at, now + min(LIST_RESTS * self.lists_took, LIST_REST_AT_MOST))
        self.lists_took = 0.0


class Desk:
    """One round: find out what changed, and tell the pages. In a thread, with one snapshot of the database;
    pages are told on their event loop as soon as their news is ready.
    """

    def __init__(
        self,
        line: Leadline,
        loop: asyncio.AbstractEventLoop,
        memory: Memory,
        pace: Pace,
        pages: list[OpenPage],
    ) -> None:
        self._line = line
        self._loop = loop
        self._memory = memory
        self._pace = pace
        self._pages = pages
        self._lists: dict[Any, tuple[Screen, dict[str, str]]] = {}

    def named(self, told: Changes) -> Changes:
        """The same, with the conversations of the texts that Twilio's names stand for."""
        if not told.sids:
            return told
        with self._line.database.read() as tx:
            found = watching.of_sids(tx, told.sids)
        return told._replace(conversations=told.conversations | found, sids=frozenset())

    def tell(self, told: Changes) -> None:
        """Tell the pages what is new for them: of the conversations that changed, and of what is found."""
        if not self._pages:
            return
        now, memory = monotonic(), self._memory
        is_renewal = now - memory.renewed_at >= RENEW_EVERY
        has_new = any(page.is_new for page in self._pages)
        is_look = is_renewal or has_new or told.is_vague or now - memory.looked_at >= LOOK_EVERY
        count = self._pace.now() if is_look else memory.count
        is_moved = count != memory.count or is_renewal
        if told.conversations or is_moved or memory.are_lists_old or memory.waiting or has_new:
            ids = told.conversations
            with self._line.database.read() as tx:
                due = self._due(tx, ids, is_moved=is_moved, is_renewal=is_renewal, now=now)
                self._tell_all(tx, due)
            memory.count = count
        if is_look:
            memory.looked_at = now
        if is_renewal:
            memory.renewed_at = now
        self._tell_presence()

    def _due(
        self, tx: Transaction, told: Collection[int], *, is_moved: bool, is_renewal: bool, now: float
    ) -> Due:
        memory = self._memory
        watched = {key for page in self._pages if (key := page.target.conversation_id)}
        found = self._found(tx, watched) if is_moved else set()
        is_other = self._look_who_reads(tx, all_of_them=is_moved)
        if is_moved or not watched.isdisjoint(told):
            memory.present = presence.around(tx, watched, now=self._line.clock.now())
        memory.are_lists_old = memory.are_lists_old or bool(told) or is_other or is_renewal
        may_begin = not memory.waiting and now >= memory.lists_at
        return Due({*told, *found}, is_other or is_renewal, memory.are_lists_old and may_begin)

    def _found(self, tx: Transaction, watched: Iterable[int]) -> set[int]:
        """The watched conversations that changed since the last time, whoever changed them."""
        memory = self._memory
        versions, top = watching.versions(tx, watched), watching.top(tx)
        before = memory.versions
        gone = before.keys() - versions.keys()
        changed = {key for key, version in versions.items() if before.get(key, version) != version}
        memory.are_lists_old = memory.are_lists_old or top != memory.top or bool(changed)
        memory.versions, memory.top = versions, top
        return changed | gone

    def _look_who_reads(self, tx: Transaction, *, all_of_them: bool) -> bool:
        """Whether somebody's rights changed; who is not signed in any more is told nothing more."""
        memory = self._memory
        reading = {page.session for page in self._pages}
        known = {} if all_of_them else {key: memory.users[key] for key in reading & memory.users.keys()}
        asked = reading - known.keys()
        found = known | sessions.users_of(tx, asked, now=self._line.clock.now())
        is_other = any(memory.users.get(session, user) != user for session, user in found.items())
        memory.users = found
        return is_other

    def _tell_all(self, tx: Transaction, due: Due) -> None:
        for page in self._pages:
            if page.is_new or due.everything or page.target.conversation_id in due.conversations:
                self._tell(tx, page, self._conversation)
        if due.lists:
            self._memory.start_lists(self._pages)
        self._tell_lists(tx, [page for page in self._pages if page.is_new])
        for page in self._pages:
            page.is_new = False

    def _tell_lists(self, tx: Transaction, new: Iterable[OpenPage]) -> None:
        """Those of new pages, and of others as many as there is time for: a text must not wait for lists."""
        began = monotonic()
        for page in new:
            self._tell(tx, page, self._list)
        waiting = self._memory.waiting
        while waiting and monotonic() - began < LIST_SLICE:
            page = waiting.pop()
            if page in self._pages:
                self._tell(tx, page, self._list)
        self._memory.lists_took += monotonic() - began
        if not waiting:
            self._memory.rest_lists(monotonic())

    def _tell(
        self, tx: Transaction, page: OpenPage, look: Callable[[Transaction, Visit, OpenPage], dict[str, str]]
    ) -> None:
        """Tell a page what is found, or that it is over."""
        user = self._memory.users.get(page.session)
        if user is None:
            self._call(page.end)
            return
        try:
            news = look(tx, Visit.by(page.request, user), page)
        except NotFound:
            self._call(page.end, GONE)
        else:
            if news:
                self._call(page.tell, news)

    def _conversation(self, tx: Transaction, visit: Visit, page: OpenPage) -> dict[str, str]:
        if page.target.conversation_id is None:
            return {}
        seen = beside(tx, visit, page.target, Listing(page.view))
        return rendered(visit, page.target, seen, page.differs(fingerprints(seen, BESIDE)))

    def _list(self, tx: Transaction, visit: Visit, page: OpenPage) -> dict[str, str]:
        """Pages of one person that show the same list are told the same."""
        key = (visit.member.id, str(visit.here.zone), page.target, page.view)
        if key not in self._lists:
            seen = Screen(listing(tx, visit, page.view))
            self._lists[key] = (seen, fingerprints(seen, LIST))
        seen, marks = self._lists[key]
        return rendered(visit, page.target, seen, page.differs(marks))

    def _tell_presence(self) -> None:
        """Who else is where, from what is known already."""
        now = self._line.clock.now()
        for page in self._pages:
            here = who_is_here(self._memory.present, page.target.conversation_id, page.user_id, now=now)
            if here != page.present:
                page.present = here
                markup = Visit.of(page.request).render("_presence.html", present=here)
                self._call(page.tell, {"presence": markup})

    def _call(self, tell: Any, *news: Any) -> None:
        self._loop.call_soon_threadsafe(tell, *news)
