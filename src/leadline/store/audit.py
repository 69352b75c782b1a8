"""Who did what, when: kept for the questions that come later."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, or_, select

from leadline.store import schema
from leadline.store.database import Transaction


def add(
    tx: Transaction,
    *,
    actor: str,
    action: str,
    subject: str,
    detail: Mapping[str, Any] | None = None,
    now: datetime,
) -> None:
    """Note an act in the transaction that does it. ``actor``: user:3, token:7 or cli."""
    tx.execute(
        insert(schema.audit).values(
            at=now, actor=actor, action=action, subject=subject, detail=dict(detail or {})
        )
    )


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that was done."""

    id: int
    at: datetime
    actor: str
    action: str
    subject: str
    detail: Mapping[str, Any] | None


_COLUMNS = [schema.audit.c[name] for name in Act.__dataclass_fields__]


def newest(
    tx: Transaction, *, actor: str = "", kinds: tuple[str, ...] = (), before: int | None = None, limit: int
) -> list[Act]:
    """What was done last, newest first; by one actor only, and of some kinds, which are what an action's name
    begins with, like ``user.``. ``before`` is the id that the page before ended with.
    """
    query = select(*_COLUMNS).order_by(schema.audit.c.id.desc()).limit(limit)
    if actor:
        query = query.where(schema.audit.c.actor == actor)
    if kinds:
        query = query.where(or_(*(schema.audit.c.action.startswith(kind) for kind in kinds)))
    if before is not None:
        query = query.where(schema.audit.c.id < before)
    return [Act(*row) for row in tx.execute(query)]
