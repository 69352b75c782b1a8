"""Starting: the help, the server until its first answer, and the import that a host application pays."""

import sys
from collections.abc import Iterator, Sequence
from statistics import median
from time import perf_counter

from benchmarks import goals, ours
from benchmarks.contenders import OURS, filled
from benchmarks.goals import Goal, Verdict
from benchmarks.plan import Plan
from benchmarks.report import Section, spread
from harness.databases import Database, database
from harness.processes import finished, free_port, running, wait_until_answering

_TIMES = 5
_PYTHON = (sys.executable, "-c", "pass")
_IMPORT = (sys.executable, "-c", "import leadline")
_HELP = tuple(word.format(python=sys.executable) for word in (*ours.LEADLINE, "--help"))


def measure(plan: Plan) -> Iterator[Section]:
    """One section; each figure is of five starts after one that warms the file cache and the bytecode."""
    times = {"python alone": _times(plan, _PYTHON), "import leadline": _times(plan, _IMPORT)}
    if ours.is_there("serve"):
        times["leadline --help"] = _times(plan, _HELP)
        times["leadline serve, first answer"] = _ready_times(plan)
    yield Section(
        title="Start",
        header=("what", "seconds"),
        rows=[(name, spread(seconds, "{:.3f}")) for name, seconds in times.items()],
        verdicts=[
            _verdict(goals.HELP_SECONDS, times.get("leadline --help", [])),
            _verdict(goals.READY_SECONDS, times.get("leadline serve, first answer", [])),
        ],
        figures=times,
    )


def _times(plan: Plan, command: Sequence[str]) -> list[float]:
    return [_time(plan, command) for _ in range(_TIMES + 1)][1:]


def _time(plan: Plan, command: Sequence[str]) -> float:
    began = perf_counter()
    finished(command, folder=plan.folder)
    return perf_counter() - began


def _ready_times(plan: Plan) -> list[float]:
    """With its tables made already, as after the very first start."""
    with database("sqlite", plan.folder, None) as fresh:
        return [_ready_time(plan, fresh) for _ in range(_TIMES + 1)][1:]


def _ready_time(plan: Plan, fresh: Database) -> float:
    port = free_port()
    fill, variables = filled(OURS, fresh, port=port)
    began = perf_counter()
    with running(fill(OURS.command), folder=plan.folder, variables=variables) as process:
        wait_until_answering(process, port, folder=plan.folder)
        return perf_counter() - began


def _verdict(goal: Goal, seconds: list[float]) -> Verdict:
    return Verdict(goal, median(seconds) if seconds else None, "not there yet")
