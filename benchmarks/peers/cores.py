"""gunicorn's configuration: a core for each worker, as ``benchmarks.pair`` has it for ours."""

import os
from typing import Any


def post_fork(_server: Any, worker: Any) -> None:
    """Called by gunicorn in each new worker; ``age`` counts them from 1."""
    cores = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {cores[worker.age % len(cores)]})
