"""Signed webhooks, each durable before its answer: Leadline beside its peers and beside storing nothing."""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks import goals, postgres
from benchmarks.contenders import RECEIVING, Contender, filled
from benchmarks.databases import Database, fresh
from benchmarks.goals import Goal, Verdict
from benchmarks.load import Outcome
from benchmarks.plan import Plan, interleaved
from benchmarks.processes import (
    DidNotStart,
    cpu_seconds,
    finished,
    free_port,
    resident_mb,
    running,
    wait_until_answering,
)
from benchmarks.report import Section, ratio, spread

_CONNECTIONS = 32
_MOST_FAILED = 0.01
_KINDS = ("status", "inbound")
_HEADER = (
    "contender", "webhooks/s", "p50 ms", "p99 ms", "max ms", "CPU s/1000", "PSS MB", "refused", "check",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Run:
    """One contender for one round. ``broken`` says why its figures do not count; empty when they do."""

    contender: str
    broken: str
    outcome: Outcome | None = None
    cpu_per_1000: float = 0.0
    memory_mb: float = 0.0
    used_up: bool = False


Runs = dict[str, list[Run]]


def measure(plan: Plan) -> Iterator[Section]:
    """A section for each kind of webhook on each kind of database."""
    with postgres.server(plan.folder) as server:
        for database_kind in ("sqlite", "postgresql"):
            if database_kind == "postgresql" and server is None:
                print("PostgreSQL is not installed: receiving on it is skipped")
                return
            for kind in _KINDS:
                yield _section(plan, kind, database_kind, server)


def _section(plan: Plan, kind: str, database_kind: str, server: postgres.Server | None) -> Section:
    ready = tuple(contender for contender in RECEIVING if contender.command)
    runs: Runs = {contender.name: [] for contender in RECEIVING}
    for contender in interleaved(ready, plan.rounds):
        with fresh(database_kind, plan.folder, server) as database:
            runs[contender.name].append(_run(plan, contender, kind, database))
    version = f" {server.version}" if server and database_kind == "postgresql" else ""
    return Section(
        title=f"Receiving: {kind} webhooks, {database_kind}{version}, {_CONNECTIONS} connections",
        header=_HEADER,
        rows=[_row(name, of) for name, of in runs.items()],
        verdicts=_verdicts(runs, kind, database_kind),
        notes=_notes(runs),
        figures={name: [asdict(run) for run in of] for name, of in runs.items()},
    )


def _run(plan: Plan, contender: Contender, kind: str, database: Database) -> Run:
    """A server started, loaded and killed; then its rows counted. Killed, so that nothing can be late."""
    try:
        run = _load(plan, contender, kind, database)
    except (DidNotStart, subprocess.SubprocessError) as error:
        return Run(contender.name, broken=str(error))
    assert run.outcome is not None
    return Run(
        contender.name,
        broken=_fault(run.outcome, contender, kind, database),
        outcome=run.outcome,
        cpu_per_1000=run.cpu_per_1000,
        memory_mb=run.memory_mb,
    )


def _load(plan: Plan, contender: Contender, kind: str, database: Database) -> Run:
    port = free_port()

    def fill(text: str) -> str:
        return filled(contender, text, database=database, port=port)

    variables = {name: fill(value) for name, value in contender.variables.items()}
    if contender.prepare:
        finished([fill(word) for word in contender.prepare], folder=plan.folder, variables=variables)
    command = [fill(word) for word in contender.command]
    with running(command, folder=plan.folder, variables=variables) as process:
        wait_until_answering(process, port, folder=plan.folder)
        before = cpu_seconds(process.pid)
        outcome = _outcome(plan, port, kind, contender.most)
        spent = cpu_seconds(process.pid) - before
        return Run(
            contender.name,
            broken="",
            outcome=outcome,
            cpu_per_1000=spent / max(outcome.answered, 1) * 1000,
            memory_mb=resident_mb(process.pid),
        )


def _outcome(plan: Plan, port: int, kind: str, most: int) -> Outcome:
    options = {
        "--port": port,
        "--kind": kind,
        "--connections": _CONNECTIONS,
        "--seconds": plan.seconds,
        "--warm-up": plan.warm_up,
        "--requests": int(most * (plan.seconds + plan.warm_up)),
    }
    words = [str(word) for option in options.items() for word in option]
    return Outcome(**json.loads(finished([sys.executable, "-m", "benchmarks.load", *words], folder=plan.folder)))


def _fault(outcome: Outcome, contender: Contender, kind: str, database: Database) -> str:
    """What is wrong with a run, in words; empty when every acknowledged message is stored, and no other."""
    if outcome.answered == 0:
        return "nothing was acknowledged"
    if outcome.refused + outcome.unanswered > outcome.answered * _MOST_FAILED:
        return f"{outcome.refused} refused and {outcome.unanswered} unanswered"
    if not contender.rows:
        return ""
    stored = database.count(contender.rows[kind])
    # A request that got no 2xx may have been stored all the same; one that got it must have been.
    most = outcome.messages + outcome.refused + outcome.unanswered
    if not outcome.messages <= stored <= most:
        return f"{outcome.messages} acknowledged, {stored} stored"
    return ""


def _row(name: str, runs: list[Run]) -> tuple[str, ...]:
    if not runs:
        return (name, *["–"] * (len(_HEADER) - 2), "not there yet")
    faults = [run.broken for run in runs if run.broken]
    if faults:
        return (name, *["–"] * (len(_HEADER) - 2), f"BROKEN: {faults[0].splitlines()[-1]}")
    outcomes = [run.outcome for run in runs if run.outcome]
    return (
        name,
        spread([one.rate for one in outcomes]),
        spread([one.p50_ms for one in outcomes], "{:.1f}"),
        spread([one.p99_ms for one in outcomes], "{:.1f}"),
        f"{max(one.max_ms for one in outcomes):.0f}",
        spread([run.cpu_per_1000 for run in runs], "{:.3f}"),
        f"{max(run.memory_mb for run in runs):.0f}",
        str(sum(one.refused + one.unanswered for one in outcomes)),
        "rows agree" if any(one.name == name and one.rows for one in RECEIVING) else "keeps none",
    )


def _verdicts(runs: Runs, kind: str, database_kind: str) -> list[Verdict]:
    ours, nothing = (_rates(runs, role) for role in ("ours", "nothing"))
    peers = [_figures(runs[one.name], "rate") for one in RECEIVING if one.role == "peer"]
    better = max(peers, key=lambda rates: sorted(rates)[len(rates) // 2] if rates else 0)
    key = (kind, database_kind)
    judged: list[Verdict] = []
    if key in goals.OVER_PEERS:
        judged.append(_verdict(goals.OVER_PEERS[key], ratio(ours, better)))
    if key in goals.OF_NOTHING:
        judged.append(_verdict(goals.OF_NOTHING[key], ratio(ours, nothing)))
    tails = [figure for one in RECEIVING if one.role == "ours" for figure in _figures(runs[one.name], "p99_ms")]
    return [*judged, _verdict(goals.TAIL, sorted(tails)[len(tails) // 2] if tails else None)]


def _verdict(goal: Goal, value: float | None) -> Verdict:
    return Verdict(goal, value, "" if value is not None else "a contender has no sound figure")


def _rates(runs: Runs, role: str) -> list[float]:
    return [figure for one in RECEIVING if one.role == role for figure in _figures(runs[one.name], "rate")]


def _figures(runs: list[Run], name: str) -> list[float]:
    """One figure of each round; none at all when a round is broken."""
    if any(run.broken for run in runs):
        return []
    return [getattr(run.outcome, name) for run in runs]


def _notes(runs: Runs) -> list[str]:
    early = [name for name, of in runs.items() if any(run.outcome and run.outcome.used_up for run in of)]
    return [f"{name} used up its requests before the time was over" for name in early]


def scratch_of(plan: Plan) -> Path:
    return plan.folder
