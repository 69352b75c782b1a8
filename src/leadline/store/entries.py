"""What stands in a thread beside the texts: notes of the team, and what was done with the conversation."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, insert, or_, select

from leadline.store import schema
from leadline.store.database import Transaction

entries = schema.entries

NOTE = "note"


@dataclass(frozen=True, slots=True)
class Entry:
    """A note, which has a ``body``, or a line of another kind, whose ``detail`` says what was done: assigned
    {"user": id}, {"team": id} or {}, stage {"lead": id, "was": …, "is": …}, merged {"lead": id, "other": id};
    closed and opened have none. ``author``: user:3, token:7, cli or lead.
    """

    id: int
    conversation_id: int
    kind: str
    author: str
    body: str
    detail: dict[str, Any] | None
    at: datetime


_COLUMNS = [entries.c[name] for name in Entry.__dataclass_fields__]


def add(
    tx: Transaction,
    conversation_id: int,
    kind: str,
    *,
    author: str,
    body: str = "",
    detail: Mapping[str, Any] | None = None,
    now: datetime,
) -> Entry:
    """Put a note or a line into the thread."""
    values = {"conversation_id": conversation_id, "kind": kind, "author": author, "body": body, "at": now}
    query = insert(entries).values(**values, detail=dict(detail or {})).returning(*_COLUMNS)
    return Entry(*tx.execute(query).one())


# A thread's entries in their order are read by index: ix_entries_thread.


def newest(tx: Transaction, conversation_id: int, *, before: int = 0, limit: int = 50) -> list[Entry]:
    """The last ones before the entry of that id, or of all: the newest first."""
    query = select(*_COLUMNS).where(entries.c.conversation_id == conversation_id)
    if before:
        at = select(entries.c.at).where(entries.c.id == before).scalar_subquery()
        earlier = or_(entries.c.at < at, and_(entries.c.at == at, entries.c.id < before))
        query = query.where(entries.c.at <= at, earlier)
    query = query.order_by(entries.c.at.desc(), entries.c.id.desc()).limit(limit)
    return [Entry(*row) for row in tx.execute(query)]


def oldest(tx: Transaction, conversation_id: int, *, since: int, limit: int = 50) -> list[Entry]:
    """The first ones from the entry of that id on: the oldest first."""
    at = select(entries.c.at).where(entries.c.id == since).scalar_subquery()
    later = or_(entries.c.at > at, and_(entries.c.at == at, entries.c.id >= since))
    query = (
        select(*_COLUMNS)
        .where(entries.c.conversation_id == conversation_id, entries.c.at >= at, later)
        .order_by(entries.c.at, entries.c.id)
        .limit(limit)
    )
    return [Entry(*row) for row in tx.execute(query)]


def between(
    tx: Transaction, conversation_id: int, *, since: datetime, until: datetime | None = None, limit: int = 50
) -> list[Entry]:
    """The first ones from a moment on, until before another: the oldest first."""
    theirs = [entries.c.conversation_id == conversation_id, entries.c.at >= since]
    theirs += [] if until is None else [entries.c.at < until]
    query = select(*_COLUMNS).where(*theirs).order_by(entries.c.at, entries.c.id).limit(limit)
    return [Entry(*row) for row in tx.execute(query)]
