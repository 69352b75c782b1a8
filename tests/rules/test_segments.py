"""How many segments a text takes."""

import json
import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadline.rules.segments import (
    GSM_BASIC,
    GSM_EXTENSION,
    LOOK_ALIKES,
    clusters,
    count_segments,
    replace_unicode,
)

VECTORS = json.loads((Path(__file__).parents[1] / "data" / "twilio-vectors.json").read_text())["segments"]
BITS = {"GSM-7": 7, "UCS-2": 16}
HEADER_BITS = 48


def characters(code_points: list[str]) -> set[str]:
    return {chr(int(point.removeprefix("U+"), 16)) for point in code_points}


def test_the_alphabet_is_gsm_7() -> None:
    assert characters(VECTORS["gsm_basic"]) == GSM_BASIC
    assert characters(VECTORS["gsm_extension"]) == GSM_EXTENSION


@pytest.mark.parametrize("vector", VECTORS["vectors"] + VECTORS["derived"], ids=lambda vector: vector["id"])
def test_we_count_as_twilios_own_calculator_counts(vector: dict[str, Any]) -> None:
    body, expected = vector["body"], vector["expect"]
    counted = count_segments(body)
    several = counted.segments if counted.segments > 1 else 0
    ours = {
        "encoding": counted.encoding,
        "segments": counted.segments,
        "messageSize": counted.units * BITS[counted.encoding],
        "totalSize": counted.units * BITS[counted.encoding] + HEADER_BITS * several,
        "characters": counted.units if counted.encoding == "GSM-7" else len(list(clusters(body))),
        "unicodeScalars": len(body),
        "non_gsm": list(counted.forcing),
    }
    assert {name: ours[name] for name in expected} == expected


@pytest.mark.parametrize(
    ("body", "encoding", "units", "segments"),
    [
        ("", "GSM-7", 0, 1),
        ("a" * 160, "GSM-7", 160, 1),
        ("a" * 161, "GSM-7", 161, 2),
        ("a" * 306, "GSM-7", 306, 2),
        ("a" * 307, "GSM-7", 307, 3),
        ("€" * 80, "GSM-7", 160, 1),
        ("a" * 152 + "€" + "a" * 152, "GSM-7", 306, 3),
        ("a" * 151 + "€" + "a" * 153, "GSM-7", 306, 2),
        ("\r\n" * 80, "GSM-7", 160, 1),
        ("ж" * 70, "UCS-2", 70, 1),
        ("ж" * 71, "UCS-2", 71, 2),
        ("ж" * 134, "UCS-2", 134, 2),
        ("ж" * 135, "UCS-2", 135, 3),
        ("ж" * 66 + "😀" + "ж" * 66, "UCS-2", 134, 3),
        ("ж" * 65 + "😀" + "ж" * 67, "UCS-2", 134, 2),
        ("ж" * 60 + "👨\u200d👩\u200d👧\u200d👦" + "ж" * 63, "UCS-2", 134, 3),
        ("ж" * 66 + "👍🏽" + "ж" * 64, "UCS-2", 134, 3),
        ("ж" * 65 + "🇺🇸" + "ж" * 65, "UCS-2", 134, 3),
        ("ж" + "{}" * 60, "UCS-2", 121, 2),
        ("e" + "\u0301" * 134, "UCS-2", 135, 3),
    ],
    ids=lambda value: str(value)[:20],
)
def test_a_segment_never_ends_inside_a_character(body: str, encoding: str, units: int, segments: int) -> None:
    counted = count_segments(body)
    assert (counted.encoding, counted.units, counted.segments) == (encoding, units, segments)


def test_the_characters_that_force_unicode_are_named_once_in_order() -> None:
    assert count_segments("It’s “50 %” – it’s 😀").forcing == ("’", "“", "”", "–", "😀")
    assert count_segments("plain {text}").forcing == ()


@given(st.text(max_size=400))
def test_counts_hold_together(text: str) -> None:
    counted = count_segments(text)
    gsm = counted.encoding == "GSM-7"
    assert gsm is (not counted.forcing)
    alone, several = (160, 153) if gsm else (70, 67)
    assert (counted.segments == 1) is (counted.units <= alone)
    if counted.segments > 1:
        assert counted.segments >= math.ceil(counted.units / several)
    assert "".join(clusters(text)) == text


MIXED = st.lists(
    st.sampled_from(["abc ", "ж" * 20, "😀", "👍🏽", "🇺🇸", "👩\u200d🔧", "e\u0301", "’", "€", "x" * 60])
)


@given(MIXED.map("".join))
def test_filling_segments_piece_by_piece_gives_the_same_count(text: str) -> None:
    counted = count_segments(text)
    gsm = counted.encoding == "GSM-7"
    alone, room = (160, 153) if gsm else (70, 67)
    segments, used = 1, 0
    for piece in text if gsm else clusters(text):
        size = 1 + (piece in GSM_EXTENSION) if gsm else len(piece.encode("utf-16-le")) // 2
        segments, used = (segments, used + size) if used + size <= room else (segments + 1, size)
    assert counted.segments == (1 if counted.units <= alone else segments)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("", []),
        ("abc", ["a", "b", "c"]),
        ("e\u0301a", ["e\u0301", "a"]),
        ("👍🏽👍", ["👍🏽", "👍"]),
        ("🇺🇸🇨🇦🇺", ["🇺🇸", "🇨🇦", "🇺"]),
        ("👩\u200d🔧x", ["👩\u200d🔧", "x"]),
        ("❤\ufe0f\u200d🔥", ["❤\ufe0f\u200d🔥"]),
        ("1\ufe0f\u20e32", ["1\ufe0f\u20e3", "2"]),
        ("a\u200db", ["a\u200d", "b"]),
        ("\u200d😀", ["\u200d", "😀"]),
        ("\r\n", ["\r", "\n"]),
        ("नि", ["नि"]),
        ("ก\u0e33", ["ก\u0e33"]),
        ("\u1112\u1161\u11ab", ["\u1112\u1161\u11ab"]),
    ],
)
def test_a_reader_sees_these_pieces(text: str, pieces: list[str]) -> None:
    assert list(clusters(text)) == pieces


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("It’s “great” – really…", 'It\'s "great" - really...'),
        ("10\u202f000\u00a0€", "10 000 €"),
        ("tab\there", "tab here"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("½ off • today", "1/2 off - today"),
        ("ж 😀 é", "ж 😀 é"),
    ],
)
def test_look_alikes_are_replaced_and_the_rest_stays(typed: str, plain: str) -> None:
    assert replace_unicode(typed) == plain


def test_every_look_alike_is_outside_gsm_7_and_its_replacement_inside() -> None:
    for code, replacement in LOOK_ALIKES.items():
        assert chr(code) not in GSM_BASIC | GSM_EXTENSION
        assert set(replacement) <= GSM_BASIC | GSM_EXTENSION
