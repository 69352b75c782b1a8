"""Pictures: the first hop asks for credentials, the second only for its own short-lived address."""

from datetime import timedelta

from tests.clock import Clock
from tests.simulator.stage import LENA, OURS, Stage, play

PIXEL = "data:image/png;base64,iVBORw0KGgo="
CONTENT = b"\x89PNG\r\n\x1a\n"


async def _first_hop(stage: Stage, url: str, *, credentials: bool = True) -> tuple[int, str]:
    headers = stage.credentials if credentials else {}
    async with stage.http.get(url, headers=headers, allow_redirects=False) as answer:
        return answer.status, answer.headers.get("Location", "")


async def _media_url(stage: Stage, source: str) -> str:
    await stage.simulator.reply(LENA, OURS, "Look", [source])
    return stage.app.received[-1].fields["MediaUrl0"]


def test_a_picture_is_fetched_in_two_hops() -> None:
    async def story(stage: Stage) -> None:
        status, location = await _first_hop(stage, await _media_url(stage, PIXEL))
        assert (status, location.startswith(f"{stage.url}/media/")) == (307, True)
        async with stage.http.get(location) as answer:
            assert (answer.status, answer.content_type, await answer.read()) == (200, "image/png", CONTENT)

    play(story)


def test_the_first_hop_needs_credentials() -> None:
    async def story(stage: Stage) -> None:
        status, _ = await _first_hop(stage, await _media_url(stage, PIXEL), credentials=False)
        assert status == 401

    play(story)


def test_the_second_hop_ends_after_four_hours_and_cannot_be_guessed() -> None:
    clock = Clock()

    async def story(stage: Stage) -> None:
        _, location = await _first_hop(stage, await _media_url(stage, PIXEL))
        async with stage.http.get(f"{location[:-1]}x") as forged:
            assert forged.status == 404
        clock.advance(timedelta(hours=4))
        async with stage.http.get(location) as late:
            assert late.status == 404

    play(story, clock=clock)


def test_a_picture_by_address_is_fetched_when_it_is_asked_for() -> None:
    async def story(stage: Stage) -> None:
        url = await _media_url(stage, f"{stage.url}/static/roof.jpg")
        _, location = await _first_hop(stage, url)
        async with stage.http.get(location) as answer:
            assert (answer.status, answer.content_type) == (200, "image/jpeg")
            assert (await answer.read())[:2] == b"\xff\xd8"

    play(story)


def test_a_picture_that_is_not_there_is_not_found() -> None:
    async def story(stage: Stage) -> None:
        url = await _media_url(stage, f"{stage.url}/static/nothing.jpg")
        _, location = await _first_hop(stage, url)
        async with stage.http.get(location) as answer:
            assert answer.status == 404

    play(story)


def test_what_is_no_picture_is_only_downloaded() -> None:
    async def story(stage: Stage) -> None:
        url = await _media_url(stage, "data:text/html,%3Cscript%3E")
        _, location = await _first_hop(stage, url)
        async with stage.http.get(location) as answer:
            assert answer.headers["Content-Disposition"] == "attachment"
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert await answer.read() == b"<script>"

    play(story)


def test_a_deleted_picture_is_gone() -> None:
    async def story(stage: Stage) -> None:
        url = await _media_url(stage, PIXEL)
        status, _ = await stage.call("DELETE", f"{url}.json")
        assert status == 204
        assert (await _first_hop(stage, url))[0] == 404

    play(story)
