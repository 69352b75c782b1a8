"""What is done with one click: a text taken back or sent sooner, a fate or a possible opt-out decided."""

from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from leadline import consent, queueing, reconciling, writing
from leadline.store import conversations
from leadline.store.messages import Message
from leadline.web.pages.compose import writing_visit
from leadline.web.pages.forms import path_id
from leadline.web.pages.screen import Target
from leadline.web.pages.site import Visit


async def cancel(request: Request) -> Response:
    """POST /messages/{id}/cancel: take back a text that has not left."""
    return await _change(request, queueing.cancel)


async def undo(request: Request) -> Response:
    """POST /messages/{id}/undo: take it back, and put its words into the composer again."""
    visit = writing_visit(request)
    taken = await run_in_threadpool(_undo, visit, path_id(request, "message_id"))
    visit.site.changed(taken.conversation_id)
    return RedirectResponse(f"{Target(taken.conversation_id).address}?undone={taken.id}", 303)


async def send_now(request: Request) -> Response:
    """POST /messages/{id}/send-now: do not wait for the moment that was chosen."""
    return await _change(request, queueing.send_now)


async def send_again(request: Request) -> Response:
    """POST /messages/{id}/send-again: once more, for a text that left no trace at Twilio."""
    return await _change(request, reconciling.send_again)


async def leave(request: Request) -> Response:
    """POST /messages/{id}/leave: nothing more is done for a text that left no trace at Twilio."""
    return await _change(request, reconciling.leave)


async def opted_out(request: Request) -> Response:
    """POST /conversations/{id}/opted-out: what they wrote was an opt-out."""
    return await _judge(request, is_opt_out=True)


async def keep_texting(request: Request) -> Response:
    """POST /conversations/{id}/keep-texting: what they wrote was no opt-out."""
    return await _judge(request, is_opt_out=False)


async def _change(request: Request, change: Callable[..., Message]) -> Response:
    visit = writing_visit(request)
    message = await run_in_threadpool(_make, change, visit, path_id(request, "message_id"))
    visit.site.changed(message.conversation_id)
    return RedirectResponse(Target(message.conversation_id).address, 303)


def _make(change: Callable[..., Message], visit: Visit, message_id: int) -> Message:
    with visit.line.database.write() as tx:
        actor, now = f"user:{visit.member.id}", visit.line.clock.now()
        return change(tx, message_id, actor=actor, now=now, scope=visit.scope)


def _undo(visit: Visit, message_id: int) -> Message:
    with visit.line.database.write() as tx:
        now = visit.line.clock.now()
        return writing.undo(tx, message_id, visit.member.id, now=now, scope=visit.scope)


async def _judge(request: Request, *, is_opt_out: bool) -> Response:
    visit = writing_visit(request)
    conversation_id = path_id(request, "conversation_id")
    await run_in_threadpool(_decide, visit, conversation_id, is_opt_out=is_opt_out)
    visit.site.changed(conversation_id)
    return RedirectResponse(Target(conversation_id).address, 303)


def _decide(visit: Visit, conversation_id: int, *, is_opt_out: bool) -> None:
    with visit.line.database.write() as tx:
        thread = conversations.by_id(tx, conversation_id, scope=visit.scope)
        actor = f"user:{visit.member.id}"
        consent.judge(tx, thread.number, is_opt_out=is_opt_out, actor=actor, now=visit.line.clock.now())


ROUTES = (
    Route("/messages/{message_id}/cancel", cancel, methods=["POST"]),
    Route("/messages/{message_id}/undo", undo, methods=["POST"]),
    Route("/messages/{message_id}/send-now", send_now, methods=["POST"]),
    Route("/messages/{message_id}/send-again", send_again, methods=["POST"]),
    Route("/messages/{message_id}/leave", leave, methods=["POST"]),
    Route("/conversations/{conversation_id}/opted-out", opted_out, methods=["POST"]),
    Route("/conversations/{conversation_id}/keep-texting", keep_texting, methods=["POST"]),
)
