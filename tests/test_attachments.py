"""Pictures and files that leads send: fetched to the media folder, or given up with a reason."""

import asyncio
import base64
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import pytest

from leadline import attachments
from leadline.app import Leadline
from leadline.simulator import Simulator, running
from leadline.store import media
from leadline.store.media import Media
from leadline.twilio.client import TwilioClient
from tests import cast, texts
from tests.clock import Clock
from tests.twilio.scripted_server import ScriptedServer, answer, serving

PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)
NOT_THERE = answer(404, {"code": 20404})
MOVED = answer(307, headers={"Location": "{here}/media/short-lived"})


def address(host: str, number: int = 1, *, account: str = cast.ACCOUNT_SID) -> str:
    """Where that host would keep a file of an account's text."""
    return f"{host}/2010-04-01/Accounts/{account}/Messages/{texts.sid(1)}/Media/ME{number:032x}"


def lena_sends(line: Leadline, *urls: str) -> None:
    """Lena sends pictures that are kept there."""
    fields = {f"MediaUrl{n}": url for n, url in enumerate(urls)}
    types = {f"MediaContentType{n}": "image/png" for n in range(len(urls))}
    texts.receive(line, texts.inbound(1, "", NumMedia=str(len(urls)), **fields, **types))


def kept(line: Leadline) -> list[Media]:
    with line.database.read() as tx:
        return media.of_messages(tx, [1])


def files(line: Leadline) -> list[Path]:
    return sorted(Path(line.settings.leadline_media_dir).glob("*"))


async def fetch(line: Leadline, client: TwilioClient) -> None:
    await attachments.fetch_due(
        database=line.database, writer=line.writer, client=client, settings=line.settings, clock=line.clock
    )


def client_of(url: str) -> TwilioClient:
    return TwilioClient(cast.ACCOUNT_SID, (cast.ACCOUNT_SID, cast.AUTH_TOKEN), base_url=url, timeout=5)


def play(story: Callable[[ScriptedServer, TwilioClient], Awaitable[None]], *answers: bytes) -> ScriptedServer:
    """Run a story with a Twilio that gives these answers; what it was asked can be looked at afterwards."""

    async def performance() -> ScriptedServer:
        async with serving(*answers) as twilio, client_of(twilio.url) as client:
            await story(twilio, client)
        return twilio

    return asyncio.run(performance())


def test_a_picture_from_a_phone_is_kept_as_it_was_sent(line: Leadline) -> None:
    async def story() -> None:
        simulator = Simulator(cast.ACCOUNT_SID, cast.AUTH_TOKEN, numbers=[cast.OUR_NUMBER], delay=0, seed=1)
        async with running(simulator) as url, client_of(url) as client:
            picture = f"data:image/png;base64,{base64.b64encode(PNG).decode()}"
            said = await simulator.reply(cast.LENA.phone, cast.OUR_NUMBER, "my roof", [picture])
            [sent] = simulator.account.messages[said.sid].media
            lena_sends(line, address(url).replace(texts.sid(1), said.sid).replace(f"ME{1:032x}", sent.sid))
            await fetch(line, client)

    asyncio.run(story())
    [item] = kept(line)
    [file] = files(line)
    assert (item.state, item.content_type, item.size, item.file) == ("stored", "image/png", 72, file.name)
    assert file.read_bytes() == PNG


def test_a_file_that_is_not_there_yet_is_fetched_later(line: Leadline, clock: Clock) -> None:
    async def story(twilio: ScriptedServer, client: TwilioClient) -> None:
        lena_sends(line, address(twilio.url))
        await fetch(line, client)
        assert [item.state for item in kept(line)] == ["waiting"]
        await fetch(line, client)
        assert len(twilio.requests) == 1
        clock.advance(attachments.WAITS[0])
        await fetch(line, client)

    play(story, NOT_THERE, MOVED, answer(200, PNG))
    assert [item.state for item in kept(line)] == ["stored"]


def test_our_credentials_go_to_twilio_and_not_to_its_file_host(line: Leadline) -> None:
    async def story(twilio: ScriptedServer, client: TwilioClient) -> None:
        lena_sends(line, address(twilio.url))
        await fetch(line, client)

    first, second = play(story, MOVED, answer(200, PNG)).requests
    assert "authorization" in first.headers
    assert second.target == "/media/short-lived"
    assert "authorization" not in second.headers


@pytest.mark.parametrize(
    "account", [cast.ACCOUNT_SID, "AC" + "f" * 32], ids=["our account", "another account"]
)
def test_a_file_at_a_strangers_address_is_refused_without_asking_for_it(line: Leadline, account: str) -> None:
    async def story(twilio: ScriptedServer, client: TwilioClient) -> None:
        async with serving(answer(200, PNG)) as stranger:
            lena_sends(line, address(stranger.url, account=account))
            await fetch(line, client)
            assert stranger.connections == 0

    assert play(story).requests == []
    [item] = kept(line)
    assert item.state == "refused"
    assert item.reason
    assert files(line) == []


def test_a_redirect_to_a_stranger_is_not_followed(line: Leadline) -> None:
    async def story() -> None:
        async with serving(answer(200, PNG)) as stranger:
            away = answer(307, headers={"Location": f"{stranger.url}/file"})
            async with serving(away) as twilio, client_of(twilio.url) as client:
                lena_sends(line, address(twilio.url))
                await fetch(line, client)
            assert stranger.connections == 0

    asyncio.run(story())
    assert [item.state for item in kept(line)] == ["refused"]


@pytest.mark.parametrize(
    "content", [b"<svg onload='alert(1)'/>", b"<html></html>", b"MZ\x90\x00", b""], ids=str
)
def test_what_is_no_picture_is_refused_whatever_it_says_it_is(line: Leadline, content: bytes) -> None:
    async def story(twilio: ScriptedServer, client: TwilioClient) -> None:
        lena_sends(line, address(twilio.url))
        await fetch(line, client)

    play(story, answer(200, content, headers={"Content-Type": "image/png"}))
    assert [item.state for item in kept(line)] == ["refused"]
    assert files(line) == []


@pytest.mark.parametrize("said", [NOT_THERE, answer(500)], ids=["404", "500"])
def test_a_file_that_never_comes_is_given_up_after_the_last_try(
    line: Leadline, clock: Clock, said: bytes
) -> None:
    tries = len(attachments.WAITS) + 1

    async def story(twilio: ScriptedServer, client: TwilioClient) -> None:
        lena_sends(line, address(twilio.url))
        for wait in attachments.WAITS:
            await fetch(line, client)
            assert [item.state for item in kept(line)] == ["waiting"]
            clock.advance(wait - timedelta(microseconds=1))
            await fetch(line, client)
            clock.advance(timedelta(microseconds=1))
        await fetch(line, client)
        assert [item.state for item in kept(line)] == ["failed"]
        clock.advance(timedelta(days=30))
        await fetch(line, client)

    twilio = play(story, *[said] * (tries + 1))
    assert len(twilio.requests) == tries
    [item] = kept(line)
    assert item.reason
    assert files(line) == []


def test_the_pictures_of_one_text_end_each_in_its_own_way(line: Leadline) -> None:
    async def story(twilio: ScriptedServer, client: TwilioClient) -> None:
        lena_sends(line, address("https://example.com"), address(twilio.url, 2))
        await fetch(line, client)

    play(story, answer(200, PNG))
    assert [item.state for item in kept(line)] == ["refused", "stored"]


def test_a_few_are_fetched_at_once_and_the_rest_in_the_next_round(line: Leadline) -> None:
    count = attachments.AT_ONCE + 1

    async def story() -> None:
        simulator = Simulator(cast.ACCOUNT_SID, cast.AUTH_TOKEN, numbers=[cast.OUR_NUMBER], delay=0, seed=1)
        async with running(simulator) as url, client_of(url) as client:
            lena_sends(line, *(address(url, n) for n in range(count)))
            await fetch(line, client)
            assert [item.tries for item in kept(line)] == [1] * attachments.AT_ONCE + [0]
            await fetch(line, client)
            assert [item.tries for item in kept(line)] == [1] * count

    asyncio.run(story())


def test_a_folder_that_cannot_be_written_is_tried_again_later(line: Leadline, clock: Clock) -> None:
    folder = Path(line.settings.leadline_media_dir)

    folder.write_text("A file is where the folder should be.")

    async def story(twilio: ScriptedServer, client: TwilioClient) -> None:
        lena_sends(line, address(twilio.url))
        await fetch(line, client)
        assert [(item.state, item.tries) for item in kept(line)] == [("waiting", 1)]
        await asyncio.to_thread(folder.unlink)
        clock.advance(attachments.WAITS[0])
        await fetch(line, client)

    play(story, answer(200, PNG), answer(200, PNG))
    assert [item.state for item in kept(line)] == ["stored"]


def test_nothing_is_asked_when_nothing_is_due(line: Leadline) -> None:
    async def story(_twilio: ScriptedServer, client: TwilioClient) -> None:
        texts.receive(line, texts.inbound(1, "no picture"))
        await fetch(line, client)

    assert play(story).connections == 0
