"""Postmen deliver webhooks, each over a connection of its own, and again until there is a 2xx."""

import socket
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from threading import Event, Thread
from typing import Self

from harness.traffic import Request

_ANSWER_SECONDS = 15.0


@dataclass(slots=True)
class _Postman:
    port: int
    connection: socket.socket | None = None

    def deliver(self, wire: bytes) -> int | None:
        """The status of the answer, None without one."""
        try:
            if self.connection is None:
                self.connection = socket.create_connection(("127.0.0.1", self.port), _ANSWER_SECONDS)
            self.connection.sendall(wire)
            return self._answer(self.connection)
        except OSError:
            self.hang_up()
            return None

    def _answer(self, connection: socket.socket) -> int:
        received = b""
        while b"\r\n\r\n" not in received:
            received += _more(connection)
        head, _, body = received.partition(b"\r\n\r\n")
        left = _length(head) - len(body)
        while left > 0:
            left -= len(_more(connection))
        return int(head.split(b" ", 2)[1])

    def hang_up(self) -> None:
        if self.connection is not None:
            self.connection.close()
            self.connection = None


def _more(connection: socket.socket) -> bytes:
    received = connection.recv(65536)
    if not received:
        raise ConnectionResetError
    return received


def _length(head: bytes) -> int:
    lines = head.lower().split(b"\r\n")
    return next((int(line[15:]) for line in lines if line.startswith(b"content-length:")), 0)


@dataclass(slots=True)
class Round:
    """All deliveries of a scenario. ``acknowledged`` are the messages that got a 2xx; ``failures`` counts the
    deliveries without one. ``refused`` are the statuses that say "never again", of which there may be none.
    """

    port: int
    waiting: deque[Request]
    acknowledged: set[int] = field(default_factory=set)
    delivered: int = 0
    failures: int = 0
    refused: list[int] = field(default_factory=list)
    _stopped: Event = field(default_factory=Event)
    _threads: list[Thread] = field(default_factory=list)

    @property
    def is_over(self) -> bool:
        """Whether nothing is left to deliver."""
        return not any(thread.is_alive() for thread in self._threads)

    def start(self, postmen: int) -> Self:
        self._threads = [Thread(target=self._walk) for _ in range(postmen)]
        for thread in self._threads:
            thread.start()
        return self

    def stop(self) -> None:
        """End it, whatever has not been delivered."""
        self._stopped.set()
        for thread in self._threads:
            thread.join()

    def _walk(self) -> None:
        postman = _Postman(self.port)
        with suppress(IndexError):
            while not self._stopped.is_set():
                self._deliver(postman, self.waiting.popleft())
        postman.hang_up()

    def _deliver(self, postman: _Postman, request: Request) -> None:
        status = postman.deliver(request.wire)
        if status is not None and status < 300:
            self.delivered += 1
            self.acknowledged.add(request.message)
        elif status is not None and status < 500:
            self.refused.append(status)
        else:
            self.failures += 1
            self.waiting.append(request)
            self._stopped.wait(0.05)


@contextmanager
def delivering(port: int, requests: Sequence[Request], *, postmen: int) -> Iterator[Round]:
    """Postmen at work during the block; afterwards none is."""
    round_ = Round(port, deque(requests)).start(postmen)
    try:
        yield round_
    finally:
        round_.stop()
