"""Notes: what the team tells itself in a conversation. No lead ever sees them."""

from datetime import datetime

from leadline.errors import InvalidInput
from leadline.rules.text import is_blank
from leadline.store import conversations, drafts, entries
from leadline.store.database import Transaction
from leadline.store.entries import Entry
from leadline.store.scope import EVERYTHING, Scope

LONGEST = 4000


def add(
    tx: Transaction,
    conversation_id: int,
    body: str,
    *,
    user_id: int,
    now: datetime,
    scope: Scope = EVERYTHING,
) -> Entry:
    """Put a note into the thread; its writer's draft is gone with it. Raises NotFound, or InvalidInput for an
    empty or endless one.
    """
    thread = conversations.by_id(tx, conversation_id, scope=scope)
    # Browsers send two characters for a line's end; PostgreSQL keeps no null characters.
    words = body.replace("\r\n", "\n").replace("\0", "").strip()
    if is_blank(words):
        raise InvalidInput("The note is empty. Write something.", field="body", code="note_empty")
    if len(words) > LONGEST:
        over = len(words) - LONGEST
        raise InvalidInput(f"The note is {over} characters too long.", field="body", code="note_too_long")
    drafts.clear(tx, user_id, thread.id)
    return entries.add(tx, thread.id, entries.NOTE, author=f"user:{user_id}", body=words, now=now)
