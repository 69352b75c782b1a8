"""Dumps of a PostgreSQL database, with PostgreSQL's own programs: pg_dump, pg_restore and psql.

Only Leadline's tables are dumped and exchanged; what else is in the database stays as it is.
"""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import URL, text

from leadline.errors import InvalidInput, SettingsError, StoreUnavailable, TooEarly
from leadline.store import schema, words
from leadline.store.database import APPLICATION, Database, Transaction

TABLES = (*sorted(schema.metadata.tables), *words.TABLES, "alembic_version")
_KEPT = "leadline_before_restore"
_COPY = ("--no-owner", "--no-privileges")

_OTHERS = """SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND application_name = :application AND pid <> pg_backend_pid()"""
_IS_THERE = "SELECT 1 FROM information_schema.schemata WHERE schema_name = :name"
_PRESENT = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename = ANY(:names)"
_REFUSE_NEWER = """DO $$ BEGIN
  IF (SELECT version_num FROM public.alembic_version) > '{head}' THEN
    RAISE EXCEPTION 'The backup is of a newer Leadline. Upgrade this one first.';
  END IF;
END $$"""


def make(url: URL, target: Path) -> None:
    """Dump one moment of the database, and read all of the dump. Whoever uses it goes on meanwhile.

    Raises SettingsError without PostgreSQL's programs, StoreUnavailable with what they said.
    """
    os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    wanted = [f"--table=public.{name}" for name in TABLES]
    _run("pg_dump", "--format=custom", *_COPY, *wanted, f"--file={target}", url=url)
    look_into(target)


def look_into(file: Path) -> None:
    """Read all of a dump. Raises InvalidInput when it is damaged, or has not all of our tables."""
    if not file.is_file():
        raise InvalidInput(f"There is no file {file}.", field="file")
    try:
        listing = _run("pg_restore", "--list", str(file))
        _run("pg_restore", f"--file={os.devnull}", str(file))
    except StoreUnavailable as error:
        raise InvalidInput(f"{file} cannot be read. {error}", field="file") from error
    missing = [
        name for name in ("alembic_version", "installation") if f"TABLE DATA public {name} " not in listing
    ]
    if missing:
        raise InvalidInput(f"{file} is not a dump of Leadline's tables.", field="file")


def put_in_place(database: Database, file: Path, *, then: str, head: str) -> str | None:
    """Exchange our tables for those of a dump and run the SQL ``then``, in one transaction; the schema in
    which the present ones are kept, if there were any. Killed at any point, it has changed nothing.

    Raises TooEarly when Leadline has the database open, StoreUnavailable with what went wrong.
    """
    with database.read() as tx:
        others = tx.scalar(text(_OTHERS), {"application": APPLICATION})
        if others:
            raise TooEarly(
                f"Leadline has {others} connections to the database. "
                "Stop `leadline serve`, every worker and whatever else uses it."
            )
        present = list(tx.scalars(text(_PRESENT), {"names": list(TABLES)}))
        kept = _unused(tx) if present else None
    moves = [f"CREATE SCHEMA {kept}", *(f"ALTER TABLE public.{name} SET SCHEMA {kept}" for name in present)]
    with TemporaryDirectory(prefix="leadline-") as folder:
        script = Path(folder) / "restore.sql"
        # Written to its end first: from a pipe that breaks off psql would commit the half.
        _run("pg_restore", *_COPY, f"--file={script}", str(file))
        steps = [
            *[f"--command={move}" for move in moves if kept],
            f"--file={script}",
            f"--command={_REFUSE_NEWER.format(head=head)}",
            f"--command={then.replace('UPDATE installation', 'UPDATE public.installation')}",
        ]
        _run(
            "psql", "-X", "--quiet", "--set=ON_ERROR_STOP=1", "--single-transaction", *steps, url=database.url
        )
    return kept


def _unused(tx: Transaction) -> str:
    number, name = 1, _KEPT
    while tx.scalar(text(_IS_THERE), {"name": name}):
        number += 1
        name = f"{_KEPT}_{number}"
    return name


def _run(program: str, *arguments: str, url: URL | None = None) -> str:
    """What it printed. The password goes by the environment: everyone on a machine can see arguments."""
    path = shutil.which(program)
    if path is None:
        raise SettingsError(
            f"There is no {program} here. Install PostgreSQL's client programs (postgresql-client)."
        )
    environment = os.environ | ({"PGPASSWORD": str(url.password)} if url and url.password else {})
    where = [] if url is None else [f"--dbname={_without_password(url)}"]
    ended = subprocess.run(  # noqa: S603  Its arguments are ours; the file's name is one of them.
        [path, *arguments, *where], env=environment, capture_output=True, text=True, check=False
    )
    if ended.returncode:
        raise StoreUnavailable(f"{program}: {_last_words(ended.stderr.splitlines())}")
    return ended.stdout


def _without_password(url: URL) -> str:
    bare = URL.create("postgresql", url.username, None, url.host, url.port, url.database, url.query)
    return bare.render_as_string(hide_password=False)


def _last_words(lines: Sequence[str]) -> str:
    errors = [line for line in lines if "error" in line.lower() or "fatal" in line.lower()]
    return (errors or [*lines] or ["it ended without a word"])[0]
