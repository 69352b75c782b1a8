"""``python -m benchmarks.pair PORT``: two ``leadline serve`` on one port, one of them with the worker.

Its children are killed with its group, as the suite ends everything.
"""

import subprocess
import sys

from benchmarks.ours import LEADLINE


def main(port: str) -> int:
    """Run both until either ends; its exit code."""
    python, *words = (word.format(python=sys.executable) for word in LEADLINE)
    command = [python, *words, "serve", "--host", "127.0.0.1", "--port", port, "--share-port"]
    with subprocess.Popen(command) as one, subprocess.Popen([*command, "--no-worker"]):
        return one.wait()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
