"""The table of Twilio's error codes."""

import re

import pytest

from leadline.twilio.code_table import ROWS, Row
from leadline.twilio.codes import (
    BACK_OFF,
    CODES,
    OPT_OUT,
    STOP_EVERYTHING,
    SUPPRESS_NUMBER,
    CodeKind,
    Retry,
    explain,
)


def test_no_code_is_in_the_table_twice() -> None:
    codes = [code for row in ROWS for code in row.codes]
    assert sorted(codes) == sorted(set(codes))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row.codes[0]))
def test_every_code_says_what_is_so_and_what_to_do(row: Row) -> None:
    for words in (row.sentence, row.what_to_do):
        assert re.fullmatch(r"[A-Z][ -~]*\.", words)
        assert "!" not in words


@pytest.mark.parametrize("kind", [kind for kind in CodeKind if kind is not CodeKind.UNKNOWN])
def test_every_kind_is_used(kind: CodeKind) -> None:
    assert any(entry.kind is kind for entry in CODES.values())


def test_the_numbers_to_leave_alone() -> None:
    assert SUPPRESS_NUMBER == {21211, 21265, 21268, 21614, 21635, 30005, 30006}


def test_the_code_that_is_an_opt_out() -> None:
    assert OPT_OUT == {21610}


def test_the_codes_after_which_nothing_can_be_sent() -> None:
    assert STOP_EVERYTHING == {20003, 20005, 20006, 20403, 30002, 30033, 30034, 30037}


def test_the_codes_that_ask_us_to_slow_down() -> None:
    assert BACK_OFF == {20429, 20500, 20503, 20504, 21611, 21702, 30001, 30022}


@pytest.mark.parametrize("code", [0, -1, 99999, 2**63])
def test_an_unknown_code_is_final_and_never_a_fault(code: int) -> None:
    entry = explain(code)
    assert (entry.code, entry.kind, entry.retry) == (code, CodeKind.UNKNOWN, Retry.NEVER)


@pytest.mark.parametrize(
    ("code", "kind", "retry"),
    [
        (20003, CodeKind.UNAUTHORIZED, Retry.NEVER),
        (20429, CodeKind.THROTTLED, Retry.BACK_OFF),
        (20500, CodeKind.TWILIO, Retry.UNKNOWN),
        (21211, CodeKind.BAD_NUMBER, Retry.NEVER),
        (21408, CodeKind.COUNTRY, Retry.NEVER),
        (21606, CodeKind.SENDER, Retry.NEVER),
        (21610, CodeKind.OPTED_OUT, Retry.NEVER),
        (30003, CodeKind.UNREACHABLE, Retry.LATER),
        (30004, CodeKind.BLOCKED, Retry.NEVER),
        (30007, CodeKind.CARRIER, Retry.NEVER),
        (30008, CodeKind.CARRIER, Retry.ONCE),
        (30034, CodeKind.REGISTRATION, Retry.NEVER),
        (30454, CodeKind.TRIAL, Retry.NEVER),
        (30468, CodeKind.REGISTRATION, Retry.NEVER),
    ],
)
def test_well_known_codes_are_what_they_are(code: int, kind: CodeKind, retry: Retry) -> None:
    assert (explain(code).kind, explain(code).retry) == (kind, retry)
