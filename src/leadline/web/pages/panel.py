"""Beside the texts: the lead as it may be changed in place, and who answers, above them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from leadline.leads import STAGES as STAGE_CODES
from leadline.rules.phone import display_phone, is_phone
from leadline.store import entries, tags
from leadline.store.conversations import Conversation
from leadline.store.database import Transaction
from leadline.store.leads import Lead
from leadline.store.users import User
from leadline.web.pages import lines
from leadline.web.pages.bubbles import title_of
from leadline.web.pages.common import Common
from leadline.web.pages.lines import Line
from leadline.web.pages.site import Visit
from leadline.web.pages.words import STAGES

# The fields that every lead has: what they are called, and which keyboard a phone shows for them.
FIELDS: tuple[tuple[str, str, str], ...] = (
    ("phone", "Phone", "tel"),
    ("company", "Company", "text"),
    ("email", "Email", "email"),
    ("time_zone", "Time zone", "text"),
    ("state", "State", "text"),
    ("zip", "ZIP code", "text"),
)
# What a field of the team's own begins with in a form.
OWN = "f."
ACTS_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody typed that cannot be so, by field, and why; ``error`` is about none of the fields."""

    values: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    error: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """A field that can be changed where it stands."""

    name: str
    label: str
    value: str
    kind: str = "text"
    error: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """One of those that can be chosen."""

    value: str
    words: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Panel:
    """The lead. Where ``lead_id`` is None, ``may_add`` says whether one can be made of the number."""

    lead_id: int | None
    name: Field
    fields: tuple[Field, ...] = ()
    stages: tuple[Option, ...] = ()
    owners: tuple[Option, ...] = ()
    tags: tuple[str, ...] = ()
    known_tags: tuple[str, ...] = ()
    others: tuple[tuple[int, str, str], ...] = ()
    acts: tuple[Line, ...] = ()
    may_add: bool = False
    error: str = ""
    tag_error: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """Who answers here, and whether there is anything to do."""

    conversation_id: int
    assignee: str
    people: tuple[Option, ...]
    teams: tuple[Option, ...]
    is_free: bool
    is_mine: bool
    is_closed: bool


def panel(
    tx: Transaction,
    visit: Visit,
    *,
    lead: Lead | None,
    owners: Sequence[Lead],
    number: str | None,
    thread: Conversation | None,
    common: Common,
    typed: Typed | None = None,
) -> Panel:
    """What is shown of a lead, or of a number that no lead has, or several."""
    typed = typed or Typed()
    name = _field("name", "Name of the lead", lead.name if lead else "", typed)
    others = tuple(
        (each.id, each.name, STAGES.get(each.stage, each.stage)) for each in owners if lead != each
    )
    if lead is None:
        may_add = not owners and bool(number) and is_phone(number or "")
        acts = _acts(tx, thread, common)
        return Panel(None, name, others=others, acts=acts, may_add=may_add, error=typed.error)
    region = visit.line.settings.leadline_region
    return Panel(
        lead_id=lead.id,
        name=name,
        fields=tuple(_fields(lead, typed, region)),
        stages=tuple(Option(code, STAGES[code], code == lead.stage) for code in STAGE_CODES),
        owners=tuple(_people(common.users, lead.owner_id)),
        tags=tuple(tags.of_lead(tx, lead.id)),
        known_tags=common.tags if visit.may_write else (),
        others=others,
        acts=_acts(tx, thread, common),
        error=typed.error,
        tag_error=typed.errors.get("tag", ""),
    )


def head(visit: Visit, thread: Conversation, common: Common) -> Head:
    """What stands above a conversation's texts."""
    names = {user.id: user.name for user in common.users}
    those = [
        Option(f"team:{team.id}", team.name, not thread.assignee_id and team.id == thread.team_id)
        for team in common.teams
    ]
    people = tuple(
        Option(f"user:{option.value}", option.words, option.is_chosen)
        for option in _people(common.users, thread.assignee_id)
    )
    has_it = names.get(thread.assignee_id or 0)
    of_team = next((team.words for team in those if team.is_chosen), "Unassigned")
    return Head(
        conversation_id=thread.id,
        assignee=has_it or of_team,
        people=people,
        teams=tuple(those),
        is_free=thread.assignee_id is None,
        is_mine=thread.assignee_id == visit.member.id,
        is_closed=thread.closed_at is not None,
    )


def _acts(tx: Transaction, thread: Conversation | None, common: Common) -> tuple[Line, ...]:
    """What was done with the conversation last, the newest first."""
    if thread is None:
        return ()
    names = common.names
    told = [lines.of_entry(entry, names) for entry in entries.newest(tx, thread.id, limit=ACTS_SHOWN)]
    return tuple(each for each in told if isinstance(each, Line))


def _people(everyone: Iterable[User], chosen: int | None) -> Iterable[Option]:
    """Who may be given something, and who has it, be it that they were disabled since."""
    for user in everyone:
        if user.id == chosen or (user.disabled_at is None and user.role != "viewer"):
            yield Option(str(user.id), user.name, user.id == chosen)


def _fields(lead: Lead, typed: Typed, region: str) -> Iterable[Field]:
    for name, label, kind in FIELDS:
        said: Any = getattr(lead, name) or ""
        yield _field(
            name, label, display_phone(said, region) if name == "phone" and said else said, typed, kind
        )
    for name, value in lead.fields.items():
        yield _field(f"{OWN}{name}", title_of(str(name)), str(value), typed)


def _field(name: str, label: str, value: str, typed: Typed, kind: str = "text") -> Field:
    return Field(name, label, typed.values.get(name, value), kind, typed.errors.get(name, ""))
