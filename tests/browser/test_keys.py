"""What keys do, and that they can be left to other programs."""

from playwright.async_api import expect

from tests import cast
from tests.browser.desk import PHONE, Desk
from tests.browser.office import BrowserOffice


async def where_three_wrote(office: BrowserOffice) -> Desk:
    """Alice before the list: Cleo wrote last, before her Ben, before him Ana."""
    for place, name in enumerate(("Ana", "Ben", "Cleo")):
        phone = f"+1303555010{place}"
        await office.add_lead(name=name, phone=phone)
        office.clock.advance(60)
        await office.simulator.reply(phone, cast.OUR_NUMBER, "Hello")
    alice = await office.browser_as(cast.ALICE)
    await alice.go("/")
    return alice


async def test_j_and_k_walk_the_list_and_enter_opens(office: BrowserOffice) -> None:
    alice = await where_three_wrote(office)
    await alice.press("j")
    await expect(alice.inbox.row("Cleo").get_by_role("link")).to_be_focused()
    await alice.press("j", "j", "j", "k")
    await expect(alice.inbox.row("Ben").get_by_role("link")).to_be_focused()

    await alice.press("Enter")
    await expect(alice.page.locator("#who")).to_have_text("Ben")
    await alice.press("j")
    await expect(alice.inbox.row("Ana").get_by_role("link")).to_be_focused()


async def test_keys_reach_the_controls_that_name_them(office: BrowserOffice) -> None:
    alice = await where_three_wrote(office)
    await alice.press("/")
    await expect(alice.page.get_by_role("searchbox")).to_be_focused()
    await alice.press("Escape")
    await alice.inbox.open("Ben")
    await alice.press("r")
    await expect(alice.composer.field).to_be_focused()


async def test_letters_in_a_field_are_letters(office: BrowserOffice) -> None:
    alice = await where_three_wrote(office)
    await alice.inbox.open("Ben")
    await alice.composer.field.press_sequentially("joke? r/s")
    await expect(alice.composer.field).to_have_value("joke? r/s")
    await expect(alice.page.get_by_role("dialog")).to_have_count(0)


async def test_escape_leaves_the_field_then_the_conversation(office: BrowserOffice) -> None:
    alice = await where_three_wrote(office)
    await alice.inbox.open("Ben")
    await alice.press("r", "Escape")
    await expect(alice.composer.field).not_to_be_focused()
    await alice.press("Escape")
    await expect(alice.inbox.row("Ben").get_by_role("link")).to_be_focused()


async def test_on_a_phone_escape_goes_back_to_the_list(office: BrowserOffice) -> None:
    await where_three_wrote(office)
    bob = await office.browser_as(cast.BOB, size=PHONE)
    await bob.go("/")
    await bob.inbox.open("Ben")
    await expect(bob.inbox.row("Ana")).to_be_hidden()
    await bob.press("Escape")
    await expect(bob.inbox.row("Ana")).to_be_visible()


async def test_the_sheet_lists_the_keys_that_this_page_has(office: BrowserOffice) -> None:
    alice = await where_three_wrote(office)
    sheet = alice.page.get_by_role("dialog", name="Keyboard")
    await alice.press("?")
    await expect(sheet.get_by_text("Next conversation")).to_be_visible()
    await expect(sheet.get_by_text("Write a reply")).to_have_count(0)
    await alice.press("Escape")
    await expect(sheet).to_be_hidden()

    await alice.inbox.open("Ben")
    await alice.press("?")
    await expect(sheet.get_by_text("Write a reply")).to_be_visible()
    await alice.press("j")
    await expect(sheet).to_be_visible()


async def test_single_keys_can_be_switched_off_and_stay_off(office: BrowserOffice) -> None:
    alice = await where_three_wrote(office)
    await alice.press("?")
    await alice.page.get_by_label("Single keys on").uncheck()
    await alice.page.get_by_role("button", name="Close").click()
    await alice.press("/")
    await expect(alice.page.get_by_role("searchbox")).not_to_be_focused()

    await alice.go("/status")
    await alice.press("?")
    account = alice.page.get_by_role("button", name="Alice")
    await account.click()
    await alice.page.get_by_role("button", name="Keyboard").click()
    await expect(alice.page.get_by_label("Single keys on")).not_to_be_checked()
    await alice.press("Escape")
    await expect(account).to_be_focused()
