"""Conversations over the API: one for each number that texts were exchanged with."""

from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from leadline.errors import InvalidInput
from leadline.store import conversations, inbox, leads
from leadline.store.database import Transaction
from leadline.store.inbox import LISTS, Asked, Listed
from leadline.web.api.auth import Call, Caller
from leadline.web.api.fields import Limit
from leadline.web.api.paging import Page, Place, page
from leadline.web.places import mark_of, place_of
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
    assignee_id: int | None = Field(description="The user who answers here.")
    team_id: int | None
    waiting_since: datetime | None = Field(description="Their first text that no person has answered.")
    failed_id: int | None = Field(description="The text that did not arrive, while nobody has written since.")
    closed_at: datetime | None
    last_text: str
    last_at: datetime


ListName = Literal["open", "unread", "mine", "unassigned", "scheduled", "failed", "review", "closed"]
OrderName = Literal["newest", "waiting", "oldest", "soonest"]


@router.get("/conversations", responses=documented(422))
def list_conversations(
    call: Caller,
    which: Annotated[
        ListName | None, Query(alias="list", description="As in the inbox; all conversations without one.")
    ] = None,
    order: Annotated[
        OrderName | None, Query(description="One that the list has; its own without one.")
    ] = None,
    before: Place = None,
    limit: Limit = 50,
) -> Page[Conversation]:
    """Conversations, the last written in first unless another order is asked for."""
    with call.line.database.read() as tx:
        found = _listed(tx, call, which, order=order, after=place_of(before), limit=limit + 1)
        numbers = [each.conversation.number for each in found]
        owners = leads.with_phones(tx, numbers, scope=call.scope)

    def show(listed: Listed) -> Conversation:
        stored = listed.conversation
        said = {name: getattr(stored, name) for name in Conversation.model_fields if name != "leads"}
        named = [NamedLead(id=lead.id, name=lead.name) for lead in owners.get(stored.number, [])]
        return Conversation(leads=named, **said)

    return page(found, limit, show=show, mark=lambda listed: mark_of(*listed.place))


def _listed(
    tx: Transaction,
    call: Call,
    which: ListName | None,
    *,
    order: OrderName | None,
    after: tuple[datetime, int] | None,
    limit: int,
) -> list[Listed]:
    if which is None:
        every = conversations.newest(tx, scope=call.scope, before=after, limit=limit)
        return [Listed(each, (each.last_at, each.id)) for each in every]
    orders = LISTS[which].orders
    if order and order not in orders:
        raise InvalidInput(f"This list has: {', '.join(orders)}.", field="order", code="order_unknown")
    asked = Asked(call.scope, call.line.clock.now(), call.user.id if call.user else None)
    return inbox.page(tx, which, asked, order=order or next(iter(orders)), after=after, limit=limit)
