"""Group commit: one thread per process that turns many small writes into few transactions.

Every webhook and every send outcome must be durable before it is answered, and a commit costs a disk
sync. So callers hand their item to this thread, which takes everything that waits, opens one
transaction, calls each use case once with its list, commits, and only then tells its callers.
Against one commit an event this doubles to quadruples what a server takes.
"""

import asyncio
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import suppress
from datetime import datetime
from itertools import islice, zip_longest
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


# Called once for what was handed over together: what each item was about, and after the commit the result of
# each, or none and why there are none.
Tell = Callable[[Sequence[Any], Sequence[Any], BaseException | None], object]


class Parcel(NamedTuple):
    """Items of one use case that were handed over together; whom to tell, and what about for each of them; on
    which loop, or None for the writer's own thread.
    """

    use_case: UseCase[Any, Any]
    items: Sequence[Any]
    tell: Tell
    about: Sequence[Any]
    loop: asyncio.AbstractEventLoop | None

    def alone(self) -> "list[Parcel]":
        """Each item by itself."""
        pairs = zip(self.items, self.about, strict=True)
        return [self._replace(items=[item], about=[about]) for item, about in pairs]


class Written(NamedTuple):
    """What became of a parcel: a result for each item, or why there is none."""

    parcel: Parcel
    results: Sequence[Any]
    error: BaseException | None = None


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
        self._gathered: dict[asyncio.AbstractEventLoop, list[Parcel]] = {}
        self._start()

    # A subclass may do without the thread: take what is put, write_batch and resolve at its own time, and let
    # nothing come_meanwhile.
    def _start(self) -> None:
        self._waiting: SimpleQueue[list[Parcel] | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="leadline-writer", daemon=True)
        self._thread.start()

    async def write(self, use_case: UseCase[Item, Result], item: Item) -> Result:
        """Hand one item over and wait until its transaction is committed."""
        future: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self.hand_over(use_case, [item], _settle, [future])
        return await future

    def hand_over(
        self, use_case: UseCase[Item, Any], items: Sequence[Item], tell: Tell, about: Sequence[Any]
    ) -> None:
        """Several at once and without a wait: ``tell`` is called on this event loop after the commit, with
        what each item is ``about``. Items that have to be tried one by one are told one by one.
        """
        loop = asyncio.get_running_loop()
        gathered = self._gathered.get(loop)
        if gathered is None:
            # What else comes in this turn of the loop is handed over with it: each wake-up of a thread
            # costs a system call and a fight for the interpreter lock.
            gathered = self._gathered[loop] = []
            loop.call_soon(self._put_gathered, loop)
        gathered.append(Parcel(use_case, items, tell, about, loop))

    def _put_gathered(self, loop: asyncio.AbstractEventLoop) -> None:
        self._put(self._gathered.pop(loop))

    def _put(self, parcels: list[Parcel]) -> None:
        self._waiting.put(parcels)

    def submit(self, use_case: UseCase[Item, Result], item: Item) -> "Future[Result]":
        """Hand one item over from a thread; the future is done after the commit."""
        future: Future[Result] = Future()
        future.set_running_or_notify_cancel()  # From here on it will be written; cancelling is no use.
        self._put([Parcel(use_case, [item], _settle, [future], None)])
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
                written = self.write_batch(batch)
                self.sizes.observe(_count(batch))
                self.seconds.observe(self._clock.monotonic() - began)
                _tell_all(written)
            if is_last:
                self._connection.close()
                return

    def _take(self) -> tuple[list[Parcel], bool]:
        """What waits, at least something; and whether nothing comes after it."""
        first = self._waiting.get()
        if first is None:
            return [], True
        self.come_meanwhile(first)
        return first, False

    def come_meanwhile(self, batch: list[Parcel]) -> None:
        """Add what waits to a batch, as far as there is room for it."""
        room = BATCH_AT_MOST - _count(batch)
        while room > 0:
            try:
                handed_over = self._waiting.get_nowait()
            except Empty:
                return
            if handed_over is None:  # The last there is; it is taken with the next batch.
                self._waiting.put(None)
                return
            batch += handed_over
            room -= _count(handed_over)

    def write_batch(self, batch: list[Parcel], *, is_alone: bool = False) -> list[Written]:
        """What the thread does with each batch: one transaction, and what became of each parcel. Others that
        come until it begins are added, unless ``is_alone``.
        """
        try:
            return self._unless_chosen_to_give_way(batch, is_alone=is_alone)
        except StoreUnavailable as error:
            return [Written(parcel, (), error) for parcel in batch]
        except Exception as error:  # noqa: BLE001  A fault of any one item must not fail its neighbours.
            if _count(batch) == 1:
                return [Written(batch[0], (), error)]
            each_alone = [alone for parcel in batch for alone in parcel.alone()]
            return [written for alone in each_alone for written in self.write_batch([alone], is_alone=True)]

    def _unless_chosen_to_give_way(self, batch: list[Parcel], *, is_alone: bool) -> list[Written]:
        """Two may wait for each other's rows; PostgreSQL then undoes one of them, which tries again."""
        for _ in range(GIVE_WAY_AT_MOST):
            try:
                return self._in_one_transaction(batch, is_alone=is_alone)
            except StoreUnavailable as error:
                if not is_deadlock(error):
                    raise
        return self._in_one_transaction(batch, is_alone=is_alone)

    def _in_one_transaction(self, batch: list[Parcel], *, is_alone: bool) -> list[Written]:
        with self._connection.write() as tx:
            # Where others write to the file too, more has come while we waited for our turn.
            if not is_alone:
                self.come_meanwhile(batch)
            by_use_case: dict[UseCase[Any, Any], list[Parcel]] = {}
            for parcel in batch:
                by_use_case.setdefault(parcel.use_case, []).append(parcel)
            now = self._clock.now()
            return [
                written
                for use_case, parcels in by_use_case.items()
                for written in _written(tx, use_case, parcels, now=now)
            ]


def _written(
    tx: Transaction, use_case: UseCase[Any, Any], parcels: Sequence[Parcel], *, now: datetime
) -> Iterator[Written]:
    """Call a use case once for all of its parcels, and give each its own results."""
    items = [item for parcel in parcels for item in parcel.items]
    results = use_case(tx, items, now=now)
    if len(results) != len(items):
        raise ValueError(f"{len(results)} results for {len(items)} items")
    rest = iter(results)
    for parcel in parcels:
        yield Written(parcel, list(islice(rest, len(parcel.items))))


def _count(parcels: Sequence[Parcel]) -> int:
    return sum([len(parcel.items) for parcel in parcels])


def _tell_all(written: Sequence[Written]) -> None:
    """Tell each caller in its own thread; one wake-up a loop and batch, since each costs a system call."""
    by_loop: dict[asyncio.AbstractEventLoop | None, list[Written]] = {}
    for each in written:
        by_loop.setdefault(each.parcel.loop, []).append(each)
    for loop, group in by_loop.items():
        if loop is None:
            tell(group)
        else:
            # A loop that has been closed has nobody left to tell.
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(tell, group)


def tell(group: Sequence[Written]) -> None:
    """Tell the callers of one loop what became of their items."""
    for parcel, results, error in group:
        try:
            parcel.tell(parcel.about, results, error)
        except Exception:
            log.exception("writer_told_in_vain")  # The others are told all the same.


def _settle(
    futures: "Sequence[asyncio.Future[Any] | Future[Any]]",
    results: Sequence[Any],
    error: BaseException | None,
) -> None:
    for future, result in zip_longest(futures, results):
        if future.done():  # The caller was cancelled; its item is written all the same.
            continue
        if error is None:
            future.set_result(result)
        else:
            future.set_exception(error)
