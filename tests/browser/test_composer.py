"""What only a browser shows of writing and reading: keys, undo, templates, counting, keeping the place."""

import json
import re
from pathlib import Path

from playwright.async_api import expect

from leadline.rules.segments import LOOK_ALIKES, count_segments, replace_unicode
from tests import cast
from tests.browser.desk import PHONE, Desk
from tests.browser.office import BrowserOffice

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4
TEXTS = (
    "",
    "Hi",
    "x" * 160,
    "x" * 161,
    "{}" * 80,
    "{}" * 81,
    "“Hi” – it’s me… 1½",
    "🙏" * 35,
    "🙏" * 36,
    "👩🏽‍🚒" * 10,
    "🇺🇸" * 17,
    "e\u0301" * 40,
    "नमस्ते, आप कैसे हैं? " * 5,
    "xyz\u00a0\u200b" * 30,
    "a\n" * 100,
    "€" * 100,
)


async def opened(office: BrowserOffice, who: cast.Member = cast.ALICE, **more: object) -> Desk:
    """A desk at Lena's conversation."""
    if not office.sent and not office.contexts:
        await office.add_lead()
        await office.lena_texts("Do you do metal roofs?")
    desk = await office.browser_as(who, **more)  # type: ignore[arg-type]
    await desk.go("/conversations/1")
    await desk.page.wait_for_load_state()
    return desk


async def test_enter_sends_on_letting_go_and_shift_enter_breaks_the_line(office: BrowserOffice) -> None:
    alice = await opened(office)
    field = alice.composer.field
    await field.click()
    await field.press_sequentially("We do.")
    await field.press("Shift+Enter")
    await field.press_sequentially("Steel too.")
    await alice.page.keyboard.down("Enter")
    await expect(field).to_have_value("We do.\nSteel too.")
    await alice.page.keyboard.up("Enter")
    await alice.thread.shows("We do.\nSteel too.", as_="Sends in 5 s")
    await expect(field).to_have_value("")
    await expect(field).to_be_focused()


async def test_undo_brings_the_words_back_and_nothing_leaves(office: BrowserOffice) -> None:
    alice = await opened(office)
    await alice.composer.send("We do.")
    text = alice.thread.text("We do.")
    await text.get_by_role("button", name="Undo").click()
    await expect(alice.composer.field).to_have_value("We do.")
    await expect(alice.composer.field).to_be_focused()
    await alice.thread.shows("We do.", as_="Taken back")
    await office.pass_time(60)
    await alice.composer.send("We do, and slate.")
    await alice.thread.shows("We do, and slate.", as_="Sends in 5 s")
    await office.pass_time(5)
    await alice.thread.shows("We do, and slate.", as_="Delivered")
    assert office.sent == ["We do, and slate."]


async def test_a_template_is_found_filled_in_and_taken_by_keys_alone(office: BrowserOffice) -> None:
    alice = await opened(office)
    await alice.composer.field.click()
    await alice.press("/")
    picker = alice.page.locator("#picker")
    await expect(picker).to_be_visible()
    await alice.page.keyboard.type("callback")
    await expect(picker.get_by_role("option").locator("visible=true")).to_have_count(1)
    await expect(picker.locator(".slot.missing:visible")).to_have_text("[callback time]")
    await alice.press("Enter")
    await expect(picker.locator("input[name='v.callback_time']")).to_be_focused()
    await alice.page.keyboard.type("at 3")
    await expect(picker.locator("[data-slot=callback_time]:visible")).to_have_text("at 3")
    await alice.press("Enter")
    await expect(picker).to_be_hidden()
    await expect(alice.composer.field).to_have_value(re.compile("^Hi Lena, .* will call you at 3[.]"))
    await alice.press("Enter")
    await expect(alice.thread.texts.last.locator(".meta")).to_contain_text("template Callback reminder")


async def test_arrows_choose_a_template_and_what_was_written_stays(office: BrowserOffice) -> None:
    alice = await opened(office)
    await alice.composer.write("PS ")
    await alice.composer.field.press("End")
    await alice.page.get_by_role("button", name="Templates").click()
    chosen = alice.page.locator("#picker").get_by_role("option", selected=True)
    names = [(await chosen.inner_text()).partition("\n")[0]]
    for key in ("ArrowDown", "ArrowDown", "ArrowUp"):
        await alice.press(key)
        names.append((await chosen.inner_text()).partition("\n")[0])
    assert names[1] == names[3] != names[0]
    await alice.page.locator("#picker").get_by_role("option", name="Thank you").click()
    await expect(alice.composer.field).to_have_value(re.compile("^PS Thank you for your time today, Lena"))


async def test_the_counter_agrees_with_the_server_for_every_text(office: BrowserOffice) -> None:
    alice = await opened(office)
    script = """async (texts) => {
      const { count, plain } = await import('/static/segments.js')
      return texts.map((text) => [count(text).units, count(text).segments, plain(text)])
    }"""
    every = [*TEXTS, *map(chr, LOOK_ALIKES)]
    counted = await alice.page.evaluate(script, every)
    expected = [
        [count_segments(text).units, count_segments(text).segments if text else 0, replace_unicode(text)]
        for text in every
    ]
    assert counted == json.loads(json.dumps(expected))


async def test_the_character_that_costs_a_text_is_named_and_mended_with_one_click(
    office: BrowserOffice,
) -> None:
    alice = await opened(office)
    await alice.composer.write("The visit takes 30 minutes – we need the attic hatch and the meter box.")
    await expect(alice.page.locator("#count")).to_have_text("71/134 · 2 texts")
    await expect(alice.page.locator("#fix span")).to_have_text("“–” makes this 2 texts instead of 1.")
    await alice.page.get_by_role("button", name="Use “-”").click()
    await expect(alice.page.locator("#count")).to_have_text("71/160 · 1 text")
    await expect(alice.page.locator("#fix")).to_be_hidden()
    await alice.composer.write("🙏" + "x" * 100)
    await expect(alice.page.locator("#fix span")).to_have_text(
        "“🙏” makes this 2 texts; without it would be 1 text."
    )


async def test_a_draft_is_there_in_a_second_browser(office: BrowserOffice) -> None:
    alice = await opened(office)
    async with alice.page.expect_response("**/draft"):
        await alice.composer.write("Hi Lena, w")
    second = await opened(office)
    await expect(second.composer.field).to_have_value("Hi Lena, w")
    await alice.page.reload()
    await expect(alice.composer.field).to_have_value("Hi Lena, w")
    await alice.composer.field.press("Enter")
    await alice.thread.shows("Hi Lena, w")
    await second.page.reload()
    await expect(second.composer.field).to_have_value("")


async def test_a_note_is_yellow_written_with_n_and_goes_to_nobody(office: BrowserOffice) -> None:
    alice = await opened(office)
    await alice.press("n")
    await expect(alice.composer.field).to_be_focused()
    await expect(alice.page.locator("#send")).to_be_hidden()
    await expect(alice.page.get_by_text("Only your team sees it.")).to_be_visible()
    await alice.composer.send("Call her tomorrow")
    await expect(alice.page.locator(".msg.note .bubble")).to_have_text("Call her tomorrow")
    await office.pass_time(60)
    assert office.sent == []


async def test_who_writes_across_a_colleague_sees_their_text_and_keeps_their_own(
    office: BrowserOffice,
) -> None:
    alice = await opened(office)
    bob = await opened(office, cast.BOB)
    await bob.composer.write("Yes!")
    await alice.composer.send("We do.")
    await bob.thread.shows("We do.")
    # As if Alice's text had come between the last look and the key.
    await bob.page.locator("#composer [name=seen]").evaluate("(field) => { field.value = 1 }")
    with bob.watch.expecting(409):
        await bob.composer.field.press("Enter")
        await expect(bob.page.locator("#crossed")).to_be_visible()
    crossed = bob.page.locator("#crossed")
    await expect(crossed).to_contain_text("Alice answered first")
    await expect(crossed).to_contain_text("We do.")
    await expect(bob.composer.field).to_have_value("Yes!")
    await bob.composer.field.press("Enter")
    await bob.thread.shows("Yes!")
    await expect(crossed).to_be_hidden()


async def test_older_texts_load_above_and_nothing_moves_under_the_reader(office: BrowserOffice) -> None:
    await office.add_lead()
    for number in range(130):
        await office.lena_texts(f"Text {number}, which is long enough to take a little room.")
    alice = await office.browser_as(cast.ALICE)
    await alice.go("/conversations/1")
    await alice.page.wait_for_load_state()
    place = "(id) => Math.round(document.getElementById(id).getBoundingClientRect().top)"
    scroller = alice.page.locator("#scroll")
    await expect(alice.page.locator("#texts > .msg")).to_have_count(50)
    first = await alice.page.locator("#texts > .msg").first.get_attribute("id")
    await scroller.evaluate("(each) => { each.scrollTop = 500 }")
    before = await alice.page.evaluate(place, first)
    await expect(alice.page.locator("#texts > .msg")).to_have_count(100)
    assert abs(await alice.page.evaluate(place, first) - before) <= 1

    await office.lena_texts("Are you there?")
    await expect(alice.page.locator("#newer")).to_have_text("1 new")
    assert abs(await alice.page.evaluate(place, first) - before) <= 1
    await alice.page.locator("#newer").click()
    await expect(alice.thread.text("Are you there?")).to_be_in_viewport()
    await expect(alice.page.locator("#newer")).to_be_hidden()
    days = await alice.page.locator("#texts > .day").count()
    assert days == 1


async def test_a_picture_is_attached_seen_and_removed(office: BrowserOffice, tmp_path: Path) -> None:
    file = tmp_path / "roof.png"
    file.write_bytes(PNG)
    alice = await opened(office)
    await alice.page.locator("#file").set_input_files(file)
    chip = alice.page.locator("#files > li")
    await expect(chip).to_contain_text("Picture, 1 kB")
    await chip.get_by_role("button").click()
    await expect(chip).to_have_count(0)
    await alice.page.locator("#file").set_input_files(file)
    await alice.composer.send("The roof")
    await expect(alice.thread.text("The roof").locator("img")).to_be_visible()
    await expect(chip).to_have_count(0)


async def test_a_text_is_planned_with_s(office: BrowserOffice) -> None:
    alice = await opened(office)
    await alice.composer.write("Good morning")
    await alice.page.locator("#who").click()
    await alice.press("s")
    await alice.page.get_by_role("button", name="Tomorrow morning").click()
    await alice.thread.shows("Good morning", as_="Sends Thu 19 Mar, 09:00 in Denver")
    await expect(alice.page.locator("#later")).to_be_hidden()
    await alice.thread.text("Good morning").get_by_role("button", name="Send now").click()
    await alice.thread.shows("Good morning", as_="Delivered")


async def test_on_a_phone_enter_breaks_the_line_and_the_button_sends(office: BrowserOffice) -> None:
    alice = await opened(office, size=PHONE, is_mobile=True)
    await alice.composer.field.fill("We do.")
    await alice.composer.field.press("Enter")
    await expect(alice.composer.field).to_have_value("We do.\n")
    assert await alice.overflow() == []
    await alice.page.get_by_role("button", name="Send", exact=True).tap()
    await expect(alice.thread.texts.last.locator(".bubble")).to_have_text("We do.")
