"""Consent: it belongs to the phone number, covers all our senders, and its events are never erased."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from leadline.store import consent, conversations
from leadline.store.consent import ConsentEvent
from leadline.store.database import Transaction

# What each kind of event makes of a number.
_STATE_AFTER: Mapping[str, str] = {"opt_out": "opted_out", "opt_in": "opted_in"}


# How far our clock and Twilio's may be apart.
CLOCKS_DIFFER = timedelta(hours=1)


def record(tx: Transaction, event: ConsentEvent, *, is_late: bool = False) -> str:
    """Keep an event; returns the number's new state, by which the gate judges from this commit on.

    An opt-out always counts. An opt-in that is heard of late, with Twilio's time for it, changes nothing but
    the record when an event of ours may be newer.
    """
    conversation = conversations.open_for(tx, [event.number], now=event.at)[event.number]
    consent.add(tx, event)
    if is_late and event.kind == "opt_in" and _may_be_newer(conversation.consent_at, event.at):
        return conversation.consent
    after = _STATE_AFTER[event.kind]
    conversations.set_consent(tx, conversation.id, after, at=event.at)
    return after


def _may_be_newer(ours: datetime | None, theirs: datetime) -> bool:
    return ours is not None and ours > theirs - CLOCKS_DIFFER


def record_carrier_opt_out(tx: Transaction, number: str, *, message_id: int | None, now: datetime) -> None:
    """Twilio refused with 21610: the person told the carrier, or Twilio, to stop, and we had not heard."""
    record(
        tx,
        ConsentEvent(
            number=number,
            kind="opt_out",
            source="carrier",
            words="21610",
            message_id=message_id,
            actor="twilio",
            at=now,
        ),
    )
