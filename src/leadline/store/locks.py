"""Locks on files: ``flock``, which a process that dies lets go of."""

import fcntl
import os


def opened(path: str) -> int:
    """The file of a lock, made if need be. Each time it is opened it is another holder. Raises OSError."""
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def take(file: int, kind: int) -> bool:
    """Whether the lock, ``fcntl.LOCK_EX`` or ``LOCK_SH``, was to be had at once."""
    try:
        fcntl.flock(file, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def let_go(file: int) -> None:
    """Have it no more; one that was not held is no matter."""
    fcntl.flock(file, fcntl.LOCK_UN)
