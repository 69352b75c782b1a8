"""One round of the newsroom: what is told, and in which order.

What was told by name comes first and waits for nothing. Then it is looked what else changed, if anything was
committed. All other news, be it of what was found or of time that passed, is told in slices between, and the
lists, which every text changes, after that; then they rest twice as long as telling them took.
"""

import asyncio
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import datetime
from time import monotonic
from typing import Any

from leadline import sessions
from leadline.app import Leadline
from leadline.errors import NotFound
from leadline.store import presence, watching
from leadline.store.database import Transaction
from leadline.store.presence import Present
from leadline.store.users import User
from leadline.store.watching import Pace
from leadline.web.live import Changes
from leadline.web.pages.common import Common
from leadline.web.pages.lists import Listing
from leadline.web.pages.openpages import GONE, OpenPage
from leadline.web.pages.parts import BESIDE, LIST, fingerprints, rendered
from leadline.web.pages.presence import who_is_here
from leadline.web.pages.screen import Screen, beside
from leadline.web.pages.shared import Lists
from leadline.web.pages.site import Visit

LOOK_EVERY = 0.5  # seconds
# So long may a text that comes meanwhile have to wait for other news, and for lists.
SLICE = 0.05
LIST_REST_AT_MOST = 2.0
LIST_RESTS = 2
# To ask for more of them takes longer than to look at all that is open.
SIDS_AT_MOST = 500

Waiting = dict[OpenPage, None]


class Memory:
    """What the newsroom knows from the last time it looked, and whom it has not told yet. Only one thread has
    it at a time. After a fault the next round goes on where this one stopped.
    """

    def __init__(self) -> None:
        self.count = -1
        self.looked_at = -LOOK_EVERY
        self.minute = -1
        self.versions: dict[int, Any] = {}
        self.top: Any = None
        self.users: dict[str, User | None] = {}
        self.present: dict[int, list[Present]] = {}
        # What is to be told: the conversations told by name; pages, of what is beside their list; and of it.
        self.told: set[int] = set()
        self.pages: Waiting = {}
        self.lists: Waiting = {}
        # Whether something may have changed in the lists since they were last begun with, how long telling
        # them has taken, and when it may begin again.
        self.are_lists_old = False
        self.lists_took = 0.0
        self.lists_at = 0.0

    def patience(self, now: float) -> float:
        """How long nothing has to be done, if nobody rings."""
        if self.told or self.pages or self.lists:
            return 0.0
        return min(max(self.lists_at - now, 0.0), LOOK_EVERY) if self.are_lists_old else LOOK_EVERY

    def has_work(self, now: float) -> bool:
        """Whether somebody is to be told something now."""
        return self.patience(now) <= 0

    def meet(self, pages: Iterable[OpenPage]) -> bool:
        """These are open now. New ones are told first, since they were made a moment ago; whether there
        are any.
        """
        new = {page: None for page in pages if page.is_new}
        self.pages = new | {page: None for page in pages if page in self.pages}
        self.lists = new | {page: None for page in pages if page in self.lists}
        for page in new:
            page.is_new = False
        return bool(new)

    def renew(self, pages: Iterable[OpenPage]) -> None:
        """Whatever these show may have changed."""
        self.pages |= dict.fromkeys(pages)
        self.are_lists_old = True

    def start_lists(self, pages: Iterable[OpenPage], now: float) -> None:
        """All lists are to be told, if they are old and have rested."""
        if self.are_lists_old and not self.lists and now >= self.lists_at:
            self.are_lists_old = False
            self.lists = dict.fromkeys(pages)

    def rest_lists(self, now: float, *, took: float) -> None:
        """Lists were told; when that were all of them they rest."""
        self.lists_took += took
        if not self.lists:
            self.lists_at = now + min(LIST_RESTS * self.lists_took, LIST_REST_AT_MOST)
            self.lists_took = 0.0


class Desk:
    """One round, in a thread, with one snapshot of the database, which also says what each reader may see.
    Pages are told on their event loop as soon as their news is ready.
    """

    def __init__(
        self,
        line: Leadline,
        loop: asyncio.AbstractEventLoop,
        memory: Memory,
        pace: Pace,
        pages: Collection[OpenPage],
    ) -> None:
        self._line = line
        self._loop = loop
        self._memory = memory
        self._pace = pace
        self._pages = pages
        self._now: datetime = line.clock.now()
        self._users: dict[str, User | None] = {}
        self._common: Common | None = None

    def named(self, told: Changes) -> Changes:
        """The same, with the conversations of the texts that Twilio's names stand for. Of very many, only
        that something changed.
        """
        if len(told.sids) > SIDS_AT_MOST:
            return told._replace(sids=frozenset(), is_vague=True)
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
        has_new = memory.meet(self._pages)
        memory.told |= told.conversations & self._watched
        memory.are_lists_old = memory.are_lists_old or bool(told.conversations)
        self._turn_minute()
        is_look = has_new or told.is_vague or now - memory.looked_at >= LOOK_EVERY
        count = self._pace.now() if is_look else memory.count
        if count != memory.count or memory.has_work(now):
            with self._line.database.read() as tx:
                self._tell_told(tx)
                if count != memory.count:
                    self._look(tx)
                self._tell_waiting(tx)
            memory.count = count
        if is_look:
            memory.looked_at = now
        self._tell_presence()

    @property
    def _watched(self) -> set[int]:
        return {key for page in self._pages if (key := page.target.conversation_id)}

    def _turn_minute(self) -> None:
        """What time alone changes, who waits how long and what the lead's clock says, it does by minutes."""
        minute = int(self._now.timestamp() // 60)
        if self._memory.minute not in (-1, minute):
            self._memory.renew(self._pages)
        self._memory.minute = minute

    def _tell_told(self, tx: Transaction) -> None:
        memory = self._memory
        pages = [page for page in self._pages if page.target.conversation_id in memory.told]
        self._ask_who_reads(tx, pages)
        self._tell_conversations(tx, pages)
        for page in pages:
            memory.pages.pop(page, None)
        memory.told.clear()

    def _look(self, tx: Transaction) -> None:
        """Find the watched conversations that changed since the last time, whoever changed them."""
        memory, watched = self._memory, self._watched
        versions, top = watching.versions(tx, watched), watching.top(tx)
        before = memory.versions
        changed = {key for key in watched & before.keys() if before[key] != versions.get(key)}
        memory.are_lists_old = memory.are_lists_old or top != memory.top or bool(changed)
        memory.versions, memory.top = versions, top
        memory.present = self._around(tx, watched)
        memory.pages |= {page: None for page in self._pages if page.target.conversation_id in changed}
        self._ask_who_reads(tx, self._pages)

    def _ask_who_reads(self, tx: Transaction, pages: Collection[OpenPage]) -> None:
        """Who may see what now. When somebody's rights changed, all is told anew, to them first."""
        memory = self._memory
        asked = {page.session for page in pages} - self._users.keys()
        if not asked:
            return
        found = sessions.users_of(tx, asked, now=self._now)
        others = {session for session, user in found.items() if memory.users.get(session, user) != user}
        if others:
            memory.renew(sorted(self._pages, key=lambda page: page.session not in others))
        self._users |= found
        reading = {page.session for page in self._pages}
        memory.users = {key: user for key, user in (memory.users | found).items() if key in reading}

    def _tell_waiting(self, tx: Transaction) -> None:
        """As many as there is time for: a text that comes meanwhile must not wait for the others."""
        memory = self._memory
        memory.start_lists(self._pages, monotonic())
        self._ask_who_reads(tx, [*memory.pages, *memory.lists])
        self._tell_conversations(tx, _first(memory.pages, within=SLICE))
        if memory.lists:
            self._tell_lists(tx)

    def _tell_lists(self, tx: Transaction) -> None:
        """Pages of one person that show the same list are told the same."""
        began, memory = monotonic(), self._memory
        lists = Lists(tx, (page.user_id for page in memory.lists))
        listed: dict[Any, tuple[Screen, dict[str, str]]] = {}

        def look(_tx: Transaction, visit: Visit, page: OpenPage) -> dict[str, str]:
            key = (visit.member.id, str(visit.here.zone), page.view)
            if key not in listed:
                seen = Screen(lists.of(visit, page.view))
                listed[key] = (seen, fingerprints(seen, LIST))
            seen, marks = listed[key]
            return lists.rendered(visit, page.target, seen, page.differs(marks))

        for page in _first(memory.lists, within=SLICE):
            self._tell(tx, page, look)
        memory.rest_lists(monotonic(), took=monotonic() - began)

    def _tell_conversations(self, tx: Transaction, pages: Iterable[OpenPage]) -> None:
        """Tell these pages, and note how what they show looks, so that it is not found to be new."""
        shown = set()
        for page in pages:
            self._tell(tx, page, self._conversation)
            if page.target.conversation_id:
                shown.add(page.target.conversation_id)
        if shown:
            versions = watching.versions(tx, shown)
            self._memory.versions |= {key: versions.get(key) for key in shown}
            self._memory.present |= self._around(tx, shown)

    def _around(self, tx: Transaction, conversation_ids: Iterable[int]) -> dict[int, list[Present]]:
        found: dict[int, list[Present]] = {key: [] for key in conversation_ids}
        for each in presence.around(tx, found, now=self._now):
            found[each.conversation_id].append(each)
        return found

    def _tell(
        self, tx: Transaction, page: OpenPage, look: Callable[[Transaction, Visit, OpenPage], dict[str, str]]
    ) -> None:
        """Tell a page what is found, or that it is over."""
        user = self._users.get(page.session)
        if user is None:
            self._call(page.end)
            return
        try:
            news = look(tx, Visit.by(page.request, user, now=self._now), page)
        except NotFound:
            self._call(page.end, GONE)
        else:
            if news:
                self._call(page.tell, news)

    def _conversation(self, tx: Transaction, visit: Visit, page: OpenPage) -> dict[str, str]:
        if page.target.conversation_id is None:
            return {}
        seen = beside(tx, visit, page.target, Listing(page.view), common=self._in_common(tx))
        return rendered(visit, page.target, seen, page.differs(fingerprints(seen, BESIDE)))

    def _in_common(self, tx: Transaction) -> Common:
        if self._common is None:
            self._common = Common.of(tx)
        return self._common

    def _tell_presence(self) -> None:
        """Who else is where, from what is known already."""
        now = self._line.clock.now()
        for page in self._pages:
            present = self._memory.present.get(page.target.conversation_id or 0, ())
            here = who_is_here(present, page.target.conversation_id, page.user_id, now=now)
            if here != page.present:
                page.present = here
                markup = Visit.of(page.request).render("_presence.html", present=here)
                self._call(page.tell, {"presence": markup})

    def _call(self, tell: Any, *news: Any) -> None:
        self._loop.call_soon_threadsafe(tell, *news)


def _first(waiting: Waiting, *, within: float) -> Iterator[OpenPage]:
    """The first ones, for so many seconds; who was told waits no more."""
    until = monotonic() + within
    while waiting and monotonic() < until:
        page = next(iter(waiting))
        yield page
        waiting.pop(page, None)
