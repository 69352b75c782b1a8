"""What a search found, as it is shown: people, then texts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from leadline.rules.phone import display_phone
from leadline.rules.words import marked, wanted
from leadline.store import conversations, leads, search
from leadline.store.conversations import Conversation
from leadline.store.database import Transaction
from leadline.store.leads import Lead
from leadline.web.pages.site import Visit

PEOPLE = 20
TEXTS = 30


@dataclass(frozen=True, slots=True)
class Hit:
    """A line of what was found. ``path`` leads there; in ``detail`` what stands between and what was searched
    for take turns.
    """

    key: str
    path: str
    name: str
    detail: tuple[str, ...]
    at: datetime
    time: str
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found. ``has_more_people`` than are shown; ``before`` is the id of the text before which
    to go on, if there may be more.
    """

    people: tuple[Hit, ...] = ()
    texts: tuple[Hit, ...] = ()
    has_more_people: bool = False
    before: int | None = None


def find(tx: Transaction, visit: Visit, words: str, *, before: int | None = None) -> Found:
    """What the visitor may see of what these words are in; from ``before`` on only texts."""
    terms = wanted(words)
    if not terms:
        return Found()
    texts = search.find_texts(tx, terms, scope=visit.scope, before=before, limit=TEXTS)
    people = [] if before else _people(tx, visit, terms)
    return Found(
        tuple(people[:PEOPLE]), _texts(tx, visit, texts.found, terms), len(people) > PEOPLE, texts.before
    )


def people(tx: Transaction, visit: Visit, words: str) -> tuple[Hit, ...]:
    """The people that these words may mean."""
    terms = wanted(words)
    return tuple(_people(tx, visit, terms)[:PEOPLE]) if terms else ()


def _people(tx: Transaction, visit: Visit, terms: Sequence[str]) -> list[Hit]:
    """Leads, and then conversations with a number that no lead has, the last spoken with first in each."""
    found = search.find_leads(tx, terms, scope=visit.scope, limit=PEOPLE + 1)
    threads = conversations.by_numbers(tx, [lead.phone for lead in found if lead.phone], scope=visit.scope)
    hits = [_lead(lead, threads.get(lead.phone or ""), visit, terms) for lead in found]
    if not all(term.isdecimal() for term in terms):
        return hits
    others = search.find_conversations(tx, terms, scope=visit.scope, limit=PEOPLE + 1)
    known = leads.with_phones(tx, [thread.number for thread in others], scope=visit.scope)
    return hits + [_thread(thread, visit) for thread in others if thread.number not in known]


def _lead(lead: Lead, thread: Conversation | None, visit: Visit, terms: Sequence[str]) -> Hit:
    at = thread.last_at if thread else lead.updated_at
    number = display_phone(lead.phone, visit.line.settings.leadline_region) if lead.phone else None
    known = [part for part in (lead.company, lead.email, number) if part]
    return Hit(
        key=f"lead-{lead.id}",
        path=f"/leads/{lead.id}",
        name=lead.name,
        detail=marked(" · ".join(known), terms),
        at=at,
        time=visit.here.brief(at),
    )


def _thread(thread: Conversation, visit: Visit) -> Hit:
    return Hit(
        key=f"row-{thread.id}",
        path=f"/conversations/{thread.id}",
        name=display_phone(thread.number, visit.line.settings.leadline_region),
        detail=(" ".join(thread.last_text.split()),),
        at=thread.last_at,
        time=visit.here.brief(thread.last_at),
    )


def _texts(
    tx: Transaction, visit: Visit, found: Sequence[search.Text], terms: Sequence[str]
) -> tuple[Hit, ...]:
    owners = leads.with_phones(tx, [each.number for each in found], scope=visit.scope)
    region = visit.line.settings.leadline_region
    return tuple(
        Hit(
            key=f"found-{each.id}",
            path=f"/conversations/{each.conversation_id}?around={each.id}",
            name=" & ".join(lead.name for lead in owners.get(each.number, []))
            or display_phone(each.number, region),
            detail=marked(each.body, terms),
            at=each.at,
            time=visit.here.brief(each.at),
            is_own=each.created_by == f"user:{visit.member.id}",
        )
        for each in found
    )
