"""What consent events make of a number: one function, by which the cached state is kept and rebuilt.

Consent belongs to the number and covers all our senders. An opt-out counts whenever it is recorded, an opt-in
unless something newer may be known. What the carrier blocks only the person opens again, and a possible
opt-out waits until somebody has read it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

NONE, OPTED_IN, OPTED_OUT = "none", "opted_in", "opted_out"


class Kind(StrEnum):
    """What happened. ``possible_stop`` waits for a person; ``not_a_stop`` is their answer.

    ``erased`` says that what is personal in earlier events was blanked.
    """

    OPT_OUT = "opt_out"
    OPT_IN = "opt_in"
    POSSIBLE_STOP = "possible_stop"
    NOT_A_STOP = "not_a_stop"
    ERASED = "erased"


class Source(StrEnum):
    """How we know."""

    KEYWORD = "keyword"  # a text that is STOP or START and nothing else, or Twilio's OptOutType
    FREE_TEXT = "free_text"  # a text whose meaning that is
    CARRIER = "carrier"  # 21610, or a toll-free text that the network blocked
    PERSON = "person"  # a user wrote down what they were told
    IMPORT = "import"
    WEB_FORM = "web_form"
    API = "api"


# How far our clock and Twilio's may be apart.
CLOCKS_DIFFER = timedelta(hours=1)
_BY_TWILIOS_CLOCK = frozenset({Source.KEYWORD, Source.FREE_TEXT})

# Twilio lifts its block for these alone, when they are the whole message
# (https://help.twilio.com/articles/223134027); our own words for START open nothing there.
LIFTING_WORDS = frozenset({"start", "unstop", "yes"})


@dataclass(frozen=True, slots=True)
class ConsentEvent:
    """One thing that happened to the consent of a number, at the moment ``at``.

    ``words`` are exactly theirs. ``disclosure`` is what they were shown when they agreed, ``reference`` where
    the proof lies: the address of a form, a file and row. ``actor`` is lead, twilio, user:3, token:7 or cli.
    """

    number: str
    kind: str
    source: str
    words: str
    message_id: int | None
    actor: str
    at: datetime
    disclosure: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class ConsentState:
    """Where a number stands. ``is_blocked`` means by the carrier, so that only they can undo it."""

    consent: str = NONE
    consent_at: datetime | None = None
    review_since: datetime | None = None
    is_blocked: bool = False


class Recorded(NamedTuple):
    """An event, and when it came into the ledger."""

    event: ConsentEvent
    recorded_at: datetime


def derive(told: Sequence[Recorded]) -> ConsentState:
    """The state after these events of one number, which come in the order in which they were recorded."""
    state = ConsentState()
    for event, recorded_at in told:
        if event.kind == Kind.OPT_OUT:
            is_blocked = state.is_blocked or event.source == Source.CARRIER
            state = ConsentState(OPTED_OUT, event.at, is_blocked=is_blocked)
        elif event.kind == Kind.OPT_IN and not why_not(event, state, recorded_at=recorded_at):
            state = ConsentState(OPTED_IN, event.at)
    if state.consent == OPTED_OUT:
        return state
    return replace(state, review_since=_review_since([event for event, _ in told]))


def why_not(opt_in: ConsentEvent, state: ConsentState, *, recorded_at: datetime) -> str | None:
    """Why an opt-in changes nothing: carrier_block or opted_out_since; None when it counts.

    One that is heard of late counts only when nothing of ours may be newer.
    """
    if state.is_blocked and not lifts_a_block(opt_in):
        return "carrier_block"
    is_late = opt_in.at < recorded_at
    if not is_late or state.consent_at is None:
        return None
    differ = CLOCKS_DIFFER if opt_in.source in _BY_TWILIOS_CLOCK else timedelta(0)
    return "opted_out_since" if state.consent_at >= opt_in.at - differ else None


def lifts_a_block(event: ConsentEvent) -> bool:
    """Whether Twilio heard it too, and opened what it or the carrier had blocked."""
    return event.source == Source.KEYWORD and event.words.strip().lower() in LIFTING_WORDS


def _review_since(events: Iterable[ConsentEvent]) -> datetime | None:
    """Since when the first unread possible opt-out waits. What is heard of late waits too, so this goes by
    the order of recording: who decided before had not seen it.
    """
    since = None
    for event in events:
        if event.kind == Kind.POSSIBLE_STOP:
            since = since or event.at
        elif since is not None and _answers_a_review(event, since):
            since = None
    return since


def _answers_a_review(event: ConsentEvent, since: datetime) -> bool:
    """A decision, or plain words of their own since; an old opt-out that is imported is neither."""
    is_theirs = event.kind == Kind.OPT_OUT or event.source == Source.KEYWORD
    return event.kind == Kind.NOT_A_STOP or (is_theirs and event.at >= since)
