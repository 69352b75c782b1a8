"""A new conversation: with a lead who is found by name, or with a new one by their number.

The number is posted and never part of an address, which logs and histories keep.
"""

from dataclasses import dataclass, replace

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from leadline.errors import LeadlineError
from leadline.leads import NewLead, add
from leadline.rules.phone import display_phone, normalize_phone
from leadline.store import conversations, leads
from leadline.store.database import Transaction
from leadline.store.scope import sees_number
from leadline.web.pages.forms import read_form
from leadline.web.pages.lists import View
from leadline.web.pages.screen import Target, screen
from leadline.web.pages.searching import Hit, people
from leadline.web.pages.site import Visit

READS_ONLY = "A viewer reads. Ask an admin if you are to write."
ELSEWHERE = "Somebody else writes with this number. Ask an admin to give the conversation to you."
NO_NUMBER = "This is no phone number."
NOBODY = "No lead is called so. To write to somebody new, type their number."


@dataclass(frozen=True, slots=True)
class Beginning:
    """What is known of whom to write to: what was typed, the leads that may be meant, or the number of
    somebody new, who may be given a ``name``. ``leads_to`` is the page where it goes on.
    """

    typed: str = ""
    found: tuple[Hit, ...] = ()
    number: str | None = None
    name: str = ""
    error: str = ""
    leads_to: str | None = None


def choose(request: Request) -> Response:
    """GET /new: ask whom to write to."""
    return _page(_writer(request), Beginning())


async def look(request: Request) -> Response:
    """POST /new: the leads that ``to`` may mean; if it is a number, the page to write to it."""
    visit = _writer(request)
    typed = (await read_form(request)).get("to", "").replace("\0", "").strip()[:100]
    begun = await run_in_threadpool(_found, visit, typed)
    if begun.leads_to:
        return RedirectResponse(begun.leads_to, 303)
    return await run_in_threadpool(_page, visit, begun)


async def add_lead(request: Request) -> Response:
    """POST /new/lead: make a lead of a number that none has, and go on where they are written to."""
    visit = _writer(request)
    fields = await read_form(request)
    begun = await run_in_threadpool(_added, visit, fields.get("to", ""), fields.get("name", ""))
    if begun.leads_to:
        visit.site.changed()
        return RedirectResponse(begun.leads_to, 303)
    return await run_in_threadpool(_page, visit, begun, 422)


ROUTES = (
    Route("/new", choose),
    Route("/new", look, methods=["POST"]),
    Route("/new/lead", add_lead, methods=["POST"]),
)


def _writer(request: Request) -> Visit:
    visit = Visit.of(request)
    if not visit.may_write:
        raise HTTPException(403, READS_ONLY)
    return visit


def _found(visit: Visit, typed: str) -> Beginning:
    number = _number_in(visit, typed)
    with visit.line.database.read() as tx:
        if number is None:
            found = people(tx, visit, typed)
            return Beginning(typed, found, error="" if found or not typed else NOBODY)
        return _by_number(tx, visit, typed, number)


def _by_number(tx: Transaction, visit: Visit, typed: str, number: str) -> Beginning:
    if not sees_number(tx, number, scope=visit.scope):
        return Beginning(typed, error=ELSEWHERE)
    thread = conversations.by_number(tx, number, scope=visit.scope)
    if thread is not None:
        return Beginning(leads_to=Target(thread.id).address)
    owners = leads.with_phone(tx, number, scope=visit.scope)
    if owners:
        return Beginning(leads_to=Target(lead_id=owners[0].id).address)
    return Beginning(typed, number=number)


def _added(visit: Visit, typed: str, name: str) -> Beginning:
    """The new lead is the visitor's own. If the number has got one meanwhile, as by a second click, it is
    that lead's.
    """
    settings, number = visit.line.settings, _number_in(visit, typed)
    if number is None:
        return Beginning(typed, error=NO_NUMBER)
    with visit.line.database.write() as tx:
        begun = _by_number(tx, visit, typed, number)
        if begun.number is None:
            return begun
        shown = display_phone(number, settings.leadline_region)
        new = NewLead(name.strip() or shown, number, owner_id=visit.member.id)
        actor, now = f"user:{visit.member.id}", visit.line.clock.now()
        try:
            [lead] = add(tx, [new], actor=actor, now=now, settings=settings)
        except LeadlineError as error:
            return replace(begun, name=name, error=str(error))
    return Beginning(leads_to=Target(lead_id=lead.id).address)


def _number_in(visit: Visit, typed: str) -> str | None:
    try:
        return normalize_phone(typed, visit.line.settings.leadline_region)
    except LeadlineError:
        return None


def _page(visit: Visit, begun: Beginning, status: int = 200) -> Response:
    with visit.line.database.read() as tx:
        seen = screen(tx, visit, Target(), View.of(visit.request))
    region = visit.line.settings.leadline_region
    shown = display_phone(begun.number, region) if begun.number else None
    return visit.page(
        "new.html",
        status,
        screen=seen,
        target=Target(),
        begun=begun,
        shown=shown,
        live=None,
        may_write=True,
    )
