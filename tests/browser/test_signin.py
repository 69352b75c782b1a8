"""Coming in for the first time, and ever after, as a browser shows it."""

from playwright.async_api import Page, expect

from leadline.rules import totp
from tests import cast
from tests.browser.desk import PHONE
from tests.browser.office import BrowserOffice

PASSWORD = "four words that fit"
NO_MATCH = "Email and password do not match. Try again, or ask an admin for a link."


def code(office: BrowserOffice, secret: str) -> str:
    """What the app on a phone shows now."""
    return totp.code_at(secret, int(office.clock.now().timestamp()) // totp.SECONDS)


async def sign_out(page: Page) -> None:
    await page.get_by_role("button", name="Bob").click()
    await page.locator("#me").get_by_role("button", name="Sign out").click()
    await expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


async def test_bob_is_added_by_alice_and_comes_in_from_his_phone(office: BrowserOffice) -> None:
    alice = await office.browser_as(cast.ALICE)
    await alice.go("/settings/people")
    form = alice.page.locator("#add")
    await form.get_by_label("Name").fill("Bob")
    await form.get_by_label("Email").fill(cast.BOB.email)
    await form.get_by_role("button", name="Add and show their link").click()
    link = await alice.page.get_by_label("Link").input_value()

    bob = await office.browser(size=PHONE)
    await bob.go(f"/signin/{link.rpartition('/')[2]}")
    await bob.page.get_by_role("button", name="Sign in").click()
    await bob.go("/account")
    await bob.page.get_by_label("New password").fill(PASSWORD)
    await bob.page.get_by_label("The same again").fill(PASSWORD)
    await bob.page.get_by_role("button", name="Set a password").click()
    await expect(bob.page.get_by_text("Your password is set.")).to_be_visible()

    await bob.page.get_by_role("button", name="Set it up").click()
    picture = bob.page.get_by_alt_text("QR code of the key below")
    await expect(picture).to_be_visible()
    assert await picture.evaluate("image => image.complete && image.naturalWidth > 0")
    secret = await bob.page.locator("#second-factor dd").first.inner_text()
    await bob.page.get_by_label("Code from the app").fill(code(office, secret))
    await bob.page.get_by_role("button", name="Switch it on").click()
    await expect(bob.page.get_by_text("The second factor is on.")).to_be_visible()

    await sign_out(bob.page)
    await office.pass_time(totp.SECONDS)
    await bob.page.get_by_label("Email").fill(cast.BOB.email)
    await bob.page.get_by_label("Password").fill(PASSWORD)
    await bob.page.get_by_role("button", name="Sign in").click()
    await expect(bob.page.get_by_label("Six digits")).to_be_focused()
    await bob.page.get_by_label("Six digits").fill(code(office, secret))
    await bob.page.get_by_role("button", name="Sign in").click()
    await expect(bob.page.get_by_role("heading", name="No texts yet")).to_be_visible()


async def test_what_was_wrong_stands_at_the_field_and_is_read_out(office: BrowserOffice) -> None:
    visitor = await office.browser()
    await visitor.go("/signin")
    await visitor.page.get_by_label("Email").fill("nobody@example.com")
    await visitor.page.get_by_label("Password").fill("not this one, no")
    with office.watch.expecting(403):
        await visitor.page.get_by_role("button", name="Sign in").click()
        await expect(visitor.page.get_by_role("alert")).to_have_text(NO_MATCH)
    await expect(visitor.page.get_by_label("Password")).to_have_accessible_description(NO_MATCH)
    await expect(visitor.page.get_by_label("Email")).to_have_value("nobody@example.com")


async def test_who_is_disabled_is_out_of_an_open_page_too(office: BrowserOffice) -> None:
    await office.add_lead()
    await office.lena_texts("Do you do metal roofs?")
    alice = await office.browser_as(cast.ALICE)
    bob = await office.browser_as(cast.BOB)
    await bob.go("/")
    await alice.go("/settings/people")
    row = alice.page.locator("tr", has_text=cast.BOB.email)
    await row.locator("+ tr").get_by_text("Change").click()
    await row.locator("+ tr").get_by_role("button", name="Disable").click()
    await expect(row.get_by_text("Disabled")).to_be_visible()
    await bob.go("/")
    await expect(bob.page.get_by_role("heading", name="Sign in")).to_be_visible()
