"""Two people at once, and the lead beside the texts: what only browsers show of it."""

from playwright.async_api import Locator, expect

from leadline import assigning
from leadline.store import leads
from tests import cast, team, texts
from tests.browser.desk import PHONE, Desk
from tests.browser.office import BrowserOffice


async def opened(office: BrowserOffice, who: cast.Member = cast.ALICE, **more: object) -> Desk:
    """A desk at Lena's conversation."""
    if not office.sent and not office.contexts:
        await office.add_lead()
        await office.lena_texts("Do you do metal roofs?")
    desk = await office.browser_as(who, **more)  # type: ignore[arg-type]
    await desk.go("/conversations/1")
    await desk.page.wait_for_load_state()
    return desk


def presence(desk: Desk) -> Locator:
    return desk.page.locator("#presence")


async def test_two_people_see_each_other_and_who_writes(office: BrowserOffice) -> None:
    alice, bob = await opened(office), await opened(office, cast.BOB)
    await expect(presence(alice)).to_have_text("BBob is here")
    await expect(presence(bob)).to_have_text("AAlice is here")
    await bob.composer.write("We do")
    await expect(presence(alice)).to_have_text("BBob is writing")
    await expect(alice.page.locator("#said")).to_have_text("Bob is writing")
    await bob.composer.write("")
    await expect(presence(alice)).to_have_text("BBob is here")
    await bob.page.close()
    await office.pass_time(31)
    await expect(presence(alice)).to_have_text("")


async def test_a_text_that_comes_shows_on_both_and_moves_no_focus(office: BrowserOffice) -> None:
    alice, bob = await opened(office), await opened(office, cast.BOB, size=PHONE)
    await alice.composer.field.click()
    await alice.composer.write("Just a moment")
    await office.lena_texts("Are you there?")
    await alice.thread.shows("Are you there?")
    await bob.thread.shows("Are you there?")
    await expect(alice.composer.field).to_be_focused()
    await expect(alice.composer.field).to_have_value("Just a moment")


async def test_what_one_does_the_other_sees(office: BrowserOffice) -> None:
    alice, bob = await opened(office), await opened(office, cast.BOB)
    await bob.press("c")
    await expect(alice.page.locator("#assign")).to_have_value(f"user:{office.member(cast.BOB).id}")
    await expect(alice.page.locator("#texts .sys")).to_contain_text("Bob claimed the conversation")
    await alice.press("e")
    await expect(bob.page.get_by_role("button", name="Open again")).to_be_visible()
    await alice.page.locator("#stage").select_option("qualified")
    await expect(bob.page.locator("#stage")).to_have_value("qualified")


async def test_a_field_is_saved_on_leaving_it_and_put_back_on_escape(office: BrowserOffice) -> None:
    alice = await opened(office)
    company = alice.page.get_by_label("Company")
    await company.fill("Park household")
    await company.press("Tab")
    await expect(alice.page.get_by_label("Email")).to_be_focused()
    with office.line.database.read() as tx:
        [lena] = leads.with_phone(tx, cast.LENA.phone)
    await expect(company).not_to_have_attribute("data-saving", "true")
    await company.fill("Nobody")
    await company.press("Escape")
    await expect(company).to_have_value("Park household")
    with office.line.database.read() as tx:
        assert leads.by_id(tx, lena.id).company == "Park household"


async def test_what_is_wrong_with_a_field_stands_beside_it(office: BrowserOffice) -> None:
    alice = await opened(office)
    email = alice.page.get_by_label("Email")
    await email.fill("lena at home")
    error = alice.page.locator("#field-3-error")
    with alice.watch.expecting(422):
        await email.press("Tab")
        await expect(error).to_have_text("Write it like lena@example.com.")
    await expect(email).to_have_attribute("aria-invalid", "true")
    await email.fill("lena@example.com")
    await email.press("Tab")
    await expect(error).to_have_count(0)


async def test_tags_are_put_on_and_taken_off_in_place(office: BrowserOffice) -> None:
    alice = await opened(office)
    tag = alice.page.get_by_label("Tag", exact=True)
    await tag.fill("metal roof")
    await tag.press("Enter")
    await expect(alice.page.locator(".tags .chip")).to_have_text(["metal roof"])
    await expect(tag).to_have_value("")
    await alice.page.get_by_label("Remove metal roof").click()
    await expect(alice.page.locator(".tags .chip")).to_have_count(0)


async def test_who_has_it_open_when_it_is_given_away_is_told(office: BrowserOffice) -> None:
    bob = await opened(office, cast.BOB)
    team.join(office.line, cast.BOB)
    charlie = team.join(office.line, cast.CHARLIE)
    with bob.watch.expecting(404):
        with office.line.database.write() as tx:
            assigning.assign(tx, 1, charlie.id, actor="user:1", now=office.line.clock.now())
        await expect(bob.page.locator("#notice")).to_contain_text("This conversation is not yours any more")
        await bob.page.close()


async def test_on_a_phone_the_lead_is_a_page_of_its_own(office: BrowserOffice) -> None:
    alice = await opened(office, size=PHONE)
    await alice.page.get_by_label("Show the lead").click()
    await expect(alice.page.get_by_label("Company")).to_be_visible()
    about = alice.page.get_by_role("region", name="About Lena")
    assigned = about.get_by_label("Assigned to")
    await assigned.select_option("")
    # Its answer shows anew what is around the way back.
    await expect(assigned).not_to_have_attribute("data-saving", "true")
    assert await alice.overflow() == []
    await alice.page.get_by_label("Back to the texts").click()
    await alice.thread.shows("Do you do metal roofs?")


async def test_rows_stay_while_one_is_about_to_choose(office: BrowserOffice) -> None:
    alice = await opened(office)
    await office.pass_time(60)
    await office.add_lead(name="Mia", phone="+13035550143")
    texts.receive(office.line, texts.inbound(500, "Hello", From="+13035550143"))
    await expect(alice.inbox.rows).to_have_count(2)
    await expect(alice.inbox.rows.first).to_contain_text("Mia")
    await alice.inbox.rows.first.hover()
    await office.pass_time(60)
    await office.lena_texts("One more thing")
    await expect(alice.page.locator("#moved")).to_have_text("1 moved")
    await expect(alice.inbox.rows.first).to_contain_text("Mia")
    await alice.page.mouse.move(900, 300)
    await expect(alice.inbox.rows.first).to_contain_text("Lena")
    await expect(alice.page.locator("#moved")).to_be_hidden()
