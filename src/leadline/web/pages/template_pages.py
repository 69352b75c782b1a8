"""Templates: everybody sees them, with a preview on a real lead; admins write them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from leadline import templating
from leadline.errors import InvalidInput, NotFound, UnknownTemplate
from leadline.queueing import variables_for
from leadline.rules.template import BUILT_IN, CATEGORIES, CONVERSATIONAL, Template
from leadline.store import leads, templates
from leadline.store.database import Transaction
from leadline.store.leads import Lead
from leadline.web.pages.bubbles import title_of
from leadline.web.pages.forms import read_form, whole
from leadline.web.pages.preview import Preview, preview
from leadline.web.pages.site import Visit

ADMINS_WRITE = "Only an admin may change templates."
SEARCH_AT_MOST = 100
LEADS_OFFERED = 8
# What each category means for whom the text may go to.
CATEGORY_HINTS: Mapping[str, str] = {
    "conversational": "Answers and first texts, by one person to another.",
    "transactional": "About something that was agreed, like a visit.",
    "marketing": "Goes only to leads who opted in on record.",
}
# What every template has without being told, beside the fields of the lead.
SLOTS = ("first_name", "name", "company", "agent_name", "business_name")
_EMPTY = Template("", "")


@dataclass(frozen=True, slots=True)
class Shown:
    """The form: what stands in it, and what is wrong with which field. ``name`` is empty for a new one."""

    name: str
    title: str
    template: Template
    faults: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_built_in(self) -> bool:
        return self.name in BUILT_IN

    @property
    def is_as_it_came(self) -> bool:
        """Whether there is nothing to put back."""
        return BUILT_IN.get(self.name) == self.template


@dataclass(frozen=True, slots=True)
class Whom:
    """For whom the preview is: the lead, those offered beside them, and what was searched for."""

    lead: Lead | None
    offered: tuple[Lead, ...]
    search: str


def index(request: Request) -> Response:
    """GET /templates: the first of them, or with ?new an empty form."""
    visit = Visit.of(request)
    if "new" in request.query_params:
        _check_may_write(visit)
        return _page(visit, Shown("", "", _EMPTY))
    with visit.line.database.read() as tx:
        names = [template.name for template in templates.everyone(tx)]
    if not names:
        return _page(visit, None)
    return RedirectResponse(f"/templates/{names[0]}", 303)


def one(request: Request) -> Response:
    """GET /templates/{name}: one template; ?lead= and ?find= choose whom the preview is for."""
    visit = Visit.of(request)
    with visit.line.database.read() as tx:
        found = _stored(tx, request.path_params["name"])
    return _page(visit, _shown(found))


async def create(request: Request) -> Response:
    """POST /templates: a new one, named after what it is called."""
    return await _save(request, "")


async def change(request: Request) -> Response:
    """POST /templates/{name}: other words for it."""
    return await _save(request, request.path_params["name"])


async def delete(request: Request) -> Response:
    """POST /templates/{name}/delete."""
    visit, name = Visit.of(request), request.path_params["name"]
    _check_may_write(visit)
    await run_in_threadpool(_delete, visit, name)
    return RedirectResponse("/templates", 303)


async def restore(request: Request) -> Response:
    """POST /templates/{name}/restore: the words it came with."""
    visit, name = Visit.of(request), request.path_params["name"]
    _check_may_write(visit)
    await run_in_threadpool(_restore, visit, name)
    return RedirectResponse(f"/templates/{name}", 303)


async def show_preview(request: Request) -> Response:
    """POST /templates/preview: the preview of what stands in the form now, as a fragment. Stores nothing."""
    visit = Visit.of(request)
    fields = await read_form(request)
    return HTMLResponse(await run_in_threadpool(_fragment, visit, fields))


ROUTES = (
    Route("/templates", index),
    Route("/templates", create, methods=["POST"]),
    Route("/templates/preview", show_preview, methods=["POST"]),
    Route("/templates/{name}", one),
    Route("/templates/{name}", change, methods=["POST"]),
    Route("/templates/{name}/delete", delete, methods=["POST"]),
    Route("/templates/{name}/restore", restore, methods=["POST"]),
)


def _check_may_write(visit: Visit) -> None:
    if visit.member.role != "admin":
        raise HTTPException(403, ADMINS_WRITE)


def _stored(tx: Transaction, name: str) -> Template:
    try:
        return templates.by_name(tx, name)
    except UnknownTemplate:
        raise NotFound("template", name) from None


def _shown(template: Template) -> Shown:
    return Shown(template.name, title_of(template.name), template)


async def _save(request: Request, name: str) -> Response:
    visit = Visit.of(request)
    _check_may_write(visit)
    fields = await read_form(request)
    shown = _typed(name, fields)
    try:
        stored = await run_in_threadpool(_store, visit, shown)
    except InvalidInput as error:
        faulty = replace(shown, faults={error.field: str(error)})
        return await run_in_threadpool(_page, visit, faulty, 422, fields)
    return RedirectResponse(f"/templates/{stored.name}", 303)


def _typed(name: str, fields: Mapping[str, str]) -> Shown:
    title = fields.get("title", "")[: templating.DESCRIPTION_LENGTH] if not name else title_of(name)
    category = fields.get("category", "")
    template = Template(
        name or templating.name_of(title),
        fields.get("body", "").replace("\r\n", "\n").replace("\0", ""),
        category if category in CATEGORIES else CONVERSATIONAL,
        fields.get("description", "").replace("\0", ""),
    )
    return Shown(name, title, template)


def _store(visit: Visit, shown: Shown) -> Template:
    with visit.line.database.write() as tx:
        if shown.name:
            _stored(tx, shown.name)
        return templating.save(
            tx,
            shown.template,
            actor=f"user:{visit.member.id}",
            now=visit.line.clock.now(),
            is_new=not shown.name,
        )


def _delete(visit: Visit, name: str) -> None:
    line = visit.line
    with line.database.write() as tx:
        _stored(tx, name)
        templating.delete(
            tx, name, settings=line.settings, actor=f"user:{visit.member.id}", now=line.clock.now()
        )


def _restore(visit: Visit, name: str) -> None:
    with visit.line.database.write() as tx:
        _stored(tx, name)
        templating.restore(tx, name, actor=f"user:{visit.member.id}", now=visit.line.clock.now())


def _page(
    visit: Visit, shown: Shown | None, status: int = 200, fields: Mapping[str, str] | None = None
) -> Response:
    with visit.line.database.read() as tx:
        whom = _whom(tx, visit, visit.request.query_params if fields is None else fields)
        listed = [(template.name, title_of(template.name)) for template in templates.everyone(tx)]
    return visit.page(
        "templates.html",
        status,
        live=None,
        listed=listed,
        shown=shown,
        whom=whom,
        seen=_preview(visit, shown.template, whom) if shown else Preview(),
        may_write=visit.member.role == "admin",
        in_use=shown is not None and shown.name == visit.line.settings.leadline_auto_reply_template,
        categories=CATEGORIES,
        hints=CATEGORY_HINTS,
        slots=SLOTS,
    )


def _fragment(visit: Visit, fields: Mapping[str, str]) -> str:
    shown = _typed(fields.get("name", ""), fields)
    with visit.line.database.read() as tx:
        whom = _whom(tx, visit, fields)
    return visit.render("_preview.html", whom=whom, seen=_preview(visit, shown.template, whom))


def _whom(tx: Transaction, visit: Visit, asked: Mapping[str, str]) -> Whom:
    """The lead that was chosen, if they are among those this member sees; else the first one offered."""
    search = asked.get("find", "").replace("\0", "").strip()[:SEARCH_AT_MOST]
    offered = leads.search(tx, search or None, scope=visit.scope, limit=LEADS_OFFERED)
    wanted = whole(asked.get("lead", ""))
    chosen = leads.by_ids(tx, [wanted], scope=visit.scope).get(wanted) if wanted else None
    if chosen is not None and not search and chosen not in offered:
        offered = [chosen, *offered]
    if chosen not in offered:
        chosen = offered[0] if offered else None
    return Whom(chosen, tuple(offered), search)


def _preview(visit: Visit, template: Template, whom: Whom) -> Preview:
    values = variables_for(whom.lead, visit.line.settings) | {
        "agent_name": visit.member.name.partition(" ")[0]
    }
    return preview(template, values)
