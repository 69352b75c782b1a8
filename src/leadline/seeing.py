"""Seeing each other: who of the team has a conversation open, and who is writing in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from leadline.errors import NotFound
from leadline.store import conversations, presence
from leadline.store.database import Transaction
from leadline.store.scope import Scope


@dataclass(frozen=True, slots=True)
class Seen:
    """Somebody's page tells that it shows a conversation, or that it does not any more."""

    user_id: int
    conversation_id: int
    scope: Scope
    is_writing: bool = False
    is_leaving: bool = False


def see(tx: Transaction, told: Sequence[Seen], *, now: datetime) -> list[bool]:
    """Keep who is where; of what somebody may not see nothing is kept, and the answer is False."""
    return [_see(tx, each, now=now) for each in told]


def _see(tx: Transaction, seen: Seen, *, now: datetime) -> bool:
    try:
        conversations.by_id(tx, seen.conversation_id, scope=seen.scope)
    except NotFound:
        return False
    if seen.is_leaving:
        presence.leave(tx, seen.user_id, seen.conversation_id)
    else:
        presence.note(tx, seen.user_id, seen.conversation_id, is_writing=seen.is_writing, now=now)
    return True
