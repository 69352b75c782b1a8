"""Lists as single statements, on both databases."""

import json

import pytest
from sqlalchemy import text

from leadline.store import batch, conversations
from leadline.store.batch import EXACT_AT_MOST, ROWS_AT_MOST, Batch, Query, Question, Row, Select
from leadline.store.database import Database, Transaction
from leadline.store.schema import senders


def sender(address: str, kind: str = "number") -> Row:
    return {"address": address, "kind": kind, "free_at": 0, "is_simulated": False, "created_at": 0}


def insert_new(tx: Transaction, *rows: Row) -> dict[str, int]:
    return batch.insert_new(tx, senders, rows, unique="address")


def stored(tx: Transaction) -> dict[str, tuple[int, str]]:
    rows = tx.execute(text("SELECT address, id, kind FROM senders ORDER BY id"))
    return {address: (row_id, kind) for address, row_id, kind in rows}


def test_new_rows_are_inserted_and_their_ids_told(database: Database) -> None:
    with database.write() as tx:
        added = insert_new(tx, sender("a"), sender("b"))
        assert added == {address: row_id for address, (row_id, _) in stored(tx).items()}
    assert list(added) == ["a", "b"]


def test_a_known_row_is_neither_inserted_nor_changed_nor_told(database: Database) -> None:
    with database.write() as tx:
        insert_new(tx, sender("a"))
    with database.write() as tx:
        added = insert_new(tx, sender("a", "short_code"), sender("b"))
        assert list(added) == ["b"]
        assert stored(tx)["a"][1] == "number"


def test_of_repeats_in_one_list_the_first_is_inserted(database: Database) -> None:
    with database.write() as tx:
        added = insert_new(tx, sender("a", "first"), sender("b"), sender("a", "second"))
        found = stored(tx)
    assert set(added) == {"a", "b"}
    assert (found["a"][1], len(found)) == ("first", 2)


def test_rows_keep_the_order_of_the_list(database: Database) -> None:
    with database.write() as tx:
        insert_new(tx, sender("c"), sender("a"), sender("b"))
        assert list(stored(tx)) == ["c", "a", "b"]


def test_a_list_of_known_rows_inserts_nothing(database: Database) -> None:
    with database.write() as tx:
        insert_new(tx, sender("a"))
        assert insert_new(tx, sender("a"), sender("a")) == {}


def test_an_empty_list_does_nothing(database: Database) -> None:
    with database.write() as tx:
        assert insert_new(tx) == {}
        batch.insert(tx, senders, [])
        assert stored(tx) == {}


# A statement of its own, the shortest and the fullest with room for more, and more than one statement.
LENGTHS = [
    *(EXACT_AT_MOST, EXACT_AT_MOST + 1, 48, 49, 70),
    *(ROWS_AT_MOST - 1, ROWS_AT_MOST, ROWS_AT_MOST + 1, 2 * ROWS_AT_MOST + 1),
]


@pytest.mark.parametrize("count", LENGTHS)
def test_a_list_of_any_length_is_inserted_whole(database: Database, count: int) -> None:
    with database.write() as tx:
        added = insert_new(tx, *(sender(f"{n}") for n in range(count)))
        assert added == {address: row_id for address, (row_id, _) in stored(tx).items()}
    assert len(added) == count


@pytest.mark.parametrize(
    "address", ["it's", '"quoted"', "100%", "%s", "?", "{rows}", "Åsa 👋🏽", "a\tb\nc", "\\", "' OR 1=1 --"]
)
def test_whatever_is_written_comes_back_as_it_was(database: Database, address: str) -> None:
    with database.write() as tx:
        assert list(insert_new(tx, sender(address))) == [address]
        assert list(stored(tx)) == [address]


def test_a_query_finds_for_a_whole_list(database: Database) -> None:
    query = Query(
        "WITH v(address) AS ({rows}) SELECT s.address, s.rate FROM v JOIN senders s ON s.address = v.address",
        ("TEXT",),
        ("address", "rate"),
    )
    with database.write() as tx:
        insert_new(tx, *(sender(f"{n}") for n in range(3)))
        found = query.run(tx, [("0",), ("2",), ("nobody",)])
        assert query.run(tx, []) == []
    assert sorted(tuple(row) for row in found) == [("0", None), ("2", None)]


@pytest.mark.parametrize("count", LENGTHS)
def test_a_list_of_any_length_is_found_and_changed_whole(database: Database, count: int) -> None:
    """And nothing besides: there is a row that what fills a statement up could be taken for."""
    names = [f"{n}" for n in range(count)]
    change = Batch(
        "WITH v(address, rate) AS ({rows}) UPDATE senders SET rate = v.rate FROM v"
        " WHERE senders.address = COALESCE(v.address, 'other')",
        ("TEXT", "REAL"),
    )
    with database.write() as tx:
        insert_new(tx, *(sender(name) for name in [*names, "other"]))
        change.run(tx, [(name, 1.5) for name in names])
        rates = dict(tuple(row) for row in tx.execute(text("SELECT address, rate FROM senders")))
        assert rates == dict.fromkeys(names, 1.5) | {"other": None}
        found = [address for address, _ in BY_ADDRESS.run(tx, [(name,) for name in names])]
        assert sorted(found) == sorted(names)


def test_lists_of_all_lengths_need_few_statements(database: Database) -> None:
    """Each that a connection keeps takes memory, and each that it does not takes time."""
    with database.read() as tx:
        statements = {
            batch._with_rows(tx, BY_ADDRESS.sql, BY_ADDRESS.types, [("a",)] * count)[0]
            for count in range(1, ROWS_AT_MOST + 1)
        }
    assert len(statements) <= 40


def test_numbers_and_nulls_of_a_query_come_back_alike_from_both_databases(database: Database) -> None:
    """SQLite's rows travel as JSON; a count of microseconds must not lose its last digits there."""
    moment = 1_773_849_600_123_457
    query = Query(
        "WITH v(address) AS ({rows}) "
        "SELECT s.free_at, s.rate, s.stopped_because FROM v JOIN senders s ON s.address = v.address",
        ("TEXT",),
        ("free_at", "rate", "stopped_because"),
    )
    with database.write() as tx:
        batch.insert(tx, senders, [{**sender("a"), "free_at": moment, "rate": 0.1}])
        [found] = query.run(tx, [("a",)])
    assert json.dumps(list(found)) == json.dumps([moment, 0.1, None])


def test_some_of_a_list_are_known_and_the_ids_of_the_others_are_told(database: Database) -> None:
    """Where all are new their ids are counted, where none is nothing is asked: this is the case between."""
    with database.write() as tx:
        insert_new(tx, *(sender(f"{n}") for n in range(0, 9, 3)))
        added = insert_new(tx, *(sender(f"{n}") for n in range(9)))
        assert added == {address: stored(tx)[address][0] for address in "124578"}


@pytest.mark.parametrize("count", [0, 1, *LENGTHS])
def test_the_ids_of_what_was_inserted_are_told_by_a_column(database: Database, count: int) -> None:
    with database.write() as tx:
        insert_new(tx, sender("before"))
        told = batch.insert_told(tx, senders, [sender(f"{n}") for n in range(count)], key="address")
        assert told == {name: row_id for name, (row_id, _) in stored(tx).items() if name != "before"}


BY_ADDRESS = Query(
    "WITH v(address) AS ({rows}) SELECT s.address, s.kind FROM v JOIN senders s ON s.address = v.address",
    ("TEXT",),
    ("address", "kind"),
)
BY_KIND = Select("SELECT address FROM senders WHERE kind = ? AND id > ? ORDER BY id", ("address",))


def kinds_of(*addresses: str) -> Question[dict[str, str]]:
    return Question(
        BY_ADDRESS, [(each,) for each in addresses], lambda rows: dict(tuple(row) for row in rows)
    )


def of_kind(kind: str, after: int = 0) -> Question[list[str]]:
    return Question(BY_KIND, (kind, after), lambda rows: [address for (address,) in rows])


def test_questions_have_each_its_own_answer(database: Database) -> None:
    with database.write() as tx:
        insert_new(tx, sender("a"), sender("b", "short_code"), sender("c", "short_code"))
        codes, kinds, nobody = batch.ask(tx, of_kind("short_code"), kinds_of("a", "c", "?"), of_kind("'"))
        assert (codes, kinds, nobody) == (["b", "c"], {"a": "number", "c": "short_code"}, [])


def test_a_question_about_nothing_has_an_answer(database: Database) -> None:
    with database.write() as tx:
        insert_new(tx, sender("a"))
        assert batch.ask(tx, kinds_of(), of_kind("number")) == ({}, ["a"])


def test_a_question_about_more_than_a_statement_holds_is_answered_whole(database: Database) -> None:
    names = [f"{n}" for n in range(ROWS_AT_MOST + 1)]
    with database.write() as tx:
        insert_new(tx, *map(sender, names))
        kinds, numbers = batch.ask(tx, kinds_of(*names), of_kind("number"))
        assert (len(kinds), numbers) == (ROWS_AT_MOST + 1, names)


def test_questions_see_what_the_transaction_has_written(database: Database) -> None:
    with database.write() as tx:
        before, _ = batch.ask(tx, of_kind("number"), kinds_of("a"))
        insert_new(tx, sender("a"))
        after, _ = batch.ask(tx, of_kind("number"), kinds_of("a"))
    assert (before, after) == ([], ["a"])


def test_a_list_is_looked_up_by_its_index_in_a_small_table_too(database: Database) -> None:
    """PostgreSQL takes a list of unknown length for a hundred rows, and then reads some thousands whole."""
    if database.is_sqlite:
        pytest.skip("SQLite always asks the index.")
    fill = "INSERT INTO conversations (number, unread, consent, last_at, last_text, created_at) "
    rows = "SELECT '+1415' || n, 0, 'unknown', 0, '', 0 FROM generate_series(2000000, 2004999) AS n"
    with database.write() as tx:
        tx.execute(text(fill + rows))
        tx.execute(text("ANALYZE conversations"))
        asked = conversations.of_numbers({f"+1415200{n:04}" for n in range(16)})
        statement, values = batch._in_one_row(tx, asked.query, asked.given)
        cursor = tx.connection.cursor()
        cursor.execute(f"EXPLAIN {statement}", values)
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "Index Scan using uq_conversations_number" in plan
    assert "Seq Scan" not in plan
