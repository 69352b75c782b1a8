"""How much to measure, and in which order."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Plan:
    """One run of the suite. ``folder`` is scratch space on a disk and is emptied afterwards."""

    folder: Path
    rounds: int = 3
    seconds: float = 5.0
    quick: bool = False

    @property
    def warm_up(self) -> float:
        """Seconds of load before counting begins."""
        return 0.5 if self.quick else 1.5

    def scaled(self, count: int) -> int:
        """``count`` for a full run, a tenth of it for a quick one."""
        return count // 10 if self.quick else count


def interleaved(contenders: tuple[T, ...], rounds: int) -> Iterator[T]:
    """Every contender once a round, the order turned round each time.

    What else the machine does then falls on all of them alike.
    """
    for number in range(rounds):
        yield from contenders if number % 2 == 0 else reversed(contenders)
