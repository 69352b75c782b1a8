"""The stop lock: an order between the commit of an opt-out and the first byte of a text.

Who commits an opt-out holds the lock alone, until the commit is done. Who sends holds it together with other
senders, from the last look at consent until the bytes are with the socket. So a text whose look finds no
opt-out has left before any later one was committed, whichever process that was in.

On SQLite it is a file beside the database, which all processes on it share; on PostgreSQL an advisory lock.
"""

import fcntl
import json
import os
import sqlite3
import threading
import time
from collections.abc import Collection
from contextlib import suppress

from sqlalchemy import URL, Connection, Engine, exc

from leadline.errors import StoreUnavailable
from leadline.store import locks

# Any number that nothing else on the database locks.
_KEY = 0x4C65_6164
_WAIT_SECONDS = 5.0
_LOOK_AGAIN_SECONDS = 0.001
_BUSY = "The database does not answer: texts are leaving, and an opt-out waits for them."


class FileLock:
    """The lock on SQLite: ``flock`` of a file, which a process that dies lets go of.

    Of a second file, the turn, an opt-out takes hold first: else senders that overlap could keep it out.
    """

    def __init__(self, url: URL) -> None:
        self._path = f"{url.database}-stops"
        self._held = threading.local()

    def hold(self, _tx: Connection) -> None:
        """Wait until no text is leaving, and let none leave until ``let_go``. Raises StoreUnavailable."""
        if getattr(self._held, "files", None):
            return
        self._held.files = self.open()
        give_up_at = time.monotonic() + _WAIT_SECONDS
        for file in self._held.files:
            while not locks.take(file, fcntl.LOCK_EX):
                if time.monotonic() > give_up_at:
                    self.let_go()
                    raise StoreUnavailable(_BUSY)
                time.sleep(_LOOK_AGAIN_SECONDS)

    def let_go(self) -> None:
        """This thread's transaction is over, committed or not."""
        files = getattr(self._held, "files", None)
        if files:
            self._held.files = None
            for file in files:
                os.close(file)

    def open(self) -> tuple[int, int]:
        """The turn and the lock. Each time they are opened it is another holder."""
        return locks.opened(f"{self._path}-turn"), locks.opened(self._path)


class AdvisoryLock:
    """The lock on PostgreSQL, which the server lets go of right after the commit."""

    def hold(self, tx: Connection) -> None:
        """As of ``FileLock``."""
        tx.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_KEY})").close()

    def let_go(self) -> None:
        """Nothing is left to do."""


StopLock = FileLock | AdvisoryLock


def hold(tx: Connection) -> None:
    """From here to the commit of this transaction no text leaves."""
    lock: StopLock = tx.get_execution_options()["stops"]
    lock.hold(tx)


class LookAtFile:
    """A sender's side on SQLite: a few locks and one question for any number of texts. It takes some 20 µs
    and is made on the event loop itself.
    """

    def __init__(self, lock: FileLock, url: URL) -> None:
        self._turn, self._file = lock.open()
        self._holders = 0
        self._connection = sqlite3.connect(str(url.database), isolation_level=None)

    def begin(self, conversation_ids: Collection[int]) -> set[int] | None:
        """Those of these that have opted out; of no other an opt-out is committed until ``end``. None, which
        needs no ``end``: one is being committed right now.
        """
        if not locks.take(self._turn, fcntl.LOCK_SH):
            return None
        is_held = self._holders > 0 or locks.take(self._file, fcntl.LOCK_SH)
        locks.let_go(self._turn)
        if not is_held:
            return None
        self._holders += 1
        try:
            found = self._connection.execute(_OPTED_OUT_OF, (json.dumps(list(conversation_ids)),))
            return {key for (key,) in found}
        except sqlite3.Error as error:
            self.end()
            raise StoreUnavailable(f"The database does not answer: {error}") from error

    def end(self) -> None:
        """The bytes are with the socket, or will not be."""
        self._holders -= 1
        if not self._holders:
            locks.let_go(self._file)

    def close(self) -> None:
        """Nothing more is sent."""
        self._connection.close()
        os.close(self._turn)
        os.close(self._file)


_OPTED_OUT_OF = """SELECT c.id FROM json_each(?) v JOIN conversations c ON c.id = v.value
WHERE c.consent = 'opted_out'"""


class LookAtServer:
    """A sender's side on PostgreSQL: three short questions for any number of texts, asked in a thread."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine.execution_options(isolation_level="AUTOCOMMIT")
        self._connection: Connection | None = None

    def begin(self, conversation_ids: Collection[int]) -> set[int]:
        """Those of these that have opted out; of no other an opt-out is committed until ``end``. Waits for
        one that is being committed.
        """
        try:
            if self._connection is None:
                self._connection = self._engine.connect()
            self._connection.exec_driver_sql(f"SELECT pg_advisory_lock_shared({_KEY})").close()
            # A statement of its own, since it must see what was committed while the lock was waited for.
            found = self._connection.exec_driver_sql(_OPTED_OUT, (list(conversation_ids),))
            return {row[0] for row in found}
        except exc.SQLAlchemyError as error:
            self.close()
            raise StoreUnavailable("The database does not answer: the last look failed.") from error

    def end(self) -> None:
        """The bytes are with their sockets, or will not be."""
        try:
            if self._connection is not None:
                self._connection.exec_driver_sql(f"SELECT pg_advisory_unlock_shared({_KEY})").close()
        except exc.SQLAlchemyError:
            # With the connection the server lets go of the lock.
            self.close()

    def close(self) -> None:
        """Nothing more is sent, or the connection is broken."""
        if self._connection is not None:
            with suppress(exc.SQLAlchemyError):
                self._connection.invalidate()
                self._connection.close()
            self._connection = None


_OPTED_OUT = "SELECT id FROM conversations WHERE id = ANY(%s) AND consent = 'opted_out'"
