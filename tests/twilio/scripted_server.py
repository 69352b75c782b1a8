"""A server on a real socket that plays back raw answers, byte for byte, faults included."""

import asyncio
import json
import socket
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from enum import Enum
from urllib.parse import parse_qsl

from leadline.twilio.client import MessageResource, TwilioClient
from tests import cast


class Fault(Enum):
    """What a server can do instead of answering."""

    RESET_BEFORE_READING = "reset before reading"
    RESET_AFTER_READING = "reset after reading"
    CLOSE_AFTER_READING = "close after reading"
    HANG = "hang"


Answer = bytes | Fault


@dataclass(frozen=True)
class Request:
    """One request as it came over the wire."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes
    connection: int

    @property
    def form(self) -> list[tuple[str, str]]:
        return parse_qsl(self.body.decode(), keep_blank_values=True)


@dataclass
class ScriptedServer:
    """Where it listens, what it answers, and what it was asked. ``{here}`` in an answer is its address."""

    script: list[Answer]
    url: str = ""
    requests: list[Request] = field(default_factory=list)
    connections: int = 0
    asked: asyncio.Event = field(default_factory=asyncio.Event)


def answer(status: int, body: object = b"", *, headers: dict[str, str] | None = None) -> bytes:
    """A whole HTTP answer; a dict becomes JSON."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    lines = [f"HTTP/1.1 {status} X", f"Content-Length: {len(content)}"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    return "\r\n".join([*lines, "", ""]).encode() + content


def page(*messages: MessageResource, more: str | None = None) -> bytes:
    """A page of Twilio's list, and whether another follows."""
    uri = more and f"/2010-04-01/Accounts/{cast.ACCOUNT_SID}/Messages.json?{more}"
    return answer(200, {"messages": list(messages), "next_page_uri": uri})


def client_of(url: str) -> TwilioClient:
    return TwilioClient(cast.ACCOUNT_SID, (cast.ACCOUNT_SID, cast.AUTH_TOKEN), base_url=url)


@asynccontextmanager
async def serving(*answers: Answer) -> AsyncIterator[ScriptedServer]:
    """Listen on a free port of this machine and give one answer to each request, in order."""
    server = ScriptedServer(list(answers))
    tasks: set[asyncio.Task[None]] = set()

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        tasks.add(task)
        server.connections += 1
        try:
            await _converse(reader, writer, server)
        except (asyncio.CancelledError, ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    listener = await asyncio.start_server(connected, "127.0.0.1", 0)
    server.url = f"http://127.0.0.1:{listener.sockets[0].getsockname()[1]}"
    try:
        yield server
    finally:
        for task in tasks:
            task.cancel()
        listener.close()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _converse(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, server: ScriptedServer
) -> None:
    while server.script:
        given = server.script.pop(0)
        if given is Fault.RESET_BEFORE_READING:
            _reset(writer)
            return
        server.requests.append(await _read(reader, server.connections))
        server.asked.set()
        if given is Fault.RESET_AFTER_READING:
            _reset(writer)
            return
        if given is Fault.CLOSE_AFTER_READING:
            return
        if isinstance(given, Fault):
            await asyncio.Event().wait()
            return
        writer.write(given.replace(b"{here}", server.url.encode()))
        await writer.drain()
        if b"\r\nConnection: close\r\n" in given:
            return


async def _read(reader: asyncio.StreamReader, connection: int) -> Request:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *lines = head.strip().split("\r\n")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    method, target, _ = first.split(" ")
    return Request(method, target, headers, body, connection)


def _reset(writer: asyncio.StreamWriter) -> None:
    # Closing with a linger time of nothing sends RST instead of FIN.
    connection: socket.socket = writer.get_extra_info("socket")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()
