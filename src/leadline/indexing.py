"""Indexing: the words of new texts are put where searches find them, apart from the webhooks that bring them.

A webhook must not wait for it, so a worker does it a moment later, some hundred texts at a time; until then a
search reads through them. What another version or a restored backup left undone is done the same way.
"""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta

from leadline.app import Leadline
from leadline.store import chores, search, words
from leadline.store.database import Transaction

# At 50 µs a row each step keeps webhooks from being written for 5 ms, and then leaves them alone for four
# times as long as it took: the busier the writer is, the slower this goes.
AT_ONCE = 100
RESTS = 4
TAKEN_FOR = timedelta(seconds=30)


async def index_due(line: Leadline) -> int:
    """Index what has come since, unless another worker does; how many rows that was."""
    done = 0
    while await asyncio.to_thread(_is_behind, line):
        began = line.clock.monotonic()
        more = await line.writer.write(index_some, AT_ONCE)
        done += more
        if more < AT_ONCE:
            break
        await line.clock.sleep(RESTS * (line.clock.monotonic() - began))
    return done


def _is_behind(line: Leadline) -> bool:
    with line.database.read() as tx:
        return words.is_behind(tx)


def index_some(tx: Transaction, limits: Sequence[int], *, now: datetime) -> list[int]:
    """Take the chore and index that many rows of each kind at most; how many those were, none if another
    worker has taken it.
    """
    chores.ensure(tx, chores.WORDS, now=now)
    if chores.take(tx, chores.WORDS, now=now, until=now + TAKEN_FOR) is None:
        return [0] * len(limits)
    done = [search.index_more(tx, limit) for limit in limits]
    chores.done(tx, chores.WORDS, through=now, next_at=now)
    return done
