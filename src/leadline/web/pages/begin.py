"""A new conversation: with a lead who is found by name, or with a number that nobody has written to yet.

The number is posted and never part of an address, which logs and histories keep.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from leadline.errors import LeadlineError
from leadline.queueing import SendRequest
from leadline.rules.phone import display_phone, normalize_phone
from leadline.store import conversations, leads
from leadline.store.database import Transaction
from leadline.store.scope import sees_number
from leadline.web.pages.forms import read_form
from leadline.web.pages.lists import View
from leadline.web.pages.screen import Target, screen
from leadline.web.pages.searching import Hit, people
from leadline.web.pages.site import Visit
from leadline.web.problems import status_of

READS_ONLY = "A viewer reads. Ask an admin if you are to write."
ELSEWHERE = "Somebody else writes with this number. Ask an admin to give the conversation to you."
NOBODY = "No lead is called so. To write to somebody new, type their number."


@dataclass(frozen=True, slots=True)
class Beginning:
    """What is known of whom to write to: what was typed, the leads that may be meant, or the number of
    somebody new with what is to be sent. ``leads_to`` is the page where it goes on.
    """

    typed: str = ""
    found: tuple[Hit, ...] = ()
    number: str | None = None
    body: str = ""
    key: str = ""
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


async def send(request: Request) -> Response:
    """POST /new/messages: queue the first text to a number, which begins the conversation."""
    visit = _writer(request)
    fields = await read_form(request)
    try:
        wanted = await run_in_threadpool(_request, visit, fields)
        queued = await visit.line.writer.write(visit.line.queue, wanted)
    except LeadlineError as error:
        begun = Beginning(
            number=fields.get("to", ""), body=fields.get("body", ""), key=_new_key(), error=str(error)
        )
        return await run_in_threadpool(_page, visit, begun, status=status_of(error))
    visit.site.changed()
    return RedirectResponse(f"{Target(queued.conversation_id).address}#end", 303)


ROUTES = (
    Route("/new", choose),
    Route("/new", look, methods=["POST"]),
    Route("/new/messages", send, methods=["POST"]),
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
    return Beginning(typed, number=number, key=_new_key())


def _number_in(visit: Visit, typed: str) -> str | None:
    try:
        return normalize_phone(typed, visit.line.settings.leadline_region)
    except LeadlineError:
        return None


def _request(visit: Visit, fields: Mapping[str, str]) -> SendRequest:
    """Raises InvalidInput for what is no number, or is somebody else's by now."""
    number = normalize_phone(fields.get("to", ""), visit.line.settings.leadline_region)
    with visit.line.database.read() as tx:
        if not sees_number(tx, number, scope=visit.scope):
            raise HTTPException(404)
    actor = f"user:{visit.member.id}"
    key = fields.get("key", "")
    return SendRequest(
        number=number,
        body=fields.get("body", ""),
        idempotency_key=f"page:{actor}:{key}" if key else None,
        created_by=actor,
    )


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


def _new_key() -> str:
    return secrets.token_urlsafe(12)
