"""Around the texts: who it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from leadline.rules.phone import display_phone
from leadline.settings import Settings
from leadline.store import consent, users
from leadline.store.database import Transaction
from leadline.store.leads import Lead
from leadline.web.pages.bubbles import title_of
from leadline.web.pages.times import Here, place, zone_named
from leadline.web.pages.words import CONSENT_KINDS, CONSENT_SOURCES, STAGES


@dataclass(frozen=True, slots=True)
class Local:
    """The time where the lead is."""

    words: str
    is_night: bool


@dataclass(frozen=True, slots=True)
class Happened:
    """One consent event."""

    at: datetime
    kind: str
    words: str
    quote: str


@dataclass(frozen=True, slots=True)
class Facts:
    """The panel beside the texts."""

    name: str
    number: str
    leads: tuple[Lead, ...]
    lead: Lead | None
    stage: str | None
    owner: str | None
    local: Local | None
    details: tuple[tuple[str, str], ...]
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
    names = {user.id: user.name for user in users.everyone(tx)}
    return Facts(
        name=name,
        number=display_phone(number, settings.leadline_region) if number else "",
        leads=tuple(owners),
        lead=lead,
        stage=STAGES.get(lead.stage, lead.stage) if lead else None,
        owner=names.get(lead.owner_id) if lead and lead.owner_id else None,
        local=_local(lead, here),
        details=_details(lead),
        consent=state,
        events=tuple(_happened(event) for event in reversed(events)),
    )


def _happened(event: consent.ConsentEvent) -> Happened:
    source = CONSENT_SOURCES.get(event.source, event.source)
    quote = event.words if event.source in ("keyword", "free_text") else ""
    return Happened(event.at, event.kind, f"{CONSENT_KINDS.get(event.kind, event.kind)} {source}", quote)


def _local(lead: Lead | None, here: Here) -> Local | None:
    zone = zone_named(lead.time_zone) if lead else None
    if lead is None or lead.time_zone is None or zone is None:
        return None
    there = Here(here.now, zone)
    return Local(f"{there.hour(here.now)} in {place(lead.time_zone)}", there.is_night)


def _details(lead: Lead | None) -> tuple[tuple[str, str], ...]:
    if lead is None:
        return ()
    known = [("Company", lead.company), ("Email", lead.email), ("Time zone", lead.time_zone)]
    known += [("State", lead.state), ("ZIP code", lead.zip)]
    more = [(title_of(str(name)), str(value)) for name, value in lead.fields.items()]
    return tuple((label, value) for label, value in [*known, *more] if value)
