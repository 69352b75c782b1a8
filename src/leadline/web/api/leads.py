"""Leads over the API."""

from datetime import datetime
from typing import Annotated, Any, Self

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from leadline import leads as use_case
from leadline.store import leads
from leadline.web.api.auth import Caller
from leadline.web.api.fields import ID_AT_MOST, Id, Limit, Words
from leadline.web.api.paging import Page, page
from leadline.web.problems import documented

router = APIRouter(tags=["leads"])

FieldName = Annotated[str, StringConstraints(min_length=1, max_length=100)]
FieldValue = Annotated[str, StringConstraints(max_length=2000)]
STAGE = f"One of {', '.join(use_case.STAGES)}."


class LeadFields(BaseModel):
    """What may be said of a lead; what is not given stays as it is, or empty in a new one."""

    model_config = ConfigDict(extra="forbid")

    phone: str | None = Field(default=None, description="In any spelling; it is kept as E.164.")
    company: str | None = None
    email: str | None = None
    stage: str = Field(default="new", description=STAGE)
    owner_id: Annotated[int, Field(ge=1, le=ID_AT_MOST)] | None = Field(
        default=None, description="The user it belongs to."
    )
    time_zone: str | None = Field(default=None, description="Like America/Denver.")
    state: str | None = Field(default=None, description="Like CO, or a Canadian province like ON.")
    zip: str | None = Field(default=None, description="Like 80203.")
    fields: dict[FieldName, FieldValue] = Field(
        default_factory=dict, max_length=100, description="Anything else; templates can use it by name."
    )


class NewLead(LeadFields):
    """A lead to add."""

    name: str


class LeadChange(LeadFields):
    """What to change. ``fields`` replaces all of them."""

    name: str = ""


class Lead(BaseModel):
    """A person or company the team wants to sell to."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    name: str
    phone: str | None = Field(description="E.164.")
    company: str | None
    email: str | None
    stage: str
    owner_id: int | None
    time_zone: str | None
    state: str | None
    zip: str | None
    fields: dict[str, Any]
    created_at: datetime
    updated_at: datetime

    @classmethod
    def of(cls, lead: leads.Lead) -> Self:
        """The stored lead as it is shown."""
        return cls.model_validate(lead)


class AddedLead(Lead):
    """A lead, and who else has its number: their texts are one conversation."""

    shares_number_with: list[int] = Field(default=[], description="The ids of those leads.")


@router.post("/leads", status_code=201, responses=documented(422))
def add_lead(body: NewLead, call: Caller) -> AddedLead:
    """Add a lead. A number that another lead has is no fault; the answer says whose it is too."""
    new = use_case.NewLead(**body.model_dump())
    with call.line.database.write() as tx:
        [lead] = use_case.add(
            tx, [new], now=call.line.clock.now(), settings=call.line.settings, actor=call.actor
        )
        sharing = leads.with_phone(tx, lead.phone, scope=call.scope) if lead.phone else []
    added = AddedLead.of(lead)
    added.shares_number_with = [other.id for other in sharing if other.id != lead.id]
    return added


@router.get("/leads", responses=documented(422))
def list_leads(
    call: Caller,
    search: Annotated[
        Words | None,
        Query(description="Beginnings of words of name, company or email; or three digits of the number."),
    ] = None,
    stage: Annotated[Words | None, Query(description=STAGE)] = None,
    after: Annotated[int, Query(ge=0, le=ID_AT_MOST, description="The `next` of the page before.")] = 0,
    limit: Limit = 50,
) -> Page[Lead]:
    """Leads in the order they were added."""
    with call.line.database.read() as tx:
        found = leads.search(tx, search, scope=call.scope, stage=stage, after=after, limit=limit + 1)
    return page(found, limit, show=Lead.of, mark=lambda lead: lead.id)


@router.get("/leads/{lead_id}", responses=documented(404, 422))
def get_lead(lead_id: Id, call: Caller) -> Lead:
    """One lead."""
    with call.line.database.read() as tx:
        return Lead.of(leads.by_id(tx, lead_id, scope=call.scope))


@router.patch("/leads/{lead_id}", responses=documented(404, 422))
def change_lead(lead_id: Id, body: LeadChange, call: Caller) -> Lead:
    """Change what is given, and leave the rest."""
    values = body.model_dump(exclude_unset=True)
    with call.line.database.write() as tx:
        lead = use_case.change(
            tx,
            lead_id,
            values,
            actor=call.actor,
            now=call.line.clock.now(),
            settings=call.line.settings,
            scope=call.scope,
        )
    return Lead.of(lead)
