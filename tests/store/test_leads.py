"""Finding leads."""

from typing import Any

import pytest

from leadline.store import leads
from leadline.store.database import Database, Transaction
from tests.clock import START

LEADS: list[dict[str, Any]] = [
    {"name": "Lena Park", "phone": "+13035550142", "company": "Park Realty", "email": "lena@park.example"},
    {"name": "Åsa Öberg", "phone": "+13035550143", "company": "Öberg & söner", "stage": "won"},
    {"name": "Leo O'Hara", "phone": "+13055550119", "email": "leo_ohara@example.com"},
    {"name": "Ann 100% Roofs", "company": "under_score"},
    {"name": "Lena Other", "phone": "+13035550142"},
]


@pytest.fixture
def known(database: Database) -> Database:
    with database.write() as tx:
        for lead in LEADS:
            leads.add(tx, {"stage": "new", "fields": {}} | lead, now=START)
    return database


def names(tx: Transaction, *search: str | None, **options: Any) -> list[str]:
    return [lead.name.split()[0] for lead in leads.search(tx, *search, **options)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (None, ["Lena", "Åsa", "Leo", "Ann", "Lena"]),
        ("", ["Lena", "Åsa", "Leo", "Ann", "Lena"]),
        ("lena", ["Lena", "Lena"]),
        ("  LENA p ", ["Lena"]),
        ("realty", ["Lena"]),
        ("@EXAMPLE.com", ["Leo"]),
        ("o'hara", ["Leo"]),
        ("100%", ["Ann"]),
        ("%", []),
        ("_", []),
        ("\\", []),
        ("nobody", []),
        ("& söner", ["Åsa"]),
        ("(303) 555-01", ["Lena", "Åsa", "Lena"]),
        ("+1 305", ["Leo"]),
        ("0142", ["Lena", "Lena"]),
        ("42", []),
    ],
)
def test_a_search_finds_parts_of_what_is_known(known: Database, text: str | None, found: list[str]) -> None:
    with known.read() as tx:
        assert names(tx, text) == found


def test_a_search_may_be_for_a_stage(known: Database) -> None:
    with known.read() as tx:
        assert names(tx, stage="won") == ["Åsa"]
        assert names(tx, "lena", stage="won") == []


def test_a_search_is_read_page_by_page(known: Database) -> None:
    with known.read() as tx:
        first = leads.search(tx, limit=2)
        second = leads.search(tx, limit=2, after=first[-1].id)
        third = leads.search(tx, limit=2, after=second[-1].id)
        assert leads.search(tx, limit=2, after=third[-1].id) == []
    assert [lead.id for lead in first + second + third] == [1, 2, 3, 4, 5]


def test_a_number_belongs_to_the_one_lead_that_has_it_and_a_shared_one_to_nobody(known: Database) -> None:
    numbers = [lead["phone"] for lead in LEADS if "phone" in lead] + ["+13035550199"]
    with known.read() as tx:
        assert leads.owners(numbers).ask(tx) == {"+13035550143": 2, "+13055550119": 3}
        assert leads.known_phones(tx, numbers) == set(numbers) - {"+13035550199"}
        assert [lead.id for lead in leads.with_phone(tx, "+13035550142")] == [1, 5]
        assert {number: len(found) for number, found in leads.with_phones(tx, numbers).items()} == {
            "+13035550142": 2,
            "+13035550143": 1,
            "+13055550119": 1,
        }


def test_asking_for_nobody_is_no_fault(known: Database) -> None:
    with known.read() as tx:
        assert leads.owners([]).ask(tx) == {}
        assert leads.with_phones(tx, []) == {}
        assert leads.by_ids(tx, []) == {}
