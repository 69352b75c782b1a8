"""Settings, templates and the dashboard, as a browser shows them."""

import re

import pytest
from playwright.async_api import ViewportSize, expect

from tests import cast
from tests.browser.desk import DESKTOP, PHONE
from tests.browser.office import BrowserOffice


async def test_a_templates_preview_follows_what_is_typed(office: BrowserOffice) -> None:
    office.line.add_lead(name="Lena Park", phone=cast.LENA.phone)
    alice = await office.browser_as(cast.ALICE)
    await alice.go("/templates?new")
    page = alice.page
    await page.get_by_label("Name", exact=True).fill("Spring price")
    await page.get_by_label("Text", exact=True).fill("Hi ")
    await page.get_by_role("button", name="first name").click()
    await expect(page.locator("#preview .bubble")).to_have_text("Hi Lena")
    await page.get_by_label("Text", exact=True).press_sequentially("{{ price }}")
    await expect(page.locator("#missing")).to_contain_text("Lena Park has no price.")
    await page.get_by_label("Text", exact=True).fill("Hi {{ first_name }}, it’s " + "x" * 70)
    await page.get_by_role("button", name="Use plain characters").click()
    await expect(page.locator("#count")).to_have_text("84/160 · 1 text")
    await page.get_by_label("Text", exact=True).fill("Hi {% foo %}")
    await expect(page.locator("#fault")).to_contain_text("line 1")
    await page.get_by_label("Text", exact=True).fill("Hi {{ first_name }}")
    await page.get_by_role("button", name="Save the new template").click()
    await expect(page.get_by_role("heading", name="Spring price")).to_be_visible()
    await page.get_by_role("button", name="Delete", exact=True).click()
    await page.get_by_role("button", name="Delete the template").click()
    await expect(page.get_by_role("link", name="Spring price")).to_have_count(0)


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
async def test_limits_are_changed_and_the_change_is_told(office: BrowserOffice, size: ViewportSize) -> None:
    alice = await office.browser_as(cast.ALICE, size=size)
    await alice.go("/settings/hours")
    page = alice.page
    await page.get_by_label("Marketing texts in 24 hours").fill("many")
    with office.watch.expecting(422):
        await page.get_by_role("button", name="Save limits").click()
        await expect(page.get_by_role("alert")).to_contain_text("One thing to correct")
    await expect(page.get_by_label("Marketing texts in 24 hours")).to_have_value("many")
    await page.get_by_label("Marketing texts in 24 hours").fill("1")
    await page.get_by_role("button", name="Save limits").click()
    await expect(page.locator("#limits")).to_contain_text("Last changed by Alice")
    assert office.line.settings.leadline_marketing_per_day == 1


async def test_the_connection_is_checked_when_asked(office: BrowserOffice) -> None:
    alice = await office.browser_as(cast.ALICE)
    await alice.go("/settings")
    await alice.page.get_by_role("button", name="Check now").click()
    table = alice.page.get_by_role("table", name=re.compile("What was asked"))
    await expect(table.get_by_role("row").nth(1)).to_contain_text("Leadline simulator is active.")
    await expect(table.get_by_role("row").nth(2)).to_contain_text("The number can send and receive texts.")
