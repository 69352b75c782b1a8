"""What another team's agent comes across: nothing, in whatever way they look for it."""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import update

from leadline import accounts
from leadline.app import Leadline
from leadline.queueing import SendRequest
from leadline.store import schema
from leadline.store.scope import Scope
from leadline.web.api import PREFIX
from leadline.web.app import create_app
from tests import cast, texts
from tests.clock import Clock
from tests.web.conftest import Client
from tests.web.world import World

SECRET = "The roof leaks at 12 Elm Street"
CHARLIES = "+17205550150"


@pytest.fixture
def world(line: Leadline, clock: Clock) -> Iterator[World]:
    """Lena is Bob's lead and has written; so has Chen, who is Charlie's; and a stranger, who is nobody's."""
    with asyncio.Runner() as loop:
        made = World(line, clock, Client(create_app(line), loop))
        line.add_lead("Lena Park", cast.LENA.phone, owner_id=made.people[cast.BOB].id)
        line.add_lead("Chen", CHARLIES, owner_id=made.people[cast.CHARLIE].id)
        texts.receive(line, texts.inbound(11, SECRET))
        texts.receive(line, texts.inbound(12, "Hello from Chen", From=CHARLIES))
        texts.receive(line, texts.inbound(13, "Hello from nobody", From="+17205550151"))
        yield made


@pytest.fixture
def charlie(world: World) -> Client:
    return world.calling("other")


def give(world: World, conversation_id: int, who: cast.Member) -> None:
    """Assign a conversation, as an admin does."""
    user = world.people[who]
    values = {"assignee_id": user.id, "team_id": user.team_id}
    table = schema.conversations
    with world.line.database.write() as tx:
        tx.execute(update(table).where(table.c.id == conversation_id).values(values))


def items(client: Client, path: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(PREFIX + path).json["items"]
    return found


@pytest.mark.parametrize(
    "path", ["/", "/?search=lena", "/?search=park", "/?search=0142", "/conversations/2", "/leads/2"]
)
def test_pages_show_nothing_of_another_teams_lead(charlie: Client, path: str) -> None:
    page = charlie.get(path).text
    assert "roof" not in page
    assert "Lena" not in page.replace("/?search=lena", "")
    assert "555-0142" not in page


def test_the_list_has_what_is_theirs_and_what_is_nobodys(charlie: Client, world: World) -> None:
    page = charlie.get("/").text
    assert ("Hello from Chen" in page, "Hello from nobody" in page) == (True, True)
    bobs = world.calling("agent").get("/").text
    assert (SECRET in bobs, "Hello from Chen" in bobs, "Hello from nobody" in bobs) == (True, False, True)
    admins = world.calling("admin").get("/").text
    assert (SECRET in admins, "Hello from Chen" in admins, "Hello from nobody" in admins) == (True,) * 3


@pytest.mark.parametrize("path", ["/", "/dashboard", "/account", "/?search=chen"])
def test_the_rail_counts_what_is_seen(world: World, path: str) -> None:
    """Three have written; the admin sees all of them, and each team its own and nobody's."""
    for role, count in (("agent", 2), ("other", 2), ("admin", 3)):
        assert f'id="unread"><span class="num">{count}</span>' in world.calling(role).get(path).text


@pytest.mark.parametrize("path", ["/leads", "/messages", "/conversations", "/messages?status=received"])
def test_lists_of_the_api_leave_it_out(charlie: Client, world: World, path: str) -> None:
    theirs, admins = items(charlie, path), items(world.calling("admin"), path)
    assert len(theirs) == len(admins) - 1
    assert "Elm" not in str(theirs)
    assert cast.LENA.phone not in str(theirs)


def test_a_possible_opt_out_is_for_those_who_see_the_conversation(charlie: Client, world: World) -> None:
    texts.receive(
        world.line, texts.inbound(14, "I think you have the wrong person, not sure I want these texts")
    )
    assert len(items(world.calling("agent"), "/reviews")) == 1
    assert items(charlie, "/reviews") == []


def test_a_lead_that_shares_a_number_is_not_named(charlie: Client, world: World) -> None:
    """The conversation is Charlie's; of the two who have the number, one is Bob's lead."""
    world.line.add_lead("Lars", CHARLIES, owner_id=world.people[cast.BOB].id)
    assert "Lars" not in charlie.get("/conversations/2").text
    assert [lead["name"] for each in items(charlie, "/conversations") for lead in each["leads"]] == ["Chen"]


def test_a_number_that_another_team_writes_with_cannot_be_texted(world: World) -> None:
    line, scope = world.line, _scope_of(world, cast.CHARLIE)
    charlie = world.calling("other")
    refused = charlie.send("POST", f"{PREFIX}/leads/1/sms", {"body": "Hi"})
    assert (refused.status, refused.json["code"]) == (404, "not_found")
    with pytest.raises(Exception, match=r"There is no conversation 1\."):
        texts.queue(line, SendRequest(number=cast.LENA.phone, body="Hi", scope=scope))
    texts.queue(line, SendRequest(number=CHARLIES, body="Hi", scope=scope))
    texts.queue(line, SendRequest(number="+17205550152", body="Hi", scope=scope))


def test_one_hidden_text_of_several_refuses_all_and_leaves_no_conversation(world: World) -> None:
    line, scope = world.line, _scope_of(world, cast.CHARLIE)
    line.add_lead("Nina", "+17205550153", owner_id=world.people[cast.BOB].id)
    with pytest.raises(Exception, match="There is no"):
        texts.queue(line, *(SendRequest(number=f"+1720555015{n}", body="Hi", scope=scope) for n in (1, 3)))
    assert len(items(world.calling("admin"), "/conversations")) == 3


def test_the_same_key_tells_nobody_of_anothers_text(world: World) -> None:
    """Bob and Charlie choose one key and one lead; then Bob loses the conversation."""
    bob, charlie = world.calling("agent"), world.calling("other")
    sent = bob.send("POST", f"{PREFIX}/leads/1/sms", {"body": "Hi"}, idempotency_key="k")
    assert sent.status == 202
    assert charlie.send("POST", f"{PREFIX}/leads/1/sms", {"body": "Hi"}, idempotency_key="k").status == 404
    give(world, 1, cast.CHARLIE)
    replayed = bob.send("POST", f"{PREFIX}/leads/1/sms", {"body": "Hi"}, idempotency_key="k")
    assert (replayed.status, "body" in replayed.json) == (404, False)


def test_a_lead_whose_number_is_anothers_shows_no_consent_and_takes_no_text(world: World) -> None:
    texts.receive(world.line, texts.inbound(14, "STOP texting me about the roof"))
    give(world, 1, cast.CHARLIE)
    bob = world.calling("agent")
    page = bob.get("/leads/1").text
    assert "Somebody else writes with this number" in page
    assert "roof" not in page
    assert bob.post("/leads/1/messages", {"body": "Hi", "key": "k"}).status == 404


def test_the_status_counts_all_and_lists_what_is_seen(world: World, clock: Clock) -> None:
    texts.unconfirmed(world.line, clock)
    for role, is_seen in (("other", False), ("agent", True), ("viewer", True), ("admin", True)):
        client = world.calling(role)
        page, told = client.get("/status").text, client.get(f"{PREFIX}/status").json
        assert ("1 text has left no trace" in page, told["unconfirmed"]) == (True, 1)
        assert ("(303) 555-0142" in page, len(told["open"])) == (is_seen, int(is_seen))


def test_a_text_that_left_twice_is_listed_for_who_sees_it(world: World, clock: Clock) -> None:
    texts.sent_twice(world.line, clock)
    for role, listed in (("other", 0), ("agent", 1)):
        told = world.calling(role).get(f"{PREFIX}/status").json
        assert (told["doubles"], len(told["last_doubles"])) == (1, listed)


def test_the_metrics_name_nobody(charlie: Client) -> None:
    told = charlie.get("/metrics").text
    assert "Lena" not in told
    assert "5550142" not in told


def test_an_open_page_ends_when_the_conversation_is_given_away(world: World) -> None:
    bob = world.calling("agent")

    async def story() -> bool:
        async with bob.stream("/live?conversation=1") as stream:
            await stream.message()
            give(world, 1, cast.CHARLIE)
            texts.receive(world.line, texts.inbound(14, "Not for Bob"))
            return await stream.is_over()

    assert world.client.loop.run(story())


def test_an_open_list_follows_a_change_of_team(world: World) -> None:
    bob = world.calling("agent")

    async def story() -> str:
        async with bob.stream("/live") as stream:
            before = await stream.message()
            assert SECRET in before["rows"]
            with world.line.database.write() as tx:
                own = schema.users.c.id == world.people[cast.BOB].id
                tx.execute(update(schema.users).where(own).values(team_id=world.teams["South"].id))
            return (await stream.message())["rows"]

    rows = world.client.loop.run(story())
    assert ("Hello from Chen" in rows, SECRET in rows) == (True, True)


def _scope_of(world: World, who: cast.Member) -> Scope:
    return accounts.scope_of(world.people[who], agents_see="team")
