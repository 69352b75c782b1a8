"""What Leadline sets itself, as ratios; a run says of each whether it was met."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Goal:
    """``limit`` must be reached, or not be passed when ``at_most``; ``form`` shows a value of its kind."""

    words: str
    limit: float
    form: str = "{:.1f} ×"
    at_most: bool = False

    def shown(self) -> str:
        """The limit for people: "≥ 10.0 ×"."""
        return f"{'≤' if self.at_most else '≥'} {self.form.format(self.limit)}"

    def met(self, value: float) -> bool:
        return value <= self.limit if self.at_most else value >= self.limit


@dataclass(frozen=True, slots=True)
class Verdict:
    """A goal and what was measured; None when there was nothing to judge, for which ``reason`` is given."""

    goal: Goal
    value: float | None
    reason: str

    def word(self) -> str:
        if self.value is None:
            return f"not measured: {self.reason}"
        return "met" if self.goal.met(self.value) else "NOT MET"


_SHARE = "{:.0%}"
_MS = "{:.1f} ms"
_SECONDS = "{:.2f} s"
_FACTOR = "{:.2f} ×"

# Receiving: the kind of webhook and of database; over the better peer, of storing nothing, and the tail.
OVER_PEERS = {
    ("status", "sqlite"): Goal("over the better peer", 10),
    ("status", "postgresql"): Goal("over the better peer", 5),
    ("inbound", "sqlite"): Goal("over the better peer", 6),
}
OF_NOTHING = {
    ("status", "sqlite"): Goal("of the same server storing nothing", 0.40, _SHARE),
}
TAIL = Goal("p99 at 32 connections", 15, _MS, at_most=True)

OVER_SYNC_SDK = Goal("over the official SDK in a loop", 5)
OF_BARE_CLIENT = Goal("of bare aiohttp without a store", 0.50, _SHARE)
OF_POSSIBLE = Goal("of concurrency / latency, answers after 50 ms", 0.80, _SHARE)
FAKE_RATE = Goal("the fake alone", 35_000, "{:,.0f}/s")

FLAT_MEMORY = Goal("most over least memory from 20,000 to 100,000 sent", 1.15, _FACTOR, at_most=True)
FLAT_CLAIM = Goal("cost of a claimed row at 1,000,000 queued over 10,000", 1.3, _FACTOR, at_most=True)

ON_THE_PAGE = Goal("a text on the open page of its conversation, the slowest", 1.0, _SECONDS, at_most=True)
IDLE_PAGES = Goal("of a core for 50 open pages while nothing happens", 0.02, "{:.1%}", at_most=True)
PAGE_TAIL = Goal("p95 of the slowest page", 100, _MS, at_most=True)
FLAT_PAGES = Goal("page 500 of a list over its first", 1.5, _FACTOR, at_most=True)

HELP_SECONDS = Goal("leadline --help", 0.4, _SECONDS, at_most=True)
READY_SECONDS = Goal("leadline serve ready", 2.0, _SECONDS, at_most=True)

SIGNATURE = Goal("signature check over the official validator", 8)
