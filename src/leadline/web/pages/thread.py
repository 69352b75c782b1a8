"""A conversation's texts, as they are shown, with what is known of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from leadline.rules.state import QUEUED, shown
from leadline.rules.text import is_blank
from leadline.rules.whereabouts import candidates
from leadline.store import attempts, evidence, media, messages, users
from leadline.store.attempts import Attempt
from leadline.store.database import Transaction
from leadline.store.evidence import Recorded
from leadline.store.media import Media
from leadline.store.messages import Message
from leadline.twilio.codes import explain
from leadline.web.pages.times import Here, zone_named
from leadline.web.pages.words import AUTHORS, IN_DOUBT, OUTCOMES, REPORTS, WAITS_FOR, Mark, mark_of

PAGE = 50
# What a browser may show by itself; everything else is offered as a file.
PICTURES = frozenset({"image/gif", "image/jpeg", "image/png", "image/webp"})


@dataclass(frozen=True, slots=True)
class Day:
    """The line above a day's texts."""

    key: str
    words: str


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that happened to a text."""

    at: datetime
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
    why: tuple[str, str] | None
    facts: tuple[Fact, ...]
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
    unclear = _facts(tx, [each for each in page if _needs_facts(each)])
    files = _files(tx, page)
    authors = {f"user:{user.id}": user.name for user in users.everyone(tx)}
    texts = [
        _text(
            each,
            here,
            author=them if each.direction == "inbound" else _author(each.created_by, authors),
            facts=unclear.get(each.id, ()),
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


def _text(
    message: Message, here: Here, *, author: str, facts: Sequence[Fact], files: Sequence[Attachment]
) -> Text:
    is_ours = message.direction == "outbound"
    mark = mark_of(shown(message.state, message.status, is_due=message.due_at <= here.now))
    if message.state == QUEUED and message.deferred_until:
        mark = _waiting(message, here)
    elif mark.look == "scheduled":
        mark = Mark(mark.look, mark.icon, f"Sends {here.moment(message.due_at)}")
    return Text(
        key=f"text-{message.id}",
        id=message.id,
        is_ours=is_ours,
        author=author,
        body="" if is_blank(message.body) else message.body,
        at=message.created_at,
        mark=mark if is_ours else None,
        template=title_of(message.template) if message.template else None,
        why=_why(message, mark) if is_ours else None,
        facts=tuple(facts),
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


def _why(message: Message, mark: Mark) -> tuple[str, str] | None:
    """What is so, and what to do about it, for a text that did not simply arrive."""
    if mark.look == "doubt":
        return IN_DOUBT
    if message.error_code:
        meaning = explain(message.error_code)
        return meaning.sentence, f"{meaning.what_to_do} (error {message.error_code})"
    is_deferred = message.state == QUEUED and (message.decision or {}).get("verdict") == "deferred"
    if (mark.look == "failed" or is_deferred) and message.decision:
        sentences = [str(reason["sentence"]) for reason in message.decision["reasons"]]
        return sentences[0], " ".join(sentences[1:])
    return None


def _needs_facts(message: Message) -> bool:
    is_ours = message.direction == "outbound"
    return is_ours and (
        message.error_code > 0 or mark_of(shown(message.state, message.status)).look == "doubt"
    )


def _facts(tx: Transaction, unclear: Sequence[Message]) -> dict[int, tuple[Fact, ...]]:
    """What we know of these texts, by their ids, in the order it came."""
    facts = {}
    for message in unclear:
        tried = attempts.of_message(tx, message.id)
        sids = {message.twilio_sid, *(attempt.twilio_sid for attempt in tried)}
        said = evidence.of_message(tx, [attempt.id for attempt in tried], [sid for sid in sids if sid])
        found = [_began(attempt) for attempt in tried] + [_said(fact) for fact in said]
        facts[message.id] = tuple(sorted(found, key=lambda fact: fact.at))
    return facts


def _began(attempt: Attempt) -> Fact:
    return Fact(attempt.started_at, "Handed to Twilio")


def _said(fact: Recorded) -> Fact:
    if fact.kind == "report":
        words = REPORTS.get(fact.status, f"Twilio reported: {fact.status}")
    else:
        words = OUTCOMES.get(fact.fields.get("kind", fact.status), "Twilio answered")
    return Fact(fact.at, f"{words}, error {fact.error_code}" if fact.error_code else words)


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
