"""When to look for what Twilio has not told us."""

from datetime import timedelta
from itertools import pairwise

import pytest

from leadline.rules.looks import LIST_LOOKS, RESEND_AFTER_AT_LEAST, STATUS_LOOKS, next_look
from tests.clock import START


@pytest.mark.parametrize("schedule", [LIST_LOOKS, STATUS_LOOKS])
def test_looks_become_rarer(schedule: tuple[timedelta, ...]) -> None:
    waits = [later - earlier for earlier, later in pairwise(schedule)]
    assert waits == sorted(waits)
    assert schedule[0] > timedelta(0)


def test_the_list_is_searched_seven_times_in_a_day() -> None:
    assert (len(LIST_LOOKS), LIST_LOOKS[-1]) == (7, timedelta(hours=24))


def test_a_status_is_asked_for_until_no_carrier_would_still_report() -> None:
    assert STATUS_LOOKS[-1] == timedelta(hours=72)


def test_no_policy_sends_again_within_half_an_hour() -> None:
    assert timedelta(minutes=30) <= RESEND_AFTER_AT_LEAST


@pytest.mark.parametrize("schedule", [LIST_LOOKS, STATUS_LOOKS])
def test_each_look_leads_to_the_next_and_the_last_to_none(schedule: tuple[timedelta, ...]) -> None:
    moments, now = [], START
    while (look := next_look(schedule, START, now=now)) is not None:
        moments.append(look - START)
        now = look
    assert moments == list(schedule)


def test_looks_that_were_missed_are_not_made_up_for() -> None:
    now = START + timedelta(hours=2)

    assert next_look(LIST_LOOKS, START, now=now) == START + timedelta(hours=6)
    assert next_look(LIST_LOOKS, START, now=START + timedelta(days=2)) is None
