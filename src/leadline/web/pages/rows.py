"""The list of conversations, as it is shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from leadline.rules.phone import display_phone
from leadline.rules.state import shown
from leadline.store import conversations, leads, messages
from leadline.store.columns import instant, micros
from leadline.store.conversations import Conversation
from leadline.store.database import Transaction
from leadline.store.leads import Lead
from leadline.store.messages import Message
from leadline.store.scope import Scope
from leadline.web.pages.times import Here
from leadline.web.pages.words import FLAGGED, mark_of

PAGE = 50
OPTED_OUT = "opted_out"


@dataclass(frozen=True, slots=True)
class Flag:
    """What is special about a row, before its last text."""

    look: str
    icon: str
    words: str


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the list."""

    address: str
    key: str
    name: str
    last: str
    at: datetime
    time: str
    flag: Flag | None = None
    is_mine: bool = False
    is_unread: bool = False
    is_gone: bool = False
    waits: str | None = None


@dataclass(frozen=True, slots=True)
class Rows:
    """A page of the list; ``older`` is the place where the next one begins, if there is one."""

    items: tuple[Row, ...]
    older: str | None


def conversation_rows(
    tx: Transaction, here: Here, *, scope: Scope, actor: str, region: str, before: str | None
) -> Rows:
    """Conversations, the last written in first. ``actor`` is who looks; their own texts say "You"."""
    found = conversations.newest(tx, scope=scope, before=_place(before), limit=PAGE + 1)
    page = found[:PAGE]
    last = messages.latest(tx, [conversation.id for conversation in page])
    owners = leads.with_phones(tx, [conversation.number for conversation in page], scope=scope)
    rows = tuple(
        _row(each, last.get(each.id), name_of(each.number, owners.get(each.number, []), region), here, actor)
        for each in page
    )
    older = f"{micros(page[-1].last_at)}-{page[-1].id}" if len(found) > PAGE else None
    return Rows(rows, older)


def lead_rows(tx: Transaction, here: Here, *, scope: Scope, search: str, region: str) -> Rows:
    """The leads whose name, company, email or number contains the text, as rows."""
    found = leads.search(tx, search, scope=scope, limit=PAGE)
    rows = tuple(
        Row(
            address=f"/leads/{lead.id}",
            key=f"lead-{lead.id}",
            name=lead.name,
            last=lead.company or lead.email or display_phone(lead.phone or "", region),
            at=lead.updated_at,
            time=here.brief(lead.updated_at),
        )
        for lead in found
    )
    return Rows(rows, None)


def name_of(number: str, owners: Sequence[Lead], region: str) -> str:
    """Who a number is: every lead that has it, or the number itself."""
    return " & ".join(lead.name for lead in owners) or display_phone(number, region)


def _row(conversation: Conversation, last: Message | None, name: str, here: Here, actor: str) -> Row:
    is_gone = conversation.consent == OPTED_OUT
    is_unread = conversation.unread > 0
    is_theirs = last is not None and last.direction == "inbound"
    return Row(
        address=f"/conversations/{conversation.id}",
        key=f"row-{conversation.id}",
        name=name,
        last=" ".join(conversation.last_text.split()),
        at=conversation.last_at,
        time=here.brief(conversation.last_at),
        flag=Flag("", "stop", "Opted out") if is_gone else _flag(last, here),
        is_mine=last is not None and last.created_by == actor,
        is_unread=is_unread,
        is_gone=is_gone,
        waits=here.since(conversation.last_at) if is_unread and is_theirs and not is_gone else None,
    )


def _flag(last: Message | None, here: Here) -> Flag | None:
    if last is None or last.direction == "inbound":
        return None
    mark = mark_of(shown(last.state, last.status, is_due=last.due_at <= here.now))
    if mark.look not in FLAGGED:
        return None
    words = here.ahead(last.due_at) if mark.look == "scheduled" else mark.words
    return Flag("bad" if mark.look == "failed" else mark.look, mark.icon, words)


def _place(before: str | None) -> tuple[datetime, int] | None:
    """Where a page begins; anything that is not such a place is the top."""
    at, _, last_id = (before or "").partition("-")
    if not (at.isdecimal() and last_id.isdecimal() and len(at) < 18 and len(last_id) < 19):
        return None
    return instant(int(at)), int(last_id)
