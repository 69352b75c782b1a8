"""Writing: what a member of the team does on the page of a conversation: answer, and take an answer back.

Two may write to the same lead at once. What crosses a colleague's text, which its writer cannot have seen, is
not queued; they are shown it and decide again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from leadline import assigning, queueing
from leadline.errors import LeadlineError
from leadline.queueing import SendRequest
from leadline.settings import Settings
from leadline.store import conversations, drafts, media, messages
from leadline.store.database import Transaction
from leadline.store.messages import Message, Queued
from leadline.store.scope import EVERYTHING, Scope
from leadline.uploads import Upload


class Crossed(LeadlineError):
    """A colleague's ``message`` came first, and the writer had not seen it. Nothing was queued."""

    code = "crossed"

    def __init__(self, message: Message) -> None:
        super().__init__("A colleague answered first. Read what they wrote, then send yours again, or not.")
        self.message = message


@dataclass(frozen=True, slots=True)
class Writing:
    """A text that a user wrote, and the id of the last text that their page showed. ``uploads`` are the first
    of its ``media_urls``: of these we have the files.
    """

    user_id: int
    request: SendRequest
    seen: int
    uploads: tuple[Upload, ...] = ()


def write(tx: Transaction, writings: Sequence[Writing], *, now: datetime, settings: Settings) -> list[Queued]:
    """Queue texts of members of the team. The writer's draft is gone with it, and a conversation that nobody
    has is theirs.

    Raises what ``queueing.queue`` does, or Crossed; then nothing is queued. The same form again is the text
    of the first time, whatever was written since.
    """
    return [_write(tx, writing, now=now, settings=settings) for writing in writings]


def _write(tx: Transaction, writing: Writing, *, now: datetime, settings: Settings) -> Queued:
    [queued] = queueing.queue(tx, [writing.request], now=now, settings=settings)
    if not queued.is_new:
        return queued
    # Queueing has changed the conversation's row, so who else writes there now waits for this transaction.
    actor = f"user:{writing.user_id}"
    first = messages.by_colleague(tx, queued.conversation_id, since=writing.seen, actor=actor)
    if first is not None:
        raise Crossed(first)
    drafts.clear(tx, writing.user_id, queued.conversation_id)
    addresses = zip(writing.request.media_urls, writing.uploads, strict=False)
    kept = [media.Kept(url, each.content_type, each.token, each.size) for url, each in addresses]
    media.add_kept(tx, queued.id, kept, now=now)
    if settings.leadline_claim_on_reply:
        _claim(tx, queued.conversation_id, writing.user_id, now=now)
    return queued


def _claim(tx: Transaction, conversation_id: int, user_id: int, *, now: datetime) -> None:
    if conversations.by_id(tx, conversation_id).assignee_id is None:
        assigning.claim(tx, conversation_id, user_id, now=now)


def undo(
    tx: Transaction, message_id: int, user_id: int, *, now: datetime, scope: Scope = EVERYTHING
) -> Message:
    """Take a text back and put its words before what its writer has begun to write since.

    Raises NotFound, or TooLate when it may have left.
    """
    taken = queueing.cancel(tx, message_id, actor=f"user:{user_id}", now=now, scope=scope)
    begun = drafts.of(tx, user_id, taken.conversation_id)
    body = f"{taken.body}\n{begun.body}" if begun else taken.body
    drafts.put(tx, user_id, taken.conversation_id, body=body, template=taken.template, now=now)
    return taken
