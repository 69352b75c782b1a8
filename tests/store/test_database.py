import fcntl
import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from leadline.app import Leadline
from leadline.errors import StoreUnavailable
from leadline.rules.template import BUILT_IN
from leadline.settings import Settings
from leadline.store import database as database_module
from leadline.store import leads, locks, senders, templates, turns
from leadline.store.database import FROZEN_SECONDS, Database
from leadline.store.turns import Turn
from tests import cast
from tests.clock import START


def test_a_query_that_is_wrong_is_no_database_that_is_down(database: Database) -> None:
    with pytest.raises(Exception, match="nowhere") as caught, database.read() as tx:
        tx.execute(text("SELECT * FROM nowhere"))

    assert not isinstance(caught.value, StoreUnavailable)


def test_two_processes_that_start_at_once_note_the_same_sender_and_templates(database: Database) -> None:
    faults: list[Exception] = []

    def start() -> None:
        try:
            with database.write() as tx:
                templates.add_missing(tx, BUILT_IN.values(), now=START)
                senders.ensure(tx, cast.OUR_NUMBER, kind="number", rate=1, is_simulated=True, now=START)
        except Exception as fault:  # noqa: BLE001  Whatever it is, the test tells.
            faults.append(fault)

    both = [threading.Thread(target=start) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert faults == []


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize("what", ["Åsa", "åsa", "ÖBERG"])
def test_a_search_knows_letters_beyond_ascii(line: Leadline, what: str) -> None:
    """On PostgreSQL it does as far as the database's locale does."""
    line.add_lead("Åsa Öberg")

    with line.database.read() as tx:
        assert len(leads.search(tx, what)) == 1


def test_a_transaction_that_may_write_has_the_lock_from_its_first_moment(
    settings: Callable[..., Settings], tmp_path: Path
) -> None:
    """Else one that reads before it writes fails at once when another has written between."""
    with Leadline.open(settings()) as line, line.database.write():
        other = sqlite3.connect(tmp_path / "leadline.db", timeout=0, isolation_level=None)
        with closing(other), pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")


def test_postgresql_undoes_the_transaction_of_a_process_that_is_frozen(database: Database) -> None:
    """Else its locks would keep everybody out until it goes on."""
    if database.is_sqlite:
        pytest.skip("SQLite has no server that could.")
    with database.write() as tx:
        allowed = tx.exec_driver_sql("SHOW idle_in_transaction_session_timeout").scalar()
    assert allowed == f"{FROZEN_SECONDS:.0f}s"


def test_a_process_starts_while_another_is_frozen_in_a_claim(line: Leadline) -> None:
    if line.database.is_sqlite:
        pytest.skip("SQLite has one writer at a time.")
    with line.database.write() as frozen:
        assert senders.ready(frozen, now=line.clock.now())
        Leadline.open(line.settings, clock=line.clock).close()


def test_a_sender_is_brought_up_to_date(database: Database) -> None:
    with database.write() as tx:
        first, second = (
            senders.ensure(tx, cast.OUR_NUMBER, kind="number", rate=rate, is_simulated=True, now=START)
            for rate in (1, None)
        )
        assert (first.rate, second.rate) == (1, None)
        assert senders.everyone(tx) == [second]


@pytest.fixture
def other(database: Database) -> Iterator[Database]:
    """The same database, opened by another process."""
    with closing(Database(database.url.render_as_string(hide_password=False))) as other:
        yield other


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_who_waits_to_write_comes_before_who_has_just_written(
    database: Database, other: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []
    is_waiting = threading.Event()
    monkeypatch.setattr(database_module, "sleep", lambda _seconds: is_waiting.set())
    monkeypatch.setattr(turns, "_GIVEN_ON_WITHIN", 60)

    def wait() -> None:
        with other.write():
            order.append("who waited")

    waiting = threading.Thread(target=wait)
    with database.write():
        waiting.start()
        assert is_waiting.wait(10)
    with database.write():
        order.append("who has just written")
    waiting.join()
    assert order == ["who waited", "who has just written"]


def test_a_connection_that_cannot_be_made_leaves_no_file_open(tmp_path: Path) -> None:
    """Else a server whose database is away for a night would run out of them."""
    (tmp_path / "not a database").write_bytes(b"x" * 5000)
    with closing(Database(f"sqlite:///{tmp_path / 'not a database'}")) as database:
        for _ in range(20):
            with pytest.raises(StoreUnavailable), database.write():
                pass
        assert not [
            file for file in Path("/proc/self/fd").iterdir() if str(tmp_path) in os.path.realpath(file)
        ]


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_a_folder_that_takes_no_file_is_a_database_that_is_down(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Nobody else should find it broken, such as who clears the test's folder away.
    with monkeypatch.context() as broken:
        broken.setattr(os, "open", raising(PermissionError(13, "Permission denied")))
        with pytest.raises(StoreUnavailable, match="Permission denied"), database.write():
            pass


def raising(error: Exception) -> Callable[..., object]:
    """A function that always fails so."""

    def fail(*_arguments: object) -> object:
        raise error

    return fail


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_a_turn_that_is_not_given_on_is_passed_by(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "_GIVEN_ON_WITHIN", 0)
    with closing(Turn(str(database.url.database))) as frozen, frozen.held(), database.write() as tx:
        assert tx.execute(text("SELECT 1")).scalar() == 1


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_a_turn_is_given_on_when_the_file_stays_locked(
    database: Database, other: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_module, "BUSY_SECONDS", 0)
    with database.write(), pytest.raises(StoreUnavailable), other.write():
        pass
    file = locks.opened(f"{database.url.database}-turn")
    assert locks.take(file, fcntl.LOCK_EX)
    os.close(file)
