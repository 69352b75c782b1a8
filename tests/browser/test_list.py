"""The list in a browser: older rows come by themselves, and what one looks at stays in its place."""

from playwright.async_api import expect
from sqlalchemy import insert

from leadline.store import schema
from leadline.web.pages.lists import PAGE
from tests import cast
from tests.browser.desk import PHONE
from tests.browser.office import BrowserOffice

MANY = 3 * PAGE + 10


def fill(office: BrowserOffice, count: int = MANY) -> None:
    """So many conversations, the last one on top."""
    with office.line.database.write() as tx:
        rows = [
            {
                "number": f"+1303{2000000 + number}",
                "consent": "none",
                "unread": 0,
                "last_at": office.clock.now(),
                "last_text": f"Text {number}",
                "created_at": office.clock.now(),
            }
            for number in range(1, count + 1)
        ]
        tx.execute(insert(schema.conversations), rows)


async def test_older_rows_come_while_one_scrolls_until_there_are_no_more(office: BrowserOffice) -> None:
    fill(office)
    alice = await office.browser_as(cast.ALICE)
    await alice.go("/")
    await expect(alice.inbox.rows.first).to_be_visible()
    for _ in range(6):
        await alice.page.locator("#list").evaluate("(list) => { list.scrollTop = list.scrollHeight }")
        await alice.page.wait_for_timeout(50)
    await expect(alice.inbox.rows).to_have_count(MANY)
    await expect(alice.page.locator("#more")).to_be_hidden()
    ids = await alice.inbox.rows.evaluate_all("(rows) => rows.map((row) => row.id)")
    assert ids == [f"row-{number}" for number in range(MANY, 0, -1)]


async def test_a_conversation_far_down_opens_with_the_list_as_it_was(office: BrowserOffice) -> None:
    fill(office)
    alice = await office.browser_as(cast.ALICE)
    await alice.go("/")
    scroller, last = alice.page.locator("#list"), alice.inbox.rows.nth(PAGE + 20)
    await scroller.evaluate("(list) => { list.scrollTop = list.scrollHeight }")
    await last.scroll_into_view_if_needed()
    name = await last.get_attribute("id")
    await last.get_by_role("link").click()
    await expect(alice.page.locator("#who")).to_be_visible()
    again = alice.page.locator(f"#{name}")
    await expect(again).to_be_in_viewport()
    await expect(again.get_by_role("link")).to_have_attribute("aria-current", "true")


async def test_a_new_text_leaves_older_rows_where_they_are(office: BrowserOffice) -> None:
    fill(office)
    await office.add_lead()
    alice = await office.browser_as(cast.ALICE)
    await alice.go("/")
    await alice.page.locator("#list").evaluate("(list) => { list.scrollTop = list.scrollHeight }")
    await expect(alice.inbox.rows.nth(PAGE + 5)).to_be_attached()
    before = await alice.inbox.rows.count()
    await office.lena_texts("Do you do metal roofs?")
    await expect(alice.inbox.row("Lena")).to_be_attached()
    await expect(alice.inbox.rows.first).to_contain_text("Lena")
    assert await alice.inbox.rows.count() >= before + 1


async def test_the_link_to_older_rows_keeps_the_focus_in_the_list(office: BrowserOffice) -> None:
    fill(office, PAGE + 5)
    alice = await office.browser_as(cast.ALICE, size=PHONE)
    await alice.page.add_init_script("window.IntersectionObserver = class { observe() {} }")
    await alice.go("/")
    link = alice.page.get_by_role("link", name="Older conversations")
    await link.focus()
    await link.press("Enter")
    await expect(alice.inbox.rows).to_have_count(PAGE + 5)
    await expect(alice.inbox.rows.nth(PAGE).get_by_role("link")).to_be_focused()
    assert await alice.overflow() == []


async def test_a_search_leads_to_the_text_and_back(office: BrowserOffice) -> None:
    await office.add_lead()
    await office.lena_texts("Do you do metal roofs?")
    alice = await office.browser_as(cast.ALICE)
    await alice.go("/")
    await alice.press("/")
    await alice.page.keyboard.type("METAL")
    await alice.press("Enter")
    await expect(alice.page.locator("mark")).to_have_text("metal")
    await alice.page.locator("a.row.found").last.click()
    await alice.thread.shows("Do you do metal roofs?")
    await expect(alice.page.locator("#list mark")).to_have_text("metal")


async def test_the_rail_counts_who_wrote_and_was_not_read_yet(office: BrowserOffice) -> None:
    await office.add_lead()
    alice = await office.browser_as(cast.ALICE)
    badge = alice.page.locator("#unread")
    await alice.go("/")
    await expect(badge).to_be_hidden()
    await office.lena_texts("Do you do metal roofs?")
    await expect(badge).to_have_text("1 unread")
    await alice.inbox.row("Lena").get_by_role("link").click()
    await expect(badge).to_be_hidden()
