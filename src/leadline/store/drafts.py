"""What somebody has begun to write: one draft a person and conversation, there in every browser of theirs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from leadline.store import batch, schema
from leadline.store.columns import micros
from leadline.store.database import Transaction

drafts = schema.drafts


@dataclass(frozen=True, slots=True)
class Draft:
    """``template`` is the one that the words were begun from."""

    user_id: int
    conversation_id: int
    body: str
    template: str | None
    updated_at: datetime


_COLUMNS = [drafts.c[name] for name in Draft.__dataclass_fields__]
_NEWS = ", ".join(f"{name} = excluded.{name}" for name in ("body", "template", "updated_at"))


def put(
    tx: Transaction, user_id: int, conversation_id: int, *, body: str, template: str | None, now: datetime
) -> None:
    """Keep a draft in the place of the one before."""
    row = {
        "user_id": user_id,
        "conversation_id": conversation_id,
        "body": body,
        "template": template,
        "updated_at": micros(now),
    }
    batch.insert(tx, drafts, [row], then=f"ON CONFLICT (user_id, conversation_id) DO UPDATE SET {_NEWS}")


def of(tx: Transaction, user_id: int, conversation_id: int) -> Draft | None:
    """That person's draft in that conversation."""
    query = select(*_COLUMNS).where(drafts.c.user_id == user_id, drafts.c.conversation_id == conversation_id)
    row = tx.execute(query).one_or_none()
    return Draft(*row) if row else None


def bodies(
    tx: Transaction, user_ids: Iterable[int], conversation_ids: Iterable[int]
) -> dict[int, dict[int, str]]:
    """What these people have begun to write in these conversations, for those who have."""
    are_these = drafts.c.user_id.in_(list(user_ids)), drafts.c.conversation_id.in_(list(conversation_ids))
    query = select(drafts.c.user_id, drafts.c.conversation_id, drafts.c.body).where(*are_these)
    found: dict[int, dict[int, str]] = {}
    for user_id, conversation_id, body in tx.execute(query):
        found.setdefault(user_id, {})[conversation_id] = body
    return found


def clear(tx: Transaction, user_id: int, conversation_id: int) -> None:
    """It was sent, or emptied."""
    tx.execute(delete(drafts).where(drafts.c.user_id == user_id, drafts.c.conversation_id == conversation_id))
