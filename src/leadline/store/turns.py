"""The turn: who wants to write to a file of SQLite stands in line.

SQLite keeps no queue. Whoever has committed begins anew within 0.1 ms, before one who waits has looked again:
of two busy processes each kept the other out for up to 36 ms. So who waits for the file holds its turn
meanwhile, a lock on another file beside it, and who comes later waits for the turn first.

Nothing but fairness depends on it. A turn that is not given on, since its holder is frozen, is passed by.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic, sleep

from leadline.store import locks

# SQLite's own waiting grows to 100 ms between two tries, and so whoever waited already waits ever longer.
BETWEEN_TRIES = 0.0001  # seconds
# Longer than any transaction of ours that others wait for, shorter than anybody's patience.
_GIVEN_ON_WITHIN = 0.25


class Turn:
    """One connection's place in the line; ``close`` it with the connection."""

    def __init__(self, database: str) -> None:
        self._file = locks.opened(f"{database}-turn")

    @contextmanager
    def held(self) -> Iterator[None]:
        """Wait for the turn, and give it on at the end."""
        pass_by_at = monotonic() + _GIVEN_ON_WITHIN
        while not locks.take(self._file, fcntl.LOCK_EX) and monotonic() < pass_by_at:
            sleep(BETWEEN_TRIES)
        try:
            yield
        finally:
            locks.let_go(self._file)

    def close(self) -> None:
        """The connection is closed."""
        os.close(self._file)
