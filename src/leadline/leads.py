"""Leads: add, change and import the people and companies the team wants to sell to."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from leadline import consent
from leadline.errors import InvalidInput
from leadline.rules.area_table import AREAS
from leadline.rules.phone import normalize_phone
from leadline.rules.text import clean_name, is_blank
from leadline.rules.zones import zone
from leadline.settings import Settings
from leadline.store import audit, conversations, entries, leads, tags, users
from leadline.store.database import Transaction
from leadline.store.leads import Lead
from leadline.store.scope import EVERYTHING, Scope

STATES = frozenset(row.area[3:] for row in AREAS)
_ZIP = re.compile(r"[0-9]{5}(-[0-9]{4})?").fullmatch
STAGES = ("new", "contacted", "qualified", "demo", "won", "lost")
NAME_LENGTH = 200
TAG_LENGTH = 40
TAGS_AT_MOST = 30


@dataclass(frozen=True, slots=True)
class NewLead:
    """A lead as someone typed it; ``phone`` in any spelling. ``fields`` fill templates.

    By ``time_zone``, ``state`` (CO, or a Canadian province) and ``zip`` we know when they may be texted.
    """

    name: str
    phone: str | None = None
    company: str | None = None
    email: str | None = None
    stage: str = "new"
    owner_id: int | None = None
    time_zone: str | None = None
    state: str | None = None
    zip: str | None = None
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ImportedRow:
    """What became of one row of an import: ``outcome`` is added, duplicate or error, with the reason."""

    line: int
    outcome: str
    lead_id: int | None = None
    reason: str | None = None


def add(
    tx: Transaction, new: Sequence[NewLead], *, now: datetime, settings: Settings, actor: str = "library"
) -> list[Lead]:
    """Store leads. Raises InvalidInput naming the field; then none of the list is stored.

    Two leads may share a number: a couple, or a company's main line. Their texts are one conversation.
    """
    _check_owners(tx, new)
    values = [_values(lead, settings) for lead in new]
    for each in values:
        _refuse_erased(tx, each["phone"])
    added = [leads.add(tx, each, now=now) for each in values]
    for lead in added:
        audit.add(tx, actor=actor, action="lead.add", subject=f"lead:{lead.id}", now=now)
    return added


def change(
    tx: Transaction,
    lead_id: int,
    values: Mapping[str, Any],
    *,
    more_fields: Mapping[str, str] | None = None,
    actor: str,
    now: datetime,
    settings: Settings,
    scope: Scope = EVERYTHING,
) -> Lead:
    """Change the given fields; ``more_fields`` are put among the lead's own ones, and an empty one is taken
    out. What was different before is in the audit log, and another stage also in the thread.

    Raises NotFound, or InvalidInput naming the field.
    """
    before = leads.by_id(tx, lead_id, scope=scope, for_update=True)
    merged = {name: getattr(before, name) for name in NewLead.__dataclass_fields__} | dict(values)
    kept = {**merged["fields"], **(more_fields or {})}
    merged["fields"] = kept if more_fields is None else {name: said for name, said in kept.items() if said}
    lead = NewLead(**merged)
    _check_owners(tx, [lead])
    changed = _values(lead, settings)
    if changed["phone"] != before.phone:
        _refuse_erased(tx, changed["phone"])
    was = {name: getattr(before, name) for name, said in changed.items() if getattr(before, name) != said}
    if not was:
        return before
    after = leads.change(tx, before.id, changed, now=now)
    detail = {name: {"was": said, "is": getattr(after, name)} for name, said in was.items()}
    audit.add(tx, actor=actor, action="lead.change", subject=f"lead:{after.id}", detail=detail, now=now)
    if "stage" in was:
        _tell_stage(tx, after, was["stage"], actor=actor, now=now)
    return after


def _tell_stage(tx: Transaction, lead: Lead, was: str, *, actor: str, now: datetime) -> None:
    thread = conversations.by_number(tx, lead.phone) if lead.phone else None
    if thread is not None:
        detail = {"lead": lead.id, "was": was, "is": lead.stage}
        entries.add(tx, thread.id, "stage", author=actor, detail=detail, now=now)


def tag(
    tx: Transaction,
    lead_id: int,
    word: str,
    *,
    actor: str,
    now: datetime,
    scope: Scope = EVERYTHING,
) -> list[str]:
    """Put a tag on a lead; its tags then. One that differs only in capitals is there already. Raises
    NotFound, or InvalidInput.
    """
    lead = leads.by_id(tx, lead_id, scope=scope)
    there = tags.of_lead(tx, lead.id)
    new = _tag(word)
    if new.casefold() in {each.casefold() for each in there}:
        return there
    if len(there) >= TAGS_AT_MOST:
        raise InvalidInput(f"A lead has at most {TAGS_AT_MOST} tags.", field="tag", code="tag_invalid")
    tags.add(tx, lead.id, [new])
    audit.add(tx, actor=actor, action="lead.tag", subject=f"lead:{lead.id}", detail={"tag": new}, now=now)
    return [*there, new]


def untag(
    tx: Transaction,
    lead_id: int,
    word: str,
    *,
    actor: str,
    now: datetime,
    scope: Scope = EVERYTHING,
) -> list[str]:
    """Take a tag from a lead; its tags then. One that is not there is no fault. Raises NotFound."""
    lead = leads.by_id(tx, lead_id, scope=scope)
    if tags.remove(tx, lead.id, word):
        detail = {"tag": word}
        audit.add(tx, actor=actor, action="lead.untag", subject=f"lead:{lead.id}", detail=detail, now=now)
    return tags.of_lead(tx, lead.id)


def _tag(word: str) -> str:
    cleaned = clean_name(word)
    if is_blank(cleaned) or len(cleaned) > TAG_LENGTH:
        raise InvalidInput(f"A tag has 1 to {TAG_LENGTH} characters.", field="tag", code="tag_invalid")
    return cleaned


def import_rows(
    tx: Transaction, rows: Iterable[tuple[int, NewLead]], *, now: datetime, settings: Settings
) -> list[ImportedRow]:
    """Store what can be stored and account for every row (line number, lead).

    A row whose number some lead has already, or an earlier row of the same call, is a duplicate and
    changes nothing, so the same file may be imported again.
    """
    account: list[ImportedRow] = []
    for line, row in rows:
        try:
            values = _values(row, settings)
            _refuse_erased(tx, values["phone"])
        except InvalidInput as error:
            account.append(ImportedRow(line, "error", reason=f"{error.field}: {error}"))
            continue
        twin = leads.with_phone(tx, values["phone"])[:1] if values["phone"] else []
        if twin:
            account.append(ImportedRow(line, "duplicate", twin[0].id, f"{twin[0].name} has this number"))
        else:
            account.append(ImportedRow(line, "added", leads.add(tx, values, now=now).id))
    return account


def _refuse_erased(tx: Transaction, phone: str | None) -> None:
    """Who opted out and was erased is not taken in again, unless they have written since."""
    if phone and consent.was_erased(tx, phone):
        raise InvalidInput(
            "This person opted out and was erased. They can come back by texting START.",
            field="phone",
            code="person_erased",
        )


def _check_owners(tx: Transaction, new: Sequence[NewLead]) -> None:
    owners = {lead.owner_id for lead in new if lead.owner_id is not None}
    if owners and not owners <= {user.id for user in users.everyone(tx)}:
        raise InvalidInput("There is no such user.", field="owner_id", code="owner_unknown")


def _values(lead: NewLead, settings: Settings) -> dict[str, Any]:
    """The columns of a lead, each checked."""
    return {
        "name": _name(lead.name),
        "phone": normalize_phone(lead.phone, settings.leadline_region) if lead.phone else None,
        "company": _short(lead.company, "company"),
        "email": _email(lead.email),
        "stage": _stage(lead.stage),
        "owner_id": lead.owner_id,
        "time_zone": _time_zone(lead.time_zone),
        "state": _state(lead.state),
        "zip": _zip(lead.zip),
        "fields": {_short(key, "fields"): clean_name(str(value)) for key, value in lead.fields.items()},
    }


def _name(text: str) -> str:
    name = _short(text, "name")
    if name is None or is_blank(name):
        raise InvalidInput("A lead needs a name.", field="name", code="name_missing")
    return name


def _short(text: str | None, field_name: str) -> str | None:
    cleaned = clean_name(text or "")
    if len(cleaned) > NAME_LENGTH:
        raise InvalidInput(f"At most {NAME_LENGTH} characters.", field=field_name, code="too_long")
    return cleaned or None


def _email(text: str | None) -> str | None:
    address = _short(text, "email")
    if address and ("@" not in address or " " in address):
        raise InvalidInput("Write it like lena@example.com.", field="email", code="email_invalid")
    return address


def _stage(text: str) -> str:
    if text not in STAGES:
        raise InvalidInput(f"One of: {', '.join(STAGES)}.", field="stage", code="stage_unknown")
    return text


def _time_zone(text: str | None) -> str | None:
    if not text:
        return None
    if zone(text) is None:
        raise InvalidInput("Write it like America/Denver.", field="time_zone", code="time_zone_unknown")
    return text


def _state(text: str | None) -> str | None:
    area = (_short(text, "state") or "").upper().removeprefix("US-").removeprefix("CA-")
    if area and area not in STATES:
        raise InvalidInput("Write it in two letters, like CO.", field="state", code="state_unknown")
    return area or None


def _zip(text: str | None) -> str | None:
    code = _short(text, "zip")
    if code and not _ZIP(code):
        raise InvalidInput("Write it like 80203 or 80203-1234.", field="zip", code="zip_invalid")
    return code
