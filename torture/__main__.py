"""``python -m torture``: every scenario on every database."""

import argparse
import os
import random
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

from harness.places import scratch
from torture import crashes, inbound, kept, kills, page, restores, seeds, stops
from torture.arena import Arena, NoDatabase, arena
from torture.kept import DoNotFit, Part
from torture.result import Result, Scale, scale

SCENARIOS: dict[str, Callable[[Arena], Result]] = {
    "kills": kills.torture,
    "crashes": crashes.torture,
    "stops": stops.torture,
    "inbound": inbound.torture,
    "restores": restores.torture,
}
SIMULATION = "simulation"
DATABASES = ("sqlite", "postgresql")


def main() -> int:
    """Make a run, or read what parts of it were kept; then show what was found. Exits 1 when anything was
    violated, and 2 when the parts are not of one run.
    """
    given = _arguments()
    try:
        parts = kept.read(given.kept) if given.kept else [_make(given)]
    except DoNotFit as error:
        print(error)
        return 2
    results = sorted((each for part in parts for each in part.results), key=_place)
    print(f"\n{page.table(results)}", flush=True)
    for result in results:
        for violation in result.violations:
            print(f"VIOLATED: {result.scenario}, {result.database}: {violation}")
    if given.json:
        kept.write(parts[0], given.json)
    if given.write:
        page.write(parts, results)
    return 1 if any(result.violations for result in results) else 0


def _make(given: argparse.Namespace) -> Part:
    """Both databases at the same time, since a scenario mostly waits; then the simulation."""
    names = given.only or [*SCENARIOS, SIMULATION]
    print(f"torture: {', '.join(names)}; size {given.size}, seed {given.seed}", flush=True)
    with scratch("torture") as name:
        results = run(Path(name), names, given.database or DATABASES, scale(given.size), seed=given.seed)
    return Part(_command(given), f"{datetime.now(UTC):%Y-%m-%d}", tuple(results))


def _place(result: Result) -> int:
    return [*SCENARIOS, SIMULATION].index(result.scenario)


def run(
    folder: Path, names: Sequence[str], databases: Sequence[str], size: Scale, *, seed: int
) -> list[Result]:
    """The scenarios of those names; a database that is not installed is left out."""
    # PostgreSQL's account must be able to pass through to its own folder.
    folder.chmod(0o711)
    with ThreadPoolExecutor(len(databases)) as threads:
        runs = [threads.submit(_run_all, folder, names, kind, size, seed) for kind in databases]
        found = [result for each in runs for result in each.result()]
    if SIMULATION in names:
        found += seeds.torture(folder, size)
    return found


def _run_all(folder: Path, names: Sequence[str], kind: str, size: Scale, seed: int) -> list[Result]:
    own = folder / kind
    own.mkdir(mode=0o711)
    try:
        with arena(own, kind, size, chance=random.Random(f"{seed} {kind}")) as place:
            return [_run(name, place) for name in names if name in SCENARIOS]
    except NoDatabase as error:
        print(f"  {kind:10} left out: {error}", flush=True)
        return []


def _run(name: str, place: Arena) -> Result:
    """One scenario. One that breaks is violated, whoever is at fault; the others go on."""
    started = monotonic()
    try:
        return SCENARIOS[name](place)
    except Exception as error:  # noqa: BLE001
        place.say(f"{name} broke: {error!r}\n{place.last_words()}")
        fault = (f"it broke: {error!r}",)
        return Result(name, place.kind, 0, "trials", {}, fault, monotonic() - started)


def _command(given: argparse.Namespace) -> str:
    only = [word for name in given.only or () for word in ("--only", name)]
    kinds = [word for kind in given.database or () for word in ("--database", kind)]
    return " ".join(["python -m torture --size", given.size, "--seed", str(given.seed), *only, *kinds])


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m torture", description=__doc__)
    parser.add_argument("--only", choices=[*SCENARIOS, SIMULATION], action="append", help="may be repeated")
    parser.add_argument("--database", choices=DATABASES, action="append", help="one of the two")
    parser.add_argument("--size", default="small", help="small, full, or that many percent of full")
    parser.add_argument(
        "--seed", type=int, default=int.from_bytes(os.urandom(3)), help="of all that is drawn"
    )
    parser.add_argument("--write", action="store_true", help=f"write the table into {page.PAGE.name}")
    files = parser.add_mutually_exclusive_group()
    files.add_argument("--json", type=Path, metavar="FILE", help="keep every figure there")
    files.add_argument(
        "--from",
        dest="kept",
        type=Path,
        nargs="+",
        metavar="FILE",
        help="run nothing: put together what was kept, also by the simulation's --json",
    )
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
