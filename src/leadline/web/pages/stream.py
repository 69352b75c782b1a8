"""Live update: an open page is sent the parts of it that have changed, as Server-Sent Events."""

import json
from collections.abc import AsyncIterator, Mapping

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from leadline.web.pages.forms import query_id
from leadline.web.pages.lists import View
from leadline.web.pages.newsroom import Newsroom
from leadline.web.pages.openpages import OpenPage
from leadline.web.pages.parts import BESIDE, LIST, fingerprints, joined, rendered, split
from leadline.web.pages.screen import Screen, Target, screen
from leadline.web.pages.site import Visit

# Proxies close what is silent for a minute, and a send is how a lost reader is noticed.
SILENT_AT_MOST = 14.0
# The first event tells a page that no proxy keeps them back. A browser comes again after a second.
HELLO = "retry: 1000\nevent: hello\ndata: {}\n\n"
HEARTBEAT = ": still here\n\n"
PAGES_AT_MOST = 20


async def live(request: Request) -> Response:
    """GET /live?conversation=&lead=&list=&seen=: events, each the parts of the page that changed, as JSON of
    their markup by place. ``seen`` are the marks of what the page shows; who comes again names the last
    event's. 404 for a conversation out of scope, 429 for more open pages than anybody looks at.

    Ends when the reader leaves or signs out, when the server stops, and, after an event named gone, when the
    conversation went out of their scope. Asked for JSON, which is for where events do not get through, it
    answers once.
    """
    visit = Visit.of(request)
    target = Target(query_id(request, "conversation"), query_id(request, "lead"))
    if target.conversation_id is None:
        target = Target()
    seen = request.headers.get("last-event-id") or request.query_params.get("seen", "")
    if "application/json" in request.headers.get("accept", ""):
        return await run_in_threadpool(_once, visit, target, split(seen))
    await run_in_threadpool(_look, visit, target)
    newsroom: Newsroom = request.app.state.newsroom
    if sum(page.user_id == visit.member.id for page in newsroom.pages) >= PAGES_AT_MOST:
        raise HTTPException(429, f"More than {PAGES_AT_MOST} pages are open. Close some of them.")
    view = View.of(request)
    page = OpenPage(request, target, view, visit.member.id, request.state.session, split(seen))
    return StreamingResponse(
        _events(newsroom, page), media_type="text/event-stream", headers={"X-Accel-Buffering": "no"}
    )


async def _events(newsroom: Newsroom, page: OpenPage) -> AsyncIterator[str]:
    newsroom.join(page)
    try:
        yield HELLO
        while not page.is_over:
            news = await page.next(within=SILENT_AT_MOST)
            yield _event(page.marks, news) if news else HEARTBEAT
        if page.why:
            yield f"event: {page.why}\ndata: {{}}\n\n"
    finally:
        newsroom.leave(page)


def _event(marks: Mapping[str, str], news: Mapping[str, str]) -> str:
    # JSON has no line ends of its own, and an event's data may have none.
    return f"id: {joined(marks)}\ndata: {json.dumps(news)}\n\n"


def _once(visit: Visit, target: Target, marks: Mapping[str, str]) -> Response:
    """What differs from what the page shows, by its marks."""
    seen = _look(visit, target)
    names = LIST if target.conversation_id is None else LIST | BESIDE
    fresh = fingerprints(seen, names)
    changed = [name for name, mark in fresh.items() if marks.get(name) != mark]
    return JSONResponse({"seen": joined(fresh), "parts": rendered(visit, target, seen, changed)})


def _look(visit: Visit, target: Target) -> Screen:
    with visit.line.database.read() as tx:
        return screen(tx, visit, target, View.of(visit.request))


ROUTES = (Route("/live", live),)
