"""Inbound: store what a lead texts, once, and what follows from it."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from leadline import closing, consent
from leadline.answering import (
    ANSWERS,
    answer_keyword,
    auto_reply,
    is_ours_to_answer,
    may_answer,
    may_auto_reply,
)
from leadline.rules.consent import OPTED_OUT, ConsentEvent, Kind, Source
from leadline.settings import Settings
from leadline.store import batch, conversations, leads, media, messages, senders
from leadline.store.conversations import Conversation, Touch
from leadline.store.database import Transaction
from leadline.twilio.payloads import InboundSms
from leadline.understanding import Meaning, Ordered, sent_at, understand


class Received(NamedTuple):
    """A stored text of a lead; ``is_new`` is false when its SID was known.

    ``unordered_with`` is the SID of an opt-out that an opt-in followed so soon that it may be the older one,
    and was merely repeated. Then nothing was stored: ask which came first, and ``receive_ordered``.
    """

    conversation_id: int
    is_new: bool
    unordered_with: str | None = None


def receive(
    tx: Transaction, inbound: Sequence[InboundSms], *, now: datetime, settings: Settings
) -> list[Received]:
    """Store texts from leads with all that follows: consent, unread marks, pictures to fetch, an automatic
    reply in the queue. A text whose SID is known changes nothing, so Twilio may repeat itself for ever.

    One that was fetched from Twilio's list has the time it was sent; any other is of ``now``.
    """
    return _receive(tx, inbound, {}, now=now, settings=settings)


def receive_ordered(
    tx: Transaction, asked: Sequence[Ordered], *, now: datetime, settings: Settings
) -> list[Received]:
    """The same for opt-ins whose order was asked. One that came first is kept and changes nothing."""
    orders = {each.text.message_sid: each for each in asked}
    return _receive(tx, [each.text for each in asked], orders, now=now, settings=settings)


def _receive(
    tx: Transaction,
    inbound: Sequence[InboundSms],
    orders: Mapping[str, Ordered],
    *,
    now: datetime,
    settings: Settings,
) -> list[Received]:
    # A conversation is as old as its first text, or that would not be its last.
    opened = min((sent_at(text, now) for text in inbound), default=now)
    numbers = {text.from_address for text in inbound}
    known, owners, ours = batch.ask(
        tx, conversations.of_numbers(numbers), leads.owners(numbers), senders.ids()
    )
    threads = conversations.open_for(tx, numbers, now=opened, known=known)
    meanings = understand(tx, inbound, threads, orders, now=now)
    unordered = {sid: meaning.reason for sid, meaning in meanings.items() if meaning.kind == "unordered"}
    heard = [text for text in inbound if text.message_sid not in unordered] if unordered else inbound
    added = _add(tx, heard, threads, owners, ours, now=now)
    fresh = list({text.message_sid: text for text in heard if text.message_sid in added}.values())
    conversations.touch(tx, _touches(fresh, threads, now=now))
    closing.opened_by_leads(tx, (threads[text.from_address] for text in fresh), now=now)
    media.add(tx, _attachments(fresh, added), now=now)
    after = _record(tx, fresh, meanings, threads, added=added, now=now)
    before = {number: _Before(thread.consent, thread.last_inbound_at) for number, thread in threads.items()}
    for text in fresh:
        number, meaning = text.from_address, meanings[text.message_sid]
        if _may_be_answered(meaning, settings) and may_answer(text, ours, now=now):
            _answer(tx, text, meaning, before[number], after[number], now=now, settings=settings)
        # The next text of this batch may be theirs too.
        before[number] = _Before(after[number].consent, now)
    return [
        Received(threads[text.from_address].id, text.message_sid in added, unordered.get(text.message_sid))
        for text in inbound
    ]


def _add(
    tx: Transaction,
    inbound: Sequence[InboundSms],
    threads: Mapping[str, Conversation],
    owners: Mapping[str, int],
    ours: Mapping[str, int],
    *,
    now: datetime,
) -> dict[str, int]:
    new = [
        messages.NewInbound(
            conversation_id=threads[text.from_address].id,
            lead_id=owners.get(text.from_address),
            sender_id=ours.get(text.to) or ours.get(text.messaging_service_sid or ""),
            number=text.from_address,
            body=text.body,
            media_urls=json.dumps([item.url for item in text.media]) if text.media else "[]",
            segments=text.num_segments,
            twilio_sid=text.message_sid,
            at=sent_at(text, now),
        )
        for text in inbound
    ]
    return messages.add_inbound(tx, new)


def _touches(
    fresh: Sequence[InboundSms], threads: Mapping[str, Conversation], *, now: datetime
) -> list[Touch]:
    """One entry a conversation, with the last text and how many there are."""
    by_conversation: dict[int, Touch] = {}
    for text in fresh:
        conversation_id = threads[text.from_address].id
        before = by_conversation.get(conversation_id)
        unread = before.unread + 1 if before else 1
        by_conversation[conversation_id] = Touch(conversation_id, _preview(text), unread, sent_at(text, now))
    return list(by_conversation.values())


def _preview(text: InboundSms) -> str:
    return text.body or ("Sent a picture" if text.media else "")


def _attachments(fresh: Sequence[InboundSms], ids: Mapping[str, int]) -> list[tuple[int, int, str, str]]:
    return [
        (ids[text.message_sid], position, item.url, item.content_type)
        for text in fresh
        for position, item in enumerate(text.media)
    ]


# What of it goes into the ledger, and as what.
_EVENTS: Mapping[str, Kind] = {
    "opt_out": Kind.OPT_OUT,
    "opt_in": Kind.OPT_IN,
    "came_before": Kind.OPT_IN,
    "opt_out_review": Kind.POSSIBLE_STOP,
}


def _record(
    tx: Transaction,
    fresh: Sequence[InboundSms],
    meanings: Mapping[str, Meaning],
    threads: Mapping[str, Conversation],
    *,
    added: Mapping[str, int],
    now: datetime,
) -> Mapping[str, Conversation]:
    """Put what was asked for into the ledger; the conversations as it then says."""
    events = [
        ConsentEvent(
            number=text.from_address,
            kind=_EVENTS[meaning.kind],
            source=meaning.source,
            words=text.body,
            message_id=added[text.message_sid],
            actor="lead",
            at=meaning.at or sent_at(text, now),
            reference=meaning.reason,
        )
        for text in fresh
        if (meaning := meanings[text.message_sid]).kind in _EVENTS
    ]
    changed = {
        number: threads[number]._replace(
            consent=state.consent,
            consent_at=state.consent_at,
            review_since=state.review_since,
        )
        for number, state in consent.record(tx, events, now=now).items()
    }
    return {**threads, **changed} if changed else threads


class _Before(NamedTuple):
    """How a conversation was before a text."""

    consent: str
    wrote_at: datetime | None


def _may_be_answered(meaning: Meaning, settings: Settings) -> bool:
    """Whether to look closer: most texts are for a person to answer."""
    return meaning.kind in ANSWERS or bool(settings.leadline_auto_reply_template)


def _answer(
    tx: Transaction,
    text: InboundSms,
    meaning: Meaning,
    before: _Before,
    thread: Conversation,
    *,
    now: datetime,
    settings: Settings,
) -> None:
    """At most one automatic answer. Who had opted out gets neither a second confirmation nor help."""
    if meaning.kind in ANSWERS and is_ours_to_answer(text, settings):
        if meaning.kind == "opt_in" or before.consent != OPTED_OUT:
            answer_keyword(tx, text, meaning.kind, now=now, settings=settings)
        return
    is_alone = may_auto_reply(thread, wrote_before=before.wrote_at, now=now)
    if settings.leadline_auto_reply_template and _is_ordinary(meaning) and is_alone:
        auto_reply(tx, text, now=now, settings=settings)


def _is_ordinary(meaning: Meaning) -> bool:
    """What Twilio has no answer to: to it, "who is this?" is no call for help."""
    return meaning.kind == "none" or (meaning.kind == "help" and meaning.source is Source.FREE_TEXT)
