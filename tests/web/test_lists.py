"""The lists as pages: what a row says, where it leads, and who sees it."""

import asyncio
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert, update

from leadline.app import Leadline
from leadline.queueing import SendRequest
from leadline.settings import Settings
from leadline.store import schema, users
from leadline.store.inbox import LISTS
from leadline.store.users import User
from leadline.web.app import create_app
from leadline.web.pages import lists
from tests import cast, texts
from tests.clock import Clock
from tests.web.conftest import Client, member, signed_in

OTHERS = [f"+1303555{number:04}" for number in range(160, 190)]


def wrote(line: Leadline, *numbers: str, body: str = "Hello") -> None:
    """Each number writes, a second after the one before."""
    clock = line.clock
    assert isinstance(clock, Clock)
    for number in numbers:
        texts.receive(line, texts.inbound(int(clock.now().timestamp()), body, From=number))
        clock.advance(1)


def change(line: Leadline, conversation: int, **values: Any) -> None:
    """What other parts of the product do to a conversation."""
    with line.database.write() as tx:
        table = schema.conversations
        tx.execute(update(table).where(table.c.id == conversation).values(**values))


def in_team(line: Leadline, user: User, name: str) -> None:
    with line.database.write() as tx:
        team = tx.execute(
            insert(schema.teams).values(name=name, created_at=line.clock.now()).returning(schema.teams.c.id)
        ).scalar_one()
        tx.execute(update(schema.users).where(schema.users.c.id == user.id).values(team_id=team))


def rows_of(page: str) -> list[int]:
    """The conversations of a page's list, in order."""
    return [int(found) for found in re.findall(r'<li id="row-(\d+)"', page)]


def row_of(page: str, conversation: int) -> str:
    """What that row says, without its markup."""
    found = re.search(rf'<li id="row-{conversation}".*?</li>', page, re.DOTALL)
    assert found
    return " ".join(re.sub(r"<[^>]+>", " ", found[0]).split())


def links(page: str) -> dict[str, str]:
    """The lists of the menu: address to how many are in it."""
    found = re.findall(r'<a id="view-\w+" href="([^"]+)"[^>]*>[^<]+<span class="num">([^<]*)</span>', page)
    return dict(found)


def test_every_list_is_in_the_menu_with_how_many_are_in_it(alice: Client, line: Leadline) -> None:
    wrote(line, *OTHERS[:4])
    change(line, 1, closed_at=line.clock.now())
    change(line, 2, assignee_id=1, unread=0)
    change(line, 3, failed_id=1)
    change(line, 4, review_since=line.clock.now())
    assert links(alice.get("/").text) == {
        "/": "3",
        "/?list=unread": "2",
        "/?list=mine": "1",
        "/?list=unassigned": "2",
        "/?list=scheduled": "",
        "/?list=failed": "1",
        "/?list=review": "1",
        "/?list=closed": "",
    }
    shown = {name: rows_of(alice.get(f"/?list={name}").text) for name in lists.TITLES}
    assert shown["open"] == [4, 3, 2]
    assert (shown["mine"], shown["failed"], shown["review"], shown["closed"]) == ([2], [3], [4], [1])


def test_what_needs_a_person_is_a_link_above_the_list(alice: Client, line: Leadline) -> None:
    wrote(line, *OTHERS[:3])
    assert 'class="chip' not in alice.get("/").text
    change(line, 1, failed_id=1)
    change(line, 2, review_since=line.clock.now())
    change(line, 3, review_since=line.clock.now())
    page = alice.get("/").text
    assert re.search(r'href="/\?list=review">.*?2 possible opt-outs', page)
    assert re.search(r'href="/\?list=failed">.*?1 not delivered', page)


def test_who_waits_longest_comes_first_and_who_said_stop_waits_for_nothing(
    alice: Client, line: Leadline
) -> None:
    wrote(line, *OTHERS[:3])
    wrote(line, OTHERS[0], body="Are you there?")
    wrote(line, OTHERS[1], body="STOP")
    assert rows_of(alice.get("/").text) == [2, 1, 3]
    assert rows_of(alice.get("/?order=waiting").text) == [1, 3]
    assert rows_of(alice.get("/?order=oldest").text) == [3, 1, 2]


def test_older_conversations_follow_page_by_page_without_a_script(
    alice: Client, line: Leadline, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "PAGE", 4)
    wrote(line, *OTHERS[:10])
    for order, expected in (("", [*range(10, 0, -1)]), ("oldest", [*range(1, 11)])):
        address: str | None = f"/?order={order}"
        found: list[int] = []
        while address:
            page = alice.get(address).text
            found += rows_of(page)
            older = re.search(r'<a href="([^"]+)">Older conversations', page)
            address = older[1].replace("&amp;", "&") if older else None
        assert found == expected


@pytest.mark.parametrize(
    "query", ["list=none", "order=none", "older=x", "older=1-", "list=mine&order=soonest"]
)
def test_an_address_that_makes_no_sense_is_the_list_all_the_same(
    alice: Client, line: Leadline, query: str
) -> None:
    wrote(line, OTHERS[0])
    change(line, 1, assignee_id=1)
    assert rows_of(alice.get(f"/?{query}").text) == [1]


def test_a_conversation_that_is_opened_keeps_its_list_and_stands_out_in_it(
    alice: Client, line: Leadline
) -> None:
    wrote(line, *OTHERS[:3])
    change(line, 1, assignee_id=1)
    change(line, 3, assignee_id=1)
    page = alice.get("/?list=mine&order=oldest").text
    address = re.search(r'id="row-3".*?href="([^"#]+)', page, re.DOTALL)
    assert address
    assert address[1] == "/conversations/3?list=mine&amp;order=oldest"

    opened = alice.get("/conversations/3?list=mine&order=oldest").text
    assert rows_of(opened) == [1, 3]
    assert re.findall(r'id="row-(\d+)"[^>]*><a [^>]*aria-current="true"', opened) == ["3"]
    assert 'href="/?list=mine&amp;order=oldest" aria-label="Back to the list"' in opened
    assert rows_of(alice.get("/conversations/3").text) == [3, 2, 1]


def test_an_agent_of_another_team_sees_and_counts_nothing_of_it(
    anyone: Client, line: Leadline, alice: Client
) -> None:
    charlie = signed_in(anyone, line, cast.CHARLIE)
    wrote(line, *OTHERS[:4])
    in_team(line, member_of(line, cast.CHARLIE), "South")
    in_team(line, member_of(line, cast.ALICE), "North")
    for conversation in (1, 2, 3):
        change(line, conversation, team_id=2, failed_id=1, review_since=line.clock.now())
    assert rows_of(alice.get("/").text) == [4, 3, 2, 1]
    assert rows_of(charlie.get("/").text) == [4]
    assert links(charlie.get("/").text)["/?list=failed"] == ""
    for name in lists.TITLES:
        assert not {1, 2, 3} & {*rows_of(charlie.get(f"/?list={name}").text)}
        assert not {1, 2, 3} & {*rows_of(charlie.get(f"/?list={name}&order=waiting").text)}


def member_of(line: Leadline, who: cast.Member) -> User:
    with line.database.read() as tx:
        found = users.by_email(tx, who.email)
    assert found
    return found


def test_a_row_says_who_answers_and_whose_the_last_text_is(
    alice: Client, line: Leadline, anyone: Client
) -> None:
    bob = member(line, cast.BOB)
    wrote(line, *OTHERS[:3])
    change(line, 1, assignee_id=1)
    change(line, 2, assignee_id=bob.id)
    texts.queue(line, SendRequest(number=OTHERS[0], body="On my way", created_by="user:1"))
    page = alice.get("/").text
    assert "You: On my way" in row_of(page, 1)
    assert row_of(page, 1).endswith("A with you")
    assert row_of(page, 2).endswith("B with Bob")
    assert row_of(page, 3).endswith("with nobody")


@pytest.mark.parametrize(("goal", "waited", "is_late"), [(10, 9, False), (10, 10, True), (30, 18, False)])
def test_a_row_waits_only_once_the_goal_is_missed(
    settings: Callable[..., Settings], database_url: str, clock: Clock, goal: int, waited: int, is_late: bool
) -> None:
    asked = settings(leadline_database_url=database_url, leadline_answer_goal_minutes=goal)
    with Leadline.open(asked, clock=clock) as line, asyncio.Runner() as loop:
        alice = signed_in(Client(create_app(line), loop), line, cast.ALICE)
        texts.receive(line, texts.inbound(1, "Hello"))
        clock.advance(timedelta(minutes=waited))
        assert (f"waits {waited} min" in row_of(alice.get("/").text, 1)) == is_late


def test_nobody_waits_who_said_stop_or_whose_conversation_is_closed(
    alice: Client, line: Leadline, clock: Clock
) -> None:
    wrote(line, *OTHERS[:2], body="STOP")
    wrote(line, OTHERS[2])
    change(line, 3, closed_at=clock.now())
    clock.advance(timedelta(hours=3))
    assert "waits" not in alice.get("/").text
    assert "waits" not in alice.get("/?list=closed").text
    assert "Opted out · STOP" in row_of(alice.get("/").text, 1)


def test_a_row_has_the_one_flag_that_needs_a_person_first(alice: Client, line: Leadline) -> None:
    """Worse is set on top of what is less bad, and undone again."""
    wrote(line, OTHERS[0], body="Look at this")
    with line.database.write() as tx:
        of_text = {"message_id": 1, "position": 0, "url": "", "claimed_type": "image/jpeg", "tries": 0}
        tx.execute(insert(schema.media).values(state="waiting", due_at=line.clock.now(), **of_text))
    assert "Picture · Look at this" in row_of(alice.get("/").text, 1)

    due = line.clock.now() + timedelta(hours=1)
    texts.queue(line, SendRequest(number=OTHERS[0], body="See you then", due_at=due))
    assert "17:00 · See you then" in row_of(alice.get("/").text, 1)
    change(line, 1, failed_id=1)
    assert "Not delivered · See you then" in row_of(alice.get("/").text, 1)
    change(line, 1, review_since=line.clock.now())
    assert "Possible opt-out · See you then" in row_of(alice.get("/").text, 1)
    change(line, 1, consent="opted_out")
    assert "Opted out · See you then" in row_of(alice.get("/").text, 1)


def test_a_text_whose_fate_nobody_knows_is_flagged(alice: Client, line: Leadline) -> None:
    texts.in_doubt(line)
    assert "Not known yet · Hi" in row_of(alice.get("/").text, 1)


def test_what_is_to_be_sent_later_is_listed_the_next_first(
    alice: Client, line: Leadline, clock: Clock
) -> None:
    for number, hours in zip(OTHERS[:3], (3, 1, 2), strict=True):
        due = clock.now() + timedelta(hours=hours)
        texts.queue(line, SendRequest(number=number, body="See you", due_at=due))
    texts.queue(line, SendRequest(number=OTHERS[3], body="At once"))
    page = alice.get("/?list=scheduled").text
    assert rows_of(page) == [2, 3, 1]
    assert links(page)["/?list=scheduled"] == "3"
    assert 'popovertarget="order"' not in page


def test_one_s_own_draft_is_in_the_row_and_nobody_else_s(
    alice: Client, anyone: Client, line: Leadline
) -> None:
    wrote(line, OTHERS[0])
    bob = signed_in(anyone, line, cast.BOB)
    with line.database.write() as tx:
        body = "I was about\nto say"
        of_draft = {"user_id": 1, "conversation_id": 1, "updated_at": line.clock.now()}
        tx.execute(insert(schema.drafts).values(body=body, **of_draft))
    assert "Draft: I was about to say" in row_of(alice.get("/").text, 1)
    assert "Hello" in row_of(bob.get("/").text, 1)


@pytest.mark.parametrize("name", lists.TITLES)
def test_a_list_without_rows_says_what_would_be_in_it(alice: Client, line: Leadline, name: str) -> None:
    assert "<h3></h3>" not in alice.get(f"/?list={name}").text
    wrote(line, OTHERS[0])
    change(line, 1, closed_at=line.clock.now(), unread=0)
    assert lists.EMPTY[name][0] in alice.get(f"/?list={name}").text or name == "closed"


def test_live_update_follows_the_list_that_is_shown(alice: Client, line: Leadline) -> None:
    wrote(line, *OTHERS[:2])
    change(line, 1, assignee_id=1)
    page = alice.get("/?list=mine").text
    live = re.search(r'data-live="([^"]+)"', page)
    assert live

    async def watch() -> dict[str, str]:
        async with alice.stream(live[1].replace("&amp;", "&")) as stream:
            await stream.next()
            change(line, 2, assignee_id=1)
            alice.app._pulse.changed()
            return await stream.message()

    parts = alice.loop.run(watch())
    assert rows_of(parts["rows"]) == [2, 1]
    assert links(parts["views"])["/?list=mine"] == "2"


@pytest.mark.parametrize("name", lists.TITLES)
def test_the_api_has_the_same_lists_in_the_same_orders(
    alice: Client, api: Client, line: Leadline, name: str
) -> None:
    wrote(line, *OTHERS[:6])
    change(line, 1, closed_at=line.clock.now())
    change(line, 2, failed_id=1)
    change(line, 3, review_since=line.clock.now())
    for order in LISTS[name].orders:
        shown = rows_of(alice.get(f"/?list={name}&order={order}").text) if name != "mine" else []
        found, address = list[int](), f"/api/admin/conversations?list={name}&order={order}&limit=2"
        page = api.get(address).json
        while True:
            found += [each["id"] for each in page["items"]]
            if not page["next"]:
                break
            page = api.get(f"{address}&before={page['next']}").json
        assert found == shown


def test_the_api_refuses_an_order_that_the_list_does_not_have(api: Client) -> None:
    refused = api.get("/api/admin/conversations?list=closed&order=waiting")
    assert (refused.status, refused.json["code"]) == (422, "order_unknown")
    assert "newest, oldest" in refused.json["detail"]
