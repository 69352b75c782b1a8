"""What consent events make of a number."""

from datetime import UTC, datetime, timedelta

import pytest

from leadline.rules.consent import ConsentEvent, Recorded, derive
from tests import cast

NOON = datetime(2026, 11, 18, 12, tzinfo=UTC)


def told(said: str, *, minute: int, heard: int | None = None) -> Recorded:
    """An event written as "kind source words", of a minute after noon, and the minute when it was heard."""
    kind, source, *words = said.split()
    at = NOON + timedelta(minutes=minute)
    event = ConsentEvent(cast.LENA.phone, kind, source, " ".join(words), None, "lead", at)
    return Recorded(event, NOON + timedelta(minutes=minute if heard is None else heard))


def state_after(*said: str) -> str:
    return derive([told(each, minute=minute) for minute, each in enumerate(said)]).consent


STOP, START, BLOCKED = "opt_out keyword STOP", "opt_in keyword START", "opt_out carrier 21610"


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ([], "none"),
        ([STOP], "opted_out"),
        ([STOP, START], "opted_in"),
        ([STOP, START, STOP], "opted_out"),
        (["opt_in web_form I agree"], "opted_in"),
        ([STOP, "opt_in web_form I agree"], "opted_in"),
        ([BLOCKED, "opt_in web_form I agree"], "opted_out"),
        ([BLOCKED, "opt_in free_text text me again"], "opted_out"),
        ([BLOCKED, "opt_in keyword subscribe"], "opted_out"),
        ([BLOCKED, START], "opted_in"),
        ([BLOCKED, STOP, "opt_in person by phone"], "opted_out"),
        ([BLOCKED, "opt_in keyword Unstop"], "opted_in"),
        ([BLOCKED, START, STOP, "opt_in person by phone"], "opted_in"),
        (["possible_stop free_text leave it"], "none"),
        ([STOP, "not_a_stop person"], "opted_out"),
        ([STOP, "erased person"], "opted_out"),
    ],
)
def test_the_last_word_counts_but_over_the_carriers_block_only_theirs(said: list[str], state: str) -> None:
    assert state_after(*said) == state


def test_an_opt_out_counts_however_late_it_is_heard() -> None:
    late = told(STOP, minute=1, heard=30)
    assert derive([told(START, minute=20), late]).consent == "opted_out"


@pytest.mark.parametrize(
    ("source", "minutes_after", "state"),
    [
        ("keyword", 30, "opted_out"),
        ("keyword", 61, "opted_in"),
        ("web_form", 1, "opted_in"),
        ("web_form", 0, "opted_out"),
        ("web_form", -1, "opted_out"),
    ],
)
def test_a_late_opt_in_counts_only_when_nothing_of_ours_may_be_newer(
    source: str, minutes_after: int, state: str
) -> None:
    opt_in = told(f"opt_in {source} START", minute=minutes_after, heard=200)
    assert derive([told(STOP, minute=0), opt_in]).consent == state


MAYBE, NO = "possible_stop free_text leave it", "not_a_stop person"


@pytest.mark.parametrize(
    ("said", "since"),
    [
        ([MAYBE], 0),
        ([MAYBE, MAYBE], 0),
        ([MAYBE, NO], None),
        ([MAYBE, NO, MAYBE], 2),
        ([MAYBE, STOP], None),
        ([MAYBE, STOP, START], None),
        ([MAYBE, "opt_in web_form I agree"], 0),
        ([MAYBE, "opt_out person", START], None),
    ],
)
def test_a_possible_opt_out_waits_for_a_decision_or_for_plain_words(
    said: list[str], since: int | None
) -> None:
    found = derive([told(each, minute=minute) for minute, each in enumerate(said)]).review_since
    assert found == (None if since is None else NOON + timedelta(minutes=since))


def test_an_old_opt_out_that_is_imported_answers_no_review() -> None:
    old, proof = told("opt_out import", minute=-9999, heard=5), told("opt_in web_form I agree", minute=6)
    assert derive([told(MAYBE, minute=0), old, proof]).review_since == NOON


def test_what_is_heard_of_after_a_decision_waits_though_it_was_said_before() -> None:
    late = told(MAYBE, minute=1, heard=9)
    assert derive([told(MAYBE, minute=0), told(NO, minute=5), late]).review_since == late.event.at
