"""What is done with a conversation and its lead: forms that change something, and show what came of it.

A browser without a script is sent back to the page; a script, which asks for JSON, gets the parts of the page
that may have changed.
"""

from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from leadline import assigning, closing, leads, merging
from leadline.errors import InvalidInput, LeadlineError, NotFound, TooLate
from leadline.leads import NewLead
from leadline.proof import prove
from leadline.store import conversations
from leadline.store.database import Transaction
from leadline.web.pages.compose import READS_ONLY
from leadline.web.pages.conversation import show
from leadline.web.pages.forms import path_id, read_form, whole
from leadline.web.pages.lists import Listing, View
from leadline.web.pages.panel import FIELDS, OWN, Typed
from leadline.web.pages.parts import BESIDE, rendered
from leadline.web.pages.screen import Target, beside, party
from leadline.web.pages.site import Visit
from leadline.web.problems import status_of

JSON = "application/json"
CHANGED_IN_PLACE = ("name", "stage", *(name for name, _, _ in FIELDS))
NOT_THEIRS = "It is not yours any more, so you are back at the list."


@dataclass(frozen=True, slots=True)
class Doing:
    """Somebody does something: to what, with which fields of the form, and where they look meanwhile."""

    visit: Visit
    target: Target
    fields: Mapping[str, str]
    now: datetime
    ids: Mapping[str, int] = field(default_factory=dict)

    @property
    def actor(self) -> str:
        return f"user:{self.visit.member.id}"


# Does it; returns what is to be looked at then, where that is something else.
Act = Callable[[Transaction, Doing], Target | None]


def act(do: Act) -> Callable[[Request], object]:
    """The handler of a form that does this."""

    async def handle(request: Request) -> Response:
        visit = Visit.of(request)
        if not visit.may_write:
            raise HTTPException(403, READS_ONLY)
        fields = await read_form(request)
        ids = {name: path_id(request, name) for name in request.path_params}
        doing = Doing(visit, _target(ids, fields), fields, visit.line.clock.now(), ids)
        answer, changed_id = await run_in_threadpool(_done, do, doing)
        if changed_id:
            visit.site.changed(changed_id)
        return answer

    return handle


def _target(ids: Mapping[str, int], fields: Mapping[str, str]) -> Target:
    conversation_id = ids.get("conversation_id") or whole(fields.get("conversation", ""))
    lead_id = whole(fields.get("lead", ""))
    return Target(conversation_id, lead_id if conversation_id else ids.get("lead_id"))


def _done(do: Act, doing: Doing) -> tuple[Response, int | None]:
    """The answer, and the conversation that open pages are to hear of."""
    visit = doing.visit
    try:
        with visit.line.database.write() as tx:
            target = do(tx, doing) or doing.target
    except InvalidInput as error:
        return _wrong(visit, doing.target, _typed(doing.fields, error), error), None
    except TooLate as error:
        return _wrong(visit, doing.target, Typed(error=str(error)), error), None
    return _right(visit, target), target.conversation_id


def _typed(fields: Mapping[str, str], error: InvalidInput) -> Typed:
    """What was typed, and what is wrong with it beside its field, where the form has it."""
    own = [name for name in fields if name.startswith(OWN)]
    name = own[0] if error.field == "fields" and own else error.field
    if name in fields:
        return Typed(fields, {name: str(error)})
    return Typed(fields, error=str(error))


def _right(visit: Visit, target: Target) -> Response:
    if JSON not in visit.request.headers.get("accept", ""):
        return RedirectResponse(_address(visit, target), 303)
    try:
        return JSONResponse(_parts(visit, target))
    except NotFound:
        return JSONResponse({"goto": View.of(visit.request).address(), "said": NOT_THEIRS})


def _address(visit: Visit, target: Target) -> str:
    """Where they look, which after giving it to another team is the list."""
    try:
        with visit.line.database.read() as tx:
            party(tx, visit, target)
    except NotFound:
        return View.of(visit.request).address()
    return View.of(visit.request).address(target.address)


def _wrong(visit: Visit, target: Target, typed: Typed, error: LeadlineError) -> Response:
    status = status_of(error)
    if JSON not in visit.request.headers.get("accept", ""):
        return show(visit, target, typed=typed, status=status)
    return JSONResponse({**_parts(visit, target, typed), "said": str(error)}, status)


def _parts(visit: Visit, target: Target, typed: Typed | None = None) -> dict[str, str]:
    with visit.line.database.read() as tx:
        seen = beside(tx, visit, target, Listing(View.of(visit.request)), typed=typed)
    return rendered(visit, target, seen, BESIDE)


# The conversation.


def assign(tx: Transaction, doing: Doing) -> None:
    """POST /conversations/{id}/assign: to user:3, to team:2, or to nobody."""
    conversation_id, scope = doing.ids["conversation_id"], doing.visit.scope
    kind, _, key = doing.fields.get("to", "").partition(":")
    to = whole(key)
    if kind == "user" and to:
        assigning.assign(tx, conversation_id, to, actor=doing.actor, now=doing.now, scope=scope)
    elif kind == "team" and to:
        assigning.give_to_team(tx, conversation_id, to, actor=doing.actor, now=doing.now, scope=scope)
    elif not kind:
        assigning.give_to_all(tx, conversation_id, actor=doing.actor, now=doing.now, scope=scope)
    else:
        raise HTTPException(400)


def claim(tx: Transaction, doing: Doing) -> None:
    """POST /conversations/{id}/claim: take it while nobody has it."""
    member = doing.visit.member
    assigning.claim(tx, doing.ids["conversation_id"], member.id, now=doing.now, scope=doing.visit.scope)


def close(tx: Transaction, doing: Doing) -> None:
    """POST /conversations/{id}/close: nothing is left to do."""
    closing.close(tx, doing.ids["conversation_id"], actor=doing.actor, now=doing.now, scope=doing.visit.scope)


def reopen(tx: Transaction, doing: Doing) -> None:
    """POST /conversations/{id}/open: there is something to do again."""
    closing.reopen(
        tx, doing.ids["conversation_id"], actor=doing.actor, now=doing.now, scope=doing.visit.scope
    )


# The lead.


def add_lead(tx: Transaction, doing: Doing) -> Target:
    """POST /conversations/{id}/lead: make a lead of a number that none has."""
    conversation = conversations.by_id(tx, doing.ids["conversation_id"], scope=doing.visit.scope)
    new = NewLead(doing.fields.get("name", ""), conversation.number, owner_id=conversation.assignee_id)
    leads.add(tx, [new], actor=doing.actor, now=doing.now, settings=doing.visit.line.settings)
    return Target(conversation.id)


def change_lead(tx: Transaction, doing: Doing) -> None:
    """POST /leads/{id}: change the fields that the form has."""
    values: dict[str, object] = {
        name: said or None if name != "name" else said
        for name, said in doing.fields.items()
        if name in CHANGED_IN_PLACE
    }
    if "owner_id" in doing.fields:
        values["owner_id"] = whole(doing.fields["owner_id"])
    own = {name.removeprefix(OWN): said for name, said in doing.fields.items() if name.startswith(OWN)}
    if new := doing.fields.get("new_name", "").strip():
        own[new] = doing.fields.get("new_value", "")
    leads.change(
        tx,
        doing.ids["lead_id"],
        values,
        more_fields=own or None,
        actor=doing.actor,
        now=doing.now,
        settings=doing.visit.line.settings,
        scope=doing.visit.scope,
    )


def tag(tx: Transaction, doing: Doing) -> None:
    """POST /leads/{id}/tags: put a tag on it."""
    words = doing.fields.get("tag", "")
    leads.tag(tx, doing.ids["lead_id"], words, actor=doing.actor, now=doing.now, scope=doing.visit.scope)


def untag(tx: Transaction, doing: Doing) -> None:
    """POST /leads/{id}/untag: take a tag from it."""
    words = doing.fields.get("tag", "")
    leads.untag(tx, doing.ids["lead_id"], words, actor=doing.actor, now=doing.now, scope=doing.visit.scope)


def merge(tx: Transaction, doing: Doing) -> Target:
    """POST /leads/{id}/merge: make the other lead part of this one."""
    lead = merging.merge(
        tx,
        doing.ids["lead_id"],
        whole(doing.fields.get("other", "")) or 0,
        actor=doing.actor,
        now=doing.now,
        scope=doing.visit.scope,
    )
    conversation_id = doing.target.conversation_id
    return Target(conversation_id, lead.id)


def proof(request: Request) -> Response:
    """GET /conversations/{id}/proof: the proof of its consent, to be printed or sent."""
    visit = Visit.of(request)
    with visit.line.database.read() as tx:
        found = conversations.by_id(tx, path_id(request, "conversation_id"), scope=visit.scope)
        document = prove(tx, found.number, now=visit.line.clock.now()).as_html()
    style = document.partition("<style>")[2].partition("</style>")[0]
    allowed = b64encode(sha256(style.encode()).digest()).decode()
    policy = f"sandbox; default-src 'none'; style-src 'sha256-{allowed}'; frame-ancestors 'none'"
    return HTMLResponse(document, headers={"Content-Security-Policy": policy})


ROUTES = (
    Route("/conversations/{conversation_id}/proof", proof),
    *(
        Route(path, act(do), methods=["POST"])
        for path, do in (
            ("/conversations/{conversation_id}/assign", assign),
            ("/conversations/{conversation_id}/claim", claim),
            ("/conversations/{conversation_id}/close", close),
            ("/conversations/{conversation_id}/open", reopen),
            ("/conversations/{conversation_id}/lead", add_lead),
            ("/leads/{lead_id}", change_lead),
            ("/leads/{lead_id}/tags", tag),
            ("/leads/{lead_id}/untag", untag),
            ("/leads/{lead_id}/merge", merge),
        )
    ),
)
