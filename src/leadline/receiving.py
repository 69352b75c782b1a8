"""Inbound: store what a lead texts, once, and what follows from it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from leadline import consent, queueing
from leadline.errors import LeadlineError
from leadline.rules.keywords import Keyword, keyword
from leadline.rules.phone import is_phone
from leadline.settings import Settings
from leadline.store import conversations, leads, media, messages, senders
from leadline.store.consent import ConsentEvent
from leadline.store.conversations import Conversation, Touch
from leadline.store.database import Transaction
from leadline.twilio.payloads import InboundSms

log = structlog.get_logger("leadline.receiving")

# A lead who goes on writing knows that we heard; two machines that answer each other stop after one.
QUIET_BEFORE_AUTO_REPLY = timedelta(hours=24)
# After an outage a lead must not be told hours later that their text has come.
LATEST_AUTO_REPLY = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Received:
    """A stored text of a lead; ``is_new`` is false when its SID was known."""

    conversation_id: int | None
    is_new: bool


def receive(
    tx: Transaction, inbound: Sequence[InboundSms], *, now: datetime, settings: Settings
) -> list[Received]:
    """Store texts from leads with all that follows: consent, unread marks, pictures to fetch, an automatic
    reply in the queue. A text whose SID is known changes nothing, so Twilio may repeat itself for ever.

    One that was fetched from Twilio's list has the time it was sent; any other is of ``now``.
    """
    # A conversation is as old as its first text, or that would not be its last.
    opened = min((_moment(text, now) for text in inbound), default=now)
    threads = conversations.open_for(tx, [text.from_address for text in inbound], now=opened)
    ours = {sender.address: sender.id for sender in senders.everyone(tx)}
    added = _add(tx, inbound, threads, ours, now=now)
    fresh = list({text.message_sid: text for text in inbound if text.message_sid in added}.values())
    conversations.touch(tx, _touches(fresh, threads, now=now))
    media.add(tx, _attachments(fresh, added), now=now)
    for text in fresh:
        thread = threads[text.from_address]
        said = _keyword(text)
        if said is not None:
            threads[text.from_address] = _apply(
                tx, said, text, thread, message_id=added[text.message_sid], now=now
            )
        elif settings.leadline_auto_reply_template and _may_auto_reply(text, thread, ours, now=now):
            _queue_auto_reply(tx, text, now=now, settings=settings)
        # The next text of this batch may be theirs too.
        threads[text.from_address] = replace(threads[text.from_address], last_inbound_at=now)
    return [Received(threads[text.from_address].id, text.message_sid in added) for text in inbound]


def _moment(text: InboundSms, now: datetime) -> datetime:
    """When it was sent. A clock ahead of ours must not put a text into the future."""
    return min(text.date_sent or now, now)


def _add(
    tx: Transaction,
    inbound: Sequence[InboundSms],
    threads: Mapping[str, Conversation],
    ours: Mapping[str, int],
    *,
    now: datetime,
) -> dict[str, int]:
    owners = leads.owners(tx, threads)
    new = [
        messages.NewInbound(
            conversation_id=threads[text.from_address].id,
            lead_id=owners.get(text.from_address),
            sender_id=ours.get(text.to) or ours.get(text.messaging_service_sid or ""),
            number=text.from_address,
            body=text.body,
            media_urls=json.dumps([item.url for item in text.media]),
            segments=text.num_segments,
            twilio_sid=text.message_sid,
            at=_moment(text, now),
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
        by_conversation[conversation_id] = Touch(conversation_id, _preview(text), unread, _moment(text, now))
    return list(by_conversation.values())


def _preview(text: InboundSms) -> str:
    return text.body or ("Sent a picture" if text.media else "")


def _attachments(fresh: Sequence[InboundSms], ids: Mapping[str, int]) -> list[tuple[int, int, str, str]]:
    return [
        (ids[text.message_sid], position, item.url, item.content_type)
        for text in fresh
        for position, item in enumerate(text.media)
    ]


def _keyword(text: InboundSms) -> Keyword | None:
    """What Twilio's Advanced Opt-Out understood, which may be in any language, else what we do."""
    return _OPT_OUT_TYPES.get(text.opt_out_type or "") or keyword(text.body)


_OPT_OUT_TYPES: Mapping[str, Keyword] = {"STOP": Keyword.STOP, "START": Keyword.START, "HELP": Keyword.HELP}


def _apply(
    tx: Transaction,
    said: Keyword,
    text: InboundSms,
    thread: Conversation,
    *,
    message_id: int,
    now: datetime,
) -> Conversation:
    """Record a STOP or START; the conversation as it is afterwards. Twilio itself answers keywords."""
    # "YES" to a question is an answer; it opts in only someone who had opted out.
    is_opt_in = said is Keyword.START and thread.consent == "opted_out"
    if said is not Keyword.STOP and not is_opt_in:
        return thread
    event = ConsentEvent(
        number=text.from_address,
        kind="opt_in" if is_opt_in else "opt_out",
        source="keyword",
        words=text.body,
        message_id=message_id,
        actor="lead",
        at=_moment(text, now),
    )
    return replace(thread, consent=consent.record(tx, event, is_late=text.date_sent is not None))


def _may_auto_reply(
    text: InboundSms, thread: Conversation, ours: Mapping[str, int], *, now: datetime
) -> bool:
    """At most one a day and number; never to someone who opted out, a name, or ourselves, nor hours late."""
    if now - _moment(text, now) > LATEST_AUTO_REPLY:
        return False
    wrote_lately = thread.last_inbound_at and now - thread.last_inbound_at < QUIET_BEFORE_AUTO_REPLY
    is_ours = text.from_address in ours
    return not (wrote_lately or is_ours or thread.consent == "opted_out") and is_phone(text.from_address)


def _queue_auto_reply(tx: Transaction, text: InboundSms, *, now: datetime, settings: Settings) -> None:
    known = leads.with_phone(tx, text.from_address)
    request = queueing.SendRequest(
        lead_id=known[0].id if len(known) == 1 else None,
        number=text.from_address,
        template=settings.leadline_auto_reply_template,
        idempotency_key=f"auto_reply:{text.message_sid}",
        created_by="auto_reply",
    )
    try:
        queueing.queue(tx, [request], now=now, settings=settings)
    except LeadlineError as error:
        # A template at fault must not cost us the lead's text.
        log.warning("auto_reply_failed", reason=str(error), code=error.code)
