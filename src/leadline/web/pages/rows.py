"""The rows of a list of conversations, as they are shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from leadline.rules.phone import display_phone
from leadline.rules.state import shown
from leadline.store import inbox, leads, users
from leadline.store.conversations import Conversation
from leadline.store.database import Transaction
from leadline.store.inbox import Asked, Last, Listed
from leadline.store.leads import Lead
from leadline.store.scope import Scope
from leadline.web.pages.site import Visit
from leadline.web.pages.times import Here
from leadline.web.pages.words import mark_of as status_mark
from leadline.web.places import mark_of

OPTED_OUT = "opted_out"


@dataclass(frozen=True, slots=True)
class Flag:
    """What is special about a row, before its last text."""

    look: str
    icon: str
    words: str


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the list. ``place`` is where it stands in the order, as an address says it; ``waits`` for how
    long they have waited, once that is longer than the team wants.
    """

    id: int
    place: str
    name: str
    last: str
    at: datetime
    time: str
    flag: Flag | None = None
    assignee: str | None = None
    is_mine: bool = False
    is_own_text: bool = False
    is_draft: bool = False
    is_unread: bool = False
    is_gone: bool = False
    waits: str | None = None


OUT = Flag("", "stop", "Opted out")
REVIEW = Flag("doubt", "review", "Possible opt-out")
FAILED = Flag("bad", "alert", "Not delivered")


@dataclass(frozen=True, slots=True)
class Said:
    """What rows say besides their conversations: by conversation, by number, and by user."""

    lasts: Mapping[int, Last]
    names: Mapping[str, str]
    members: Mapping[int, str]


def said(tx: Transaction, visit: Visit, asked: Asked, found: Sequence[Listed]) -> Said:
    """What the rows of these conversations say."""
    threads = [each.conversation for each in found]
    return Said(
        inbox.lasts(tx, [thread.id for thread in threads], asked),
        names_of(tx, threads, asked.scope, visit.line.settings.leadline_region),
        {user.id: user.name for user in users.everyone(tx)},
    )


def row(visit: Visit, listed: Listed, said: Said, *, reader: int) -> Row:
    """A conversation as a row for that reader; 0 is somebody who has nothing to do with it."""
    thread, here = listed.conversation, visit.here
    last = said.lasts[thread.id]
    goal = timedelta(minutes=visit.line.settings.leadline_answer_goal_minutes)
    return Row(
        id=thread.id,
        place=mark_of(*listed.place),
        name=said.names[thread.number],
        last=" ".join((last.draft or thread.last_text).split()),
        at=thread.last_at,
        time=here.brief(thread.last_at),
        flag=_flag(thread, last, here),
        assignee=said.members.get(thread.assignee_id or 0),
        is_mine=thread.assignee_id == reader,
        is_own_text=last.created_by == f"user:{reader}" and not last.draft,
        is_draft=bool(last.draft),
        is_unread=thread.unread > 0,
        is_gone=thread.consent == OPTED_OUT,
        waits=_waits(thread, here, goal),
    )


def names_of(tx: Transaction, threads: Sequence[Conversation], scope: Scope, region: str) -> dict[str, str]:
    """What the number of each conversation is called."""
    owners = leads.with_phones(tx, [thread.number for thread in threads], scope=scope)
    return {each.number: name_of(each.number, owners.get(each.number, []), region) for each in threads}


def name_of(number: str, owners: Sequence[Lead], region: str) -> str:
    """Who a number is: every lead that has it, or the number itself."""
    return " & ".join(lead.name for lead in owners) or display_phone(number, region)


def _waits(thread: Conversation, here: Here, goal: timedelta) -> str | None:
    since = thread.waiting_since
    is_over = thread.consent == OPTED_OUT or thread.closed_at is not None
    if since is None or is_over or here.now - since < goal:
        return None
    return here.since(since)


def _flag(thread: Conversation, last: Last, here: Here) -> Flag | None:
    """The one thing that most needs a person; nothing can be done for who said stop."""
    if thread.consent == OPTED_OUT:
        return OUT
    if thread.review_since:
        return REVIEW
    mark = (
        status_mark(shown(last.state, last.status)) if last.state and last.direction == "outbound" else None
    )
    if thread.failed_id:
        return Flag(FAILED.look, FAILED.icon, mark.words if mark and mark.look == "failed" else FAILED.words)
    if mark and mark.look == "doubt":
        return Flag(mark.look, mark.icon, mark.words)
    if last.next_at:
        return Flag("", "clock", here.ahead(last.next_at))
    if last.file:
        return Flag("", "attach", "Picture" if last.file.startswith("image") else "File")
    return None
