"""``leadline db``: the schema of the database."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

import typer

from leadline.cli.output import say
from leadline.cli.session import load_settings

if TYPE_CHECKING:
    from leadline.store.database import Database

app = typer.Typer(help="The database's schema.", no_args_is_help=True)


@app.command()
def upgrade() -> None:
    """Bring the database to this version's schema. Every start does it too."""
    from leadline.store import migrate

    with _database() as database:
        is_changed = migrate.upgrade(database)
    say(f"The database is {'now' if is_changed else 'already'} at version {migrate.HEAD}.")


@app.command()
def version() -> None:
    """Say which schema the database has, and which one this Leadline needs."""
    from leadline.store import migrate

    with _database() as database:
        found = migrate.version(database)
    say(f"database {found or 'none'}", f"leadline {migrate.HEAD}")


@contextmanager
def _database() -> Iterator["Database"]:
    from leadline.store.database import Database

    with closing(Database(load_settings().leadline_database_url)) as database:
        yield database
