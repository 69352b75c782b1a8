"""The chain of hashes over all consent events, by which an edit, a gap or another order is noticed.

Each entry's hash covers what is in it and the hash before, so that a change anywhere breaks the chain there.
What is personal, such as the number and the words, is covered through a salted digest: once the salt is
gone, words and number can be blanked, the digest says nothing about them, and the chain still holds.
A chain cannot notice that its end was cut off, or that all of it was written anew: for that the head, its
length and last hash, has to be kept somewhere else.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import NamedTuple, Self

from leadline.errors import InvalidInput
from leadline.rules.consent import ConsentEvent, Kind

# What the first entry has for the hash before it.
BEGINNING = "0" * 64


@dataclass(frozen=True, slots=True)
class Entry:
    """An event as it stands in the ledger; ``position`` counts from 1; ``salt`` is None once erased."""

    position: int
    event: ConsentEvent
    recorded_at: datetime
    salt: str | None
    personal_digest: str
    hash: str


class Head(NamedTuple):
    """How long the chain is, and its last hash. Written as ``12:9f2c…``."""

    length: int
    hash: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Raises InvalidInput."""
        length, _, last = text.strip().partition(":")
        if not (length.isdecimal() and len(last) == len(BEGINNING)):
            raise InvalidInput(
                "Write the head as `leadline consent verify` printed it, like 12:9f2c….",
                field="head",
                code="head_invalid",
            )
        return cls(int(length), last)

    def __str__(self) -> str:
        return f"{self.length}:{self.hash}"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with the ledger, at the first entry where it is.

    ``what``: edited, removed, inserted, moved, blanked, cut or replaced.
    """

    position: int
    what: str
    sentence: str


def seal(event: ConsentEvent, *, position: int, previous: str, recorded_at: datetime, salt: str) -> Entry:
    """The entry that follows the one whose hash is ``previous``. A ``salt`` is random, and new each time."""
    digest = _digest([salt, event.number, event.words, event.disclosure, event.reference])
    entry = Entry(position, event, recorded_at, salt, digest, "")
    return replace(entry, hash=_hash(entry, previous))


def _hash(entry: Entry, previous: str) -> str:
    event = entry.event
    moments = [moment.astimezone(UTC).isoformat() for moment in (event.at, entry.recorded_at)]
    said = [event.kind, event.source, event.message_id, event.actor, *moments, entry.personal_digest]
    return _digest([previous, *said])


def _digest(values: Sequence[str | int | None]) -> str:
    """SHA-256 of a JSON list without blanks, whose members cannot run into each other."""
    encoded = json.dumps(values, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(encoded.encode()).hexdigest()


def check(entries: Iterable[Entry], *, head: Head | None = None) -> Iterator[Fault]:
    """What is wrong, in the order of the ledger; nothing when all is well.

    ``entries`` come in order. ``head`` is one that was kept elsewhere.
    """
    known = list(entries)
    erasures = _erasures(known)
    after = {BEGINNING: 0} | {entry.hash: entry.position for entry in known}
    previous, expected = BEGINNING, 1
    for entry in known:
        if entry.position != expected:
            yield _removed(expected, entry.position)
        elif entry.hash != _hash(entry, previous):
            yield _broken(entry, after)
        elif fault := _of_what_is_personal(entry, erasures):
            yield fault
        previous, expected = entry.hash, entry.position + 1
    if head is not None:
        yield from _against(head, known)


def _removed(first: int, found: int) -> Fault:
    gone = f"Entry {first} is" if found == first + 1 else f"Entries {first} to {found - 1} are"
    return Fault(first, "removed", f"{gone} not there.")


def _broken(entry: Entry, after: Mapping[str, int]) -> Fault:
    """Find out what it was the continuation of; costs a hash for each entry, once."""
    position = entry.position
    before = next((place for previous, place in after.items() if _hash(entry, previous) == entry.hash), None)
    if before is None:
        sentence = f"Entry {position} was edited, or what stood before it was edited or removed."
        return Fault(position, "edited", sentence)
    if before == position - 2:
        return Fault(position - 1, "inserted", f"Entry {position - 1} was put in between afterwards.")
    return Fault(position, "moved", f"Entry {position} stood elsewhere: it continues entry {before}.")


def _erasures(entries: Sequence[Entry]) -> dict[int, str]:
    """The positions that were erased, with the keyed hash that stands for their number."""
    return {
        int(position): entry.event.number
        for entry in entries
        if entry.event.kind == Kind.ERASED
        for position in entry.event.reference.split()
    }


def _of_what_is_personal(entry: Entry, erasures: Mapping[int, str]) -> Fault | None:
    event, position = entry.event, entry.position
    personal = [event.number, event.words, event.disclosure, event.reference]
    if entry.salt is not None:
        if _digest([entry.salt, *personal]) == entry.personal_digest:
            return None
        return Fault(
            position, "edited", f"The number, words, disclosure or reference of entry {position} was edited."
        )
    if personal == [erasures.get(position), "", "", ""]:
        return None
    return Fault(position, "blanked", f"Entry {position} was blanked, but not by a recorded erasure.")


def _against(head: Head, entries: Sequence[Entry]) -> Iterator[Fault]:
    last = entries[-1].position if entries else 0
    if last < head.length:
        sentence = f"The ledger ends at entry {last}, and the head that was kept is of entry {head.length}."
        yield Fault(last + 1, "cut", sentence)
    elif head.hash not in {entry.hash for entry in entries if entry.position == head.length} | (
        {BEGINNING} if not head.length else set()
    ):
        yield Fault(
            head.length, "replaced", f"Entry {head.length} is not the one whose head was kept elsewhere."
        )
