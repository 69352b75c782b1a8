"""What a search found, as it is shown: people, then texts."""

from dataclasses import dataclass
from datetime import datetime

from leadline.rules.phone import display_phone
from leadline.store import leads
from leadline.store.database import Transaction
from leadline.web.pages.site import Visit

PAGE = 50


@dataclass(frozen=True, slots=True)
class Hit:
    """A line of what was found. ``path`` leads there; ``detail`` alternates what stands between with what was
    searched for.
    """

    key: str
    path: str
    name: str
    detail: tuple[str, ...]
    at: datetime
    time: str


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found."""

    people: tuple[Hit, ...] = ()
    texts: tuple[Hit, ...] = ()


def search(tx: Transaction, visit: Visit, words: str) -> Found:
    """What the visitor may see of what these words are in."""
    region = visit.line.settings.leadline_region
    found = leads.search(tx, words, scope=visit.scope, limit=PAGE)
    people = tuple(
        Hit(
            key=f"lead-{lead.id}",
            path=f"/leads/{lead.id}",
            name=lead.name,
            detail=(lead.company or lead.email or display_phone(lead.phone or "", region),),
            at=lead.updated_at,
            time=visit.here.brief(lead.updated_at),
        )
        for lead in found
    )
    return Found(people)
