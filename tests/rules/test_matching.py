"""Which of Twilio's messages are the texts whose answers were lost. Moments are seconds after a first try."""

from datetime import timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadline.rules.matching import AFTER, BEFORE, Finding, Listed, Match, Tried, match
from tests.cast import OUR_NUMBER
from tests.clock import START

LEASE = 120
EARLIEST = -BEFORE.total_seconds()
LATEST = LEASE + AFTER.total_seconds()
TRIAL = "Sent from your Twilio trial account - "


def tried(
    attempt_id: int, began: float = 0, *, body: str = "Hi Lena", sender: str = OUR_NUMBER, busy: bool = False
) -> Tried:
    start = START + timedelta(seconds=began)
    return Tried(attempt_id, sender, body, start, start + timedelta(seconds=LEASE), is_under_way=busy)


def listed(
    sid: str, at: float = 1, *, body: str = "Hi Lena", senders: tuple[str, ...] = (OUR_NUMBER,)
) -> Listed:
    return Listed(sid, frozenset(senders), body, START + timedelta(seconds=at))


def findings(attempts: list[Tried], messages: list[Listed]) -> dict[int, str]:
    """What is said of each attempt: its SID, or why there is none."""
    return {found.attempt_id: found.sid or found.finding.value for found in match(attempts, messages)}


def test_one_message_for_one_attempt_is_its() -> None:
    assert match([tried(1)], [listed("SM1")]) == [Match(1, Finding.FOUND, "SM1")]


def test_an_empty_list_says_nothing_of_anybody() -> None:
    assert findings([tried(1), tried(2)], []) == {1: "nothing", 2: "nothing"}
    assert match([], [listed("SM1")]) == []


def test_as_many_messages_as_attempts_are_bound_in_the_order_they_began() -> None:
    attempts, messages = [tried(2, 30), tried(1, 0)], [listed("SM2", 31), listed("SM1", 1)]

    assert findings(attempts, messages) == {1: "SM1", 2: "SM2"}


def test_of_fewer_messages_than_attempts_nobody_can_say_whose_they_are() -> None:
    attempts = [tried(1), tried(2, 10), tried(3, 20)]

    assert findings(attempts, [listed("SM1", 21), listed("SM2", 22)]) == dict.fromkeys((1, 2, 3), "too_few")


def test_of_more_messages_than_attempts_some_are_somebody_elses() -> None:
    assert findings([tried(1)], [listed("SM1"), listed("SM2")]) == {1: "too_many"}


def test_as_many_that_cannot_all_be_ours_are_too_many() -> None:
    """Two came before the second attempt could have made one, so one of them is somebody else's."""
    attempts = [tried(1, 0), tried(2, 61), tried(3, 61)]
    messages = [listed("SM1", 0), listed("SM2", 0), listed("SM3", 1)]

    assert findings(attempts, messages) == dict.fromkeys((1, 2, 3), "too_many")


def test_while_a_like_text_is_under_way_its_message_may_be_the_one_that_was_found() -> None:
    attempts = [tried(1), tried(2, 30, busy=True)]

    assert findings(attempts, [listed("SM1", 31)]) == {1: "under_way", 2: "under_way"}
    assert findings(attempts, [listed("SM1", 31), listed("SM2", 32)]) == {1: "under_way", 2: "under_way"}


def test_a_text_under_way_does_not_disturb_what_it_cannot_be_taken_for() -> None:
    long_before = listed("SM1", EARLIEST)

    assert findings([tried(1), tried(2, 30, busy=True)], [long_before]) == {1: "SM1", 2: "nothing"}


@pytest.mark.parametrize(
    ("other", "message"),
    [
        (tried(2, body="Hi Leo"), listed("SM2", body="Hi Leo")),
        (tried(2, sender="+15005550099"), listed("SM2", senders=("+15005550099",))),
        (tried(2, 1000), listed("SM2", 1001)),
    ],
    ids=["another body", "another sender", "another time"],
)
def test_unlike_texts_are_judged_apart(other: Tried, message: Listed) -> None:
    assert findings([tried(1), other], [message]) == {1: "nothing", 2: "SM2"}
    assert findings([tried(1), other], [message, listed("SM1")]) == {1: "SM1", 2: "SM2"}


def test_a_message_between_two_attempts_ties_them_together() -> None:
    """It may be either's, so that the second message decides for both or for none."""
    first, second = tried(1, 0), tried(2, 300)
    between = listed("SM2", 330)

    assert findings([first, second], [between]) == {1: "too_few", 2: "too_few"}
    assert findings([first, second], [listed("SM1", 1), between]) == {1: "SM1", 2: "SM2"}


@pytest.mark.parametrize(
    ("at", "fits"),
    [
        (EARLIEST - 1, False),
        (EARLIEST, True),
        (0, True),
        (LEASE, True),
        (LATEST, True),
        (LATEST + 1, False),
    ],
)
def test_a_message_counts_from_a_minute_before_the_attempt_until_its_worker_must_have_given_up(
    at: float, *, fits: bool
) -> None:
    assert findings([tried(1)], [listed("SM1", at)]) == {1: "SM1" if fits else "nothing"}


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("Hi Lena", TRIAL + "Hi Lena"),
        ("It\u2019s Bob \u2013 \u201chello\u201d", 'It\'s Bob - "hello"'),
        ("Hi  Lena ", "Hi Lena"),
        ("Hi Lena\nBob", "Hi Lena Bob"),
        ("See https://example.com/a/long/way?to=it", "See https://twil.io/x7"),
        ("See http://example.com", TRIAL + "See https://twil.io/x7 "),
        ("", ""),
    ],
)
def test_what_twilio_changes_in_a_text_on_its_way_does_not_hide_it(ours: str, theirs: str) -> None:
    assert findings([tried(1, body=ours)], [listed("SM1", body=theirs)]) == {1: "SM1"}


@pytest.mark.parametrize("theirs", ["Hi lena", "Hi Lena!", "Hi", "", "Re: Hi Lena", "https://twil.io/x7"])
def test_other_words_are_another_text(theirs: str) -> None:
    assert findings([tried(1)], [listed("SM1", body=theirs)]) == {1: "nothing"}


def test_a_messaging_services_text_is_known_by_the_service_whatever_number_it_chose() -> None:
    service = "MG" + "5" * 32
    message = listed("SM1", senders=("+15005550099", service))

    assert findings([tried(1, sender=service)], [message]) == {1: "SM1"}
    assert findings([tried(1, sender=OUR_NUMBER)], [message]) == {1: "nothing"}


MOMENTS = st.lists(st.integers(0, 1500), max_size=5)


@given(MOMENTS, MOMENTS)
def test_no_message_is_bound_twice_and_none_outside_an_attempts_time(
    began: list[int], created: list[int]
) -> None:
    attempts = {n: tried(n, at) for n, at in enumerate(began)}
    messages = {f"SM{n}": listed(f"SM{n}", at) for n, at in enumerate(created)}

    verdicts = match(list(attempts.values()), list(messages.values()))

    assert sorted(verdict.attempt_id for verdict in verdicts) == sorted(attempts)
    bound = [(verdict.attempt_id, verdict.sid) for verdict in verdicts if verdict.sid]
    assert len({sid for _, sid in bound}) == len(bound)
    for attempt_id, sid in bound:
        attempt, message = attempts[attempt_id], messages[sid]
        assert attempt.began - BEFORE <= message.created <= attempt.lease_until + AFTER


@given(st.lists(st.integers(0, 900), min_size=1, max_size=4), st.data())
def test_what_twilio_accepted_of_everything_tried_is_found_in_any_order(
    began: list[int], data: st.DataObject
) -> None:
    """Each was accepted within its worker's time, so there are as many messages as attempts."""
    delays = [data.draw(st.integers(0, LEASE)) for _ in began]
    attempts = [tried(n, at) for n, at in enumerate(began)]
    messages = [listed(f"SM{n}", at + delay) for n, (at, delay) in enumerate(zip(began, delays, strict=True))]

    for order in permutations(messages):
        assert all(verdict.finding is Finding.FOUND for verdict in match(attempts, list(order)))
