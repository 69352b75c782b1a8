"""What must be so when all has calmed down: each promise is one function that names what breaks it."""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from pathlib import Path

from leadline.rules import state
from leadline.rules.matching import AFTER
from leadline.rules.status import rank
from leadline.sending import LEASE
from leadline.simulator.records import Accepted
from leadline.store.columns import instant
from simulation.carrier import Carrier
from simulation.world import Records, World


@dataclass(frozen=True, slots=True)
class Row:
    """A message as the product left it."""

    id: int
    direction: str
    number: str
    body: str
    state: str
    status: str | None
    error_code: int
    twilio_sid: str | None
    idempotency_key: str | None
    look_at: int | None

    @property
    def shown(self) -> str:
        """The one word that people see."""
        return state.shown(self.state, self.status)


@dataclass(frozen=True, slots=True)
class Attempt:
    """An attempt as the product left it."""

    token: str
    message_id: int
    started_at: int
    twilio_sid: str | None
    is_double: bool


@dataclass
class Facts:
    """The carrier's ledger, the product's rows, and what the world remembers."""

    carrier: Carrier
    records: Records
    clock_was_wrong: bool
    rows: list[Row]
    attempts: list[Attempt]
    decisions: dict[int, int]  # message to how often somebody decided that it goes again
    consent: dict[str, str]  # number to the conversation's consent
    damage: list[str]

    @cached_property
    def outbound(self) -> list[Row]:
        return [row for row in self.rows if row.direction == "outbound"]

    @cached_property
    def attempt_of(self) -> dict[str, Attempt]:
        """By token."""
        return {attempt.token: attempt for attempt in self.attempts}

    @cached_property
    def accepted(self) -> dict[int, list[Accepted]]:
        """Message to what the carrier accepted of it."""
        found = defaultdict(list)
        for line in self.carrier.ledger:
            attempt = self.attempt_of.get(token_of(line))
            if attempt is not None:
                found[attempt.message_id].append(line)
        return dict(found)


def token_of(line: Accepted) -> str:
    """The attempt's token in the address that the create call asked to be told at."""
    return (line.status_callback or "").partition("#")[0].rpartition("/")[2]


_DECISIONS = """SELECT a.message_id, count(*) FROM evidence e JOIN attempts a ON a.id = e.attempt_id
    WHERE e.kind IN ('person', 'policy') AND e.status = 'send_again' GROUP BY a.message_id"""


def facts(world: World, carrier: Carrier, file: Path) -> Facts:
    """Read everything, past the product."""
    tx = sqlite3.connect(file)
    try:
        return Facts(
            carrier=carrier,
            records=world.records,
            clock_was_wrong=world.clock_was_wrong,
            rows=[Row(*row) for row in tx.execute(_all(Row, "messages"))],
            attempts=[Attempt(*row) for row in tx.execute(_all(Attempt, "attempts"))],
            decisions=dict(tx.execute(_DECISIONS).fetchall()),
            consent=dict(tx.execute("SELECT number, consent FROM conversations").fetchall()),
            damage=[
                *(word for (word,) in tx.execute("PRAGMA integrity_check") if word != "ok"),
                *map(str, tx.execute("PRAGMA foreign_key_check")),
            ],
        )
    finally:
        tx.close()


def _all(kind: type[Row | Attempt], table: str) -> str:
    return f"SELECT {', '.join(kind.__dataclass_fields__)} FROM {table} ORDER BY id"  # noqa: S608  Names of ours.


def violations(found: Facts) -> list[str]:
    """Every promise that was broken, in a sentence each."""
    return [*found.records.faults, *(broken for promise in PROMISES for broken in promise(found))]


def no_text_is_accepted_twice_without_a_decision(found: Facts) -> Iterator[str]:
    for message, lines in found.accepted.items():
        if len(lines) > 1 + found.decisions.get(message, 0):
            yield f"message {message} was accepted as {', '.join(line.sid for line in lines)}"


def every_double_is_recorded(found: Facts) -> Iterator[str]:
    known = Counter(attempt.message_id for attempt in found.attempts if attempt.twilio_sid)
    recorded = Counter(attempt.message_id for attempt in found.attempts if attempt.is_double)
    for message, count in known.items():
        if recorded[message] != count - 1:
            yield f"message {message} has {count} SIDs and {recorded[message]} recorded doubles"


def every_create_had_its_attempt_first(found: Facts) -> Iterator[str]:
    for line in found.carrier.ledger:
        if token_of(line) not in found.attempt_of:
            yield f"{line.sid} was created without a recorded attempt"


def what_was_acknowledged_is_there(found: Facts) -> Iterator[str]:
    ids = {row.idempotency_key: row.id for row in found.outbound}
    for key, message in found.records.acknowledged.items():
        if ids.get(key) != message:
            yield f"{key} was acknowledged as message {message} and is {ids.get(key)}"


def everything_comes_to_rest(found: Facts) -> Iterator[str]:
    for row in found.outbound:
        if row.state in (state.QUEUED, state.POSTING, state.IN_DOUBT) or row.look_at is not None:
            yield f"message {row.id} is still {row.state}, next look at {row.look_at}"


def what_is_shown_as_sent_has_its_sid(found: Facts) -> Iterator[str]:
    """Two like texts to a number may have each other's: only their times tell them apart, and a clock of ours
    may have been wrong.
    """
    sids: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for row in found.outbound:
        sids[row.number, row.body] |= {line.sid for line in found.accepted.get(row.id, ())}
    for row in found.outbound:
        if row.state == state.ACCEPTED and row.twilio_sid not in sids[row.number, row.body]:
            yield f"message {row.id} is shown {row.shown} with {row.twilio_sid}, which is not in the ledger"
        if row.state != state.ACCEPTED and (row.twilio_sid or row.status):
            yield f"message {row.id} is {row.state} and has {row.twilio_sid} {row.status}"


def what_is_shown_as_not_sent_is_not_in_the_ledger(found: Facts) -> Iterator[str]:
    for row in found.outbound:
        is_denied = row.state in (state.REJECTED, state.REFUSED, state.CANCELED)
        if is_denied and row.id in found.accepted and not found.decisions.get(row.id):
            yield f"message {row.id} is shown {row.shown} and was accepted"


def what_was_taken_back_never_left(found: Facts) -> Iterator[str]:
    states = {row.id: row.state for row in found.outbound}
    for message in found.records.taken_back:
        if states[message] != state.CANCELED:
            yield f"message {message} was taken back and is {states[message]}"


def evidence_ends_doubt(found: Facts) -> Iterator[str]:
    told = {report.sid for report in found.records.reports}
    for row in found.outbound:
        lines = found.accepted.get(row.id, ())
        if row.state in _UNKNOWN and any(line.sid in told for line in lines):
            yield f"message {row.id} is {row.state} although a report was taken in"


_UNKNOWN = (state.IN_DOUBT, state.UNCONFIRMED, state.CLOSED_UNCONFIRMED)


def the_list_ends_doubt(found: Facts) -> Iterator[str]:
    """Not where two texts are alike, the clock was wrong, or a frozen worker posted long after its lease."""
    if found.clock_was_wrong:
        return
    alike = Counter((row.number, row.body) for row in found.outbound)
    for row in found.outbound:
        if row.state in _UNKNOWN and alike[row.number, row.body] == 1:
            for line in found.accepted.get(row.id, ()):
                began = instant(found.attempt_of[token_of(line)].started_at)
                if line.at - began < LEASE + AFTER - timedelta(seconds=1):
                    yield f"message {row.id} is {row.state} although {line.sid} is in the list"


def the_status_is_the_carriers(found: Facts) -> Iterator[str]:
    for row in found.outbound:
        if row.state != state.ACCEPTED or row.twilio_sid not in found.carrier.account.messages:
            continue
        there = found.carrier.account.messages[row.twilio_sid or ""]
        if rank(row.status or "accepted") != rank(there.status):
            yield f"message {row.id} is {row.status}, at the carrier {there.status}"
        if row.error_code != (there.error_code or 0):
            yield f"message {row.id} has the error {row.error_code}, at the carrier {there.error_code}"


def every_text_to_us_is_stored_once(found: Facts) -> Iterator[str]:
    stored = Counter(row.twilio_sid for row in found.rows if row.direction == "inbound")
    sent: set[str] = {message.sid for message in found.carrier.account.newest_first() if message.is_inbound}
    for sid in sorted(sent | found.records.inbound):
        if stored[sid] != 1:
            yield f"inbound {sid} is stored {stored[sid]} times"
    for unknown in stored.keys() - sent:
        yield f"inbound {unknown} was never sent"


def who_said_stop_is_opted_out(found: Facts) -> Iterator[str]:
    """However late, how often and in which order their webhooks came."""
    last: dict[str, str] = {}
    for message in sorted(found.carrier.account.newest_first(), key=lambda each: each.place):
        if message.is_inbound and message.body in ("STOP", "START"):
            last[message.phone] = message.body
    for number, word in last.items():
        if word == "STOP" and found.consent.get(number) != "opted_out":
            yield f"{number} said STOP last and is {found.consent.get(number)}"


def the_database_is_sound(found: Facts) -> Iterator[str]:
    yield from found.damage


PROMISES: tuple[Callable[[Facts], Iterator[str]], ...] = (
    no_text_is_accepted_twice_without_a_decision,
    every_double_is_recorded,
    every_create_had_its_attempt_first,
    what_was_acknowledged_is_there,
    everything_comes_to_rest,
    what_is_shown_as_sent_has_its_sid,
    what_is_shown_as_not_sent_is_not_in_the_ledger,
    what_was_taken_back_never_left,
    evidence_ends_doubt,
    the_list_ends_doubt,
    the_status_is_the_carriers,
    every_text_to_us_is_stored_once,
    who_said_stop_is_opted_out,
    the_database_is_sound,
)
