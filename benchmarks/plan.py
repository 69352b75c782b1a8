"""How much to measure, and in which order."""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

ROOT = Path(__file__).resolve().parent.parent

# /tmp is often memory, where a sync costs nothing; /var/tmp outlives a restart and so is on a disk.
_DISK = Path("/var/tmp")  # noqa: S108  A folder of our own is made in it.


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


def scratch() -> tempfile.TemporaryDirectory[str]:
    """A folder of our own on a disk, removed when left."""
    return tempfile.TemporaryDirectory(prefix="leadline-bench-", dir=_DISK if _DISK.is_dir() else None)
