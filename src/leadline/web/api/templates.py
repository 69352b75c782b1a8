"""Templates over the API."""

from typing import Annotated, Literal, Self

from fastapi import APIRouter, Path
from pydantic import BaseModel, ConfigDict, Field

from leadline import templating
from leadline.errors import NotFound, UnknownTemplate
from leadline.rules import template as rules
from leadline.store import templates
from leadline.web.api.auth import AdminCaller, Caller
from leadline.web.api.fields import Plain, Words
from leadline.web.api.paging import Page
from leadline.web.problems import documented

router = APIRouter(tags=["templates"])

Name = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
Category = Literal["conversational", "transactional", "marketing"]


class TemplateFields(BaseModel):
    """What a template says and what it is for."""

    model_config = ConfigDict(extra="forbid")

    body: Plain = Field(description="Liquid; the lead's name, company and fields are there by name.")
    category: Category = "conversational"
    description: Words = ""


class Template(BaseModel):
    """A template, and the values that it needs."""

    name: str
    body: str
    category: str
    description: str
    variables: list[str] = Field(description="What must be given, unless the lead has it.")

    @classmethod
    def of(cls, template: rules.Template) -> Self:
        """The stored template as it is shown."""
        return cls(
            name=template.name,
            body=template.body,
            category=template.category,
            description=template.description,
            variables=list(rules.required_variables(template.body)),
        )


@router.get("/templates")
def list_templates(call: Caller) -> Page[Template]:
    """All templates, by name; there are few."""
    with call.line.database.read() as tx:
        found = templates.everyone(tx)
    return Page(items=[Template.of(template) for template in found], next=None)


@router.get("/templates/{name}", responses=documented(404, 422))
def get_template(name: Name, call: Caller) -> Template:
    """One template."""
    with call.line.database.read() as tx:
        try:
            return Template.of(templates.by_name(tx, name))
        except UnknownTemplate:
            raise NotFound("template", name) from None


@router.put("/templates/{name}", responses=documented(422))
def save_template(name: Name, body: TemplateFields, call: AdminCaller) -> Template:
    """Store a template, or replace the one of that name. Texts that are queued already keep theirs."""
    template = rules.Template(name=name, **body.model_dump())
    with call.line.database.write() as tx:
        return Template.of(templating.save(tx, template, actor=call.actor, now=call.line.clock.now()))


@router.delete("/templates/{name}", status_code=204, responses=documented(404, 422))
def delete_template(name: Name, call: AdminCaller) -> None:
    """Take a template away; texts keep its name. A built-in one stays: see `restore`."""
    line = call.line
    with line.database.write() as tx:
        try:
            templating.delete(tx, name, settings=line.settings, actor=call.actor, now=line.clock.now())
        except UnknownTemplate:
            raise NotFound("template", name) from None


@router.post("/templates/{name}/restore", responses=documented(404, 422))
def restore_template(name: Name, call: AdminCaller) -> Template:
    """Put back the words that a built-in template came with."""
    with call.line.database.write() as tx:
        try:
            return Template.of(templating.restore(tx, name, actor=call.actor, now=call.line.clock.now()))
        except UnknownTemplate:
            raise NotFound("built-in template", name) from None
