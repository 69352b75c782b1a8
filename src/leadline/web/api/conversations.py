"""Conversations over the API: one for each number that texts were exchanged with."""

from datetime import datetime

from fastapi import APIRouter
from pydantic import BaseModel, Field

from leadline.store import conversations, leads
from leadline.web.api.auth import Caller
from leadline.web.api.fields import Limit
from leadline.web.api.paging import Page, Place, mark_of, page, place_of
from leadline.web.problems import documented

router = APIRouter(tags=["conversations"])


class NamedLead(BaseModel):
    """A lead that has the number."""

    id: int
    name: str


class Conversation(BaseModel):
    """Everything exchanged with one number."""

    id: int
    number: str
    leads: list[NamedLead] = Field(description="Several, when they share the number.")
    consent: str = Field(description="none, opted_in or opted_out; it belongs to the number.")
    consent_at: datetime | None
    review_since: datetime | None = Field(description="Since when a possible opt-out waits for a person.")
    unusable_because: str | None = Field(description="Why texts cannot arrive there.")
    unread: int
    last_text: str
    last_at: datetime


@router.get("/conversations", responses=documented(422))
def list_conversations(
    call: Caller,
    before: Place = None,
    limit: Limit = 50,
) -> Page[Conversation]:
    """Conversations, the last written in first."""
    with call.line.database.read() as tx:
        found = conversations.newest(tx, scope=call.scope, before=place_of(before), limit=limit + 1)
        owners = leads.with_phones(tx, [each.number for each in found], scope=call.scope)

    def show(stored: conversations.Conversation) -> Conversation:
        said = {name: getattr(stored, name) for name in Conversation.model_fields if name != "leads"}
        named = [NamedLead(id=lead.id, name=lead.name) for lead in owners.get(stored.number, [])]
        return Conversation(leads=named, **said)

    return page(found, limit, show=show, mark=lambda stored: mark_of(stored.last_at, stored.id))
