"""The page where one plays the lead: what it shows, what it lets in, and how it stays current."""

import asyncio
import json
import re
from html import unescape

import pytest

from tests.simulator.stage import BOB, LENA, LOCAL, OURS, Stage, play, until

HTML = {"Accept": "text/html"}
INJECTION = """<img src=x onerror="alert(1)"> & 'quotes' "both" </script>"""


async def _page(stage: Stage, path: str = f"/?phone=%2B{LENA[1:]}") -> str:
    async with stage.http.get(f"{stage.url}{path}", headers=HTML) as answer:
        assert answer.status == 200
        return await answer.text()


def test_without_a_phone_the_page_says_what_will_be_here() -> None:
    async def story(stage: Stage) -> None:
        assert "No phones yet" in await _page(stage, "/")

    play(story)


def test_a_conversation_is_shown_with_the_state_of_each_text() -> None:
    async def story(stage: Stage) -> None:
        stage.simulator.add_phone(LENA, "Lena Park")
        await stage.create()
        await stage.simulator.idle()
        stage.simulator.add_phone(LENA, outcome="off")
        await stage.create(Body="Are you there?")
        await stage.simulator.idle()
        await stage.text_us("STOP")
        page = await _page(stage)
        for words in (
            "Lena Park",
            "Hello Lena",
            "Arrived",
            "Did not arrive, error 30003",
            "app answered 200",
        ):
            assert words in page
        assert "Lena Park opted out of (500) 555-0006" in page

    play(story)


def test_a_text_is_never_markup() -> None:
    async def story(stage: Stage) -> None:
        stage.simulator.add_phone(LENA, INJECTION)
        await stage.text_us(INJECTION)
        page = await _page(stage)
        assert "<img src=x" not in page
        assert INJECTION in unescape(page)

    play(story)


def test_the_page_has_no_inline_script_or_style() -> None:
    async def story(stage: Stage) -> None:
        await stage.text_us("Hello")
        async with stage.http.get(f"{stage.url}/", headers=HTML) as answer:
            policy = answer.headers["Content-Security-Policy"]
            page = await answer.text()
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert not re.search(r"<script(?![^>]* src=)|<style|\sstyle=|\son\w+=", page)

    play(story)


def test_a_picture_is_shown_from_here() -> None:
    async def story(stage: Stage) -> None:
        await stage.simulator.reply(LENA, OURS, "", ["data:image/png,content"])
        found = re.search(r'src="(/_simulator/media/[^"]+)"', await _page(stage))
        assert found is not None
        async with stage.http.get(f"{stage.url}{found[1]}") as answer:
            assert await answer.read() == b"content"

    play(story)


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("reply", {"From": LENA, "To": OURS, "Body": "Hello"}),
        ("phones", {"number": LENA, "name": "Lena"}),
        ("faults", {"phone": LENA, "next": "accept_500"}),
    ],
)
def test_a_form_without_script_leads_back_to_its_phone(path: str, form: dict[str, str]) -> None:
    async def story(stage: Stage) -> None:
        url = f"{stage.url}/_simulator/{path}"
        async with stage.http.post(url, data=form, headers=HTML, allow_redirects=False) as answer:
            assert (answer.status, answer.headers["Location"]) == (303, f"/?phone=%2B{LENA[1:]}")

    play(story)


def test_a_new_phone_is_added_and_set() -> None:
    async def story(stage: Stage) -> None:
        form = {"number": BOB, "name": "Bob", "outcome": "filtered"}
        async with stage.http.post(f"{stage.url}/_simulator/phones", data=form) as answer:
            assert await answer.json() == {"number": BOB, "name": "Bob", "outcome": "filtered"}
        for wrong in ({"number": BOB, "outcome": "broken"}, {"name": "Nobody"}):
            async with stage.http.post(f"{stage.url}/_simulator/phones", data=wrong) as answer:
                assert answer.status == 400

    play(story)


async def _events(stage: Stage, phone: str, *, until: str) -> dict[str, str]:
    """The newest parts of the page, read from the stream until it brought all and one has the words."""
    parts: dict[str, str] = {}
    name = ""
    async with stage.http.get(f"{stage.url}/_simulator/events", params={"phone": phone}) as stream:
        assert stream.content_type == "text/event-stream"
        while len(parts) < 3 or until not in parts["texts"] + parts["phones"]:
            line = (await stream.content.readline()).decode().rstrip("\n")
            if line.startswith("event: "):
                name = line.removeprefix("event: ")
            elif line.startswith("data: "):
                parts[name] = json.loads(line.removeprefix("data: "))
    return parts


def test_the_stream_begins_with_the_whole_page() -> None:
    async def story(stage: Stage) -> None:
        await stage.text_us("Hello")
        parts = await _events(stage, LENA, until="Hello")
        assert parts.keys() == {"phones", "texts", "calls"}

    play(story)


def test_the_stream_tells_of_a_new_text() -> None:
    async def story(stage: Stage) -> None:
        await stage.text_us("First")
        watching = asyncio.create_task(_events(stage, LENA, until="Second"))
        await stage.text_us("Second")
        parts = await watching
        assert parts["texts"].index("First") < parts["texts"].index("Second")

    play(story)


def test_the_stream_tells_of_another_phone_in_the_list_only() -> None:
    async def story(stage: Stage) -> None:
        await stage.text_us("Mine")
        await stage.text_us("Theirs", from_=BOB, to=LOCAL)
        parts = await _events(stage, LENA, until="Theirs")
        assert "Theirs" in parts["phones"]
        assert "Theirs" not in parts["texts"]

    play(story)


def test_who_stops_watching_is_forgotten() -> None:
    async def story(stage: Stage) -> None:
        await stage.text_us("Hello")
        await _events(stage, LENA, until="Hello")
        await until(lambda: not stage.simulator.account._watchers)

    play(story)


def test_a_busy_phone_shows_its_last_texts_only() -> None:
    async def story(stage: Stage) -> None:
        for number in range(210):
            stage.simulator.account.notice(LENA, OURS, f"Text {number}.")
        stage.simulator.add_phone(LENA)
        page = await _page(stage)
        assert "Text 209." in page
        assert "Text 9." not in page

    play(story)
