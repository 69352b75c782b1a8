"""``python -m simulation --seeds 1000 --jobs 2``; ``--seed 4711`` replays one and tells what happened."""

import argparse
import gc
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from simulation.run import Verdict, run
from simulation.storage import Ground, memory

# Each part of the work is told of when it is done, and its garbage taken out then: looking for it after
# every few hundred objects, as Python does by itself, takes a tenth of the time.
_SEEDS_A_PART = 25


def main() -> int:
    """Run the seeds. Exits 1 when a promise was broken, with the story of the first seed that broke one."""
    given = _arguments()
    if given.seed is not None:
        return _replay(given.seed)
    began = time.monotonic()
    states: Counter[str] = Counter()
    faults: Counter[str] = Counter()
    broken: dict[int, tuple[str, ...]] = {}
    done = 0
    for part in _parts(range(given.first, given.first + given.seeds), jobs=given.jobs):
        for verdict in part:
            states += verdict.states
            faults += verdict.faults
            if verdict.violations:
                broken[verdict.seed] = verdict.violations
                print(f"seed {verdict.seed}: {'; '.join(verdict.violations)}", flush=True)
        done += len(part)
        _show_progress(done, given.seeds, len(broken), began)
    seconds = time.monotonic() - began
    _sum_up(done, states, seconds=seconds, broken=len(broken))
    if given.json:
        figures = {
            "day": f"{datetime.now(UTC):%Y-%m-%d}",
            "first": given.first,
            "seeds": done,
            "messages": states.total(),
            "faults": faults,
            "violations": len(broken),
            "seconds": round(seconds, 1),
        }
        given.json.write_text(json.dumps(figures) + "\n")
    return _replay(min(broken)) if broken else 0


def _replay(seed: int) -> int:
    with memory() as folder:
        verdict = run(seed, Ground(folder))
    print(verdict.story)
    print(f"\nseed {seed}: {'; '.join(verdict.violations) or 'every promise was kept'}")
    return 1 if verdict.violations else 0


def _parts(seeds: range, *, jobs: int) -> Iterator[list[Verdict]]:
    """The verdicts, as they come."""
    parts = [seeds[start : start + _SEEDS_A_PART] for start in range(0, len(seeds), _SEEDS_A_PART)]
    with memory() as folder, ProcessPoolExecutor(max_workers=jobs) as pool:
        waiting: list[Future[list[Verdict]]] = [pool.submit(_run_part, part, folder) for part in parts]
        for future in as_completed(waiting):
            yield future.result()


def _run_part(seeds: Sequence[int], folder: Path) -> list[Verdict]:
    gc.disable()
    ground = _ground(folder)
    verdicts = [run(seed, ground).without_its_story() for seed in seeds]
    gc.collect()
    return verdicts


@cache
def _ground(folder: Path) -> Ground:
    """One for each process that runs seeds."""
    return Ground(folder)


def _show_progress(done: int, seeds: int, broken: int, began: float) -> None:
    if sys.stderr.isatty():
        each = (time.monotonic() - began) / done
        print(
            f"\r{done} of {seeds} seeds, {broken} broken, {each:.3f} s each ",
            end="",
            file=sys.stderr,
            flush=True,
        )


def _sum_up(done: int, states: Counter[str], *, seconds: float, broken: int) -> None:
    shown = ", ".join(f"{count:,} {word}" for word, count in states.most_common())
    print(f"{done:,} seeds, {states.total():,} texts in {seconds:,.0f} s: {shown}.")
    print(f"Seeds that broke a promise: {broken}.")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m simulation", description=__doc__)
    parser.add_argument("--seeds", type=int, default=100, help="how many (100)")
    parser.add_argument("--from", type=int, default=1, dest="first", metavar="SEED", help="the first (1)")
    parser.add_argument("--jobs", type=int, default=1, help="how many processes run them (1)")
    parser.add_argument("--seed", type=int, help="replay this one and tell what happened")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there, for programs")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
