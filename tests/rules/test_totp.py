"""The second factor's codes, held against the standard's own."""

import base64
from datetime import UTC, datetime, timedelta

import pytest

from leadline.rules import totp

SECRET = base64.b32encode(b"12345678901234567890").decode()
NOW = datetime(2026, 3, 18, 16, 0, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "94287082"),
        (1111111109, "07081804"),
        (1111111111, "14050471"),
        (1234567890, "89005924"),
        (2000000000, "69279037"),
        (20000000000, "65353130"),
    ],
)
def test_codes_are_those_of_rfc_6238(seconds: int, code: str) -> None:
    assert totp.code_at(SECRET, seconds // totp.SECONDS, digits=8) == code
    moment = datetime.fromtimestamp(seconds, UTC)
    assert totp.matching_step(SECRET, code[-6:], now=moment) == seconds // totp.SECONDS


@pytest.mark.parametrize(("off", "is_taken"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)])
def test_a_clock_may_be_one_step_off_and_no_more(off: int, is_taken: bool) -> None:
    theirs = NOW + timedelta(seconds=off)
    code = totp.code_at(SECRET, int(theirs.timestamp()) // totp.SECONDS)
    assert (totp.matching_step(SECRET, code, now=NOW) is not None) == is_taken


@pytest.mark.parametrize("code", ["", " ", "12345", "1234567", "abcdef", "١٢٣٤٥٦", "\ud83d", "0" * 10_000])
def test_what_is_no_code_matches_nothing(code: str) -> None:
    assert totp.matching_step(SECRET, code, now=NOW) is None


def test_a_code_may_be_typed_with_a_gap_as_apps_show_it() -> None:
    code = totp.code_at(SECRET, int(NOW.timestamp()) // totp.SECONDS)
    assert totp.matching_step(SECRET, f" {code[:3]} {code[3:]} ", now=NOW) is not None
