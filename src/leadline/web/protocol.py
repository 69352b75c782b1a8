"""HTTP/1.1 as uvicorn speaks it, with two things of our own: a bound, and a short way for webhooks.

The bound: a request whose head does not end is hung up on. The short way: a webhook as Twilio makes it is
gathered here and given to ``Webhooks.take``, which answers by a callback. Behind ASGI the same webhook costs
a task, an event and two messages each way, a quarter of what a status report takes before it is stored. What
is unusual about a request sends it through ASGI like any other, and the same ``take`` answers it there.
"""

import asyncio
import socket
import struct
import sys
from typing import TYPE_CHECKING

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol, RequestResponseCycle

from leadline.web.webhooks import BODY_AT_MOST, PREFIX, Answer, Call, Webhooks

if TYPE_CHECKING:
    from leadline.web.app import Root

HEAD_AT_MOST = 64 * 1024
_WEBHOOKS = PREFIX.encode()


class Protocol(HttpToolsProtocol):
    """One connection to a ``Root``."""

    _head = 0
    _is_in_head = True

    @property
    def _webhooks(self) -> Webhooks:
        root: Root = self.config.app  # type: ignore[assignment]  # It takes any application; this one is ours.
        return root.webhooks

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self._is_in_head:
            self._head += len(data)
            if self._head > HEAD_AT_MOST and not self.transport.is_closing():
                self.send_400_response("The request's head is too long.")

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._head, self._is_in_head = 0, True

    def on_headers_complete(self) -> None:
        self._is_in_head = False
        if self.url.startswith(_WEBHOOKS) and self._is_usual():
            self.cycle = _Webhook(self)
        else:
            super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        if isinstance(self.cycle, _Webhook):
            self.cycle.gather(body)
        else:
            super().on_body(body)

    def on_message_complete(self) -> None:
        if isinstance(self.cycle, _Webhook):
            self.cycle.give(self._webhooks)
        else:
            super().on_message_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        if isinstance(self.cycle, _Webhook):
            self.cycle.hang_up(self._webhooks)
        super().connection_lost(exc)

    def _is_usual(self) -> bool:
        """Whether this is a POST to a plain path, on a connection that stays and has nothing to answer."""
        return (
            (self.cycle is None or self.cycle.response_complete)
            and self.parser.get_method() == b"POST"
            and self.parser.get_http_version() == "1.1"
            and self.parser.should_keep_alive()
            and not self.parser.should_upgrade()
            and not self.expect_100_continue
            and b"%" not in self.url
            and b"#" not in self.url
        )


class _Webhook(RequestResponseCycle):
    """One webhook, from its head to its answer. It stands where uvicorn keeps the request under way, so that
    what comes on the connection meanwhile waits for it, and a server that stops does too.
    """

    def __init__(self, protocol: Protocol) -> None:
        self._protocol = protocol
        self._url = protocol.url.decode("latin-1")
        self._headers = protocol.headers
        self._is_given = False
        # What uvicorn looks at.
        self.body = bytearray()
        self.message_event = _NOBODY_WAITS
        self.response_complete = self.disconnected = False
        self.keep_alive = True

    def gather(self, body: bytes) -> None:
        """Some more of its body; beyond what a webhook has, it is as long as it takes to refuse it."""
        if len(self.body) <= BODY_AT_MOST:
            self.body += body[: BODY_AT_MOST + 1]

    def give(self, webhooks: Webhooks) -> None:
        """It is here as a whole."""
        self._is_given = True
        webhooks.take(self._call(bytes(self.body)), self._reply)

    def hang_up(self, webhooks: Webhooks) -> None:
        """The caller is gone; what is on its way to the database is written all the same."""
        if not self._is_given:
            self._is_given = True
            webhooks.take(self._call(None), lambda _answer: None)

    def _call(self, body: bytes | None) -> Call:
        path = self._url.partition("?")[0]
        return Call("POST", path, self._url, self._headers, body, self._waited)

    def _waited(self) -> float:
        return waited(self._protocol.transport.get_extra_info("socket"))

    def _reply(self, answer: Answer) -> None:
        self.response_complete = True
        protocol, transport = self._protocol, self._protocol.transport
        if self.disconnected or transport.is_closing():
            return
        status, content_type, body = answer
        lines = [STATUS_LINE[status]]
        for name, value in protocol.server_state.default_headers:
            lines += (name, b": ", value, b"\r\n")
        if body:
            lines += (b"content-type: ", content_type, b"\r\ncontent-length: %d\r\n" % len(body))
        if not self.keep_alive:
            lines.append(b"connection: close\r\n")
        lines += (b"\r\n", body)
        transport.write(b"".join(lines))
        if not self.keep_alive:
            transport.close()
        protocol.on_response_complete()


def waited(connection: socket.socket) -> float:
    """For how many seconds what came last on a connection has been here. Only Linux tells; 0 elsewhere.

    It is the kernel's own note, so it counts the time in which this process did not run:
    tcpi_last_data_recv of struct tcp_info, in milliseconds, behind 8 bytes and 11 words (linux/tcp.h).
    """
    if not sys.platform.startswith("linux"):
        return 0.0
    info = connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, _LAST_RECEIVED + 4)
    [milliseconds] = struct.unpack_from("=I", info, _LAST_RECEIVED)
    return float(milliseconds) / 1000


_LAST_RECEIVED = 8 + 11 * 4
_NOBODY_WAITS = asyncio.Event()
