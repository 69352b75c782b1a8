"""The column of conversations: which list, in which order, and what else there is to look into."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Self
from urllib.parse import urlencode

from starlette.requests import Request

from leadline.store import inbox
from leadline.store.database import Transaction
from leadline.store.inbox import COUNT_AT_MOST, LISTS, Asked, Listed
from leadline.web.pages.forms import whole
from leadline.web.pages.rows import Row, Said, row, said
from leadline.web.pages.searching import Found, find
from leadline.web.pages.site import Visit
from leadline.web.pages.words import in_few_letters
from leadline.web.places import place_of

PAGE = 50
SEARCH_AT_MOST = 100
FIRST_LIST = "open"

TITLES: Mapping[str, str] = {
    "open": "Open",
    "unread": "Unread",
    "mine": "Mine",
    "unassigned": "Unassigned",
    "scheduled": "Scheduled",
    "failed": "Failed",
    "review": "Possible opt-outs",
    "closed": "Closed",
}
# How many are closed tells nobody anything.
COUNTED = tuple(name for name in TITLES if name != "closed")
ORDERS: Mapping[str, str] = {
    "newest": "Newest first",
    "waiting": "Waiting longest",
    "oldest": "Oldest first",
    "soonest": "Next first",
}

# What a list without rows says: what is so, and what will be here.
NOTHING = ("No texts yet", "Every conversation is listed here. Find a lead above to write the first text.")
NOBODY_WAITS = ("Nobody waits", "Who wrote and got no answer from a person yet is listed here.")
EMPTY: Mapping[str, tuple[str, str]] = {
    "open": ("Everything is closed", "A conversation opens again when they write."),
    "unread": ("Everything is read", "Conversations with texts that nobody has opened are listed here."),
    "mine": ("Nothing is yours", "Conversations that are assigned to you are listed here."),
    "unassigned": ("Nothing is unassigned", "Conversations that nobody has taken are listed here."),
    "scheduled": ("Nothing is scheduled", "Texts that are to be sent later are listed here, the next first."),
    "failed": ("Nothing failed", "Conversations whose last text did not arrive are listed here."),
    "review": ("Nothing to decide", "Texts that may ask for no more texts wait here for a person."),
    "closed": ("Nothing is closed", "Conversations that need nothing more are listed here."),
}


@dataclass(frozen=True, slots=True)
class View:
    """Which list is looked at, in which order, and from which place on. It goes along in every address, as
    short as it can be said, so that a conversation that is opened keeps its list beside it.
    """

    name: str = FIRST_LIST
    order: str = ""
    older: str | None = None
    search: str = ""

    @classmethod
    def of(cls, request: Request) -> Self:
        """What the address says; what makes no sense there is as if it were not there."""
        given = request.query_params
        name = given.get("list", "")
        search = given.get("search", "").replace("\0", "").strip()[:SEARCH_AT_MOST]
        older = given.get("older", "")
        is_place = whole(older) is not None if search else place_of(older) is not None
        return cls(
            name if name in LISTS else FIRST_LIST, given.get("order", ""), older if is_place else None, search
        )

    @property
    def by(self) -> str:
        """The order by name: the one asked for, if this list has it, else the list's own."""
        orders = LISTS[self.name].orders
        return self.order if self.order in orders else next(iter(orders))

    @property
    def query(self) -> str:
        """The part of an address that says all but the place; empty for the list that is shown first."""
        said = {"search": self.search} if self.search else {}
        if self.name != FIRST_LIST:
            said["list"] = self.name
        if self.by != next(iter(LISTS[self.name].orders)):
            said["order"] = self.by
        return urlencode(said)

    @property
    def live(self) -> Self:
        """What is kept up to date: not a search, which would be made again with every text that comes."""
        return replace(self, older=None, search="")

    def address(self, path: str = "/") -> str:
        """That page with this list beside it."""
        if not self.query:
            return path
        return f"{path}{'&' if '?' in path else '?'}{self.query}"

    def older_address(self, place: str) -> str:
        """The list from there on."""
        address = self.address()
        return f"{address}{'&' if '?' in address else '?'}older={place}"


@dataclass(frozen=True, slots=True)
class Choice:
    """Another list or order, as the menu offers it."""

    key: str
    title: str
    address: str
    is_current: bool
    count: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """The list as it is shown, or what was found. ``older`` is the place where the next page begins, if there
    is one.
    """

    view: View
    rows: tuple[Row, ...] = ()
    older: str | None = None
    counts: Mapping[str, int] = field(default_factory=dict)
    empty: tuple[str, str] | None = None
    found: Found | None = None
    page: int = PAGE

    @property
    def title(self) -> str:
        return TITLES[self.view.name]

    @property
    def is_falling(self) -> bool:
        """Whether the latest stands first."""
        return LISTS[self.view.name].orders[self.view.by].is_falling

    @property
    def order(self) -> str:
        """What the order is called."""
        return ORDERS[self.view.by]

    @property
    def lists(self) -> list[Choice]:
        """Every list, with how many are in it."""
        return [
            Choice(name, title, View(name).address(), name == self.view.name, count=self.count(name))
            for name, title in TITLES.items()
        ]

    @property
    def orders(self) -> list[Choice]:
        """The orders that this list has."""
        view = replace(self.view, older=None)
        return [
            Choice(name, ORDERS[name], replace(view, order=name).address(), name == view.by)
            for name in LISTS[view.name].orders
        ]

    def count(self, name: str) -> str:
        """How many are in that list, in few letters; nothing for none."""
        return in_few_letters(self.counts.get(name, 0), COUNT_AT_MOST)


def listing(tx: Transaction, visit: Visit, view: View) -> Listing:
    """What that list shows the visitor."""
    asked = Asked(visit.scope, visit.here.now, visit.member.id)
    counts = inbox.counts(tx, asked, COUNTED)
    if view.search:
        return Listing(
            view, counts=counts, found=find(tx, visit, view.search, before=whole(view.older or ""))
        )
    has = stock(tx, visit, asked, view)
    shown = tuple(row(visit, each, has.said, reader=visit.member.id) for each in has.found)
    older = shown[-1].place if has.has_more else None
    return Listing(view, shown, older, counts, None if shown else _empty(tx, asked, view))


@dataclass(frozen=True, slots=True)
class Stock:
    """What a list is made of."""

    found: Sequence[Listed]
    has_more: bool
    said: Said


def stock(tx: Transaction, visit: Visit, asked: Asked, view: View) -> Stock:
    """What that list is made of for who asks."""
    found = inbox.page(tx, view.name, asked, order=view.by, after=place_of(view.older), limit=PAGE + 1)
    page = found[:PAGE]
    return Stock(page, len(found) > PAGE, said(tx, visit, asked, page))


def _empty(tx: Transaction, asked: Asked, view: View) -> tuple[str, str]:
    if view.name == FIRST_LIST and not inbox.page(tx, "closed", asked, order="newest", limit=1):
        return NOTHING
    return NOBODY_WAITS if view.order == "waiting" and view.name != "review" else EMPTY[view.name]
