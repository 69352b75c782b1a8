"""Backups: a verified copy of the database while it is in use, and the way back.

A copy knows that it is one. Wherever it is opened as a database, sending is held, as ``restoring`` tells.
Pictures that leads sent are files beside the database, and settings are not ours: neither is in a backup.
"""

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from leadline.errors import InvalidInput, SettingsError
from leadline.settings import Settings
from leadline.store import copies, dumps, durable, installation, migrate
from leadline.store.database import Database


@dataclass(frozen=True, slots=True)
class Restored:
    """``kept`` is where the database is that was there before: a file, or a schema of PostgreSQL."""

    kept: str | None


def back_up(
    settings: Settings, file: Path, *, may_overwrite: bool = False, now: datetime
) -> Mapping[str, int] | None:
    """Copy the database to a file, and read all of the copy; the rows of each table, if it is SQLite.

    The file appears only when it is whole; a process that is killed leaves at most ``FILE.part`` behind.
    Raises InvalidInput for a file that exists, unless it may be overwritten, or a copy that is not whole;
    SettingsError where there is no database, or PostgreSQL's programs are missing.
    """
    if file.exists() and not may_overwrite:
        raise InvalidInput(f"{file} exists. Name another, or use --overwrite.", field="file")
    if not file.absolute().parent.is_dir():
        raise InvalidInput(f"There is no folder {file.absolute().parent}.", field="file")
    with closing(Database(settings.leadline_database_url)) as database:
        present = _file_of(database)
        if present and file.resolve() == present.resolve():
            raise InvalidInput("That is the database itself.", field="file")
        if not _is_there(database, present):
            raise SettingsError("There is no database to back up. LEADLINE_DATABASE_URL says where it is.")
        with _finished(file) as part:
            if present is None:
                dumps.make(database.url, part)
                return None
            return copies.make(present, part, then=installation.mark_as_copy(now=now)).rows


def restore(settings: Settings, file: Path, *, may_replace: bool = False, now: datetime) -> Restored:
    """Verify a backup and put it in the place of the database, which is kept beside.

    The next start holds sending. A process that is killed leaves the old database or the new one. Raises
    InvalidInput for a file that is no whole backup, or where there is a database that may not be replaced;
    TooEarly while the database is in use.
    """
    mark = installation.mark_as_copy(now=now)
    with closing(Database(settings.leadline_database_url)) as database:
        present = _file_of(database)
        if not may_replace and _is_there(database, present):
            raise InvalidInput(
                "There is a database. --yes puts the backup in its place, and keeps it beside.", field="file"
            )
        if present is None:
            dumps.look_into(file)
            return Restored(dumps.put_in_place(database, file, then=mark, head=migrate.HEAD))
    return Restored(_restore_file(file, present, mark))


def _restore_file(file: Path, present: Path, mark: str) -> str | None:
    if file.resolve() == present.resolve():
        raise InvalidInput("That is the database itself.", field="file")
    if copies.look_into(file).version > migrate.HEAD:
        raise SettingsError("The backup is of a newer Leadline. Upgrade this one first.")
    part = present.with_name(f"{present.name}.part")
    part.unlink(missing_ok=True)
    with copies.alone(present):
        # A copy of the copy: one that was made by hand does not know what it is, and is left as it is.
        copies.make(file, part, then=mark)
        kept = copies.exchange(part, present)
    return str(kept) if kept else None


def _file_of(database: Database) -> Path | None:
    """The file that a SQLite database is; None for PostgreSQL."""
    return Path(database.url.database or "") if database.is_sqlite else None


def _is_there(database: Database, present: Path | None) -> bool:
    """To connect to a SQLite file that is not there would make it."""
    return migrate.version(database) is not None if present is None else present.exists()


@contextmanager
def _finished(file: Path) -> Iterator[Path]:
    """A name to write to, which becomes the file's once everything is written."""
    part = file.with_name(f"{file.name}.part")
    part.unlink(missing_ok=True)
    try:
        yield part
        durable.replace(part, file)
    finally:
        part.unlink(missing_ok=True)
