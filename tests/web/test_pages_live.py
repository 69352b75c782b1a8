"""An open page is told what changed, once, and no longer than its reader may see it."""

import asyncio
import re

from leadline.app import Leadline
from leadline.queueing import SendRequest
from leadline.store import conversations
from leadline.web.app import Root
from tests import texts
from tests.web.conftest import Client


def live_address(page: str) -> str:
    """Where the page asks for news."""
    found = re.search(r'data-live="([^"]+)"', page)
    assert found
    return found[1].replace("&amp;", "&")


def root(client: Client) -> Root:
    app = client.app
    assert isinstance(app, Root)
    return app


def test_a_new_text_reaches_an_open_page(alice: Client, line: Leadline) -> None:
    texts.add_lena(line)
    texts.receive(line, texts.inbound(1, "Hello"))
    address = live_address(alice.get("/conversations/1").text)

    async def story() -> dict[str, str]:
        async with alice.stream(address) as stream:
            await stream.next()
            texts.receive(line, texts.inbound(2, "Anybody <there>?"))
            root(alice)._pulse.changed()
            return await stream.message()

    news = alice.loop.run(story())
    assert set(news) == {"rows", "views", "needs", "texts", "notice"}
    assert "Anybody &lt;there&gt;?" in news["texts"]
    assert "Anybody &lt;there&gt;?" in news["rows"]


def test_what_a_text_became_and_an_opt_out_reach_it_too(alice: Client, line: Leadline) -> None:
    lena = texts.add_lena(line)
    texts.queue(line, SendRequest(lead_id=lena.id, body="Hi"))
    address = live_address(alice.get("/conversations/1").text)

    async def story() -> tuple[dict[str, str], dict[str, str]]:
        async with alice.stream(address) as stream:
            texts.settle(line, texts.claim(line)[0], texts.accepted(1))
            texts.report(line, (1, "delivered", 0))
            first = await stream.message()
            texts.receive(line, texts.inbound(2, "STOP"))
            return first, await stream.message()

    delivered, stopped = alice.loop.run(story())
    assert "Delivered" in delivered["texts"]
    assert "data-closed" not in delivered["notice"]
    assert "data-closed" in stopped["notice"]


def test_what_is_shown_already_is_not_sent(alice: Client, line: Leadline) -> None:
    texts.receive(line, texts.inbound(1, "Hello"))
    address = live_address(alice.get("/").text)

    async def story() -> dict[str, str]:
        async with alice.stream(address) as stream:
            await stream.next()
            await stream.next()
            for _ in range(3):
                root(alice)._pulse.changed()
            with line.database.write() as tx:
                conversations.mark_read(tx, 1)
            return await stream.message()

    assert "Unread. " not in alice.loop.run(story())["rows"]


def test_the_stream_ends_when_its_reader_signs_out(alice: Client) -> None:
    form = b""

    async def story() -> bool:
        async with alice.stream("/live") as stream:
            await stream.message()
            own = alice.having(sec_fetch_site="same-origin", content_type="application/x-www-form-urlencoded")
            await own.ask("POST", "/signout", form)
            return await stream.is_over()

    assert alice.loop.run(story())


def test_the_stream_ends_when_the_server_stops(alice: Client) -> None:
    async def story() -> bool:
        async with alice.stream("/live") as stream:
            await stream.message()
            root(alice).stop()
            return await stream.is_over()

    assert alice.loop.run(story())


def test_the_stream_ends_when_its_reader_leaves(alice: Client) -> None:
    async def story() -> None:
        async with asyncio.timeout(5), alice.stream("/live") as stream:
            await stream.message()

    alice.loop.run(story())


def test_news_of_nothing_is_not_found(alice: Client) -> None:
    assert alice.get("/live?conversation=99").status == 404
