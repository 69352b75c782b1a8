"""Holds a database's lock for a while: ``python -m torture.holding KIND PLACE SECONDS``."""

import sqlite3
import sys
from contextlib import closing
from time import sleep

import psycopg


def main() -> None:
    """Take the lock that every writer needs, keep it that long, and let go."""
    kind, place, seconds = sys.argv[1:]
    if kind == "sqlite":
        with closing(sqlite3.connect(place, timeout=30.0, isolation_level=None)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            sleep(float(seconds))
        return
    with psycopg.connect(f"postgresql://{place}") as connection:
        connection.execute("LOCK TABLE messages IN ACCESS EXCLUSIVE MODE")
        sleep(float(seconds))


if __name__ == "__main__":
    main()
