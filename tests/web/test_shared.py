"""A list that is made for many pages at once is for each reader what it would be alone."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert, update

from leadline.app import Leadline
from leadline.queueing import SendRequest
from leadline.store import schema, users
from leadline.store.inbox import LISTS
from leadline.store.users import User
from leadline.web.pages.lists import View, listing
from leadline.web.pages.parts import LIST, rendered
from leadline.web.pages.screen import Screen, Target
from leadline.web.pages.shared import Lists
from leadline.web.pages.site import Visit
from tests import cast, team, texts
from tests.web.conftest import Client, asking, member, questions

BERT = cast.Member("Bert", "bert@example.com", role="agent", team="North")
VERA = cast.Member("Vera", "vera@example.com", role="viewer", team="North")
DORA = cast.Member("Dora", "dora@example.com", role="agent", team="North")
NORA = cast.Member("Nora", "nora@example.com", role="agent", team="")
NUMBERS = [f"+1303555{number:04}" for number in range(160, 171)]
VIEWS = [View(name, order) for name, found in LISTS.items() for order in found.orders]


def change(line: Leadline, conversation: int, **values: Any) -> None:
    with line.database.write() as tx:
        table = schema.conversations
        tx.execute(update(table).where(table.c.id == conversation).values(**values))


@pytest.fixture
def people(line: Leadline) -> dict[str, User]:
    """Two teams with conversations in every list, among them such as are assigned across teams."""
    alice, nora = member(line, cast.ALICE), member(line, NORA)
    bob, bert, vera, dora = (team.join(line, who) for who in (cast.BOB, BERT, VERA, DORA))
    charlie = team.join(line, cast.CHARLIE)
    north, south, now = bob.team_id, charlie.team_id, line.clock.now()
    line.add_lead("Owned in the South", NUMBERS[0], owner_id=charlie.id)
    line.add_lead("Owned in the North", NUMBERS[2], owner_id=bob.id)
    for number, phone in enumerate(NUMBERS, 1):
        texts.receive(line, texts.inbound(number, f"Text {number}", From=phone))
    later = now + timedelta(hours=3)
    for phone in (NUMBERS[5], NUMBERS[8]):
        texts.queue(line, SendRequest(number=phone, body="Later", due_at=later))
    change(line, 2, assignee_id=None, team_id=north)
    change(line, 3, assignee_id=bob.id, team_id=north)
    change(line, 4, assignee_id=charlie.id, team_id=south, unread=0)
    change(line, 5, assignee_id=dora.id, team_id=south)
    change(line, 6, assignee_id=vera.id, team_id=south, closed_at=now)
    change(line, 7, assignee_id=nora.id, team_id=north, closed_at=now, review_since=now)
    change(line, 8, failed_id=1, team_id=south)
    change(line, 9, team_id=north, review_since=now)
    change(line, 10, closed_at=now)
    with line.database.write() as tx:
        for user, conversation_id in ((bob, 1), (charlie, 1), (vera, 2)):
            words = {"user_id": user.id, "conversation_id": conversation_id, "body": f"{user.name} writes"}
            tx.execute(insert(schema.drafts).values(**words, updated_at=now))
        tx.execute(update(schema.messages).values(created_by=f"user:{bob.id}"))
        return {user.name: users.by_id(tx, user.id) for user in (alice, nora, bob, bert, vera, dora, charlie)}


@pytest.fixture(params=["all", "team", "own"])
def _reach(request: pytest.FixtureRequest, line: Leadline) -> None:
    """What agents see."""
    line.settings = line.given.having({"leadline_agents_see": request.param})


@pytest.mark.usefixtures("_reach")
def test_a_list_made_for_many_is_what_each_would_see_alone(
    anyone: Client, line: Leadline, people: dict[str, User]
) -> None:
    request, now, target = asking(anyone), line.clock.now(), Target(1)
    with line.database.read() as tx:
        lists = Lists(tx, [user.id for user in people.values()])
        for view in VIEWS:
            for user in people.values():
                visit = Visit.by(request, user, now=now)
                alone, shared = listing(tx, visit, view), lists.of(visit, view)
                assert repr(shared) == repr(alone), (view, user.name)
                seen = Screen(shared)
                assert lists.rendered(visit, target, seen, LIST) == rendered(visit, target, seen, LIST)


def test_who_sees_alike_costs_no_more_questions(
    anyone: Client, line: Leadline, people: dict[str, User]
) -> None:
    request, now = asking(anyone), line.clock.now()
    with line.database.read() as tx:
        lists = Lists(tx, [user.id for user in people.values()])

        def asked_for(name: str) -> int:
            with questions(line.database) as asked:
                lists.of(Visit.by(request, people[name], now=now), View())
            return len(asked)

        assert asked_for("Bob") > 0
        assert asked_for("Bert") == 0
        # What she has of the South nobody else of the North sees.
        assert asked_for("Dora") > 0
