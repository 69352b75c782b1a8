"""What this was measured on: a ratio travels from one machine to the next, a figure does not."""

import os
import platform
import sqlite3
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from statistics import median
from time import perf_counter

_PACKAGES = ("aiohttp", "httptools", "psycopg", "sqlalchemy", "starlette", "uvicorn", "uvloop")
_SYNCS = 50


@dataclass(frozen=True, slots=True)
class Machine:
    """The facts that figures depend on. ``sync_ms`` is the median of 50 times 4 KB written and synced."""

    processor: str
    cores: int
    memory_gb: float
    kernel: str
    filesystem: str
    sync_ms: float
    load: float
    python: str
    sqlite: str
    packages: str

    def lines(self) -> list[str]:
        """For people: two facts a line at most."""
        warning = "  (memory: a sync costs nothing here, so durable figures mean nothing)"
        return [
            f"processor    {self.processor}, {self.cores} cores, {self.memory_gb:.0f} GB",
            f"kernel       {self.kernel}, load before the run {self.load:.2f}",
            f"disk         {self.filesystem}, fsync of 4 KB {self.sync_ms:.2f} ms"
            + (warning if self.filesystem == "tmpfs" else ""),
            f"python       {self.python}, SQLite {self.sqlite}",
            f"packages     {self.packages}",
        ]


def describe(folder: Path) -> Machine:
    """This machine, and the disk that ``folder`` is on."""
    return Machine(
        processor=_processor(),
        cores=len(os.sched_getaffinity(0)),
        memory_gb=os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9,
        kernel=platform.release(),
        filesystem=_filesystem(folder),
        sync_ms=_sync_ms(folder),
        load=os.getloadavg()[0],
        python=f"{platform.python_implementation()} {platform.python_version()}",
        sqlite=sqlite3.sqlite_version,
        packages=", ".join(f"{name} {version(name)}" for name in _PACKAGES),
    )


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def _filesystem(folder: Path) -> str:
    mounts = [line.split()[1:3] for line in Path("/proc/self/mounts").read_text().splitlines()]
    above = [(len(point), kind) for point, kind in mounts if folder.is_relative_to(point)]
    return max(above)[1] if above else "unknown"


def _sync_ms(folder: Path) -> float:
    file = os.open(folder / "sync", os.O_CREAT | os.O_WRONLY)
    try:
        return median(_one_sync(file) for _ in range(_SYNCS)) * 1000
    finally:
        os.close(file)
        (folder / "sync").unlink()


def _one_sync(file: int) -> float:
    started = perf_counter()
    os.write(file, b"\0" * 4096)
    os.fsync(file)
    return perf_counter() - started
