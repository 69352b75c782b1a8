"""An open page is told what changed, once, and no longer than its reader may see it."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack

import pytest

from leadline import assigning
from leadline.app import Leadline
from leadline.queueing import SendRequest
from leadline.store import conversations
from leadline.web.app import Root
from leadline.web.pages.stream import PAGES_AT_MOST
from tests import cast, team, texts
from tests.clock import Clock
from tests.web.conftest import Client, Stream, signed_in

Story = Callable[[Stream], Awaitable[object]]


def live_address(page: str) -> str:
    """Where the page asks for news."""
    found = re.search(r'data-live="([^"]+)"', page)
    assert found
    return found[1].replace("&amp;", "&")


def root(client: Client) -> Root:
    app = client.app
    assert isinstance(app, Root)
    return app


def open_page(client: Client, address: str, story: Story) -> object:
    """What comes of a story that is told while a page is open."""

    async def opened() -> object:
        async with client.stream(live_address((await client.ask("GET", address)).text)) as stream:
            await stream.named("hello")
            return await story(stream)

    return client.loop.run(opened())


@pytest.fixture
def bob(anyone: Client, line: Leadline) -> Client:
    """Bob, signed in, of the team North."""
    client = signed_in(anyone, line, cast.BOB)
    team.join(line, cast.BOB)
    return client


def test_a_new_text_reaches_an_open_page(alice: Client, line: Leadline) -> None:
    texts.add_lena(line)
    texts.receive(line, texts.inbound(1, "Hello"))

    async def story(stream: Stream) -> dict[str, str]:
        texts.receive(line, texts.inbound(2, "Anybody <there>?"))
        root(alice)._pulse.changed(1)
        return await stream.parts("texts", "rows")

    news = open_page(alice, "/conversations/1", story)
    assert isinstance(news, dict)
    assert "Anybody &lt;there&gt;?" in news["texts"]
    assert "Anybody &lt;there&gt;?" in news["rows"]
    assert "lead" not in news


def test_what_nobody_told_of_is_found_all_the_same(alice: Client, line: Leadline) -> None:
    lena = texts.add_lena(line)
    texts.queue(line, SendRequest(lead_id=lena.id, body="Hi"))

    async def story(stream: Stream) -> None:
        texts.settle(line, texts.claim(line)[0], texts.accepted(1))
        texts.report(line, (1, "delivered", 0))
        await stream.shows("texts", "Delivered")
        texts.receive(line, texts.inbound(2, "STOP"))
        await stream.shows("notice", "data-closed")

    open_page(alice, "/conversations/1", story)


def test_a_report_is_told_by_twilios_name_for_the_text(alice: Client, line: Leadline) -> None:
    texts.settle(line, texts.claim_one(line), texts.accepted(1))

    async def story(stream: Stream) -> None:
        texts.report(line, (1, "undelivered", 30003))
        root(alice)._pulse.changed(sid=texts.sid(1))
        await stream.shows("texts", "Not delivered")

    open_page(alice, "/conversations/1", story)


def test_what_is_shown_already_is_not_sent(alice: Client, line: Leadline) -> None:
    texts.receive(line, texts.inbound(1, "Hello"))

    async def story(stream: Stream) -> dict[str, str]:
        for _ in range(3):
            root(alice)._pulse.changed(1)
        with line.database.write() as tx:
            conversations.mark_read(tx, 1)
        return await stream.message()

    news = open_page(alice, "/", story)
    assert isinstance(news, dict)
    assert "Unread. " not in news["rows"]


def test_a_page_that_comes_again_is_told_what_it_missed_and_no_more(alice: Client, line: Leadline) -> None:
    texts.receive(line, texts.inbound(1, "Hello"))
    address = live_address(alice.get("/conversations/1").text)
    texts.receive(line, texts.inbound(2, "Are you there?"))

    async def story() -> set[str]:
        async with alice.stream(address) as stream:
            return set(await stream.parts("rows", "views", "needs", "texts"))

    assert alice.loop.run(story()) == {"rows", "views", "needs", "texts"}


def test_where_events_do_not_get_through_a_page_asks(alice: Client, line: Leadline) -> None:
    texts.receive(line, texts.inbound(1, "Hello"))
    address = live_address(alice.get("/conversations/1").text)
    assert alice.get(address, accept="application/json").json["parts"] == {}
    texts.receive(line, texts.inbound(2, "Are you there?"))
    now = alice.get(address, accept="application/json").json
    assert set(now["parts"]) == {"rows", "views", "needs", "texts"}
    again = alice.get(f"/live?conversation=1&seen={now['seen']}", accept="application/json").json
    assert again["parts"] == {}


def test_the_stream_ends_at_once_when_the_conversation_goes_out_of_scope(bob: Client, line: Leadline) -> None:
    team.lena_wrote(line)
    charlie = team.join(line, cast.CHARLIE)

    async def story(stream: Stream) -> bool:
        with line.database.write() as tx:
            assigning.assign(tx, 1, charlie.id, actor="user:1", now=line.clock.now())
        root(bob)._pulse.changed(1)
        await stream.named("gone")
        return await stream.is_over()

    assert open_page(bob, "/conversations/1", story)
    assert bob.get("/live?conversation=1").status == 404


def test_the_stream_ends_when_its_reader_signs_out(alice: Client) -> None:
    async def story(stream: Stream) -> bool:
        own = alice.having(sec_fetch_site="same-origin", content_type="application/x-www-form-urlencoded")
        await own.ask("POST", "/signout", b"")
        return await stream.is_over()

    assert open_page(alice, "/", story)


def test_the_stream_ends_when_the_server_stops(alice: Client) -> None:
    async def story(stream: Stream) -> bool:
        root(alice).stop()
        return await stream.is_over()

    assert open_page(alice, "/", story)


def test_the_stream_ends_when_its_reader_leaves(alice: Client) -> None:
    async def story(stream: Stream) -> None:
        await asyncio.sleep(0)

    open_page(alice, "/", story)
    assert not root(alice)._newsroom.pages


def test_nobody_has_more_pages_open_than_they_can_look_at(alice: Client) -> None:
    async def story() -> int:
        async with AsyncExitStack() as open_pages:
            for _ in range(PAGES_AT_MOST):
                stream = await open_pages.enter_async_context(alice.stream("/live"))
                await stream.named("hello")
            return (await alice.ask("GET", "/live")).status

    assert alice.loop.run(story()) == 429


def test_news_of_nothing_is_not_found(alice: Client) -> None:
    assert alice.get("/live?conversation=99").status == 404


def test_colleagues_see_who_is_here_and_who_writes(
    alice: Client, bob: Client, line: Leadline, clock: Clock
) -> None:
    team.lena_wrote(line)
    tells = bob.having(sec_fetch_site="same-origin", content_type="application/x-www-form-urlencoded")

    async def story(stream: Stream) -> None:
        for body, words in ((b"", "is here"), (b"writing=1", "is writing")):
            assert (await tells.ask("POST", "/conversations/1/presence", body)).status == 204
            await stream.shows("presence", f"<bdi>Bob</bdi> {words}")
        await tells.ask("POST", "/conversations/1/presence", b"leaving=1")
        assert "Bob" not in (await stream.parts("presence"))["presence"]
        await tells.ask("POST", "/conversations/1/presence", b"")
        await stream.parts("presence")
        clock.advance(31)
        assert "Bob" not in (await stream.parts("presence"))["presence"]

    open_page(alice, "/conversations/1", story)


def test_a_page_says_who_is_here_but_not_its_own_reader(alice: Client, bob: Client, line: Leadline) -> None:
    team.lena_wrote(line)
    for client in (alice, bob):
        assert client.post("/conversations/1/presence", {"writing": "1"}).status == 204
    page = alice.get("/conversations/1").text
    assert "<bdi>Bob</bdi> is writing" in page
    assert "<bdi>Alice</bdi> is" not in page


def test_nobody_is_seen_where_they_may_not_be(bob: Client, line: Leadline) -> None:
    team.lena_wrote(line)
    charlie = team.join(line, cast.CHARLIE)
    with line.database.write() as tx:
        assigning.assign(tx, 1, charlie.id, actor="user:1", now=line.clock.now())
    assert bob.post("/conversations/1/presence", {}).status == 404
