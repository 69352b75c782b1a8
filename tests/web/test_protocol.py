"""Webhooks over real sockets: the short way answers as ASGI does, and what is unusual goes through ASGI."""

import asyncio
import signal
import socket
from collections.abc import Awaitable, Callable
from urllib.parse import urlencode

import pytest
from starlette.types import Scope

from leadline import serving
from leadline.app import Leadline
from leadline.store import messages
from leadline.twilio.signature import sign
from leadline.web import protocol
from leadline.web.webhooks import BODY_AT_MOST, FRESH_SECONDS, PREFIX, Webhooks
from tests import cast, texts

OK, NO_CONTENT = b"HTTP/1.1 200 ", b"HTTP/1.1 204 "

Story = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


def talk(line: Leadline, story: Story) -> None:
    """Serve as ``leadline serve`` does, and let the story happen on one connection."""
    ready = asyncio.Event()

    async def play(listener: socket.socket) -> None:
        await ready.wait()
        reader, writer = await asyncio.open_connection(*listener.getsockname())
        await story(reader, writer)
        writer.close()
        signal.raise_signal(signal.SIGTERM)

    async def both() -> None:
        with serving.listen(serving.HERE, 0) as listener:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(play(listener))
                await serving.serve(line, listener, with_worker=False, on_ready=ready.set)

    asyncio.run(asyncio.wait_for(both(), 30))


def text(line: Leadline, number: int, body: str = "Hi", *, target: str = PREFIX, more: str = "") -> bytes:
    """A signed webhook of a text, as bytes; ``more`` is what its head has besides."""
    form = urlencode(
        {
            "MessageSid": texts.sid(number),
            "AccountSid": cast.ACCOUNT_SID,
            "From": cast.LENA.phone,
            "To": cast.OUR_NUMBER,
            "Body": body,
        }
    ).encode()
    return request(line, form, target=target, more=more)


def request(
    line: Leadline, form: bytes, *, target: str = PREFIX, more: str = "", version: str = "1.1"
) -> bytes:
    signature = sign(f"{line.settings.leadline_public_url}{target}", form, cast.AUTH_TOKEN)
    length = "" if "Transfer-Encoding" in more else f"Content-Length: {len(form)}\r\n"
    head = (
        f"POST {target} HTTP/{version}\r\nHost: leadline\r\nX-Twilio-Signature: {signature}\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\n{length}{more}\r\n"
    )
    return head.encode() + form


async def answer(reader: asyncio.StreamReader) -> tuple[bytes, bytes]:
    """The next answer's head and body."""
    head = await reader.readuntil(b"\r\n\r\n")
    lines = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:-2])
    return head, await reader.readexactly(int(lines.get(b"content-length", 0)))


def stored(line: Leadline) -> list[str]:
    with line.database.read() as tx:
        return sorted(message.body for message in messages.recent(tx))


@pytest.fixture
def through_asgi(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of the webhooks that came through ASGI."""
    paths: list[str] = []
    ordinary = Webhooks.__call__

    async def noted(self: Webhooks, scope: Scope, receive: object, send: object) -> None:
        paths.append(scope["path"])
        await ordinary(self, scope, receive, send)  # type: ignore[arg-type]

    monkeypatch.setattr(Webhooks, "__call__", noted)
    return paths


def test_a_webhook_is_answered_the_short_way(line: Leadline, through_asgi: list[str]) -> None:
    async def story(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for number in range(3):
            writer.write(text(line, number, f"Hi {number}"))
            head, body = await answer(reader)
            assert head.startswith(OK)
            assert b"\r\ndate: " in head
            assert b"\r\ncontent-type: text/xml\r\n" in head
            assert body.endswith(b"<Response/>")

    talk(line, story)
    assert stored(line) == ["Hi 0", "Hi 1", "Hi 2"]
    assert through_asgi == []


def test_a_report_is_answered_without_a_body(line: Leadline, through_asgi: list[str]) -> None:
    form = urlencode(
        {
            "MessageSid": texts.sid(1),
            "MessageStatus": "delivered",
            "AccountSid": cast.ACCOUNT_SID,
            "From": cast.OUR_NUMBER,
            "To": cast.LENA.phone,
        }
    ).encode()

    async def story(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(request(line, form, target=f"{PREFIX}/status/a-token?x=1"))
        head, _ = await answer(reader)
        assert head.startswith(NO_CONTENT)
        assert b"content-length" not in head

    talk(line, story)
    assert through_asgi == []


def test_it_may_come_in_pieces(line: Leadline, through_asgi: list[str]) -> None:
    async def story(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for byte in text(line, 1, "Hi"):
            writer.write(bytes([byte]))
            await writer.drain()
        assert (await answer(reader))[0].startswith(OK)

    talk(line, story)
    assert stored(line) == ["Hi"]
    assert through_asgi == []


def test_a_body_in_chunks_is_one_body(line: Leadline) -> None:
    async def story(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        whole = text(line, 1, "Hi", more="Transfer-Encoding: chunked\r\n")
        head, _, form = whole.partition(b"\r\n\r\n")
        writer.write(head + b"\r\n\r\n")
        for part in (form[:7], form[7:]):
            writer.write(b"%x\r\n%b\r\n" % (len(part), part))
        writer.write(b"0\r\n\r\n")
        assert (await answer(reader))[0].startswith(OK)

    talk(line, story)
    assert stored(line) == ["Hi"]


def test_what_is_sent_behind_it_is_answered_behind_it(line: Leadline, through_asgi: list[str]) -> None:
    """Several requests at once on one connection: each waits for the one before."""

    async def story(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        page = b"GET /health HTTP/1.1\r\nHost: leadline\r\n\r\n"
        writer.write(text(line, 1, "one") + page + text(line, 2, "two") + text(line, 3, "three"))
        answers = [await answer(reader) for _ in range(4)]
        assert [head.split(b" ")[1] for head, _ in answers] == [b"200"] * 4
        assert [b"Response" in body for _, body in answers] == [True, False, True, True]
        writer.write(text(line, 4, "four"))
        assert (await answer(reader))[0].startswith(OK)

    talk(line, story)
    assert stored(line) == ["four", "one", "three", "two"]
    assert through_asgi == [PREFIX, PREFIX]


@pytest.mark.parametrize(
    ("more", "version"),
    [("Connection: close\r\n", "1.1"), ("", "1.0"), ("Expect: 100-continue\r\n", "1.1")],
)
def test_unusual_requests_go_through_asgi(
    line: Leadline, through_asgi: list[str], more: str, version: str
) -> None:
    async def story(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        form = text(line, 1, "Hi").partition(b"\r\n\r\n")[2]
        writer.write(request(line, form, more=more, version=version))
        if "Expect" in more:
            assert (await answer(reader))[0].startswith(b"HTTP/1.1 100 ")
        assert (await answer(reader))[0].startswith(OK)

    talk(line, story)
    assert stored(line) == ["Hi"]
    assert through_asgi == [PREFIX]


def test_an_escaped_path_is_signed_as_it_was_written(line: Leadline, through_asgi: list[str]) -> None:
    async def story(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(text(line, 1, "Hi", target="/api/webhooks/twili%6F?a=%20"))
        assert (await answer(reader))[0].startswith(OK)

    talk(line, story)
    assert through_asgi == [PREFIX]


@pytest.mark.parametrize("spare", [1, 100_000])
def test_a_body_that_is_too_long_is_refused_and_the_connection_goes_on(line: Leadline, spare: int) -> None:
    async def story(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(request(line, b"x" * (BODY_AT_MOST + spare)))
        assert (await answer(reader))[0].startswith(b"HTTP/1.1 413 ")
        writer.write(text(line, 1, "Hi"))
        assert (await answer(reader))[0].startswith(OK)

    talk(line, story)
    assert stored(line) == ["Hi"]


def test_a_forged_one_is_refused_and_the_connection_goes_on(line: Leadline) -> None:
    async def story(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(text(line, 1, "Hi").replace(b"Body=Hi", b"Body=Ho"))
        head, body = await answer(reader)
        assert head.startswith(b"HTTP/1.1 403 ")
        assert body == b"The signature does not match.\n"
        writer.write(text(line, 1, "Hi"))
        assert (await answer(reader))[0].startswith(OK)

    talk(line, story)
    assert stored(line) == ["Hi"]


def test_who_hangs_up_in_the_middle_is_counted(line: Leadline) -> None:
    async def story(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        other_reader, other = await asyncio.open_connection(*writer.get_extra_info("peername"))
        other.write(text(line, 1, "Hi")[:-3])
        other.write_eof()
        assert await other_reader.read() == b""
        other.close()
        writer.write(text(line, 2, "Ho"))
        assert (await answer(reader))[0].startswith(OK)

    talk(line, story)
    assert stored(line) == ["Ho"]
    assert line.counters.rejects["hung_up"] == 1


def test_an_opt_in_that_has_lain_in_the_socket_is_not_believed(
    line: Leadline, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def story(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(text(line, 1, "START"))
        assert (await answer(reader))[0].startswith(b"HTTP/1.1 503 ")

    monkeypatch.setattr(protocol, "waited", lambda _connection: FRESH_SECONDS + 1)
    talk(line, story)
    assert stored(line) == []


def test_the_kernel_tells_how_long_something_has_lain_in_a_socket() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener, socket.socket() as near:
        near.connect(listener.getsockname())
        far, _ = listener.accept()
        with far:
            far.send(b"x")
            near.recv(1)
            assert 0 <= protocol.waited(near) < FRESH_SECONDS
