"""What became of texts whose answers were lost: what the list says, what people decide, what comes late."""

from datetime import timedelta

import pytest
import structlog

from leadline import sending
from leadline.app import Leadline
from leadline.errors import InvalidInput, NotFound, TooLate
from leadline.queueing import SendRequest
from leadline.reconciling import TAKEN_FOR
from leadline.rules.looks import FAILED_LOOK_AGAIN, LIST_LOOKS
from leadline.rules.matching import AFTER, BEFORE
from leadline.store import attempts
from leadline.store.messages import Queued
from leadline.twilio.client import MessageResource, SendKind, SendResult
from tests import cast, texts
from tests.clock import START, Clock
from tests.doubts import (
    DAY,
    HALF_AN_HOUR,
    attempts_of,
    decide,
    doubt,
    doubt_again,
    facts,
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


# What the list says.


def test_a_text_found_in_the_list_was_accepted(line: Leadline) -> None:
    queued, _ = doubt(line)

    look(line, listed(7, status="delivered"))

    message = texts.now(line, queued)
    assert (message.state, message.status, message.twilio_sid) == ("accepted", "delivered", texts.sid(7))
    assert message.look_at is None
    [attempt] = attempts_of(line, queued)
    assert (attempt.resolved_by, attempt.twilio_sid, attempt.is_double) == ("list", texts.sid(7), False)
    assert facts(line, queued) == [("answer", "in_doubt"), ("list", "delivered")]


def test_an_error_that_the_list_names_is_kept(line: Leadline) -> None:
    queued, _ = doubt(line)

    look(line, listed(7, status="failed", error_code=30003))

    assert (texts.now(line, queued).status, texts.now(line, queued).error_code) == ("failed", 30003)


def test_like_texts_are_bound_when_all_of_them_are_found(line: Leadline) -> None:
    [first, second] = [doubt(line)[0], doubt(line)[0]]

    look(line, listed(2, after=2), listed(1, after=1))

    assert [sid(line, first), sid(line, second)] == [texts.sid(1), texts.sid(2)]


def test_of_like_texts_none_is_bound_while_fewer_are_found(line: Leadline) -> None:
    [first, second] = [doubt(line)[0], doubt(line)[0]]

    look(line, listed(1))

    assert [state(line, first), state(line, second)] == ["in_doubt", "in_doubt"]
    assert facts(line, first)[-1] == facts(line, second)[-1] == ("list", "too_few")


def test_when_more_are_found_than_were_tried_somebody_else_sends_the_same(line: Leadline) -> None:
    queued, _ = doubt(line)

    with structlog.testing.capture_logs() as logs:
        look(line, listed(1), listed(2))

    assert state(line, queued) == "in_doubt"
    assert facts(line, queued)[-1] == ("list", "too_many")
    assert [entry["event"] for entry in logs] == ["others_send_the_same"]


@pytest.mark.parametrize(
    "other",
    [
        listed(1, body="Hi Leo"),
        listed(1, sender="+15005550099"),
        listed(1, direction="inbound"),
        listed(1, direction="outbound-reply"),
        listed(1, after=-BEFORE.total_seconds() - 1),
        listed(1, after=(sending.LEASE + AFTER).total_seconds() + 1),
        listed(1, date_created=None),
        listed(1, date_created="yesterday"),
    ],
    ids=["body", "sender", "inbound", "reply", "too early", "too late", "no date", "a strange date"],
)
def test_what_cannot_be_the_text_is_not_taken_for_it(line: Leadline, other: MessageResource) -> None:
    queued, _ = doubt(line)

    look(line, other)

    assert (state(line, queued), sid(line, queued)) == ("in_doubt", None)


def test_a_message_that_is_known_to_be_another_text_is_not_taken_for_it(line: Leadline) -> None:
    [first] = texts.queue(line, SendRequest(number=cast.LENA.phone, body="Hi Lena"))
    texts.settle(line, texts.claim(line)[0], texts.accepted(1))
    second, _ = doubt(line)

    look(line, listed(1), listed(2))

    assert [sid(line, first), sid(line, second)] == [texts.sid(1), texts.sid(2)]


def test_while_a_like_text_is_under_way_nothing_is_bound_and_the_look_does_not_count(
    line: Leadline, clock: Clock
) -> None:
    queued, _ = doubt(line)
    [like] = texts.queue(line, SendRequest(number=cast.LENA.phone, body="Hi Lena"))
    [claimed] = texts.claim(line)

    look(line, listed(2, after=2))

    [attempt] = attempts_of(line, queued)
    assert (state(line, queued), attempt.looks) == ("in_doubt", 0)
    texts.settle(line, claimed, texts.accepted(2))
    clock.advance(FAILED_LOOK_AGAIN)
    record(line, take(line), (listed(1), listed(2, after=2)))
    assert [sid(line, queued), sid(line, like)] == [texts.sid(1), texts.sid(2)]


@pytest.mark.parametrize("apart", [timedelta(minutes=5), timedelta(minutes=6), timedelta(minutes=30)])
def test_a_text_that_was_given_up_is_not_forgotten_when_a_like_one_is_looked_for(
    line: Leadline, clock: Clock, apart: timedelta
) -> None:
    """The one message may be the first's: its time reaches into the second's."""
    first, _ = doubt(line)
    with line.database.write() as tx:
        attempts.close(tx, [attempts_of(line, first)[0].id], resolved_by="person", now=clock.now())
    clock.advance(apart)
    second, _ = doubt(line)

    clock.advance(LIST_LOOKS[0])
    [search] = take(line)

    assert search.since == START - AFTER
    record(line, [search], (listed(1, after=apart.total_seconds() - 30),))
    can_be_either = apart < sending.LEASE + AFTER
    assert state(line, second) == ("in_doubt" if can_be_either else "accepted")


def test_a_list_that_could_not_be_read_says_nothing(line: Leadline, clock: Clock) -> None:
    queued, _ = doubt(line)

    clock.advance(DAY)
    record(line, take(line), None)

    [attempt] = attempts_of(line, queued)
    assert (state(line, queued), attempt.looks) == ("in_doubt", 0)
    assert attempt.next_look_at == clock.now() + FAILED_LOOK_AGAIN


def test_looks_become_rarer_until_the_text_is_unconfirmed(line: Leadline, clock: Clock) -> None:
    queued, _ = doubt(line)

    for count, moment in enumerate(LIST_LOOKS):
        assert (attempts_of(line, queued)[0].looks, state(line, queued)) == (count, "in_doubt")
        clock.advance(START + moment - clock.now() - timedelta(seconds=1))
        assert take(line) == []
        clock.advance(1)
        [search] = take(line)
        record(line, [search], ())

    assert (attempts_of(line, queued)[0].looks, state(line, queued)) == (7, "unconfirmed")
    clock.advance(timedelta(days=30))
    assert take(line) == []
    assert texts.claim(line) == []


def test_what_a_dead_worker_left_is_looked_for_at_once(line: Leadline, clock: Clock) -> None:
    [queued] = texts.queue(line, SendRequest(number=cast.LENA.phone, body="Hi Lena"))
    texts.claim(line)
    clock.advance(sending.LEASE + timedelta(seconds=1))
    with line.database.write() as tx:
        sending.recover(tx, ["another"], now=clock.now())

    record(line, take(line), (listed(1),))

    assert (state(line, queued), sid(line, queued)) == ("accepted", texts.sid(1))


def test_what_a_frozen_worker_sent_after_it_was_looked_for_is_found_by_the_next_look(
    line: Leadline, clock: Clock
) -> None:
    [queued] = texts.queue(line, SendRequest(number=cast.LENA.phone, body="Hi Lena"))
    texts.claim(line)
    clock.advance(sending.LEASE + timedelta(seconds=1))
    with line.database.write() as tx:
        sending.recover(tx, ["another"], now=clock.now())
    record(line, take(line), ())
    assert (attempts_of(line, queued)[0].looks, state(line, queued)) == (1, "in_doubt")

    look_at(line, clock, LIST_LOOKS[2], listed(1, after=sending.LEASE.total_seconds() + 10))

    assert (state(line, queued), sid(line, queued)) == ("accepted", texts.sid(1))


def test_a_look_is_made_by_one_worker_and_again_by_another_when_that_one_dies(
    line: Leadline, clock: Clock
) -> None:
    queued, _ = doubt(line)
    clock.advance(LIST_LOOKS[0])

    [search] = take(line)
    assert take(line) == []
    clock.advance(TAKEN_FOR)

    assert take(line)[0].attempt_ids == search.attempt_ids
    assert attempts_of(line, queued)[0].looks == 0


def test_what_was_found_twice_is_recorded_once(line: Leadline, clock: Clock) -> None:
    """Two workers may read the list for one text, when the first is slow."""
    queued, _ = doubt(line)
    clock.advance(LIST_LOOKS[0])
    searches = take(line)

    record(line, searches, (listed(1),))
    record(line, searches, (listed(1),))
    record(line, searches, ())

    assert (state(line, queued), sid(line, queued)) == ("accepted", texts.sid(1))
    assert facts(line, queued) == [("answer", "in_doubt"), ("list", "sent")]
    assert [attempt.is_double for attempt in attempts_of(line, queued)] == [False]


def test_a_report_that_comes_while_the_list_is_read_is_not_contradicted(line: Leadline, clock: Clock) -> None:
    queued, claimed = doubt(line)
    clock.advance(DAY)
    searches = take(line)

    texts.report(line, (1, "sent", 0), token=claimed.token)
    record(line, searches, ())

    assert (state(line, queued), attempts_of(line, queued)[0].resolved_by) == ("accepted", "report")


# What people decide.


@pytest.mark.parametrize("decision", ["send_again", "leave"])
def test_nothing_is_decided_of_a_text_that_is_still_looked_for(line: Leadline, decision: str) -> None:
    queued, _ = doubt(line)

    with pytest.raises(TooLate, match="still looking"):
        decide(line, queued, decision)


@pytest.mark.parametrize("decision", ["send_again", "leave"])
@pytest.mark.parametrize("result", [None, texts.accepted(1), texts.answered(SendKind.REJECTED, code=21211)])
def test_nothing_is_decided_of_a_text_whose_fate_is_known(
    line: Leadline, decision: str, result: SendResult | None
) -> None:
    [queued] = texts.queue(line, SendRequest(number=cast.LENA.phone, body="Hi Lena"))
    if result is not None:
        texts.settle(line, texts.claim(line)[0], result)

    with pytest.raises(TooLate, match="nothing to decide"):
        decide(line, queued, decision)


def test_nothing_is_decided_of_a_text_that_there_is_not(line: Leadline) -> None:
    with pytest.raises(NotFound):
        decide(line, Queued(99, 1, "unconfirmed", is_new=False, request_hash=""), "leave")


def test_a_person_sends_an_unconfirmed_text_again(line: Leadline) -> None:
    queued, first = doubt(line)
    look_until_given_up(line)

    decide(line, queued, "send_again")

    [second] = texts.claim(line)
    assert (second.message_id, second.tries) == (queued.id, 2)
    assert second.token != first.token
    assert attempts_of(line, queued)[0].resolved_by == "person"
    assert ("person", "send_again") in facts(line, queued)
    texts.settle(line, second, texts.accepted(2))
    assert (state(line, queued), sid(line, queued)) == ("accepted", texts.sid(2))
    assert not any(attempt.is_double for attempt in attempts_of(line, queued))


def test_who_said_stop_meanwhile_is_not_sent_it_again(line: Leadline) -> None:
    queued, _ = doubt(line)
    look_until_given_up(line)
    texts.receive(line, texts.inbound(1, "STOP"))

    decide(line, queued, "send_again")

    assert texts.claim(line) == []
    assert state(line, queued) == "refused"


def test_a_person_leaves_an_unconfirmed_text_at_that(line: Leadline, clock: Clock) -> None:
    queued, _ = doubt(line)
    look_until_given_up(line)

    decide(line, queued, "leave")

    assert state(line, queued) == "closed_unconfirmed"
    assert ("person", "leave") in facts(line, queued)
    clock.advance(timedelta(days=30))
    assert (texts.claim(line), take(line)) == ([], [])
    with pytest.raises(TooLate):
        decide(line, queued, "send_again")


# What a text's own policy does.


def test_a_policy_sends_again_when_its_time_has_come_and_not_before(line: Leadline, clock: Clock) -> None:
    queued, _ = doubt(line, resend_after=HALF_AN_HOUR)

    for moment in (*LIST_LOOKS[:4], HALF_AN_HOUR - timedelta(seconds=1)):
        look_at(line, clock, moment)
        assert state(line, queued) == "in_doubt"
    look_at(line, clock, HALF_AN_HOUR)

    assert state(line, queued) == "queued"
    assert attempts_of(line, queued)[0].resolved_by == "policy"
    [second] = texts.claim(line)
    assert second.tries == 2


def test_a_policy_sends_again_once(line: Leadline, clock: Clock) -> None:
    """What hides the first from the list may hide the second, and each is a text that they read."""
    queued, _ = doubt(line, resend_after=HALF_AN_HOUR)
    look_at(line, clock, HALF_AN_HOUR)
    doubt_again(line)

    for _ in range(100):
        clock.advance(HALF_AN_HOUR)
        record(line, take(line), ())

    assert (state(line, queued), len(attempts_of(line, queued))) == ("unconfirmed", 2)


def test_without_a_policy_nothing_is_sent_again(line: Leadline) -> None:
    queued, _ = doubt(line)

    look_until_given_up(line)

    assert (state(line, queued), texts.claim(line)) == ("unconfirmed", [])


def test_a_policy_does_not_send_again_once_the_lead_has_written(line: Leadline, clock: Clock) -> None:
    queued, _ = doubt(line, resend_after=HALF_AN_HOUR)
    clock.advance(60)
    texts.receive(line, texts.inbound(9, "never mind"))

    look_until_given_up(line)

    assert state(line, queued) == "unconfirmed"


def test_what_the_lead_wrote_before_is_no_reason_not_to(line: Leadline, clock: Clock) -> None:
    texts.receive(line, texts.inbound(9, "send me the address"))
    clock.advance(1)
    queued, _ = doubt(line, resend_after=HALF_AN_HOUR)

    look_at(line, clock, HALF_AN_HOUR + timedelta(seconds=1))

    assert state(line, queued) == "queued"


@pytest.mark.parametrize("found", [(listed(1),), (listed(1), listed(2), listed(3))], ids=["few", "many"])
def test_a_policy_does_not_send_again_while_it_may_be_there(
    line: Leadline, clock: Clock, found: tuple[MessageResource, ...]
) -> None:
    both = [doubt(line, resend_after=HALF_AN_HOUR)[0] for _ in range(2)]

    look_at(line, clock, HALF_AN_HOUR, *found)

    assert [state(line, queued) for queued in both] == ["in_doubt", "in_doubt"]


def test_a_policy_does_not_send_again_because_the_list_could_not_be_read(
    line: Leadline, clock: Clock
) -> None:
    queued, _ = doubt(line, resend_after=HALF_AN_HOUR)
    clock.advance(HALF_AN_HOUR)

    record(line, take(line), None)

    assert state(line, queued) == "in_doubt"


def test_a_policy_of_less_than_half_an_hour_is_refused(line: Leadline) -> None:
    too_soon = HALF_AN_HOUR - timedelta(seconds=1)

    with pytest.raises(InvalidInput) as caught:
        texts.queue(line, SendRequest(number=cast.LENA.phone, body="Hi Lena", resend_after=too_soon))

    assert caught.value.field == "resend_after"
