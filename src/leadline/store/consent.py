"""The consent ledger: who asked to stop or to hear from us, in which words. Rows are added and never changed,
but for the blanking of what is personal when a person is erased.
"""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, select, text, update

from leadline.rules.consent import ConsentEvent, Kind
from leadline.rules.ledger import BEGINNING, Entry, Head, seal
from leadline.store import batch, schema
from leadline.store.columns import micros
from leadline.store.database import Transaction

__all__ = [
    "ConsentEvent",
    "Entry",
    "append",
    "blank",
    "entries_of",
    "everything",
    "head",
    "last_opt_out_text",
    "lock",
    "newest",
    "numbers",
    "of_number",
    "oldest",
]

consent_events = schema.consent_events

_OF_EVENT = tuple(ConsentEvent.__dataclass_fields__)
_OF_ENTRY = ("id", "recorded_at", "salt", "personal_digest", "hash")
_COLUMNS = [consent_events.c[name] for name in (*_OF_ENTRY, *_OF_EVENT)]
# Any number does, so long as nobody else locks the same.
_LOCK = 0x1EAD11E
_PAGE = 1000


def append(tx: Transaction, events: Sequence[ConsentEvent], *, now: datetime) -> list[Entry]:
    """Add events to the end of the chain, in this order."""
    if not events:
        return []
    lock(tx)
    length, previous = head(tx)
    added: list[Entry] = []
    for position, event in enumerate(events, length + 1):
        entry = seal(event, position=position, previous=previous, recorded_at=now, salt=secrets.token_hex(16))
        previous = entry.hash
        added.append(entry)
    batch.insert(tx, consent_events, [_row(entry) for entry in added])
    return added


def lock(tx: Transaction) -> None:
    """Let nobody else add to the ledger before this transaction ends: two that continued the same entry would
    break the chain. SQLite has one writer anyway.
    """
    if tx.dialect.name != "sqlite":
        tx.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})


def _row(entry: Entry) -> Mapping[str, Any]:
    values = {name: getattr(entry.event, name) for name in _OF_EVENT}
    return {
        **values,
        "id": entry.position,
        "at": micros(entry.event.at),
        "recorded_at": micros(entry.recorded_at),
        "salt": entry.salt,
        "personal_digest": entry.personal_digest,
        "hash": entry.hash,
    }


def head(tx: Transaction) -> Head:
    """The chain's length and last hash."""
    query = select(consent_events.c.id, consent_events.c.hash).order_by(consent_events.c.id.desc()).limit(1)
    row = tx.execute(query).one_or_none()
    return Head(row.id, row.hash) if row else Head(0, BEGINNING)


def of_number(tx: Transaction, *numbers: str) -> list[ConsentEvent]:
    """All events of a number, or of several, the first recorded first."""
    return [entry.event for entry in entries_of(tx, numbers)]


def entries_of(tx: Transaction, numbers: Sequence[str]) -> list[Entry]:
    """The same as they stand in the ledger."""
    query = select(*_COLUMNS).where(consent_events.c.number.in_(numbers)).order_by(consent_events.c.id)
    return list(_entries(tx, query))


def newest(tx: Transaction, number: str, *, before: int = 0, limit: int = 50) -> list[Entry]:
    """A number's last entries before that position, or of all: the newest first."""
    query = select(*_COLUMNS).where(consent_events.c.number == number)
    query = query.where(consent_events.c.id < before) if before else query
    return list(_entries(tx, query.order_by(consent_events.c.id.desc()).limit(limit)))


def oldest(
    tx: Transaction, number: str, *, since: int = 0, recorded_since: datetime | None = None, limit: int = 50
) -> list[Entry]:
    """A number's first entries from that position, and that moment, on: the oldest first."""
    query = select(*_COLUMNS).where(consent_events.c.number == number, consent_events.c.id >= since)
    if recorded_since is not None:
        query = query.where(consent_events.c.recorded_at >= recorded_since)
    return list(_entries(tx, query.order_by(consent_events.c.id).limit(limit)))


def last_opt_out_text(tx: Transaction, number: str) -> str | None:
    """The SID of the last text with which the number opted out, if it ever did by text."""
    said_so = consent_events.c.number == number, consent_events.c.kind == Kind.OPT_OUT
    query = select(schema.messages.c.twilio_sid).join(consent_events)
    return tx.scalar(query.where(*said_so).order_by(consent_events.c.id.desc()).limit(1))


def everything(tx: Transaction) -> Iterator[Entry]:
    """The whole ledger in order, read page by page."""
    last = 0
    while True:
        query = select(*_COLUMNS).where(consent_events.c.id > last).order_by(consent_events.c.id).limit(_PAGE)
        page = list(_entries(tx, query))
        yield from page
        if len(page) < _PAGE:
            return
        last = page[-1].position


def _entries(tx: Transaction, query: Select[Any]) -> Iterator[Entry]:
    return (_entry(row) for row in tx.execute(query))


def _entry(row: Row[Any]) -> Entry:
    of_entry, of_event = row[: len(_OF_ENTRY)], row[len(_OF_ENTRY) :]
    position, recorded_at, salt, personal_digest, own_hash = of_entry
    return Entry(position, ConsentEvent(*of_event), recorded_at, salt, personal_digest, own_hash)


def numbers(tx: Transaction) -> list[str]:
    """Every number that the ledger speaks of."""
    return list(tx.scalars(select(consent_events.c.number).distinct().order_by(consent_events.c.number)))


def blank(tx: Transaction, number: str, *, pseudonym: str) -> list[int]:
    """Take from a number's events what is personal; their positions. Their digests mean nothing from here on,
    since they were made with salts that are gone.
    """
    of_theirs = consent_events.c.number == number
    positions = list(tx.scalars(select(consent_events.c.id).where(of_theirs).order_by(consent_events.c.id)))
    blanks = {"number": pseudonym, "words": "", "disclosure": "", "reference": "", "salt": None}
    tx.execute(update(consent_events).where(of_theirs).values(blanks))
    return positions
