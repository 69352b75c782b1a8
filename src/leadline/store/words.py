"""The index that searches use: which words each lead, conversation and text has.

On SQLite these are FTS5 tables, on PostgreSQL tables with a ``tsvector``; neither needs an extension that
only an administrator may install. They hold words as ``rules.words`` makes them, so the databases agree, and
are no part of ``schema.metadata``: nothing is known from here alone.
"""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from functools import cache

from sqlalchemy import BigInteger, ColumnElement, TableClause, TextClause, column, select, table, text

from leadline.rules.words import DIGITS_AT_LEAST
from leadline.store.batch import Batch, Select
from leadline.store.database import Transaction


class Kind(StrEnum):
    """What is searched through."""

    LEAD = "lead"
    CONVERSATION = "conversation"
    MESSAGE = "message"


# A beginning of one letter is looked for among leads, but not among all words that were ever texted.
LETTERS_OF_A_TEXT = 2
# How far each index has come: what has a greater id is not in it yet.
THROUGH = "words_through"
TABLES = (*(f"{kind}_words" for kind in Kind), THROUGH)


def table_of(kind: Kind) -> str:
    """The table of that kind's words."""
    return f"{kind}_words"


@cache
def index_of(kind: Kind, dialect: str) -> TableClause:
    """That table, for a query; ``id`` is the lead's, the conversation's or the message's."""
    key = column("rowid" if dialect == "sqlite" else "id", BigInteger)
    return table(table_of(kind), key)


def key_of(index: TableClause) -> ColumnElement[int]:
    """The one column of it."""
    [key] = index.c
    return key


def has(tx: Transaction, kind: Kind, terms: Sequence[str], *, whole: bool = False) -> TextClause:
    """The condition that there are words that begin with each of ``terms``, or are them, if ``whole``."""
    name, is_sqlite = table_of(kind), tx.dialect.name == "sqlite"
    then, between, quote = ("*", " ", '"') if is_sqlite else (":*", " & ", "'")
    asked = between.join(
        f"{quote}{term}{quote}{'' if whole or stands_alone(term, kind) else then}" for term in terms
    )
    matches = f"{name} MATCH :asked" if is_sqlite else f"{name}.words @@ CAST(:asked AS tsquery)"
    return text(matches).bindparams(asked=asked)


def stands_alone(term: str, kind: Kind) -> bool:
    """Whether so short a term is a word and no beginning of one: too much begins so. Of numbers every ending
    is a word.
    """
    if kind is Kind.MESSAGE:
        return len(term) < LETTERS_OF_A_TEXT
    return term.isdecimal() and len(term) < DIGITS_AT_LEAST


def newest(
    tx: Transaction,
    kind: Kind,
    terms: Sequence[str],
    *,
    whole: bool = False,
    before: int | None = None,
    limit: int,
) -> list[int]:
    """The ids of what has all of these words, the newest first."""
    index = index_of(kind, tx.dialect.name)
    key = key_of(index)
    query = select(key).select_from(index).where(has(tx, kind, terms, whole=whole))
    if before is not None:
        query = query.where(key < before)
    return list(tx.scalars(query.order_by(key.desc()).limit(limit)))


def put(tx: Transaction, kind: Kind, rows: Iterable[tuple[int, Sequence[str]]]) -> None:
    """Index these ids under these words, and under no others."""
    given = [(key, " ".join(words)) for key, words in rows]
    _adding(kind, tx.dialect.name).run(tx, [row for row in given if row[1]])


_ON_POSTGRESQL = """WITH v(id, words) AS ({rows})
    INSERT INTO {table} (id, words)
    SELECT id, array_to_tsvector(string_to_array(words, ' ')) FROM v
    ON CONFLICT (id) DO UPDATE SET words = excluded.words"""


@cache
def _adding(kind: Kind, dialect: str) -> Batch:
    if dialect == "sqlite":
        return Batch(f"INSERT OR REPLACE INTO {table_of(kind)} (rowid, words) {{rows}}", ("BIGINT", "TEXT"))
    return Batch(_ON_POSTGRESQL.replace("{table}", table_of(kind)), ("BIGINT", "TEXT"))


def drop(tx: Transaction, kind: Kind, ids: Iterable[int]) -> None:
    """Take these out of the index."""
    given = [{"id": each} for each in ids]
    key = key_of(index_of(kind, tx.dialect.name)).name
    if given:
        tx.execute(text(f"DELETE FROM {table_of(kind)} WHERE {key} = :id"), given)  # noqa: S608  Ours.


_THROUGH = Select("SELECT id FROM words_through WHERE kind = ?", ("id",))


def through(tx: Transaction, kind: Kind) -> int:
    """The greatest id that the index has come to."""
    return next((int(key) for (key,) in _THROUGH.run(tx, kind.value)), 0)


# Written out, since the worker asks this every two seconds; each newest id is one step into a tree.
_BEHIND = Select(
    """SELECT newest.kind FROM (
      SELECT 'lead' AS kind, (SELECT MAX(id) FROM leads) AS id
      UNION ALL SELECT 'conversation', (SELECT MAX(id) FROM conversations)
      UNION ALL SELECT 'message', (SELECT MAX(id) FROM messages)
    ) AS newest LEFT JOIN words_through ON words_through.kind = newest.kind
    WHERE newest.id > COALESCE(words_through.id, 0)""",
    ("kind",),
)


def behind(tx: Transaction) -> list[Kind]:
    """The kinds of which there is something that is not indexed yet."""
    return [Kind(kind) for (kind,) in _BEHIND.run(tx)]


def is_behind(tx: Transaction) -> bool:
    """Whether anything is not indexed yet."""
    return bool(behind(tx))


_COME_THROUGH = Batch(
    """WITH v(kind, id) AS ({rows})
    INSERT INTO words_through (kind, id) SELECT kind, id FROM v WHERE true
    ON CONFLICT (kind) DO UPDATE SET id = excluded.id""",
    ("TEXT", "BIGINT"),
)


def come_through(tx: Transaction, kind: Kind, to: int) -> None:
    """It has come to this id now."""
    _COME_THROUGH.run(tx, [(kind.value, to)])
