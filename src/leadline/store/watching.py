"""Noticing what others changed: cheap questions whose answers differ once something was committed."""

import sqlite3
from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Text, bindparam, cast, func, select, text

from leadline.store import schema
from leadline.store.database import Database, Transaction

conversations, messages, entries = schema.conversations, schema.messages, schema.entries
leads = schema.leads

# As many texts as a page shows, and as many conversations as lists show at their top.
_TEXTS = 50
_TOP = 100


class Pace:
    """A number that moves with every commit, be it of which process it may; see ``now``.

    One thread at a time may ask.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._kept: sqlite3.Connection | None = None
        if database.is_sqlite:
            self._kept = sqlite3.connect(database.url.database or "", check_same_thread=False)

    def now(self) -> int:
        """10 µs on SQLite (https://www.sqlite.org/pragma.html#pragma_data_version), a round trip on
        PostgreSQL, where it moves with the commits to the server's other databases too.
        """
        if self._kept is not None:
            [[count]] = self._kept.execute("PRAGMA data_version").fetchall()
        else:
            with self._database.read() as tx:
                count = tx.scalar(text("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint"))
        return int(count)

    def close(self) -> None:
        """No more questions."""
        if self._kept is not None:
            self._kept.close()


def versions(tx: Transaction, conversation_ids: Iterable[int]) -> dict[int, Any]:
    """What differs once anything changed that a page of these conversations shows; of those there are."""
    wanted = list(conversation_ids)
    if not wanted:
        return {}
    return {row.id: tuple(row) for row in tx.execute(_VERSIONS, {"wanted": wanted})}


def top(tx: Transaction) -> Any:
    """What differs once the conversations last written in changed, or others took their place."""
    return [tuple(row) for row in tx.execute(_LAST_WRITTEN)]


def of_sids(tx: Transaction, sids: Iterable[str]) -> set[int]:
    """The conversations of the texts that Twilio calls so. Index: uq_messages_twilio_sid."""
    wanted = list(sids)
    if not wanted:
        return set()
    is_one = messages.c.twilio_sid.in_(wanted), messages.c.twilio_sid.is_not(None)
    return set(tx.scalars(select(messages.c.conversation_id).where(*is_one)))


_ROW = [column for column in conversations.c if column.name not in ("number", "created_at")]


def _texts() -> Any:
    """Index: ix_messages_thread."""
    facts = (
        messages.c.id,
        messages.c.state,
        messages.c.rank,
        messages.c.error_code,
        messages.c.looks,
        func.coalesce(messages.c.deferred_until, 0, type_=messages.c.id.type),
        messages.c.due_at,
    )
    words: ColumnElement[str] = cast(facts[0], Text)
    for fact in facts[1:]:
        words = words + "," + cast(fact, Text)
    last = (
        select(words.label("words"))
        .where(messages.c.conversation_id == conversations.c.id)
        .correlate(conversations)
        .order_by(messages.c.id.desc())
        .limit(_TEXTS)
        .subquery()
    )
    return select(func.aggregate_strings(last.c.words, ";")).scalar_subquery()


def _last_entry() -> Any:
    """Index: ix_entries_thread."""
    return (
        select(entries.c.id)
        .where(entries.c.conversation_id == conversations.c.id)
        .correlate(conversations)
        .order_by(entries.c.at.desc(), entries.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )


def _leads() -> Any:
    """Index: ix_leads_phone."""
    changed = select(func.max(leads.c.updated_at)).where(leads.c.phone == conversations.c.number)
    return changed.correlate(conversations).scalar_subquery()


# To put them together anew each time costs ten times as much as to ask them.
_LAST_WRITTEN = select(*_ROW).order_by(conversations.c.last_at.desc(), conversations.c.id.desc()).limit(_TOP)
_VERSIONS = select(*_ROW, _texts(), _last_entry(), _leads()).where(
    conversations.c.id.in_(bindparam("wanted", expanding=True))
)
