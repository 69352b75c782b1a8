"""What stands in a thread beside the texts, as it is shown: notes, and lines that say what was done."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from string import Formatter
from typing import ClassVar

from leadline.rules.consent import ConsentEvent
from leadline.rules.links import Piece, pieces
from leadline.store import consent, entries
from leadline.store.entries import Entry
from leadline.web.pages.words import AUTHORS, CONSENT_KINDS, CONSENT_SOURCES, STAGES

# By the entry's kind: its icon and sentence. {author} and the like are names, and may be in any script.
SENTENCES: Mapping[str, tuple[str, str]] = {
    "claimed": ("user", "{author} claimed the conversation"),
    "assigned": ("user", "{author} gave the conversation to {to}"),
    "unassigned": ("user", "{author} made the conversation free for anybody"),
    "closed": ("tick", "{author} closed the conversation"),
    "opened": ("inbox", "{author} opened the conversation again"),
    "opened_by_lead": ("inbox", "Their text opened the conversation again"),
    "stage": ("chart", "{author} moved the stage from {was} to {is}"),
    "merged": ("user", "{author} merged another lead into this one"),
}
CONSENT_ICONS: Mapping[str, str] = {"opt_out": "stop", "possible_stop": "review"}
JUDGED: Mapping[str, str] = {"opt_out": "{author} opted them out", "not_a_stop": "{author} read: no opt-out"}


@dataclass(frozen=True, slots=True)
class Note:
    """What a member of the team wrote for the others."""

    kind: ClassVar[str] = "note"
    key: str
    author: str
    pieces: tuple[Piece, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class Line:
    """What was done with a conversation. ``parts`` are (words, whether they are a name); ``quote`` is what
    the lead wrote.
    """

    kind: ClassVar[str] = "line"
    key: str
    icon: str
    parts: tuple[tuple[str, bool], ...]
    at: datetime
    quote: str = ""


def of_entry(entry: Entry, names: Mapping[str, str]) -> Note | Line:
    """An entry as it is shown; ``names`` are those of users and teams, by user:3 and team:2."""
    author = author_of(entry.author, names)
    if entry.kind == entries.NOTE:
        return Note(f"entry-{entry.id}", author, pieces(entry.body), entry.at)
    detail = entry.detail or {}
    icon, sentence = SENTENCES.get(_sort(entry), ("pencil", f"{{author}}: {entry.kind}"))
    said = {
        "author": author,
        "to": _receiver(entry, names),
        **{side: STAGES.get(str(detail.get(side)), str(detail.get(side, ""))) for side in ("was", "is")},
    }
    return Line(f"entry-{entry.id}", icon, _parts(sentence, said), entry.at)


def of_event(entry: consent.Entry, names: Mapping[str, str]) -> Line:
    """An entry of the consent ledger as it is shown; what a person judged is told with who that was."""
    event = entry.event
    quote = event.words if event.source in ("keyword", "free_text") else ""
    return Line(
        f"consent-{entry.position}",
        CONSENT_ICONS.get(event.kind, "tick"),
        _told(event, names),
        entry.recorded_at,
        quote,
    )


def author_of(created_by: str, names: Mapping[str, str]) -> str:
    """Who that was, in words."""
    kind = created_by.partition(":")[0]
    return names.get(created_by) or AUTHORS.get(created_by) or AUTHORS.get(kind, "Somebody")


def _told(event: ConsentEvent, names: Mapping[str, str]) -> tuple[tuple[str, bool], ...]:
    if event.source == "person" and event.kind in JUDGED:
        return _parts(JUDGED[event.kind], {"author": author_of(event.actor, names)})
    how = CONSENT_SOURCES.get(event.source, event.source)
    return ((f"{CONSENT_KINDS.get(event.kind, event.kind)} {how}", False),)


def _sort(entry: Entry) -> str:
    """The kind, told apart by who did it to whom."""
    if entry.kind == "opened" and entry.author == "lead":
        return "opened_by_lead"
    if entry.kind != "assigned":
        return entry.kind
    detail = entry.detail or {}
    if detail.get("user") is not None and entry.author == f"user:{detail['user']}":
        return "claimed"
    return "assigned" if detail.get("user") or detail.get("team") else "unassigned"


def _receiver(entry: Entry, names: Mapping[str, str]) -> str:
    detail = entry.detail or {}
    kind = "user" if detail.get("user") else "team"
    return names.get(f"{kind}:{detail.get(kind)}", "another team")


def _parts(sentence: str, said: Mapping[str, str]) -> tuple[tuple[str, bool], ...]:
    parts: list[tuple[str, bool]] = []
    for words, name, _, _ in Formatter().parse(sentence):
        parts += [(words, False)] if words else []
        parts += [(said[name], True)] if name else []
    return tuple(parts)
