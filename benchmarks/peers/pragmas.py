"""The same durability for every SQLite connection of a peer as Leadline has for its own."""

from typing import Any


def make_durable(connection: Any, _record: object) -> None:
    """A "connect" listener: write-ahead log, and a sync at every commit. Does nothing to PostgreSQL."""
    if "sqlite" not in type(connection).__module__:
        return
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.close()
