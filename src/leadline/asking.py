"""Asking the gate: look up what it has to know of each text, and pass its answers on.

It is asked when a text is queued, and again in the transaction that claims it. Both look at the same facts
and keep to the same rules, those of the settings.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache

from leadline.errors import SettingsError
from leadline.rules.caps import CAPS, MARKETING, Cap, Counted, Earlier
from leadline.rules.gate import HOURS_OFF, SIMULATED, Decision, Question, Rules, decide
from leadline.rules.hours import QuietHours
from leadline.rules.law_table import Basis, Law
from leadline.rules.text import utf16_units
from leadline.rules.whereabouts import Whereabouts, candidates
from leadline.settings import Settings
from leadline.simulation import is_simulated
from leadline.store import leads, outbox, senders
from leadline.store.conversations import Conversation
from leadline.store.database import Transaction
from leadline.store.leads import Lead
from leadline.store.messages import NewOutbound
from leadline.store.outbox import Due
from leadline.store.senders import Sender

# A text that waits for a person, to set a time zone for example, is judged again this often.
LOOK_AGAIN = timedelta(minutes=5)
# Authors that are no person.
AUTOMATIC = frozenset({"auto_reply"})
_CAMPAIGN = 1  # the priority of what answers nobody
_GOLDEN = 0.6180339887498949


@lru_cache(maxsize=16)
def rules_of(settings: Settings) -> Rules:
    """What these settings say a team keeps to. Raises SettingsError for hours or days that cannot be read."""
    is_off = settings.leadline_quiet_hours is None and is_simulated(settings)
    try:
        hours = QuietHours(
            is_on=not is_off and settings.leadline_quiet_hours is not False,
            own=_own_hours(settings.leadline_own_hours),
            closed=_days(settings.leadline_closed_days),
        )
    except ValueError as error:
        raise SettingsError(f"LEADLINE_OWN_HOURS or LEADLINE_CLOSED_DAYS: {error}.") from None
    return Rules(
        countries=settings.countries,
        quiet_hours=hours,
        caps=_caps(settings),
        answer_within=timedelta(minutes=settings.leadline_answer_minutes),
        why_any_hour=SIMULATED if is_off else HOURS_OFF,
    )


def _own_hours(text: str | None) -> Law | None:
    if text is None:
        return None
    spans = ["" if span == "none" else span for span in text.split()]
    if len(spans) not in (1, 3):
        raise ValueError(f"{text!r} is neither one span nor three")
    weekdays, saturday, sunday = spans if len(spans) == 3 else spans * 3
    return Law("", weekdays, saturday, sunday, None, source="the team's own hours", basis=Basis.CHOICE)


def _days(text: str | None) -> frozenset[date]:
    return frozenset(date.fromisoformat(day.strip()) for day in (text or "").split(",") if day.strip())


def _caps(settings: Settings) -> tuple[Cap, ...]:
    most: Mapping[str, int] = {
        "marketing_per_day": settings.leadline_marketing_per_day,
        "marketing_per_week": settings.leadline_marketing_per_week,
        "automatic_per_hour": settings.leadline_automatic_per_hour,
        "automatic_per_day": settings.leadline_automatic_per_day,
    }
    return tuple(cap._replace(most=most[cap.code]) for cap in CAPS)


def at_queue(
    tx: Transaction,
    new: Sequence[NewOutbound],
    *,
    threads: Mapping[str, Conversation],
    known: Mapping[int, Lead],
    sender: Sender,
    now: datetime,
    settings: Settings,
) -> list[Decision]:
    """The gate's answer for each text that is to be queued, as of the moment it is due."""
    rules = rules_of(settings)
    known = {**known, **_sole_owners(tx, new)}
    # What waits in the queue will have gone by the time this one goes.
    before = _earlier(tx, _capped(new, rules), rules, now=now, with_queued=True)
    decisions = []
    for item in new:
        thread = threads[item.number]
        moment = max(item.due_at, now)
        decision = decide(
            Question(
                moment,
                thread.consent,
                _whereabouts(item, known, settings),
                category=item.category,
                is_automatic=item.created_by in AUTOMATIC,
                answers=None if item.priority == _CAMPAIGN else thread.last_inbound_at,
                earlier=tuple(before.get(thread.id, ())),
                sender_stopped_because=sender.stopped_because,
                length=_length(item.body),
                has_media=bool(item.media_urls),
                is_number_unusable=thread.unusable_because is not None,
                is_review_pending=thread.review_since is not None,
                spread=spread(thread.id),
            ),
            rules,
        )
        if thread.id in before:
            at = decision.until or moment
            before[thread.id].append(Earlier(at, item.category, item.created_by in AUTOMATIC))
        decisions.append(decision)
    return decisions


def at_claim(tx: Transaction, due: Sequence[Due], *, now: datetime, settings: Settings) -> list[Decision]:
    """The gate's answer for each text that a worker could send now."""
    rules = rules_of(settings)
    before = _earlier(tx, _capped(due, rules), rules, now=now, with_queued=False)
    return [
        decide(
            Question(
                now,
                item.consent,
                candidates(
                    item.number,
                    zone=item.time_zone,
                    state=item.state,
                    zip_code=item.zip,
                    home=settings.leadline_region,
                ),
                category=item.category,
                is_automatic=item.created_by in AUTOMATIC,
                answers=None if item.priority == _CAMPAIGN else item.last_inbound_at,
                earlier=tuple(before.get(item.conversation_id, ())),
                length=_length(item.body),
                has_media=bool(item.media_urls),
                is_number_unusable=item.is_unusable,
                is_review_pending=item.is_in_review,
                spread=spread(item.conversation_id),
            ),
            rules,
        )
        for item in due
    ]


def outlook(
    tx: Transaction, thread: Conversation, lead: Lead | None, *, now: datetime, settings: Settings
) -> Decision:
    """What the gate would say of an answer that a person wrote to them at this moment. Raises NotFound while
    there is no sender.
    """
    sender = senders.by_address(tx, settings.sender or "")
    text = NewOutbound(
        conversation_id=thread.id,
        lead_id=lead.id if lead else None,
        sender_id=sender.id,
        number=thread.number,
        body="?",
        media_urls=(),
        segments=1,
        template=None,
        category="conversational",
        idempotency_key="",
        request_hash="",
        created_by="user",
        priority=0,
        due_at=now,
    )
    known = {lead.id: lead} if lead else {}
    [decision] = at_queue(
        tx, [text], threads={thread.number: thread}, known=known, sender=sender, now=now, settings=settings
    )
    return decision


@lru_cache(maxsize=4096)
def said(decision: Decision) -> str:
    """A decision as it is stored. Within a minute nearly all say the same."""
    return json.dumps(decision.as_json(), ensure_ascii=False)


def spread(conversation_id: int) -> float:
    """Where a conversation stands in the ten minutes after the hours begin: even, and the same for all its
    texts, so that they keep their order.
    """
    return conversation_id * _GOLDEN % 1


def _length(body: str) -> int:
    return len(body) if body.isascii() else utf16_units(body)


def _whereabouts(item: NewOutbound, known: Mapping[int, Lead], settings: Settings) -> Whereabouts:
    lead = known.get(item.lead_id or -item.conversation_id)
    home = settings.leadline_region
    if lead is None:
        return candidates(item.number, home=home)
    return candidates(item.number, zone=lead.time_zone, state=lead.state, zip_code=lead.zip, home=home)


def _sole_owners(tx: Transaction, new: Sequence[NewOutbound]) -> dict[int, Lead]:
    """By minus the conversation: the lead of a number that was given without one, if it has just one."""
    without = {item.number: -item.conversation_id for item in new if item.lead_id is None}
    owners = leads.owners(without).ask(tx) if without else {}
    found = leads.by_ids(tx, owners.values()) if owners else {}
    return {without[number]: found[lead_id] for number, lead_id in owners.items()}


def _capped(texts: Sequence[NewOutbound] | Sequence[Due], rules: Rules) -> list[int]:
    """The conversations of those of these texts that a cap may hold back."""
    if any(cap.counted is Counted.ANY for cap in rules.caps):
        return [text.conversation_id for text in texts]
    return [
        text.conversation_id for text in texts if text.category == MARKETING or text.created_by in AUTOMATIC
    ]


def _earlier(
    tx: Transaction, conversation_ids: Iterable[int], rules: Rules, *, now: datetime, with_queued: bool
) -> dict[int, list[Earlier]]:
    """What went to these before, the oldest first; a list for each of them."""
    before: dict[int, list[Earlier]] = {key: [] for key in conversation_ids}
    if before:
        since = now - rules.look_back
        for key, at, category, author in outbox.went(tx, before, since=since, with_queued=with_queued):
            before[key].append(Earlier(at, category, author in AUTOMATIC))
    return before
