"""The page of one conversation, and of a lead that none was begun with."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from leadline.store import conversations
from leadline.web.pages.composer import Composer, Offers, composer, offers
from leadline.web.pages.forms import path_id, query_id
from leadline.web.pages.lists import View
from leadline.web.pages.panel import Typed
from leadline.web.pages.parts import PARTS, fingerprints, joined
from leadline.web.pages.presence import others_here
from leadline.web.pages.screen import Target, party, screen
from leadline.web.pages.site import Visit
from leadline.web.pages.thread import Place, Span


def conversation(request: Request) -> Response:
    """GET /conversations/{id}: its texts; ?lead= says who is spoken to where several share the number,
    ?before=, ?since= and ?around= which part of the thread is shown.
    """
    visit = Visit.of(request)
    conversation_id = path_id(request, "conversation_id")
    _mark_read(visit, conversation_id)
    return show(visit, Target(conversation_id, query_id(request, "lead"), _span(request)))


def lead(request: Request) -> Response:
    """GET /leads/{id}: the lead's conversation, or an empty one to begin it."""
    visit = Visit.of(request)
    target = Target(lead_id=path_id(request, "lead_id"))
    with visit.line.database.read() as tx:
        who = party(tx, visit, target)
    if who.conversation is not None:
        chosen = who.lead.id if who.lead and len(who.owners) > 1 else None
        return RedirectResponse(View.of(request).address(Target(who.conversation.id, chosen).address), 303)
    if who.lead is not None and who.lead.id != target.lead_id:
        return RedirectResponse(View.of(request).address(Target(lead_id=who.lead.id).address), 303)
    return show(visit, target)


async def read(request: Request) -> Response:
    """POST /conversations/{id}/read: somebody looks at the texts that came while the page was open."""
    await run_in_threadpool(_mark_read, Visit.of(request), path_id(request, "conversation_id"))
    return Response(status_code=204)


def show(
    visit: Visit,
    target: Target,
    written: Composer | None = None,
    *,
    typed: Typed | None = None,
    status: int = 200,
) -> Response:
    """The page, with what was written if it was not sent, and what was typed into the panel but cannot be."""
    view = View.of(visit.request)
    with visit.line.database.read() as tx:
        seen = screen(tx, visit, target, view, typed=typed)
        present = others_here(tx, visit, target.conversation_id)
        may_write = visit.may_write
        held = written or (composer(tx, visit, party(tx, visit, target)) if may_write else Composer())
        offered = offers(tx, visit, target) if may_write else Offers()
    marks = joined(fingerprints(seen, PARTS))
    lead_part = f"&lead={target.lead_id}" if target.lead_id else ""
    live = f"/live?conversation={target.conversation_id}{lead_part}&seen={marks}"
    is_live = target.conversation_id is not None and target.span.is_newest
    return visit.page(
        "conversation.html",
        status,
        screen=seen,
        target=target,
        draft=held,
        offers=offered,
        may_write=may_write,
        shows_lead=visit.request.query_params.get("show") == "lead" or typed is not None,
        present=present,
        live=view.live.address(live) if is_live else None,
    )


def _span(request: Request) -> Span:
    """Which page of the thread; anything that is no place in it is the newest."""
    query = request.query_params
    before, since = Place.of(query.get("before")), Place.of(query.get("since"))
    around = query_id(request, "around")
    return Span(around=around) if around else Span(before=before, since=None if before else since)


def _mark_read(visit: Visit, conversation_id: int) -> None:
    with visit.line.database.read() as tx:
        unread = conversations.by_id(tx, conversation_id, scope=visit.scope).unread
    if not unread or not visit.may_write:
        return
    with visit.line.database.write() as tx:
        conversations.mark_read(tx, conversation_id)


ROUTES = (
    Route("/conversations/{conversation_id}", conversation),
    Route("/conversations/{conversation_id}/read", read, methods=["POST"]),
    Route("/leads/{lead_id}", lead),
)
