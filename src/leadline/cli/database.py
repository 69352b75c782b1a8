"""``leadline db``: the database's schema, its backups, and the way back; ``leadline resume`` after that."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from leadline.cli.output import note, say
from leadline.cli.session import ACTOR, load_settings, opened
from leadline.errors import TooEarly

if TYPE_CHECKING:
    from leadline.store.database import Database

app = typer.Typer(help="The database: schema, backups, and the way back.", no_args_is_help=True)

File = Annotated[Path, typer.Argument(help="The backup.")]


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


@app.command()
def backup(
    file: File, *, overwrite: Annotated[bool, typer.Option(help="Replace a file of that name.")] = False
) -> None:
    """Copy the database to FILE, while it is in use, and read all of the copy."""
    from leadline import backups
    from leadline.clock import SystemClock

    settings = load_settings()
    rows = backups.back_up(settings, file, may_overwrite=overwrite, now=SystemClock().now())
    count = "" if rows is None else f" It has {rows['messages']} texts and {rows['leads']} leads."
    say(
        f"{file} is whole: all of it was read.{count}",
        f"Not in it: the pictures that leads sent ({settings.leadline_media_dir}), and your settings (.env).",
    )


@app.command()
def restore(
    file: File, *, yes: Annotated[bool, typer.Option("--yes", help="Replace the present database.")] = False
) -> None:
    """Put a backup in the place of the database, which is kept beside it. Stop Leadline first."""
    from leadline import backups
    from leadline.clock import SystemClock

    restored = backups.restore(load_settings(), file, may_replace=yes, now=SystemClock().now())
    if restored.kept:
        say(f"The database that was here is now {restored.kept}.")
    say(
        f"{file} is in its place. Nothing is sent from it yet.",
        "Start `leadline serve`, which fetches from Twilio what came and left since the backup,",
        "then run `leadline resume`.",
    )


def resume(
    *, force: Annotated[bool, typer.Option("--force", help="Although not everything was fetched.")] = False
) -> None:
    """Let texts leave again after a restore."""
    from leadline import restoring

    with opened() as line:
        try:
            with line.database.write() as tx:
                stood = restoring.resume(tx, actor=ACTOR, is_forced=force, now=line.clock.now())
        except TooEarly as error:
            note(
                str(error),
                "A running `leadline serve` or `leadline worker` does that in a minute or two.",
                "If Twilio cannot be asked any more, --force resumes without: a lead who said stop since the "
                "backup may then be texted.",
            )
            raise typer.Exit(1) from None
    if stood is None:
        say("Sending is not held: there is nothing to resume.")
        return
    say("Texts leave again.")
    if stood.left:
        say("Forced: a STOP that came since the backup may be unknown, and its sender may be texted.")
    if stood.in_doubt:
        say(f"{stood.in_doubt} texts may have left before. None is sent again before a person says so.")


@contextmanager
def _database() -> Iterator["Database"]:
    from leadline.store.database import Database

    with closing(Database(load_settings().leadline_database_url)) as database:
        yield database
