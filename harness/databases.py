"""A database for each run, of either kind, and what is in it afterwards."""

import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import psycopg

from harness.postgres import Server

_numbers = count(1)
_LOCKED = (
    sqlite3.OperationalError,
    psycopg.errors.LockNotAvailable,
    psycopg.errors.DeadlockDetected,
)


class Locked(Exception):
    """Another process holds what a statement needs."""


@dataclass(frozen=True, slots=True)
class Database:
    """``kind`` is "sqlite" or "postgresql"; ``place`` is a file, or user@host:port/database."""

    kind: str
    place: str

    def url(self, scheme: str | None = None) -> str:
        """The address as a URL; ``scheme`` names a SQLAlchemy driver when it is to be a certain one."""
        slashes = "///" if self.kind == "sqlite" else "//"
        return f"{scheme or self.kind}:{slashes}{self.place}"

    def count(self, query: str) -> int:
        """The one number that ``query`` gives."""
        [[found]] = self.rows(query)
        return int(found)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """All that ``query`` finds, asked by the driver alone."""
        if self.kind == "sqlite":
            with closing(sqlite3.connect(self.place)) as reader:
                return reader.execute(query).fetchall()
        with psycopg.connect(self.url()) as connection:
            return connection.execute(query.encode()).fetchall()

    def run(self, *statements: str, within: float = 5.0) -> None:
        """Run these in one transaction. Raises Locked when another holds what they need for that many
        seconds.
        """
        try:
            self._run(statements, within)
        except _LOCKED as error:
            raise Locked(str(error)) from error

    def _run(self, statements: Sequence[str], within: float) -> None:
        if self.kind == "sqlite":
            with closing(sqlite3.connect(self.place, timeout=within, isolation_level=None)) as writer:
                for statement in ("BEGIN IMMEDIATE", *statements, "COMMIT"):
                    writer.execute(statement)
            return
        with psycopg.connect(self.url(), options=f"-c lock_timeout={int(within * 1000)}") as connection:
            for statement in statements:
                connection.execute(statement.encode())


@contextmanager
def database(
    kind: str, folder: Path, server: Server | None, *, like: Database | None = None
) -> Iterator[Database]:
    """An empty database, or a copy of ``like``, which nobody may have open; it is gone when left."""
    name = f"bench_{next(_numbers)}"
    if kind == "sqlite":
        file = folder / f"{name}.db"
        if like is not None:
            # What stands beside it, under a longer name, belongs to it.
            for part in Path(like.place).parent.glob(f"{Path(like.place).name}*"):
                shutil.copyfile(part, folder / part.name.replace(Path(like.place).name, file.name, 1))
        try:
            yield Database(kind, str(file))
        finally:
            for left in folder.glob(f"{name}.db*"):
                left.unlink()
        return
    if server is None:
        raise ValueError("a PostgreSQL database needs its server")
    template = like.place.rpartition("/")[2] if like is not None else "template1"
    server.run(f"CREATE DATABASE {name} TEMPLATE {template}")
    try:
        yield Database(kind, f"{server.user_at_host}/{name}")
    finally:
        server.run(f"DROP DATABASE {name} WITH (FORCE)")
