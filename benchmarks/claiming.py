"""Claiming: what a row costs when a million are queued, beside ten thousand."""

import json
import sys
from collections.abc import Iterator

from benchmarks import goals, ours
from benchmarks.contenders import OURS, filled
from benchmarks.goals import Verdict
from benchmarks.plan import Plan
from benchmarks.report import Section, ratio, spread
from harness import postgres
from harness.databases import database
from harness.processes import finished

_FEW, _MANY = 10_000, 1_000_000
_HEADER = ("queued", "µs a claimed row")


def measure(plan: Plan) -> Iterator[Section]:
    """A section for each kind of database. Rounds follow each other: filling a table is what takes long."""
    if not ours.is_there("claim"):
        print("\nClaiming is not there yet")
        return
    with postgres.server(plan.folder) as server:
        for kind in ("sqlite", "postgresql"):
            if kind == "postgresql" and server is None:
                print("\nPostgreSQL is not installed: claiming on it is skipped")
                return
            yield _section(plan, kind, server)


def _section(plan: Plan, kind: str, server: postgres.Server | None) -> Section:
    few, many = (_costs(plan, kind, server, queued) for queued in (_FEW, plan.scaled(_MANY)))
    notes = ["a quick run queues 100,000 in place of a million"] if plan.quick else []
    return Section(
        title=f"Claiming, {kind}",
        header=_HEADER,
        rows=[
            (f"{_FEW:,}", spread(few, "{:.1f}")),
            (f"{plan.scaled(_MANY):,}", spread(many, "{:.1f}")),
        ],
        verdicts=[Verdict(goals.FLAT_CLAIM, ratio(many, few), "no figure")],
        notes=notes,
        figures={str(_FEW): few, str(plan.scaled(_MANY)): many},
    )


def _costs(plan: Plan, kind: str, server: postgres.Server | None, queued: int) -> list[float]:
    """Microseconds a row, one figure a round."""
    command = [sys.executable, "-m", "benchmarks.product", "claim", str(queued), str(plan.rounds)]
    with database(kind, plan.folder, server) as fresh:
        _, variables = filled(OURS, fresh)
        answer = json.loads(finished(command, folder=plan.folder, variables=variables, within=300))
    return [float(cost) for cost in answer["microseconds"]]
