"""Which passwords are taken."""

import pytest

from leadline.errors import InvalidInput
from leadline.rules import password

BOB = {"name": "Bob Lindqvist", "email": "bob.lindqvist@example.com"}


@pytest.mark.parametrize(
    "chosen",
    [
        "four words that fit",
        "123 gray otters",
        "пароль из слов",
        "correcthorse",
        " spaces count ",
        "x" * 250 + "abcdef",
    ],
)
def test_length_is_all_that_is_asked_for(chosen: str) -> None:
    assert password.check(chosen, **BOB) == chosen


@pytest.mark.parametrize(
    ("chosen", "code"),
    [
        ("", "password_short"),
        ("elevenchars", "password_short"),
        ("e\u0301" * 11, "password_short"),
        ("x" * 300, "password_long"),
        ("aaaaaaaaaaaaaa", "password_simple"),
        ("Bob Lindqvist", "password_simple"),
        ("boblindqvist", "password_simple"),
        ("bob.lindqvist", "password_simple"),
        ("BOB.LINDQVIST@example.com", "password_simple"),
    ],
)
def test_what_is_short_or_ones_own_name_is_refused(chosen: str, code: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        password.check(chosen, name=BOB["name"], email=BOB["email"])
    assert refused.value.code == code
    assert refused.value.field == "password"


def test_one_word_in_two_spellings_is_one_password() -> None:
    assert password.check("Cafe\u0301 au lait", **BOB) == password.check("Caf\u00e9 au lait", **BOB)
