"""Lists that are told to many pages at once: what their readers see alike is made once for all of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from leadline.store import drafts, inbox, scope
from leadline.store.database import Transaction
from leadline.store.inbox import Asked
from leadline.store.scope import Scope
from leadline.web.pages.lists import COUNTED, Listing, Stock, View, listing, stock
from leadline.web.pages.parts import rendered
from leadline.web.pages.rows import Row, row
from leadline.web.pages.screen import Screen, Target
from leadline.web.pages.site import Visit

# Who else has what in a list is no matter to them.
OWN = "mine"
SHARED = tuple(name for name in COUNTED if name != OWN)


@dataclass(frozen=True, slots=True)
class _Common:
    """A list as somebody sees it who has nothing of their own in it, and what each reader has: drafts."""

    stock: Stock
    rows: tuple[Row, ...]
    drafts: Mapping[int, Mapping[int, str]]


class Lists:
    """The lists of one snapshot for these readers. Who sees what others do not has their own one made."""

    def __init__(self, tx: Transaction, readers: Iterable[int]) -> None:
        self._tx = tx
        self._readers = sorted(set(readers))
        self._own: Mapping[int, int] = inbox.own_counts(tx, self._readers)
        self._counts: dict[Scope, Mapping[str, int]] = {}
        self._beyond: dict[Scope, set[int]] = {}
        self._common: dict[Any, _Common] = {}
        self._lines: dict[Any, str] = {}

    def of(self, visit: Visit, view: View) -> Listing:
        """The same as ``listing``."""
        reader, alike = visit.member.id, scope.shared(visit.scope)
        if alike is None or view.name not in SHARED or view.search or self._is_beyond(visit, alike):
            return listing(self._tx, visit, view)
        common = self._common_of(visit, view, alike)
        if not common.rows:
            return listing(self._tx, visit, view)
        shown = _for(visit, common, reader)
        counts = {**self._counts[alike], OWN: self._own.get(reader, 0)}
        return Listing(
            view,
            shown,
            shown[-1].place if common.stock.has_more else None,
            {name: counts[name] for name in COUNTED},
        )

    def rendered(self, visit: Visit, target: Target, seen: Screen, names: Iterable[str]) -> dict[str, str]:
        """The same as ``parts.rendered``; a row that many pages show is written once for all of them."""
        wanted = set(names)
        news = rendered(visit, target, seen, wanted - {"rows"})
        if "rows" in wanted:
            view = seen.listing.view
            news["rows"] = "".join(
                self._line(visit, each, view, is_current=each.id == target.conversation_id)
                for each in seen.listing.rows
            )
        return news

    def _line(self, visit: Visit, seen: Row, view: View, *, is_current: bool) -> str:
        key = (seen, view, visit.here.zone, is_current)
        if key not in self._lines:
            template: Any = visit.site.environment.get_template("_row.html").module
            self._lines[key] = template.line(seen, view, visit.here, is_current)
        return self._lines[key]

    def _is_beyond(self, visit: Visit, alike: Scope) -> bool:
        if alike not in self._beyond:
            self._beyond[alike] = inbox.beyond(self._tx, self._readers, alike, visit.here.now)
        return visit.member.id in self._beyond[alike]

    def _common_of(self, visit: Visit, view: View, alike: Scope) -> _Common:
        key = (alike, view, visit.here.zone)
        if key not in self._common:
            tx, asked = self._tx, Asked(alike, visit.here.now)
            if alike not in self._counts:
                self._counts[alike] = inbox.counts(tx, asked, SHARED)
            has = stock(tx, visit, asked, view)
            rows = tuple(row(visit, each, has.said, reader=0) for each in has.found)
            self._common[key] = _Common(has, rows, drafts.bodies(tx, self._readers, has.said.lasts))
        return self._common[key]


def _for(visit: Visit, common: _Common, reader: int) -> tuple[Row, ...]:
    """The rows as that reader sees them."""
    said, author = common.stock.said, f"user:{reader}"
    own = common.drafts.get(reader, {})
    shown = []
    for listed, seen in zip(common.stock.found, common.rows, strict=True):
        key, last = listed.conversation.id, said.lasts[listed.conversation.id]
        if key in own:
            drafted = replace(said, lasts={key: replace(last, draft=own[key])})
            shown.append(row(visit, listed, drafted, reader=reader))
        elif listed.conversation.assignee_id == reader or last.created_by == author:
            shown.append(row(visit, listed, said, reader=reader))
        else:
            shown.append(seen)
    return tuple(shown)
