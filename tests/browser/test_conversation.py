"""A conversation as two people at two desks see it."""

from playwright.async_api import expect

from tests import cast
from tests.browser.office import BrowserOffice


async def test_a_text_that_lena_sends_stands_there_without_anybody_asking(office: BrowserOffice) -> None:
    await office.add_lead()
    await office.lena_texts("Do you do metal roofs?")
    alice = await office.browser_as(cast.ALICE)
    await alice.go("/")
    await alice.inbox.open("Lena")
    await alice.thread.shows("Do you do metal roofs?")

    await office.lena_texts("And flat ones?")
    await alice.thread.shows("And flat ones?")
    await expect(alice.page.locator("#said")).to_have_text("Lena wrote")


async def test_what_one_sends_the_other_sees_delivered(office: BrowserOffice) -> None:
    await office.add_lead()
    await office.lena_texts("Do you do metal roofs?")
    alice = await office.browser_as(cast.ALICE)
    bob = await office.browser_as(cast.BOB)
    for desk in (alice, bob):
        await desk.go("/")
        await desk.inbox.open("Lena")

    await alice.composer.send("We do.")
    await bob.thread.shows("We do.", as_="Sends in 5 s")
    await office.pass_time(5)
    await bob.thread.shows("We do.", as_="Delivered")
    await alice.thread.shows("We do.", as_="Delivered")
    assert office.sent == ["We do."]
