"""A conversation page by page: texts, notes and what was done, in one order, with a line above each day.

Texts, entries and consent events are three lists, each in its own order; a page is what comes first of all
three by time. A place in the thread is therefore three ids, and each page costs three short reads, however
long the thread is.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from heapq import merge
from itertools import islice
from operator import attrgetter
from typing import ClassVar, NamedTuple, Self

from leadline.errors import NotFound
from leadline.rules.consent import Kind
from leadline.store import consent, entries, messages
from leadline.store.conversations import Conversation
from leadline.store.database import Transaction
from leadline.store.messages import Message
from leadline.web.pages import bubbles, lines
from leadline.web.pages.bubbles import Reading, Text
from leadline.web.pages.clocks import There
from leadline.web.pages.fates import fates
from leadline.web.pages.lines import Line, Note
from leadline.web.pages.times import Here

PAGE = 50
_ID_DIGITS = 18


class Place(NamedTuple):
    """Between two items: the first text, entry and consent event after it, by their ids; 0 is none."""

    text: int = 0
    entry: int = 0
    event: int = 0

    @property
    def word(self) -> str:
        """As addresses have it."""
        return "-".join(map(str, self))

    @classmethod
    def of(cls, word: str | None) -> Self | None:
        """What ``word`` gave; None for anything else."""
        ids = (word or "").split("-")
        is_one = len(ids) == len(cls._fields) and all(each.isascii() and each.isdecimal() for each in ids)
        return cls(*map(int, ids)) if is_one and max(map(len, ids)) <= _ID_DIGITS else None


class Span(NamedTuple):
    """Which page of a thread: the newest one, what is before a place or since it, or around a text."""

    before: Place | None = None
    since: Place | None = None
    around: int | None = None

    @property
    def is_newest(self) -> bool:
        return self == NEWEST

    @property
    def query(self) -> str:
        """The part of an address that asks for it."""
        if self.around is not None:
            return f"around={self.around}"
        name, place = ("before", self.before) if self.before else ("since", self.since)
        return f"{name}={place.word}" if place else ""


NEWEST = Span()


@dataclass(frozen=True, slots=True)
class Day:
    """The line above a day's items."""

    kind: ClassVar[str] = "day"
    key: str
    date: str
    words: str


@dataclass(frozen=True, slots=True)
class Thread:
    """A page, the oldest first. ``earlier`` and ``later`` ask for the pages beside it, where there are any;
    ``newest`` is the id of the conversation's last text.
    """

    items: tuple[Day | Text | Note | Line, ...] = ()
    earlier: Span | None = None
    later: Span | None = None
    newest: int = 0


class _Item(NamedTuple):
    """Anything in the thread. ``sort`` puts what a text brought about below it."""

    at: datetime
    sort: int
    id: int
    thing: Message | entries.Entry | consent.Entry

    @property
    def when(self) -> tuple[datetime, int]:
        return self.at, self.sort


class _Part(NamedTuple):
    """Some items in order, with the places at both ends; None where nothing lies beyond."""

    items: Sequence[_Item]
    begins: Place | None
    ends: Place | None


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who reads, when and by whose clocks. ``names`` are those of the team by user:3 and team:2, ``senders``
    our numbers by their ids.
    """

    here: Here
    there: There
    actor: str
    region: str
    names: Mapping[str, str]
    senders: Mapping[int, str]
    may_send_now: bool = False


def thread(
    tx: Transaction, conversation: Conversation, viewer: Viewer, *, them: str, span: Span = NEWEST
) -> Thread:
    """A page of a conversation; ``them`` is whom it is with. Raises NotFound for a text that is not in it."""
    part = _page(tx, conversation, span)
    return Thread(
        items=tuple(_with_days(_shown(tx, part.items, viewer, them), viewer.here)),
        earlier=Span(before=part.begins) if part.begins else None,
        later=Span(since=part.ends) if part.ends else None,
        newest=_newest(tx, conversation, part, span),
    )


def _newest(tx: Transaction, conversation: Conversation, part: _Part, span: Span) -> int:
    shown = [item.id for item in part.items if isinstance(item.thing, Message)]
    if span.is_newest and shown:
        return max(shown)
    return next((last.id for last in messages.thread(tx, conversation.id, limit=1)), 0)


def _page(tx: Transaction, conversation: Conversation, span: Span) -> _Part:
    if span.around is not None:
        place = _place_of(tx, conversation, span.around)
        older, newer = _before(tx, conversation, place, PAGE // 2), _since(tx, conversation, place, PAGE // 2)
        return _Part([*older.items, *newer.items], older.begins, newer.ends)
    if span.since is not None:
        return _since(tx, conversation, span.since, PAGE)
    return _before(tx, conversation, span.before or Place(), PAGE)


def _before(tx: Transaction, conversation: Conversation, place: Place, size: int) -> _Part:
    some = size + 1
    texts = messages.thread(tx, conversation.id, before=place.text or None, limit=some)
    beside = entries.newest(tx, conversation.id, before=place.entry, limit=some)
    events = consent.newest(tx, conversation.number, before=place.event, limit=some)
    found = merge(*_items(texts, beside, events), key=attrgetter("when"), reverse=True)
    taken = list(islice(found, some))
    page = taken[:size][::-1]
    begins = _first(page, place) if len(taken) > size else None
    return _Part(page, begins, place if any(place) else None)


def _since(tx: Transaction, conversation: Conversation, place: Place, size: int) -> _Part:
    some = size + 1
    texts = messages.thread_since(tx, conversation.id, since=place.text, limit=some) if place.text else []
    beside = entries.oldest(tx, conversation.id, since=place.entry, limit=some) if place.entry else []
    events = consent.oldest(tx, conversation.number, since=place.event, limit=some) if place.event else []
    found = list(merge(*_items(texts, beside, events), key=attrgetter("when")))
    page, rest = found[:size], found[size:]
    return _Part(page, place, _first(rest, Place()) if rest else None)


def _items(
    texts: Iterable[Message], beside: Iterable[entries.Entry], events: Iterable[consent.Entry]
) -> tuple[list[_Item], list[_Item], list[_Item]]:
    return (
        [_Item(each.created_at, 0, each.id, each) for each in texts],
        [_Item(each.recorded_at, 1, each.position, each) for each in events],
        [_Item(each.at, 2, each.id, each) for each in beside],
    )


def _first(items: Sequence[_Item], otherwise: Place) -> Place:
    """The place before these; what is not among them begins where it did."""
    first = {item.sort: item.id for item in reversed(items)}
    return Place(first.get(0, otherwise.text), first.get(2, otherwise.entry), first.get(1, otherwise.event))


def _place_of(tx: Transaction, conversation: Conversation, message_id: int) -> Place:
    text = messages.by_id(tx, message_id)
    if text.conversation_id != conversation.id:
        raise NotFound("message", message_id)
    beside = entries.between(tx, conversation.id, since=text.created_at, limit=1)
    events = consent.oldest(tx, conversation.number, recorded_since=text.created_at, limit=1)
    return Place(text.id, beside[0].id if beside else 0, events[0].position if events else 0)


def _shown(tx: Transaction, page: Sequence[_Item], viewer: Viewer, them: str) -> list[Text | Note | Line]:
    reading = Reading(
        here=viewer.here,
        there=viewer.there,
        them=them,
        actor=viewer.actor,
        region=viewer.region,
        names=viewer.names,
        senders=viewer.senders,
        may_send_now=viewer.may_send_now,
    )
    found = [item.thing for item in page if isinstance(item.thing, Message)]
    texts = bubbles.texts(tx, found, fates(tx, found, viewer.here), reading)
    return [
        _item(item, texts, reading)
        for item in page
        if not (isinstance(item.thing, consent.Entry) and item.thing.event.kind == Kind.ERASED)
    ]


def _item(item: _Item, texts: dict[int, Text], reading: Reading) -> Text | Note | Line:
    if isinstance(item.thing, Message):
        return texts[item.id]
    if isinstance(item.thing, entries.Entry):
        return lines.of_entry(item.thing, reading.names)
    return lines.of_event(item.thing, reading.names)


def _with_days(items: Sequence[Text | Note | Line], here: Here) -> list[Day | Text | Note | Line]:
    days: list[Day | Text | Note | Line] = []
    previous = None
    for item in items:
        day = here.day_of(item.at)
        if day != previous:
            days.append(Day(f"day-{day}", day.isoformat(), here.day(item.at)))
        days.append(item)
        previous = day
    return days
