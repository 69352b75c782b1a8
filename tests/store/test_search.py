"""Searches: what is found, by whom, whether it is in the index yet or not."""

import asyncio
from typing import Any

import pytest
from sqlalchemy import func, insert, select, update

from leadline import erasure, indexing
from leadline.app import Leadline
from leadline.queueing import SendRequest
from leadline.rules.words import wanted
from leadline.store import leads, schema, search, words
from leadline.store.scope import EVERYTHING, Scope
from leadline.store.words import Kind
from tests import cast, texts

NUMBERS = [f"+1303555{number:04}" for number in range(160, 190)]


def write(line: Leadline, *bodies: str, number: str = cast.LENA.phone) -> None:
    """Each a text from that number."""
    with line.database.read() as tx:
        known = tx.scalar(select(func.max(schema.messages.c.id))) or 0
    arrived = [texts.inbound(known + n, body, From=number) for n, body in enumerate(bodies, 1)]
    texts.receive(line, *arrived)


def index(line: Leadline, limit: int = 100) -> int:
    with line.database.write() as tx:
        return search.index_more(tx, limit)


def found(line: Leadline, what: str, *, scope: Scope = EVERYTHING, **options: Any) -> list[str]:
    with line.database.read() as tx:
        hits = search.find_texts(tx, wanted(what), scope=scope, limit=options.pop("limit", 50), **options)
    return [each.body for each in hits.found]


BODIES = (
    "Does the inverter hum at night?",
    "Zażółć gęślą jaźń, Łukasz",
    "Can you call after 5? My number is 303-555-0142",
    "Straße or STRASSE",
    "我们明天见面",
    "I 👍 it",
    "the hum is gone",
)


@pytest.mark.parametrize("is_indexed", [True, False])
@pytest.mark.parametrize(
    ("what", "expected"),
    [
        ("hum", [6, 0]),
        ("HUM night", [0]),
        ("inv", [0]),
        ("nverter", []),
        ("zazolc", [1]),
        ("łukasz gesla", [1]),
        ("lukasz", [1]),
        ("strasse", [3]),
        ("straße", [3]),
        ("明天", [4]),
        ("天", [4]),
        ("5", [2]),
        ("5550142", []),
        ("555", [2]),
        ("i", [5]),
        ("it", [5]),
        ('"hum" OR the*', []),
        ("👍", []),
        ("%", []),
        ("'); DROP TABLE leads", []),
    ],
)
def test_texts_are_found_by_the_beginnings_of_words(
    line: Leadline, is_indexed: bool, what: str, expected: list[int]
) -> None:
    write(line, *BODIES)
    if is_indexed:
        index(line)
    assert found(line, what) == [BODIES[number] for number in expected] if wanted(what) else not expected


def test_texts_are_found_page_by_page_across_the_end_of_the_index(line: Leadline) -> None:
    write(line, *(f"Number {number}" for number in range(10)))
    index(line)
    write(line, *(f"Number {number}" for number in range(10, 16)))
    seen, before = list[str](), None
    for _ in range(4):
        with line.database.read() as tx:
            page = search.find_texts(tx, ["number"], scope=EVERYTHING, before=before, limit=4)
        seen += [each.body for each in page.found]
        before = page.before
    assert seen == [f"Number {number}" for number in range(15, -1, -1)]
    assert before is None


def test_a_search_looks_at_so_many_hits_and_says_where_it_ended(
    line: Leadline, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else what an agent may not see would have to be passed over one by one, however much it is."""
    monkeypatch.setattr(search, "LOOKS", 5)
    write(line, "mine: hum")
    write(line, *["theirs: hum"] * 8, number=NUMBERS[0])
    index(line)
    nobody = Scope(user_id=7, team_id=None, reach="team")
    with line.database.write() as tx:
        tx.execute(insert(schema.teams).values(id=1, name="South", created_at=line.clock.now()))
        table = schema.conversations
        tx.execute(update(table).where(table.c.number == NUMBERS[0]).values(team_id=1))
    with line.database.read() as tx:
        first = search.find_texts(tx, ["hum"], scope=nobody, limit=3)
        assert (first.found, first.before) == ((), 5)
        second = search.find_texts(tx, ["hum"], scope=nobody, before=first.before, limit=3)
    assert [each.body for each in second.found] == ["mine: hum"]


def test_what_is_out_of_scope_is_not_found(line: Leadline) -> None:
    write(line, "the hum")
    index(line)
    with line.database.write() as tx:
        tx.execute(insert(schema.teams).values(id=1, name="South", created_at=line.clock.now()))
        tx.execute(update(schema.conversations).values(team_id=1))
    assert found(line, "hum") == ["the hum"]
    assert found(line, "hum", scope=Scope(1, None, "team")) == []
    assert found(line, "hum", scope=Scope(1, 1, "team")) == ["the hum"]
    with line.database.read() as tx:
        for scope, expected in ((Scope(1, None, "team"), 0), (Scope(1, 1, "team"), 1)):
            assert len(search.find_conversations(tx, ["0142"], scope=scope, limit=5)) == expected


@pytest.mark.parametrize(
    ("what", "expected"),
    [
        ("anna", ["Anna", "Annabel Åkerblom"]),
        ("ann", ["Annabel Åkerblom", "Ann", "Anna"]),
        ("aker", ["Annabel Åkerblom"]),
        ("ann bakery", ["Ann"]),
        ("0143", ["Anna"]),
        ("(303) 555-0143", ["Anna"]),
        ("+1 303 555 01 43", ["Anna"]),
        ("555", ["Anna", "Ann"]),
        ("55", []),
        ("example.org", ["Annabel Åkerblom"]),
        ("ann@example", ["Annabel Åkerblom"]),
        ("zed", []),
    ],
)
def test_leads_are_found_by_name_company_email_and_number(
    line: Leadline, what: str, expected: list[str]
) -> None:
    line.add_lead("Ann", NUMBERS[0], company="Park Bakery")
    line.add_lead("Anna", "+13035550143")
    line.add_lead("Annabel Åkerblom", email="ann@example.org")
    with line.database.read() as tx:
        hits = search.find_leads(tx, wanted(what), scope=EVERYTHING, limit=10)
        listed = leads.search(tx, what)
    assert [lead.name for lead in hits] == expected
    assert {lead.name for lead in listed} == set(expected)


def test_a_lead_is_found_by_what_it_is_called_now(line: Leadline) -> None:
    lena = line.add_lead("Lena", cast.LENA.phone)
    with line.database.write() as tx:
        leads.change(tx, lena.id, {"name": "Magdalena", "phone": NUMBERS[0]}, now=line.clock.now())
    with line.database.read() as tx:
        assert not leads.search(tx, "lena")
        assert not leads.search(tx, "0142")
        assert len(leads.search(tx, "magda")) == 1
        assert len(leads.search(tx, NUMBERS[0])) == 1


def test_a_name_without_any_word_leaves_the_index(line: Leadline) -> None:
    lena = line.add_lead("Lena")
    with line.database.write() as tx:
        leads.change(tx, lena.id, {"name": "🌞🌞"}, now=line.clock.now())
    with line.database.read() as tx:
        assert not leads.search(tx, "lena")


def test_a_number_without_a_lead_is_found_by_three_of_its_digits(line: Leadline) -> None:
    write(line, "Hello", number=NUMBERS[0])
    write(line, "Hello", number="MYBANK")
    index(line)
    with line.database.read() as tx:
        for what in ("0160", "5016", "303", NUMBERS[0], "mybank"):
            hits = search.find_conversations(tx, wanted(what), scope=EVERYTHING, limit=5)
            assert len(hits) == 1, what


def test_leads_that_an_earlier_version_left_are_indexed_too(line: Leadline) -> None:
    line.add_lead("Lena", cast.LENA.phone)
    with line.database.write() as tx:
        words.drop(tx, Kind.LEAD, [1])
        assert not leads.search(tx, "lena")
        assert words.is_behind(tx)
    index(line)
    with line.database.read() as tx:
        assert len(leads.search(tx, "lena")) == 1
        assert not words.is_behind(tx)


def test_whoever_is_erased_leaves_the_index(line: Leadline) -> None:
    lena = line.add_lead("Lena", cast.LENA.phone)
    write(line, "the zebra", "stop")
    index(line)
    texts.queue(line, SendRequest(number=NUMBERS[0], body="a zebra too"))
    index(line)
    with line.database.write() as tx:
        erasure.erase(tx, cast.LENA.phone, actor="cli", now=line.clock.now())
    index(line)
    assert found(line, "zebra") == ["a zebra too"]
    with line.database.read() as tx:
        assert words.newest(tx, Kind.MESSAGE, ["zebra"], limit=9) == [3]
        assert words.newest(tx, Kind.LEAD, ["lena"], limit=9) == []
        assert words.newest(tx, Kind.CONVERSATION, ["5550142"], limit=9) == []
        assert not leads.search(tx, "lena")
    assert lena.id == 1


def test_one_worker_indexes_and_the_others_have_nothing_to_do(line: Leadline) -> None:
    now = line.clock.now()
    with line.database.write() as tx:
        assert indexing.take(tx, [None, None], now=now) == [True, False]
        assert indexing.take(tx, [None], now=now) == [False]
        indexing.give_back(tx, [None], now=now)
        assert indexing.take(tx, [None], now=now) == [True]
        # One that died with it holds it no longer than that.
        assert indexing.take(tx, [None], now=now + indexing.TAKEN_FOR) == [True]


def test_it_comes_through_in_small_steps(line: Leadline) -> None:
    write(line, *(f"hum {number}" for number in range(2 * indexing.AT_ONCE)))
    assert asyncio.run(indexing.index_due(line)) >= 2 * indexing.AT_ONCE
    with line.database.read() as tx:
        assert not words.is_behind(tx)
        assert len(words.newest(tx, Kind.MESSAGE, ["hum"], limit=100)) == 2 * indexing.AT_ONCE
    assert asyncio.run(indexing.index_due(line)) == 0


def test_what_is_committed_late_is_indexed_all_the_same(line: Leadline) -> None:
    """On PostgreSQL a greater id may be committed first; SQLite has one writer, so there it cannot be."""
    if line.database.is_sqlite:
        pytest.skip("SQLite has one writer at a time.")
    write(line, "the first", "the hum")
    index(line)
    with line.database.write() as tx:
        words.drop(tx, Kind.MESSAGE, [1])
    assert found(line, "first") == []
    write(line, "another")
    asyncio.run(indexing.index_due(line))
    assert found(line, "first") == ["the first"]
