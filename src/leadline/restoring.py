"""Restoring: notice that a database is older than what was done with it, and let nothing leave meanwhile.

A backup has forgotten what came after it: texts that left, replies, a STOP. To go on from there would send
twice, and to people who said stop. So a database that was restored is held: every text that may have left is
in doubt until Twilio's list was searched for it, what came and went meanwhile is fetched (``catching_up``),
and a person resumes. docs/backup.md tells operators how.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import structlog

from leadline.errors import TooEarly
from leadline.rules import state
from leadline.settings import Settings
from leadline.store import attempts, audit, chores, decisions, generation, installation, outbox
from leadline.store.database import Database, Transaction
from leadline.store.generation import Note
from leadline.store.installation import Installation

log = structlog.get_logger("leadline.restoring")

CATCH_UP = "catch_up"
WORKER = "restore"

_OLDER = "The database is older than texts that left from it: it was restored from a copy."
_STRANGE = "The database is not the one that was here before: it was copied from elsewhere."
_ALONE = "The file with the database's generation is missing: the database may be an old copy."


@dataclass(frozen=True, slots=True)
class Standing:
    """How far things have come since sending was held."""

    held_since: datetime
    because: str
    is_caught_up: bool
    unlooked: int
    in_doubt: int

    @property
    def left(self) -> tuple[str, ...]:
        """What has to be done before a person may resume. A worker does it, in a minute or two."""
        found = []
        if not self.is_caught_up:
            found.append("What came and went since the backup has not all been fetched from Twilio.")
        if self.unlooked:
            found.append(f"Twilio's list has not been searched for {self.unlooked} texts that may have left.")
        return tuple(found)


def check(database: Database, settings: Settings, *, now: datetime) -> None:
    """Notice a restored database when it is opened, and hold it; begin a new one.

    A crash in between changes nothing: it is noticed again by whoever opens the database next.
    """
    file = generation.file_of(database.url, folder=settings.leadline_media_dir)
    with database.write() as tx:
        # In this order: whoever lets the database grow notes it after the commit, so the row is never younger
        # than a note that was read before it.
        seen = generation.read(file)
        found = installation.current(tx)
        if found is None:
            _begin(tx, file, now=now)
        else:
            _notice(tx, found, seen, file, now=now)


def _begin(tx: Transaction, file: Path, *, now: datetime) -> None:
    installation.begin(tx, secrets.token_hex(8), now=now)
    begun = installation.current(tx)
    # A SQLite row is never without its file, or the file's absence would tell nothing. With PostgreSQL only
    # workers write it, but one that is there is of a database that is no more.
    if begun is not None and (tx.dialect.name == "sqlite" or file.exists()):
        note(file, Note(begun.name, begun.generation))


def _notice(tx: Transaction, found: Installation, seen: Note | None, file: Path, *, now: datetime) -> bool:
    because = _why(found, seen, is_beside=tx.dialect.name == "sqlite")
    if because is None:
        return False
    _hold(tx, found, because=because, now=now)
    older = max(found.generation, seen.generation if seen else 0) + 1
    installation.grow(tx, older, now=now)
    # Before the commit: should there be none, the database stays older than the file, and is noticed again.
    note(file, Note(found.name, older))
    return True


def _why(found: Installation, seen: Note | None, *, is_beside: bool) -> str | None:
    """What shows that the database was restored, or None.

    A file beside the database goes where the database goes. One that is not may be missing for other
    reasons: another machine, a container without a disk of its own.
    """
    if found.generation == installation.OF_A_COPY:
        return found.held_because or _OLDER
    if seen is None:
        return _ALONE if is_beside else None
    if seen.name != found.name:
        return _STRANGE
    return _OLDER if seen.generation > found.generation else None


def _hold(tx: Transaction, found: Installation, *, because: str, now: datetime) -> None:
    earlier = chores.by_name(tx, CATCH_UP)
    since = min(found.beat_at, earlier.through) if earlier else found.beat_at
    installation.hold(tx, because=because, now=now)
    count = _put_in_doubt(tx, since=since, now=now)
    chores.begin_again(tx, CATCH_UP, through=since, now=now)
    detail = {"because": because, "since": since.isoformat(), "in_doubt": count}
    audit.add(tx, actor="system", action="installation.hold", subject="installation", detail=detail, now=now)
    log.warning("sending_held", reason=because, since=since.isoformat(), in_doubt=count)


def _put_in_doubt(tx: Transaction, *, since: datetime, now: datetime) -> int:
    """Every text that was to leave by now may have left since the backup, whatever this database says."""
    tokens = {message_id: secrets.token_hex(20) for message_id in outbox.waiting(tx, now=now)}
    # What let the backup's future leave is lost with it: the last decision that is known stands for it.
    decided = decisions.last_ids(tx, list(tokens))
    began = [(message_id, decided[message_id], token) for message_id, token in tokens.items()]
    attempts.begin(tx, began, worker=WORKER, now=since, lease_until=now)
    attempts.doubt_all_open(tx, now=now)
    outbox.doubt_all_open(tx, now=now)
    return outbox.count(tx, state.IN_DOUBT)


def beat(tx: Transaction, files: Sequence[Path], *, now: datetime) -> list[Note | None]:
    """Let the database grow older by one, unless it was restored; what to ``note`` after the commit.

    Nothing is to be noted when another worker is at it, or when the database was restored under our feet.
    """
    found = installation.claim(tx)
    if found is None or _notice(tx, found, generation.read(files[0]), files[0], now=now):
        return [None] * len(files)
    installation.grow(tx, found.generation + 1, now=now)
    return [Note(found.name, found.generation + 1)] * len(files)


def note(file: Path, noted: Note) -> None:
    """Keep the generation outside the database. A disk that refuses it costs a warning, and no text."""
    try:
        generation.write(file, noted)
    except OSError as error:
        log.warning("generation_not_noted", file=str(file), reason=str(error))


def standing(tx: Transaction) -> Standing | None:
    """Why sending is held and what is left to do, or None while texts may leave."""
    found = installation.current(tx)
    if found is None or found.held_since is None:
        return None
    return Standing(
        held_since=found.held_since,
        because=found.held_because or "",
        is_caught_up=chores.by_name(tx, CATCH_UP) is None,
        unlooked=attempts.unlooked(tx),
        in_doubt=outbox.count(tx, state.IN_DOUBT),
    )


def resume(tx: Transaction, *, actor: str, is_forced: bool = False, now: datetime) -> Standing | None:
    """Let texts leave again; how it stood, or None when nothing was held.

    Raises TooEarly while something is left to do, unless forced: then a STOP that came since the backup may
    be unknown, and a text to its sender may leave. Texts in doubt stay so, and are looked for on.
    """
    stood = standing(tx)
    if stood is None:
        return None
    if stood.left and not is_forced:
        raise TooEarly(" ".join(stood.left))
    installation.release(tx)
    chores.end(tx, CATCH_UP)
    detail = {"held_since": stood.held_since.isoformat(), "left": list(stood.left)}
    audit.add(tx, actor=actor, action="installation.resume", subject="installation", detail=detail, now=now)
    return stood
