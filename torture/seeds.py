"""The deterministic simulation, which has a command of its own: thousands of lives, each from a seed."""

import json
import sys
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from time import monotonic
from typing import Any

from harness.processes import finished
from torture.result import Result, Scale

_JOBS = 2
_SECONDS_AT_MOST = 3600.0


def torture(folder: Path, size: Scale) -> list[Result]:
    """Run it; empty where it is not installed."""
    if find_spec("simulation") is None:
        print("  simulation left out: it is not here", flush=True)
        return []
    started = monotonic()
    said = folder / "simulation.json"
    options = ("--seeds", str(size.seeds), "--jobs", str(_JOBS), "--json", str(said))
    # It exits with 1 when it found a violation; what it found is in the file.
    finished(
        [sys.executable, "-m", "simulation", *options], folder=folder, within=_SECONDS_AT_MOST, check=False
    )
    return [result(json.loads(said.read_text()), monotonic() - started)]


def result(document: Mapping[str, Any], seconds: float) -> Result:
    """The simulation's own figures as a result."""
    violations = int(document["violations"])
    found = (f"{violations} violations; python -m simulation says which",) if violations else ()
    return Result(
        scenario="simulation",
        database="in memory",
        trials=int(document["messages"]),
        of=f"texts, {document['seeds']:,} seeds",
        faults=document["faults"],
        violations=found,
        seconds=seconds,
    )
