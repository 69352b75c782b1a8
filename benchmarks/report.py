"""Figures for people, as aligned text, and for programs, as JSON."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from benchmarks.goals import Verdict


@dataclass(frozen=True, slots=True)
class Section:
    """One table with its verdicts. ``figures`` is the same for JSON: every round's numbers, unrounded."""

    title: str
    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    verdicts: Sequence[Verdict] = ()
    notes: Sequence[str] = ()
    figures: Any = field(default_factory=dict)

    def text(self) -> str:
        """The whole section, ready to print."""
        parts = [f"\n## {self.title}\n", table(self.header, self.rows)]
        if self.verdicts:
            parts += ["", table(("ratio", "measured", "goal", ""), [_judged(one) for one in self.verdicts])]
        return "\n".join([*parts, *(f"note: {note}" for note in self.notes)])

    def data(self) -> dict[str, Any]:
        """The section for JSON."""
        goals = [
            {"goal": one.goal.words, "limit": one.goal.limit, "value": one.value, "verdict": one.word()}
            for one in self.verdicts
        ]
        return {"title": self.title, "figures": self.figures, "goals": goals, "notes": list(self.notes)}


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Columns as wide as their widest cell; the first is aligned left and figures are aligned right."""
    lines = [header, *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(header))]
    shown = [_line(line, widths) for line in lines]
    return "\n".join([shown[0], "  ".join("-" * width for width in widths), *shown[1:]])


def spread(values: Sequence[float], form: str = "{:,.0f}") -> str:
    """The median, and the least and most when there was more than one round: "940 (927–1,006)"."""
    if not values:
        return "–"
    middle = form.format(median(values))
    if len(values) == 1:
        return middle
    return f"{middle} ({form.format(min(values))}–{form.format(max(values))})"


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> float | None:
    """The ratio of the medians, None when either side has no figure."""
    return median(ours) / median(theirs) if ours and theirs and median(theirs) else None


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    first = cells[0].ljust(widths[0])
    rest = [cell.rjust(width) for cell, width in zip(cells[1:], widths[1:], strict=True)]
    return "  ".join([first, *rest]).rstrip()


def _judged(verdict: Verdict) -> tuple[str, str, str, str]:
    value = "–" if verdict.value is None else verdict.goal.form.format(verdict.value)
    return verdict.goal.words, value, verdict.goal.shown(), verdict.word()
