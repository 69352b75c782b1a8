"""Around the texts: who it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from leadline.rules.phone import display_phone
from leadline.settings import Settings
from leadline.store import consent
from leadline.store.database import Transaction
from leadline.store.leads import Lead
from leadline.web.pages.daylight import Local, local
from leadline.web.pages.times import Here
from leadline.web.pages.words import CONSENT_KINDS, CONSENT_SOURCES


@dataclass(frozen=True, slots=True)
class Happened:
    """One consent event."""

    at: datetime
    kind: str
    words: str
    quote: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Whom the texts are with."""

    name: str
    number: str
    leads: tuple[Lead, ...]
    lead: Lead | None
    local: Local | None
    consent: str
    events: tuple[Happened, ...]


def facts(
    tx: Transaction,
    here: Here,
    *,
    number: str | None,
    name: str,
    owners: Sequence[Lead],
    lead: Lead | None,
    state: str,
    settings: Settings,
) -> Facts:
    """What is known of whom a conversation is with. ``lead`` is the one spoken to, if that is certain."""
    events = consent.of_number(tx, number) if number else []
    return Facts(
        name=name,
        number=display_phone(number, settings.leadline_region) if number else "",
        leads=tuple(owners),
        lead=lead,
        local=local(number, lead, here, settings),
        consent=state,
        events=tuple(_happened(event) for event in reversed(events)),
    )


def _happened(event: consent.ConsentEvent) -> Happened:
    source = CONSENT_SOURCES.get(event.source, event.source)
    quote = event.words if event.source in ("keyword", "free_text") else ""
    return Happened(event.at, event.kind, f"{CONSENT_KINDS.get(event.kind, event.kind)} {source}", quote)
