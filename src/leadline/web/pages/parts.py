"""The parts of a screen that are brought up to date one by one, by the ids of their places in the page."""

from collections.abc import Callable, Iterable, Mapping
from hashlib import blake2b
from typing import Any

from leadline.web.pages.screen import Screen, Target
from leadline.web.pages.site import Visit

# What each part shows, and the template that shows it.
PARTS: Mapping[str, tuple[str, Callable[[Screen], Any]]] = {
    "rows": ("_rows.html", lambda seen: (seen.listing.rows, seen.listing.older)),
    "views": ("_views.html", lambda seen: seen.listing.counts),
    "needs": ("_needs.html", lambda seen: seen.listing.counts),
    "head": ("_head.html", lambda seen: (seen.facts, seen.head)),
    "texts": ("_texts.html", lambda seen: (seen.texts, seen.facts)),
    "notice": ("_notice.html", lambda seen: (seen.notice, seen.outlook, seen.facts)),
    "lead": ("_lead.html", lambda seen: (seen.panel, seen.facts)),
}
LIST = frozenset({"rows", "views", "needs"})
BESIDE = frozenset(PARTS) - LIST


def fingerprints(seen: Screen, names: Iterable[str]) -> dict[str, str]:
    """A mark for each of these parts; equal marks look the same."""
    return {name: _mark(PARTS[name][1](seen)) for name in sorted(names)}


def _mark(shown: Any) -> str:
    return blake2b(repr(shown).encode("utf-8", "replace"), digest_size=9).hexdigest()


def joined(marks: Mapping[str, str]) -> str:
    """All of a page's marks as one word, which a browser hands back when it comes again.

    >>> joined({"rows": "a1", "head": "b2"})
    'rows=a1.head=b2'
    """
    return ".".join(f"{name}={mark}" for name, mark in marks.items())


def split(word: str) -> dict[str, str]:
    """What ``joined`` joined; of anything else, nothing that fits."""
    return {name: mark for name, _, mark in (each.partition("=") for each in word.split("."))}


def rendered(visit: Visit, target: Target, seen: Screen, names: Iterable[str]) -> dict[str, str]:
    """These parts as markup."""
    values = {"screen": seen, "target": target, "may_write": visit.may_write}
    return {name: visit.render(PARTS[name][0], **values) for name in names}
