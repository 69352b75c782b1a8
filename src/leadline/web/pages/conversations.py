"""The inbox's pages: one conversation, and writing in it."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from leadline import queueing, reconciling
from leadline.errors import IdempotencyConflict, LeadlineError, StoreUnavailable
from leadline.queueing import SendRequest
from leadline.rules.segments import count_segments
from leadline.rules.template import render
from leadline.rules.text import check_body
from leadline.store import conversations, templates
from leadline.store.database import Transaction
from leadline.store.messages import Message
from leadline.web.pages.forms import path_id, prefixed, query_id, read_form, whole
from leadline.web.pages.lists import View
from leadline.web.pages.screen import Party, Target, party, said_by, screen, templates_for, values_for
from leadline.web.pages.site import Visit
from leadline.web.problems import status_of

# The values that a template's form asks for, and the composer sends along.
VALUE = "v."
READS_ONLY = "A viewer reads. Ask an admin if you are to write."

# What an error is in a person's words, where its own are a program's.
SENTENCES: Mapping[type[LeadlineError], str] = {
    StoreUnavailable: "The database does not answer. Nothing was stored; send it again.",
    IdempotencyConflict: "This was sent before, with other words. Send it again if it is a new text.",
}


@dataclass(frozen=True, slots=True)
class Draft:
    """What stands in the composer. ``key`` makes sending the same form twice one text."""

    text: str = ""
    template: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    error: str = ""
    key: str = field(default_factory=lambda: secrets.token_urlsafe(12))

    @property
    def count(self) -> tuple[int, int]:
        """Its units and segments."""
        counted = count_segments(self.text)
        return counted.units, counted.segments if self.text else 0


def conversation(request: Request) -> Response:
    """GET /conversations/{id}: its texts; ?lead= says who is spoken to where several share the number."""
    visit = Visit.of(request)
    conversation_id = path_id(request, "conversation_id")
    _mark_read(visit, conversation_id)
    target = Target(conversation_id, query_id(request, "lead"), query_id(request, "before"))
    return _show(visit, target)


def lead(request: Request) -> Response:
    """GET /leads/{id}: the lead's conversation, or an empty one to begin it."""
    visit = Visit.of(request)
    target = Target(lead_id=path_id(request, "lead_id"))
    with visit.line.database.read() as tx:
        who = party(tx, visit, target)
    if who.conversation is not None:
        chosen = target.lead_id if len(who.owners) > 1 else None
        return RedirectResponse(View.of(request).address(Target(who.conversation.id, chosen).address), 303)
    return _show(visit, target)


async def send(request: Request) -> Response:
    """POST …/messages: queue what the composer holds; what is wrong with it is said beside it."""
    visit = Visit.of(request)
    if not visit.may_write:
        raise HTTPException(403, READS_ONLY)
    fields = await read_form(request)
    target = _target_of(request, fields)
    draft = Draft(
        fields.get("body", ""), fields.get("template", ""), prefixed(fields, VALUE), key=fields.get("key", "")
    )
    try:
        wanted = await run_in_threadpool(_request, visit, target, draft)
        await visit.line.writer.write(visit.line.queue, wanted)
    except LeadlineError as error:
        return await run_in_threadpool(_show_refused, visit, target, draft, error)
    visit.site.changed()
    return RedirectResponse(f"{View.of(request).address(target.address)}#end", 303)


async def read(request: Request) -> Response:
    """POST /conversations/{id}/read: somebody looks at the texts that came while the page was open."""
    visit = Visit.of(request)
    await run_in_threadpool(_mark_read, visit, path_id(request, "conversation_id"))
    return Response(status_code=204)


async def cancel(request: Request) -> Response:
    """POST /messages/{id}/cancel: take back a text that has not left."""
    return await _change(request, queueing.cancel)


async def send_again(request: Request) -> Response:
    """POST /messages/{id}/send-again: once more, for a text that left no trace at Twilio."""
    return await _change(request, reconciling.send_again)


async def leave(request: Request) -> Response:
    """POST /messages/{id}/leave: nothing more is done for a text that left no trace at Twilio."""
    return await _change(request, reconciling.leave)


async def _change(request: Request, change: Callable[..., Message]) -> Response:
    visit = Visit.of(request)
    if not visit.may_write:
        raise HTTPException(403, READS_ONLY)
    message = await run_in_threadpool(_make, change, visit, path_id(request, "message_id"))
    visit.site.changed()
    return RedirectResponse(Target(message.conversation_id).address, 303)


def _show(visit: Visit, target: Target, draft: Draft | None = None, status: int = 200) -> Response:
    view = View.of(visit.request)
    with visit.line.database.read() as tx:
        seen = screen(tx, visit, target, view)
        offered = templates_for(tx, visit, target) if visit.may_write else []
        draft = draft or _drafted(tx, visit, party(tx, visit, target))
    lead_part = f"&lead={target.lead_id}" if target.lead_id else ""
    is_live = target.conversation_id is not None and target.before is None
    return visit.page(
        "conversation.html",
        status,
        screen=seen,
        target=target,
        draft=draft,
        choices=offered,
        may_write=visit.may_write,
        shows_lead=visit.request.query_params.get("show") == "lead",
        live=view.live.address(
            f"/live?conversation={target.conversation_id}{lead_part}&seen={seen.fingerprint}"
        )
        if is_live
        else None,
    )


def _show_refused(visit: Visit, target: Target, draft: Draft, error: LeadlineError) -> Response:
    kept = Draft(draft.text, draft.template, draft.values, error=SENTENCES.get(type(error)) or str(error))
    return _show(visit, target, kept, status_of(error))


def _drafted(tx: Transaction, visit: Visit, who: Party) -> Draft:
    """What the address asks to have in the composer: nothing, or a template with values for what it lacks."""
    name = visit.request.query_params.get("template", "").replace("\0", "")
    if not name:
        return Draft()
    values = prefixed(dict(visit.request.query_params), VALUE)
    try:
        text = render(templates.by_name(tx, name), values_for(visit, who.lead) | values)
    except LeadlineError as error:
        return Draft(error=str(error))
    return Draft(text, name, values)


def _request(visit: Visit, target: Target, draft: Draft) -> SendRequest:
    """What to queue: the template as it is, where nothing in it was changed, else the words."""
    actor = f"user:{visit.member.id}"
    with visit.line.database.read() as tx:
        who = party(tx, visit, target)
        is_template = bool(draft.template) and _is_unchanged(tx, visit, who, draft)
    return SendRequest(
        lead_id=who.lead.id if who.lead else None,
        number=who.number,
        body=None if is_template else draft.text,
        template=draft.template if is_template else None,
        variables=said_by(visit) | dict(draft.values) if is_template else {},
        idempotency_key=f"page:{actor}:{draft.key}" if draft.key else None,
        created_by=actor,
        scope=visit.scope,
    )


def _is_unchanged(tx: Transaction, visit: Visit, who: Party, draft: Draft) -> bool:
    values = values_for(visit, who.lead) | dict(draft.values)
    try:
        return render(templates.by_name(tx, draft.template), values) == check_body(draft.text)
    except LeadlineError:
        return False


def _target_of(request: Request, fields: Mapping[str, str]) -> Target:
    if "lead_id" in request.path_params:
        return Target(lead_id=path_id(request, "lead_id"))
    return Target(path_id(request, "conversation_id"), whole(fields.get("lead", "")))


def _mark_read(visit: Visit, conversation_id: int) -> None:
    with visit.line.database.read() as tx:
        unread = conversations.by_id(tx, conversation_id, scope=visit.scope).unread
    if not unread or not visit.may_write:
        return
    with visit.line.database.write() as tx:
        conversations.mark_read(tx, conversation_id)


def _make(change: Callable[..., Message], visit: Visit, message_id: int) -> Message:
    with visit.line.database.write() as tx:
        actor, now = f"user:{visit.member.id}", visit.line.clock.now()
        return change(tx, message_id, actor=actor, now=now, scope=visit.scope)
