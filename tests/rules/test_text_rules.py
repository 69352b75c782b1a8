"""What may stand in a text, a name, and a line on a terminal."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadline.errors import TextError
from leadline.rules.text import check_body, clean_name, is_blank, printable, utf16_units


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("Hi Lena", "Hi Lena"),
        ("two\r\nlines\rthree", "two\nlines\nthree"),
        ("a\tb", "a\tb"),
        (" spaces stay ", " spaces stay "),
        ("bell\x07 nul\0 escape\x1b c1\x9b", "bell nul escape c1"),
        ("سلام 👨\u200d👩\u200d👧", "سلام 👨\u200d👩\u200d👧"),
        ("x" * 1600, "x" * 1600),
        ("😀" * 800, "😀" * 800),
    ],
)
def test_a_text_is_sent_as_typed_save_for_controls(typed: str, sent: str) -> None:
    assert check_body(typed) == sent


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "empty"),
        ("  \n\t", "empty"),
        ("\0\x07", "empty"),
        ("\u200b\ufeff", "empty"),
        ("x" * 1601, "1 characters too long"),
        ("😀" * 801, "2 characters too long"),
        ("half \ud83d", "half an emoji"),
        ("\udc00", "half an emoji"),
    ],
)
def test_what_cannot_be_sent_is_refused_with_the_reason(typed: str, words: str) -> None:
    with pytest.raises(TextError, match=words) as refusal:
        check_body(typed, field="message")
    assert refusal.value.field == "message"


def test_a_picture_needs_no_words() -> None:
    assert check_body("", has_media=True) == ""
    with pytest.raises(TextError):
        check_body("x" * 1601, has_media=True)


@given(st.text())
def test_what_is_sent_can_be_stored_and_is_not_changed_by_a_second_look(text: str) -> None:
    try:
        body = check_body(text)
    except TextError:
        return
    assert "\0" not in body
    assert utf16_units(body) <= 1600
    assert check_body(body) == body
    body.encode()


@pytest.mark.parametrize(
    ("text", "blank"), [("", True), (" \n", True), ("\u200b\u2060\u00ad", True), ("a", False), (".", False)]
)
def test_invisible_characters_alone_are_blank(text: str, blank: bool) -> None:
    assert is_blank(text) is blank


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("Lena Ortiz", "Lena Ortiz"),
        ("  Lena \n Ortiz\t", "Lena Ortiz"),
        ("Lena\u202egnp.exe", "Lenagnp.exe"),
        ("\u2066Lena\u2069", "Lena"),
        ("Le\x1b[31mna\0", "Le[31mna"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("Ana 👩\u200d🔧", "Ana 👩\u200d🔧"),
        ("half\ud83d", "half\ufffd"),
        ("\u202e", ""),
    ],
)
def test_a_name_cannot_turn_the_line_it_stands_in(given_name: str, kept: str) -> None:
    assert clean_name(given_name) == kept


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("\x1b]0;owned\x07", "]0;owned"),
        ("\x1b[2J\x9b1m", "[2J1m"),
        ("one\r\ntwo\ttab", "one two tab"),
        ("safe\u202eevil", "safeevil"),
        ("\u2066a\u2069\u200e", "a"),
        ("half\ud83d", "half"),
        ("naïve 😀", "naïve 😀"),
        ("line\u2028sep", "linesep"),
    ],
)
def test_nothing_in_a_text_can_move_a_terminal(text: str, shown: str) -> None:
    assert printable(text) == shown


def test_lines_stay_where_they_are_wanted() -> None:
    assert printable("one\r\ntwo\x1b", keep_lines=True) == "one\ntwo"


@given(st.text())
def test_a_printed_line_is_one_line_without_controls(text: str) -> None:
    shown = printable(text)
    assert not any(unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") for c in shown)
    assert len(shown.splitlines()) <= 1
