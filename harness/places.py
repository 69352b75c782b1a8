"""Where things are: this repository, and a scratch folder on a disk."""

import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# /tmp is often memory, where a sync costs nothing; /var/tmp outlives a restart and so is on a disk.
_DISK = Path("/var/tmp")  # noqa: S108  A folder of our own is made in it.


def scratch(purpose: str) -> tempfile.TemporaryDirectory[str]:
    """A folder of our own on a disk, removed when left."""
    return tempfile.TemporaryDirectory(prefix=f"leadline-{purpose}-", dir=_DISK if _DISK.is_dir() else None)
