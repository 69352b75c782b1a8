"""The gate: what may leave now, what waits and until when, what never leaves, and why."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadline.rules import gate
from leadline.rules.caps import Cap, Counted, Earlier
from leadline.rules.gate import Decision, Question, Reason, Rules, Verdict, decide
from leadline.rules.hours import QuietHours
from leadline.rules.whereabouts import Whereabouts, candidates

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
# Half past one on a Wednesday afternoon in Denver; and half past nine that evening.
NOON = datetime(2026, 7, 8, 19, 30, tzinfo=UTC)
EVENING = NOON + 8 * HOUR
MORNING = datetime(2026, 7, 9, 14, 0, tzinfo=UTC)
DENVER = candidates("+13035550142")
LENA = Question(NOON, "none", DENVER)


def codes(decision: Decision) -> list[str]:
    return [reason.code for reason in decision.reasons]


def earlier(*ago: timedelta, category: str = "marketing", is_automatic: bool = False) -> tuple[Earlier, ...]:
    return tuple(Earlier(NOON - each, category, is_automatic) for each in sorted(ago, reverse=True))


def test_a_text_by_day_to_someone_who_has_not_asked_to_stop_is_allowed_and_says_why() -> None:
    decision = decide(LENA)
    assert decision.is_allowed
    assert codes(decision) == ["not_opted_out", "in_hours"]
    assert decision.reasons[1].sentence == "It is 13:30 for them (America/Denver, by area code 303)."


@pytest.mark.parametrize(
    ("consent", "category", "expected"),
    [
        ("none", "conversational", []),
        ("none", "transactional", []),
        ("none", "marketing", ["no_opt_in"]),
        ("opted_in", "marketing", []),
        ("opted_in", "conversational", []),
        ("opted_out", "conversational", ["opted_out"]),
        ("opted_out", "transactional", ["opted_out"]),
        ("opted_out", "marketing", ["opted_out"]),
    ],
)
def test_marketing_needs_an_opt_in_and_nothing_passes_an_opt_out(
    consent: str, category: str, expected: list[str]
) -> None:
    decision = decide(LENA._replace(consent=consent, category=category))
    assert (codes(decision) if expected else []) == expected
    assert decision.verdict is (Verdict.REFUSED if expected else Verdict.ALLOWED)


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"whereabouts": candidates("+442071838750")}, ["country_not_allowed"]),
        ({"whereabouts": candidates("+18685550142")}, ["country_not_allowed"]),
        ({"whereabouts": candidates("55512")}, ["country_unknown"]),
        ({"is_number_unusable": True}, ["number_unusable"]),
        ({"length": 0}, ["body_empty"]),
        ({"length": 1601}, ["body_too_long"]),
        ({"is_review_pending": True, "is_automatic": True}, ["possible_stop"]),
        (
            {"is_review_pending": True, "category": "marketing", "consent": "opted_in"},
            ["possible_stop"],
        ),
        ({"consent": "opted_out", "length": 0, "is_number_unusable": True}, ["opted_out", "number_unusable"]),
    ],
)
def test_what_can_never_leave_is_refused_with_every_reason_in_order(
    changed: dict[str, Any], expected: list[str]
) -> None:
    decision = decide(LENA._replace(**changed))
    assert decision.verdict is Verdict.REFUSED
    assert decision.until is None
    assert codes(decision)[: len(expected)] == expected


@pytest.mark.parametrize(
    "changed",
    [
        {"length": 1600},
        {"length": 0, "has_media": True},
        {"is_review_pending": True},
        {"whereabouts": candidates("+14165550142"), "moment": NOON},
    ],
)
def test_what_may_leave_is_allowed(changed: dict[str, Any]) -> None:
    assert decide(LENA._replace(**changed)).is_allowed


def test_a_refusal_is_not_softened_into_a_deferral_at_night() -> None:
    assert decide(LENA._replace(moment=EVENING, consent="opted_out")).verdict is Verdict.REFUSED


def test_a_text_at_night_waits_for_the_morning_and_says_whose_clock_and_which_law() -> None:
    decision = decide(LENA._replace(moment=EVENING))
    assert (decision.verdict, decision.until) == (Verdict.DEFERRED, MORNING)
    assert decision.reasons == (
        Reason(
            "quiet_hours",
            "It is Wednesday 21:30 for them (America/Denver, by area code 303); texts may reach them from "
            "08:00 to 21:00 (47 CFR 64.1200(c)(1)).",
        ),
    )


def test_where_several_zones_fit_the_sentence_does_not_claim_to_know() -> None:
    decision = decide(Question(EVENING, "none", candidates("+18005550142")))
    assert decision.reasons[0].sentence.startswith("It may be ")
    assert "the country alone, US" in decision.reasons[0].sentence


def test_a_deferral_is_spread_over_the_first_minutes_of_the_morning() -> None:
    assert decide(LENA._replace(moment=EVENING, spread=0.25)).until == MORNING + 150 * timedelta(seconds=1)


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(0, "just now"), (1, "1 minute ago"), (4, "4 minutes ago"), (30, "30 minutes ago")],
)
def test_an_answer_to_a_lead_who_wrote_minutes_ago_is_allowed_at_night_and_says_why(
    minutes: int, said: str
) -> None:
    decision = decide(LENA._replace(moment=EVENING, answers=EVENING - minutes * MINUTE))
    assert decision.is_allowed
    assert decision.reasons[1] == Reason("answer", f"They wrote {said}: an answer may go out at any hour.")


def test_an_answer_that_comes_too_late_waits_for_the_morning() -> None:
    assert decide(LENA._replace(moment=EVENING, answers=EVENING - 31 * MINUTE)).until == MORNING


def test_marketing_is_never_an_answer() -> None:
    text = LENA._replace(moment=EVENING, answers=EVENING, category="marketing", consent="opted_in")
    assert decide(text).until == MORNING


def test_quiet_hours_can_be_switched_off() -> None:
    decision = decide(LENA._replace(moment=EVENING), Rules(quiet_hours=QuietHours(is_on=False)))
    assert codes(decision) == ["not_opted_out", "hours_off"]


def test_where_nobody_knows_the_hour_a_text_waits_for_somebody_to_say() -> None:
    nowhere = Whereabouts("XX", (), "nothing")
    decision = decide(LENA._replace(whereabouts=nowhere), Rules(countries=None))
    assert (decision.verdict, decision.until, codes(decision)) == (Verdict.DEFERRED, None, ["zone_unknown"])


MARKETING = LENA._replace(category="marketing", consent="opted_in")


@pytest.mark.parametrize(
    ("ago", "until"),
    [
        ((2 * HOUR, HOUR), None),
        ((3 * HOUR, 2 * HOUR, HOUR), NOON + 21 * HOUR),
        ((DAY, 2 * HOUR, HOUR), None),
        ((DAY - MINUTE, 2 * HOUR, HOUR), NOON + MINUTE),
        # Six in a week leave one more; of seven the first must be a week ago, and then it is evening.
        ((6 * DAY, 5 * DAY, 4 * DAY, 3 * DAY, 2 * DAY, 30 * HOUR), None),
        ((6 * DAY, 5 * DAY, 4 * DAY, 3 * DAY, 2 * DAY, 30 * HOUR, 28 * HOUR), NOON + DAY),
        # The cap has room at three in the morning, and the hours at eight.
        ((10.5 * HOUR, 2 * HOUR, HOUR), MORNING),
    ],
)
def test_marketing_above_its_cap_waits_until_the_stretch_has_room(
    ago: tuple[timedelta, ...], until: datetime | None
) -> None:
    assert decide(MARKETING._replace(earlier=earlier(*ago))).until == until


def test_a_person_may_write_as_often_as_they_like() -> None:
    often = earlier(*(n * MINUTE for n in range(50)), category="conversational")
    assert decide(LENA._replace(earlier=often)).is_allowed


def test_texts_of_other_kinds_do_not_use_up_a_cap() -> None:
    often = earlier(*(n * MINUTE for n in range(50)), category="conversational")
    assert decide(MARKETING._replace(earlier=often)).is_allowed


def test_two_machines_that_answer_each_other_are_stopped_for_good() -> None:
    lately = earlier(3 * MINUTE, 2 * MINUTE, MINUTE, category="conversational", is_automatic=True)
    decision = decide(LENA._replace(is_automatic=True, answers=NOON, earlier=lately))
    assert (decision.verdict, codes(decision)) == (Verdict.REFUSED, ["automatic_per_hour"])
    assert decision.reasons[0].sentence == ("3 automatic texts went to this number in the last hour; 3 may.")


def test_an_automatic_text_that_answers_nothing_waits_instead() -> None:
    lately = earlier(3 * MINUTE, 2 * MINUTE, MINUTE, category="conversational", is_automatic=True)
    assert decide(LENA._replace(is_automatic=True, earlier=lately)).until == NOON + 57 * MINUTE


def test_a_cap_of_all_texts_spares_a_person_who_answers() -> None:
    rules = Rules(caps=(Cap("texts_per_day", Counted.ANY, 1, DAY),))
    once = LENA._replace(earlier=earlier(HOUR, category="conversational"))
    assert decide(once, rules).until == NOON + 23 * HOUR
    assert decide(once._replace(answers=NOON), rules).is_allowed


def test_a_cap_of_nothing_allows_nothing() -> None:
    rules = Rules(caps=(Cap("marketing_per_day", Counted.MARKETING, 0, DAY),))
    decision = decide(MARKETING, rules)
    assert (decision.verdict, decision.until) == (Verdict.DEFERRED, None)


def test_the_rules_say_how_far_to_look_back() -> None:
    assert Rules().look_back == 7 * DAY
    assert Rules(caps=()).look_back == timedelta(0)


def test_a_busy_sender_defers_and_a_stopped_one_waits_for_a_person() -> None:
    free_at = NOON + 3 * MINUTE
    assert decide(LENA._replace(sender_free_at=free_at)).until == free_at
    assert decide(LENA._replace(sender_free_at=NOON)).is_allowed
    stopped = decide(LENA._replace(sender_stopped_because="Wrong token.", sender_free_at=free_at))
    assert (stopped.verdict, stopped.until) == (Verdict.DEFERRED, None)
    assert codes(stopped) == ["sender_stopped", "sender_rate"]


@pytest.mark.parametrize(
    "question",
    [
        LENA,
        LENA._replace(moment=EVENING),
        LENA._replace(moment=EVENING, spread=0.123456),
        LENA._replace(consent="opted_out"),
        LENA._replace(sender_stopped_because="Wrong token."),
    ],
)
def test_a_decision_is_the_same_after_it_was_stored(question: Question) -> None:
    decision = decide(question)
    assert Decision.from_json(decision.as_json()) == decision


def test_what_earlier_versions_stored_can_be_read() -> None:
    stored = {"verdict": "allowed", "reasons": [{"code": "not_opted_out", "sentence": "So."}]}
    assert Decision.from_json(stored) == Decision(Verdict.ALLOWED, (Reason("not_opted_out", "So."),))


MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2028, 12, 31)).map(lambda m: m.replace(tzinfo=UTC))  # noqa: DTZ001
QUESTIONS = st.builds(
    Question,
    moment=MOMENTS,
    consent=st.sampled_from(["none", "opted_in", "opted_out"]),
    whereabouts=st.sampled_from(["+13035550142", "+18005550142", "+14165550142", "+442071838750", "1"]).map(
        candidates
    ),
    category=st.sampled_from(["conversational", "transactional", "marketing"]),
    is_automatic=st.booleans(),
    answers=st.none() | MOMENTS,
    sender_free_at=st.none() | MOMENTS,
    length=st.integers(0, 2000),
    spread=st.floats(0, 1, exclude_max=True),
    earlier=st.just(()),
)


@given(QUESTIONS)
def test_no_decision_lets_a_text_pass_an_opt_out_a_border_or_its_length(question: Question) -> None:
    decision = decide(question)
    assert decision.reasons
    forbidden = (
        question.consent == "opted_out"
        or (question.category == "marketing" and question.consent != "opted_in")
        or question.whereabouts.country not in ("US", "CA")
        or question.is_number_unusable
        or (question.is_review_pending and (question.is_automatic or question.category == "marketing"))
        or not (0 < question.length <= 1600 or (question.has_media and question.length == 0))
    )
    assert (decision.verdict is Verdict.REFUSED) == forbidden
    assert decision.is_deferred or decision.until is None


@given(QUESTIONS)
def test_a_deferred_text_that_is_asked_again_when_its_time_has_come_is_allowed(question: Question) -> None:
    decision = decide(question)
    if decision.until is not None:
        assert decision.until > question.moment
        assert decide(question._replace(moment=decision.until)).is_allowed


def test_consent_alone_can_be_asked() -> None:
    assert gate.by_consent("opted_out").reasons == (gate.OPTED_OUT,)
    assert gate.by_consent("none").is_allowed
