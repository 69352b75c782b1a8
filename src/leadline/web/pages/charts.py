"""Charts as SVG: sizes are attributes in percent, so that words keep their size and no style is needed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

# The plot, in percent of the picture: the line that bars stand on, the highest tick, and where days begin.
BASE, TOP, LEFT = 84.0, 8.0, 7.0
_BAR = 0.62  # of a day's width
_LABELS_AT_MOST = 16
_POINTS_AT_MOST = 31
_TICKS_AT_MOST = 4


@dataclass(frozen=True, slots=True)
class Bar:
    """A part of a day's bar. ``look`` is the style's name for its colour."""

    look: str
    x: str
    y: str
    width: str
    height: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A line across the plot, with its figure."""

    y: str
    words: str


@dataclass(frozen=True, slots=True)
class Label:
    """A day below the plot. ``look`` alt is left out where there is little room."""

    x: str
    words: str
    look: str


@dataclass(frozen=True, slots=True)
class Chart:
    """What there is to draw. ``line`` is in units of a hundredth of the picture; ``goal`` a height."""

    name: str
    ticks: tuple[Tick, ...]
    labels: tuple[Label, ...]
    bars: tuple[Bar, ...] = ()
    line: str = ""
    points: tuple[tuple[str, str], ...] = ()
    goal: str | None = None


def bars(name: str, days: Sequence[date], parts: Sequence[tuple[str, Sequence[int]]]) -> Chart:
    """Bars by day, each of parts that stand on one another; a part is a look and a figure for each day."""
    highest = max((sum(values) for values in zip(*(values for _, values in parts), strict=True)), default=0)
    scale = _Scale(highest)
    found = []
    for place in range(len(days)):
        below = 0
        for look, values in parts:
            if values[place]:
                top = scale.y(below + values[place])
                height = scale.y(below) - top
                width = _step(days) * _BAR
                x = _x(days, place) - width / 2
                found.append(Bar(look, _percent(x), _percent(top), _percent(width), _percent(height)))
                below += values[place]
    return Chart(name, scale.ticks, _labels(days), tuple(found))


def line(name: str, days: Sequence[date], values: Sequence[int | None], *, goal: int) -> Chart:
    """A line through the days that have a value, with a goal to compare it with."""
    known = [(place, value) for place, value in enumerate(values) if value is not None]
    scale = _Scale(max([value for _, value in known] + [goal]))
    points = [(_x(days, place), scale.y(value)) for place, value in known]
    marked = points if len(points) <= _POINTS_AT_MOST else []
    return Chart(
        name,
        scale.ticks,
        _labels(days),
        line=" ".join(f"{x:.2f},{y:.2f}" for x, y in points),
        points=tuple((_percent(x), _percent(y)) for x, y in marked),
        goal=_percent(scale.y(goal)),
    )


class _Scale:
    """From figures to heights. Ticks are round figures, whole ones since texts and minutes are."""

    def __init__(self, highest: int) -> None:
        self._step = _round_step(highest)
        self._top = max(-(-highest // self._step), 1) * self._step

    def y(self, value: int) -> float:
        return BASE - (BASE - TOP) * value / self._top

    @property
    def ticks(self) -> tuple[Tick, ...]:
        steps = range(self._step, self._top + 1, self._step)
        return tuple(Tick(_percent(self.y(value)), f"{value:,}") for value in steps)


def _round_step(highest: int) -> int:
    step = 1
    while True:
        for times in (1, 2, 5):
            if highest <= times * step * _TICKS_AT_MOST:
                return times * step
        step *= 10


def _labels(days: Sequence[date]) -> tuple[Label, ...]:
    every = -(-len(days) // _LABELS_AT_MOST)
    shown = range(0, len(days), every)
    return tuple(
        Label(_percent(_x(days, place)), _short(days, place, every), "alt" if index % 2 else "")
        for index, place in enumerate(shown)
    )


def _short(days: Sequence[date], place: int, every: int) -> str:
    """The day, with its month where that is another than before."""
    day = days[place]
    is_said = place >= every and days[place - every].month == day.month
    return str(day.day) if is_said else f"{day.day} {day:%b}"


def _step(days: Sequence[date]) -> float:
    return (100 - LEFT) / max(len(days), 1)


def _x(days: Sequence[date], place: int) -> float:
    """The middle of a day."""
    return LEFT + _step(days) * (place + 0.5)


def _percent(value: float) -> str:
    return f"{value:.2f}%"
