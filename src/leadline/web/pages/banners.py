"""What stands above the composer: why no text can go, or what to know before one does. One at a time, in the
order of this file.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from leadline import asking, consent
from leadline.errors import NotFound
from leadline.rules import gate
from leadline.rules.gate import Decision
from leadline.rules.phone import is_phone
from leadline.settings import Settings
from leadline.store import consent as ledger
from leadline.store.conversations import Conversation
from leadline.store.database import Transaction
from leadline.store.leads import Lead
from leadline.web.pages.bubbles import Text
from leadline.web.pages.clocks import There
from leadline.web.pages.thread import Thread
from leadline.web.pages.times import Here

# What is so, by the code of the gate's first reason; the reason's own sentence says why.
REFUSED = {
    "number_unusable": "Texts do not arrive at this number",
    "country_not_allowed": "Texts to this country are not allowed",
    "country_unknown": "This is no number that a text could go to",
}


@dataclass(frozen=True, slots=True)
class Notice:
    """A banner. ``is_closed`` where nothing but notes can be written; ``asks`` for a person's decision on a
    possible opt-out. ``quote`` is what the lead wrote.
    """

    look: str
    icon: str
    what: str
    why: str
    quote: str = ""
    is_closed: bool = False
    asks: bool = False


@dataclass(frozen=True, slots=True)
class Outlook:
    """What the gate would say of a text now: ``button`` is what sending is called then. ``moment`` is when it
    would leave, in words, while it has to wait.
    """

    button: str = "Send"
    moment: str = ""
    is_allowed: bool = True
    decision: Decision | None = None


SENDS_NOW = Outlook()


@dataclass(frozen=True, slots=True)
class Case:
    """What the banners are about: whom one would write to, from here, at this moment."""

    number: str | None
    conversation: Conversation | None
    lead: Lead | None
    name: str
    here: Here
    there: There


def outlook(tx: Transaction, case: Case, settings: Settings) -> Outlook:
    """The gate's answer to a text that would be written now, as the composer tells it."""
    if case.number is None:
        return Outlook(is_allowed=False)
    thread = case.conversation or _unwritten(case.number, case.here)
    try:
        decision = asking.outlook(tx, thread, case.lead, now=case.here.now, settings=settings)
    except NotFound:
        return Outlook(is_allowed=False)
    if decision.is_deferred and decision.until:
        moment = case.there.here.ahead(decision.until)
        return Outlook(f"Send {moment}", f"{moment}{case.there.suffix}", is_allowed=False, decision=decision)
    if decision.is_deferred:
        return Outlook("Queue", is_allowed=False, decision=decision)
    return Outlook(is_allowed=decision.is_allowed, decision=decision)


def _unwritten(number: str, here: Here) -> Conversation:
    """The conversation with a number that nothing was ever exchanged with."""
    return Conversation(
        id=0,
        number=number,
        consent="none",
        consent_at=None,
        review_since=None,
        unusable_because=None,
        unread=0,
        last_at=here.now,
        last_text="",
        last_inbound_at=None,
        assignee_id=None,
        team_id=None,
        waiting_since=None,
        failed_id=None,
        closed_at=None,
    )


def notice(tx: Transaction, case: Case, texts: Thread, outlook: Outlook, settings: Settings) -> Notice | None:
    """The banner that matters most, if there is something to say. The gate decides when a text is queued, not
    this.
    """
    return (
        _closed(tx, case, settings)
        or _unusable(case, outlook)
        or _to_decide(tx, case)
        or _may_have_arrived(case, texts.items)
        or _quiet(case, outlook)
    )


def _closed(tx: Transaction, case: Case, settings: Settings) -> Notice | None:
    thread = case.conversation
    if thread is not None and not gate.by_consent(thread.consent).is_allowed:
        return replace(_opted_out(tx, case, thread), is_closed=True)
    if case.number is None:
        what = f"{case.name} has no phone number"
        return Notice("", "phone", what, "Add one to the lead to text them.", is_closed=True)
    if not is_phone(case.number):
        why = "It is a short code or a name, as companies use to send; nothing sent to it would arrive."
        return Notice("", "phone", "This sender cannot be answered", why, is_closed=True)
    if settings.sender is None:
        why = "Set TWILIO_PHONE_NUMBER or TWILIO_MESSAGING_SERVICE_SID and restart."
        return Notice("warn", "alert", "There is no number to send from", why, is_closed=True)
    return None


def _opted_out(tx: Transaction, case: Case, thread: Conversation) -> Notice:
    last = next((e.event for e in ledger.newest(tx, thread.number) if e.event.kind == "opt_out"), None)
    when = f" {case.here.moment(last.at)}" if last else ""
    quote = last.words if last and last.source in ("keyword", "free_text") else ""
    return Notice("bad", "stop", f"{case.name} opted out{when}", gate.OPTED_OUT.sentence, quote)


def _unusable(case: Case, outlook: Outlook) -> Notice | None:
    decision = outlook.decision
    if decision is None or not decision.is_refused:
        return None
    first = decision.reasons[0]
    because = case.conversation.unusable_because if case.conversation else None
    why = because if first.code == "number_unusable" and because else first.sentence
    what = REFUSED.get(first.code, "No text can go to this number")
    return Notice("bad", "alert", what, why, is_closed=True)


def _to_decide(tx: Transaction, case: Case) -> Notice | None:
    review = consent.review_of(tx, case.conversation) if case.conversation else None
    if review is None:
        return None
    why = "Automatic texts wait until somebody has read it; you can still answer."
    return Notice("doubt", "review", "Is this an opt-out? Please decide.", why, review.words, asks=True)


def _may_have_arrived(case: Case, items: Sequence[object]) -> Notice | None:
    last = next((item for item in reversed(items) if isinstance(item, Text)), None)
    if last is None or not last.fate.checks:
        return None
    why = f"If you write the same again now, {case.name} may get it twice."
    return Notice("doubt", "doubt", "The text above may already have arrived", why)


def _quiet(case: Case, outlook: Outlook) -> Notice | None:
    decision = outlook.decision
    if decision is None or not decision.is_deferred:
        return None
    first, *more = decision.reasons
    why = " ".join(reason.sentence for reason in decision.reasons)
    if first.code == "quiet_hours":
        what = f"It is {case.there.here.hour(case.here.now)} for {case.name}: send at {outlook.moment}?"
        return Notice("warn", "moon", what, why)
    return Notice("warn", "clock", first.sentence, " ".join(reason.sentence for reason in more))
