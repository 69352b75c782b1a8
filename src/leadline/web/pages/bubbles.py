"""One text of a thread as it is shown: its words, its files, its mark, and what may be done with it."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import ceil
from typing import ClassVar

from leadline.rules.links import Piece, pieces
from leadline.rules.phone import display_phone
from leadline.rules.segments import clusters
from leadline.rules.state import QUEUED, shown
from leadline.rules.text import is_blank
from leadline.store import media
from leadline.store.database import Transaction
from leadline.store.media import Media
from leadline.store.messages import Message
from leadline.web.pages.clocks import There
from leadline.web.pages.fates import Fate
from leadline.web.pages.lines import author_of
from leadline.web.pages.times import Here
from leadline.web.pages.words import NO_REPORT, WAITS_FOR, Mark, mark_of

# What a browser may show by itself; everything else is offered as a file.
PICTURES = frozenset({"image/gif", "image/jpeg", "image/png", "image/webp"})
# A text that leaves so soon counts down, and says "Undo" to who wrote it.
COUNTS_DOWN = timedelta(minutes=1)
_JUMBO_AT_MOST = 3
_OF_EMOJI = frozenset({"So", "Sk", "Cf", "Mn", "Me", "Zs", "Cc"})


@dataclass(frozen=True, slots=True)
class Attachment:
    """Something that came with a text. ``address`` is None while we have no copy of it."""

    words: str
    address: str | None = None
    is_picture: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """One text. ``sender`` is which of our numbers it went through, where we have more than one;
    ``seconds`` how many are left until it leaves, while they are counted down.
    """

    kind: ClassVar[str] = "text"
    key: str
    id: int
    is_ours: bool
    author: str
    pieces: tuple[Piece, ...]
    is_jumbo: bool
    at: datetime
    mark: Mark | None
    template: str | None
    sender: str
    fate: Fate
    attachments: tuple[Attachment, ...]
    seconds: int | None
    may_cancel: bool
    may_undo: bool
    may_send_now: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """What all texts of a page are shown with. ``them`` is whom the conversation is with, ``names`` the
    members of the team by user:3, ``senders`` our numbers by their ids; ``actor`` is who looks, and
    ``may_send_now`` whether the gate would let a text go at this moment.
    """

    here: Here
    there: There
    them: str
    actor: str
    region: str
    names: Mapping[str, str]
    senders: Mapping[int, str] = field(default_factory=dict)
    may_send_now: bool = False


def texts(
    tx: Transaction, page: Sequence[Message], fates: Mapping[int, Fate], reading: Reading
) -> dict[int, Text]:
    """These texts by their ids, with the files that belong to them."""
    files = _files(tx, page)
    return {
        each.id: _text(each, fates.get(each.id, Fate()), files.get(each.id, ()), reading) for each in page
    }


def _text(message: Message, fate: Fate, files: Sequence[Attachment], reading: Reading) -> Text:
    is_ours = message.direction == "outbound"
    seconds = _seconds(message, reading.here)
    is_planned = message.state == QUEUED and message.due_at > reading.here.now
    body = "" if is_blank(message.body) else message.body
    return Text(
        key=f"text-{message.id}",
        id=message.id,
        is_ours=is_ours,
        author=author_of(message.created_by, reading.names) if is_ours else reading.them,
        pieces=pieces(body),
        is_jumbo=is_jumbo(body),
        at=message.created_at,
        mark=_mark(message, seconds, reading) if is_ours else None,
        template=title_of(message.template) if message.template else None,
        sender=_sender(message, reading),
        fate=fate,
        attachments=(*files, *_elsewhere(message, copies=len(files))),
        seconds=seconds,
        may_cancel=message.state == QUEUED,
        may_undo=seconds is not None and message.created_by == reading.actor,
        may_send_now=is_planned and seconds is None and reading.may_send_now,
    )


def _seconds(message: Message, here: Here) -> int | None:
    left = message.due_at - here.now
    if message.state != QUEUED or message.deferred_until or not timedelta(0) < left <= COUNTS_DOWN:
        return None
    return ceil(left.total_seconds())


def _mark(message: Message, seconds: int | None, reading: Reading) -> Mark:
    there = reading.there
    mark = mark_of(shown(message.state, message.status, is_due=message.due_at <= reading.here.now))
    if message.is_unreported:
        return Mark(mark.look, mark.icon, f"{mark.words}, {NO_REPORT}")
    if seconds is not None:
        return Mark("queued", mark.icon, f"Sends in {seconds} s")
    if message.state == QUEUED and message.deferred_until:
        return _waiting(message, there)
    if mark.look == "scheduled":
        return Mark(mark.look, mark.icon, f"Sends {there.here.moment(message.due_at)}{there.suffix}")
    return mark


def _waiting(message: Message, there: There) -> Mark:
    """Until when, by the clock on their wall where we know it, and for what."""
    until = message.deferred_until or message.due_at
    reasons = (message.decision or {}).get("reasons", [])
    waits_for = WAITS_FOR.get(reasons[0]["code"], "see below") if reasons else "see below"
    if (message.decision or {}).get("until") is None:
        return Mark("scheduled", "clock", f"Waits: {waits_for}")
    return Mark("scheduled", "clock", f"Waits until {there.here.ahead(until)}{there.suffix}: {waits_for}")


def _sender(message: Message, reading: Reading) -> str:
    address = reading.senders.get(message.sender_id or 0)
    if address is None or len(reading.senders) < 2:
        return ""
    return f"{'from' if message.direction == 'outbound' else 'to'} {display_phone(address, reading.region)}"


def title_of(template: str) -> str:
    """A template's name as people read it.

    >>> title_of("initial_outreach")
    'Initial outreach'
    """
    return template.replace("_", " ").capitalize()


def is_jumbo(body: str) -> bool:
    """Whether it is one, two or three emoji and nothing else.

    >>> is_jumbo("👍🏽"), is_jumbo("👍 ok")
    (True, False)
    """
    seen = "".join(body.split())
    if not seen or len(seen) > 60 or not all(unicodedata.category(each) in _OF_EMOJI for each in seen):
        return False
    return any(each > "\u2190" for each in seen) and len(list(clusters(seen))) <= _JUMBO_AT_MOST


def _files(tx: Transaction, page: Sequence[Message]) -> dict[int, list[Attachment]]:
    """What came with these texts, by their ids."""
    found: dict[int, list[Attachment]] = {}
    for each in media.of_messages(tx, [message.id for message in page]):
        found.setdefault(each.message_id, []).append(_kept(each))
    return found


def _kept(item: Media) -> Attachment:
    if item.state == "stored":
        is_picture = item.content_type in PICTURES
        size = f"{max((item.size or 0) // 1000, 1)} kB"
        words = f"{'Picture' if is_picture else 'File'}, {size}"
        return Attachment(words, f"/media/{item.id}", is_picture)
    if item.state == "waiting":
        return Attachment("A picture or file is being fetched")
    return Attachment(item.reason or "A picture or file could not be fetched")


def _elsewhere(message: Message, *, copies: int) -> list[Attachment]:
    """What was sent by its address alone; of what was uploaded we have copies, and they come first."""
    if message.direction == "inbound":
        return []
    return [Attachment("The picture sent with it", address) for address in message.media_urls[copies:]]
