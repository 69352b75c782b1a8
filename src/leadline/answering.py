"""Automatic answers to what a lead writes: to STOP, START and HELP where Twilio has none, and to other texts.

Twilio answers its keywords on ordinary and toll-free numbers, but not on short codes
(https://help.twilio.com/articles/223134027), and nobody may get two answers. So a setting names the kinds of
sender on which we answer, and a text that Twilio says it answered gets nothing from us.
"""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

import structlog

from leadline import queueing
from leadline.errors import LeadlineError
from leadline.numbers import kind_of
from leadline.rules.phone import is_phone
from leadline.settings import Settings
from leadline.store import leads
from leadline.store.conversations import Conversation
from leadline.store.database import Transaction
from leadline.twilio.payloads import InboundSms

log = structlog.get_logger("leadline.answering")

# A lead who goes on writing knows that we heard; two machines that answer each other stop after one.
QUIET_BEFORE_AUTO_REPLY = timedelta(hours=24)
# After an outage a lead must not be told hours later that their text has come.
LATEST_ANSWER = timedelta(minutes=30)

ANSWERS: Mapping[str, str] = {
    "opt_out": "You are unsubscribed and get no more texts from us. Text START to return.",
    "opt_in": "You get our texts again. Text HELP for help, STOP to end. Message and data rates may apply.",
    "help": "Text STOP to end our texts. Message and data rates may apply.",
}


def is_ours_to_answer(text: InboundSms, settings: Settings) -> bool:
    """Whether an opt-out, an opt-in or a call for help is answered by us, and not by Twilio."""
    return not text.opt_out_type and kind_of(text.to) in settings.answered_by_us


def answer_keyword(
    tx: Transaction, text: InboundSms, kind: str, *, now: datetime, settings: Settings
) -> None:
    """Queue our answer to an opt-out, an opt-in or a call for help.

    It is one for each text, however often that comes, and for HELP one an hour, since the answer of another
    machine may call for help in turn. After an opt-out it is the one confirmation that may still go out, and
    nothing follows it.
    """
    own = {
        "opt_out": settings.leadline_stop_answer,
        "opt_in": settings.leadline_start_answer,
        "help": settings.leadline_help_answer,
    }
    body = own[kind] or _signed(ANSWERS[kind], settings)
    occasion = f"{text.from_address}:{now:%Y-%m-%dT%H}" if kind == "help" else text.message_sid
    _queue(
        tx,
        text,
        queueing.SendRequest(
            number=text.from_address,
            body=body,
            idempotency_key=f"keyword:{occasion}",
            created_by="auto_reply",
            confirms_opt_out=kind == "opt_out",
        ),
        now=now,
        settings=settings,
    )


def _signed(answer: str, settings: Settings) -> str:
    name = settings.leadline_business_name
    return f"{name}: {answer}" if name else answer


def may_answer(text: InboundSms, ours: Collection[str], *, now: datetime) -> bool:
    """Whether an automatic answer may go there at all: never to a name, to ourselves, or hours late."""
    is_late = now - (text.date_sent or now) > LATEST_ANSWER
    return not is_late and text.from_address not in ours and is_phone(text.from_address)


def may_auto_reply(thread: Conversation, *, wrote_before: datetime | None, now: datetime) -> bool:
    """At most one a day and number; never to someone who opted out, or may have."""
    wrote_lately = wrote_before and now - wrote_before < QUIET_BEFORE_AUTO_REPLY
    return not (wrote_lately or thread.consent == "opted_out" or thread.review_since)


def auto_reply(tx: Transaction, text: InboundSms, *, now: datetime, settings: Settings) -> None:
    """Queue the template that answers a lead's first text of the day."""
    known = leads.with_phone(tx, text.from_address)
    request = queueing.SendRequest(
        lead_id=known[0].id if len(known) == 1 else None,
        number=text.from_address,
        template=settings.leadline_auto_reply_template,
        idempotency_key=f"auto_reply:{text.message_sid}",
        created_by="auto_reply",
    )
    _queue(tx, text, request, now=now, settings=settings)


def _queue(
    tx: Transaction, text: InboundSms, request: queueing.SendRequest, *, now: datetime, settings: Settings
) -> None:
    try:
        queueing.queue(tx, [request], now=now, settings=settings)
    except LeadlineError as error:
        # Neither a template at fault nor a full cap may cost us the lead's text.
        log.warning("auto_reply_failed", reason=str(error), code=error.code, sid=text.message_sid)
