"""The theme, and what is left when something is missing."""

from playwright.async_api import expect

from tests import cast
from tests.browser.desk import Desk
from tests.browser.office import BrowserOffice


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
