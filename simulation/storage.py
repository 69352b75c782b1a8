"""Where the product meets the disk: its database with faults, and its writer without the thread."""

import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from leadline.app import Leadline
from leadline.errors import StoreUnavailable
from leadline.settings import Settings
from leadline.store.database import Database, Kept, Transaction
from leadline.store.writer import BATCH_AT_MOST, Parcel, Writer, tell

if TYPE_CHECKING:
    from simulation.process import Process

_MEMORY = Path("/dev/shm")  # noqa: S108  A folder of this run's own is made in it.


class Crash(BaseException):
    """The process is gone, in the middle of whatever it did; no ``except Exception`` outlives it."""


class FaultyDatabase(Database):
    """A database of one process at a time, which may fail it or see it die at every transaction."""

    owner: "Process"

    @contextmanager
    def write(self) -> Iterator[Transaction]:
        with _at_risk(self.owner, super().write()) as tx:
            yield tx

    def kept(self) -> Kept:
        return _FaultyKept(self)


class _FaultyKept(Kept):
    """The writer's own connection to it."""

    def __init__(self, database: FaultyDatabase) -> None:
        super().__init__(database._writer)  # noqa: SLF001  As its own ``kept`` does.
        self._owner = database.owner

    @contextmanager
    def write(self) -> Iterator[Transaction]:
        with _at_risk(self._owner, super().write()) as tx:
            yield tx


@contextmanager
def _at_risk(owner: "Process", transaction: AbstractContextManager[Transaction]) -> Iterator[Transaction]:
    """A transaction that may not begin, or not be the last thing that its process does.

    Statements of a transaction that never commits leave no trace, so dying before the commit stands for
    dying between any two of them.
    """
    world = owner.world
    if owner.is_without_database or world.strikes(world.weather.database_unavailable, "transaction refused"):
        owner.note("the database does not answer")
        raise StoreUnavailable("The database does not answer: simulated")
    with transaction as tx:
        yield tx
        owner.may_die("before COMMIT")
    owner.may_die("after COMMIT")
    if world.strikes(world.weather.commit_unheard, "commit unheard"):
        # As when PostgreSQL's answer to COMMIT is lost with the connection.
        owner.note("has committed, and does not know it")
        raise StoreUnavailable("The database does not answer: simulated, after the commit")


class SteppedWriter(Writer):
    """The writer, whose turn comes a moment after something is handed over, on the event loop."""

    def __init__(self, database: FaultyDatabase, process: "Process") -> None:
        self._process = process
        super().__init__(database, process.clock)

    def _start(self) -> None:
        self._parcels: list[Parcel] = []

    def _put(self, parcels: list[Parcel]) -> None:
        if not self._parcels:
            self._process.later(self._process.disk_seconds(), self._turn)
        self._parcels += parcels

    def come_meanwhile(self, batch: list[Parcel]) -> None:
        """Nothing does: no time passes while a transaction begins."""

    def close(self) -> None:
        """There is no thread to end, but a connection to give back."""
        self._connection.close()

    def _turn(self) -> None:
        batch, self._parcels = self._parcels[:BATCH_AT_MOST], self._parcels[BATCH_AT_MOST:]
        try:
            written = self.write_batch(batch)
        except Crash as crash:
            self._process.crash(str(crash))
            return
        tell(written)
        if self._parcels:
            self._process.later(self._process.disk_seconds(), self._turn)


@contextmanager
def memory() -> Iterator[Path]:
    """A folder in memory, where the system has such, that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="leadline-", dir=_MEMORY if _MEMORY.is_dir() else None) as name:
        yield Path(name)


class Ground:
    """The file under every run, in memory, and the databases that are opened on it.

    Migrating takes a second and opening an engine a millisecond, so a run gets a copy of a migrated file,
    and engines with the statements they have compiled are kept from run to run.
    """

    def __init__(self, folder: Path) -> None:
        self.file = Path(tempfile.mkdtemp(dir=folder)) / "leadline.db"
        self.url = f"sqlite:///{self.file}"
        Leadline.open(Settings.model_construct(leadline_database_url=self.url)).close()
        self._template = self.file.read_bytes()
        # Beside the file, how old it is: without it, or with that of the last run, it would look restored.
        self._generation = self.file.with_name(f"{self.file.name}.generation")
        self._age = self._generation.read_bytes()
        self._all: list[FaultyDatabase] = []
        self._free: list[FaultyDatabase] = []

    def close(self) -> None:
        """No run is under way any more."""
        for database in self._all:
            database.close()

    def renew(self) -> None:
        """An empty database for the next run."""
        self.close()
        for end in ("-wal", "-shm"):
            self.file.with_name(self.file.name + end).unlink(missing_ok=True)
        self.file.write_bytes(self._template)
        self._generation.write_bytes(self._age)
        self._free = self._all[::-1]

    def lend(self, owner: "Process") -> FaultyDatabase:
        """A database for a process that starts."""
        if not self._free:
            self._all.append(FaultyDatabase(self.url))
            self._free.append(self._all[-1])
        database = self._free.pop()
        database.owner = owner
        return database

    def take_back(self, database: FaultyDatabase) -> None:
        """A process is dead."""
        self._free.append(database)
