"""A fake Twilio that takes its time: each create is answered after a delay, many at once.

``python -m benchmarks.slow_fake --delay SECONDS`` prints its port and serves until it is ended; ``GET``
answers how many creates it took.
"""

import argparse
import asyncio
import json
from itertools import count
from typing import cast

import uvloop

from harness.traffic import MESSAGE, SID_MARK


def _created() -> list[bytes]:
    """The 201 answer, cut where the SID goes."""
    body = MESSAGE
    head = (
        "HTTP/1.1 201 CREATED\r\nContent-Type: application/json;charset=utf-8\r\n"
        f"Twilio-Request-Id: RQ{'0' * 32}\r\nTwilio-Concurrent-Requests: 1\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return (head + body).encode().split(SID_MARK.encode())


class _Fake:
    """What all connections share."""

    def __init__(self, delay: float) -> None:
        self.delay = delay
        self.creates = 0
        self._numbers = count(1)
        self._parts = _created()

    def create(self) -> bytes:
        self.creates += 1
        return (b"SM%032x" % next(self._numbers)).join(self._parts)

    def count(self) -> bytes:
        body = json.dumps({"creates": self.creates}).encode()
        return b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s" % (
            len(body),
            body,
        )


class _Connection(asyncio.Protocol):
    def __init__(self, fake: _Fake, loop: asyncio.AbstractEventLoop) -> None:
        self._fake = fake
        self._loop = loop
        self._received = b""
        self._transport: asyncio.WriteTransport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's transports do not inherit from asyncio's.
        self._transport = cast("asyncio.WriteTransport", transport)

    def data_received(self, data: bytes) -> None:
        received = self._received + data if self._received else data
        while (length := _request_length(received)) and len(received) >= length:
            self._answer(received)
            received = received[length:]
        self._received = received

    def _answer(self, request: bytes) -> None:
        if request.startswith(b"GET "):
            self._transport.write(self._fake.count())
        else:
            self._loop.call_later(self._fake.delay, self._transport.write, self._fake.create())


def _request_length(received: bytes) -> int:
    """Bytes of the first request, 0 while its head is not all there."""
    end = received.find(b"\r\n\r\n")
    if end < 0:
        return 0
    head = received[:end].lower()
    at = head.find(b"content-length:")
    return end + 4 + (int(head[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 else 0)


async def serve(delay: float) -> None:
    """Print the port and answer for ever, each create after ``delay`` seconds."""
    loop = asyncio.get_running_loop()
    fake = _Fake(delay)
    server = await loop.create_server(lambda: _Connection(fake, loop), "127.0.0.1", 0, backlog=512)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


def main() -> None:
    """Serve until ended."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--delay", type=float, required=True, help="seconds before each 201")
    delay = parser.parse_args().delay
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(serve(delay))


if __name__ == "__main__":
    main()
