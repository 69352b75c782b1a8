"""What a search takes for words, and what it shows of a text."""

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadline.rules.words import LETTERS_AT_MOST, SHOWN_AT_MOST, WORDS_AT_MOST, endings, marked, wanted, words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("Hello, hello HELLO", ["hello"]),
        ("don’t stop", ["don", "t", "stop"]),
        ("naïve café", ["naive", "cafe"]),
        ("nai\u0308ve", ["naive"]),
        ("ŁÓDŹ Ørsted æther", ["lodz", "orsted", "aether"]),
        ("İstanbul ISTANBUL ısı", ["istanbul", "isi"]),
        ("مرحبا بك", ["مرحبا", "بك"]),
        ("明天5点", ["明", "天", "5", "点"]),
        ("one_two", ["one", "two"]),
        ("🙏🌞", []),
        ("https://example.com/a?b=1", ["https", "example", "com", "a", "b", "1"]),
        ("x" * 2000, ["x" * LETTERS_AT_MOST]),
    ],
)
def test_a_text_is_cut_into_words_without_case_and_accents(text: str, found: list[str]) -> None:
    assert words(text) == found


@pytest.mark.parametrize(
    ("search", "terms"),
    [
        ("lena park", ("lena", "park")),
        ("(303) 555-0142", ("3035550142",)),
        ("+1 303.555.0142", ("13035550142",)),
        ("0151 2345", ("1512345",)),
        ("0142", ("142",)),
        ("000", ("000",)),
        ("42", ("42",)),
        ("12 ab", ("12", "ab")),
        ("  ", ()),
        ("%_*\"'", ()),
        ("a b c d e f g h i j", tuple("abcdefgh")),
    ],
)
def test_a_search_asks_for_beginnings_or_for_one_number(search: str, terms: tuple[str, ...]) -> None:
    assert wanted(search) == terms
    assert len(wanted(search)) <= WORDS_AT_MOST


@pytest.mark.parametrize(("number", "found"), [("+1303", ["1303", "303"]), ("12", []), ("MYBANK", [])])
def test_a_number_is_found_by_every_ending(number: str, found: list[str]) -> None:
    assert endings(number) == found


def test_what_was_asked_for_is_marked_in_its_own_spelling() -> None:
    assert marked("Hello WIŚNIEWSKI, hello", ["wis"]) == ("Hello ", "WIŚNIEWSKI", ", hello")
    assert marked("Hello", ["bye"]) == ("Hello",)
    long = "word " * 60 + "needle and more " * 40
    parts = marked(long, ["needle"])
    assert parts[0].startswith("…word ")
    assert parts[1] == "needle"
    assert parts[-1].endswith("…")
    assert len("".join(parts)) <= SHOWN_AT_MOST + 12


@given(st.text(max_size=400), st.text(max_size=20))
def test_whatever_is_searched_for_the_marks_lose_no_letter(text: str, search: str) -> None:
    line = " ".join(normalize("NFC", text).split())
    shown = "".join(marked(text, wanted(search) or ("a",))).removeprefix("…").removesuffix("…")
    assert shown in line or not shown


@given(st.text(max_size=400))
def test_words_can_stand_in_any_query(text: str) -> None:
    for word in words(text):
        assert word.isalnum()
        assert word == word.strip()
        assert words(word)
