"""An empty database for each run, of either kind, and what is in it afterwards."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import psycopg

from benchmarks.postgres import Server

_numbers = count(1)


@dataclass(frozen=True, slots=True)
class Database:
    """``kind`` is "sqlite" or "postgresql"; ``address`` is a file's path, or host:port/database."""

    kind: str
    address: str

    def url(self, scheme: str | None = None) -> str:
        """The address as a URL; ``scheme`` names a SQLAlchemy driver when it is to be a certain one."""
        if self.kind == "sqlite":
            return f"{scheme or 'sqlite'}:///{self.address}"
        return f"{scheme or 'postgresql'}://postgres@{self.address}"

    def count(self, query: str) -> int:
        """The one number that ``query`` gives."""
        if self.kind == "sqlite":
            reader = sqlite3.connect(self.address)
            try:
                return int(reader.execute(query).fetchone()[0])
            finally:
                reader.close()
        with psycopg.connect(self.url()) as connection:
            row = connection.execute(query.encode()).fetchone()
            return int(row[0]) if row else 0


@contextmanager
def fresh(kind: str, folder: Path, server: Server | None) -> Iterator[Database]:
    """A new empty database; a PostgreSQL one is dropped when left, a SQLite one goes with its folder."""
    name = f"bench_{next(_numbers)}"
    if kind == "sqlite":
        yield Database(kind, str(folder / f"{name}.db"))
        return
    assert server is not None
    server.run(f"CREATE DATABASE {name}")
    try:
        yield Database(kind, f"127.0.0.1:{server.port}/{name}")
    finally:
        server.run(f"DROP DATABASE {name} WITH (FORCE)")
