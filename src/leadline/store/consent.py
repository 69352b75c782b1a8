"""Consent events: who asked to stop or to hear from us, in which words. Append-only."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select

from leadline.store import schema
from leadline.store.database import Transaction

consent_events = schema.consent_events


@dataclass(frozen=True, slots=True)
class ConsentEvent:
    """One opt-in or opt-out of a number. ``source``: keyword, carrier, person or import."""

    number: str
    kind: str
    source: str
    words: str
    message_id: int | None
    actor: str
    at: datetime


_COLUMNS = [consent_events.c[name] for name in ConsentEvent.__dataclass_fields__]


def add(tx: Transaction, event: ConsentEvent) -> None:
    """Keep one event."""
    values = {name: getattr(event, name) for name in ConsentEvent.__dataclass_fields__}
    values |= {"disclosure": "", "reference": "", "recorded_at": event.at, "personal_digest": "", "hash": ""}
    tx.execute(insert(consent_events).values(values))


def of_number(tx: Transaction, number: str) -> list[ConsentEvent]:
    """All events of a number, the first first."""
    query = select(*_COLUMNS).where(consent_events.c.number == number).order_by(consent_events.c.id)
    return [ConsentEvent(*row) for row in tx.execute(query)]
