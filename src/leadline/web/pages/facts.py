"""Around the texts: who it is, whether they may be texted, and with which templates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from leadline.errors import LeadlineError, MissingVariables
from leadline.rules import gate
from leadline.rules.phone import display_phone, is_phone
from leadline.rules.segments import count_segments
from leadline.rules.template import Template, render
from leadline.settings import Settings
from leadline.store import consent, templates
from leadline.store.database import Transaction
from leadline.store.leads import Lead
from leadline.web.pages.hours import Local, local
from leadline.web.pages.thread import title_of
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


@dataclass(frozen=True, slots=True)
class Notice:
    """Why nothing can be written here."""

    look: str
    icon: str
    what: str
    why: str
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """A template, filled for this lead; ``missing`` names what a person has to give."""

    name: str
    title: str
    category: str
    text: str = ""
    segments: int = 0
    missing: tuple[str, ...] = ()
    fault: str = ""


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


def closed(known: Facts, *, number: str | None, here: Here, settings: Settings) -> Notice | None:
    """Why no text can go to them, or None when one can. The gate decides when a text is queued, not this."""
    decision = gate.by_consent(known.consent)
    if not decision.is_allowed:
        last = next((event for event in known.events if event.kind == "opt_out"), None)
        when = f" {here.moment(last.at)}" if last else ""
        why = " ".join(reason.sentence for reason in decision.reasons)
        return Notice("bad", "stop", f"{known.name} opted out{when}", why, last.quote if last else "")
    if number is None:
        return Notice("", "phone", f"{known.name} has no phone number", "Add one to the lead to text them.")
    if not is_phone(number):
        why = "It is a short code or a name, as companies use to send; nothing sent to it would arrive."
        return Notice("", "phone", "This sender cannot be answered", why)
    if settings.sender is None:
        return Notice(
            "warn",
            "alert",
            "There is no number to send from",
            "Set TWILIO_PHONE_NUMBER or TWILIO_MESSAGING_SERVICE_SID and restart.",
        )
    return None


def choices(tx: Transaction, values: Mapping[str, Any]) -> list[Choice]:
    """All templates, each filled with these values."""
    return [_choice(template, values) for template in templates.everyone(tx)]


def _choice(template: Template, values: Mapping[str, Any]) -> Choice:
    empty = Choice(template.name, title_of(template.name), template.category)
    try:
        text = render(template, values)
    except MissingVariables as error:
        return replace(empty, missing=error.names)
    except LeadlineError as error:
        return replace(empty, fault=str(error))
    return replace(empty, text=text, segments=count_segments(text).segments)
