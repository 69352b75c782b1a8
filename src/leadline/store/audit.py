"""Who did what, when: kept for the questions that come later."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import insert

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
