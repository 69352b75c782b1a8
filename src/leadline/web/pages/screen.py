"""One screen of the inbox: the list, a conversation, and the lead. What is shown is a function of this."""

from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from leadline.errors import NotFound
from leadline.queueing import variables_for
from leadline.store import conversations, leads
from leadline.store.conversations import Conversation
from leadline.store.database import Transaction
from leadline.store.leads import Lead
from leadline.store.scope import sees_number
from leadline.web.pages.facts import Choice, Facts, Notice, choices, closed, facts
from leadline.web.pages.lists import Listing, View, listing
from leadline.web.pages.rows import name_of
from leadline.web.pages.site import Visit
from leadline.web.pages.thread import Thread, thread

ELSEWHERE = Notice(
    "", "user", "Somebody else writes with this number", "Ask an admin to give the conversation to you."
)


@dataclass(frozen=True, slots=True)
class Target:
    """What is looked at: a conversation, a lead without one yet, or only the list (neither)."""

    conversation_id: int | None = None
    lead_id: int | None = None
    before: int | None = None

    @property
    def address(self) -> str:
        """The page's own path."""
        if self.conversation_id is None:
            return f"/leads/{self.lead_id}" if self.lead_id else "/"
        chosen = f"?lead={self.lead_id}" if self.lead_id else ""
        return f"/conversations/{self.conversation_id}{chosen}"


@dataclass(frozen=True, slots=True)
class Party:
    """Whom a conversation is with. ``lead`` is certain: the only one with the number, or one chosen.
    ``is_elsewhere``: the visitor sees the lead, and not what is exchanged with its number.
    """

    number: str | None
    conversation: Conversation | None
    owners: tuple[Lead, ...]
    lead: Lead | None
    is_elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class Screen:
    """Everything that is shown and may change."""

    listing: Listing
    texts: Thread | None = None
    facts: Facts | None = None
    notice: Notice | None = None

    @property
    def fingerprint(self) -> str:
        """Equal for two screens that look the same."""
        return blake2b(repr(self).encode("utf-8", "replace"), digest_size=12).hexdigest()


def party(tx: Transaction, visit: Visit, target: Target) -> Party:
    """Look up whom the target means. Raises NotFound, also for a lead who does not have that number, and for
    what the visitor may not see.
    """
    scope = visit.scope
    if target.conversation_id is None:
        lead = leads.by_id(tx, target.lead_id or 0, scope=scope)
        if lead.phone is None:
            return Party(None, None, (lead,), lead)
        if not sees_number(tx, lead.phone, scope=scope):
            return Party(lead.phone, None, (lead,), lead, is_elsewhere=True)
        owners = tuple(leads.with_phone(tx, lead.phone, scope=scope))
        return Party(lead.phone, conversations.by_number(tx, lead.phone, scope=scope), owners, lead)
    conversation = conversations.by_id(tx, target.conversation_id, scope=scope)
    owners = tuple(leads.with_phone(tx, conversation.number, scope=scope))
    if target.lead_id is None:
        only = owners[0] if len(owners) == 1 else None
        return Party(conversation.number, conversation, owners, only)
    chosen = next((lead for lead in owners if lead.id == target.lead_id), None)
    if chosen is None:
        raise NotFound("lead", target.lead_id)
    return Party(conversation.number, conversation, owners, chosen)


def screen(tx: Transaction, visit: Visit, target: Target, view: View) -> Screen:
    """Read what the visitor is to see. Raises NotFound."""
    listed = listing(tx, visit, view)
    if target == Target():
        return Screen(listed)
    settings, here = visit.line.settings, visit.here
    who = party(tx, visit, target)
    name = _name(who, settings.leadline_region)
    known = facts(
        tx,
        here,
        number=None if who.is_elsewhere else who.number,
        name=name,
        owners=who.owners,
        lead=who.lead,
        state=who.conversation.consent if who.conversation else "none",
        settings=settings,
    )
    texts = Thread()
    if who.conversation is not None:
        texts = thread(tx, who.conversation.id, here, them=name, before=target.before)
    if who.is_elsewhere:
        return Screen(listed, texts, known, ELSEWHERE)
    return Screen(listed, texts, known, closed(known, number=who.number, here=here, settings=settings))


def templates_for(tx: Transaction, visit: Visit, target: Target) -> list[Choice]:
    """The templates, filled for whom the target means."""
    return choices(tx, values_for(visit, party(tx, visit, target).lead))


def values_for(visit: Visit, lead: Lead | None) -> dict[str, Any]:
    """What a template has without being told: the lead, and who writes."""
    return variables_for(lead, visit.line.settings) | said_by(visit)


def said_by(visit: Visit) -> dict[str, str]:
    """What a template is told besides the lead."""
    return {"agent_name": visit.member.name.partition(" ")[0]}


def _name(who: Party, region: str) -> str:
    if who.lead is not None:
        return who.lead.name
    return name_of(who.number or "", who.owners, region)
