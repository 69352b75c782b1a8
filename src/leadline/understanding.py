"""Understanding: what a lead's text asks for, given what was said before it.

``rules.replies`` judges the words. Here they are set beside whether the person had opted out, and whether
this text really came after the one that did it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from leadline.rules.consent import CLOCKS_DIFFER, OPTED_OUT, Source
from leadline.rules.keywords import Keyword, keyword
from leadline.rules.replies import classify_reply
from leadline.store.consent import last_opt_out_text
from leadline.store.conversations import Conversation
from leadline.store.database import Transaction
from leadline.twilio.payloads import InboundSms

# Twilio repeats a webhook for 15 s (https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides),
# and meanwhile our clock may be set.
REPEATED_FOR = timedelta(seconds=15) + CLOCKS_DIFFER
_A_MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Ordered:
    """An opt-in, and whether it is known to have come after that opt-out."""

    text: InboundSms
    opt_out_sid: str
    is_after: bool


class Meaning(NamedTuple):
    """What a text asks for, and how we know: opt_out, opt_out_review, opt_in, in_already, help or none; of an
    opt-in that followed an opt-out too closely, that it came_before or is unordered.
    """

    kind: str
    source: Source
    reason: str = ""
    at: datetime | None = None  # if not the text's own moment


class _Standing(NamedTuple):
    """Whether a number had opted out before a text, when, and with which text of the same batch if any."""

    is_out: bool
    since: datetime | None
    sid: str = ""


def understand(
    tx: Transaction,
    inbound: Sequence[InboundSms],
    threads: Mapping[str, Conversation],
    orders: Mapping[str, Ordered],
    *,
    now: datetime,
) -> dict[str, Meaning]:
    """What each text means, by its SID. "YES" to a question is an answer; it opts in only someone who had
    opted out, be it with the text before. ``orders`` is what is known of opt-ins that were unordered, by SID.
    """
    standing = {
        number: _Standing(thread.consent == OPTED_OUT, thread.consent_at)
        for number, thread in threads.items()
    }
    found: dict[str, Meaning] = {}
    for text in inbound:
        if text.message_sid in found:
            continue
        before = standing[text.from_address]
        meaning = _meaning(text, is_out=before.is_out)
        if meaning.kind == "opt_in" and text.date_sent is None:
            meaning = _in_order(tx, text, meaning, before, orders.get(text.message_sid), now=now)
        elif meaning.kind == "opt_in":
            # From Twilio's list, so it is late, also where our clock is behind and puts it into the future.
            meaning = meaning._replace(at=min(sent_at(text, now), now - _A_MOMENT))
        if meaning.kind == "opt_out":
            standing[text.from_address] = _Standing(True, sent_at(text, now), text.message_sid)
        elif meaning.kind == "opt_in":
            standing[text.from_address] = _Standing(False, now)
        found[text.message_sid] = meaning
    return found


def _in_order(
    tx: Transaction,
    text: InboundSms,
    meaning: Meaning,
    before: _Standing,
    order: Ordered | None,
    *,
    now: datetime,
) -> Meaning:
    """What an opt-in that came by webhook means, which may have been sent before the opt-out it follows."""
    if before.since is None or now - before.since > REPEATED_FOR:
        return meaning
    opt_out_sid = before.sid or last_opt_out_text(tx, text.from_address)
    if opt_out_sid is None:
        return meaning
    if order is None or order.opt_out_sid != opt_out_sid:
        return meaning._replace(kind="unordered", reason=opt_out_sid)
    if order.is_after:
        return meaning
    # Older than the opt-out and than its own record, whatever the clocks say: so it changes nothing.
    return meaning._replace(kind="came_before", at=min(before.since, now) - _A_MOMENT)


def _meaning(text: InboundSms, *, is_out: bool) -> Meaning:
    """What Twilio's Advanced Opt-Out understood, which may be in any language, else what we do."""
    told = _OPT_OUT_TYPES.get(text.opt_out_type or "")
    if told is not None:
        said = Meaning(told, Source.KEYWORD, "Twilio's OptOutType says so.")
    else:
        word, intent = keyword(text.body), classify_reply(text.body, opted_out=is_out)
        source = Source.KEYWORD if word else Source.FREE_TEXT
        said = Meaning(intent.kind.value, source, intent.reason)
        # Twilio takes a bare "yes" for its keyword START, and answers it, whatever it was an answer to.
        if not is_out and word is Keyword.START:
            return said._replace(kind="in_already")
    if not is_out and said.kind == "opt_in":
        return said._replace(kind="in_already")
    return said


_OPT_OUT_TYPES: Mapping[str, str] = {"STOP": "opt_out", "START": "opt_in", "HELP": "help"}


def sent_at(text: InboundSms, now: datetime) -> datetime:
    """When it was sent. A clock ahead of ours must not put a text into the future."""
    return min(text.date_sent or now, now)
