"""Consent: record what people said about being texted, and decide who may say it.

It belongs to the phone number and covers all our senders. Each event is kept for good in the ledger, and what
the ledger says of a number is cached on its conversation, where the gate reads it. docs/consent.md explains.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from leadline.errors import ConsentRefused, InvalidInput, NotFound, TooLate
from leadline.rules.consent import (
    OPTED_OUT,
    ConsentEvent,
    ConsentState,
    Kind,
    Recorded,
    Source,
    derive,
    why_not,
)
from leadline.rules.text import clean_name, printable
from leadline.store import audit, consent, conversations, erased
from leadline.store.conversations import Conversation
from leadline.store.database import Transaction

# What a user, a program or a file may say of somebody; the rest we hear or see ourselves.
TELLABLE_KINDS = (Kind.OPT_OUT, Kind.OPT_IN)
TELLABLE_SOURCES = (Source.PERSON, Source.IMPORT, Source.WEB_FORM, Source.API)
WORDS_AT_MOST = 2000


@dataclass(frozen=True, slots=True)
class Told:
    """The state after what was told; ``is_new`` is false when the ledger had it already."""

    state: ConsentState
    is_new: bool


def record(tx: Transaction, events: Sequence[ConsentEvent], *, now: datetime) -> dict[str, ConsentState]:
    """Keep events in the ledger; the state of each of their numbers, by which the gate judges from this
    commit on. An opt-in that is heard of after a newer event changes nothing but the record.
    """
    if not events:
        return {}
    threads = conversations.open_for(tx, [event.number for event in events], now=now)
    conversations.lock(tx, [thread.id for thread in threads.values()])
    consent.append(tx, events, now=now)
    states = {number: derive(told) for number, told in histories(tx, threads).items()}
    conversations.set_consent(tx, {threads[number].id: state for number, state in states.items()})
    return states


def histories(tx: Transaction, numbers: Iterable[str]) -> dict[str, list[Recorded]]:
    """What the ledger has of each number, also from before its person was erased."""
    told: dict[str, list[Recorded]] = {number: [] for number in numbers}
    now_called = {old: number for number, old in erased.pseudonyms(tx, told).items()}
    for entry in consent.entries_of(tx, [*told, *now_called]):
        number = now_called.get(entry.event.number, entry.event.number)
        told[number].append(Recorded(entry.event, entry.recorded_at))
    return told


def tell(tx: Transaction, event: ConsentEvent, *, now: datetime) -> Told:
    """Record what a user, a program or a file says that somebody said. Told again, nothing is added.

    An opt-out always counts. An opt-in needs the words and the disclosure that was shown, and cannot undo a
    block of the carrier's or an opt-out that came after it: then ConsentRefused is raised. Raises
    InvalidInput naming the field. Nothing is stored in either case.
    """
    event = _checked(event, now=now)
    before = histories(tx, [event.number])[event.number]
    if any(_is_same(event, known) for known, _ in before):
        return Told(derive(before), is_new=False)
    if event.kind == Kind.OPT_IN:
        _check_opt_in(event, derive(before), now=now)
    state = record(tx, [event], now=now)[event.number]
    action = f"consent.{event.kind}"
    audit.add(tx, actor=event.actor, action=action, subject=f"conversation:{_id(tx, event.number)}", now=now)
    return Told(state, is_new=True)


def _checked(event: ConsentEvent, *, now: datetime) -> ConsentEvent:
    if event.kind not in TELLABLE_KINDS:
        raise InvalidInput("Either opt_out or opt_in.", field="kind", code="consent_kind_unknown")
    if event.source not in TELLABLE_SOURCES:
        known = ", ".join(TELLABLE_SOURCES)
        raise InvalidInput(f"One of: {known}.", field="source", code="consent_source_unknown")
    if event.at > now:
        raise InvalidInput("This is in the future.", field="at", code="consent_in_the_future")
    return replace(
        event,
        words=_tidy(event.words, "words"),
        disclosure=_tidy(event.disclosure, "disclosure"),
        reference=_tidy(event.reference, "reference"),
    )


def _tidy(text: str, field: str) -> str:
    tidy = printable(text, keep_lines=True).strip()
    if len(tidy) > WORDS_AT_MOST:
        raise InvalidInput(f"At most {WORDS_AT_MOST:,} characters.", field=field, code="too_long")
    return tidy


def _check_opt_in(event: ConsentEvent, state: ConsentState, *, now: datetime) -> None:
    for name, what in (("words", "what they said or ticked"), ("disclosure", "what they were shown")):
        if not getattr(event, name):
            raise InvalidInput(f"An opt-in needs {what}.", field=name, code="evidence_missing")
    code = why_not(event, state, recorded_at=now)
    if code is not None and state.consent == OPTED_OUT:
        raise ConsentRefused(_WHY_NOT[code], code=code)


_WHY_NOT: Mapping[str, str] = {
    "carrier_block": "The carrier blocks texts to this number. Only they can undo it, by texting START.",
    "opted_out_since": "They opted out after that. Only they can undo it, or proof that is newer.",
}


def _is_same(event: ConsentEvent, known: ConsentEvent) -> bool:
    """Whoever tells it and wherever it was written down, it happened once."""
    return (event.kind, event.source, event.words, event.disclosure, event.at) == (
        known.kind,
        known.source,
        known.words,
        known.disclosure,
        known.at,
    )


def _id(tx: Transaction, number: str) -> int:
    found = conversations.by_number(tx, number)
    return found.id if found else 0


# The review queue: possible opt-outs, which a person reads.


def judge(
    tx: Transaction, number: str, *, is_opt_out: bool, actor: str, now: datetime, remark: str = ""
) -> Conversation:
    """A person has read what may have been an opt-out. Judged again in the same way, nothing is added.

    Raises NotFound when nothing was ever exchanged with the number, or TooLate when it is to be no opt-out
    and they have opted out meanwhile. That it is one may be said at any time.
    """
    thread = conversations.by_number(tx, number)
    if thread is None:
        raise NotFound("conversation with", number)
    if thread.consent == OPTED_OUT:
        if not is_opt_out:
            raise TooLate("They have opted out. Only they can undo it, by texting START.")
        return thread
    if thread.review_since is None and not is_opt_out:
        return thread
    record(tx, [_judgement(tx, number, is_opt_out=is_opt_out, actor=actor, remark=remark, now=now)], now=now)
    action = "consent.opt_out" if is_opt_out else "consent.not_a_stop"
    audit.add(tx, actor=actor, action=action, subject=f"conversation:{thread.id}", now=now)
    return conversations.by_id(tx, thread.id)


def _judgement(
    tx: Transaction, number: str, *, is_opt_out: bool, actor: str, remark: str, now: datetime
) -> ConsentEvent:
    """It is of now, so that an opt-in of before cannot outweigh it; the words are those that were judged."""
    asked = [event for event in consent.of_number(tx, number) if event.kind == Kind.POSSIBLE_STOP]
    return ConsentEvent(
        number=number,
        kind=Kind.OPT_OUT if is_opt_out else Kind.NOT_A_STOP,
        source=Source.PERSON,
        words=asked[-1].words if asked else "",
        message_id=asked[-1].message_id if asked else None,
        actor=actor,
        at=now,
        reference=clean_name(remark)[:WORDS_AT_MOST],
    )


# What the ledger says, against what is cached of it.


@dataclass(frozen=True, slots=True)
class Difference:
    """A conversation whose cached state is not what its events say."""

    conversation_id: int
    number: str
    cached: ConsentState
    derived: ConsentState


def differences(tx: Transaction) -> list[Difference]:
    """Where the cached state and the ledger disagree; nowhere, unless somebody changed rows by hand."""
    return [difference for page in _pages(tx) for difference in _compare(tx, page)]


def rebuild(tx: Transaction, *, now: datetime) -> list[Difference]:
    """Derive every number's state from the ledger alone, and cache it; what was different."""
    missing = [number for number in consent.numbers(tx) if _id(tx, number) == 0]
    conversations.open_for(tx, missing, now=now)
    found = differences(tx)
    if found:
        conversations.set_consent(tx, {each.conversation_id: each.derived for each in found})
    return found


def _pages(tx: Transaction) -> Iterable[list[Conversation]]:
    page = conversations.everyone(tx)
    while page:
        yield page
        page = conversations.everyone(tx, after=page[-1].id)


def _compare(tx: Transaction, page: Sequence[Conversation]) -> Iterable[Difference]:
    told: Mapping[str, list[Recorded]] = histories(tx, [thread.number for thread in page])
    for thread in page:
        cached = ConsentState(thread.consent, thread.consent_at, thread.review_since)
        derived = replace(derive(told[thread.number]), is_blocked=False)
        if cached != derived:
            yield Difference(thread.id, thread.number, cached, derived)
