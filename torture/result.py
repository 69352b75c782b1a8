"""What a scenario found, and how large a run is."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class Result:
    """One scenario on one database. ``trials`` are what each could have gone wrong with, named by ``of``.

    ``is_whole`` is that nothing was drawn: every case there is was tried.
    """

    scenario: str
    database: str
    trials: int
    of: str
    faults: Mapping[str, int]
    violations: tuple[str, ...]
    seconds: float
    is_whole: bool = False

    def bound(self) -> str:
        """How often it goes wrong at most, at 95 %: no failure in n trials bounds the rate at 3/n."""
        if self.violations:
            return "–"
        if self.is_whole:
            return "all tried"
        return f"{300 / self.trials:.3g} %" if self.trials else "–"


@dataclass(frozen=True, slots=True)
class Scale:
    """How much of everything, for each database. ``steps`` None is every step there is."""

    rounds: int = 1
    texts: int = 60
    kills: int = 4
    freezes: int = 1
    steps: int | None = 6
    stops: int = 3
    inbound: int = 200
    locks: int = 1
    restarts: int = 1
    backups: int = 2
    drills: int = 1
    seeds: int = 20


SMALL = Scale()
FULL = Scale(
    rounds=8,
    texts=1_000,
    kills=150,
    freezes=40,
    steps=None,
    stops=100,
    inbound=10_000,
    locks=4,
    restarts=15,
    backups=50,
    drills=10,
    seeds=5_000,
)


def scale(size: str) -> Scale:
    """``small``, ``full``, or that many percent of the full size; never less than one of anything."""
    if size in ("small", "full"):
        return SMALL if size == "small" else FULL
    share = float(size) / 100
    # The texts of a round stay as many: fewer would be over before the blows.
    counts = set(Scale.__dataclass_fields__) - {"texts", "steps"}
    return replace(FULL, **{name: max(1, round(getattr(FULL, name) * share)) for name in counts})


@dataclass(slots=True)
class Tally:
    """What a scenario counts as it goes."""

    faults: dict[str, int] = field(default_factory=dict)
    violations: list[str] = field(default_factory=list)
    trials: int = 0

    def fault(self, name: str, times: int = 1) -> None:
        """Something was done to the product."""
        self.faults[name] = self.faults.get(name, 0) + times

    def result(self, scenario: str, database: str, **more: Any) -> Result:
        """The figures so far, as a result."""
        return Result(
            scenario=scenario,
            database=database,
            trials=self.trials,
            faults=dict(self.faults),
            violations=tuple(self.violations),
            **more,
        )
