"""Who else of the team is in a conversation, and what a page tells of its own reader."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from leadline import seeing
from leadline.seeing import Seen
from leadline.store import presence
from leadline.store.database import Transaction
from leadline.store.presence import Present
from leadline.web.pages.forms import path_id, read_form
from leadline.web.pages.site import Visit

SHOWN_AT_MOST = 3


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody else who has the conversation open."""

    name: str
    is_writing: bool


def who_is_here(
    present: Iterable[Present], conversation_id: int | None, reader_id: int, *, now: datetime
) -> tuple[Colleague, ...]:
    """The others, those who write first."""
    others = [
        Colleague(each.name, each.is_writing(now))
        for each in present
        if each.conversation_id == conversation_id and each.user_id != reader_id and each.is_here(now)
    ]
    return tuple(sorted(others, key=lambda each: not each.is_writing)[:SHOWN_AT_MOST])


def others_here(tx: Transaction, visit: Visit, conversation_id: int | None) -> tuple[Colleague, ...]:
    """The same, for a page that is being made."""
    now = visit.here.now
    present = presence.around(tx, [conversation_id] if conversation_id else [], now=now)
    return who_is_here(present, conversation_id, visit.member.id, now=now)


async def tell(request: Request) -> Response:
    """POST /conversations/{id}/presence: the page shows it, ``writing`` or not, or is ``leaving``. It does so
    every 20 s, and whenever that changes.
    """
    visit = Visit.of(request)
    if not visit.may_write:
        raise HTTPException(403)
    fields = await read_form(request)
    conversation_id = path_id(request, "conversation_id")
    seen = Seen(
        visit.member.id,
        conversation_id,
        visit.scope,
        is_writing=bool(fields.get("writing")),
        is_leaving=bool(fields.get("leaving")),
    )
    if not await visit.line.writer.write(seeing.see, seen):
        raise HTTPException(404)
    visit.site.changed(conversation_id)
    return Response(status_code=204)


ROUTES = (Route("/conversations/{conversation_id}/presence", tell, methods=["POST"]),)
