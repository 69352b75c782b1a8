"""Messages that are a keyword and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadline.rules.keywords import (
    HELP_WORDS,
    START_WORDS,
    STOP_WORDS,
    Keyword,
    keyword,
)

STOP, START, HELP = Keyword

MEANINGS = [
    # Twilio's words, and the two spellings it misses
    ("STOP", STOP),
    ("stop", STOP),
    ("Stop", STOP),
    ("STOPALL", STOP),
    ("UNSUBSCRIBE", STOP),
    ("CANCEL", STOP),
    ("END", STOP),
    ("QUIT", STOP),
    ("REVOKE", STOP),
    ("OPTOUT", STOP),
    ("opt out", STOP),
    ("OPT-OUT", STOP),
    ("stop all", STOP),
    ("Un-subscribe", STOP),
    ("START", START),
    ("UNSTOP", START),
    ("YES", START),
    ("yes", START),
    ("Opt in", START),
    ("subscribe", START),
    ("HELP", HELP),
    ("INFO", HELP),
    # Other languages
    ("ARRET", STOP),
    ("Arrêt", STOP),
    ("ARRE\u0302T", STOP),
    ("ALTO", STOP),
    ("Pare", STOP),
    ("parar", STOP),
    ("Stopp", STOP),
    ("ayuda", HELP),
    # Dressed up
    (" STOP ", STOP),
    ("stop.", STOP),
    ("STOP!!!", STOP),
    ("Stop?", STOP),
    ("\tstop\n", STOP),
    ('"STOP"', STOP),
    ("“stop”", STOP),
    ("‘Stop’", STOP),
    ("«STOP»", STOP),
    ("(stop)", STOP),
    ("*stop*", STOP),
    ("#stop", STOP),
    ("...stop...", STOP),
    ("-> stop", STOP),
    ("STOP🛑", STOP),
    ("🛑🛑 stop 🛑🛑", STOP),
    ("stop ✋🏽", STOP),
    ("stop ❤\ufe0f", STOP),
    ("stop 🤷\u200d♀\ufe0f", STOP),
    ("ＳＴＯＰ", STOP),
    ("𝐒𝐓𝐎𝐏", STOP),
    ("STOP\u200b", STOP),
    ("S\u200bT\u200cO\u2060P", STOP),
    ("\ufeffstop", STOP),
    ("\u202estop\u202c", STOP),
    ("st\u00adop", STOP),
    ("stop\u00a0", STOP),
    ("stop\0", STOP),
    ("stop\ufe0e", STOP),
    ("stop\u3164", STOP),
    ("\ud83dstop", STOP),
    ("HELP?!", HELP),
    ("start 🙂", START),
    ("YES!", START),
    # With a courtesy, or said more than once
    ("Stop. Thank you", STOP),
    ("STOP PLEASE", STOP),
    ("please stop", STOP),
    ("Pls stop, thx", STOP),
    ("stop now", STOP),
    ("Stop, thank you very much!", STOP),
    ("Unsubscribe please", STOP),
    ("cancel thanks", STOP),
    ("opt out please", STOP),
    ("parar por favor", STOP),
    ("stop s'il vous plaît", STOP),
    ("STOP STOP STOP", STOP),
    ("stop unsubscribe", STOP),
    ("STOP\n\nThanks", STOP),
    ("HELP HELP", HELP),
    ("help please", HELP),
    ("start please", START),
    # Not keywords
    ("", None),
    ("   ", None),
    ("🎉🎉", None),
    ("sTöP", None),
    ("stoop", None),
    ("nonstop", None),
    ("STOP 12345", None),
    ("stop1", None),
    ("S T O P", None),
    ("can you stop by at 5?", None),
    ("we must STOP this bill", None),
    ("please stop sending", None),
    ("stop sending the old price list, send the new one", None),
    ("don't stop", None),
    ("do not stop", None),
    ("my stop is Harlem and Lake", None),
    ("the end", None),
    ("end of May", None),
    ("cancel my 3pm", None),
    ("quit smoking", None),
    ("Yes please", None),
    ("yes, thanks", None),
    ("yes yes", None),
    ("Yes sir, both of us", None),
    ("no", None),
    ("No.", None),
    ("info please", None),
    ("more info", None),
    ("helpful", None),
    ("stop start", None),
    ("help stop", None),
    ("please", None),
    ("thanks", None),
    ("start at 5", None),
    ("Emphasized “Stop paying rent!”", None),
    ("thank you " * 200, None),
    ("stop " * 200, None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "meaning"), MEANINGS, ids=lambda value: repr(value)[:40])
def test_a_message_is_a_keyword_or_it_is_not(text: str, meaning: Keyword | None) -> None:
    assert keyword(text) is meaning


@pytest.mark.parametrize(
    ("words", "kind"),
    [(words, kind) for table, kind in ((STOP_WORDS, STOP), (START_WORDS, START), (HELP_WORDS, HELP))
     for words in table.values()],
)  # fmt: skip
def test_every_listed_word_is_a_keyword_in_any_case(words: tuple[str, ...], kind: Keyword) -> None:
    for word in words:
        for spelled in (word, word.upper(), word.title(), f"  {word}!! "):
            assert keyword(spelled) is kind


@given(st.text())
def test_no_text_is_a_fault(text: str) -> None:
    assert keyword(text) in (STOP, START, HELP, None)


@given(st.lists(st.sampled_from(["stop", "12345", "by", "paying", "yes", "start", "please"]), max_size=40))
def test_a_message_with_another_word_in_it_is_no_keyword(words: list[str]) -> None:
    if not set(words) <= {"stop", "please"}:
        assert keyword(" ".join(words)) is not STOP
