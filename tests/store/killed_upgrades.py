"""Kills an upgrade of an empty database at each of its steps; after each, the next start must succeed.

A program of its own, since it forks: ``python -m tests.store.killed_upgrades URL``. Prints how often it
killed.
"""

import sys
from contextlib import closing
from itertools import count
from pathlib import Path

import alembic.command  # noqa: F401  Once here, and not in each child.
from sqlalchemy import Engine, event, inspect, text

from leadline.store import migrate
from leadline.store.database import Database
from leadline.store.schema import metadata
from tests.killing import Step, is_killed

_FROM_ANEW = "DROP SCHEMA public CASCADE; CREATE SCHEMA public"


def main(url: str) -> None:
    """Print the number of steps at which an upgrade was killed and the next one succeeded."""
    for step in count(1):
        was_killed = is_killed(lambda tick: _upgrade(url, tick), at=step)
        with closing(Database(url)) as database:
            _check(database, is_full=step % 10 == 0 or not was_killed)
        if not was_killed:
            print(step - 1)  # noqa: T201
            return


def _check(database: Database, *, is_full: bool) -> None:
    """There is all or nothing. To start on nothing again takes a third of a second, so not always."""
    with database.read() as tx:
        tables = set(inspect(tx).get_table_names())
    # The search's own tables are the database's business; see the migration that makes them.
    assert not tables or tables >= {*metadata.tables, "alembic_version"}
    if is_full or tables:
        migrate.upgrade(database)
        assert migrate.version(database) == migrate.HEAD
        _clear(database)


def _upgrade(url: str, tick: Step) -> None:
    for moment in ("after_cursor_execute", "commit"):
        event.listen(Engine, moment, tick)
    with closing(Database(url)) as database:
        migrate.upgrade(database)


def _clear(database: Database) -> None:
    if database.is_sqlite:
        assert database.url.database is not None
        for suffix in ("", "-wal", "-shm"):
            Path(database.url.database + suffix).unlink(missing_ok=True)
    else:
        with database.write() as tx:
            tx.execute(text(_FROM_ANEW))


if __name__ == "__main__":
    main(sys.argv[1])
