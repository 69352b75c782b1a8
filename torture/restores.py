"""Backups made while texts pour in, each restored and compared; and the whole way back, with a STOP on it.

A backup is one moment of the database: what was acknowledged before it began is in it, and what is in it is
what the database had until then, no row more or less. After a restore nothing leaves before a person
resumes, nothing is sent twice, and who said stop after the backup stays opted out.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from signal import SIGKILL, SIGTERM
from time import monotonic

from harness import traffic
from harness.databases import Database, database
from harness.traffic import PUBLIC_URL, lead
from torture.arena import Arena
from torture.installation import Installation
from torture.oracle import integrity
from torture.postmen import Round, delivering
from torture.result import Result, Tally
from torture.services import Impatience, Service, until
from torture.wire import NoAnswer

_POSTMEN = 2
# More than come while a backup is made, restored and compared.
_TEXTS_A_BACKUP = 3_000
_STARTS_TO_CATCH_UP = 12
# From its first answer on; longer than from one search of Twilio's list to the next.
_SECONDS_TO_CATCH_UP = 8.0


def torture(arena: Arena) -> Result:
    """First the backups, all of one database; then the drills, each with an installation of its own."""
    started, tally = monotonic(), Tally()
    with arena.installed({"LEADLINE_PUBLIC_URL": PUBLIC_URL}) as here, _serving(here, "--no-worker"):
        here.await_answers()
        requests = [traffic.inbound(number) for number in range(arena.scale.backups * _TEXTS_A_BACKUP)]
        with delivering(here.api.port, requests, postmen=_POSTMEN) as round_:
            for number in range(arena.scale.backups):
                _back_up(arena, here, round_, tally, here.folder / f"backup-{number}")
        arena.say(f"restores: {arena.scale.backups} backups while {round_.delivered:,} texts came")
    for _ in range(arena.scale.drills):
        with arena.installed(leads=len(_WHO)) as here:
            tally.violations += _Drill(here).run()
        tally.fault("restores of an old backup")
        tally.trials += 1
    arena.say(f"restores: {arena.scale.drills} drills")
    return tally.result("restores", arena.kind, of="restores", seconds=monotonic() - started)


@contextmanager
def _serving(here: Installation, *options: str) -> Iterator[Service]:
    service = here.serve(*options)
    try:
        yield service
    finally:
        service.end(SIGKILL)


def _back_up(arena: Arena, here: Installation, round_: Round, tally: Tally, file: Path) -> None:
    """One backup of what is being written to, restored to another place."""
    goal = round_.delivered + arena.chance.randint(1, 50)
    until(lambda: round_.delivered >= goal or round_.is_over, "a text")
    before = {traffic.inbound_sid(number) for number in set(round_.acknowledged)}
    faults = _finish(here.start("db", "backup", str(file)))
    with database(arena.kind, here.folder, arena.server) as copy:
        faults += _finish(_on(here, copy).start("db", "restore", str(file)))
        faults += _differences(here.database, copy, before) + integrity(_on(here, copy))
    file.unlink(missing_ok=True)
    tally.violations += [f"{file.name}: {fault}" for fault in faults]
    tally.fault("backups under load")
    tally.trials += 1


def _on(here: Installation, copy: Database) -> Installation:
    return replace(here, database=copy, variables=here.variables | {"LEADLINE_DATABASE_URL": copy.url()})


def _finish(command: Service) -> list[str]:
    until(lambda: not command.is_alive, f"the end of {command.name}")
    return [f"{command.name} ended with {command.code}"] if command.code else []


def _differences(source: Database, copy: Database, before: set[str]) -> list[str]:
    """The copy has all that was acknowledged before, and is what the source was when it had as many rows.

    Texts of leads are only ever added, in the order of their ids, and each with its conversation's count in
    the same transaction.
    """
    query = "SELECT id, twilio_sid, number, body, created_at FROM messages WHERE direction = 'inbound'"
    restored = copy.rows(f"{query} ORDER BY id")
    last = restored[-1][0] if restored else 0
    unread = copy.rows("SELECT coalesce(sum(unread), 0) FROM conversations")
    faults = {
        "acknowledged texts are missing": before - {row[1] for row in restored},
        "rows differ": set(restored) ^ set(source.rows(f"{query} AND id <= {last}")),
        "the conversations count otherwise": {int(unread[0][0])} - {len(restored)},
    }
    return [f"{what}: {guilty}" for what, guilty in faults.items() if guilty]


# What becomes of each lead in a drill.
_WHO = ("waiting",) * 4 + ("scheduled, then stop",) + ("after",) * 3
_STOPS = _WHO.index("scheduled, then stop")


@dataclass(slots=True)
class _Drill:
    """Queue, back up, send, hear a STOP; restore, resume, and see what is remembered."""

    here: Installation
    faults: list[str] = field(default_factory=list)

    def run(self) -> list[str]:
        """What was wrong."""
        file = self.here.folder / "backup"
        with _serving(self.here, "--no-worker"):
            self._send("waiting")
            self._send("scheduled, then stop", send_at=(datetime.now(UTC) + timedelta(days=1)).isoformat())
            self.faults += _finish(self.here.start("db", "backup", str(file)))
            self._live_on()
        left = len(self.here.pretence.ledger())
        self.faults += _finish(self.here.start("db", "restore", str(file), "--yes"))
        self._resume(left)
        return self.faults + self._judge()

    def _live_on(self) -> None:
        """What the backup does not know: texts leave, others are queued and leave, a lead says stop."""
        worker = self.here.start("worker")
        self._send("after")
        self.here.pretence.text_us(lead(_STOPS), "STOP")
        until(lambda: len(self.here.pretence.ledger()) == len(_WHO) - 1, "all texts sent")
        until(lambda: "posting" not in self.here.states(), "all texts settled")
        worker.end(SIGTERM)

    def _resume(self, left: int) -> None:
        """A worker catches up, and then a person may resume. Nothing leaves before."""
        for _ in range(_STARTS_TO_CATCH_UP):
            # What has to wait for its turn in one life of a worker is done at the start of the next.
            with _serving(self.here), suppress(Impatience):
                self.here.let_a_day_pass()
                self.here.await_answers()
                until(self._is_caught_up, "the end of catching up", within=_SECONDS_TO_CATCH_UP)
                break
        else:
            self.faults.append(f"it had not caught up after {_STARTS_TO_CATCH_UP} starts")
        if len(self.here.pretence.ledger()) != left:
            self.faults.append("something was sent before anybody resumed")
        self.faults += _finish(self.here.start("resume"))
        self.here.database.run("UPDATE messages SET due_at = 0, not_before = 0 WHERE state = 'queued'")
        with _serving(self.here):
            self.here.come_to_rest()

    def _is_caught_up(self) -> bool:
        """Whether a service has noticed what database this is, and done what has to come first."""
        noticed = "SELECT count(*) FROM audit WHERE action = 'installation.hold'"
        left = "SELECT count(*) FROM chores WHERE name = 'catch_up'"
        return self.here.database.count(noticed) == 1 and self.here.database.count(left) == 0

    def _judge(self) -> list[str]:
        ledger, rows = self.here.pretence.ledger(), self.here.database.rows
        known = Counter(
            sid for (sid,) in rows("SELECT twilio_sid FROM messages WHERE twilio_sid IS NOT NULL")
        )
        sent = Counter((entry.to, entry.body) for entry in ledger)
        consent = rows(f"SELECT consent FROM conversations WHERE number = '{lead(_STOPS)}'")  # noqa: S608
        faults = {
            "sent twice": [text for text, times in sent.items() if times > 1],
            "sent to who said stop": [entry.sid for entry in ledger if entry.to == lead(_STOPS)],
            "sent and not known, or not once": [entry.sid for entry in ledger if known[entry.sid] != 1],
            "a STOP forgotten": [] if consent == [("opted_out",)] else [consent],
        }
        found = [f"{what}: {guilty}" for what, guilty in faults.items() if guilty]
        return found + integrity(self.here)

    def _send(self, who: str, **more: str) -> None:
        for number in (number for number, each in enumerate(_WHO) if each == who):
            until(lambda: self._is_taken(number, **more), "an answer")  # noqa: B023

    def _is_taken(self, number: int, **more: str) -> bool:
        try:
            status, _ = self.here.api.call(
                "POST",
                f"/api/admin/leads/{self.here.lead_ids[number]}/sms",
                {"body": f"Hi {number}, this is Harbor Roofing.", **more},
                Idempotency_Key=f"drill-{number}",
            )
        except NoAnswer:
            return False
        return status == 202
