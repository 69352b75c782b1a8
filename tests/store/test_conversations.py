"""Conversations as they are kept and paged."""

from datetime import timedelta

import pytest

from leadline.errors import NotFound
from leadline.store import conversations
from leadline.store.conversations import PREVIEW_LENGTH, Conversation, Touch
from leadline.store.database import Database
from tests import cast
from tests.clock import START, Clock

NUMBERS = [f"+1303555{n:04}" for n in range(100, 107)]


def pages(database: Database, size: int) -> list[list[str]]:
    """The numbers on each page, each page asked for by the last line of the one before."""
    found: list[list[str]] = []
    before = None
    while True:
        with database.read() as tx:
            page = conversations.newest(tx, before=before, limit=size)
        if not page:
            return found
        found.append([conversation.number for conversation in page])
        before = (page[-1].last_at, page[-1].id)


def touch(database: Database, clock: Clock, *touches: Touch) -> None:
    with database.write() as tx:
        conversations.touch(tx, touches)


def open_(database: Database, clock: Clock, *numbers: str) -> dict[str, Conversation]:
    with database.write() as tx:
        return conversations.open_for(tx, numbers, now=clock.now())


def test_a_conversation_is_opened_once_for_each_number(database: Database, clock: Clock) -> None:
    first = open_(database, clock, cast.LENA.phone, cast.LENA.phone)
    again = open_(database, clock, cast.LENA.phone, NUMBERS[0])

    assert list(first) == [cast.LENA.phone]
    assert again[cast.LENA.phone] == first[cast.LENA.phone]
    assert (again[NUMBERS[0]].consent, again[NUMBERS[0]].unread) == ("none", 0)


def test_opening_none_is_no_fault(database: Database, clock: Clock) -> None:
    assert open_(database, clock) == {}


def test_a_text_of_theirs_is_unread_and_one_of_ours_is_not(database: Database, clock: Clock) -> None:
    lena = open_(database, clock, cast.LENA.phone)[cast.LENA.phone]
    clock.advance(60)
    touch(database, clock, Touch(lena.id, "two texts", unread=2, at=clock.now()))
    heard = clock.now()
    clock.advance(60)
    touch(database, clock, Touch(lena.id, "our answer", unread=0, at=clock.now()))

    with database.read() as tx:
        now = conversations.by_id(tx, lena.id)
    assert (now.unread, now.last_text, now.last_at) == (2, "our answer", clock.now())
    assert now.last_inbound_at == heard


def test_the_preview_of_a_long_text_is_cut(database: Database, clock: Clock) -> None:
    lena = open_(database, clock, cast.LENA.phone)[cast.LENA.phone]
    touch(database, clock, Touch(lena.id, "👋" * 1000, unread=1, at=clock.now()))

    with database.read() as tx:
        assert conversations.by_id(tx, lena.id).last_text == "👋" * PREVIEW_LENGTH


def test_reading_makes_it_read(database: Database, clock: Clock) -> None:
    lena = open_(database, clock, cast.LENA.phone)[cast.LENA.phone]
    touch(database, clock, Touch(lena.id, "hello", unread=1, at=clock.now()))

    with database.write() as tx:
        conversations.mark_read(tx, lena.id)
        assert conversations.by_id(tx, lena.id).unread == 0


def test_the_last_written_in_stands_first(database: Database, clock: Clock) -> None:
    opened = open_(database, clock, *NUMBERS)
    for number in NUMBERS[3:] + NUMBERS[:3]:
        clock.advance(1)
        touch(database, clock, Touch(opened[number].id, "hi", unread=1, at=clock.now()))

    assert pages(database, 50) == [[*reversed(NUMBERS[:3]), *reversed(NUMBERS[3:])]]


@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_pages_hold_each_conversation_once_though_all_were_written_in_at_one_moment(
    database: Database, clock: Clock, size: int
) -> None:
    open_(database, clock, *NUMBERS)

    found = pages(database, size)

    assert [number for page in found for number in page] == list(reversed(NUMBERS))
    assert {len(page) for page in found[:-1]} <= {size}


def test_what_is_written_while_somebody_pages_is_not_shown_twice(database: Database, clock: Clock) -> None:
    opened = open_(database, clock, *NUMBERS)
    with database.read() as tx:
        first = conversations.newest(tx, limit=3)
    clock.advance(1)
    touch(database, clock, Touch(opened[NUMBERS[0]].id, "just now", unread=1, at=clock.now()))

    with database.read() as tx:
        rest = conversations.newest(tx, before=(first[-1].last_at, first[-1].id), limit=10)

    assert {c.number for c in first}.isdisjoint(c.number for c in rest)
    assert NUMBERS[0] not in {c.number for c in rest}


def test_a_page_before_the_first_text_is_empty(database: Database, clock: Clock) -> None:
    open_(database, clock, *NUMBERS)
    with database.read() as tx:
        assert conversations.newest(tx, before=(START - timedelta(days=1), 10**6)) == []


def test_an_unknown_conversation_is_not_found(database: Database) -> None:
    with database.read() as tx:
        assert conversations.by_number(tx, cast.LENA.phone) is None
        with pytest.raises(NotFound):
            conversations.by_id(tx, 99)
