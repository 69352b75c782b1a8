"""Evidence that a text was sent, after it was decided what to do about it; and texts that were sent twice."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import structlog

from leadline import sending
from leadline.app import Leadline
from leadline.rules.looks import LIST_LOOKS
from leadline.sending import Claimed
from leadline.store.messages import Queued
from leadline.twilio.client import SendKind
from tests import texts
from tests.clock import Clock
from tests.doubts import (
    DAY,
    HALF_AN_HOUR,
    IN_DOUBT,
    attempts_of,
    decide,
    doubt,
    doubt_again,
    free_rate,
    listed,
    look,
    look_at,
    look_until_given_up,
    record,
    sid,
    state,
    take,
)


@pytest.fixture
def line(line: Leadline) -> Leadline:
    return free_rate(line)


def undecided(line: Leadline, queued: Queued) -> None:
    """Still looked for."""


def given_up(line: Leadline, queued: Queued) -> None:
    look_until_given_up(line)


def left(line: Leadline, queued: Queued) -> None:
    given_up(line, queued)
    decide(line, queued, "leave")


def queued_again(line: Leadline, queued: Queued) -> None:
    given_up(line, queued)
    decide(line, queued, "send_again")


def refused_again(line: Leadline, queued: Queued) -> None:
    queued_again(line, queued)
    texts.receive(line, texts.inbound(9, "STOP"))
    texts.claim(line)
    texts.receive(line, texts.inbound(10, "START"))


def under_way_again(line: Leadline, queued: Queued) -> None:
    queued_again(line, queued)
    texts.claim(line)


def in_doubt_again(line: Leadline, queued: Queued) -> None:
    queued_again(line, queued)
    doubt_again(line)


def rejected_again(line: Leadline, queued: Queued) -> None:
    queued_again(line, queued)
    texts.settle(line, texts.claim(line)[0], texts.answered(SendKind.REJECTED, code=30007))


def told_by_report(line: Leadline, claimed: Claimed) -> None:
    texts.report(line, (1, "sent", 0), token=claimed.token)


def told_by_answer(line: Leadline, claimed: Claimed) -> None:
    texts.settle(line, claimed, texts.accepted(1, status="sent"))


Stage = Callable[[Leadline, Queued], None]
Teller = Callable[[Leadline, Claimed], None]
STAGES = [
    undecided, given_up, left, queued_again, refused_again, under_way_again, in_doubt_again, rejected_again,
]  # fmt: skip


@pytest.mark.parametrize("tell", [told_by_report, told_by_answer])
@pytest.mark.parametrize("stage", STAGES)
def test_late_evidence_is_stronger_than_any_decision(
    line: Leadline, clock: Clock, stage: Stage, tell: Teller
) -> None:
    queued, first = doubt(line)
    stage(line, queued)

    tell(line, first)

    message = texts.now(line, queued)
    assert (message.state, message.twilio_sid, message.error_code) == ("accepted", texts.sid(1), 0)
    assert message.closed_at is None
    clock.advance(timedelta(days=2))
    with line.database.write() as tx:
        sending.recover(tx, ["worker"], now=clock.now())
    record(line, take(line), ())
    assert texts.claim(line) == []
    assert state(line, queued) == "accepted"


@pytest.mark.parametrize("tell", [told_by_report, told_by_answer])
def test_a_second_attempt_that_was_accepted_too_is_a_recorded_double(line: Leadline, tell: Teller) -> None:
    queued, first = doubt(line)
    queued_again(line, queued)
    texts.settle(line, texts.claim(line)[0], texts.accepted(2))

    with structlog.testing.capture_logs() as logs:
        tell(line, first)
        tell(line, first)

    assert [attempt.twilio_sid for attempt in attempts_of(line, queued)] == [texts.sid(1), texts.sid(2)]
    assert [attempt.is_double for attempt in attempts_of(line, queued)] == [True, False]
    assert (state(line, queued), sid(line, queued)) == ("accepted", texts.sid(2))
    assert [entry["event"] for entry in logs].count("sent_twice") == 1


def test_both_attempts_at_a_text_are_found_in_the_list(line: Leadline, clock: Clock) -> None:
    queued, _ = doubt(line, resend_after=HALF_AN_HOUR)
    look_at(line, clock, HALF_AN_HOUR)
    doubt_again(line)

    clock.advance(LIST_LOOKS[0])
    record(line, take(line), (listed(1), listed(2, after=HALF_AN_HOUR.total_seconds())))

    assert (state(line, queued), sid(line, queued)) == ("accepted", texts.sid(1))
    assert [attempt.is_double for attempt in attempts_of(line, queued)] == [False, True]


@pytest.mark.parametrize("kind", SendKind, ids=lambda kind: kind.value)
def test_no_answer_to_a_second_attempt_brings_back_a_text_whose_first_was_accepted(
    line: Leadline, clock: Clock, kind: SendKind
) -> None:
    queued, first = doubt(line)
    queued_again(line, queued)
    [second] = texts.claim(line)
    texts.report(line, (1, "delivered", 0), token=first.token)

    is_accepted = kind is SendKind.ACCEPTED
    texts.settle(line, second, texts.accepted(2) if is_accepted else texts.answered(kind))

    message = texts.now(line, queued)
    assert (message.state, message.status, message.twilio_sid) == ("accepted", "delivered", texts.sid(1))
    assert [attempt.is_double for attempt in attempts_of(line, queued)] == [False, is_accepted]
    clock.advance(timedelta(days=30))
    record(line, take(line), ())
    assert texts.claim(line) == []


def test_no_policy_speaks_of_a_text_whose_first_attempt_was_accepted(line: Leadline, clock: Clock) -> None:
    queued, first = doubt(line, resend_after=HALF_AN_HOUR)
    given_up_at = HALF_AN_HOUR
    look_at(line, clock, given_up_at)
    [second] = texts.claim(line)
    texts.report(line, (1, "sent", 0), token=first.token)
    texts.settle(line, second, IN_DOUBT)

    clock.advance(DAY + DAY)
    record(line, take(line), ())

    assert [attempt.resolved_by for attempt in attempts_of(line, queued)] == ["report", None]
    assert state(line, queued) == "accepted"


def test_two_texts_of_twilio_for_one_call_are_a_double(line: Leadline) -> None:
    queued, claimed = doubt(line)

    for number in (1, 2, 2, 1):
        texts.report(line, (number, "sent", 0), token=claimed.token)

    assert sid(line, queued) == texts.sid(1)
    assert [attempt.is_double for attempt in attempts_of(line, queued)] == [True]


def test_like_texts_that_the_list_bound_the_other_way_round_are_no_double(line: Leadline) -> None:
    """Which is which does not matter, until their reports, which have the token, say it."""
    [(first, one), (second, other)] = [doubt(line), doubt(line)]
    look(line, listed(1), listed(2, after=2))

    texts.report(line, (2, "delivered", 0), token=one.token)
    texts.report(line, (1, "delivered", 0), token=other.token)
    texts.settle(line, one, texts.accepted(2))

    assert [texts.now(line, queued).status for queued in (first, second)] == ["delivered", "delivered"]
    assert not any(a.is_double for queued in (first, second) for a in attempts_of(line, queued))


def test_a_like_text_has_what_the_list_gave_to_the_other(line: Leadline) -> None:
    """The list had one of two like texts, and the token of a report says which it was not."""
    first, one = doubt(line)
    look(line, listed(1))
    assert texts.now(line, first).twilio_sid == texts.sid(1)
    second, other = doubt(line)

    texts.report(line, (2, "delivered", 0), token=one.token)

    assert [texts.now(line, queued).twilio_sid for queued in (first, second)] == [texts.sid(1), texts.sid(2)]
    assert texts.now(line, second).state == "accepted"
    assert not any(a.is_double for queued in (first, second) for a in attempts_of(line, queued))
    # Its own answer, which comes at last, is the other one of the two.
    texts.settle(line, other, texts.accepted(1))
    assert not any(a.is_double for queued in (first, second) for a in attempts_of(line, queued))


def test_without_a_like_text_in_doubt_it_is_a_double(line: Leadline) -> None:
    [(first, one), (second, other)] = [doubt(line), doubt(line)]
    look(line, listed(1), listed(2, after=2))

    texts.report(line, (3, "delivered", 0), token=one.token)

    assert sum(a.is_double for queued in (first, second) for a in attempts_of(line, queued)) == 1
    assert other.token != one.token
