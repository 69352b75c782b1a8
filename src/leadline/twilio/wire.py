"""The wire: POSTs over kept connections, with the knowledge whether a byte of one has left.

A create call may be repeated only when it is certain that nothing of it left. A general HTTP client keeps to
itself what it wrote and when, and may try again by itself. Here each call ends in an answer, in
``NeverLeft`` or in ``Broken``, and nothing is tried twice. It takes a third of the time, too, and calls are
most of what sending costs.
"""

import asyncio
import socket
import ssl
from collections.abc import Mapping
from functools import cached_property
from typing import NamedTuple
from urllib.parse import urlsplit

import aiohappyeyeballs
import httptools

from leadline.twilio.permit import LastLook

# When a host has several addresses, the next is tried beside the first after this (RFC 8305).
_NEXT_ADDRESS_SECONDS = 0.25
_PORTS = {"http": 80, "https": 443}


class WireError(OSError):
    """A call that got no whole answer."""


class NeverLeft(WireError):
    """No connection came up, so no byte of the call left: it may be made again."""


class Broken(WireError):
    """The call left, or part of it, and no whole answer came back: nobody knows what became of it."""


class Held(WireError):
    """The last look said no: not a byte of the call left, and none is to."""


class Answer(NamedTuple):
    """A whole HTTP answer. Names of headers are written Like-This."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Wire:
    """Connections to one host, on one event loop.

    ``address`` is like https://api.twilio.com. Times are in seconds: ``connect`` for a connection to come
    up, ``total`` for a whole call, ``idle`` for how long an unused connection is trusted.
    """

    def __init__(self, address: str, *, connect: float, total: float, idle: float, largest: int) -> None:
        parts = urlsplit(address)
        self._host = parts.hostname or ""
        self._is_tls = parts.scheme == "https"
        self._port = parts.port or _PORTS[parts.scheme]
        self._netloc = parts.netloc.rpartition("@")[2]
        self._connect_seconds = connect
        self._total_seconds = total
        self._idle_seconds = idle
        self._largest = largest
        self._idle: list[_Connection] = []
        self._busy: set[_Connection] = set()

    async def post(
        self, target: str, headers: Mapping[str, str], body: bytes, last_look: LastLook | None = None
    ) -> Answer:
        """One POST, once. Raises NeverLeft or Broken. When this task is cancelled, the call may have left.

        ``last_look`` is entered with a connection at hand, and left when the bytes are with the transport.
        Raises Held when it says no, and what it raises.
        """
        loop = asyncio.get_running_loop()
        deadline = loop.time() + self._total_seconds
        connection = self._kept(loop.time()) or await self._open(loop)
        self._busy.add(connection)
        try:
            return await connection.ask(self._request(target, headers, body), deadline, last_look)
        finally:
            self._busy.discard(connection)
            if connection.is_reusable:
                connection.idle_since = loop.time()
                self._idle.append(connection)
            else:
                connection.abort()

    def close(self) -> None:
        """Hang up on everything. Calls that are under way end as Broken."""
        for connection in [*self._idle, *self._busy]:
            connection.abort()
        self._idle.clear()

    def _kept(self, now: float) -> "_Connection | None":
        """The connection that was used last, if it is still up: load balancers drop idle ones without a word,
        and a call on such a one would end in doubt.
        """
        while self._idle:
            connection = self._idle.pop()
            if connection.is_reusable and now - connection.idle_since <= self._idle_seconds:
                return connection
            connection.abort()
        return None

    async def _open(self, loop: asyncio.AbstractEventLoop) -> "_Connection":
        try:
            async with asyncio.timeout(self._connect_seconds):
                found = await loop.getaddrinfo(self._host, self._port, type=socket.SOCK_STREAM)
                opened = await aiohappyeyeballs.start_connection(
                    found, happy_eyeballs_delay=_NEXT_ADDRESS_SECONDS, loop=loop
                )
                connection = _Connection(loop, self._largest)
                await loop.create_connection(
                    lambda: connection,
                    sock=opened,
                    ssl=self._tls if self._is_tls else None,
                    server_hostname=self._host if self._is_tls else None,
                )
        except (OSError, TimeoutError, UnicodeError) as error:  # The last is a name that is none.
            raise NeverLeft(f"No connection to {self._host}: {type(error).__name__}.") from error
        return connection

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        return ssl.create_default_context()

    def _request(self, target: str, headers: Mapping[str, str], body: bytes) -> bytes:
        lines = "".join([f"{name}: {value}\r\n" for name, value in headers.items()])
        head = f"POST {target} HTTP/1.1\r\nHost: {self._netloc}\r\n{lines}Content-Length: {len(body)}\r\n\r\n"
        return head.encode("latin-1") + body


class _Connection(asyncio.Protocol):
    """One connection and the one call on it. httptools reads the answers and calls the ``on_…`` methods."""

    def __init__(self, loop: asyncio.AbstractEventLoop, largest: int) -> None:
        self._loop = loop
        self._largest = largest
        self._transport: asyncio.Transport | None = None
        self._parser = httptools.HttpResponseParser(self)
        self._answer: asyncio.Future[Answer] | None = None
        self._headers: dict[str, str] = {}
        self._parts: list[bytes] = []
        self._size = 0
        self._is_in_body = False
        self._is_spoilt = False  # More came than was asked for.
        self.is_reusable = True
        self.idle_since = 0.0

    async def ask(self, request: bytes, deadline: float, last_look: LastLook | None = None) -> Answer:
        """Write a request and wait for its answer. Raises Broken, NeverLeft if the connection is gone, and
        Held.
        """
        if last_look is None:
            answer = self._write(request)
        else:
            async with last_look() as may_leave:
                if not may_leave:
                    raise Held("The last look said no.")
                answer = self._write(request)
        timer = self._loop.call_at(deadline, self._give_up, "No answer in time.")
        try:
            return await answer
        finally:
            timer.cancel()

    def _write(self, request: bytes) -> "asyncio.Future[Answer]":
        transport = self._transport
        if transport is None or transport.is_closing():
            self.is_reusable = False
            raise NeverLeft("The connection closed before the call.")
        self._answer = self._loop.create_future()
        self.is_reusable = False
        transport.write(request)
        return self._answer

    def abort(self) -> None:
        """Hang up."""
        self.is_reusable = False
        if self._transport is not None:
            self._transport.abort()
        self._give_up("The connection was closed.")

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's transports do not inherit from asyncio's.
        self._transport = transport  # type: ignore[assignment]

    def connection_lost(self, error: Exception | None) -> None:
        self.is_reusable = False
        if error is None and self._is_in_body and self._ends_with_connection():
            self._complete()
        self._give_up("The connection broke.")

    def data_received(self, data: bytes) -> None:
        if self._answer is None or self._answer.done():
            self.abort()  # Nobody asked: what follows would be taken for the next answer.
            return
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserError:
            self._give_up("The answer was not HTTP.")

    def on_message_begin(self) -> None:
        self._is_spoilt = self._answer is None or self._answer.done()

    def on_header(self, name: bytes, value: bytes) -> None:
        self._headers[name.decode("latin-1").title()] = value.decode("latin-1")

    def on_headers_complete(self) -> None:
        self._is_in_body = True

    def on_body(self, body: bytes) -> None:
        self._parts.append(body)
        self._size += len(body)
        if self._size > self._largest:
            self._give_up("The answer was too large.")

    def on_message_complete(self) -> None:
        if self._parser.get_status_code() < 200:  # Only an announcement; the answer is still to come.
            self._forget()
            return
        self.is_reusable = self._parser.should_keep_alive() and not self._is_spoilt
        self._complete()

    def _ends_with_connection(self) -> bool:
        return "Content-Length" not in self._headers and "Transfer-Encoding" not in self._headers

    def _complete(self) -> None:
        if self._answer is not None and not self._answer.done():
            answer = Answer(self._parser.get_status_code(), self._headers, b"".join(self._parts))
            self._answer.set_result(answer)
        self._forget()

    def _forget(self) -> None:
        self._headers, self._parts, self._size, self._is_in_body = {}, [], 0, False

    def _give_up(self, why: str) -> None:
        if self._answer is not None and not self._answer.done():
            self.is_reusable = False
            self._answer.set_exception(Broken(why))
