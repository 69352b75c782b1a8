"""The theme, and what is left when something is missing."""

import asyncio

from playwright.async_api import Route, expect

from tests import cast
from tests.browser.desk import PHONE, Desk
from tests.browser.office import BrowserOffice
from tests.browser.places import PLACES, Tour


async def ground(desk: Desk) -> str:
    """The colour behind everything."""
    colour: str = await desk.page.evaluate("getComputedStyle(document.body).backgroundColor")
    return colour


async def test_a_page_is_as_this_device_has_it_until_somebody_chooses(office: BrowserOffice) -> None:
    by_day = await office.browser_as(cast.ALICE)
    by_night = await office.browser_as(cast.ALICE, theme="dark")
    for desk in (by_day, by_night):
        await desk.go("/status")
    light, dark = await ground(by_day), await ground(by_night)
    assert light != dark

    await by_day.page.get_by_role("button", name="Alice").click()
    await by_day.page.get_by_role("button", name="Dark").click()
    assert await ground(by_day) == dark
    await expect(by_day.page.get_by_role("button", name="Dark")).to_have_attribute("aria-pressed", "true")
    await by_day.go("/")
    assert await ground(by_day) == dark

    await by_day.page.get_by_role("button", name="Alice").click()
    await by_day.page.get_by_role("button", name="Same as this device").click()
    assert await ground(by_day) == light


async def test_a_link_lets_somebody_in_and_the_button_out(office: BrowserOffice) -> None:
    visitor = await office.browser()
    await visitor.go(office.signin_path(cast.ALICE))
    await expect(visitor.page).to_have_url(f"{visitor.address}/signin")
    await visitor.page.get_by_role("button", name="Sign in").click()
    await expect(visitor.page.get_by_role("heading", name="No texts yet")).to_be_visible()

    await visitor.page.get_by_role("button", name="Alice").click()
    await visitor.page.get_by_role("button", name="Sign out").click()
    await expect(visitor.page.get_by_role("heading", name="Sign in")).to_be_visible()


async def test_a_picture_that_comes_late_pushes_nothing_away(tour: Tour) -> None:
    conversation = next(place for place in PLACES if place.name == "a conversation")
    opened = asyncio.Event()

    async def come_late(route: Route) -> None:
        await opened.wait()
        await route.continue_()

    async with tour.at(conversation, PHONE) as alice:
        await alice.page.route("**/media/*", come_late)
        await alice.page.reload()
        opened.set()
        picture = alice.page.get_by_role("img", name="Picture from Lena Park")
        await expect(picture).not_to_have_js_property("naturalWidth", 0)
        await expect(alice.thread.text("Oh good! So what would that cost, roughly?")).to_be_in_viewport()


async def test_without_a_script_a_text_can_be_read_and_answered(office: BrowserOffice) -> None:
    await office.add_lead()
    await office.lena_texts("Do you do metal roofs?")
    alice = await office.browser_as(cast.ALICE, java_script_enabled=False)
    await alice.go("/")
    await alice.inbox.open("Lena")
    await alice.thread.shows("Do you do metal roofs?")
    await alice.composer.write("We do.")
    await alice.page.get_by_role("button", name="Send", exact=True).click()
    await alice.thread.shows("We do.")
