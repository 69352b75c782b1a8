"""The database, SQLite or PostgreSQL: connections, transactions, and the one way to begin them."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic, sleep
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, exc, make_url
from sqlalchemy.pool import ConnectionPoolEntry

from leadline.errors import SettingsError, StoreUnavailable
from leadline.store.stops import AdvisoryLock, FileLock, LookAtFile, LookAtServer, StopLock
from leadline.store.turns import BETWEEN_TRIES, Turn

Transaction = Connection

# Long enough to outwait a neighbour's commit, short enough to answer Twilio's webhook with a 503
# inside its 15 s, so that it comes again.
BUSY_SECONDS = 5.0
# How PostgreSQL's list of sessions names ours.
APPLICATION = "leadline"
# Where a connection of SQLite keeps its place in the line.
_TURN = "turn"
# A process that is frozen in the middle of a transaction keeps others from its rows for this long, and then
# PostgreSQL undoes it.
FROZEN_SECONDS = 10.0
# The pool looks whether a connection still lives before it gives it out; one that was busy just now does.
KEPT_SECONDS = 1.0


class Database:
    """One database and its two pools: one begins transactions to write, one only reads.

    Thread-safe. ``write`` and ``read`` raise StoreUnavailable when the database is locked or gone.
    """

    def __init__(self, url: str) -> None:
        self.url = _driver_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self._stops: StopLock = FileLock(self.url) if self.is_sqlite else AdvisoryLock()
        self._writer = _engine(self.url, "write").execution_options(stops=self._stops)
        self._reader = _engine(self.url, "read")

    @contextmanager
    def write(self) -> Iterator[Transaction]:
        """A transaction that may write; commits at the end, rolls back on any exception."""
        try:
            with _translated(), self._writer.begin() as tx:
                yield tx
        finally:
            self._stops.let_go()

    @contextmanager
    def read(self) -> Iterator[Transaction]:
        """A transaction that only reads, on one snapshot; SQLite refuses a write in it."""
        with _translated(), self._reader.begin() as tx:
            yield tx

    def kept(self) -> "Kept":
        """A connection for one thread that writes all the time."""
        return Kept(self._writer)

    def last_look(self) -> LookAtFile | LookAtServer:
        """What somebody who sends asks right before a text leaves; see ``stops``."""
        if isinstance(self._stops, FileLock):
            return LookAtFile(self._stops, self.url)
        return LookAtServer(self._reader)

    def close(self) -> None:
        """Close every pooled connection; open transactions of other threads keep theirs."""
        self._writer.dispose()
        self._reader.dispose()


class Kept:
    """A connection that is kept while it is busy: to take one from the pool and to give it back takes 0.1 ms,
    as much as the statements of a small batch. Belongs to one thread.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._stops: StopLock = engine.get_execution_options()["stops"]
        self._connection: Connection | None = None
        self._used = 0.0

    @contextmanager
    def write(self) -> Iterator[Transaction]:
        """As ``Database.write``. After any fault the next transaction has a new connection."""
        with _translated():
            connection = self._take()
            try:
                with connection.begin():
                    yield connection
            except BaseException:
                connection.close()
                raise
            finally:
                self._stops.let_go()
            self._connection, self._used = connection, monotonic()

    def close(self) -> None:
        """Give the connection back."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _take(self) -> Connection:
        if monotonic() - self._used > KEPT_SECONDS:
            self.close()
        connection, self._connection = self._connection, None
        return connection or self._engine.connect()


def _driver_url(url: str) -> URL:
    parsed = make_url(url)
    match parsed.get_backend_name():
        case "sqlite":
            if not parsed.database or parsed.database == ":memory:":
                raise SettingsError("LEADLINE_DATABASE_URL: name a file, like sqlite:///leadline.db")
            return parsed
        case "postgresql" | "postgres":
            return parsed.set(drivername="postgresql+psycopg")
    raise SettingsError("LEADLINE_DATABASE_URL: write sqlite:///FILE or postgresql://USER@HOST/DATABASE")


def _engine(url: URL, purpose: str) -> Engine:
    if url.get_backend_name() != "sqlite":
        # The ping notices a connection that the server closed meanwhile, at 50 µs a transaction.
        options = (
            f"-c lock_timeout={int(BUSY_SECONDS * 1000)} -c application_name={APPLICATION}"
            f" -c idle_in_transaction_session_timeout={int(FROZEN_SECONDS * 1000)}"
        )
        return create_engine(
            url,
            connect_args={"options": options, "connect_timeout": int(BUSY_SECONDS) or 1},
            pool_size=5,
            max_overflow=10,
            pool_pre_ping=True,
            # Else each statement of a reader would see another moment, and a page contradict itself.
            isolation_level="REPEATABLE READ" if purpose == "read" else "READ COMMITTED",
            # An error that is logged must not bring a lead's text and number with it.
            hide_parameters=True,
        )
    engine = create_engine(
        url,
        # Writers wait for their turn where they begin.
        connect_args={"timeout": 0 if purpose == "write" else BUSY_SECONDS, "cached_statements": 512},
        pool_size=5,
        max_overflow=10,
        hide_parameters=True,
    )
    event.listen(engine, "connect", _prepare_writer if purpose == "write" else _prepare_reader)
    if purpose == "write":
        # Last: a connection that could not be prepared is dropped without a word.
        event.listen(engine, "connect", lambda _connection, record: _join_line(record, url))
        event.listen(engine, "close", lambda _connection, record: record.info.pop(_TURN).close())
    # A transaction that reads and then writes fails at once with SQLITE_BUSY_SNAPSHOT, whatever the
    # time-out: of 1,200 such updates by four processes 736 were lost. IMMEDIATE lost none.
    event.listen(engine, "begin", _begin_immediate if purpose == "write" else _begin)
    return engine


def _join_line(record: ConnectionPoolEntry, url: URL) -> None:
    try:
        record.info[_TURN] = Turn(str(url.database))
    except OSError as error:
        raise StoreUnavailable(f"The database's folder does not take a file: {error}") from error


def _prepare_writer(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None
    _use_wal(connection)
    for pragma in (
        # FULL makes a commit survive a power cut. In batches it costs nothing that can be measured.
        "synchronous = FULL",
        "foreign_keys = ON",
        # The default, said because it was once ten times as much: that made every few thousandth webhook wait
        # for 80 ms while the log was copied into the file, and no webhook quicker. Now it is 15 ms.
        "wal_autocheckpoint = 1000",
    ):
        connection.execute(f"PRAGMA {pragma}").close()


def _use_wal(connection: sqlite3.Connection) -> None:
    """The file remembers it, so only the first of all connections changes it. To change it takes the file for
    itself, and where two do so at once SQLite refuses one of them at once, whatever the time-out.
    """
    _as_soon_as_free(lambda: connection.execute("PRAGMA journal_mode = WAL").close())


def _prepare_reader(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None
    connection.execute("PRAGMA query_only = ON").close()
    # SQLite's own knows no letter beyond ASCII, so that a search for "åsa" would not find Åsa.
    connection.create_function("lower", 1, _lower, deterministic=True)


def _lower(value: Any) -> Any:
    return value.lower() if isinstance(value, str) else value


def _begin_immediate(connection: Connection) -> None:
    turn: Turn = connection.info[_TURN]
    with turn.held():
        _as_soon_as_free(lambda: _execute(connection, "BEGIN IMMEDIATE"))


def _as_soon_as_free(take: Callable[[], object]) -> None:
    """Take what only one may have, as soon as nobody has it. Raises what SQLite says after BUSY_SECONDS."""
    give_up_at = monotonic() + BUSY_SECONDS
    while True:
        try:
            take()
        except sqlite3.OperationalError as error:
            # The rest of the code tells by what it was busy: with another's writing, or with mending the log.
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or monotonic() > give_up_at:
                raise
            sleep(BETWEEN_TRIES)
        else:
            return


def _begin(connection: Connection) -> None:
    _execute(connection, "BEGIN")


def _execute(connection: Connection, statement: str) -> None:
    """On the driver's own cursor, as in ``batch``: SQLAlchemy's costs more than the statement."""
    connection.connection.cursor().execute(statement)


@contextmanager
def _translated() -> Iterator[None]:
    """Tell "locked or gone" from faults of our own: only the first may pass when tried again."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if is_our_fault(error):
            raise
        raise StoreUnavailable(f"The database does not answer: {_cause(error)}") from error
    except (exc.OperationalError, exc.InterfaceError, exc.TimeoutError) as error:
        if is_our_fault(getattr(error, "orig", None)):
            raise
        raise StoreUnavailable(f"The database does not answer: {_cause(error)}") from error
    except exc.DBAPIError as error:
        if error.connection_invalidated or _is_no_database(error):
            raise StoreUnavailable(f"The database does not answer: {_cause(error)}") from error
        raise


def is_our_fault(error: BaseException | None) -> bool:
    """Whether SQLite, which calls every trouble operational, was asked for what cannot be."""
    return getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_ERROR


def is_deadlock(error: StoreUnavailable) -> bool:
    """Whether PostgreSQL undid this transaction so that another one could go on."""
    cause = error.__cause__
    return getattr(getattr(cause, "orig", cause), "sqlstate", None) == _DEADLOCK_DETECTED


_DEADLOCK_DETECTED = "40P01"


def _is_no_database(error: exc.DBAPIError) -> bool:
    """Whether SQLite was given another kind of file, or a damaged one."""
    code = getattr(error.orig, "sqlite_errorcode", None)
    return code in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT)


def _cause(error: Exception) -> str:
    return str(getattr(error, "orig", None) or error).splitlines()[0]
