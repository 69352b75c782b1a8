"""Assigning: who answers a conversation: a member of the team, a team, or whoever comes first.

Whoever sees a conversation may give it to anybody. What they gave to another team they may not see any more.
"""

from collections.abc import Mapping
from datetime import datetime

from leadline.errors import InvalidInput, TooLate
from leadline.store import audit, conversations, entries, teams, users
from leadline.store.conversations import Conversation
from leadline.store.database import Transaction
from leadline.store.scope import EVERYTHING, Scope
from leadline.store.users import User


def assign(
    tx: Transaction,
    conversation_id: int,
    user_id: int,
    *,
    actor: str,
    now: datetime,
    scope: Scope = EVERYTHING,
) -> Conversation:
    """Give a conversation to a member of the team; from then on it is their team's. Given to who has it, it
    stays as it is. Raises NotFound, or InvalidInput for somebody who cannot answer.
    """
    before = conversations.by_id(tx, conversation_id, scope=scope)
    user = _who_answers(tx, user_id)
    return _give(tx, before, user.id, user.team_id, actor=actor, now=now)


def give_to_team(
    tx: Transaction,
    conversation_id: int,
    team_id: int,
    *,
    actor: str,
    now: datetime,
    scope: Scope = EVERYTHING,
) -> Conversation:
    """Give a conversation to a team, of whom nobody has it yet. Raises NotFound."""
    before = conversations.by_id(tx, conversation_id, scope=scope)
    return _give(tx, before, None, teams.by_id(tx, team_id).id, actor=actor, now=now)


def give_to_all(
    tx: Transaction, conversation_id: int, *, actor: str, now: datetime, scope: Scope = EVERYTHING
) -> Conversation:
    """Take a conversation from whoever has it: everybody sees it, anybody may claim it. Raises NotFound."""
    before = conversations.by_id(tx, conversation_id, scope=scope)
    return _give(tx, before, None, None, actor=actor, now=now)


def claim(
    tx: Transaction, conversation_id: int, user_id: int, *, now: datetime, scope: Scope = EVERYTHING
) -> Conversation:
    """Take a conversation for oneself while nobody has it; of two at once only the first gets it.

    Claimed again it stays as it is. Raises NotFound, InvalidInput for somebody who cannot answer, or TooLate
    naming who was first.
    """
    before = conversations.by_id(tx, conversation_id, scope=scope)
    user = _who_answers(tx, user_id)
    if before.assignee_id == user.id:
        return before
    if not conversations.assign(
        tx, before.id, assignee_id=user.id, team_id=user.team_id or before.team_id, is_free=True
    ):
        first = conversations.by_id(tx, before.id).assignee_id
        name = users.by_id(tx, first).name if first else "Somebody"
        raise TooLate(f"{name} has this conversation already.")
    return _told(tx, before, {"user": user.id}, actor=f"user:{user.id}", now=now)


def _who_answers(tx: Transaction, user_id: int) -> User:
    user = users.by_id(tx, user_id)
    if user.disabled_at is not None or user.role == "viewer":
        raise InvalidInput(
            f"{user.name} cannot answer: choose somebody who may write.",
            field="assignee",
            code="assignee_unable",
        )
    return user


def _give(
    tx: Transaction,
    before: Conversation,
    assignee_id: int | None,
    team_id: int | None,
    *,
    actor: str,
    now: datetime,
) -> Conversation:
    if (before.assignee_id, before.team_id) == (assignee_id, team_id):
        return before
    conversations.assign(tx, before.id, assignee_id=assignee_id, team_id=team_id)
    to = {"user": assignee_id} if assignee_id else {"team": team_id} if team_id else {}
    return _told(tx, before, to, actor=actor, now=now)


def _told(
    tx: Transaction, before: Conversation, to: Mapping[str, int | None], *, actor: str, now: datetime
) -> Conversation:
    entries.add(tx, before.id, "assigned", author=actor, detail=to, now=now)
    audit.add(
        tx,
        actor=actor,
        action="conversation.assign",
        subject=f"conversation:{before.id}",
        detail={"to": dict(to), "was": {"user": before.assignee_id, "team": before.team_id}},
        now=now,
    )
    return conversations.by_id(tx, before.id)
