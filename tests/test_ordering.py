"""A START that follows a STOP may be the older of the two: Twilio sends again what was not answered."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from leadline import consent as use_cases
from leadline.app import Leadline
from leadline.errors import TwilioError
from leadline.ordering import came_after
from leadline.receiving import Received
from leadline.rules.consent import ConsentEvent
from leadline.store import consent, conversations, messages
from leadline.twilio.payloads import InboundSms
from leadline.understanding import REPEATED_FOR, Ordered
from tests import cast, texts
from tests.clock import Clock
from tests.texts import TwilioWithTimes

STOP, START = texts.inbound(1, "STOP"), texts.inbound(2, "START")
A_WHILE = REPEATED_FOR + timedelta(seconds=1)


def hear(line: Leadline, *heard: InboundSms) -> list[Received]:
    with line.database.write() as tx:
        return line.receive(tx, heard, now=line.clock.now())


def hear_ordered(line: Leadline, text: InboundSms, stop: InboundSms, *, is_after: bool) -> Received:
    with line.database.write() as tx:
        ordered = Ordered(text, stop.message_sid, is_after)
        [received] = line.receive_ordered(tx, [ordered], now=line.clock.now())
    return received


def consent_of(line: Leadline) -> str:
    with line.database.read() as tx:
        thread = conversations.by_number(tx, cast.LENA.phone)
    assert thread is not None
    return thread.consent


def bodies(line: Leadline) -> list[str]:
    with line.database.read() as tx:
        return [message.body for message in reversed(messages.recent(tx))]


@pytest.mark.parametrize("ahead", [timedelta(seconds=30), timedelta(hours=1)])
def test_a_clock_that_is_set_meanwhile_makes_no_start_the_later(
    line: Leadline, clock: Clock, ahead: timedelta
) -> None:
    """Found by a seed of the simulation (13297)."""
    hear(line, STOP)
    clock.set(clock.now() + ahead)
    assert hear(line, START)[0].unordered_with == STOP.message_sid


@pytest.mark.parametrize("behind", [timedelta(0), timedelta(hours=1)])
def test_a_start_from_the_list_is_late_whatever_our_clock_says(
    line: Leadline, clock: Clock, behind: timedelta
) -> None:
    """Found by a seed of the simulation (9614): to a clock that is behind, it was a text of this moment."""
    hear(line, STOP)
    assert hear(line, replace(START, date_sent=clock.now() + behind))[0].is_new
    assert (consent_of(line), bodies(line)) == ("opted_out", ["STOP", "START"])


@pytest.mark.parametrize("is_together", [True, False])
def test_a_start_right_behind_a_stop_is_not_stored_before_its_order_is_known(
    line: Leadline, is_together: bool
) -> None:
    if is_together:
        _, received = hear(line, STOP, START)
    else:
        hear(line, STOP)
        [received] = hear(line, START)
    assert (received.is_new, received.unordered_with) == (False, STOP.message_sid)
    assert (consent_of(line), bodies(line)) == ("opted_out", ["STOP"])


def test_a_start_that_came_after_the_stop_opts_in(line: Leadline) -> None:
    hear(line, STOP)
    received = hear_ordered(line, START, STOP, is_after=True)
    assert (received.is_new, received.unordered_with) == (True, None)
    assert (consent_of(line), bodies(line)) == ("opted_in", ["STOP", "START"])


def test_a_start_that_came_before_the_stop_is_kept_and_changes_nothing(line: Leadline) -> None:
    hear(line, STOP)
    assert hear_ordered(line, START, STOP, is_after=False).is_new
    assert (consent_of(line), bodies(line)) == ("opted_out", ["STOP", "START"])
    with line.database.read() as tx:
        assert [event.kind for event in consent.of_number(tx, cast.LENA.phone)] == ["opt_out", "opt_in"]
        assert use_cases.differences(tx) == []


def test_a_stop_that_came_meanwhile_is_asked_about_as_well(line: Leadline, clock: Clock) -> None:
    hear(line, STOP)
    hear(line, texts.inbound(3, "stop"))
    received = hear_ordered(line, START, STOP, is_after=True)
    assert received.unordered_with == texts.sid(3)
    assert (consent_of(line), bodies(line)) == ("opted_out", ["STOP", "stop"])


def test_no_webhook_is_repeated_for_long(line: Leadline, clock: Clock) -> None:
    hear(line, STOP)
    clock.advance(A_WHILE)
    assert hear(line, START)[0].unordered_with is None
    assert consent_of(line) == "opted_in"


def test_a_clock_that_was_set_back_makes_nobody_sure(line: Leadline, clock: Clock) -> None:
    hear(line, STOP)
    clock.set(clock.now() - timedelta(hours=1))
    assert hear(line, START)[0].unordered_with == STOP.message_sid


def test_what_somebody_noted_was_no_webhook(line: Leadline, clock: Clock) -> None:
    texts.receive(line, texts.inbound(3, "hello"))
    noted = ConsentEvent(cast.LENA.phone, "opt_out", "person", "by phone", None, "user:1", clock.now())
    with line.database.write() as tx:
        use_cases.record(tx, [noted], now=clock.now())
    assert hear(line, START)[0].unordered_with is None
    assert consent_of(line) == "opted_in"


def test_a_block_that_the_carrier_told_of_does_not_hide_the_stop(line: Leadline, clock: Clock) -> None:
    hear(line, STOP)
    told = ConsentEvent(cast.LENA.phone, "opt_out", "carrier", "", None, "twilio", clock.now())
    with line.database.write() as tx:
        use_cases.record(tx, [told], now=clock.now())
    assert hear(line, START)[0].unordered_with == STOP.message_sid


def test_the_others_of_a_batch_are_stored(line: Leadline) -> None:
    bob = texts.inbound(4, "hello", From="+13035550199")
    hear(line, STOP)
    received = hear(line, START, bob, texts.inbound(5, "sorry"))
    assert [each.is_new for each in received] == [False, True, True]
    assert bodies(line) == ["STOP", "hello", "sorry"]


def test_a_start_that_comes_twice_in_a_batch_opts_in(line: Leadline, clock: Clock) -> None:
    hear(line, STOP)
    clock.advance(A_WHILE)
    assert [each.is_new for each in hear(line, START, START)] == [True, True]
    assert (consent_of(line), bodies(line)) == ("opted_in", ["STOP", "START"])


NINE, TEN = "Wed, 18 Mar 2026 16:00:09 +0000", "Wed, 18 Mar 2026 16:00:10 +0000"


@pytest.mark.parametrize(
    ("start", "stop", "is_after"),
    [(TEN, NINE, True), (NINE, TEN, False), (TEN, TEN, False), (None, TEN, None), (TEN, None, None)],
)
def test_twilio_tells_which_came_first(start: str | None, stop: str | None, is_after: bool | None) -> None:
    twilio = TwilioWithTimes({START.message_sid: start, STOP.message_sid: stop})
    assert asyncio.run(came_after(twilio, START.message_sid, STOP.message_sid)) is is_after


@pytest.mark.parametrize("error", [None, TwilioError("No answer.")])
def test_where_twilio_says_nothing_nobody_knows(error: TwilioError | None) -> None:
    twilio = TwilioWithTimes({}, error)
    assert asyncio.run(came_after(twilio, START.message_sid, STOP.message_sid)) is None
