"""Pictures and files: of what leads sent, where Twilio keeps each and where our copy lies; of what was
uploaded here, where Twilio fetches it and where it lies.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from leadline.errors import NotFound
from leadline.rules.state import CANCELED, REFUSED
from leadline.store import batch, schema
from leadline.store.batch import Select
from leadline.store.columns import micros
from leadline.store.database import Transaction
from leadline.store.scope import EVERYTHING, Scope, sees_text

media, messages = schema.media, schema.messages


@dataclass(frozen=True, slots=True)
class Media:
    """One attachment. ``file`` is its name in the media folder once ``state`` is stored."""

    id: int
    message_id: int
    position: int
    url: str
    state: str
    tries: int
    content_type: str | None
    file: str | None
    size: int | None
    reason: str | None


_COLUMNS = [media.c[name] for name in Media.__dataclass_fields__]


def add(tx: Transaction, found: Sequence[tuple[int, int, str, str]], *, now: datetime) -> None:
    """Note (message id, position, address, claimed type) of attachments to fetch."""
    rows = [
        {
            "message_id": message_id,
            "position": position,
            "url": url,
            "claimed_type": claimed_type,
            "state": "waiting",
            "tries": 0,
            "due_at": micros(now),
        }
        for message_id, position, url, claimed_type in found
    ]
    batch.insert(tx, media, rows, then="ON CONFLICT DO NOTHING")


@dataclass(frozen=True, slots=True)
class Kept:
    """A file of ours that goes with a text: its public address, and its name in the media folder."""

    url: str
    content_type: str
    file: str
    size: int


def add_kept(tx: Transaction, message_id: int, kept: Sequence[Kept], *, now: datetime) -> None:
    """Note the files that go with a text of ours."""
    rows = [
        {
            "message_id": message_id,
            "position": position,
            "url": each.url,
            "claimed_type": each.content_type,
            "state": "stored",
            "tries": 0,
            "due_at": micros(now),
            "content_type": each.content_type,
            "file": each.file,
            "size": each.size,
        }
        for position, each in enumerate(kept)
    ]
    batch.insert(tx, media, rows)


# A text that will not leave needs no files at Twilio.
_NEVER_LEAVES = (CANCELED, REFUSED)


def public(tx: Transaction, file: str) -> Media | None:
    """The file of that name, while a text of ours that has left, or is to leave, goes with it."""
    query = (
        select(*_COLUMNS)
        .join(messages, messages.c.id == media.c.message_id)
        .where(media.c.file == file, media.c.state == "stored", messages.c.direction == "outbound")
        .where(messages.c.state.not_in(_NEVER_LEAVES))
        .limit(1)
    )
    row = tx.execute(query).one_or_none()
    return Media(*row) if row else None


# Every worker asks this each second; the state is written out for the partial index ix_media_due.
_DUE = Select(
    """SELECT id, message_id, position, url, state, tries, content_type, file, size, reason FROM media
    WHERE state = 'waiting' AND due_at <= ? ORDER BY due_at LIMIT ?""",
    tuple(Media.__dataclass_fields__),
)


def due(tx: Transaction, *, now: datetime, limit: int) -> list[Media]:
    """Attachments to fetch now. Fetching one twice does no harm, so nothing is locked."""
    return [Media(*row) for row in _DUE.run(tx, micros(now), limit)]


def stored(tx: Transaction, media_id: int, *, content_type: str, file: str, size: int) -> None:
    """Our copy is in the media folder. One that was erased meanwhile stays so."""
    values = {"state": "stored", "content_type": content_type, "file": file, "size": size}
    tx.execute(update(media).where(media.c.id == media_id, media.c.state == "waiting").values(values))


def try_again(tx: Transaction, media_id: int, *, due_at: datetime) -> None:
    """It was not there yet, or Twilio did not answer."""
    values = {"tries": media.c.tries + 1, "due_at": due_at}
    tx.execute(update(media).where(media.c.id == media_id).values(values))


def give_up(tx: Transaction, media_id: int, *, state: str, reason: str) -> None:
    """It will not be fetched: ``state`` is refused or failed."""
    tx.execute(update(media).where(media.c.id == media_id).values(state=state, reason=reason))


def of_messages(tx: Transaction, message_ids: Sequence[int]) -> list[Media]:
    """The attachments of these messages, in order."""
    query = select(*_COLUMNS).where(media.c.message_id.in_(message_ids)).order_by(media.c.id)
    return [Media(*row) for row in tx.execute(query)]


def by_id(tx: Transaction, media_id: int, *, scope: Scope = EVERYTHING) -> Media:
    """Raises NotFound, also for one whose conversation is out of scope."""
    its_text = media.c.message_id == schema.messages.c.id
    query = select(*_COLUMNS).join(schema.messages, its_text).where(media.c.id == media_id, sees_text(scope))
    row = tx.execute(query).one_or_none()
    if row is None:
        raise NotFound("attachment", media_id)
    return Media(*row)
