"""The wire: every call ends in an answer, in certainty that it never left, or in doubt."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import pytest

from leadline.twilio.wire import Answer, Broken, NeverLeft, Wire
from tests.twilio import scripted_server
from tests.twilio.scripted_server import ScriptedServer, answer, serving

T = TypeVar("T")
HEADERS = {"Authorization": "Basic eDp5"}


def wire(address: str, *, total: float = 5.0, idle: float = 5.0, largest: int = 1_000) -> Wire:
    return Wire(address, connect=1.0, total=total, idle=idle, largest=largest)


async def ask(to: Wire, body: bytes = b"Body=Hi") -> Answer:
    return await to.post("/Messages.json", HEADERS, body)


def play(
    story: Callable[[Wire, ScriptedServer], Awaitable[T]], *script: scripted_server.Answer, **options: Any
) -> T:
    async def performance() -> T:
        async with serving(*script) as server:
            opened = wire(server.url, **options)
            try:
                return await story(opened, server)
            finally:
                opened.close()

    return asyncio.run(performance())


async def one(to: Wire, _server: ScriptedServer) -> Answer:
    return await ask(to)


@pytest.mark.parametrize(
    ("raw", "status", "body"),
    [
        (answer(201, b"{}"), 201, b"{}"),
        (b"HTTP/1.1 204 X\r\n\r\n", 204, b""),
        (b"HTTP/1.1 200 X\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n", 200, b"abc"),
        (b"HTTP/1.0 200 X\r\n\r\nuntil the end", 200, b"until the end"),
        (b"HTTP/1.1 100 Continue\r\n\r\n" + answer(201, b"then"), 201, b"then"),
    ],
    ids=["length", "no content", "chunks", "until closed", "announced"],
)
def test_an_answer_is_read_whole(raw: bytes, status: int, body: bytes) -> None:
    got = play(one, raw)
    assert (got.status, got.body) == (status, body)


def test_names_of_headers_are_written_alike() -> None:
    assert play(one, answer(429, headers={"rEtRy-AfTeR": "2"})).headers["Retry-After"] == "2"


@pytest.mark.parametrize(
    "raw",
    [
        b"not HTTP\r\n\r\n",
        b"HTTP/1.1 201 X\r\nContent-Length: 9\r\nConnection: close\r\n\r\n{}",
        b"HTTP/1.1 201 X\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n2\r\nab\r\n",
        b"HTTP/1.1 201 X\r\nContent-Le",
        answer(200, b"x" * 1_001),
        scripted_server.Fault.RESET_BEFORE_READING,
        scripted_server.Fault.RESET_AFTER_READING,
        scripted_server.Fault.CLOSE_AFTER_READING,
    ],
    ids=["no HTTP", "half a body", "half the chunks", "half a head", "too large", "reset", "read", "closed"],
)
def test_without_a_whole_answer_nobody_knows(raw: scripted_server.Answer) -> None:
    with pytest.raises(Broken):
        play(one, raw)


def test_an_answer_that_does_not_come_in_time_is_no_answer() -> None:
    with pytest.raises(Broken, match="in time"):
        play(one, scripted_server.Fault.HANG, total=0.1)


def test_a_call_that_finds_no_connection_never_left() -> None:
    async def story() -> None:
        async with serving() as server:
            address = server.url
        with pytest.raises(NeverLeft):
            await ask(wire(address))

    asyncio.run(story())


def test_a_connection_is_kept_for_the_next_call() -> None:
    async def story(to: Wire, server: ScriptedServer) -> int:
        await ask(to)
        await ask(to)
        return server.connections

    assert play(story, answer(201), answer(201)) == 1


def test_a_connection_that_was_idle_too_long_is_not_trusted() -> None:
    async def story(to: Wire, server: ScriptedServer) -> int:
        await ask(to)
        await ask(to)
        return server.connections

    # The server has the second answer ready for the first connection.
    assert play(story, answer(201), answer(201), answer(201), idle=-1.0) == 2


def test_a_connection_that_the_server_closed_meanwhile_costs_nothing() -> None:
    async def story(to: Wire, server: ScriptedServer) -> int:
        await ask(to)
        while to._idle and to._idle[0].is_reusable:  # noqa: ASYNC110  The news has to come in first.
            await asyncio.sleep(0)
        await ask(to)
        return server.connections

    closing = answer(201) + b""
    assert play(story, closing.replace(b"X\r\n", b"X\r\nConnection: close\r\n", 1), answer(201)) == 2


def test_what_nobody_asked_for_is_never_taken_for_an_answer() -> None:
    async def story(to: Wire, server: ScriptedServer) -> tuple[int, bytes]:
        await ask(to)
        second = await ask(to)
        return server.connections, second.body

    script = (answer(201, b"one") + answer(201, b"stray"), answer(201, b"lost"), answer(201, b"two"))
    assert play(story, *script) == (2, b"two")


def test_calls_at_the_same_time_have_connections_of_their_own() -> None:
    async def story(to: Wire, server: ScriptedServer) -> int:
        await asyncio.gather(ask(to), ask(to), ask(to))
        return server.connections

    # The server has one more ready on each connection.
    assert play(story, *[answer(201)] * 6) == 3


def test_a_cancelled_call_gives_up_its_connection() -> None:
    async def story(to: Wire, server: ScriptedServer) -> int:
        call = asyncio.ensure_future(ask(to))
        await server.asked.wait()
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call
        return len(to._idle)

    assert play(story, scripted_server.Fault.HANG) == 0


def test_hanging_up_ends_calls_in_doubt() -> None:
    async def story(to: Wire, server: ScriptedServer) -> None:
        call = asyncio.ensure_future(ask(to))
        await server.asked.wait()
        to.close()
        with pytest.raises(Broken):
            await call

    play(story, scripted_server.Fault.HANG)
