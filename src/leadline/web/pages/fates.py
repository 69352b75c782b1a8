"""What is known of texts that did not simply arrive: failed, of unknown fate, or sent twice."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from leadline.rules import state
from leadline.rules.looks import LIST_LOOKS, looks_in_all
from leadline.store import attempts, evidence
from leadline.store.attempts import Attempt
from leadline.store.database import Transaction
from leadline.store.evidence import Recorded
from leadline.store.messages import Message
from leadline.twilio.codes import explain
from leadline.web.pages.times import Here, short
from leadline.web.pages.words import (
    DECISIONS,
    IN_DOUBT,
    LEFT,
    OUTCOMES,
    REPORTS,
    SEARCHES,
    TWICE,
    UNCONFIRMED,
)

NO_TRACE = {state.UNCONFIRMED: UNCONFIRMED, state.CLOSED_UNCONFIRMED: LEFT}
OF_UNKNOWN_FATE = frozenset({state.IN_DOUBT, *NO_TRACE})


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that happened to a text."""

    at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class Check:
    """A planned search of Twilio's list, so long after the text was handed over."""

    words: str
    is_done: bool


@dataclass(frozen=True, slots=True)
class Fate:
    """``why``: what is so, and what to do about it. ``facts`` is all that happened; ``is_plain`` while it is
    what happens to every text. ``checks`` is empty once the search is over.
    """

    why: tuple[str, str] | None = None
    facts: tuple[Fact, ...] = ()
    checks: tuple[Check, ...] = ()
    is_plain: bool = True
    may_decide: bool = False
    is_double: bool = False


def fates(tx: Transaction, page: Sequence[Message], here: Here) -> dict[int, Fate]:
    """What there is to say of those of these texts that are ours, by their ids."""
    ours = [each for each in page if each.direction == "outbound"]
    if not ours:
        return {}
    tried = attempts.of_messages(tx, [each.id for each in ours])
    doubles = attempts.doubled(tx, [each.id for each in ours])
    said = _said_of(tx, ours, tried)
    return {
        each.id: _fate(each, tried.get(each.id, []), said[each.id], here, is_double=each.id in doubles)
        for each in ours
    }


def _said_of(
    tx: Transaction, ours: Sequence[Message], tried: Mapping[int, Sequence[Attempt]]
) -> dict[int, list[Recorded]]:
    """The evidence about each text, read for all of them at once."""
    by_attempt = {attempt.id: key for key, each in tried.items() for attempt in each}
    by_sid = {attempt.twilio_sid: key for key, each in tried.items() for attempt in each}
    by_sid |= {each.twilio_sid: each.id for each in ours}
    found: dict[int, list[Recorded]] = {each.id: [] for each in ours}
    for fact in evidence.of_message(tx, by_attempt, [sid for sid in by_sid if sid]):
        key = by_attempt.get(fact.attempt_id or 0) or by_sid.get(fact.twilio_sid)
        if key is not None:
            found[key].append(fact)
    return found


def _fate(
    message: Message, tried: Sequence[Attempt], said: Sequence[Recorded], here: Here, *, is_double: bool
) -> Fate:
    searched = tried[-1] if tried and message.state == state.IN_DOUBT else None
    return Fate(
        why=TWICE if is_double else _why(message, searched, here),
        facts=_facts(tried, said),
        checks=tuple(_checks(searched)) if searched else (),
        is_plain=not (is_double or message.error_code > 0 or message.state in OF_UNKNOWN_FATE),
        may_decide=message.state == state.UNCONFIRMED,
        is_double=is_double,
    )


def _why(message: Message, searched: Attempt | None, here: Here) -> tuple[str, str] | None:
    if searched:
        return IN_DOUBT[0], _progress(searched, here)
    if message.state in NO_TRACE:
        return NO_TRACE[message.state]
    if message.error_code:
        meaning = explain(message.error_code)
        return meaning.sentence, f"{meaning.what_to_do} (error {message.error_code})"
    if message.decision and _was_held(message.state, message.decision):
        sentences = [str(reason["sentence"]) for reason in message.decision["reasons"]]
        return sentences[0], " ".join(sentences[1:])
    return None


def _was_held(how_far: str, decision: Mapping[str, Any]) -> bool:
    """Whether the gate said no, or not yet."""
    return how_far == state.REFUSED or (how_far == state.QUEUED and decision["verdict"] == "deferred")


def _progress(searched: Attempt, here: Here) -> str:
    next_at = searched.next_look_at
    return IN_DOUBT[1].format(
        done=searched.looks,
        all=looks_in_all(LIST_LOOKS, searched.started_at, done=searched.looks, next_at=next_at),
        when=here.until(next_at) if next_at else "at once",
    )


def _checks(searched: Attempt) -> Iterator[Check]:
    passed = (searched.next_look_at or searched.started_at) - timedelta(seconds=1) - searched.started_at
    for wait in LIST_LOOKS:
        yield Check(short(wait), is_done=searched.looks > 0 and wait < passed)


def _facts(tried: Sequence[Attempt], said: Sequence[Recorded]) -> tuple[Fact, ...]:
    """Everything that happened, in the order it did."""
    found = [Fact(attempt.started_at, "Handed to Twilio") for attempt in tried]
    found += [Fact(fact.at, _said(fact)) for fact in said]
    return tuple(sorted(found, key=lambda fact: fact.at))


def _said(fact: Recorded) -> str:
    words = _words(fact)
    return f"{words}, error {fact.error_code}" if fact.error_code else words


def _words(fact: Recorded) -> str:
    if decision := DECISIONS.get((fact.kind, fact.status)):
        return decision
    if fact.kind == "list":
        return SEARCHES.get(fact.status, f"Found in Twilio's list: {fact.status}")
    if fact.kind == "fetch":
        return f"Asked, Twilio said: {fact.status}"
    if fact.kind == "report":
        return REPORTS.get(fact.status, f"Twilio reported: {fact.status}")
    return OUTCOMES.get(fact.fields.get("kind", fact.status), "Twilio answered")
