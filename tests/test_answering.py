"""Who answers STOP, START and HELP: Twilio or we, and never both."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from leadline.app import Leadline
from leadline.errors import SettingsError
from leadline.settings import Settings
from leadline.store import consent, conversations
from leadline.store.conversations import Conversation
from tests import cast, texts
from tests.clock import Clock

SHORT_CODE = "54321"


@pytest.fixture
def short(settings: Callable[..., Settings], database_url: str, clock: Clock) -> Iterator[Leadline]:
    """A Leadline that sends from a short code, on which Twilio leaves keywords to us."""
    made = settings(
        leadline_database_url=database_url,
        leadline_business_name="Harbor Roofing",
        twilio_phone_number=SHORT_CODE,
    )
    with Leadline.open(made, clock=clock) as line:
        yield line


def hear(line: Leadline, number: int, words: str, **fields: str) -> None:
    texts.receive(line, texts.inbound(number, words, **{"To": SHORT_CODE, **fields}))


def answers(line: Leadline) -> list[str]:
    """What leaves now, and is accepted at once."""
    said = []
    while claimed := texts.claim(line):
        for each in claimed:
            texts.settle(line, each, texts.accepted(1000 + each.message_id))
            said.append(each.body)
    return said


def thread(line: Leadline) -> Conversation:
    with line.database.read() as tx:
        found = conversations.by_number(tx, cast.LENA.phone)
    assert found is not None
    return found


def test_on_a_short_code_each_keyword_gets_our_answer(short: Leadline, clock: Clock) -> None:
    for number, (words, beginning) in enumerate(
        [
            ("HELP", "Harbor Roofing: Text STOP"),
            ("please stop texting me", "Harbor Roofing: You are unsubscribed"),
            ("START", "Harbor Roofing: You get our texts again"),
        ]
    ):
        clock.advance(60)
        hear(short, number, words)
        [answer] = answers(short)
        assert answer.startswith(beginning)


def test_an_opt_out_gets_one_confirmation_and_nothing_later(short: Leadline) -> None:
    hear(short, 1, "STOP")
    hear(short, 1, "STOP")
    assert len(answers(short)) == 1
    for number, words in enumerate(("STOP", "HELP", "hello?", "leave me alone"), 2):
        hear(short, number, words)
    assert answers(short) == []


def test_a_confirmation_that_could_not_leave_within_minutes_never_does(short: Leadline, clock: Clock) -> None:
    hear(short, 1, "STOP")
    clock.advance(timedelta(minutes=6))
    assert answers(short) == []
    assert texts.claim(short) == []


def test_what_twilio_says_it_answered_gets_nothing_from_us(short: Leadline) -> None:
    hear(short, 1, "BAJA", OptOutType="STOP")
    assert (thread(short).consent, answers(short)) == ("opted_out", [])
    hear(short, 2, "HELP", OptOutType="HELP")
    hear(short, 3, "ALTA", OptOutType="START")
    assert (thread(short).consent, answers(short)) == ("opted_in", [])


@pytest.mark.parametrize("words", ["STOP", "START", "HELP", "please stop texting me"])
@pytest.mark.parametrize("ours", [cast.OUR_NUMBER, "+18885550100", "+447700900123"])
def test_elsewhere_twilio_answers(line: Leadline, ours: str, words: str) -> None:
    hear(line, 1, words, To=ours)
    assert answers(line) == []


def test_the_answers_can_be_our_own_words(
    settings: Callable[..., Settings], database_url: str, clock: Clock
) -> None:
    made = settings(
        leadline_database_url=database_url,
        leadline_keyword_answers="number, short_code",
        leadline_help_answer="Call 303 555 0100.",
    )
    with Leadline.open(made, clock=clock) as line:
        hear(line, 1, "HELP", To=cast.OUR_NUMBER)
        assert answers(line) == ["Call 303 555 0100."]


def test_toll_free_numbers_are_never_answered_by_us() -> None:
    with pytest.raises(SettingsError, match="LEADLINE_KEYWORD_ANSWERS"):
        Settings.load(leadline_keyword_answers="toll_free")


def test_an_answer_that_comes_hours_late_is_not_given(short: Leadline, clock: Clock) -> None:
    late = replace(texts.inbound(1, "HELP", To=SHORT_CODE), date_sent=clock.now() - timedelta(hours=2))
    texts.receive(short, late)
    assert answers(short) == []


def test_a_possible_opt_out_waits_for_a_person_and_gets_no_answer(short: Leadline) -> None:
    hear(short, 1, "wrong number")
    found = thread(short)
    assert (found.consent, found.review_since) == ("none", short.clock.now())
    assert answers(short) == []
    with short.database.read() as tx:
        [event] = consent.of_number(tx, cast.LENA.phone)
    assert (event.kind, event.source, event.words) == ("possible_stop", "free_text", "wrong number")


def test_an_opt_out_in_their_own_words_is_told_from_a_keyword(line: Leadline) -> None:
    hear(line, 1, "take me off your list", To=cast.OUR_NUMBER)
    assert thread(line).consent == "opted_out"
    with line.database.read() as tx:
        [event] = consent.of_number(tx, cast.LENA.phone)
    assert event.source == "free_text"
    assert event.reference
