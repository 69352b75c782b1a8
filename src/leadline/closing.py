"""Closing: nothing is left to do in a conversation, until the lead writes again."""

from collections.abc import Iterable
from datetime import datetime

from leadline.store import audit, conversations, entries
from leadline.store.conversations import Conversation
from leadline.store.database import Transaction
from leadline.store.scope import EVERYTHING, Scope


def close(
    tx: Transaction, conversation_id: int, *, actor: str, now: datetime, scope: Scope = EVERYTHING
) -> Conversation:
    """Take a conversation from the lists of what is to be done: what was unread, waited or had failed there
    has been seen to. Texts that wait to be sent still leave. Closed again it stays as it is. Raises NotFound.
    """
    before = conversations.by_id(tx, conversation_id, scope=scope)
    if conversations.close(tx, before.id, now=now):
        _note(tx, before.id, "closed", actor=actor, now=now)
    return conversations.by_id(tx, before.id)


def reopen(
    tx: Transaction, conversation_id: int, *, actor: str, now: datetime, scope: Scope = EVERYTHING
) -> Conversation:
    """There is something to do again. One that is open stays as it is. Raises NotFound."""
    before = conversations.by_id(tx, conversation_id, scope=scope)
    if conversations.reopen(tx, before.id):
        _note(tx, before.id, "opened", actor=actor, now=now)
    return conversations.by_id(tx, before.id)


def opened_by_leads(tx: Transaction, written: Iterable[Conversation], *, now: datetime) -> None:
    """Say in the threads that were closed that the lead's text has opened them again."""
    for thread_id in {thread.id for thread in written if thread.closed_at is not None}:
        entries.add(tx, thread_id, "opened", author="lead", now=now)


def _note(tx: Transaction, conversation_id: int, kind: str, *, actor: str, now: datetime) -> None:
    entries.add(tx, conversation_id, kind, author=actor, now=now)
    action = {"closed": "conversation.close", "opened": "conversation.open"}[kind]
    audit.add(tx, actor=actor, action=action, subject=f"conversation:{conversation_id}", now=now)
