"""What the media folder and the database show. Nothing is changed, and no database is made."""

import os
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from leadline import preferences
from leadline.errors import LeadlineError
from leadline.findings.check import Check, Finding, run
from leadline.settings import Settings
from leadline.store import installation, migrate, senders, templates, users
from leadline.store.database import Database, Transaction


@dataclass(frozen=True, slots=True)
class Installation:
    """A database as it is; beyond ``version`` only what is at this Leadline's schema can be read."""

    version: str | None
    auto_reply_template: str | None = None
    templates: frozenset[str] = frozenset()
    stopped: tuple[str, ...] = ()
    has_users: bool = False
    held_because: str | None = None

    @property
    def is_current(self) -> bool:
        return self.version == migrate.HEAD


def findings_here(settings: Settings) -> list[Finding]:
    """What is wrong with the media folder and the database, without changing either."""
    found = run(FOLDER_CHECKS, settings)
    try:
        return found + run(DATABASE_CHECKS, _look(settings))
    except LeadlineError as error:
        return [*found, UNREACHABLE.finding(error)]


def as_chosen(settings: Settings) -> Settings:
    """These settings with what an admin has chosen beside them, if the database can tell."""
    try:
        with closing(Database(settings.leadline_database_url)) as database:
            if _version(database) != migrate.HEAD:
                return settings
            with database.read() as tx:
                return preferences.current(tx, settings)
    except LeadlineError:
        return settings


def _look(settings: Settings) -> Installation:
    with closing(Database(settings.leadline_database_url)) as database:
        version = _version(database)
        if version != migrate.HEAD:
            return Installation(version)
        with database.read() as tx:
            return _read(tx, settings)


def _version(database: Database) -> str | None:
    # To connect to a SQLite file that is not there would make it.
    if database.is_sqlite and not Path(database.url.database or "").exists():
        return None
    return migrate.version(database)


def _read(tx: Transaction, settings: Settings) -> Installation:
    stopped = [sender for sender in senders.everyone(tx) if sender.stopped_because]
    return Installation(
        version=migrate.HEAD,
        auto_reply_template=settings.leadline_auto_reply_template,
        templates=frozenset(template.name for template in templates.everyone(tx)),
        stopped=tuple(f"{sender.address}: {sender.stopped_because}" for sender in stopped),
        has_users=bool(users.everyone(tx)),
        held_because=_held_because(tx),
    )


def _held_because(tx: Transaction) -> str | None:
    found = installation.current(tx)
    return found.held_because or "" if found and found.held_since else None


def _folder_not_writable(settings: Settings) -> str | None:
    """The media folder, or the nearest one above it that exists, if this user may not write there."""
    folder = Path(settings.leadline_media_dir).absolute()
    nearest = next(path for path in (folder, *folder.parents) if path.exists())
    is_writable = nearest.is_dir() and os.access(nearest, os.W_OK | os.X_OK)
    return None if is_writable else str(nearest)


def _newer(installation: Installation) -> str | None:
    version = installation.version
    return version if version is not None and version > migrate.HEAD else None


def _older(installation: Installation) -> str | None:
    version = installation.version
    return version if version is not None and version < migrate.HEAD else None


def _unknown_template(installation: Installation) -> str | None:
    name = installation.auto_reply_template
    return name if installation.is_current and name not in installation.templates else None


FOLDER_CHECKS: tuple[Check[Settings], ...] = (
    Check(
        "E012",
        _folder_not_writable,
        "Pictures that leads send cannot be kept: this user may not write to {}.",
        "Give this user the folder, or set LEADLINE_MEDIA_DIR to another.",
    ),
)
UNREACHABLE: Check[Installation] = Check(
    "E013", lambda _: None, "{}", "Start the database, or mend LEADLINE_DATABASE_URL."
)
DATABASE_CHECKS: tuple[Check[Installation], ...] = (
    Check(
        "E014",
        _newer,
        "The database is at version {}, which this Leadline does not know.",
        "Upgrade Leadline: to guess at newer tables could lose texts.",
    ),
    Check(
        "E015",
        lambda installation: "; ".join(installation.stopped),
        "Sending has stopped. {}",
        "Mend what it names, then start `leadline serve` again.",
    ),
    Check(
        "E016",
        _unknown_template,
        "LEADLINE_AUTO_REPLY_TEMPLATE names {}, and there is no such template.",
        "Run `leadline templates` to see those there are.",
    ),
    Check(
        "E017",
        lambda found: found.held_because,
        "Sending is held. {}",
        "Let `leadline serve` fetch what came and left since, then run `leadline resume`.",
    ),
    Check(
        "W007",
        lambda installation: installation.version is None,
        "There is no database yet.",
        "The first start makes it; `leadline db upgrade` makes it now.",
    ),
    Check(
        "W008",
        _older,
        "The database is at version {}, older than this Leadline.",
        "The next start upgrades it; `leadline db upgrade` does it now. Copy it first.",
    ),
    Check(
        "W009",
        lambda installation: installation.is_current and not installation.has_users,
        "Nobody can sign in yet.",
        "Run `leadline user add NAME EMAIL --role admin`.",
    ),
)
