"""Writing on the page of a conversation: texts, notes, drafts and files."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from leadline import notes, uploads
from leadline.errors import IdempotencyConflict, InvalidInput, LeadlineError, StoreUnavailable
from leadline.queueing import SendRequest
from leadline.rules.template import render
from leadline.rules.text import check_body
from leadline.store import conversations, drafts, templates, users
from leadline.store.database import Transaction
from leadline.store.messages import Queued
from leadline.uploads import Upload
from leadline.web.pages.composer import VALUE, Answer, Composer, fill_in, folder_of
from leadline.web.pages.conversation import show
from leadline.web.pages.forms import path_id, prefixed, read_form, read_form_with_files, whole
from leadline.web.pages.later import picked
from leadline.web.pages.lines import author_of
from leadline.web.pages.lists import View
from leadline.web.pages.picker import left_open
from leadline.web.pages.screen import Party, Target, clock_of, party, said_by, values_for
from leadline.web.pages.site import Visit
from leadline.web.problems import status_of
from leadline.writing import Crossed, Writing

READS_ONLY = "A viewer reads. Ask an admin if you are to write."
# A file that was attached: its name in the folder is behind this.
FILE = "file."
# What is picked by hand, not by a button of its own.
PICKED = "pick"
DRAFT_AT_MOST = 10_000

# What an error is in a person's words, where its own are a program's.
SENTENCES: Mapping[type[LeadlineError], str] = {
    StoreUnavailable: "The database does not answer. Nothing was stored; send it again.",
    IdempotencyConflict: "This was sent before, with other words. Send it again if it is a new text.",
}


async def send(request: Request) -> Response:
    """POST …/messages: queue what the composer holds; what is wrong with it is said beside it."""
    visit = writing_visit(request)
    fields, files = await read_form_with_files(request)
    target = _target_of(request, fields)
    written = await run_in_threadpool(_written, visit, fields, files)
    try:
        queued = await _queue(visit, target, fields, written)
    except LeadlineError as error:
        return await run_in_threadpool(_show_refused, visit, target, written, error)
    visit.site.changed(queued.conversation_id)
    return RedirectResponse(f"{View.of(request).address(target.address)}#end", 303)


async def note(request: Request) -> Response:
    """POST …/notes: keep a note for the team."""
    visit = writing_visit(request)
    fields, _ = await read_form_with_files(request)
    target = _target_of(request, fields)
    body = fields.get("body", "")
    try:
        await run_in_threadpool(_add_note, visit, path_id(request, "conversation_id"), body)
    except InvalidInput as error:
        written = Composer(body, is_note=True, error=str(error))
        return await run_in_threadpool(show, visit, target, written, status=status_of(error))
    visit.site.changed(target.conversation_id)
    return RedirectResponse(f"{View.of(request).address(target.address)}#end", 303)


async def draft(request: Request) -> Response:
    """POST …/draft: keep what was begun; an empty one is none."""
    visit = writing_visit(request)
    fields = await read_form(request)
    await run_in_threadpool(
        _keep_draft,
        visit,
        path_id(request, "conversation_id"),
        fields.get("body", ""),
        fields.get("template"),
    )
    return Response(status_code=204)


async def attach(request: Request) -> Response:
    """POST /files: keep a file that is to go with a text; answers with the place it has in the composer."""
    visit = writing_visit(request)
    _, files = await read_form_with_files(request)
    try:
        kept = await run_in_threadpool(_keep_files, visit, files)
    except InvalidInput as error:
        return Response(str(error), status_of(error), media_type="text/plain")
    return visit.page("_files.html", files=kept)


def writing_visit(request: Request) -> Visit:
    """The visit of somebody who may write. Raises 403 for who may not."""
    visit = Visit.of(request)
    if not visit.may_write:
        raise HTTPException(403, READS_ONLY)
    return visit


def _target_of(request: Request, fields: Mapping[str, str]) -> Target:
    if "lead_id" in request.path_params:
        return Target(lead_id=path_id(request, "lead_id"))
    return Target(path_id(request, "conversation_id"), whole(fields.get("lead", "")))


def _written(visit: Visit, fields: Mapping[str, str], files: Sequence[bytes]) -> Composer:
    """What the form holds; files that came with it are kept, so that they need not be chosen again."""
    written = Composer(
        fields.get("body", ""),
        fields.get("template", ""),
        prefixed(fields, VALUE),
        media=fields.get("media", ""),
        key=fields.get("key", ""),
    )
    attached = [name.removeprefix(FILE) for name in fields if name.startswith(FILE)]
    kept = uploads.waiting(folder_of(visit.line.settings), attached)
    written = replace(written, files=tuple(kept), error="" if len(kept) == len(attached) else uploads.GONE)
    try:
        return replace(written, files=(*kept, *_keep_files(visit, files)))
    except InvalidInput as error:
        return replace(written, error=str(error))


def _keep_files(visit: Visit, files: Sequence[bytes]) -> list[Upload]:
    settings = visit.line.settings
    if files and settings.leadline_public_url is None:
        raise InvalidInput("Set LEADLINE_PUBLIC_URL: Twilio fetches files from there.", field="files")
    return [uploads.keep(folder_of(settings), content, now=visit.here.now) for content in files]


async def _queue(visit: Visit, target: Target, fields: Mapping[str, str], written: Composer) -> Queued:
    """Hand the text to the writer. Its files are where they stay before it is stored, and go back if not."""
    if written.error:
        raise InvalidInput(written.error, field="files")
    folder = folder_of(visit.line.settings)
    taken = await run_in_threadpool(uploads.take, folder, [file.token for file in written.files])
    try:
        wanted = await run_in_threadpool(_request, visit, target, fields, written, taken)
        seen = whole(fields.get("seen", "")) or 0
        writing = Writing(visit.member.id, wanted, seen, tuple(taken))
        return await visit.line.writer.write(visit.line.write, writing)
    except LeadlineError:
        await run_in_threadpool(uploads.put_back, folder, taken)
        raise


def _request(
    visit: Visit, target: Target, fields: Mapping[str, str], written: Composer, taken: Sequence[Upload]
) -> SendRequest:
    """What to queue: the template as it is, where nothing in it was changed, else the words."""
    actor, settings = f"user:{visit.member.id}", visit.line.settings
    with visit.line.database.read() as tx:
        who = party(tx, visit, target)
        if written.template:
            _check_filled(tx, written)
        is_template = bool(written.template) and _is_unchanged(tx, visit, who, written)
    ours = [uploads.address(settings.leadline_public_url or "", file.token) for file in taken]
    return SendRequest(
        lead_id=who.lead.id if who.lead else None,
        number=who.number,
        body=None if is_template else written.text,
        template=written.template if is_template else None,
        variables=said_by(visit) | dict(written.values) if is_template else {},
        media_urls=(*ours, *written.media.split()),
        idempotency_key=f"page:{actor}:{written.key}" if written.key else None,
        created_by=actor,
        due_at=_moment(visit, who, fields),
        held=timedelta(seconds=settings.leadline_undo_seconds),
        scope=visit.scope,
    )


def _moment(visit: Visit, who: Party, fields: Mapping[str, str]) -> datetime | None:
    at = fields.get("at", "")
    if not at:
        return None
    return picked(fields.get("at_picked", "") if at == PICKED else at, clock_of(visit, who))


def _check_filled(tx: Transaction, written: Composer) -> None:
    """A template whose places are not all filled does not leave. Raises InvalidInput naming them."""
    try:
        template = templates.by_name(tx, written.template)
    except LeadlineError:  # It is gone; the words are what counts.
        return
    if names := left_open(template, written.text):
        raise InvalidInput(fill_in(names), field="body")


def _is_unchanged(tx: Transaction, visit: Visit, who: Party, written: Composer) -> bool:
    values = values_for(visit, who.lead) | dict(written.values)
    try:
        return render(templates.by_name(tx, written.template), values) == check_body(written.text)
    except LeadlineError:
        return False


def _show_refused(visit: Visit, target: Target, written: Composer, error: LeadlineError) -> Response:
    if isinstance(error, Crossed):
        answer = _answer(visit, error)
        return show(visit, target, written.refused("", crossed=answer), status=status_of(error))
    kept = written.refused(SENTENCES.get(type(error)) or str(error))
    return show(visit, target, kept, status=status_of(error))


def _answer(visit: Visit, error: Crossed) -> Answer:
    with visit.line.database.read() as tx:
        names = {f"user:{user.id}": user.name for user in users.everyone(tx)}
    return Answer(author_of(error.message.created_by, names), error.message.body)


def _add_note(visit: Visit, conversation_id: int, body: str) -> None:
    with visit.line.database.write() as tx:
        notes.add(
            tx,
            conversation_id,
            body,
            user_id=visit.member.id,
            now=visit.line.clock.now(),
            scope=visit.scope,
        )


def _keep_draft(visit: Visit, conversation_id: int, body: str, template: str | None) -> None:
    with visit.line.database.write() as tx:
        thread = conversations.by_id(tx, conversation_id, scope=visit.scope)
        if not body.strip():
            drafts.clear(tx, visit.member.id, thread.id)
            return
        drafts.put(
            tx,
            visit.member.id,
            thread.id,
            body=body.replace("\0", "")[:DRAFT_AT_MOST],
            template=(template or "").replace("\0", "")[:DRAFT_AT_MOST] or None,
            now=visit.line.clock.now(),
        )


ROUTES = (
    Route("/conversations/{conversation_id}/messages", send, methods=["POST"]),
    Route("/conversations/{conversation_id}/notes", note, methods=["POST"]),
    Route("/conversations/{conversation_id}/draft", draft, methods=["POST"]),
    Route("/leads/{lead_id}/messages", send, methods=["POST"]),
    Route("/files", attach, methods=["POST"]),
)
