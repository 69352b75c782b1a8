"""Who has which conversation open, and who writes in it. A row is believed for some seconds only, so that who
goes without a word is gone all the same.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, select

from leadline.store import batch, schema
from leadline.store.columns import micros
from leadline.store.database import Transaction

presence, users = schema.presence, schema.users

BELIEVED_FOR = timedelta(seconds=30)
_KEPT_FOR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody who has a conversation open; ``writing_at`` is when they last were seen to write there."""

    user_id: int
    name: str
    conversation_id: int
    seen_at: datetime
    writing_at: datetime | None

    def is_here(self, now: datetime) -> bool:
        return self.seen_at > now - BELIEVED_FOR

    def is_writing(self, now: datetime) -> bool:
        return self.writing_at is not None and self.writing_at > now - BELIEVED_FOR


def note(tx: Transaction, user_id: int, conversation_id: int, *, is_writing: bool, now: datetime) -> None:
    """Somebody has it open now, and writes or does not. What they had open an hour ago is forgotten."""
    row = {
        "user_id": user_id,
        "conversation_id": conversation_id,
        "seen_at": micros(now),
        "writing_at": micros(now) if is_writing else None,
    }
    then = (
        "ON CONFLICT (user_id, conversation_id)"
        " DO UPDATE SET seen_at = excluded.seen_at, writing_at = excluded.writing_at"
    )
    batch.insert(tx, presence, [row], then=then)
    is_old = presence.c.user_id == user_id, presence.c.seen_at < now - _KEPT_FOR
    tx.execute(delete(presence).where(*is_old))


def leave(tx: Transaction, user_id: int, conversation_id: int) -> None:
    """Somebody has closed it, or looks elsewhere."""
    is_theirs = presence.c.user_id == user_id, presence.c.conversation_id == conversation_id
    tx.execute(delete(presence).where(*is_theirs))


def around(tx: Transaction, conversation_ids: Iterable[int], *, now: datetime) -> list[Present]:
    """Who has these open, the first to come first. Index: ix_presence_conversation."""
    asked = {"wanted": list(conversation_ids), "since": now - BELIEVED_FOR}
    return [Present(*row) for row in tx.execute(_AROUND, asked)]


# To put it together anew each time costs more than to ask it.
_AROUND = (
    select(
        presence.c.user_id,
        users.c.name,
        *(presence.c[name] for name in ("conversation_id", "seen_at", "writing_at")),
    )
    .join(users, users.c.id == presence.c.user_id)
    .where(
        presence.c.conversation_id.in_(bindparam("wanted", expanding=True)),
        presence.c.seen_at > bindparam("since"),
    )
    .order_by(presence.c.id)
)
