"""Kills a backup, or a restore, at each step that touches a file; after each, nothing may be lost or half.

A program of its own, since it forks and listens to what Python does: ``python -m tests.killed_backups
restore FOLDER``. Prints how often it killed.
"""

import shutil
import sys
from collections.abc import Callable
from contextlib import closing
from itertools import count
from pathlib import Path

from sqlalchemy import text

from leadline import backups, restoring
from leadline.app import Leadline
from leadline.settings import Settings
from leadline.store import copies
from leadline.store.database import Database
from tests.clock import START
from tests.killing import Step, is_killed

_STEPS = ("open", "os.link", "os.remove", "os.rename", "sqlite3.connect")


def main(what: str, folder: Path) -> None:
    """Print the number of steps at which it was killed."""
    story, check = {"back_up": (_back_up, _check_backup), "restore": (_restore, _check_restored)}[what]
    for step in count(1):
        settings, backup = _begin(folder / str(step))
        was_killed = is_killed(lambda tick: _heard(tick, lambda: story(settings, backup)), at=step)  # noqa: B023
        check(settings, backup)
        if not was_killed:
            print(step - 1)  # noqa: T201
            return
        story(settings, backup)
        check(settings, backup)


def _begin(folder: Path) -> tuple[Settings, Path]:
    """A database with Lena and then Leo in it, and a backup that knows of Lena only."""
    folder.mkdir()
    settings = Settings(
        leadline_database_url=f"sqlite:///{folder}/leadline.db", leadline_media_dir=str(folder / "media")
    )
    with Leadline.open(settings) as line:
        line.add_lead("Lena")
    backups.back_up(settings, folder / "backup", now=START)
    with Leadline.open(settings) as line:
        line.add_lead("Leo")
    return settings, folder / "backup"


def _heard(tick: Step, story: Callable[[], object]) -> None:
    sys.addaudithook(lambda event, _about: tick() if event in _STEPS else None)
    story()


def _back_up(settings: Settings, backup: Path) -> None:
    backups.back_up(settings, backup, may_overwrite=True, now=START)


def _check_backup(_settings: Settings, backup: Path) -> None:
    assert copies.look_into(backup).rows["leads"] in (1, 2)


def _restore(settings: Settings, backup: Path) -> None:
    backups.restore(settings, backup, may_replace=True, now=START)


def _check_restored(settings: Settings, backup: Path) -> None:
    """The old one, or the new one, which is held; and whichever it is, the other is there too."""
    assert copies.look_into(backup).rows["leads"] == 1
    present = backup.with_name("leadline.db")
    if _names(present) == ["Lena"]:
        assert any(_names(kept) == ["Lena", "Leo"] for kept in backup.parent.glob("*.before-restore"))
        shutil.copy(present, backup.with_name("look.db"))
        with closing(Database(f"sqlite:///{backup.with_name('look.db')}")) as database:
            restoring.check(database, settings, now=START)
            with database.read() as tx:
                assert restoring.standing(tx) is not None
    else:
        assert _names(present) == ["Lena", "Leo"]


def _names(file: Path) -> list[str]:
    with closing(Database(f"sqlite:///{file}")) as database, database.read() as tx:
        return list(tx.scalars(text("SELECT name FROM leads ORDER BY id")))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
