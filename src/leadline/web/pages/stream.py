"""Live update: what an open page shows is sent again whenever it has changed."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import replace

import structlog
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from leadline.errors import NotFound, StoreUnavailable
from leadline.web.pages.forms import query_id
from leadline.web.pages.lists import View
from leadline.web.pages.screen import Screen, Target, screen
from leadline.web.pages.site import Visit
from leadline.web.sessions import user_of

log = structlog.get_logger("leadline.live")

# Changes by other processes show after this long at the latest.
LOOK_EVERY = 2.0  # seconds
# A busy day brings thousands of changes a second; nobody reads that fast.
REST = 0.1
# Proxies close what is silent for a minute, and a send is how a lost reader is noticed.
SILENT_LOOKS = 7
HEARTBEAT = ": still here\n\n"


async def live(request: Request) -> Response:
    """GET /live?conversation=&lead=&list=&seen=: Server-Sent Events, each a screen as fragments in JSON.

    ``seen`` is the fingerprint of what the page shows; a browser that reconnects names the last event's.
    Ends when the reader leaves, signs out, or the server stops.
    """
    visit = Visit.of(request)
    target = Target(query_id(request, "conversation"), query_id(request, "lead"))
    if target.conversation_id is None:
        target = Target()
    seen = request.headers.get("last-event-id") or request.query_params.get("seen", "")
    await run_in_threadpool(_look, visit, target)
    return StreamingResponse(
        _events(visit, target, seen),
        media_type="text/event-stream",
        headers={"X-Accel-Buffering": "no"},
    )


async def _events(visit: Visit, target: Target, seen: str) -> AsyncIterator[str]:
    yield f"retry: 1000\n{HEARTBEAT}"
    silent = 0
    while not visit.site.pulse.is_over:
        before = visit.site.pulse.count
        try:
            now = await run_in_threadpool(_look, Visit.of(visit.request), target)
        except StoreUnavailable as error:
            log.warning("live_waits_for_database", reason=str(error))
        except NotFound:
            return
        else:
            if now is None:
                return
            if now.fingerprint != seen:
                seen, silent = now.fingerprint, 0
                yield _event(seen, await run_in_threadpool(_fragments, visit, target, now))
        if silent >= SILENT_LOOKS:
            silent = 0
            yield HEARTBEAT
        silent += 1
        await asyncio.sleep(REST)
        await visit.site.pulse.next(after=before, within=LOOK_EVERY)


def _look(visit: Visit, target: Target) -> Screen | None:
    """What there is to see now, for who they are by now; None for somebody who is no longer signed in."""
    user = user_of(visit.line, visit.request.state.session)
    if user is None:
        return None
    with visit.line.database.read() as tx:
        return screen(tx, replace(visit, user=user), target, View.of(visit.request))


def _fragments(visit: Visit, target: Target, seen: Screen) -> dict[str, str]:
    """The parts of the page that may have changed, by the ids of their places."""
    values = {"screen": seen, "target": target, "may_write": visit.may_write}
    parts = {name: visit.render(f"_{name}.html", **values) for name in ("rows", "views", "needs")}
    if seen.texts is not None:
        parts["texts"] = visit.render("_texts.html", **values)
        parts["notice"] = visit.render("_notice.html", **values)
    return parts


def _event(fingerprint: str, fragments: dict[str, str]) -> str:
    # JSON has no line ends of its own, and an event's data may have none.
    return f"id: {fingerprint}\ndata: {json.dumps(fragments)}\n\n"
