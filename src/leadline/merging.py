"""Merging: two leads that are the same person become one.

The one that stays keeps what it says, and takes from the other what it lacks. The other disappears; its id
stands for the one that stayed.
"""

from datetime import datetime
from typing import Any

from leadline.errors import InvalidInput
from leadline.store import audit, conversations, entries, leads, messages, tags
from leadline.store.database import Transaction
from leadline.store.leads import Lead
from leadline.store.scope import EVERYTHING, Scope

# What the one that stays takes from the other, where it has nothing of its own.
_FILLED = ("phone", "company", "email", "owner_id", "time_zone", "state", "zip")


def merge(
    tx: Transaction, lead_id: int, other_id: int, *, actor: str, now: datetime, scope: Scope = EVERYTHING
) -> Lead:
    """Make ``other_id`` part of ``lead_id``: its texts, its tags, and what only it knew. It cannot be undone;
    the audit log has what the other one said.

    Merged again nothing changes. Raises NotFound when either is out of scope, or InvalidInput for leads with
    two numbers: the texts to the second would be nobody's.
    """
    lead = leads.by_id(tx, lead_id, scope=scope)
    other = leads.by_id(tx, other_id, scope=scope)
    if other.id == lead.id:
        return lead
    if lead.phone and other.phone and lead.phone != other.phone:
        raise InvalidInput(
            f"{lead.name} and {other.name} have two numbers. Correct one of them first.",
            field="other",
            code="merge_numbers_differ",
        )
    messages.give_to_lead(tx, other.id, lead.id)
    tags.add(tx, lead.id, tags.of_lead(tx, other.id))
    leads.mark_merged(tx, other.id, into=lead.id, now=now)
    merged = leads.change(tx, lead.id, _united(lead, other), now=now)
    _tell(tx, merged, other, actor=actor, now=now)
    return merged


def _united(lead: Lead, other: Lead) -> dict[str, Any]:
    filled = {name: getattr(lead, name) or getattr(other, name) for name in _FILLED}
    return {
        **filled,
        "fields": {**other.fields, **{name: said for name, said in lead.fields.items() if said}},
    }


def _tell(tx: Transaction, lead: Lead, other: Lead, *, actor: str, now: datetime) -> None:
    thread = conversations.by_number(tx, lead.phone) if lead.phone else None
    if thread is not None:
        entries.add(
            tx, thread.id, "merged", author=actor, detail={"lead": lead.id, "other": other.id}, now=now
        )
    said = {name: getattr(other, name) for name in ("name", "stage", *_FILLED, "fields")}
    detail = {"other": other.id, "said": {name: value for name, value in said.items() if value}}
    audit.add(tx, actor=actor, action="lead.merge", subject=f"lead:{lead.id}", detail=detail, now=now)
