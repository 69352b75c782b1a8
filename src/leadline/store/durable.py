"""Files that a power cut leaves whole: the old one or the new one, never half of one."""

import os
from pathlib import Path


def replace(new: Path, target: Path) -> None:
    """Put a finished file in the place of another, or of none. Both are in one folder, so that the move is
    one step; once this returns it outlives a power cut.
    """
    _sync(new)
    new.replace(target)
    _sync(target.parent)


def write(target: Path, content: str) -> None:
    """Write a small file in one step. A process that is killed meanwhile leaves the old one."""
    new = target.with_name(f"{target.name}.{os.getpid()}.new")
    new.write_text(content)
    replace(new, target)


def _sync(path: Path) -> None:
    """A folder is synced too: until then its list of names may be the old one."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
