"""When things go wrong. A plan is data, put in force as a whole; every draw from it can be repeated.

``next`` names the faults of the next creates, in order: one name, several names together, or null
for a create that goes well. ``chance`` gives a probability to each fault for the creates after
those; the draws come from ``seed`` in the order of the creates, so the same creates meet the same
faults again.
"""

import random
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from types import MappingProxyType
from typing import Any

from leadline.errors import InvalidInput
from leadline.simulator.faults import (
    ABOUT,
    CALLBACK_FAULTS,
    CREATE_FAULTS,
    MOST_CALLBACKS,
    TEXT_FAULTS,
    CreateFault,
)

_NOTHING: frozenset[str] = frozenset()
_MAY_BE_UNSET = frozenset({"seed", "rate", "limit", "concurrency"})


@dataclass(frozen=True, slots=True)
class Plan:
    """What goes wrong from now on; the default is that nothing does. Times are in seconds.

    ``delay`` comes before every answer to a create. ``rate`` is what each sender passes on, in
    segments a second, and ``limit`` how many segments may wait for it (Twilio: ten hours' worth).
    ``concurrency`` is how many creates may be under way before 429. ``list_lag`` is how long a new
    message is missing from the list.
    """

    next: tuple[tuple[str, ...], ...] = ()
    chance: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    seed: int | None = None
    delay: float = 0.0
    rate: float | None = None
    limit: int | None = None
    concurrency: int | None = None
    list_lag: float = 0.0
    late: float = 20.0
    retry_after: int = 1
    copies: int = 2
    callback_delay: float = 5.0

    @classmethod
    def read(cls, document: Mapping[str, Any]) -> "Plan":
        """The plan of a JSON object. Raises InvalidInput, which names what is at fault."""
        known = {each.name for each in fields(cls)}
        for name in document.keys() - known:
            raise InvalidInput(f"A plan has no {name!r}; it has {', '.join(sorted(known))}.", field=name)
        figures = {
            name: _figure(name, value) for name, value in document.items() if name not in ("next", "chance")
        }
        chance = _chance(document.get("chance", {}))
        return cls(next=_next(document.get("next", [])), chance=chance, **figures)

    def document(self) -> dict[str, Any]:
        """The plan as ``read`` takes it."""
        figures = {each.name: getattr(self, each.name) for each in fields(self)}
        return figures | {"next": [list(names) for names in self.next], "chance": dict(self.chance)}


@dataclass(frozen=True, slots=True)
class Draw:
    """What goes wrong with one create: with its answer, with the text, with each of its callbacks."""

    create: CreateFault | None = None
    text: frozenset[str] = _NOTHING
    callbacks: tuple[frozenset[str], ...] = (_NOTHING,) * MOST_CALLBACKS

    def callback(self, place: int) -> frozenset[str]:
        return self.callbacks[place] if place < len(self.callbacks) else _NOTHING


WELL = Draw()


class Faults:
    """The plan in force, and the draws from it."""

    plan: Plan

    def __init__(self, *, seed: int) -> None:
        self._seed = seed
        self.follow(Plan())

    def follow(self, plan: Plan) -> None:
        """Put a plan in force, from its first fault on."""
        self.plan = plan
        self._next = deque(plan.next)
        self._random = random.Random(self._seed if plan.seed is None else plan.seed)

    def add(self, names: tuple[str, ...]) -> None:
        """Let these faults together meet the create after those that ``next`` already names."""
        self._next.append(tuple(_known(name, "next") for name in names))

    def document(self) -> dict[str, Any]:
        """The plan in force; its ``next`` is what is left of it."""
        return self.plan.document() | {"next": [list(names) for names in self._next]}

    def draw(self) -> Draw:
        """What happens to the create that comes now; takes one entry of ``next``, if there is one."""
        if self._next:
            return _together(self._next.popleft())
        if self.plan.chance:
            return self._chance_draw()
        return WELL

    def _chance_draw(self) -> Draw:
        return Draw(
            create=self._one_create_fault(),
            text=self._rolled(TEXT_FAULTS),
            callbacks=tuple(self._rolled(CALLBACK_FAULTS) for _ in range(MOST_CALLBACKS)),
        )

    def _one_create_fault(self) -> CreateFault | None:
        point = self._random.random()
        for name, fault in CREATE_FAULTS.items():
            point -= self.plan.chance.get(name, 0.0)
            if point < 0:
                return fault
        return None

    def _rolled(self, table: Mapping[str, str]) -> frozenset[str]:
        # Every fault takes one number whatever its probability, so that adding one to a plan does
        # not shift the draws of the others.
        return frozenset(name for name in table if self._random.random() < self.plan.chance.get(name, 0.0))


def _together(names: tuple[str, ...]) -> Draw:
    create = next((CREATE_FAULTS[name] for name in names if name in CREATE_FAULTS), None)
    each = frozenset(names) & CALLBACK_FAULTS.keys()
    return Draw(create, frozenset(names) & TEXT_FAULTS.keys(), (each,) * MOST_CALLBACKS)


def _next(entries: object) -> tuple[tuple[str, ...], ...]:
    if not isinstance(entries, list):
        raise InvalidInput("next is a list of faults.", field="next")
    return tuple(_names(entry) for entry in entries)


def _names(entry: object) -> tuple[str, ...]:
    if entry is None:
        return ()
    names = [entry] if isinstance(entry, str) else entry
    if not isinstance(names, list):
        raise InvalidInput("An entry of next is a fault, a list of faults, or null.", field="next")
    return tuple(_known(name, "next") for name in names)


def _chance(table: object) -> Mapping[str, float]:
    if not isinstance(table, dict):
        raise InvalidInput("chance is an object of faults and probabilities.", field="chance")
    for probability in table.values():
        if not isinstance(probability, int | float) or not 0 <= probability <= 1:
            raise InvalidInput("A probability is a number from 0 to 1.", field="chance")
    return MappingProxyType({_known(name, "chance"): float(odds) for name, odds in table.items()})


def _known(name: object, where: str) -> str:
    if name not in ABOUT:
        raise InvalidInput(f"There is no fault {name!r}. There are: {', '.join(ABOUT)}.", field=where)
    return str(name)


def _figure(name: str, value: object) -> Any:
    if value is None and name in _MAY_BE_UNSET:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
        raise InvalidInput(f"{name} is a number that is not negative.", field=name)
    return value
