"""The load: wrk, which takes so little of the processor that on a small machine the server gets the rest.

A load written in Python took as much as the server it measured, and the fastest server most of all.
"""

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from harness.places import ROOT
from harness.processes import DidNotStart, finished
from harness.traffic import REQUESTS, distinct_messages

_SCRIPT = ROOT / "benchmarks" / "load.lua"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one load saw; rates and milliseconds are of the counted seconds, all else with the warm-up.

    ``messages`` is how many distinct messages were acknowledged at least. ``in_flight`` requests had no
    answer when the time was over, so they may or may not have been taken.
    """

    rate: float
    p50_ms: float
    p99_ms: float
    max_ms: float
    answered: int
    messages: int
    refused: int
    unanswered: int
    in_flight: int
    used_up: bool


def write_requests(folder: Path, kind: str, count: int) -> Path:
    """A file of that many requests, for loads of any length to read; made once."""
    file = folder / f"{kind}.{count}.requests"
    if not file.exists():
        make = REQUESTS[kind]
        with file.open("wb") as opened:
            for number in range(count):
                wire = make(number).wire
                opened.write(b"%010d" % len(wire) + wire)
    return file


def load(
    port: int, requests: Path, *, kind: str, count: int, connections: int, seconds: float, warm_up: float
) -> Outcome:
    """Blocks for ``warm_up`` + ``seconds``, each rounded up to whole ones. Raises DidNotStart without wrk."""
    wrk = shutil.which("wrk")
    if wrk is None:
        raise DidNotStart("wrk is not installed: apt-get install wrk")

    def run(whole_seconds: int, first: int) -> dict[str, int]:
        command = [wrk, "-t1", f"-c{connections}", f"-d{whole_seconds}s", "--timeout", "10s"]
        said = finished(
            [*command, "-s", _SCRIPT, f"http://127.0.0.1:{port}/"],
            folder=requests.parent,
            variables={"REQUESTS": str(requests), "FROM": str(first)},
        )
        return dict(json.loads(said.splitlines()[-1]))

    warm = run(_whole(warm_up), 0)
    counted = run(_whole(seconds), warm["issued"])
    return _outcome(kind, warm, counted, used_up=counted["issued"] >= count)


def _whole(seconds: float) -> int:
    return max(1, -int(-seconds // 1))


def _outcome(kind: str, warm: dict[str, int], counted: dict[str, int], *, used_up: bool) -> Outcome:
    both = {name: warm[name] + counted[name] for name in ("answered", "refused", "unanswered")}
    issued: Callable[[int], int] = distinct_messages(kind)
    unknown = counted["issued"] - both["answered"]
    return Outcome(
        rate=counted["answered"] / max(counted["microseconds"], 1) * 1e6,
        p50_ms=counted["p50"] / 1000,
        p99_ms=counted["p99"] / 1000,
        max_ms=counted["max"] / 1000,
        messages=max(issued(counted["issued"]) - unknown, 0),
        in_flight=max(unknown - both["refused"] - both["unanswered"], 0),
        used_up=used_up,
        **both,
    )
