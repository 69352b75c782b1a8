"""Consent: record what people said about being texted, and decide who may say it.

It belongs to the phone number and covers all our senders. Each event is kept for good in the ledger, and what
the ledger says of a number is cached on its conversation, where the gate reads it. docs/consent.md explains.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from leadline.errors import NotFound, TooLate
from leadline.rules.consent import (
    OPTED_OUT,
    ConsentEvent,
    ConsentState,
    Kind,
    Recorded,
    Source,
    derive,
)
from leadline.rules.text import clean_name
from leadline.store import consent, conversations, erased
from leadline.store.conversations import Conversation
from leadline.store.database import Transaction
from leadline.store.scope import EVERYTHING, Scope


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


def was_erased(tx: Transaction, number: str) -> bool:
    """Whether the person opted out, was erased, and has not written since."""
    names = erased.pseudonyms(tx, [number])
    left = conversations.by_number(tx, names[number]) if names else None
    is_out = left is not None and left.consent == OPTED_OUT
    return is_out and conversations.by_number(tx, number) is None


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
    return conversations.by_id(tx, thread.id)


@dataclass(frozen=True, slots=True)
class Review:
    """A number with a possible opt-out that nobody has judged, and the words it is about."""

    conversation_id: int
    number: str
    since: datetime
    words: str
    message_id: int | None


def reviews(
    tx: Transaction,
    *,
    scope: Scope = EVERYTHING,
    after: tuple[datetime, int] | None = None,
    limit: int = 50,
) -> list[Review]:
    """The queue, the longest waiting first; ``after`` is the (since, conversation) that the last page ended
    with.
    """
    waiting = conversations.in_review(tx, scope=scope, after=after, limit=limit)
    told = histories(tx, [thread.number for thread in waiting])
    return [_review(thread, told[thread.number]) for thread in waiting]


def review_of(tx: Transaction, thread: Conversation) -> Review | None:
    """What waits for a person in that conversation, if something does."""
    if thread.review_since is None:
        return None
    return _review(thread, histories(tx, [thread.number])[thread.number])


def _review(thread: Conversation, told: Sequence[Recorded]) -> Review:
    since = thread.review_since or thread.last_at
    asked = [event for event, _ in told if event.kind == Kind.POSSIBLE_STOP and event.at >= since]
    words = "\n".join(event.words for event in asked)
    return Review(thread.id, thread.number, since, words, asked[-1].message_id if asked else None)


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
        reference=clean_name(remark),
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
    conversations.open_for(tx, consent.numbers(tx), now=now)
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
