"""One screen of the inbox: the list, a conversation, and the lead. What is shown is a function of this."""

from dataclasses import dataclass
from typing import Any

from leadline.errors import NotFound
from leadline.queueing import variables_for
from leadline.store import conversations, leads
from leadline.store.conversations import Conversation
from leadline.store.database import Transaction
from leadline.store.leads import Lead
from leadline.store.scope import sees_number
from leadline.web.pages import banners
from leadline.web.pages.banners import SENDS_NOW, Case, Notice, Outlook
from leadline.web.pages.clocks import There, there
from leadline.web.pages.common import Common
from leadline.web.pages.facts import Facts, facts
from leadline.web.pages.lists import Listing, View, listing
from leadline.web.pages.panel import Head, Panel, Typed, head, panel
from leadline.web.pages.rows import name_of
from leadline.web.pages.site import Visit
from leadline.web.pages.thread import NEWEST, Span, Thread, Viewer, thread

ELSEWHERE = Notice(
    "",
    "user",
    "Somebody else writes with this number",
    "Ask an admin to give the conversation to you.",
    is_closed=True,
)


@dataclass(frozen=True, slots=True)
class Target:
    """What is looked at: a conversation, a lead without one yet, or only the list (neither)."""

    conversation_id: int | None = None
    lead_id: int | None = None
    span: Span = NEWEST

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
    outlook: Outlook = SENDS_NOW
    head: Head | None = None
    panel: Panel | None = None


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
    asked = leads.by_id(tx, target.lead_id, scope=scope).id  # Which may have been merged since.
    chosen = next((lead for lead in owners if lead.id == asked), None)
    if chosen is None:
        raise NotFound("lead", target.lead_id)
    return Party(conversation.number, conversation, owners, chosen)


def screen(
    tx: Transaction, visit: Visit, target: Target, view: View, *, typed: Typed | None = None
) -> Screen:
    """Read what the visitor is to see; ``typed`` is what they typed into the panel that cannot be so. Raises
    NotFound.
    """
    listed = listing(tx, visit, view)
    if target == Target():
        return Screen(listed)
    return beside(tx, visit, target, listed, typed=typed)


def beside(
    tx: Transaction,
    visit: Visit,
    target: Target,
    listed: Listing,
    *,
    typed: Typed | None = None,
    common: Common | None = None,
) -> Screen:
    """What is beside the list: the conversation and its lead. ``common`` is for who has it already. Raises
    NotFound.
    """
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
    common = common or Common.of(tx)
    about = panel(
        tx,
        visit,
        lead=who.lead,
        owners=who.owners,
        number=who.number,
        thread=who.conversation,
        common=common,
        typed=typed,
    )
    if who.is_elsewhere:
        return Screen(listed, Thread(), known, ELSEWHERE, panel=about)
    case = Case(who.number, who.conversation, who.lead, name, here, clock_of(visit, who))
    outlook = banners.outlook(tx, case, settings)
    texts = Thread()
    if who.conversation is not None:
        viewer = _viewer(visit, case, outlook, common)
        texts = thread(tx, who.conversation, viewer, them=name, span=target.span)
    return Screen(
        listing=listed,
        texts=texts,
        facts=known,
        notice=banners.notice(tx, case, texts, outlook, settings),
        outlook=outlook,
        head=head(visit, who.conversation, common) if who.conversation else None,
        panel=about,
    )


def clock_of(visit: Visit, who: Party) -> There:
    """By whose clock times of theirs are told."""
    return there(visit.here, who.number or "", who.lead, home=visit.line.settings.leadline_region)


def _viewer(visit: Visit, case: Case, outlook: Outlook, common: Common) -> Viewer:
    return Viewer(
        visit.here,
        case.there,
        actor=f"user:{visit.member.id}",
        region=visit.line.settings.leadline_region,
        names=common.names,
        senders=common.senders,
        may_send_now=outlook.is_allowed,
    )


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
