"""Indexing: the words of new texts are put where searches find them, apart from the webhooks that bring them.

A webhook must not wait for it, so a worker does it a moment later, a few texts at a time; until then a search
reads through them. What another version or a restored backup left undone is done the same way.
"""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta

from leadline.app import Leadline
from leadline.store import chores, search, words
from leadline.store.database import Transaction

# At 60 µs a row each step keeps webhooks from being written for a millisecond or two. Then it leaves them
# alone for four times as long as it took, waiting for its turn included: the busier the writer is, the slower
# it goes. A hundred rows at once were what the slowest webhooks had waited for.
AT_ONCE = 20
RESTS = 4
TAKEN_FOR = timedelta(seconds=30)


async def index_due(line: Leadline) -> int:
    """Index what has come since, unless another worker does; how many rows that was. A crash means that
    others begin again after half a minute; the same rows twice are no harm.
    """
    began, done = line.clock.monotonic(), 0
    if not await asyncio.to_thread(_is_behind, line) or not await line.writer.write(take, None):
        return 0
    while line.clock.monotonic() - began < TAKEN_FOR.total_seconds() / 2:
        asked = line.clock.monotonic()
        more = await line.writer.write(index_some, AT_ONCE)
        done += more
        if more < AT_ONCE:
            break
        await line.clock.sleep(RESTS * (line.clock.monotonic() - asked))
    await line.writer.write(give_back, None)
    return done


def _is_behind(line: Leadline) -> bool:
    with line.database.read() as tx:
        return words.is_behind(tx)


def take(tx: Transaction, asked: Sequence[None], *, now: datetime) -> list[bool]:
    """Take the chore, for the first who asks if nobody has it; what was committed late is indexed at once."""
    chores.ensure(tx, chores.WORDS, now=now)
    is_ours = chores.take(tx, chores.WORDS, now=now, until=now + TAKEN_FOR) is not None
    if is_ours:
        search.index_late(tx)
    return [is_ours, *[False] * (len(asked) - 1)]


def index_some(tx: Transaction, limits: Sequence[int], *, now: datetime) -> list[int]:  # noqa: ARG001  As others.
    """Index that many rows of each kind at most; how many those were."""
    return [search.index_more(tx, limit) for limit in limits]


def give_back(tx: Transaction, asked: Sequence[None], *, now: datetime) -> list[None]:
    """Let whoever asks next have the chore."""
    chores.done(tx, chores.WORDS, through=now, next_at=now)
    return [None] * len(asked)
