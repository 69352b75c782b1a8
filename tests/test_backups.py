"""Backups are whole moments of a database in use; the way back loses neither the old database nor the new."""

import hashlib
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import pairwise
from pathlib import Path
from threading import Event, Thread

import pytest
from sqlalchemy import text

from leadline import backups, leads, restoring
from leadline.app import Leadline
from leadline.errors import InvalidInput, LeadlineError, SettingsError, TooEarly
from leadline.leads import NewLead
from leadline.settings import Settings
from leadline.store import audit, generation
from leadline.store.database import Database
from tests import cast
from tests.clock import START, Clock
from tests.contracts.tree import ROOT, SOURCE

Make = Callable[..., Settings]
BACKUPS = {"sqlite": 12, "postgres": 3}


@pytest.fixture
def given(settings: Make, empty_database_url: str) -> Settings:
    """Settings with a database that may be exchanged for another."""
    return settings(leadline_database_url=empty_database_url)


@pytest.fixture
def stocked(given: Settings, clock: Clock) -> Settings:
    """The same, with Lena and a text to her in it; nobody has it open."""
    with Leadline.open(given, clock=clock) as line:
        line.add_lead(cast.LENA.name, cast.LENA.phone)
        line.send(1, "Hi Lena")
    return given


@pytest.fixture
def backup(stocked: Settings, tmp_path: Path) -> Path:
    """A backup of that."""
    file = tmp_path / "backup"
    backups.back_up(stocked, file, now=START)
    return file


def restore(settings: Settings, file: Path) -> str | None:
    return backups.restore(settings, file, may_replace=True, now=START).kept


def names(settings: Settings, schema: str = "") -> list[str]:
    """The leads of a database, in the order they came."""
    with closing(Database(settings.leadline_database_url)) as database, database.read() as tx:
        return list(tx.scalars(text(f"SELECT name FROM {schema}leads ORDER BY id")))  # noqa: S608


def add_leo(settings: Settings) -> None:
    with Leadline.open(settings) as line:
        line.add_lead("Leo")


# Under load.


@contextmanager
def writing(settings: Settings) -> Iterator[Callable[[int], None]]:
    """Somebody writes without a pause, each row made of the one before, and two rows a transaction.

    Gives what waits until that many more were written.
    """
    stop, count, news = Event(), [0], Event()

    def write() -> None:
        with closing(Database(settings.leadline_database_url)) as database:
            name = "0"
            while not stop.is_set():
                name = _next(name)
                with database.write() as tx:
                    leads.add(tx, [NewLead(name=name, phone=None)], now=START, settings=settings)
                    audit.add(tx, actor="test", action="add", subject=name, now=START)
                count[0] += 1
                news.set()

    def more(wanted: int) -> None:
        until = count[0] + wanted
        while count[0] < until:
            news.clear()
            assert news.wait(20)

    thread = Thread(target=write)
    thread.start()
    try:
        yield more
    finally:
        stop.set()
        thread.join()


def _next(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()


def test_every_backup_under_load_is_one_moment_and_restores_to_it(
    given: Settings, settings: Make, tmp_path: Path, database_kind: str, request: pytest.FixtureRequest
) -> None:
    files = [tmp_path / f"backup-{n}" for n in range(BACKUPS[database_kind])]
    Leadline.open(given).close()
    with writing(given) as more:
        for file in files:
            more(20)
            backups.back_up(given, file, now=START)
    if database_kind == "sqlite":
        elsewhere = settings(leadline_database_url=f"sqlite:///{tmp_path}/restored.db")
    else:
        elsewhere = given
    lengths = []
    for file in files:
        restore(elsewhere, file)
        chain = names(elsewhere)
        assert chain[0] == _next("0")
        assert all(after == _next(before) for before, after in pairwise(chain))
        assert _subjects(elsewhere) == chain
        lengths.append(len(chain))
    assert all(after >= before + 20 for before, after in pairwise(lengths))


def _subjects(settings: Settings) -> list[str]:
    with closing(Database(settings.leadline_database_url)) as database, database.read() as tx:
        return list(tx.scalars(text("SELECT subject FROM audit WHERE actor = 'test' ORDER BY id")))


def test_a_backup_says_how_much_it_has(stocked: Settings, tmp_path: Path, database_kind: str) -> None:
    rows = backups.back_up(stocked, tmp_path / "backup", now=START)
    if database_kind == "sqlite":
        assert rows is not None
        assert (rows["leads"], rows["messages"]) == (1, 1)
    else:
        assert rows is None


def test_only_its_owner_may_read_a_backup(backup: Path) -> None:
    assert backup.stat().st_mode & 0o777 == 0o600


def test_a_backup_overwrites_nothing_unless_told(stocked: Settings, tmp_path: Path) -> None:
    file = tmp_path / "mine"
    file.write_text("precious")
    with pytest.raises(InvalidInput, match="exists"):
        backups.back_up(stocked, file, now=START)
    assert file.read_text() == "precious"
    backups.back_up(stocked, file, may_overwrite=True, now=START)
    assert file.read_bytes() != b"precious"


def test_a_database_is_not_copied_onto_itself(settings: Make) -> None:
    given = settings()
    Leadline.open(given).close()
    file = Path(given.leadline_database_url.removeprefix("sqlite:///"))
    with pytest.raises(InvalidInput, match="itself"):
        backups.back_up(given, file, may_overwrite=True, now=START)
    with pytest.raises(InvalidInput, match="itself"):
        restore(given, file)


def test_no_database_is_made_where_there_is_none_to_back_up(given: Settings, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="no database"):
        backups.back_up(given, tmp_path / "backup", now=START)
    assert not (tmp_path / "backup").exists()
    assert not (tmp_path / "empty.db").exists()


def test_only_postgresql_needs_programs_of_its_own(
    stocked: Settings, database_kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    if database_kind == "sqlite":
        assert backups.back_up(stocked, tmp_path / "backup", now=START)
        return
    with pytest.raises(SettingsError, match="postgresql-client"):
        backups.back_up(stocked, tmp_path / "backup", now=START)
    assert list(tmp_path.glob("backup*")) == []


# The way back.


def test_a_restore_brings_back_the_backup_and_keeps_what_was_there(
    stocked: Settings, backup: Path, database_kind: str
) -> None:
    add_leo(stocked)
    kept = restore(stocked, backup)
    assert names(stocked) == ["Lena"]
    assert kept is not None
    if database_kind == "sqlite":
        assert kept.endswith(".before-restore")
        stocked = stocked.model_copy(update={"leadline_database_url": f"sqlite:///{kept}"})
        assert names(stocked) == ["Lena", "Leo"]
        assert restore(stocked, backup) == f"{kept}.before-restore"
    else:
        assert names(stocked, f"{kept}.") == ["Lena", "Leo"]
        assert restore(stocked, backup) == f"{kept}_2"


def test_a_restored_database_is_held_and_can_be_backed_up_and_restored_again(
    stocked: Settings, backup: Path, tmp_path: Path
) -> None:
    for n in range(2):
        restore(stocked, backup)
        assert _is_held(stocked)
        backup = tmp_path / f"again-{n}"
        backups.back_up(stocked, backup, now=START)
    assert names(stocked) == ["Lena"]


def _is_held(settings: Settings) -> bool:
    with Leadline.open(settings) as line, line.database.read() as tx:
        return restoring.standing(tx) is not None


def test_a_backup_is_held_on_a_new_machine_too(
    stocked: Settings, backup: Path, settings: Make, tmp_path: Path, database_kind: str
) -> None:
    """Where no generation file ever was."""
    with closing(Database(stocked.leadline_database_url)) as database:
        generation.file_of(database.url, folder=stocked.leadline_media_dir).unlink(missing_ok=True)
        if database_kind == "postgres":
            with database.write() as tx:
                tx.execute(text("DROP SCHEMA public CASCADE"))
                tx.execute(text("CREATE SCHEMA public"))
        else:
            (tmp_path / "empty.db").unlink()
    assert backups.restore(stocked, backup, now=START).kept is None
    assert _is_held(stocked)


def test_a_backup_that_is_put_back_by_hand_is_held(settings: Make, tmp_path: Path) -> None:
    given = settings()
    add_leo(given)
    backups.back_up(given, tmp_path / "backup", now=START)
    (tmp_path / "leadline.db").write_bytes((tmp_path / "backup").read_bytes())
    assert _is_held(given)


def test_a_plain_copy_that_is_put_back_by_hand_is_held(settings: Make, tmp_path: Path) -> None:
    """Nobody told it that it is a copy; that the file beside is younger tells."""
    given, file = settings(), tmp_path / "leadline.db"
    add_leo(given)
    plain = file.read_bytes()
    with Leadline.open(given) as line, line.database.write() as tx:
        noted = restoring.beat(tx, [generation.file_of(line.database.url, folder="")], now=START)[0]
    assert noted is not None
    restoring.note(tmp_path / "leadline.db.generation", noted)
    assert not _is_held(given)
    file.write_bytes(plain)
    assert _is_held(given)


def test_nothing_is_replaced_without_being_told(stocked: Settings, backup: Path) -> None:
    add_leo(stocked)
    with pytest.raises(InvalidInput, match="--yes"):
        backups.restore(stocked, backup, now=START)
    assert names(stocked) == ["Lena", "Leo"]


def test_a_database_in_use_is_not_replaced(stocked: Settings, backup: Path) -> None:
    with Leadline.open(stocked) as line:
        line.add_lead("Leo")
        with pytest.raises(TooEarly, match="Stop `leadline serve`"):
            restore(stocked, backup)
        line.add_lead("Mia")
    assert names(stocked) == ["Lena", "Leo", "Mia"]
    restore(stocked, backup)
    assert names(stocked) == ["Lena"]


@pytest.mark.parametrize("harm", ["missing", "empty", "text", "half", "flipped", "another's"])
def test_what_is_no_whole_backup_is_refused_and_changes_nothing(
    stocked: Settings, backup: Path, harm: str, database_kind: str
) -> None:
    content = backup.read_bytes()
    match harm:
        case "missing":
            backup.unlink()
        case "empty":
            backup.write_bytes(b"")
        case "text":
            backup.write_text("These are notes. " * 1000)
        case "half":
            backup.write_bytes(content[: len(content) // 2])
        case "flipped":
            middle = len(content) // 2
            backup.write_bytes(content[:middle] + bytes(4096) + content[middle + 4096 :])
        case _:
            backup.unlink()
            with closing(sqlite3.connect(backup)) as other:
                other.execute("CREATE TABLE notes (id INTEGER)")
    with pytest.raises(InvalidInput):
        restore(stocked, backup)
    assert names(stocked) == ["Lena"]


def test_a_backup_of_a_newer_leadline_is_refused_and_changes_nothing(
    stocked: Settings, tmp_path: Path
) -> None:
    with closing(Database(stocked.leadline_database_url)) as database, database.write() as tx:
        [present] = tx.scalars(text("SELECT version_num FROM alembic_version"))
        tx.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    backups.back_up(stocked, tmp_path / "newer", now=START)
    with closing(Database(stocked.leadline_database_url)) as database, database.write() as tx:
        tx.execute(text("UPDATE alembic_version SET version_num = :present"), {"present": present})
    add_leo(stocked)
    with pytest.raises(LeadlineError, match="newer Leadline"):
        restore(stocked, tmp_path / "newer")
    assert names(stocked) == ["Lena", "Leo"]


def test_a_damaged_database_can_be_replaced(settings: Make, tmp_path: Path) -> None:
    """Which is what backups are for."""
    given, file = settings(), tmp_path / "leadline.db"
    add_leo(given)
    backups.back_up(given, tmp_path / "backup", now=START)
    file.write_bytes(b"lightning" * 1000)
    (tmp_path / "leadline.db-wal").write_bytes(b"struck" * 1000)
    kept = restore(given, tmp_path / "backup")
    assert names(given) == ["Leo"]
    assert kept is not None
    assert Path(kept).read_bytes().startswith(b"lightning")
    assert _is_held(given)


@pytest.mark.parametrize("what", ["back_up", "restore"])
def test_a_backup_or_a_restore_may_be_killed_at_any_step(what: str, tmp_path: Path) -> None:
    run = [sys.executable, "-m", "tests.killed_backups", what, str(tmp_path)]
    environment = os.environ | {"PYTHONPATH": f"{SOURCE}:{ROOT}"}
    ended = subprocess.run(run, capture_output=True, text=True, env=environment, cwd=ROOT, check=False)
    assert ended.returncode == 0, ended.stderr
    assert int(ended.stdout.splitlines()[-1]) > 5
