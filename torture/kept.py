"""What was kept of runs: all of it at full size takes longer than one sitting, so it may be run in parts.

A file is what ``python -m torture`` or ``python -m simulation`` wrote with ``--json``.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from torture import seeds
from torture.result import Result


@dataclass(frozen=True, slots=True)
class Part:
    """What one command found, and on which day."""

    command: str
    day: str
    results: tuple[Result, ...]


class DoNotFit(Exception):
    """These files are not one run; the text says why."""


def write(part: Part, file: Path) -> None:
    """Write it, with every figure, for ``read``."""
    file.write_text(json.dumps(asdict(part), indent=1) + "\n")


def read(files: Sequence[Path]) -> list[Part]:
    """The parts in these files; stretches of the simulation's seeds are one. Raises DoNotFit."""
    documents = [json.loads(file.read_text()) for file in files]
    parts = [_part(document) for document in documents if "results" in document]
    stretches = [document for document in documents if "seeds" in document]
    if len(parts) + len(stretches) < len(files):
        raise DoNotFit("A file is neither the torture run's nor the simulation's.")
    parts += _lives(stretches)
    _refuse_doubles(parts)
    return parts


def _part(document: Mapping[str, Any]) -> Part:
    results = (Result(**each | {"violations": tuple(each["violations"])}) for each in document["results"])
    return Part(document["command"], document["day"], tuple(results))


def _lives(stretches: Sequence[Mapping[str, Any]]) -> list[Part]:
    """Every seed is a life of its own, so it does not matter in how many stretches they are lived."""
    if not stretches:
        return []
    ordered = sorted(stretches, key=lambda each: int(each["first"]))
    for one, following in pairwise(ordered):
        if one["first"] + one["seeds"] != following["first"]:
            raise DoNotFit(f"The seeds after {one['first']} do not go on with {following['first']}.")
    figures = {name: sum(each[name] for each in ordered) for name in ("seeds", "messages", "violations")}
    faults = sum((Counter(each["faults"]) for each in ordered), Counter())
    seconds = sum(each["seconds"] for each in ordered)
    command = f"python -m simulation --seeds {figures['seeds']} --from {ordered[0]['first']}"
    result = seeds.result(figures | {"faults": faults}, seconds)
    return [Part(command, max(each["day"] for each in ordered), (result,))]


def _refuse_doubles(parts: Sequence[Part]) -> None:
    rows = Counter((result.scenario, result.database) for part in parts for result in part.results)
    for (scenario, database), times in rows.items():
        if times > 1:
            raise DoNotFit(f"{scenario} on {database} is in more than one file.")
