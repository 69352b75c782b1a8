"""The writer: whatever is handed over is committed before it is answered, and many commits become one."""

import asyncio
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime

import pytest
from sqlalchemy import event, text

from leadline.errors import StoreUnavailable
from leadline.store import audit
from leadline.store.database import Database, Transaction
from leadline.store.writer import BATCH_AT_MOST, Writer
from tests.clock import START, Clock

POISON = "poison"


def note(tx: Transaction, subjects: Sequence[str], *, now: datetime) -> list[str]:
    """A use case: keep each of these, and answer with it."""
    for subject in subjects:
        if subject == POISON:
            raise ValueError(subject)
        audit.add(tx, actor="cli", action="test", subject=subject, now=now)
    return [f"{subject} is kept" for subject in subjects]


def note_too(tx: Transaction, subjects: Sequence[str], *, now: datetime) -> list[str]:
    """Another use case."""
    return [answer.upper() for answer in note(tx, subjects, now=now)]


@dataclass(eq=False)
class Gate:
    """A use case that holds the writer up until it is opened, so that a batch can gather behind it."""

    entered: threading.Event = field(default_factory=threading.Event)
    opened: threading.Event = field(default_factory=threading.Event)

    def __call__(self, tx: Transaction, items: Sequence[None], /, *, now: datetime) -> list[None]:
        self.entered.set()
        assert self.opened.wait(10)
        return [None] * len(items)


@pytest.fixture
def writer(database: Database, clock: Clock) -> Iterator[Writer]:
    with closing(Writer(database, clock)) as writer:
        yield writer


@pytest.fixture
def commits(database: Database) -> list[None]:
    """Grows by one with each commit."""
    counted: list[None] = []
    event.listen(database._writer, "commit", lambda _connection: counted.append(None))
    return counted


@contextmanager
def held(writer: Writer) -> Iterator[None]:
    """What is handed over meanwhile waits, and is one batch afterwards."""
    gate = Gate()
    holding = writer.submit(gate, None)
    assert gate.entered.wait(10)
    try:
        yield
    finally:
        gate.opened.set()
        holding.result(10)


def kept(database: Database) -> list[str]:
    with database.read() as tx:
        return list(tx.scalars(text("SELECT subject FROM audit ORDER BY id")))


def unavailable(_tx: Transaction, _items: Sequence[str], *, now: datetime) -> list[None]:
    raise StoreUnavailable("The database does not answer.")


def test_what_is_answered_is_committed(writer: Writer, database: Database) -> None:
    assert writer.submit(note, "a").result(10) == "a is kept"

    assert kept(database) == ["a"]


def test_a_batch_is_one_transaction(writer: Writer, database: Database, commits: list[None]) -> None:
    with held(writer):
        waiting = [writer.submit(note, f"{n}") for n in range(20)]
    for future in waiting:
        future.result(10)

    assert len(kept(database)) == 20
    assert len(commits) == 2  # the one that held the writer, and the batch


def test_more_than_a_batch_takes_more_than_one_transaction(
    writer: Writer, database: Database, commits: list[None]
) -> None:
    with held(writer):
        waiting = [writer.submit(note, f"{n}") for n in range(BATCH_AT_MOST + 1)]
    for future in waiting:
        future.result(10)

    assert len(kept(database)) == BATCH_AT_MOST + 1
    assert len(commits) == 3


def test_each_use_case_is_called_once_with_all_of_its_items_in_order(writer: Writer) -> None:
    calls: list[tuple[str, ...]] = []

    def one(_tx: Transaction, items: Sequence[str], *, now: datetime) -> list[str]:
        calls.append(("one", *items))
        return list(items)

    def other(_tx: Transaction, items: Sequence[str], *, now: datetime) -> list[str]:
        calls.append(("other", *items))
        return list(items)

    with held(writer):
        waiting = [
            writer.submit(use_case, item) for use_case, item in zip((one, other) * 2, "abcd", strict=True)
        ]

    assert [future.result(10) for future in waiting] == ["a", "b", "c", "d"]
    assert calls == [("one", "a", "c"), ("other", "b", "d")]


def test_each_caller_gets_the_answer_to_its_own_item(writer: Writer) -> None:
    with held(writer):
        waiting = [writer.submit(use_case, item) for use_case in (note, note_too) for item in ("a", "b")]

    answers = [future.result(10) for future in waiting]
    assert answers == ["a is kept", "b is kept", "A IS KEPT", "B IS KEPT"]


def test_use_cases_are_told_the_time_by_the_clock(writer: Writer) -> None:
    def when(_tx: Transaction, items: Sequence[None], *, now: datetime) -> list[datetime]:
        return [now] * len(items)

    assert writer.submit(when, None).result(10) == START


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_poisoned_item_fails_alone(writer: Writer, database: Database, place: int) -> None:
    subjects = ["a", "b"]
    subjects.insert(place, POISON)
    with held(writer):
        waiting = [writer.submit(note, subject) for subject in subjects]

    assert [isinstance(future.exception(10), ValueError) for future in waiting] == [
        subject == POISON for subject in subjects
    ]
    assert kept(database) == ["a", "b"]


def test_nothing_of_a_poisoned_item_is_kept(writer: Writer, database: Database) -> None:
    def half(tx: Transaction, subjects: Sequence[str], *, now: datetime) -> list[str]:
        note(tx, subjects, now=now)
        raise ValueError("after half of the work")

    with held(writer):
        failed, fine = writer.submit(half, "half"), writer.submit(note, "whole")

    assert isinstance(failed.exception(10), ValueError)
    assert fine.result(10) == "whole is kept"
    assert kept(database) == ["whole"]


def test_an_unavailable_database_reaches_everyone_and_nothing_is_kept(
    writer: Writer, database: Database
) -> None:
    with held(writer):
        waiting: list[Future[str] | Future[None]] = [writer.submit(note, "a"), writer.submit(note, "b")]
        waiting.append(writer.submit(unavailable, "c"))

    assert [type(future.exception(10)) for future in waiting] == [StoreUnavailable] * 3
    assert kept(database) == []


def test_the_writer_goes_on_after_a_failure(writer: Writer, database: Database) -> None:
    assert writer.submit(unavailable, "a").exception(10) is not None
    assert writer.submit(note, POISON).exception(10) is not None

    assert writer.submit(note, "b").result(10) == "b is kept"


def test_what_a_cancelled_caller_handed_over_is_written_all_the_same(
    writer: Writer, database: Database
) -> None:
    async def story() -> None:
        gate = Gate()
        holding = asyncio.create_task(writer.write(gate, None))
        await asyncio.to_thread(gate.entered.wait, 10)
        impatient = asyncio.create_task(writer.write(note, "impatient"))
        patient = asyncio.create_task(writer.write(note, "patient"))
        await asyncio.sleep(0)
        impatient.cancel()
        gate.opened.set()
        await holding
        assert await patient == "patient is kept"
        assert impatient.cancelled()

    asyncio.run(story())
    assert kept(database) == ["impatient", "patient"]


def test_closing_writes_what_waits(database: Database, clock: Clock) -> None:
    writer = Writer(database, clock)
    with held(writer):
        waiting = [writer.submit(note, f"{n}") for n in range(5)]
        closing_ = threading.Thread(target=writer.close)
        closing_.start()
    closing_.join(10)

    assert not closing_.is_alive()
    assert all(future.done() for future in waiting)
    assert kept(database) == ["0", "1", "2", "3", "4"]


def test_each_of_two_event_loops_gets_its_own_answers(writer: Writer, database: Database) -> None:
    answers: dict[str, list[str]] = {}

    async def ask(name: str) -> None:
        answers[name] = await asyncio.gather(*(writer.write(note, f"{name}{n}") for n in range(3)))

    threads = [threading.Thread(target=asyncio.run, args=(ask(name),)) for name in ("x", "y")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)

    assert answers == {name: [f"{name}{n} is kept" for n in range(3)] for name in ("x", "y")}
    assert len(kept(database)) == 6


def test_a_loop_that_is_gone_costs_nobody_else_an_answer(writer: Writer, database: Database) -> None:
    async def leave() -> None:
        leaving = asyncio.create_task(writer.write(note, "gone"))
        await asyncio.sleep(0)
        leaving.cancel()

    with held(writer):
        asyncio.run(leave())
        staying = writer.submit(note, "here")

    assert staying.result(10) == "here is kept"
    assert kept(database) == ["gone", "here"]


class Embrace:
    """A use case that locks two things in an order; the first time it meets the other one half-way."""

    def __init__(self, meeting: threading.Barrier, *order: int) -> None:
        self.meeting = meeting
        self.order = order
        self.tries = 0

    def __call__(self, tx: Transaction, items: Sequence[None], /, *, now: datetime) -> list[None]:
        self.tries += 1
        for place, key in enumerate(self.order):
            if place == 1 and self.tries == 1:
                self.meeting.wait(10)
            tx.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": key})
        return [None] * len(items)


def test_of_two_that_wait_for_each_other_one_tries_again(database: Database, clock: Clock) -> None:
    if database.is_sqlite:
        pytest.skip("SQLite has one writer at a time.")
    meeting = threading.Barrier(2)
    one, other = Embrace(meeting, 1, 2), Embrace(meeting, 2, 1)
    with closing(Writer(database, clock)) as first, closing(Writer(database, clock)) as second:
        answers = [first.submit(one, None), second.submit(other, None)]
        assert [answer.result(30) for answer in answers] == [None, None]
    assert sorted((one.tries, other.tries)) == [1, 2]
