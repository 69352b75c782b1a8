"""``python -m simulation --seeds 1000 --jobs 2``, or ``--seed 4711`` to replay one with its trace."""

import argparse
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager

from simulation.run import Verdict, run
from simulation.storage import Ground


def main() -> int:
    """Run the seeds; exits 1 when a promise was broken, with the trace of the first seed that broke one."""
    given = _arguments()
    if given.seed is not None:
        verdict = run(given.seed, Ground())
        print(verdict.trace)
        print(verdict.violations)
        return 1 if verdict.violations else 0
    ground = Ground()
    begun = time.perf_counter()
    states = Counter()
    bad = 0
    for seed in range(given.first, given.first + given.seeds):
        verdict = run(seed, ground)
        states += verdict.states
        if verdict.violations:
            bad += 1
            print(seed, verdict.violations)
    print(states, (time.perf_counter() - begun) / given.seeds, bad)
    ground.remove()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m simulation", description=__doc__)
    parser.add_argument("--seeds", type=int, default=100, help="how many")
    parser.add_argument("--from", type=int, default=1, dest="first", metavar="SEED", help="the first")
    parser.add_argument("--jobs", type=int, default=1, help="processes to run them in")
    parser.add_argument("--seed", type=int, help="replay this one and print what happened")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
