"""What stands in a thread beside the texts: notes of the team, and what was done with the conversation."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select

from leadline.store import schema
from leadline.store.database import Transaction

entries = schema.entries


@dataclass(frozen=True, slots=True)
class Entry:
    """A note, or a line that says what somebody did. ``author``: user:3, token:7, cli or lead."""

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
) -> int:
    """Put something into the thread; its id."""
    values = {"conversation_id": conversation_id, "kind": kind, "author": author, "body": body, "at": now}
    query = insert(entries).values(**values, detail=dict(detail or {})).returning(entries.c.id)
    return tx.execute(query).scalar_one()


def newest(tx: Transaction, conversation_id: int, *, limit: int) -> list[Entry]:
    """The last ones, the newest first."""
    query = (
        select(*_COLUMNS)
        .where(entries.c.conversation_id == conversation_id)
        .order_by(entries.c.at.desc(), entries.c.id.desc())
        .limit(limit)
    )
    return [Entry(*row) for row in tx.execute(query)]
