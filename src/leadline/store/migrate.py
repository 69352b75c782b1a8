"""Bring a database to this version's schema. Safe to kill at any point: each step is one transaction."""

from pathlib import Path
from threading import Lock

from sqlalchemy import inspect, text

from leadline.errors import SettingsError
from leadline.store.database import Database, Transaction

# The newest file in migrations/versions. Kept here too, so that an up-to-date database is
# recognised without importing Alembic, which costs a third of a second at every start.
HEAD = "0005"
# Any number will do; it only has to be the same in every process that might upgrade.
_LOCK = 7_254_001
# Alembic keeps the migration that runs in a global: of two threads, each upgrading a database, one would
# make its tables in the other's.
_ALEMBIC = Lock()


def version(database: Database) -> str | None:
    """The schema's version, None for an empty database."""
    with database.read() as tx:
        return _version(tx)


def _version(tx: Transaction) -> str | None:
    if not inspect(tx).has_table("alembic_version"):
        return None
    found: str | None = tx.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def upgrade(database: Database) -> bool:
    """Bring the schema to HEAD; true if there was anything to do.

    Several processes may call this at once: one does it, the others wait. Raises SettingsError for a
    database that a newer Leadline has upgraded, since guessing at its tables could lose texts.
    """
    if version(database) == HEAD:
        return False
    with database.write() as tx:
        if not database.is_sqlite:
            tx.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        before = _version(tx)
        if before is not None and before > HEAD:
            raise SettingsError(
                f"This database is at version {before}; this Leadline knows {HEAD}. Upgrade it."
            )
        with _ALEMBIC:
            _run_alembic(tx)
    return before != HEAD


def _run_alembic(tx: Transaction) -> None:
    from alembic import command  # noqa: PLC0415  See HEAD.
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = tx
    command.upgrade(config, HEAD)
