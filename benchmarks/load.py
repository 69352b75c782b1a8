"""The load: requests over keep-alive connections, one in flight on each, in a process of its own.

``python -m benchmarks.load --port PORT --kind status`` prints one line of JSON. It parses a status line and
a length and nothing more, so that on a small machine the server gets the processor.
"""

import argparse
import json
import select
import socket
import sys
from array import array
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from time import perf_counter

from harness.traffic import REQUESTS, Request

_DRAIN_SECONDS = 10.0
_MOST_ERRORS = 1_000


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one load saw. ``messages`` counts the distinct messages acknowledged, warm-up included.

    ``unanswered`` requests may or may not have been taken; rates and milliseconds are of 2xx answers only.
    """

    rate: float
    p50_ms: float
    p99_ms: float
    max_ms: float
    answered: int
    messages: int
    refused: int
    unanswered: int
    used_up: bool


@dataclass(frozen=True, slots=True)
class _Head:
    ok: bool
    length: int
    closes: bool


# A server's heads differ only by their date, once a second.
@lru_cache(maxsize=64)
def read_head(head: bytes) -> _Head:
    """Read the status line and headers; ``head`` ends before the blank line.

    Raises ValueError for an answer without a length.
    """
    status, *lines = head.lower().split(b"\r\n")
    names = dict(line.split(b":", 1) for line in lines)
    code = int(status.split(b" ", 2)[1])
    if code != 204 and b"content-length" not in names:
        raise ValueError(f"an answer without a length: {head!r}")
    length = 0 if code == 204 else int(names[b"content-length"])
    return _Head(200 <= code < 300, length, names.get(b"connection", b"").strip() == b"close")


@dataclass(slots=True)
class _Connection:
    socket: socket.socket
    request: Request
    started: float
    connecting: bool = True
    received: bytes = b""


@dataclass(slots=True)
class _Tally:
    finished: "array[float]" = field(default_factory=lambda: array("d"))
    took: "array[float]" = field(default_factory=lambda: array("d"))
    messages: set[int] = field(default_factory=set)
    refused: int = 0
    unanswered: int = 0

    def answered(self, connection: _Connection, *, ok: bool) -> None:
        if not ok:
            self.refused += 1
            return
        now = perf_counter()
        self.finished.append(now)
        self.took.append(now - connection.started)
        self.messages.add(connection.request.message)


class Load:
    """Sends ``requests`` in order until they or the time are used up."""

    def __init__(self, port: int, requests: list[Request]) -> None:
        self._port = port
        # From the end, because taking from a list's end is cheap.
        self._waiting = requests[::-1]
        self._poll = select.epoll()
        self._connections: dict[int, _Connection] = {}
        self._tally = _Tally()
        self._until = 0.0

    def run(self, *, connections: int, seconds: float, warm_up: float) -> Outcome:
        """Blocks for ``warm_up`` + ``seconds``, and at most ten seconds more for the last answers."""
        begin = perf_counter() + warm_up
        self._until = begin + seconds
        for _ in range(connections):
            self._open()
        while self._connections and perf_counter() < self._until + _DRAIN_SECONDS:
            self._turn()
        self._tally.unanswered += len(self._connections)
        return _outcome(self._tally, begin=begin, until=self._until, used_up=not self._waiting)

    def _turn(self) -> None:
        for descriptor, event in self._poll.poll(0.1):
            connection = self._connections[descriptor]
            try:
                if connection.connecting:
                    self._connected(connection)
                elif event & (select.EPOLLIN | select.EPOLLHUP | select.EPOLLERR):
                    self._readable(connection)
            except OSError:
                self._lost(connection)

    def _open(self) -> None:
        if not self._waiting or perf_counter() >= self._until or self._tally.unanswered > _MOST_ERRORS:
            return
        opened = socket.socket()
        opened.settimeout(0)
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._connections[opened.fileno()] = _Connection(opened, self._waiting.pop(), perf_counter())
        opened.connect_ex(("127.0.0.1", self._port))
        self._poll.register(opened.fileno(), select.EPOLLOUT)

    def _connected(self, connection: _Connection) -> None:
        connection.connecting = False
        self._poll.modify(connection.socket.fileno(), select.EPOLLIN)
        self._write(connection)

    def _write(self, connection: _Connection) -> None:
        wire = connection.request.wire
        if connection.socket.send(wire) != len(wire):
            # A request is smaller than an empty socket buffer; a short write means that something is wrong.
            raise OSError("short write")

    def _readable(self, connection: _Connection) -> None:
        data = connection.socket.recv(65536)
        if not data:
            raise ConnectionResetError
        received = connection.received + data if connection.received else data
        end = received.find(b"\r\n\r\n")
        head = read_head(received[:end]) if end >= 0 else None
        if head is None or len(received) < end + 4 + head.length:
            connection.received = received
            return
        self._tally.answered(connection, ok=head.ok)
        self._next(connection, closes=head.closes)

    def _next(self, connection: _Connection, *, closes: bool) -> None:
        now = perf_counter()
        if closes or not self._waiting or now >= self._until:
            self._close(connection)
            self._open()
            return
        connection.received = b""
        connection.request = self._waiting.pop()
        connection.started = now
        self._write(connection)

    def _lost(self, connection: _Connection) -> None:
        self._tally.unanswered += 1
        self._close(connection)
        self._open()

    def _close(self, connection: _Connection) -> None:
        del self._connections[connection.socket.fileno()]
        connection.socket.close()


def _outcome(tally: _Tally, *, begin: float, until: float, used_up: bool) -> Outcome:
    last = min(until, tally.finished[-1]) if tally.finished and used_up else until
    pairs = zip(tally.finished, tally.took, strict=True)
    took = sorted(seconds for finished, seconds in pairs if begin <= finished <= last)
    return Outcome(
        rate=len(took) / max(last - begin, 0.001),
        p50_ms=_share(took, 0.50) * 1000,
        p99_ms=_share(took, 0.99) * 1000,
        max_ms=_share(took, 1.0) * 1000,
        answered=len(tally.finished),
        messages=len(tally.messages),
        refused=tally.refused,
        unanswered=tally.unanswered,
        used_up=used_up,
    )


def _share(ordered: list[float], share: float) -> float:
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)] if ordered else 0.0


def _requests(make: Callable[[int], Request], count: int) -> list[Request]:
    return [make(number) for number in range(count)]


def main() -> None:
    """One load, its outcome as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--kind", choices=sorted(REQUESTS), required=True)
    parser.add_argument("--requests", type=int, required=True, help="how many to have ready")
    parser.add_argument("--connections", type=int, default=32)
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--warm-up", type=float, default=1.0)
    given = parser.parse_args()
    load = Load(given.port, _requests(REQUESTS[given.kind], given.requests))
    outcome = load.run(connections=given.connections, seconds=given.seconds, warm_up=given.warm_up)
    json.dump(asdict(outcome), sys.stdout)


if __name__ == "__main__":
    main()
