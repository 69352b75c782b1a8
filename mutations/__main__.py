"""Break a copy of the code, one way at a time, and see whether the tests that should notice do.

    python -m mutations             all of them
    python -m mutations poll        those whose fault has that word

Exits with 1 when a fault survives, and with 2 when the check itself cannot be made: a mutation that does not
fit the code any more, or tests that fail without one.
"""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from mutations.classics import CLASSICS
from mutations.mutation import Mutation, StaleMutation, in_force
from mutations.ours import OURS

ROOT = Path(__file__).parents[1]
COPIED = ("src", "tests", "pyproject.toml")
EVERY = (*CLASSICS, *OURS)
# SQLite alone: the faults are the same on both databases, and it takes no server to start.
PYTEST = ("-m", "pytest", "-q", "-x", "-m", "not postgres", "-p", "no:cacheprovider", "--no-header")
GREEN, RED = 0, 1  # pytest's exit codes; others say that it could not run the tests


class Unclear(Exception):
    """The tests neither passed nor failed, so they prove nothing."""


def main(words: Sequence[str]) -> int:
    """Run the mutations that these words select; the process's exit code."""
    chosen = [each for each in EVERY if all(word.lower() in each.fault.lower() for word in words)]
    with TemporaryDirectory() as place:
        tree = _copy(Path(place))
        try:
            survivors = _check(chosen, tree)
        except (StaleMutation, Unclear) as error:
            print(error)
            return 2
    print(f"{len(chosen) - len(survivors)} of {len(chosen)} caught.")
    return 1 if survivors or not chosen else 0


def _copy(tree: Path) -> Path:
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, tree / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, tree / name)
    return tree


def _check(chosen: Sequence[Mutation], tree: Path) -> list[Mutation]:
    if not _is_green(chosen, tree):
        raise Unclear("The tests fail without any mutation.")
    survivors = []
    for mutation in chosen:
        began = time.monotonic()
        with in_force(mutation, tree):
            is_caught = not _is_green([mutation], tree)
        verdict = "caught  " if is_caught else "SURVIVED"
        print(f"{verdict} {time.monotonic() - began:5.1f} s  {mutation.fault}", flush=True)
        if not is_caught:
            survivors.append(mutation)
    return survivors


def _is_green(mutations: Sequence[Mutation], tree: Path) -> bool:
    """Whether the tests of these mutations pass.

    Raises Unclear when they could not be run, as after a mutation that no interpreter reads.
    """
    files = sorted({file for mutation in mutations for file in mutation.tests})
    words = " or ".join(sorted({mutation.only for mutation in mutations}))
    done = subprocess.run(
        [sys.executable, *PYTEST, *files, "-k", words],
        cwd=tree,
        env=os.environ | {"PYTHONPATH": "src"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode not in (GREEN, RED) or " error" in done.stdout.splitlines()[-1]:
        raise Unclear(f"Could not be run: {words}\n{done.stdout[-3000:]}{done.stderr[-1000:]}")
    return done.returncode == GREEN


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
