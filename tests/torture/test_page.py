"""What the torture run says of itself."""

from dataclasses import replace

import pytest

from torture import page
from torture.result import FULL, SMALL, Result, scale

RESULT = Result("kills", "sqlite", 10_000, "texts", {"SIGKILL": 150}, (), 61.4)


@pytest.mark.parametrize(
    ("changes", "bound"),
    [
        ({}, "0.03 %"),
        ({"trials": 1_000}, "0.3 %"),
        ({"trials": 0}, "–"),
        ({"is_whole": True}, "all tried"),
        ({"violations": ("one",)}, "–"),
    ],
)
def test_no_failure_in_n_trials_bounds_the_rate_at_three_in_n(changes: dict[str, object], bound: str) -> None:
    assert replace(RESULT, **changes).bound() == bound  # type: ignore[arg-type]


def test_a_row_says_what_was_done_and_what_came_of_it() -> None:
    assert page.table([RESULT]).splitlines()[2] == (
        "| kills | sqlite | 10,000 texts | 150 × SIGKILL | 0 | 0.03 % | 61 |"
    )


def test_a_size_is_small_or_full_or_so_many_percent() -> None:
    assert scale("small") == SMALL
    assert scale("full") == FULL
    assert (scale("10").kills, scale("10").texts, scale("0.01").kills) == (15, FULL.texts, 1)


def test_the_page_has_a_place_for_the_table() -> None:
    assert page.PAGE.read_text().index(page.BEGIN) < page.PAGE.read_text().index(page.END)
