"""``leadline db`` and ``leadline resume``: a backup, the way back, and a person's word."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from leadline import restoring
from leadline.app import Leadline
from leadline.settings import Settings
from leadline.store import generation, installation
from leadline.store.database import Database
from tests import cast
from tests.cli.conftest import Command


@pytest.fixture
def database_url(empty_database_url: str) -> str:
    """A database that may be exchanged for another."""
    return empty_database_url


@pytest.fixture
def held(leadline: Command) -> Iterator[Leadline]:
    """A database that is older than it was."""
    leadline("leads", "add", "Lena", cast.LENA.phone)
    settings = Settings.load()
    with closing(Database(settings.leadline_database_url)) as database:
        file = generation.file_of(database.url, folder=settings.leadline_media_dir)
        with database.read() as tx:
            found = installation.current(tx)
    assert found is not None
    generation.write(file, generation.Note(found.name, 99))
    with Leadline.open(settings) as line:
        yield line


def test_a_backup_and_the_way_back(leadline: Command, tmp_path: Path) -> None:
    backup = tmp_path / "leadline.backup"
    leadline("leads", "add", "Lena", cast.LENA.phone)
    said = leadline("db", "backup", backup)
    assert (said.code, said.err) == (0, "")
    assert "all of it was read" in said.out
    assert "Not in it: the pictures that leads sent" in said.out

    leadline("leads", "add", "Leo", "+13035550143")
    said = leadline("db", "restore", backup)
    assert said.code == 1
    assert "--yes" in said.err
    said = leadline("db", "restore", backup, "--yes")
    assert (said.code, said.err) == (0, "")
    assert "The database that was here is now" in said.out
    assert "leadline resume" in said.out
    assert [lead["name"] for lead in leadline("leads", "list", "--json").json] == ["Lena"]
    assert "E017  Sending is held. It is a backup of" in leadline("check").out


def test_resuming_says_what_is_left_and_force_says_what_it_risks(leadline: Command, held: Leadline) -> None:
    said = leadline("resume")
    assert said.code == 1
    assert "not all been fetched" in said.err
    assert "--force" in said.err
    said = leadline("resume", "--force")
    assert said.code == 0
    assert "Texts leave again." in said.out
    assert "a STOP that came since the backup may be unknown" in said.out
    with held.database.read() as tx:
        assert restoring.standing(tx) is None


def test_resuming_without_a_hold_says_so(leadline: Command) -> None:
    said = leadline("resume")
    assert (said.code, said.out) == (0, "Sending is not held: there is nothing to resume.\n")
