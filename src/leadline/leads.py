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
from leadline.store import leads, users
from leadline.store.database import Transaction
from leadline.store.leads import Lead
from leadline.store.scope import EVERYTHING, Scope

STATES = frozenset(row.area[3:] for row in AREAS)
_ZIP = re.compile(r"[0-9]{5}(-[0-9]{4})?").fullmatch
STAGES = ("new", "contacted", "qualified", "demo", "won", "lost")
NAME_LENGTH = 200


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


def add(tx: Transaction, new: Sequence[NewLead], *, now: datetime, settings: Settings) -> list[Lead]:
    """Store leads. Raises InvalidInput naming the field; then none of the list is stored.

    Two leads may share a number: a couple, or a company's main line. Their texts are one conversation.
    """
    _check_owners(tx, new)
    values = [_values(lead, settings) for lead in new]
    for each in values:
        _refuse_erased(tx, each["phone"])
    return [leads.add(tx, each, now=now) for each in values]


def change(
    tx: Transaction,
    lead_id: int,
    values: Mapping[str, Any],
    *,
    now: datetime,
    settings: Settings,
    scope: Scope = EVERYTHING,
) -> Lead:
    """Change the given fields. Raises NotFound, or InvalidInput naming the field."""
    before = leads.by_id(tx, lead_id, scope=scope)
    merged = {name: getattr(before, name) for name in NewLead.__dataclass_fields__} | dict(values)
    lead = NewLead(**merged)
    _check_owners(tx, [lead])
    changed = _values(lead, settings)
    if changed["phone"] != before.phone:
        _refuse_erased(tx, changed["phone"])
    return leads.change(tx, lead_id, changed, now=now)


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
