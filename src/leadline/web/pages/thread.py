"""A conversation's texts, as they are shown, with what is known of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from leadline.rules.state import QUEUED, shown
from leadline.rules.text import is_blank
from leadline.rules.whereabouts import candidates
from leadline.store import media, messages, users
from leadline.store.database import Transaction
from leadline.store.media import Media
from leadline.store.messages import Message
from leadline.web.pages.fates import Fate, fates
from leadline.web.pages.times import Here, zone_named
from leadline.web.pages.words import AUTHORS, NO_REPORT, WAITS_FOR, Mark, mark_of

PAGE = 50
# What a browser may show by itself; everything else is offered as a file.
PICTURES = frozenset({"image/gif", "image/jpeg", "image/png", "image/webp"})


@dataclass(frozen=True, slots=True)
class Day:
    """The line above a day's texts."""

    key: str
    words: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """Something that came with a text. ``address`` is None while we have no copy of it."""

    words: str
    address: str | None = None
    is_picture: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """One text."""

    key: str
    id: int
    is_ours: bool
    author: str
    body: str
    at: datetime
    mark: Mark | None
    template: str | None
    fate: Fate
    attachments: tuple[Attachment, ...]
    may_cancel: bool


@dataclass(frozen=True, slots=True)
class Thread:
    """A page of texts, the oldest first; ``earlier`` is the id to ask before for those that came before."""

    items: tuple[Day | Text, ...] = ()
    earlier: int | None = None


def thread(
    tx: Transaction, conversation_id: int, here: Here, *, them: str, before: int | None = None
) -> Thread:
    """The last texts of a conversation, or those before a certain one. ``them`` is whom it is with."""
    found = messages.thread(tx, conversation_id, before=before, limit=PAGE + 1)
    page = found[:PAGE][::-1]
    special = fates(tx, page, here)
    files = _files(tx, page)
    authors = {f"user:{user.id}": user.name for user in users.everyone(tx)}
    texts = [
        _text(
            each,
            here,
            author=them if each.direction == "inbound" else _author(each.created_by, authors),
            fate=special.get(each.id, Fate()),
            files=files.get(each.id, ()),
        )
        for each in page
    ]
    return Thread(tuple(_with_days(texts, here)), page[0].id if len(found) > PAGE else None)


def _with_days(texts: Sequence[Text], here: Here) -> list[Day | Text]:
    items: list[Day | Text] = []
    previous = None
    for text in texts:
        day = here.day_of(text.at)
        if day != previous:
            items.append(Day(f"day-{day}", here.day(text.at)))
        items.append(text)
        previous = day
    return items


def _text(message: Message, here: Here, *, author: str, fate: Fate, files: Sequence[Attachment]) -> Text:
    is_ours = message.direction == "outbound"
    mark = mark_of(shown(message.state, message.status, is_due=message.due_at <= here.now))
    if message.state == QUEUED and message.deferred_until:
        mark = _waiting(message, here)
    elif mark.look == "scheduled":
        mark = Mark(mark.look, mark.icon, f"Sends {here.moment(message.due_at)}")
    if message.is_unreported:
        mark = Mark(mark.look, mark.icon, f"{mark.words}, {NO_REPORT}")
    return Text(
        key=f"text-{message.id}",
        id=message.id,
        is_ours=is_ours,
        author=author,
        body="" if is_blank(message.body) else message.body,
        at=message.created_at,
        mark=mark if is_ours else None,
        template=title_of(message.template) if message.template else None,
        fate=fate,
        attachments=(*files, *(_sent(address) for address in message.media_urls if is_ours)),
        may_cancel=message.state == QUEUED,
    )


def _waiting(message: Message, here: Here) -> Mark:
    """Until when, by the clock on their wall where we know it, and for what."""
    until = message.deferred_until or message.due_at
    reasons = (message.decision or {}).get("reasons", [])
    waits_for = WAITS_FOR.get(reasons[0]["code"], "see below") if reasons else "see below"
    if (message.decision or {}).get("until") is None:
        return Mark("scheduled", "clock", f"Waits: {waits_for}")
    zones = candidates(message.number).zones
    there = Here(here.now, zone_named(zones[0]) or here.zone) if len(zones) == 1 else here
    whose = " for them" if len(zones) == 1 else ""
    return Mark("scheduled", "clock", f"Waits until {there.ahead(until)}{whose}: {waits_for}")


def title_of(template: str) -> str:
    """A template's name as people read it.

    >>> title_of("initial_outreach")
    'Initial outreach'
    """
    return template.replace("_", " ").capitalize()


def _author(created_by: str, users_by_actor: Mapping[str, str]) -> str:
    kind = created_by.partition(":")[0]
    return users_by_actor.get(created_by) or AUTHORS.get(created_by) or AUTHORS.get(kind, "Somebody")


def _files(tx: Transaction, page: Sequence[Message]) -> dict[int, list[Attachment]]:
    """What came with these texts, by their ids."""
    found: dict[int, list[Attachment]] = {}
    for each in media.of_messages(tx, [message.id for message in page]):
        found.setdefault(each.message_id, []).append(_received(each))
    return found


def _received(item: Media) -> Attachment:
    if item.state == "stored":
        is_picture = item.content_type in PICTURES
        size = f"{max((item.size or 0) // 1000, 1)} kB"
        words = f"{'Picture' if is_picture else 'File'}, {size}"
        return Attachment(words, f"/media/{item.id}", is_picture)
    if item.state == "waiting":
        return Attachment("A picture or file is being fetched")
    return Attachment(item.reason or "A picture or file could not be fetched")


def _sent(address: str) -> Attachment:
    return Attachment("The picture sent with it", address)
