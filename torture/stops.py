"""Services are told to stop while they send: they end in time, and leave nothing in doubt."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from signal import SIGTERM
from time import monotonic

from harness.traffic import lead
from leadline.app import Leadline
from leadline.queueing import SendRequest
from torture.arena import Arena
from torture.callers import await_all, calling
from torture.installation import Installation
from torture.oracle import judge
from torture.result import Result, Tally
from torture.services import Impatience, Service, until

_SECONDS_TO_END = {"serve": 30.0, "worker": 25.0}
_TEXTS_A_STOP = 20
# Answers are slow, so that many are under way when the signal comes; but none is lost.
_PLAN = {"delay": 0.1, "late": 0.5, "chance": {"accept_late": 0.1, "callback_doubled": 0.1}}


def torture(arena: Arena) -> Result:
    """Stops of ``leadline serve`` and ``leadline worker`` in turn; then the rest is sent."""
    started = monotonic()
    with arena.installed(leads=2 * arena.scale.stops) as here, here.opened() as line:
        here.pretence.follow(_PLAN)
        stops = _Stops(arena, here, line)
        # They call all the time, also while nobody is there to answer.
        with calling(here.api, here.lead_ids, story="a stop") as callers:
            stops.make_all()
            service = here.serve()
            await_all(callers)
        here.come_to_rest()
        service.end()
        stops.tally.violations += judge(here, callers.acknowledged | stops.queued)
    return stops.tally.result("stops", arena.kind, of="stops", seconds=monotonic() - started)


@dataclass(slots=True)
class _Stops:
    arena: Arena
    here: Installation
    line: Leadline
    tally: Tally = field(default_factory=Tally)
    queued: set[int] = field(default_factory=set)

    def make_all(self) -> None:
        """Stop a service and a worker in turn, as often as the scale says."""
        stops = self.arena.scale.stops
        for number in range(stops):
            self._stop(number, "worker" if number % 2 else "serve")
            if (number + 1) % 25 == 0 or number + 1 == stops:
                self.arena.say(f"stops: {number + 1} of {stops}")

    def _stop(self, number: int, name: str) -> None:
        """Give it work, let it begin, and tell it to stop."""
        self._queue(number)
        goal = self.arena.chance.randint(1, _TEXTS_A_STOP // 2)
        with self._running(name) as service:
            until(lambda: self._begun(service) >= goal, f"{goal} calls by {name}")
            self._check(service, name)
        self.tally.fault("SIGTERM")
        self.tally.trials += 1

    @contextmanager
    def _running(self, name: str) -> Iterator[Service]:
        service = self.here.serve() if name == "serve" else self.here.start("worker")
        try:
            yield service
        finally:
            service.end()

    def _queue(self, number: int) -> None:
        texts = [
            SendRequest(number=lead(1_000 * (number + 1) + n), body=f"Stop {number}, text {n}")
            for n in range(_TEXTS_A_STOP)
        ]
        with self.line.database.write() as tx:
            accepted = self.line.queue(tx, texts, now=self.line.clock.now())
        self.queued |= {text.id for text in accepted}

    def _begun(self, service: Service) -> int:
        return self.here.database.count(f"SELECT count(*) FROM attempts WHERE {_of(service)}")  # noqa: S608

    def _check(self, service: Service, name: str) -> None:
        """It ends by itself, in time, and all that it claimed was settled or given back."""
        try:
            code = service.end(SIGTERM, within=_SECONDS_TO_END[name])
        except Impatience:
            self.tally.violations.append(f"{name} had not ended after {_SECONDS_TO_END[name]:.0f} s")
            return
        if code != 0:
            self.tally.violations.append(f"{name} ended with {code}")
        left = self.here.database.count(
            f"SELECT count(*) FROM attempts WHERE {_of(service)} AND closed_at IS NULL"  # noqa: S608
        )
        if left:
            self.tally.violations.append(f"{name} left {left} texts in doubt")


def _of(service: Service) -> str:
    return f"worker LIKE '%:{service.pid}'"
