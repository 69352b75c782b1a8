"""Migrations: they end at the schema, refuse what is newer, and may run in several processes at once."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from leadline.app import Leadline
from leadline.errors import SettingsError, StoreUnavailable
from leadline.settings import Settings
from leadline.store import migrate, words
from leadline.store.database import Database
from leadline.store.schema import metadata

ROOT = Path(__file__).parents[2]
VERSIONS = ROOT / "src" / "leadline" / "store" / "migrations" / "versions"

# What each database itself says of its indexes; SQLAlchemy's comparison does not look at their conditions.
_INDEXES = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL",
    "postgresql": "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
}


@pytest.fixture
def empty(empty_database_url: str) -> Iterator[Database]:
    with closing(Database(empty_database_url)) as opened:
        yield opened


def indexes(database: Database) -> dict[str, str]:
    with database.read() as tx:
        rows = tx.execute(text(_INDEXES[tx.dialect.name]))
        return {
            name: " ".join(sql.split())
            for name, sql in rows
            if not any(other in name for other in ("alembic", *words.TABLES))
        }


def is_of_the_schema(name: str | None, kind: str, _parents: Any) -> bool:
    """The index of words has tables of its own, on SQLite each with some that FTS5 makes."""
    return kind != "table" or not (name or "").startswith(words.TABLES)


def set_version(database: Database, version: str) -> None:
    with database.write() as tx:
        tx.execute(text("UPDATE alembic_version SET version_num = :version"), {"version": version})


def test_the_newest_migration_is_the_one_that_the_code_expects() -> None:
    numbers = sorted(file.stem.partition("_")[0] for file in VERSIONS.glob("*.py"))
    assert numbers[-1] == migrate.HEAD
    assert len(numbers) == len(set(numbers))


def test_an_empty_database_comes_to_the_present_version(empty: Database) -> None:
    assert migrate.upgrade(empty)
    assert migrate.version(empty) == migrate.HEAD


def test_an_upgraded_database_is_left_alone(empty: Database) -> None:
    migrate.upgrade(empty)
    assert not migrate.upgrade(empty)


def test_migrations_end_at_the_schema(empty: Database) -> None:
    migrate.upgrade(empty)

    with empty.read() as tx:
        options = {"compare_type": True, "compare_server_default": True, "include_name": is_of_the_schema}
        context = MigrationContext.configure(tx, opts=options)
        assert compare_metadata(context, metadata) == []


def test_migrations_make_the_same_indexes_as_the_schema(database: Database, empty: Database) -> None:
    """On PostgreSQL both are the same server, so their definitions are written alike."""
    with empty.write() as tx:
        metadata.create_all(tx)
    assert indexes(database) == indexes(empty)
    assert any("WHERE" in sql for sql in indexes(empty).values())


def test_migrations_make_the_same_columns_as_the_schema(database: Database, empty: Database) -> None:
    with empty.write() as tx:
        metadata.create_all(tx)
    with database.read() as migrated, empty.read() as made:
        for table in metadata.tables:
            for aspect in ("get_columns", "get_pk_constraint", "get_unique_constraints"):
                ours, theirs = (getattr(inspect(tx), aspect)(table) for tx in (migrated, made))
                assert sorted(map(str, ours)) == sorted(map(str, theirs)), (table, aspect)
            # SQLAlchemy does not read the name of one that came with an added column.
            ours, theirs = (
                [{**key, "name": None} for key in inspect(tx).get_foreign_keys(table)]
                for tx in (migrated, made)
            )
            assert sorted(map(str, ours)) == sorted(map(str, theirs)), table


def test_a_database_of_a_newer_leadline_is_refused_and_left_as_it_is(empty: Database) -> None:
    migrate.upgrade(empty)
    set_version(empty, "9999")

    with pytest.raises(SettingsError, match="9999"):
        migrate.upgrade(empty)

    assert migrate.version(empty) == "9999"


def test_a_migration_that_fails_leaves_nothing_behind(empty: Database) -> None:
    """One of the later tables is in the way, so others were made before it failed."""
    with empty.write() as tx:
        tx.execute(text("CREATE TABLE users (id INTEGER)"))

    with pytest.raises(Exception, match="users"):
        migrate.upgrade(empty)

    with empty.read() as tx:
        assert inspect(tx).get_table_names() == ["users"]


def test_evidence_outlives_the_change_of_its_indexes(
    empty: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    facts = [("answer", 1, "SM1", "queued"), ("list", 1, None, "nowhere"), ("report", None, "SM1", "sent")]
    with monkeypatch.context() as before:
        before.setattr(migrate, "HEAD", "0004")
        migrate.upgrade(empty)
    with empty.write() as tx:
        for fact in facts:
            values = dict(zip(("kind", "attempt_id", "sid", "status"), fact, strict=True))
            tx.execute(
                text(
                    "INSERT INTO evidence (kind, attempt_id, twilio_sid, status, error_code, raw, at)"
                    " VALUES (:kind, :attempt_id, :sid, :status, 0, '{}', 7)"
                ),
                values,
            )

    assert migrate.upgrade(empty)

    kept = "SELECT id, kind, attempt_id, twilio_sid, status, error_code, raw, at FROM evidence ORDER BY id"
    with empty.read() as tx:
        rows = [tuple(row) for row in tx.execute(text(kept))]
    assert rows == [(number, *fact, 0, "{}", 7) for number, fact in enumerate(facts, start=1)]


def test_two_processes_may_upgrade_at_once(empty_database_url: str, tmp_path: Path) -> None:
    processes = [_upgrading(empty_database_url, tmp_path) for _ in range(2)]

    said = [process.communicate(timeout=30) for process in processes]

    assert [process.returncode for process in processes] == [0, 0], said
    assert sorted("now at" in out for out, _ in said) == [False, True]
    with closing(Database(empty_database_url)) as database:
        assert migrate.version(database) == migrate.HEAD


def _upgrading(url: str, folder: Path) -> subprocess.Popen[str]:
    environment = os.environ | {"LEADLINE_DATABASE_URL": url, "PYTHONPATH": str(ROOT / "src")}
    return subprocess.Popen(
        [sys.executable, "-m", "leadline", "db", "upgrade"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
        cwd=folder,
    )


def test_what_is_no_database_is_said_to_be_unavailable(tmp_path: Path) -> None:
    (tmp_path / "notes.db").write_text("These are notes, not tables. " * 100)
    with closing(Database(f"sqlite:///{tmp_path}/notes.db")) as database, pytest.raises(StoreUnavailable):
        migrate.upgrade(database)


def test_opening_brings_an_empty_database_up_to_date(empty_database_url: str) -> None:
    with Leadline.open(Settings(leadline_database_url=empty_database_url)) as line:
        assert migrate.version(line.database) == migrate.HEAD


def test_an_upgrade_may_be_killed_at_any_step(empty_database_url: str) -> None:
    run = [sys.executable, "-m", "tests.store.killed_upgrades", empty_database_url]
    environment = os.environ | {"PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
    ended = subprocess.run(run, capture_output=True, text=True, env=environment, cwd=ROOT, check=False)
    assert ended.returncode == 0, ended.stderr
    assert int(ended.stdout) > 40


def test_many_processes_may_make_one_database_at_once(empty_database_url: str, tmp_path: Path) -> None:
    processes = [_upgrading(empty_database_url, tmp_path) for _ in range(4)]
    said = [process.communicate(timeout=60) for process in processes]
    assert [process.returncode for process in processes] == [0] * 4, said
