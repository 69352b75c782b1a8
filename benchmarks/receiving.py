"""Signed webhooks, each durable before its answer: Leadline beside its peers and beside storing nothing."""

import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import asdict, dataclass, replace
from statistics import median

from benchmarks import goals
from benchmarks.contenders import RECEIVING, Contender, filled, is_there
from benchmarks.goals import Verdict
from benchmarks.load import Outcome, load, write_requests
from benchmarks.plan import Plan, interleaved
from benchmarks.report import Section, ratio, spread
from harness import postgres
from harness.databases import Database, database
from harness.processes import (
    DidNotStart,
    cpu_seconds,
    finished,
    free_port,
    resident_mb,
    running,
    wait_until_answering,
)
from harness.traffic import messages_in

_CONNECTIONS = 32
_MOST_FAILED = 0.01
_MISSING = "a contender has no sound figure"
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


Runs = dict[str, list[Run]]
Ready = tuple[tuple[Contender, Database], ...]


def measure(plan: Plan) -> Iterator[Section]:
    """A section for each kind of webhook on each kind of database."""
    with postgres.server(plan.folder) as server:
        for database_kind in ("sqlite", "postgresql"):
            if database_kind == "postgresql" and server is None:
                print("\nPostgreSQL is not installed: receiving on it is skipped")
                return
            with ExitStack() as stack:
                ready = tuple(
                    (contender, _prepared(plan, contender, stack, database_kind, server))
                    for contender in RECEIVING
                    if is_there(contender)
                )
                for kind in _KINDS:
                    yield _section(plan, kind, ready, server)


def _prepared(
    plan: Plan, contender: Contender, stack: ExitStack, kind: str, server: postgres.Server | None
) -> Database:
    """The database that the contender's every run begins with a copy of."""
    made = stack.enter_context(database(kind, plan.folder, server))
    fill, variables = filled(contender, made, messages=messages_in(_requests(plan, contender)))
    if contender.prepare:
        finished(fill(contender.prepare), folder=plan.folder, variables=variables)
    return made


def _section(plan: Plan, kind: str, ready: Ready, server: postgres.Server | None) -> Section:
    runs: Runs = {contender.name: [] for contender in RECEIVING}
    for contender, prepared in interleaved(ready, plan.rounds):
        with database(prepared.kind, plan.folder, server, like=prepared) as fresh:
            runs[contender.name].append(_run(plan, contender, kind, fresh))
    database_kind = ready[0][1].kind
    version = f" {server.version}" if server and database_kind == "postgresql" else ""
    return Section(
        title=f"Receiving: {kind} webhooks, {database_kind}{version}, {_CONNECTIONS} connections",
        header=_HEADER,
        rows=[_row(contender, runs[contender.name]) for contender in RECEIVING],
        verdicts=_verdicts(runs, kind, database_kind),
        notes=_notes(runs),
        figures={name: [asdict(run) for run in of] for name, of in runs.items()},
    )


def _run(plan: Plan, contender: Contender, kind: str, fresh: Database) -> Run:
    """A server started, loaded and killed; then its rows counted. Killed, so that nothing can be late."""
    try:
        run = _load(plan, contender, kind, fresh)
        fault = _fault(run.outcome, contender, kind, fresh) if run.outcome else "no outcome"
    except (DidNotStart, subprocess.SubprocessError) as error:
        return Run(contender.name, broken=str(error))
    return replace(run, broken=fault)


def _load(plan: Plan, contender: Contender, kind: str, fresh: Database) -> Run:
    port = free_port()
    fill, variables = filled(contender, fresh, port=port)
    with running(fill(contender.command), folder=plan.folder, variables=variables) as process:
        wait_until_answering(process, port, folder=plan.folder)
        before = cpu_seconds(process.pid)
        outcome = _outcome(plan, port, kind, _requests(plan, contender))
        spent = cpu_seconds(process.pid) - before
        return Run(
            contender.name,
            broken="",
            outcome=outcome,
            cpu_per_1000=spent / max(outcome.answered, 1) * 1000,
            memory_mb=resident_mb(process.pid),
        )


def _requests(plan: Plan, contender: Contender) -> int:
    return int(contender.most * (plan.seconds + plan.warm_up))


def _outcome(plan: Plan, port: int, kind: str, requests: int) -> Outcome:
    return load(
        port,
        write_requests(plan.folder, kind, requests),
        kind=kind,
        count=requests,
        connections=_CONNECTIONS,
        seconds=plan.seconds,
        warm_up=plan.warm_up,
    )


def _fault(outcome: Outcome, contender: Contender, kind: str, fresh: Database) -> str:
    """What is wrong with a run, in words; empty when every acknowledged message is stored, and no other."""
    if outcome.answered == 0:
        return "nothing was acknowledged"
    if outcome.refused + outcome.unanswered > outcome.answered * _MOST_FAILED:
        return f"{outcome.refused} refused and {outcome.unanswered} unanswered"
    if not contender.rows:
        return ""
    stored = fresh.count(contender.rows[kind])
    # A request that got no 2xx may have been stored all the same; one that got it must have been.
    most = outcome.messages + outcome.refused + outcome.unanswered + outcome.in_flight
    if not outcome.messages <= stored <= most:
        return f"{outcome.messages} acknowledged, {stored} stored"
    return ""


def _row(contender: Contender, runs: list[Run]) -> tuple[str, ...]:
    faults = [run.broken for run in runs if run.broken]
    if faults or not runs:
        why = f"BROKEN: {faults[0].splitlines()[-1]}" if faults else "not there yet"
        return (contender.name, *["–"] * (len(_HEADER) - 2), why)
    outcomes = [run.outcome for run in runs if run.outcome]
    return (
        contender.name,
        spread([one.rate for one in outcomes]),
        spread([one.p50_ms for one in outcomes], "{:.1f}"),
        spread([one.p99_ms for one in outcomes], "{:.1f}"),
        f"{max(one.max_ms for one in outcomes):.0f}",
        spread([run.cpu_per_1000 for run in runs], "{:.3f}"),
        f"{max(run.memory_mb for run in runs):.0f}",
        str(sum(one.refused + one.unanswered for one in outcomes)),
        "rows agree" if contender.rows else "keeps none",
    )


def _verdicts(runs: Runs, kind: str, database_kind: str) -> list[Verdict]:
    """Two of ours beside the better peer, which has two processes as well; one beside storing nothing."""
    one, nothing = _best(runs, "ours", "rate"), _best(runs, "nothing", "rate")
    two, peers = _best(runs, "ours × 2", "rate"), _best(runs, "peer", "rate")
    tail = _best(runs, "ours × 2", "p99_ms")
    key = (kind, database_kind)
    values = {
        goals.OVER_PEERS.get(key): ratio(two, peers),
        goals.OF_NOTHING.get(key): ratio(one, nothing),
        goals.TAIL: median(tail) if tail else None,
    }
    return [Verdict(goal, value, _MISSING) for goal, value in values.items() if goal is not None]


def _best(runs: Runs, role: str, name: str) -> list[float]:
    """Each round's figure, of whoever of that role has the highest median; a broken contender has none."""
    of_role = [runs[contender.name] for contender in RECEIVING if contender.role == role]
    sound = [own for own in of_role if own and not any(run.broken for run in own)]
    figures = [[float(getattr(run.outcome, name)) for run in own] for own in sound]
    return max(figures, key=median, default=[])


def _notes(runs: Runs) -> list[str]:
    early = [name for name, of in runs.items() if any(run.outcome and run.outcome.used_up for run in of)]
    return [f"{name} used up its requests before the time was over" for name in early]
