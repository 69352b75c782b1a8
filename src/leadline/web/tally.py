"""What the webhooks heard, kept in memory and written every few seconds.

A reject must not cost a write each, or whoever sends them decides how busy the disk is; and a genuine
webhook has better to wait for than a note that it came. A crash loses the last seconds of both.
"""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

import structlog

from leadline.app import Leadline
from leadline.errors import StoreUnavailable
from leadline.store import rejects
from leadline.store.database import Transaction

log = structlog.get_logger("leadline.webhooks")

WRITE_EVERY = 5.0  # seconds


@dataclass(frozen=True, slots=True)
class Notes:
    """What was heard since the last write: rejects by reason, and the last genuine webhook by kind."""

    rejects: Counter[str] = field(default_factory=Counter)
    last: dict[str, datetime] = field(default_factory=dict)


class Tally:
    """Notes of one process. Everything is called on the event loop."""

    def __init__(self, line: Leadline) -> None:
        self._line = line
        self._notes = Notes()
        self._writing: asyncio.Task[None] | None = None

    def rejected(self, reason: str) -> None:
        """A call was turned away. ``reason`` is one of few, whoever calls."""
        self._notes.rejects[reason] += 1
        self._line.counters.rejects[reason] += 1
        self._write_soon()

    def heard(self, kind: str) -> None:
        """A genuine webhook was stored."""
        self._notes.last[kind] = self._line.clock.now()
        self._write_soon()

    def stop(self) -> None:
        """Hand over what is left; the writer writes it before it closes."""
        if self._writing:
            self._writing.cancel()
        notes, self._notes = self._notes, Notes()
        self._line.writer.submit(write, notes)

    def _write_soon(self) -> None:
        if self._writing is None or self._writing.done():
            self._writing = asyncio.get_running_loop().create_task(self._write_later())

    async def _write_later(self) -> None:
        await asyncio.sleep(WRITE_EVERY)
        notes, self._notes = self._notes, Notes()
        self._writing = None
        try:
            await self._line.writer.write(write, notes)
        except StoreUnavailable as error:
            log.warning("rejects_not_counted", count=notes.rejects.total(), reason=str(error))


def write(tx: Transaction, taken: Sequence[Notes], *, now: datetime) -> list[None]:
    """Store what was heard."""
    for notes in taken:
        rejects.count(tx, notes.rejects, now=now)
        rejects.note_heard(tx, notes.last)
    return [None] * len(taken)
