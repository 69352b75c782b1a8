"""``python -m benchmarks``: measure, print, and say which goals were met. Exits 1 when one was missed."""

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path

from benchmarks import claiming, inbox, live, machine, memory, micro, receiving, sending, start
from benchmarks.environment import peers_versions
from benchmarks.plan import Plan
from benchmarks.report import Section
from harness.places import scratch

PARTS: dict[str, Callable[[Plan], Iterator[Section]]] = {
    "receiving": receiving.measure,
    "sending": sending.measure,
    "claiming": claiming.measure,
    "inbox": inbox.measure,
    "live": live.measure,
    "memory": memory.measure,
    "start": start.measure,
    "micro": micro.measure,
}


def main() -> int:
    """Run the parts asked for, each printed as soon as it is done."""
    given = _arguments()
    with scratch("bench") as folder:
        plan = Plan(
            folder=Path(folder),
            rounds=given.rounds or (1 if given.quick else 3),
            seconds=given.seconds or (2.0 if given.quick else 5.0),
            quick=given.quick,
        )
        described = machine.describe(plan.folder)
        print("\n".join([*described.lines(), f"peers        {peers_versions()}"]), flush=True)
        sections = list(_measured(plan, given.only or list(PARTS)))
    if given.json:
        document = {"machine": asdict(described), "sections": [section.data() for section in sections]}
        given.json.write_text(json.dumps(document, indent=1) + "\n")
    missed = [verdict for section in sections for verdict in section.verdicts if verdict.word() == "NOT MET"]
    return 1 if missed else 0


def _measured(plan: Plan, parts: list[str]) -> Iterator[Section]:
    for part in parts:
        for section in PARTS[part](plan):
            print(section.text(), flush=True)
            yield section


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one short round: to see that it works")
    parser.add_argument("--only", choices=list(PARTS), action="append", help="one part; may be repeated")
    parser.add_argument("--rounds", type=int, help="rounds for each contender (3)")
    parser.add_argument("--seconds", type=float, help="seconds of counted load in a round (5)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every figure there")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
