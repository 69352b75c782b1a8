"""Counters: what this process has done since it began, for whoever watches it.

To count is to add to a number, so the busiest paths can afford it; how the numbers are told is the
business of ``web.metrics``. Each is written by one thread: histograms by the writer's, the others by the
event loop's. Nothing here names a person: no number, no text, no SID.
"""

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field


class Histogram:
    """How many observations were at most each bound; the last place counts those beyond all of them."""

    __slots__ = ("bounds", "counts", "total")

    def __init__(self, *bounds: float) -> None:
        self.bounds = bounds
        self.counts = [0] * (len(bounds) + 1)
        self.total = 0.0

    def observe(self, value: float) -> None:
        """Count one."""
        self.counts[bisect_left(self.bounds, value)] += 1
        self.total += value

    def cumulative(self) -> list[tuple[float, int]]:
        """(bound, how many were at most that), infinity last."""
        so_far, found = 0, []
        for bound, count in zip((*self.bounds, float("inf")), self.counts, strict=True):
            so_far += count
            found.append((bound, so_far))
        return found


@dataclass(frozen=True, slots=True)
class Counters:
    """``sends`` by kind of outcome, ``webhooks`` by kind and HTTP status, ``rejects`` by reason."""

    sends: Counter[str] = field(default_factory=Counter)
    webhooks: Counter[tuple[str, int]] = field(default_factory=Counter)
    rejects: Counter[str] = field(default_factory=Counter)
