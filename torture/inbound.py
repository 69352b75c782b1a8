"""Texts from leads, each delivered up to twenty times, while the database is locked and the service dies."""

from collections.abc import Callable
from dataclasses import dataclass, field
from signal import SIGKILL
from time import monotonic

from harness import traffic
from harness.traffic import PUBLIC_URL, Request
from torture import story
from torture.arena import Arena
from torture.installation import Installation
from torture.oracle import integrity
from torture.postmen import Round, delivering
from torture.result import Result, Tally
from torture.services import Service, until

_POSTMEN = 10
_COPIES_AT_MOST = 20
# How far apart, in texts, the copies of one come; one in ten comes at any time.
_APART = 40
# The service waits five seconds for a lock, and then answers 503.
_LOCKED_SECONDS = (0.5, 7.0)
_DELIVERED_WITHIN = 900.0


def torture(arena: Arena) -> Result:
    """All deliveries, with the blows spread evenly among them; then rows are compared with SIDs."""
    started = monotonic()
    with arena.installed({**story.SETTINGS, "LEADLINE_PUBLIC_URL": PUBLIC_URL}) as here:
        story.add_template(here)
        storm = _Storm(arena, here, here.serve("--no-worker"))
        here.await_answers()
        with delivering(here.api.port, _deliveries(arena), postmen=_POSTMEN) as round_:
            storm.strike_during(round_)
            until(lambda: round_.is_over, "the last delivery", within=_DELIVERED_WITHIN)
        storm.service.end(SIGKILL)
        storm.judge(round_)
    return storm.tally.result("inbound", arena.kind, of="texts", seconds=monotonic() - started)


def _deliveries(arena: Arena) -> list[Request]:
    """Every text one to twenty times, few times more often than many, near each other and yet apart."""
    chance, texts = arena.chance, arena.scale.inbound
    copies = range(1, _COPIES_AT_MOST + 1)
    times = chance.choices(copies, [1 / count for count in copies], k=texts)
    drawn = [
        (number + chance.uniform(0, _APART if chance.random() < 0.9 else texts), number)
        for number in range(texts)
        for _ in range(times[number])
    ]
    requests = [traffic.inbound(number) for number in range(texts)]
    return [requests[number] for _, number in sorted(drawn)]


@dataclass(slots=True)
class _Storm:
    arena: Arena
    here: Installation
    service: Service
    tally: Tally = field(default_factory=Tally)

    def strike_during(self, round_: Round) -> None:
        """Each blow after its share of the deliveries."""
        blows: list[Callable[[], None]] = [
            *[self._lock] * self.arena.scale.locks,
            *[self._kill] * self.arena.scale.restarts,
        ]
        self.arena.chance.shuffle(blows)
        everything = len(round_.waiting)
        for number, blow in enumerate(blows, 1):
            goal = everything * number / (len(blows) + 1)
            until(lambda: round_.delivered >= goal, f"delivery {goal:.0f}", within=_DELIVERED_WITHIN)  # noqa: B023
            blow()
            self.arena.say(f"inbound: {round_.delivered} of {everything} delivered, {self.tally.faults}")
        self.tally.fault("copies", everything - self.arena.scale.inbound)

    def _lock(self) -> None:
        seconds = f"{self.arena.chance.uniform(*_LOCKED_SECONDS):.1f}"
        database = self.here.database
        holder = self.here.start(database.kind, database.place, seconds, module="torture.holding")
        until(lambda: not holder.is_alive, "the end of the lock")
        self.tally.fault("database locked")

    def _kill(self) -> None:
        self.service.end(SIGKILL)
        self.service = self.here.serve("--no-worker")
        self.tally.fault("SIGKILL")

    def judge(self, round_: Round) -> None:
        """Rows are distinct SIDs; every 2xx has its row; nobody was answered twice."""
        texts, rows = self.arena.scale.inbound, self.here.database.rows
        stored = [sid for (sid,) in rows("SELECT twilio_sid FROM messages WHERE direction = 'inbound'")]
        replies = rows(
            "SELECT number, count(*) FROM messages WHERE created_by = 'auto_reply' GROUP BY number"
        )
        told = {traffic.inbound_sid(number) for number in round_.acknowledged}
        expected = {traffic.inbound_sid(number) for number in range(texts)}
        numbers = {traffic.lead_of_inbound(number) for number in range(texts)}
        found = {
            "2xx without a row": told - set(stored),
            "stored twice": {sid for sid in set(stored) if stored.count(sid) > 1}
            if len(stored) > texts
            else set(),
            "missing or unknown": set(stored) ^ expected,
            "answered more than once": {number for number, count in replies if count > 1},
            "never answered": numbers - {number for number, _ in replies},
            "refused for good": set(round_.refused),
        }
        self.tally.trials = texts
        self.tally.fault("deliveries without a 2xx", round_.failures)
        self.tally.violations += [f"{what}: {guilty}" for what, guilty in found.items() if guilty]
        self.tally.violations += integrity(self.here)
