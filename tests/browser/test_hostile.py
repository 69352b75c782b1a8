"""Whatever somebody writes, pages show it as it was written: nothing of it runs, and the rest stays put."""

import asyncio
import json
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from playwright.async_api import Browser, expect

from leadline.demo import DemoSettings
from leadline.errors import InvalidInput
from leadline.settings import Settings
from leadline.store import conversations, media, messages
from tests import cast, hostile, texts
from tests.browser.conftest import staying
from tests.browser.desk import DESKTOP, PHONE, Desk
from tests.browser.office import BrowserOffice, browsed
from tests.clock import Clock
from tests.conftest import values_in

SIZES = {"desktop": DESKTOP, "phone": PHONE}
CALM = "+13035550101"
VICTIM = "+13035550102"


@pytest.fixture(scope="module")
def besieged(
    loop: asyncio.Runner, browser: Browser, sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[BrowserOffice]:
    """An office where every hostile text came in: as a text, a name, a field, a report, a lost picture."""
    folder = tmp_path_factory.mktemp("siege")
    shutil.copy(sqlite_template, folder / "leadline.db")

    def make(**changes: Any) -> Settings:
        return DemoSettings(**values_in(folder) | changes)

    for office in staying(loop, browsed(make, clock=Clock(), chromium=browser, with_worker=False)):
        attack_with_texts(office)
        attack_with_names(office)
        attack_with_reports(office)
        yield office


def attack_with_texts(office: BrowserOffice) -> None:
    line = office.line
    line.add_lead("Calm", CALM)
    texts.receive(line, texts.inbound(1, "Hello", From=CALM))
    line.add_lead(
        "Victim", VICTIM, fields={f"field {place}": text for place, text in enumerate(hostile.TEXTS)}
    )
    picture = {
        "NumMedia": "1",
        "MediaUrl0": f"{office.simulator.base_url}/x",
        "MediaContentType0": "image/png",
    }
    for place, text in enumerate(hostile.TEXTS):
        texts.receive(line, texts.inbound(1000 + place, text, From=VICTIM, **picture))
    with line.database.write() as tx:
        for item, text in zip(media.due(tx, now=line.clock.now(), limit=1000), hostile.TEXTS, strict=True):
            media.give_up(tx, item.id, state="refused", reason=text)


def attack_with_names(office: BrowserOffice) -> None:
    for place, text in enumerate(hostile.TEXTS):
        try:
            lead = office.line.add_lead(text[:100], f"+1720555{place:04}", company=text[:100])
        except InvalidInput:
            continue  # Of some nothing is left that could be a name.
        texts.receive(office.line, texts.inbound(5000 + place, "Hello", From=str(lead.phone)))


def attack_with_reports(office: BrowserOffice) -> None:
    claimed = texts.claim_one(office.line)
    texts.settle(office.line, claimed, texts.accepted(2))
    texts.report(office.line, *((2, text, 0) for text in hostile.TEXTS), (2, "undelivered", 30003))


@pytest.fixture
def siege(loop: asyncio.Runner, besieged: BrowserOffice) -> Iterator[BrowserOffice]:
    """The same office for each test; what goes wrong during one is that one's."""
    yield besieged
    loop.run(besieged.close_browsers())
    seen, besieged.watch.troubles = besieged.watch.troubles, []
    assert seen == []


INJECTED = """() => {
  const home = /^(\\/(?!\\/)|[#?]|$)/
  const link = /^https?:/
  const strange = 'iframe, object, embed, base, math, foreignObject, video, plaintext, style, b, i'
  const taken = (each) => [...each.attributes].find(({ name, value }) =>
    name.startsWith('on') || name === 'style' || (/href$|src|action$/.test(name)
      && !home.test(value) && !(each.localName === 'a' && link.test(value))))
  const found = [...document.querySelectorAll('*')].filter((each) => each.matches(strange) || taken(each)
    || (each.localName === 'script' && !each.src))
  if (window.ran) found.push(document.documentElement)
  return found.map((each) => each.outerHTML.slice(0, 200))
}"""
# Text that turns the direction of what follows must stand in something that keeps that to itself.
TURNS = """() => {
  const turning = /[\\u202a-\\u202e\\u2066-\\u2069]/
  const keeps = (each) =>
    each && (getComputedStyle(each).unicodeBidi !== 'normal' || keeps(each.parentElement))
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const found = []
  while (walker.nextNode()) {
    const { data, parentElement } = walker.currentNode
    if (turning.test(data) && !keeps(parentElement)) found.push(`${parentElement.outerHTML.slice(0, 200)}`)
  }
  return found
}"""
COLUMNS = "[...document.querySelectorAll('.inbox > section')].map((each) => each.clientWidth)"


async def unharmed(desk: Desk) -> None:
    """Nothing ran, nothing came in, nothing turns its neighbours, nothing is wider than it should be."""
    for harm in (INJECTED, TURNS):
        assert await desk.page.evaluate(harm) == []
    assert await desk.overflow() == []


async def alice_at(office: BrowserOffice, size: str) -> Desk:
    """Alice in a quiet conversation."""
    alice = await office.browser_as(cast.ALICE, size=SIZES[size])
    await alice.go(conversation_of(office, CALM))
    return alice


def conversation_of(office: BrowserOffice, number: str) -> str:
    """The path of the conversation with that number."""
    with office.line.database.read() as tx:
        found = conversations.by_number(tx, number)
    assert found is not None
    return f"/conversations/{found.id}"


async def pages(desk: Desk, path: str, link: str) -> AsyncIterator[str]:
    """Open a page, then the one that its link leads to, and so on; their addresses.

    A script may bring the next page here by itself, so the link is read before anything else.
    """
    links = "all => all.map((each) => [each.textContent, each.getAttribute('href')])"
    following: str | None = path
    while following:
        await desk.go(following)
        following = dict(await desk.page.locator("a:visible").evaluate_all(links)).get(link)
        yield desk.page.url


async def all_of(desk: Desk, css: str) -> list[str]:
    """The text of each such element."""
    found: list[str] = await desk.page.locator(css).evaluate_all("all => all.map(each => each.textContent)")
    return found


def bodies(office: BrowserOffice) -> set[str]:
    """What is stored of the texts that came."""
    with office.line.database.read() as tx:
        found = messages.recent(tx, limit=1000)
    return {each.body for each in found if each.number == VICTIM}


def shown(text: str) -> str:
    """What a browser makes of line ends."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


@pytest.mark.parametrize("size", SIZES)
async def test_texts_and_reasons_stand_in_the_thread_as_they_were_written(
    siege: BrowserOffice, size: str
) -> None:
    alice = await alice_at(siege, size)
    columns = await alice.page.evaluate(COLUMNS)
    seen: set[str] = set()
    async for _ in pages(alice, conversation_of(siege, VICTIM), "Earlier texts"):
        await unharmed(alice)
        assert await alice.page.evaluate(COLUMNS) == columns
        seen.update(await all_of(alice, "#texts .bubble"))
    assert {shown(body) for body in bodies(siege)} - seen == set()


@pytest.mark.parametrize("size", SIZES)
async def test_names_and_last_texts_stay_in_their_rows(siege: BrowserOffice, size: str) -> None:
    alice = await siege.browser_as(cast.ALICE, size=SIZES[size])
    seen: set[str] = set()
    async for _ in pages(alice, "/", "Older conversations"):
        await unharmed(alice)
        heights = dict(
            await alice.inbox.rows.evaluate_all("all => all.map(each => [each.id, each.clientHeight])")
        )
        assert set(heights.values()) == {56}
        seen.update(heights)
    assert len(seen) > 90


@pytest.mark.parametrize("size", SIZES)
async def test_a_name_stays_in_the_heads_of_its_conversation(siege: BrowserOffice, size: str) -> None:
    alice = await alice_at(siege, size)
    columns = await alice.page.evaluate(COLUMNS)
    for text in hostile.ONE_OF_EACH:
        await alice.go(conversation_of(siege, f"+1720555{hostile.TEXTS.index(text):04}"))
        await unharmed(alice)
        assert await alice.page.evaluate(COLUMNS) == columns


@pytest.mark.parametrize("size", SIZES)
async def test_fields_and_reports_stay_in_their_places(siege: BrowserOffice, size: str) -> None:
    alice = await alice_at(siege, size)
    await alice.go(f"{conversation_of(siege, VICTIM)}?show=lead")
    await unharmed(alice)
    await alice.go(conversation_of(siege, cast.LENA.phone))
    await alice.page.locator("summary", has_text="What we know").click()
    await expect(alice.page.locator(".facts li")).to_have_count(len(hostile.TEXTS) + 3)
    await unharmed(alice)


async def test_what_is_searched_for_and_what_is_written_is_only_text(siege: BrowserOffice) -> None:
    alice = await alice_at(siege, "phone")
    for text in hostile.ONE_OF_EACH:
        await alice.go(f"/?{urlencode({'search': text})}")
        await unharmed(alice)
        await alice.go(conversation_of(siege, CALM))
        await alice.composer.write(text)
        await unharmed(alice)


async def test_a_text_that_comes_while_one_looks_is_only_text(siege: BrowserOffice) -> None:
    alice = await alice_at(siege, "desktop")
    before = await alice.thread.texts.count()
    for place, text in enumerate(hostile.ONE_OF_EACH, before + 1):
        await siege.simulator.reply(CALM, cast.OUR_NUMBER, text)
        await expect(alice.thread.texts).to_have_count(place)
        await unharmed(alice)


@pytest.mark.parametrize("attack", hostile.FAMILIES["scripts"][:1] + hostile.FAMILIES["markup"][:3])
async def test_an_attack_that_came_through_would_be_seen(siege: BrowserOffice, attack: str) -> None:
    alice = await alice_at(siege, "desktop")
    await alice.page.evaluate(f"document.querySelector('.bubble').innerHTML = {json.dumps(attack)}")
    with pytest.raises(AssertionError):
        await unharmed(alice)
    await siege.close_browsers()  # What else the attack did is noted now, not in the test after this.
    siege.watch.troubles.clear()
