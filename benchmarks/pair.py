"""``python -m benchmarks.pair PORT``: two ``leadline serve`` on one port, one of them with the worker, and
each kept to a core of its own as ``docs/operating.md`` says.

Its children are killed with its group, as the suite ends everything.
"""

import os
import subprocess
import sys

from benchmarks.ours import LEADLINE


def main(port: str) -> int:
    """Run both until either ends; its exit code."""
    python, *words = (word.format(python=sys.executable) for word in LEADLINE)
    command = [python, *words, "serve", "--host", "127.0.0.1", "--port", port, "--share-port"]
    first, *others = map(str, sorted(os.sched_getaffinity(0)))
    second = others[0] if others else first
    with (
        subprocess.Popen(["taskset", "-c", first, *command]) as one,
        subprocess.Popen(["taskset", "-c", second, *command, "--no-worker"]),
    ):
        return one.wait()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
