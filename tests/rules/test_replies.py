"""What a reply asks for."""

import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadline.rules import replies
from leadline.rules.grounds import SENTENCES, ReplyKind
from leadline.rules.phrasebook import Phrasebook
from leadline.rules.phrases import LANGUAGES
from leadline.rules.replies import classify_reply, is_opt_in_message, is_opt_out_message
from leadline.rules.spelling import Spelling
from leadline.rules.wrappings import MOST_CHARACTERS, is_automatic, own_words
from tests.contracts.replies_page import Reply, corpus, matrix, share

OPT_OUT, REVIEW, OPT_IN, HELP, NONE = ReplyKind
CORPUS = corpus()
KEYWORDS = ("stop", "stopall", "unsubscribe", "cancel", "end", "quit", "revoke", "optout", "opt out")


def test_most_opt_outs_are_caught() -> None:
    assert share(matrix(CORPUS), OPT_OUT, read_as={OPT_OUT, REVIEW}) >= 0.97


def test_next_to_no_ordinary_reply_opts_out() -> None:
    assert share(matrix(CORPUS), NONE, read_as={OPT_OUT}) <= 0.01


def test_few_ordinary_replies_trouble_a_person() -> None:
    assert share(matrix(CORPUS), NONE, read_as={REVIEW}) <= 0.03


@pytest.mark.parametrize("kind", [REVIEW, OPT_IN, HELP])
def test_the_other_kinds_are_told_apart(kind: ReplyKind) -> None:
    assert share(matrix(CORPUS), kind, read_as={kind}) >= 0.95


def test_the_corpus_holds_no_reply_twice() -> None:
    texts = [(reply.text, reply.opted_out) for reply in CORPUS]
    assert sorted(texts) == sorted(set(texts))


@pytest.mark.parametrize("language", ["en", "es", "fr", "pt", "de", "it", "nl", "pl"])
def test_opt_outs_are_caught_in_each_language(language: str) -> None:
    replies: list[Reply] = [reply for reply in CORPUS if reply.language == language]
    assert share(matrix(replies), OPT_OUT, read_as={OPT_OUT, REVIEW}) >= 0.97


@pytest.mark.parametrize(
    "dress",
    ["{}", " {} ", "{}!!!", "{}.", '"{}"', "{} 🛑", "{} please", "{}, thanks", "{}\n\nSent from my iPhone"],
)
@pytest.mark.parametrize("word", KEYWORDS)
def test_a_keyword_opts_out_however_it_is_dressed(word: str, dress: str) -> None:
    for spelled in (word, word.upper(), word.title()):
        assert classify_reply(dress.format(spelled)).kind is OPT_OUT


@pytest.mark.parametrize(
    "text",
    [
        "S T O P",
        "s.t.o.p",
        "ＳＴＯＰ",
        "ЅТОР",
        "S\u200bT\u200bO\u200bP",
        "st0p",
        "$top",
        "STOPPPP",
        "sotp",
        "stoptextingme",
    ],
)
def test_a_disguised_stop_is_a_stop(text: str) -> None:
    assert classify_reply(text).kind is OPT_OUT


@pytest.mark.parametrize(
    "text",
    [
        *("don't stop", "stop by at 5", "my stop is Harlem and Lake", "cancel my 3pm appointment"),
        *("I want to end the lease", "remove the shed from the quote", "unsubscribe from the other list"),
        *("take me off the lease", "do not contact the seller directly", "it's not a wrong number"),
    ],
)
def test_everyday_language_that_holds_such_words_asks_for_nothing(text: str) -> None:
    assert classify_reply(text).kind is NONE


@pytest.mark.parametrize(
    "text",
    [
        *(
            "Liked “Reply STOP to opt out”",
            'Loved "Reply STOP"',
            "👍 to “Reply STOP to end”",
            "Liked an image",
        ),
        *("Le gustó “Responde ALTO”", "A aimé « Répondez STOP »", "Gefällt „Antworten Sie STOPP“"),
    ],
)
def test_a_reaction_to_our_text_is_not_their_words(text: str) -> None:
    assert own_words(text).strip() == ""
    assert classify_reply(text).kind is NONE


def test_what_they_quote_is_left_out_unless_they_quote_themselves() -> None:
    assert classify_reply("“Reply STOP to opt out” what does that mean?").kind is NONE
    assert classify_reply("> Reply STOP to opt out\nok see you then").kind is NONE
    assert classify_reply("I said “stop texting me right now”").kind is OPT_OUT


def test_the_answer_of_a_machine_asks_for_nothing() -> None:
    text = "Auto-reply: I am out of office. Please do not text me."
    assert is_automatic(text)
    assert classify_reply(text).kind is NONE


def test_yes_opts_in_only_somebody_who_had_opted_out() -> None:
    assert classify_reply("Yes").kind is NONE
    assert classify_reply("Yes", opted_out=True).kind is OPT_IN
    assert classify_reply("Yes sir, both of us", opted_out=True).kind is NONE


def test_a_wrong_number_goes_to_a_person_and_with_a_stop_it_opts_out() -> None:
    assert classify_reply("wrong number").kind is REVIEW
    assert classify_reply("wrong number stop").kind is OPT_OUT


def test_a_limit_or_a_question_goes_to_a_person() -> None:
    assert classify_reply("don't text me after 9pm").kind is REVIEW
    assert classify_reply("how do I stop these texts").kind is REVIEW


def test_stop_and_start_in_one_text_go_to_a_person() -> None:
    assert classify_reply("stop. sign me up again").kind is REVIEW


@pytest.mark.parametrize("text", ["qiut", "otp out", "canc el", "unsubsrcibe", "sropp", "stop!stop!"])
def test_a_whole_message_may_be_a_keyword_with_a_slip(text: str) -> None:
    assert classify_reply(text).kind is OPT_OUT


@pytest.mark.parametrize("text", ["quiet", "shop", "stoop", "held", "step"])
def test_a_word_of_its_own_is_no_slip(text: str) -> None:
    assert classify_reply(text).kind is NONE


@pytest.mark.parametrize(
    "text",
    [
        *("tell the other agent to stop calling me", "I'd like to opt out of the sunroof"),
        *("stop it!! that's the cutest puppy", "quiero dar de baja la cuenta del gas"),
    ],
)
def test_what_may_concern_somebody_or_something_else_goes_to_a_person(text: str) -> None:
    assert classify_reply(text).kind is REVIEW


@pytest.mark.parametrize(
    "text",
    [
        *("those texts of yours ought to cease", "somebody ought to erase both those numbers"),
        *("kindly do whatever one does to STOP whatever this is", "no such promos were ever requested"),
    ],
)
def test_telling_words_in_one_clause_make_a_person_look(text: str) -> None:
    assert classify_reply(text).kind is REVIEW


@pytest.mark.parametrize(
    "text",
    [
        *("please delete the third paragraph", "bitte den zweiten Artikel löschen"),
        *("he told the last company to stop calling him", "my carrier keeps blocking your link"),
        *("don't text, call please", "stop it! that's the fluffiest kitten"),
    ],
)
def test_a_request_beside_words_that_no_request_holds_is_never_an_opt_out(text: str) -> None:
    assert classify_reply(text).kind is not OPT_OUT


@pytest.mark.parametrize(
    "text", ["I said stop like three times now", "silence these", "I'll talk to my lawyer"]
)
def test_a_telling_word_among_familiar_words_makes_a_person_look(text: str) -> None:
    assert classify_reply(text).kind is not NONE


@pytest.mark.parametrize(
    "text", ["Not now, maybe after the summer", "maybe later", "call me next week", "busy right now"]
)
def test_who_puts_us_off_asks_for_nothing(text: str) -> None:
    assert classify_reply(text).kind is NONE


def test_a_request_that_nobody_text_is_no_wish_for_texts() -> None:
    assert classify_reply("I'm asking that no one from your office text me again").kind is not OPT_IN


def test_a_companys_footer_is_not_the_persons_words() -> None:
    assert classify_reply("Yes 10am.\n-- \nVance Logistics\nUnsubscribe | Privacy").kind is NONE
    assert classify_reply("Please remove me.\n--\nTom Vance\nVance Plumbing").kind is OPT_OUT


def test_the_words_that_decided_and_the_reason_are_told() -> None:
    intent = classify_reply("Hi! Please STOP texting me, thanks")
    assert intent.words == "stop texting me"
    assert intent.reason in SENTENCES.values()
    assert intent.language == "en"
    assert classify_reply("see you at 5").words == ""


def test_the_hint_names_the_language_of_words_that_several_share() -> None:
    assert classify_reply("parar").language == "es"
    assert classify_reply("parar", language_hint="pt").language == "pt"
    assert classify_reply("parar", language_hint="de").language == "es"


def test_the_library_functions_ask_the_same_rules() -> None:
    assert is_opt_out_message("please take me off your list")
    assert not is_opt_out_message("stop by at 5")
    assert not is_opt_out_message("wrong number")
    assert is_opt_in_message("YES")
    assert is_opt_in_message("start texting me again")
    assert not is_opt_in_message("stop")


def test_a_text_that_is_not_taken_apart_asks_for_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    dressed = [dress.format(reply.text) for reply in CORPUS for dress in ("{}", "hey {}, thanks!", "{} ok")]
    findings = replies._findings.__wrapped__
    found = [findings(text) for text in dressed]
    monkeypatch.setattr(replies, "_may_ask", lambda *_: True)
    assert found == [findings(text) for text in dressed]


def test_words_that_no_phrase_holds_do_not_fill_the_memory() -> None:
    book, _, _ = replies._book()
    known = [len(state) for state in book._states.values()]
    for number in range(50):
        book.find(["^", f"strange{number}", "stop", f"strange{number}", "please", "$"])
    assert sum(len(state) for state in book._states.values()) - sum(known) < 50


def test_every_sentence_is_one_for_people() -> None:
    assert all(sentence.endswith(".") and sentence[0].isupper() for sentence in SENTENCES.values())


def test_no_phrase_has_an_empty_alternative() -> None:
    assert "" not in Phrasebook(LANGUAGES).vocabulary


def test_no_phrase_word_is_taken_for_another() -> None:
    book = Phrasebook(LANGUAGES)
    spelling = Spelling(book.vocabulary)
    assert spelling.read("unsubcribe") == ("unsubscribe",)
    assert spelling.read("lease") == ("lease",)
    assert spelling.read("shop") == ("shop",)


@given(st.text(), st.booleans())
@settings(deadline=None)
def test_no_text_is_a_fault(text: str, opted_out: bool) -> None:
    assert classify_reply(text, opted_out=opted_out).kind in ReplyKind


@given(
    st.lists(
        st.sampled_from(
            [
                "stop",
                "don't",
                "how",
                "text",
                "me",
                "list",
                "“",
                "”",
                ">",
                "liked",
                ".",
                "\n",
                "yes",
                "🛑",
                "after",
            ]
        ),
        max_size=60,
    )
)
@settings(deadline=None)
def test_no_mixture_of_telling_words_is_a_fault(words: list[str]) -> None:
    assert classify_reply(" ".join(words)).kind in ReplyKind


@pytest.mark.parametrize(
    "unit",
    ["stop ", "a", "“", "s t ", "\n", "🛑", "don't stop ", "liked “", "i i i ", ">\n", "1 2 3 stop ", "x-"],
)
def test_a_huge_text_takes_no_longer_than_a_long_one(unit: str) -> None:
    huge = unit * (100_000 // len(unit))
    classify_reply(huge)  # Words are read once and remembered.
    # It is fifty times as long. A few more are those of a garbage collection, of which others want to know.
    assert calls(huge) < 1.1 * calls(huge[:MOST_CHARACTERS])


def calls(text: str) -> int:
    """How many functions are called to judge a text, which no other load of the machine changes much."""
    count = 0

    def note(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(note)
    try:
        classify_reply(text)
    finally:
        sys.setprofile(None)
    return count
