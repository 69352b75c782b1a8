"""Group commit: one thread per process that turns many small writes into few transactions.

Every webhook and every send outcome must be durable before it is answered, and a commit costs a disk
sync. So callers hand their item to this thread, which takes everything that waits, opens one
transaction, calls each use case once with its list, commits, and only then resolves the futures.
Against one commit an event this doubles to quadruples what a server takes.
"""

import asyncio
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from datetime import datetime
from queue import Empty, SimpleQueue
from typing import Any, NamedTuple, Protocol, TypeVar

import structlog

from leadline.clock import Clock
from leadline.counters import Histogram
from leadline.errors import StoreUnavailable
from leadline.store.database import Database, Transaction, is_deadlock

log = structlog.get_logger("leadline.writer")

BATCH_AT_MOST = 500
GIVE_WAY_AT_MOST = 3
SIZES = (1, 2, 5, 10, 20, 50, 100, 200, 500)
SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)

Item = TypeVar("Item", contravariant=True)
Result = TypeVar("Result", covariant=True)


class UseCase(Protocol[Item, Result]):
    """Takes a transaction and a list; answers one result an item, in the same order."""

    def __call__(self, tx: Transaction, items: Sequence[Item], /, *, now: datetime) -> Sequence[Result]: ...


# What somebody handed an item over for, and its result after the commit, or None and why there is none.
Outcome = tuple[Any, Any, BaseException | None]
# Called once with all outcomes of a batch, so that whoever hears of many can go through them step by step.
Tell = Callable[[Sequence[Outcome]], object]


class Entry(NamedTuple):
    """One item, whom to tell and about what; on which loop, or None for the writer's own thread."""

    use_case: UseCase[Any, Any]
    item: Any
    tell: Tell
    about: Any
    loop: asyncio.AbstractEventLoop | None


class Writer:
    """The thread. ``submit`` from threads, ``write`` from coroutines, ``hand_over`` from callbacks of a loop;
    all hear of the commit.

    A batch that fails is rolled back and tried item by item, so one bad item fails alone. When the
    database does not answer, every item of the batch raises StoreUnavailable and nothing is stored.
    If the process dies, what was not committed was not answered either. ``sizes`` and ``seconds`` tell how
    many items a batch had, and how long writing it took.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self._connection = database.kept()
        self._clock = clock
        self.sizes, self.seconds = Histogram(*SIZES), Histogram(*SECONDS)
        self._gathered: dict[asyncio.AbstractEventLoop, list[Entry]] = {}
        self._start()

    # A subclass may do without the thread: take what is put, write_batch and resolve at its own time, and let
    # nothing come_meanwhile.
    def _start(self) -> None:
        self._waiting: SimpleQueue[list[Entry] | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="leadline-writer", daemon=True)
        self._thread.start()

    async def write(self, use_case: UseCase[Item, Result], item: Item) -> Result:
        """Hand one item over and wait until its transaction is committed."""
        future: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self.hand_over(use_case, item, _settle, future)
        return await future

    def hand_over(self, use_case: UseCase[Item, Any], item: Item, tell: Tell, about: Any) -> None:
        """The same without a wait: ``tell`` is called on this event loop after the commit, with ``about``
        among what the batch was about.
        """
        loop = asyncio.get_running_loop()
        gathered = self._gathered.get(loop)
        if gathered is None:
            # What else comes in this turn of the loop is handed over with it: each wake-up of a thread
            # costs a system call and a fight for the interpreter lock.
            gathered = self._gathered[loop] = []
            loop.call_soon(self._put_gathered, loop)
        gathered.append(Entry(use_case, item, tell, about, loop))

    def _put_gathered(self, loop: asyncio.AbstractEventLoop) -> None:
        self._put(self._gathered.pop(loop))

    def _put(self, entries: list[Entry]) -> None:
        self._waiting.put(entries)

    def submit(self, use_case: UseCase[Item, Result], item: Item) -> "Future[Result]":
        """Hand one item over from a thread; the future is done after the commit."""
        future: Future[Result] = Future()
        future.set_running_or_notify_cancel()  # From here on it will be written; cancelling is no use.
        self._put([Entry(use_case, item, _settle, future, None)])
        return future

    def close(self) -> None:
        """Write what waits, then end the thread. Nothing may be handed over afterwards."""
        self._waiting.put(None)
        self._thread.join()

    def _run(self) -> None:
        while True:
            batch, is_last = self._take()
            if batch:
                began = self._clock.monotonic()
                outcomes = self.write_batch(batch)
                self.sizes.observe(len(batch))
                self.seconds.observe(self._clock.monotonic() - began)
                _resolve_all(outcomes)
            if is_last:
                self._connection.close()
                return

    def _take(self) -> tuple[list[Entry], bool]:
        """What waits, at least something; and whether nothing comes after it."""
        first = self._waiting.get()
        if first is None:
            return [], True
        self.come_meanwhile(first)
        return first, False

    def come_meanwhile(self, batch: list[Entry]) -> None:
        """Add what waits to a batch, as far as there is room for it."""
        while len(batch) < BATCH_AT_MOST:
            try:
                handed_over = self._waiting.get_nowait()
            except Empty:
                return
            if handed_over is None:  # The last there is; it is taken with the next batch.
                self._waiting.put(None)
                return
            batch += handed_over

    def write_batch(self, batch: list[Entry], *, is_alone: bool = False) -> "list[Written]":
        """What the thread does with each batch: one transaction, and the outcome of each item. Others that
        come until it begins are added, unless ``is_alone``.
        """
        try:
            return self._unless_chosen_to_give_way(batch, is_alone=is_alone)
        except StoreUnavailable as error:
            return [(entry, None, error) for entry in batch]
        except Exception as error:  # noqa: BLE001  A fault of any one item must not fail its neighbours.
            if len(batch) == 1:
                return [(batch[0], None, error)]
            return [outcome for entry in batch for outcome in self.write_batch([entry], is_alone=True)]

    def _unless_chosen_to_give_way(self, batch: list[Entry], *, is_alone: bool) -> "list[Written]":
        """Two may wait for each other's rows; PostgreSQL then undoes one of them, which tries again."""
        for _ in range(GIVE_WAY_AT_MOST):
            try:
                return self._in_one_transaction(batch, is_alone=is_alone)
            except StoreUnavailable as error:
                if not is_deadlock(error):
                    raise
        return self._in_one_transaction(batch, is_alone=is_alone)

    def _in_one_transaction(self, batch: list[Entry], *, is_alone: bool) -> "list[Written]":
        outcomes: list[Written] = []
        with self._connection.write() as tx:
            # Where others write to the file too, more has come while we waited for our turn.
            if not is_alone:
                self.come_meanwhile(batch)
            by_use_case: dict[UseCase[Any, Any], list[Entry]] = {}
            for entry in batch:
                by_use_case.setdefault(entry.use_case, []).append(entry)
            now = self._clock.now()
            for use_case, entries in by_use_case.items():
                results = use_case(tx, [entry.item for entry in entries], now=now)
                outcomes += [(entry, result, None) for entry, result in zip(entries, results, strict=True)]
        return outcomes


Written = tuple[Entry, Any, BaseException | None]


def _resolve_all(outcomes: list[Written]) -> None:
    """Resolve in the caller's own thread; one wake-up a loop and batch, since each costs a system call."""
    by_loop: dict[asyncio.AbstractEventLoop | None, list[Written]] = {}
    for outcome in outcomes:
        by_loop.setdefault(outcome[0].loop, []).append(outcome)
    for loop, group in by_loop.items():
        if loop is None:
            resolve(group)
        else:
            # A loop that has been closed has nobody left to tell.
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(resolve, group)


def resolve(group: Sequence[Written]) -> None:
    """Tell the callers of one loop what became of their items."""
    by_teller: dict[Tell, list[Outcome]] = {}
    for entry, result, error in group:
        by_teller.setdefault(entry.tell, []).append((entry.about, result, error))
    for tell, outcomes in by_teller.items():
        try:
            tell(outcomes)
        except Exception:
            log.exception("writer_told_in_vain")  # The others are told all the same.


def _settle(
    outcomes: "Sequence[tuple[asyncio.Future[Any] | Future[Any], Any, BaseException | None]]",
) -> None:
    for future, result, error in outcomes:
        if future.done():  # The caller was cancelled; its item is written all the same.
            continue
        if error is None:
            future.set_result(result)
        else:
            future.set_exception(error)
