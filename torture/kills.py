"""Services are killed and frozen at random moments while they send, under two senders on one database."""

from collections.abc import Callable
from dataclasses import dataclass, field
from signal import SIGCONT, SIGKILL, SIGSTOP
from time import monotonic, sleep

from harness.databases import Locked
from torture.arena import Arena
from torture.callers import await_all, calling
from torture.installation import Installation
from torture.oracle import judge
from torture.pretence import STORM
from torture.result import Result, Tally
from torture.services import PATIENCE, Impatience, Service, until

# How many attempts are begun between one blow and the next, at least and at most. After the shortest the
# service that was just killed is still starting.
_BETWEEN_BLOWS = (0, 80)
_TRIES_TO_STOP = 200
_SETTLED_WITHIN = 180.0
# A frozen service may hold the lock of SQLite's only writer, and then nobody can move its leases back.
_PATIENCE_WITH_A_LOCK = 0.5


def torture(arena: Arena) -> Result:
    """Rounds of texts, each under its share of the blows, each ended before the oracle."""
    started, tally = monotonic(), Tally()
    for number in range(arena.scale.rounds):
        with arena.installed(leads=arena.scale.texts) as here:
            _Round(arena, here, tally, number).run()
        arena.say(f"kills: round {number + 1} of {arena.scale.rounds}, {tally.faults}")
    return tally.result("kills", arena.kind, of="texts", seconds=monotonic() - started)


@dataclass(slots=True)
class _Round:
    """``service`` receives, answers and sends; ``worker`` sends too."""

    arena: Arena
    here: Installation
    tally: Tally
    number: int
    running: dict[str, Service] = field(default_factory=dict)
    dead: list[int] = field(default_factory=list)

    def run(self) -> None:
        """The round from the first text to the oracle's verdict."""
        self.here.pretence.follow({**STORM, "seed": self.arena.chance.getrandbits(32)})
        for name in ("serve", "worker"):
            self._start(name)
        with calling(self.here.api, self.here.lead_ids, story=f"round {self.number}") as callers:
            for blow in self._blows():
                self._await_attempts(self.arena.chance.randint(*_BETWEEN_BLOWS))
                blow()
            await_all(callers)
        self._settle()
        self.tally.trials += len(self.here.lead_ids)
        self.tally.fault("answers lost or refused", self._lost_answers())
        self.tally.violations += judge(self.here, callers.acknowledged)
        for service in self.running.values():
            service.end()

    def _blows(self) -> list[Callable[[], None]]:
        scale, last = self.arena.scale, self.number + 1
        kills = scale.kills * last // scale.rounds - scale.kills * self.number // scale.rounds
        freezes = scale.freezes * last // scale.rounds - scale.freezes * self.number // scale.rounds
        blows: list[Callable[[], None]] = [self._kill] * kills + [self._freeze] * freezes
        self.arena.chance.shuffle(blows)
        return blows

    def _start(self, name: str) -> None:
        self.running[name] = self.here.serve() if name == "serve" else self.here.start("worker")

    def _kill(self, name: str | None = None) -> None:
        """Kill one of the two; what it was sending is looked after by whoever starts next.

        Raises Locked when one that is frozen holds what the dead one was sending.
        """
        name = name or self.arena.chance.choice(list(self.running))
        self.running[name].must_live()
        self.running[name].end(SIGKILL)
        self.tally.fault("SIGKILL")
        self.dead.append(self.running[name].pid)
        try:
            self._end_leases_of_the_dead()
        finally:
            self._start(name)

    def _end_leases_of_the_dead(self) -> None:
        """Also of those who died while another held what they had claimed."""
        while self.dead:
            self.here.end_leases(self.dead[-1])
            self.dead.pop()

    def _freeze(self) -> None:
        """Freeze one in the middle of sending until the other has written it off, then let it go on."""
        frozen, other = self.arena.chance.sample(list(self.running), 2)
        victim = self.running[frozen]
        if not self._stop_in_the_middle(victim):
            self.tally.fault("frozen when idle")
            return
        try:
            self.here.end_leases(victim.pid, within=_PATIENCE_WITH_A_LOCK)
            self._kill(other)
            until(lambda: not self._unanswered(victim.pid), "a frozen service written off", within=10.0)
            self.tally.fault("frozen beyond its lease")
        except (Locked, Impatience):
            # It holds the database, or rows of it; the others have to wait for it, as they would.
            self.tally.fault("frozen holding a lock")
        finally:
            victim.send(SIGCONT)

    def _stop_in_the_middle(self, victim: Service) -> bool:
        """Stop it when it has calls under way, if that can be had."""
        for _ in range(_TRIES_TO_STOP):
            victim.send(SIGSTOP)
            if self._unanswered(victim.pid):
                return True
            victim.send(SIGCONT)
            sleep(self.arena.chance.uniform(0.0, 0.02))
        return False

    def _unanswered(self, pid: int) -> int:
        """How many calls of that process nobody knows the end of, and nobody has written off."""
        return self.here.database.count(
            "SELECT count(*) FROM attempts"  # noqa: S608
            f" WHERE closed_at IS NULL AND outcome IS NULL AND worker LIKE '%:{pid}'"
        )

    def _await_attempts(self, more: int) -> None:
        """Let the product work for a while, but not until there is nothing left to do."""
        goal = min(self._attempts() + more, int(0.9 * len(self.here.lead_ids)))
        self._await(lambda: self._attempts() >= goal, f"attempt {goal}")

    def _await(self, is_so: Callable[[], bool], what: str, *, within: float = PATIENCE) -> None:
        """As ``until``. Nobody else ends the services, so one that is over has failed."""
        until(lambda: self._all_live() and is_so(), what, within=within)

    def _all_live(self) -> bool:
        for service in self.running.values():
            service.must_live()
        return True

    def _attempts(self) -> int:
        return self.here.database.count("SELECT count(*) FROM attempts")

    def _settle(self) -> None:
        """A last kill spares waiting for answers that never come. A day later nothing is in doubt."""
        self._await(lambda: "queued" not in self.here.states(), "an empty queue", within=_SETTLED_WITHIN)
        for name in self.running:
            self._kill(name)
        self._await(
            lambda: "posting" not in self.here.states(), "the end of all calls", within=_SETTLED_WITHIN
        )
        # Who was frozen may have sent a text after it was looked for.
        self.here.forget_looks()
        self.here.come_to_rest(within=_SETTLED_WITHIN)

    def _lost_answers(self) -> int:
        return self.here.database.count(
            "SELECT count(*) FROM attempts"
            " WHERE resolved_by IS NULL OR resolved_by <> 'answer' OR outcome <> 'accepted'"
        )
