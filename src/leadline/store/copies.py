"""Copies of a SQLite database: made while it is in use, verified, and put in the place of another."""

import os
import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from leadline.errors import InvalidInput, TooEarly
from leadline.store import durable, schema

# What SQLite keeps beside a database that is in use, or that was left in a crash.
_COMPANIONS = ("-wal", "-shm", "-journal")
_NOT_A_DATABASE = (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT)


@dataclass(frozen=True, slots=True)
class Contents:
    """What was found in a copy when it was opened: the schema's version, and each table's count of rows."""

    version: str
    rows: Mapping[str, int]


def make(source: Path, target: Path, *, then: str) -> Contents:
    """Copy one moment of a database, run the SQL ``then`` in the copy, and verify it.

    Whoever uses the source goes on meanwhile: the copy is one read transaction, and SQLite's log only grows
    until it is over. ``target`` must not exist; it can be read by its owner alone. Raises InvalidInput when
    the copy is not whole.
    """
    os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    with _told_plainly(source), _opened(source) as ours, _opened(target) as theirs:
        ours.backup(theirs)
        # One file, with nothing beside it that could be left behind.
        theirs.execute("PRAGMA journal_mode = DELETE").close()
        theirs.execute(then).close()
    return look_into(target)


def look_into(file: Path) -> Contents:
    """Read all of it: every page, every index, every row. Raises InvalidInput when something is wrong."""
    if not file.is_file():
        raise InvalidInput(f"There is no file {file}.", field="file")
    with _told_plainly(file), _opened(file) as connection:
        [verdict] = connection.execute("PRAGMA integrity_check(1)").fetchone()
        orphan = connection.execute("PRAGMA foreign_key_check").fetchone()
        if verdict != "ok" or orphan:
            raise InvalidInput(f"{file} is damaged: {verdict if orphan is None else orphan}.", field="file")
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
        if not {"alembic_version", "installation"} <= tables:
            raise InvalidInput(f"{file} is not a database of Leadline.", field="file")
        [version] = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        rows = {name: _count(connection, name) for name in sorted(tables & set(schema.metadata.tables))}
    return Contents(version, rows)


def _count(connection: sqlite3.Connection, table: str) -> int:
    [found] = connection.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608  Of the schema.
    return int(found)


@contextmanager
def alone(file: Path) -> Iterator[None]:
    """Keep everyone else out of a database. Raises TooEarly when somebody has it open.

    What its log holds is moved into it, so that it is whole without. A damaged one is taken for unused.
    """
    if not file.exists():
        yield
        return
    with closing(sqlite3.connect(file, timeout=0, isolation_level=None)) as connection:
        try:
            # SQLite changes this only for one who has the file for itself.
            connection.execute("PRAGMA journal_mode = DELETE").close()
            connection.execute("BEGIN EXCLUSIVE").close()
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode not in _NOT_A_DATABASE:
                raise TooEarly(
                    f"{file} is in use. Stop `leadline serve`, every worker and whatever else has it open."
                ) from error
        yield


def exchange(new: Path, present: Path) -> Path | None:
    """Put a copy in the place of the present database, and keep that one beside; where, if there was one.

    At every moment there is a whole database at the place. Only who is ``alone`` may do this.
    """
    kept = None
    if present.exists():
        kept = _unused(present)
        _keep(present, kept)
        for companion in _COMPANIONS:
            if (left := Path(f"{present}{companion}")).exists():
                left.replace(f"{kept}{companion}")
    durable.replace(new, present)
    return kept


def _unused(present: Path) -> Path:
    names = (f"{present.name}.before-restore{f'-{n}' if n > 1 else ''}" for n in count(1))
    return next(path for path in map(present.with_name, names) if not path.exists())


def _keep(present: Path, kept: Path) -> None:
    try:
        kept.hardlink_to(present)
    except OSError:  # Not every file system gives a file two names.
        shutil.copy2(present, kept)


@contextmanager
def _opened(file: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        yield connection


@contextmanager
def _told_plainly(file: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise InvalidInput(f"{file} cannot be read: {error}.", field="file") from error
