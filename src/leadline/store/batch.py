"""One SQL statement for a whole list of rows, and one step to fetch what it found.

Each step of SQLite gives up the interpreter lock, and the writer's thread must win it back from the event
loop each time. Row by row that costs more than the rows: 16 rows took 0.35 ms with ``executemany`` and
0.19 ms as one statement, and not returning 16 ids from an update made webhooks a quarter faster. So every
hot path hands its list to a ``Batch`` or a ``Query``.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Generic, TypeVar, overload

from sqlalchemy import Connection, Table

from leadline.errors import StoreUnavailable
from leadline.store.database import is_our_fault

Row = Mapping[str, Any]
Found = TypeVar("Found")
Answer = TypeVar("Answer")
A = TypeVar("A")
B = TypeVar("B")
C = TypeVar("C")
# SQLite allows 32,766 parameters in a statement; no batch of ours comes near with this many rows.
ROWS_AT_MOST = 500
# SQLite compiles each statement that it has not kept: one of a hundred rows in up to 1 ms, which is ten times
# what it takes to run. A kept one holds 0.1 MB. So longer lists share statements with room for more.
EXACT_AT_MOST = 32
_ROOMS = (48, 64, 96, 128, 192, 256, 384, ROWS_AT_MOST)


@dataclass(frozen=True)
class Batch:
    """SQL that changes rows, with ``{rows}`` where the list goes, and the SQL type of each of its columns.

    ``{rows}`` is a query of the list, in ``WITH v(a, b) AS ({rows})`` or behind ``INSERT INTO t (a)``.
    On SQLite that is ``VALUES``; on PostgreSQL one text of JSON, so that the statement is the same for every
    number of rows and is planned once. An array for each column would be that too, but psycopg writes arrays
    in Python: 16 rows of a text's 19 columns took 0.4 ms of ours instead of 0.1.
    """

    sql: str
    types: tuple[str, ...]

    def run(self, tx: Connection, rows: Sequence[tuple[Any, ...]]) -> None:
        """Execute once for every ROWS_AT_MOST rows."""
        for part in _parts(rows):
            _execute(tx, *_with_rows(tx, self.sql, self.types, part))


@dataclass(frozen=True)
class Select:
    """SQL that finds ``columns``, with ``?`` for its values. Written out because the worker asks it again and
    again: putting the question together with SQLAlchemy took longer than the answer.

    Values come as the database has them: an ``Instant`` is an integer, a ``Json`` is text. ``lock`` is for
    PostgreSQL, where more than one may write at a time.
    """

    sql: str
    columns: tuple[str, ...]
    lock: str = ""

    def run(self, tx: Connection, *values: Any) -> list[Sequence[Any]]:
        """All that is found, in one step."""
        return _find(tx, *_in_one_row(tx, self, values))


@dataclass(frozen=True)
class Query:
    """The same for a list of rows, which stands in the SQL as in a ``Batch``."""

    sql: str
    types: tuple[str, ...]
    columns: tuple[str, ...]
    lock: str = ""

    def run(self, tx: Connection, rows: Sequence[tuple[Any, ...]]) -> list[Sequence[Any]]:
        """All that is found, for every ROWS_AT_MOST rows with one statement."""
        return [found for part in _parts(rows) for found in _find(tx, *_in_one_row(tx, self, part))]


def _find(tx: Connection, sql: str, values: Sequence[Any]) -> list[Sequence[Any]]:
    [[found]] = _execute(tx, sql, values)
    return list(json.loads(found))


@dataclass(frozen=True, slots=True)
class Question(Generic[Answer]):
    """A query with what it is given, which are rows or a ``Select``'s values, and what it finds means."""

    query: Select | Query
    given: Sequence[Any]
    meaning: Callable[[Sequence[Sequence[Any]]], Answer]

    def ask(self, tx: Connection) -> Answer:
        """Ask it alone."""
        if isinstance(self.query, Query):
            return self.meaning(self.query.run(tx, self.given))
        return self.meaning(self.query.run(tx, *self.given))


@overload
def ask(tx: Connection, one: Question[A], two: Question[B], /) -> tuple[A, B]: ...
@overload
def ask(tx: Connection, one: Question[A], two: Question[B], three: Question[C], /) -> tuple[A, B, C]: ...
def ask(tx: Connection, *questions: Question[Any]) -> tuple[Any, ...]:
    """The answers to questions that do not depend on each other, in one step."""
    if any(len(question.given) > ROWS_AT_MOST for question in questions):
        return tuple(question.ask(tx) for question in questions)
    parts = [_in_one_row(tx, question.query, question.given) for question in questions]
    statement = f"SELECT {', '.join(f'({sql})' for sql, _ in parts)}"
    [found] = _execute(tx, statement, [value for _, values in parts for value in values])
    return tuple(question.meaning(json.loads(rows)) for question, rows in zip(questions, found, strict=True))


def _in_one_row(tx: Connection, query: Select | Query, given: Sequence[Any]) -> tuple[str, Sequence[Any]]:
    """The statement that finds everything as one text of JSON, and its values."""
    sql, values = query.sql, given
    if isinstance(query, Query):
        if not given:
            return "SELECT '[]'", ()
        sql, values = _with_rows(tx, sql, query.types, given)
    return _as_json(tx.dialect.name, sql, query.columns, query.lock), values


def insert(tx: Connection, table: Table, rows: Sequence[Row], *, then: str = "") -> None:
    """Insert rows that all name the same columns in the same order; ``then`` is what follows them."""
    if rows:
        insert_tuples(tx, table, tuple(rows[0]), [tuple(row.values()) for row in rows], then=then)


def insert_tuples(
    tx: Connection, table: Table, columns: tuple[str, ...], rows: Sequence[tuple[Any, ...]], *, then: str = ""
) -> None:
    """The same for rows without names, which are half the work to make."""
    _insert(table, columns, then).run(tx, rows)


def insert_told(tx: Connection, table: Table, rows: Sequence[Row], *, key: str) -> dict[Any, int]:
    """Insert rows, each with a ``key`` of its own; returns that column to the new id."""
    return _insert_told(tx, table, {row[key]: row for row in rows}, key, then="")


def insert_new(tx: Connection, table: Table, rows: Sequence[Row], *, unique: str) -> dict[str, int]:
    """Insert the rows whose ``unique`` column is not there yet; returns that column to the new id.

    Of several rows with the same value the first is inserted.
    """
    by_key: dict[str, Row] = {}
    for row in rows:
        by_key.setdefault(row[unique], row)
    then = f"ON CONFLICT ({unique}) WHERE {unique} IS NOT NULL DO NOTHING"
    return _insert_told(tx, table, by_key, unique, then=then)


def _insert_told(
    tx: Connection, table: Table, by_key: Mapping[Any, Row], key: str, *, then: str
) -> dict[Any, int]:
    told: dict[Any, int] = {}
    rows = [(name, tuple(row.values())) for name, row in by_key.items()]
    for part in _parts(rows):
        names, values = zip(*part, strict=True)
        columns = tuple(by_key[names[0]])
        if tx.dialect.name != "sqlite":
            returning = _insert(table, columns, f"{then} RETURNING {key}, id")
            told |= dict(_execute(tx, *_with_rows(tx, returning.sql, returning.types, values)))
            continue
        new = _insert(table, columns, then)
        last, count = _executed(tx, *_with_rows(tx, new.sql, new.types, values), _last_and_count)
        # SQLite has one writer at a time and counts ids upwards: those of one statement follow each other.
        if count == len(names):
            told |= zip(names, range(last - count + 1, last + 1), strict=True)
        elif count:
            found = _ids(table.name, key).run(tx, [(name,) for name in names])
            told |= {name: row_id for name, row_id in found if row_id > last - count}
    return told


def _parts(rows: Sequence[tuple[Any, ...]]) -> Iterator[Sequence[tuple[Any, ...]]]:
    for start in range(0, len(rows), ROWS_AT_MOST):
        yield rows[start : start + ROWS_AT_MOST]


def _rows(cursor: Any) -> Sequence[tuple[Any, ...]]:
    return cursor.fetchall() if cursor.description is not None else []


def _last_and_count(cursor: Any) -> tuple[int, int]:
    """Of an insert: the last id, and how many rows there were."""
    return cursor.lastrowid, cursor.rowcount


def _execute(tx: Connection, statement: str, values: Sequence[Any]) -> Sequence[tuple[Any, ...]]:
    return _executed(tx, statement, values, _rows)


def _executed(tx: Connection, statement: str, values: Sequence[Any], then: Callable[[Any], Found]) -> Found:
    """Run on the driver's own cursor: SQLAlchemy's adds 50 µs, as much as the rows of a small batch cost."""
    cursor = tx.connection.cursor()
    try:
        cursor.execute(statement, values)
        return then(cursor)
    except tx.dialect.loaded_dbapi.OperationalError as error:
        if is_our_fault(error):
            raise
        raise StoreUnavailable(f"The database does not answer: {error}") from error
    finally:
        cursor.close()


@cache
def _ids(table: str, unique: str) -> Query:
    sql = "WITH v(key) AS ({rows}) SELECT t.{unique}, t.id FROM v JOIN {table} t ON t.{unique} = v.key"
    return Query(sql.replace("{unique}", unique).replace("{table}", table), ("TEXT",), (unique, "id"))


@cache
def _insert(table: Table, columns: tuple[str, ...], then: str) -> Batch:
    types = tuple(str(table.c[name].type.compile()) for name in columns)
    return Batch(f"INSERT INTO {table.name} ({', '.join(columns)}) {{rows}} {then}", types)


@cache
def _as_json(dialect: str, sql: str, columns: tuple[str, ...], lock: str) -> str:
    named = ", ".join(columns)
    if dialect == "sqlite":
        return f"SELECT json_group_array(json_array({named})) FROM ({sql})"  # noqa: S608  Ours.
    found = f"{sql.replace('?', '%s')} {lock}"
    return f"SELECT COALESCE(json_agg(json_build_array({named})), '[]')::text FROM ({found}) AS f"  # noqa: S608  Ours.


def _with_rows(
    tx: Connection, sql: str, types: tuple[str, ...], rows: Sequence[tuple[Any, ...]]
) -> tuple[str, Sequence[Any]]:
    """The statement for these rows, and its values."""
    if tx.dialect.name == "sqlite":
        values = [value for row in rows for value in row]
        if len(rows) <= EXACT_AT_MOST:
            return _of_values(sql, types, len(rows)), values
        room = next(size for size in _ROOMS if size >= len(rows))
        spare = [None] * ((room - len(rows)) * len(types))
        return _of_room(sql, types, room), [*values, *spare, len(rows)]
    statement, names = _of_json(sql, types)
    listed = [dict(zip(names, row, strict=True)) for row in rows]
    return statement, [json.dumps(listed, ensure_ascii=False), len(rows)]


@cache
def _of_values(sql: str, types: tuple[str, ...], count: int) -> str:
    return sql.replace("{rows}", _values(types, count))


@cache
def _of_room(sql: str, types: tuple[str, ...], room: int) -> str:
    """The statement for any list of at most so many rows: what fills it up is not looked at."""
    return sql.replace("{rows}", f"SELECT * FROM ({_values(types, room)}) LIMIT ?")  # noqa: S608  Ours.


def _values(types: tuple[str, ...], count: int) -> str:
    row = f"({', '.join('?' * len(types))})"
    return "VALUES " + ", ".join([row] * count)


@cache
def _of_json(sql: str, types: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """The statement for any list of rows, and the names of its columns in the JSON."""
    names = tuple(f"c{number}" for number in range(len(types)))
    columns = ", ".join(f"{name} {kind}" for name, kind in zip(names, types, strict=True))
    # Unless it is told, PostgreSQL takes such a list for a hundred rows, and then reads a table of some
    # thousands from end to end, twice for each batch of texts, instead of asking its index: 1 ms each.
    rows = f"SELECT * FROM json_to_recordset(%s::json) AS r({columns}) LIMIT %s"  # noqa: S608  Ours.
    return sql.replace("{rows}", rows), names
