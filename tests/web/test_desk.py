"""One round of telling open pages: in which order, and what it costs."""

import asyncio
from collections.abc import Iterator, Sequence

import pytest
from sqlalchemy import update

from leadline import sessions
from leadline.app import Leadline
from leadline.store import schema
from leadline.store.watching import Pace
from leadline.web.live import Changes
from leadline.web.pages import desk
from leadline.web.pages.desk import Desk, Memory
from leadline.web.pages.lists import View
from leadline.web.pages.openpages import OpenPage
from leadline.web.pages.screen import Target
from tests import cast, texts
from tests.clock import Clock
from tests.web.conftest import Client, asking, member, questions

CHEN = "+17205550150"
FIRST = Changes(frozenset({1}))
# As much of a text's way to its page as does not grow with how many are open.
QUESTIONS = 17


class Room:
    """Open pages of Alice's, and the newsroom's memory between the rounds."""

    def __init__(self, client: Client, line: Leadline, pace: Pace) -> None:
        self.line = line
        self.memory = Memory()
        self.pages: list[OpenPage] = []
        self._loop = client.loop
        self._pace = pace
        self._request = asking(client)
        self.alice = member(line, cast.ALICE)
        with line.database.write() as tx:
            self._session = sessions.begin(tx, self.alice.id, now=line.clock.now())

    def open(self, conversation_id: int) -> OpenPage:
        page = OpenPage(self._request, Target(conversation_id), View(), self.alice.id, self._session, {})
        self.pages.append(page)
        return page

    def round(self, told: Changes = Changes(), *, is_look: bool = False) -> Sequence[str]:  # noqa: B008
        """One round; what it asked the database."""
        if is_look:
            self.memory.looked_at = -desk.LOOK_EVERY

        async def tell() -> None:
            Desk(self.line, asyncio.get_running_loop(), self.memory, self._pace, self.pages).tell(told)

        with questions(self.line.database) as asked:
            self._loop.run(tell())
            self._loop.run(asyncio.sleep(0))
        return asked

    def named(self, *sids: str) -> Changes:
        """What is made of reports of texts that Twilio calls so."""

        async def name() -> Changes:
            loop = asyncio.get_running_loop()
            return Desk(self.line, loop, self.memory, self._pace, []).named(Changes(sids=frozenset(sids)))

        return self._loop.run(name())

    def settle(self) -> None:
        """Until nothing is left to be told; then lists rest, and nobody looks by himself."""
        self.round(is_look=True)
        while self.memory.pages or self.memory.lists:
            self.round()
        self.memory.lists_at = self.memory.looked_at = float("inf")
        for page in self.pages:
            page.news.clear()


@pytest.fixture
def room(anyone: Client, line: Leadline) -> Iterator[Room]:
    """Lena has written, and so has Chen; nobody has a page open yet."""
    texts.add_lena(line)
    texts.receive(line, texts.inbound(1, "Hello"))
    texts.receive(line, texts.inbound(2, "Hello from Chen", From=CHEN))
    pace = Pace(line.database)
    yield Room(anyone, line, pace)
    pace.close()


def test_what_was_told_by_name_waits_for_nothing(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    lena, chen = room.open(1), room.open(2)
    with monkeypatch.context() as hurry:
        hurry.setattr(desk, "SLICE", 0.0)
        room.round(FIRST)
    assert ("texts" in lena.news, "texts" in chen.news) == (True, False)
    assert room.memory.patience(0.0) == 0.0
    room.round()
    assert "texts" in chen.news


def test_a_text_costs_its_page_the_same_few_questions_however_many_are_open(room: Room) -> None:
    room.open(1)
    room.settle()
    texts.receive(room.line, texts.inbound(3, "Are you there?"))
    few = len(room.round(FIRST))
    for _ in range(20):
        room.open(2)
    room.settle()
    texts.receive(room.line, texts.inbound(4, "And now?"))
    assert len(room.round(FIRST)) == few <= QUESTIONS
    assert "And now?" in room.pages[0].news["texts"]


def test_so_many_reports_are_not_asked_for_by_name(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk, "SIDS_AT_MOST", 2)
    sids = [f"SM{number:032x}" for number in (1, 2, 3)]
    assert room.named(*sids[:2]) == Changes(frozenset({1, 2}))
    assert room.named(*sids) == Changes(is_vague=True)


def test_what_was_told_by_name_is_not_found_once_more(room: Room) -> None:
    page = room.open(1)
    room.settle()
    texts.receive(room.line, texts.inbound(3, "Are you there?"))
    room.round(FIRST)
    assert "texts" in page.news
    assert not any("consent_events" in question for question in room.round(is_look=True))


def test_the_first_change_that_a_new_page_is_not_told_of_is_found(room: Room) -> None:
    room.open(1)
    room.settle()
    page = room.open(2)
    room.round()
    page.news.clear()
    texts.receive(room.line, texts.inbound(3, "Anybody?", From=CHEN))
    room.round(is_look=True)
    assert "Anybody?" in page.news["texts"]


def test_while_nothing_changes_nothing_is_read(room: Room) -> None:
    room.open(1)
    room.settle()
    # On PostgreSQL it is a question whether anything changed.
    assert len(room.round(is_look=True)) <= 1


def test_what_time_alone_changes_is_told_when_a_minute_is_over(room: Room, clock: Clock) -> None:
    page = room.open(1)
    room.settle()
    clock.advance(59)
    assert not room.round()
    clock.advance(1)
    room.round()
    assert "10:01 in Denver" in page.news["head"]


def test_who_may_not_come_in_any_more_is_told_nothing_from_then_on(room: Room) -> None:
    page = room.open(1)
    room.settle()
    texts.receive(room.line, texts.inbound(3, "A secret"))
    with room.line.database.write() as tx:
        tx.execute(update(schema.users).values(disabled_at=room.line.clock.now()))
    room.round(FIRST)
    assert (page.is_over, page.news) == (True, {})
