"""A database for each run, of either kind, and what is in it afterwards."""

import shutil
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
    """``kind`` is "sqlite" or "postgresql"; ``place`` is a file, or user@host:port/database."""

    kind: str
    place: str

    def url(self, scheme: str | None = None) -> str:
        """The address as a URL; ``scheme`` names a SQLAlchemy driver when it is to be a certain one."""
        slashes = "///" if self.kind == "sqlite" else "//"
        return f"{scheme or self.kind}:{slashes}{self.place}"

    def count(self, query: str) -> int:
        """The one number that ``query`` gives."""
        if self.kind == "sqlite":
            reader = sqlite3.connect(self.place)
            try:
                return int(reader.execute(query).fetchone()[0])
            finally:
                reader.close()
        with psycopg.connect(self.url()) as connection:
            row = connection.execute(query.encode()).fetchone()
            return int(row[0]) if row else 0


@contextmanager
def database(
    kind: str, folder: Path, server: Server | None, *, like: Database | None = None
) -> Iterator[Database]:
    """An empty database, or a copy of ``like``, which nobody may have open; it is gone when left."""
    name = f"bench_{next(_numbers)}"
    if kind == "sqlite":
        file = folder / f"{name}.db"
        if like is not None and Path(like.place).exists():
            shutil.copyfile(like.place, file)
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
