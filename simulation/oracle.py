"""What must be so when all has calmed down: each promise is one function that names what breaks it."""

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from leadline.rules import state
from leadline.rules.status import rank
from leadline.simulator.records import Accepted
from simulation.carrier import Carrier
from simulation.world import Records, World


@dataclass(frozen=True, slots=True)
class Row:
    """A message as the product left it."""

    id: int
    direction: str
    number: str
    state: str
    status: str | None
    error_code: int
    twilio_sid: str | None
    idempotency_key: str | None

    @property
    def shown(self) -> str:
        """The one word that people see."""
        return state.shown(self.state, self.status)


@dataclass
class Facts:
    """The carrier's ledger, the product's rows, and what the world remembers."""

    carrier: Carrier
    records: Records
    rows: list[Row]
    message_of: dict[str, int]  # attempt's token to message
    consent: dict[str, str]  # number to the conversation's consent
    damage: list[str]

    @cached_property
    def outbound(self) -> list[Row]:
        return [row for row in self.rows if row.direction == "outbound"]

    @cached_property
    def accepted(self) -> dict[int, list[str]]:
        """Message to the SIDs that the carrier gave it."""
        found: dict[int, list[str]] = {}
        for line in self.carrier.ledger:
            message = self.message_of.get(token_of(line))
            if message is not None:
                found.setdefault(message, []).append(line.sid)
        return found


def token_of(line: Accepted) -> str:
    """The attempt's token in the address that the create call asked to be told at."""
    return (line.status_callback or "").partition("#")[0].rpartition("/")[2]


def facts(world: World, carrier: Carrier, file: Path) -> Facts:
    """Read everything, past the product."""
    columns = ", ".join(Row.__slots__)
    with sqlite3.connect(file) as tx:
        found = Facts(
            carrier=carrier,
            records=world.records,
            rows=[Row(*row) for row in tx.execute(f"SELECT {columns} FROM messages ORDER BY id")],
            message_of=dict(tx.execute("SELECT token, message_id FROM attempts").fetchall()),
            consent=dict(tx.execute("SELECT number, consent FROM conversations").fetchall()),
            damage=[
                *(word for (word,) in tx.execute("PRAGMA integrity_check") if word != "ok"),
                *map(str, tx.execute("PRAGMA foreign_key_check")),
            ],
        )
    tx.close()
    return found


def violations(found: Facts) -> list[str]:
    """Every promise that was broken, in a sentence each."""
    return [*found.records.faults, *(broken for promise in PROMISES for broken in promise(found))]


def no_text_is_accepted_twice(found: Facts) -> Iterator[str]:
    for message, sids in found.accepted.items():
        if len(sids) > 1:
            yield f"message {message} was accepted {len(sids)} times: {', '.join(sids)}"


def every_create_had_its_attempt_first(found: Facts) -> Iterator[str]:
    for line in found.carrier.ledger:
        if token_of(line) not in found.message_of:
            yield f"{line.sid} was created without a recorded attempt"


def what_was_acknowledged_is_there(found: Facts) -> Iterator[str]:
    ids = {row.idempotency_key: row.id for row in found.outbound}
    for key, message in found.records.acknowledged.items():
        if ids.get(key) != message:
            yield f"{key} was acknowledged as message {message} and is {ids.get(key)}"


def everything_comes_to_an_end(found: Facts) -> Iterator[str]:
    for row in found.outbound:
        if row.state in (state.QUEUED, state.POSTING):
            yield f"message {row.id} is still {row.state}"


def what_is_shown_as_sent_has_its_sid(found: Facts) -> Iterator[str]:
    for row in found.outbound:
        if row.state == state.ACCEPTED and row.twilio_sid not in found.accepted.get(row.id, ()):
            yield f"message {row.id} is shown {row.shown} with {row.twilio_sid}, which is not in the ledger"
        if row.state != state.ACCEPTED and (row.twilio_sid or row.status):
            yield f"message {row.id} is {row.state} and has {row.twilio_sid} {row.status}"


def what_is_shown_as_not_sent_is_not_in_the_ledger(found: Facts) -> Iterator[str]:
    for row in found.outbound:
        if row.state in (state.REJECTED, state.REFUSED, state.CANCELED) and row.id in found.accepted:
            yield f"message {row.id} is shown {row.shown} and was accepted"


def what_was_taken_back_never_left(found: Facts) -> Iterator[str]:
    states = {row.id: row.state for row in found.outbound}
    for message in found.records.taken_back:
        if states[message] != state.CANCELED:
            yield f"message {message} was taken back and is {states[message]}"


def evidence_ends_doubt(found: Facts) -> Iterator[str]:
    told = {report.sid for report in found.records.reports}
    for row in found.outbound:
        if row.state == state.IN_DOUBT and told.intersection(found.accepted.get(row.id, ())):
            yield f"message {row.id} is in doubt although a report was taken in"


def the_status_is_that_of_all_reports(found: Facts) -> Iterator[str]:
    said: dict[str | None, list[str]] = {}
    codes: dict[str | None, list[int]] = {}
    for report in found.records.reports:
        said.setdefault(report.sid, []).append(report.status)
        codes.setdefault(report.sid, []).append(report.error_code)
    for row in found.outbound:
        heard = said.get(row.twilio_sid, [])
        if row.state != state.ACCEPTED:
            continue
        if rank(row.status or "") < max(map(rank, heard), default=0):
            yield f"message {row.id} is {row.status} although {', '.join(heard)} was reported"
        if rank(row.status or "") > rank(found.carrier.account.messages[row.twilio_sid or ""].status):
            yield f"message {row.id} is {row.status}, which the carrier never said"
        if row.error_code < max(codes.get(row.twilio_sid, []), default=0):
            yield f"message {row.id} has lost its error code"


def a_text_to_us_is_stored_once(found: Facts) -> Iterator[str]:
    stored = Counter(row.twilio_sid for row in found.rows if row.direction == "inbound")
    sent = {message.sid for message in found.carrier.account.newest_first() if message.is_inbound}
    for sid, count in stored.items():
        if count > 1 or sid not in sent:
            yield f"inbound {sid} is stored {count} times"
    for sid in sorted(found.records.inbound - stored.keys()):
        yield f"inbound {sid} was acknowledged and is gone"


def who_said_stop_is_opted_out(found: Facts) -> Iterator[str]:
    for number in found.records.stopped:
        if found.consent.get(number) != "opted_out":
            yield f"{number} said STOP and is {found.consent.get(number)}"


def the_database_is_sound(found: Facts) -> Iterator[str]:
    yield from found.damage


PROMISES: tuple[Callable[[Facts], Iterator[str]], ...] = (
    no_text_is_accepted_twice,
    every_create_had_its_attempt_first,
    what_was_acknowledged_is_there,
    everything_comes_to_an_end,
    what_is_shown_as_sent_has_its_sid,
    what_is_shown_as_not_sent_is_not_in_the_ledger,
    what_was_taken_back_never_left,
    evidence_ends_doubt,
    the_status_is_that_of_all_reports,
    a_text_to_us_is_stored_once,
    who_said_stop_is_opted_out,
    the_database_is_sound,
)
