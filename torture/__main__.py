"""``python -m torture``: every scenario on every database. Exits 1 when anything was violated."""

import sys
from torture.arena import arena
from torture import kills, stops, inbound, crashes
from torture.result import scale
from harness.places import scratch
from pathlib import Path


def main() -> int:
    with scratch("torture") as f:
        Path(f).chmod(0o711)
        with arena(Path(f), sys.argv[1], scale(sys.argv[3]), seed=1) as a:
            try:
                print(sys.modules["torture." + sys.argv[2]].torture(a))
            except:
                import subprocess

                subprocess.run(
                    f"for i in {f}/*.log {f}/*/*.log; do echo == $i; tail -n 35 $i; done", shell=True
                )
                raise
    return 0


if __name__ == "__main__":
    sys.exit(main())
