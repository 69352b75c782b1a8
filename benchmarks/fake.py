"""A Messages API that does as little as one can: any POST is answered 201 with a Message of a new SID.

It stands in for Twilio where Twilio's speed would be what is measured. It checks nothing; the simulator in
``leadline`` is the one that behaves. ``python -m benchmarks.fake`` prints its port and serves until it is
ended; ``GET`` answers how many creates it took.
"""

import argparse
import asyncio
import json
from itertools import count
from typing import cast

import uvloop

from harness.traffic import ACCOUNT_SID, OUR_NUMBER, TEXT, lead

_SID = "SM" + "X" * 32
_MESSAGE = {
    "account_sid": ACCOUNT_SID,
    "api_version": "2010-04-01",
    "body": TEXT,
    "date_created": "Sun, 22 Nov 2026 12:00:00 +0000",
    "date_sent": None,
    "date_updated": "Sun, 22 Nov 2026 12:00:00 +0000",
    "direction": "outbound-api",
    "error_code": None,
    "error_message": None,
    "from": OUR_NUMBER,
    "messaging_service_sid": None,
    "num_media": "0",
    "num_segments": "1",
    "price": None,
    "price_unit": "USD",
    "sid": _SID,
    "status": "queued",
    "subresource_uris": {"media": f"/2010-04-01/Accounts/{ACCOUNT_SID}/Messages/{_SID}/Media.json"},
    "to": lead(0),
    "uri": f"/2010-04-01/Accounts/{ACCOUNT_SID}/Messages/{_SID}.json",
}


def _created() -> list[bytes]:
    """The 201 answer, cut where the SID goes."""
    body = json.dumps(_MESSAGE)
    head = (
        "HTTP/1.1 201 CREATED\r\nContent-Type: application/json;charset=utf-8\r\n"
        f"Twilio-Request-Id: RQ{'0' * 32}\r\nTwilio-Concurrent-Requests: 1\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return (head + body).encode().split(_SID.encode())


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
        elif self._fake.delay:
            self._loop.call_later(self._fake.delay, self._transport.write, self._fake.create())
        else:
            self._transport.write(self._fake.create())


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
    parser.add_argument("--delay", type=float, default=0.0, help="seconds before each 201")
    delay = parser.parse_args().delay
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(serve(delay))


if __name__ == "__main__":
    main()
