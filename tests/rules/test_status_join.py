"""The status shown for any set of reports."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadline.rules.status import FINAL, INBOUND, NO_REPORT, OUTBOUND, RANK, is_final, join, rank

STATUSES = st.sampled_from([*OUTBOUND, "teleported", ""])
CODES = st.none() | st.sampled_from([30003, 30005, 21610])
REPORTS = st.lists(st.tuples(STATUSES, CODES), max_size=6)


def test_statuses_have_one_order() -> None:
    ordered = sorted(OUTBOUND, key=rank)
    assert ordered == list(OUTBOUND)
    assert len({rank(status) for status in OUTBOUND}) == len(OUTBOUND)
    assert set(RANK) == {*OUTBOUND, *INBOUND}


@pytest.mark.parametrize(
    ("lower", "higher"),
    [
        ("accepted", "queued"),
        ("queued", "sending"),
        ("sending", "sent"),
        ("sent", "delivered"),
        ("sent", "undelivered"),
        ("scheduled", "canceled"),
        ("canceled", "failed"),
        ("undelivered", "delivered"),
        ("failed", "delivered"),
        ("delivered", "read"),
        ("receiving", "received"),
        ("teleported", "scheduled"),
    ],
)
def test_a_report_only_moves_the_status_up(lower: str, higher: str) -> None:
    assert join([(higher, None), (lower, None)])[0] == higher
    assert join([(lower, None), (higher, None)])[0] == higher


def test_a_late_sent_report_does_not_undo_delivered() -> None:
    assert join([("delivered", None), ("sent", None)]) == ("delivered", None)


def test_an_error_once_reported_stays() -> None:
    assert join([("failed", 30003), ("failed", None)]) == ("failed", 30003)
    assert join([("undelivered", 30005), ("delivered", None)]) == ("delivered", 30005)
    assert join([("failed", 30003), ("failed", 30005)]) == ("failed", 30005)


def test_every_order_of_the_usual_reports_ends_the_same() -> None:
    reports = [("queued", None), ("sending", None), ("sent", None), ("sent", None), ("delivered", None)]
    assert {join(order) for order in itertools.permutations(reports)} == {("delivered", None)}


def test_a_status_we_do_not_know_shows_only_when_there_is_no_other() -> None:
    assert rank("teleported") == 0
    assert join([("teleported", None)]) == ("teleported", None)
    assert join([("teleported", None), ("accepted", None)]) == ("accepted", None)


def test_without_reports_there_is_nothing_to_show() -> None:
    assert join([]) == NO_REPORT


@pytest.mark.parametrize("status", [*OUTBOUND, *INBOUND, "teleported", ""])
def test_only_the_last_statuses_are_final(status: str) -> None:
    assert is_final(status) is (status in FINAL)
    assert is_final(status) is (
        status in {"canceled", "undelivered", "failed", "delivered", "read", "received"}
    )


@given(REPORTS.flatmap(lambda reports: st.tuples(st.just(reports), st.permutations(reports))))
def test_order_does_not_matter(
    both: tuple[list[tuple[str, int | None]], list[tuple[str, int | None]]],
) -> None:
    assert join(both[0]) == join(both[1])


@given(REPORTS)
def test_repeats_do_not_matter(reports: list[tuple[str, int | None]]) -> None:
    assert join(reports * 2) == join(reports)
    assert join([join(reports), *reports]) == join(reports)


@given(REPORTS, REPORTS, REPORTS)
def test_joining_in_parts_is_joining_all(
    first: list[tuple[str, int | None]],
    second: list[tuple[str, int | None]],
    third: list[tuple[str, int | None]],
) -> None:
    in_parts = join([join([join(first), *second]), *third])
    assert in_parts == join([*first, *second, *third])
    assert in_parts == join([join(first), join([join(second), join(third)])])
