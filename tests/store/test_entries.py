"""Notes and lines of a thread, page by page."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from leadline.store import conversations, entries
from leadline.store.database import Database, Transaction
from leadline.store.entries import Entry
from tests import cast
from tests.clock import Clock


def begin(tx: Transaction, clock: Clock, number: str = cast.LENA.phone) -> int:
    """A conversation's id."""
    return conversations.open_for(tx, [number], now=clock.now())[number].id


def bodies(found: Sequence[Entry]) -> str:
    return "".join(entry.body for entry in found)


@pytest.fixture
def thread(database: Database, clock: Clock) -> int:
    """A thread with notes a to f, a minute apart but for c and d, beside another's."""
    with database.write() as tx:
        other = begin(tx, clock, "+13035550199")
        key = begin(tx, clock)
        for body in "abcdef":
            if body != "d":
                clock.advance(timedelta(minutes=1))
            entries.add(tx, key, "note", author="user:1", body=body, now=clock.now())
            entries.add(tx, other, "note", author="user:1", body="x", now=clock.now())
    return key


def test_an_entry_is_kept_as_it_was_put_in(database: Database, clock: Clock) -> None:
    with database.write() as tx:
        key = begin(tx, clock)
        change = {"from": "new", "to": "won"}
        added = entries.add(tx, key, "stage", author="user:1", detail=change, now=clock.now())
        assert entries.newest(tx, key) == [added]
    assert (added.kind, added.body, added.detail, added.at) == ("stage", "", change, clock.now())


def test_entries_are_read_in_pages_either_way(database: Database, thread: int) -> None:
    with database.read() as tx:
        last = entries.newest(tx, thread, limit=2)
        assert bodies(last) == "fe"
        older = entries.newest(tx, thread, before=last[-1].id, limit=2)
        assert bodies(older) == "dc"
        assert bodies(entries.newest(tx, thread, before=older[-1].id)) == "ba"
        assert bodies(entries.oldest(tx, thread, since=older[0].id)) == "def"
        assert bodies(entries.oldest(tx, thread, since=older[1].id, limit=2)) == "cd"
        assert entries.oldest(tx, thread, since=99) == entries.newest(tx, thread, before=99) == []


def test_entries_of_a_span_of_time(database: Database, thread: int, clock: Clock) -> None:
    with database.read() as tx:
        since = clock.now() - timedelta(minutes=2)
        assert bodies(entries.between(tx, thread, since=since)) == "cdef"
        assert bodies(entries.between(tx, thread, since=since, until=clock.now())) == "cde"
        assert bodies(entries.between(tx, thread, since=since, limit=1)) == "c"
