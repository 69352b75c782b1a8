"""Memory: what our process holds while a hundred thousand messages are queued and sent."""

from collections.abc import Iterator
from pathlib import Path
from subprocess import Popen
from time import monotonic, sleep

from benchmarks import goals, ours
from benchmarks.fake import Fake, fake
from benchmarks.goals import Verdict
from benchmarks.plan import Plan
from benchmarks.report import Section
from benchmarks.sending import sending_command
from harness.databases import database
from harness.processes import running

_MESSAGES = 100_000
_MARKS = 5
_LOOK_SECONDS = 0.1
_MOST_SECONDS = 180.0


def measure(plan: Plan) -> Iterator[Section]:
    """Resident memory when each further fifth of the messages has left; the first fifth is the warm-up."""
    if not ours.is_there("send"):
        print("\nMemory: the worker is not there yet")
        return
    messages = plan.scaled(_MESSAGES)
    marks = [messages * fifth // _MARKS for fifth in range(1, _MARKS + 1)]
    with fake(plan.folder, 0) as answering, database("sqlite", plan.folder, None) as fresh:
        command, variables = sending_command(fresh, answering.api, messages)
        with running(command, folder=plan.folder, variables=variables) as process:
            held = _held_at(marks, process, answering)
    complete = len(held) == len(marks)
    yield Section(
        title=f"Memory while {messages:,} messages are queued and sent, SQLite",
        header=("sent", "RSS MB"),
        rows=[(f"{mark:,}", f"{megabytes:.1f}") for mark, megabytes in zip(marks, held, strict=False)],
        verdicts=[
            Verdict(
                goals.FLAT_MEMORY, max(held) / min(held) if complete else None, "the worker did not finish"
            )
        ],
        figures=dict(zip(map(str, marks), held, strict=False)),
    )


def _held_at(marks: list[int], process: "Popen[str]", answering: Fake) -> list[float]:
    """Megabytes at each mark; fewer than there are marks when the process ends or stalls."""
    held: list[float] = []
    until = monotonic() + _MOST_SECONDS
    while len(held) < len(marks) and monotonic() < until:
        # Asked first: after the last message the process ends, and its memory is gone.
        megabytes = _resident_mb(process.pid)
        if answering.creates() >= marks[len(held)]:
            held.append(megabytes)
        elif process.poll() is not None:
            break
        sleep(_LOOK_SECONDS)
    return held


def _resident_mb(process: int) -> float:
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS:")), 0.0)
