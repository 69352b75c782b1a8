"""The dashboard: what came of texts, by day, sender and template, as far as whoever looks sees them."""

import csv
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from io import StringIO
from typing import TypeVar

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from leadline import figures
from leadline.figures import Counted
from leadline.rules.phone import display_phone
from leadline.store import senders
from leadline.store.database import Transaction
from leadline.store.figures import (
    ANSWERED,
    DELIVERED,
    FAILED,
    OPT_OUT,
    OURS,
    RECEIVED,
    REPLY,
    SENT,
    UNANSWERED,
    UNKNOWN,
    Kept,
)
from leadline.twilio.codes import explain
from leadline.web.pages import charts
from leadline.web.pages.bubbles import title_of
from leadline.web.pages.charts import Chart
from leadline.web.pages.forms import whole
from leadline.web.pages.site import Visit

Key = TypeVar("Key", bound=Hashable)

PERIODS = (7, 30, 90)
USUAL = 30
# How a day's texts are shown, from the bottom up: the style's name for it, the kind, its words.
PARTS = (
    ("a", DELIVERED, "Delivered"),
    ("n", SENT, "No last word"),
    ("b", FAILED, "Not delivered"),
    ("d", UNKNOWN, "Not known"),
)
_OTHER_TEMPLATE = "Written by hand"
_NO_SENDER = "Not known"


class Sums:
    """How many there were of each kind, and the minutes that leads waited."""

    def __init__(self, cells: Iterable[Kept]) -> None:
        self._kinds: Counter[str] = Counter()
        self._waits: Counter[int] = Counter()
        for cell in cells:
            self._kinds[cell.kind] += cell.count
            if cell.kind == ANSWERED:
                self._waits[cell.value] += cell.count

    def __getitem__(self, kind: str) -> int:
        return self._kinds[kind]

    @property
    def tried(self) -> int:
        """All texts of ours."""
        return sum(self._kinds[kind] for kind in OURS)

    @property
    def waited(self) -> int:
        """How many waits there were, answered or not."""
        return self._kinds[ANSWERED] + self._kinds[UNANSWERED]

    @property
    def median(self) -> int | None:
        """Of the waits that were answered, half took no more than these minutes and a bit."""
        left = (self._kinds[ANSWERED] + 1) // 2
        for minutes in sorted(self._waits):
            left -= self._waits[minutes]
            if left <= 0:
                return minutes
        return None

    def within(self, goal: int) -> int:
        """How many were answered in less than that many minutes."""
        return sum(count for minutes, count in self._waits.items() if minutes < goal)


@dataclass(frozen=True, slots=True)
class Total:
    """A number that matters, with its name and what it is made of."""

    name: str
    number: str
    small: str


@dataclass(frozen=True, slots=True)
class Reason:
    """Why texts did not arrive. ``share`` of all that did not, like 35.0%."""

    code: int
    sentence: str
    what_to_do: str
    count: int
    share: str


@dataclass(frozen=True, slots=True)
class Line:
    """One sender or one template."""

    name: str
    sent: int
    delivered: str
    replies: str
    opt_outs: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked at: how many days, and only one's own or everything that one sees."""

    days: int
    is_mine: bool
    last: date

    @classmethod
    def of(cls, visit: Visit) -> "Asked":
        """As the address says; anything that is not offered is as usual."""
        query = visit.request.query_params
        days = whole(query.get("days", ""))
        last = visit.here.day_of(visit.here.now)
        return cls(days if days in PERIODS else USUAL, query.get("whose") == "mine", last)

    @property
    def first(self) -> date:
        return self.last - timedelta(days=self.days - 1)

    @property
    def all_days(self) -> list[date]:
        return [self.first + timedelta(days=place) for place in range(self.days)]


def dashboard(request: Request) -> Response:
    """GET /dashboard: ?days= and ?whose=mine choose."""
    visit = Visit.of(request)
    asked = Asked.of(visit)
    _keep_days(visit)
    with visit.line.database.read() as tx:
        counted, before = _read(tx, visit, asked), _before(tx, visit, asked)
        addresses = {sender.id: sender.address for sender in senders.everyone(tx)}
    sums = Sums(counted.figures)
    by_day = _grouped(counted.figures, lambda cell: date.fromisoformat(cell.day))
    days = [by_day.get(day, Sums(())) for day in asked.all_days]
    goal, region = visit.line.settings.leadline_answer_goal_minutes, visit.line.settings.leadline_region
    return visit.page(
        "dashboard.html",
        live=None,
        asked=asked,
        periods=PERIODS,
        missing=counted.missing,
        totals=_totals(sums, before, asked, goal),
        texts=_texts_chart(asked, days),
        waits=_waits_chart(asked, days, goal),
        opt_outs=_opt_outs_chart(asked, days),
        parts=PARTS,
        rows=list(zip(asked.all_days, days, strict=True)),
        date=_date,
        goal=goal,
        reasons=_reasons(counted.figures),
        senders=_lines(
            counted.figures,
            lambda cell: cell.sender_id,
            lambda key: display_phone(addresses[key], region) if key in addresses else _NO_SENDER,
        ),
        templates=_lines(
            counted.figures,
            lambda cell: cell.template,
            lambda key: title_of(key) if key else _OTHER_TEMPLATE,
        ),
        kinds={"received": RECEIVED, "opt_out": OPT_OUT, "failed": FAILED},
    )


def as_csv(request: Request) -> Response:
    """GET /dashboard.csv: the same by day, as a table for a spreadsheet."""
    visit = Visit.of(request)
    asked = Asked.of(visit)
    with visit.line.database.read() as tx:
        counted = _read(tx, visit, asked)
    by_day = _grouped(counted.figures, lambda cell: date.fromisoformat(cell.day))
    table = StringIO()
    writer = csv.writer(table)
    kinds = (*OURS, RECEIVED, REPLY, ANSWERED, UNANSWERED, OPT_OUT)
    writer.writerow(("day", *kinds, "median_minutes"))
    for day in asked.all_days:
        sums = by_day.get(day, Sums(()))
        median = "" if sums.median is None else sums.median
        writer.writerow((day.isoformat(), *(sums[kind] for kind in kinds), median))
    name = f"leadline-{asked.first.isoformat()}-{asked.last.isoformat()}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(table.getvalue(), media_type="text/csv", headers=headers)


ROUTES = (
    Route("/dashboard", dashboard),
    Route("/dashboard.csv", as_csv),
)


def _keep_days(visit: Visit) -> None:
    """The first visit from a time zone asks for its days to be counted."""
    zone, database = visit.here.zone, visit.line.database
    with database.read() as tx:
        if figures.is_kept(tx, zone):
            return
    with database.write() as tx:
        figures.keep_for(tx, zone, now=visit.here.now)


def _read(tx: Transaction, visit: Visit, asked: Asked) -> Counted:
    here, mine = visit.here, visit.member.id if asked.is_mine else None
    return figures.read(
        tx, asked.first, asked.last, zone=here.zone, now=here.now, scope=visit.scope, mine=mine
    )


def _before(tx: Transaction, visit: Visit, asked: Asked) -> int | None:
    """How many texts went in as many days before."""
    last = asked.first - timedelta(days=1)
    first, mine = last - timedelta(days=asked.days - 1), visit.member.id if asked.is_mine else None
    return figures.texts_before(tx, first, last, zone=visit.here.zone, scope=visit.scope, mine=mine)


def _grouped(cells: Iterable[Kept], key: Callable[[Kept], Key]) -> dict[Key, Sums]:
    found: dict[Key, list[Kept]] = {}
    for cell in cells:
        found.setdefault(key(cell), []).append(cell)
    return {each: Sums(some) for each, some in found.items()}


def _totals(sums: Sums, before: int | None, asked: Asked, goal: int) -> list[Total]:
    tried = sums.tried
    return [
        Total("Texts sent", f"{tried:,}", _change(tried, before, asked.days)),
        Total(
            "Delivered",
            share(sums[DELIVERED], tried),
            f"{sums[FAILED]:,} not, {sums[SENT]:,} without a last word, {sums[UNKNOWN]:,} not known",
        ),
        Total(
            "Texts from leads", f"{sums[RECEIVED]:,}", f"{share(sums[REPLY], tried)} of texts were answered"
        ),
        Total(
            "Median wait for an answer",
            "none" if sums.median is None else minutes_in_words(sums.median),
            f"goal {minutes_in_words(goal)}, met for {share(sums.within(goal), sums.waited)}",
        ),
        Total("Opt-outs", f"{sums[OPT_OUT]:,}", f"{share(sums[OPT_OUT], tried)} of texts"),
    ]


def _change(tried: int, before: int | None, days: int) -> str:
    if not before:
        return f"in {days} days"
    change = round(100 * (tried - before) / before)
    return f"{change:+} % on the {days} days before".replace("-", "−")


def share(part: int, whole_: int) -> str:
    """A share in words, like 96.5 %.

    >>> share(193, 200), share(0, 0)
    ('96.5 %', 'none')
    """
    if not whole_:
        return "none"
    return f"{100 * part / whole_:.1f}".removesuffix(".0") + " %"


def minutes_in_words(minutes: int) -> str:
    """Like 8 min or 3 h 5 min.

    >>> minutes_in_words(185)
    '3 h 5 min'
    """
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest} min"
    return f"{hours} h {rest} min" if rest else f"{hours} h"


def _texts_chart(asked: Asked, days: Sequence[Sums]) -> Chart:
    by_kind = [(look, [sums[kind] for sums in days]) for look, kind, _ in PARTS]
    return charts.bars(
        _sentence("Texts by day", [sums.tried for sums in days], asked), asked.all_days, by_kind
    )


def _opt_outs_chart(asked: Asked, days: Sequence[Sums]) -> Chart:
    counts = [sums[OPT_OUT] for sums in days]
    return charts.bars(_sentence("Opt-outs by day", counts, asked), asked.all_days, [("a", counts)])


def _sentence(name: str, counts: Sequence[int], asked: Asked) -> str:
    if not any(counts):
        return f"{name}: none in {asked.days} days."
    most = max(counts)
    day = asked.all_days[counts.index(most)]
    return f"{name}: {sum(counts):,} in {asked.days} days, most on {_date(day)} with {most:,}."


def _waits_chart(asked: Asked, days: Sequence[Sums], goal: int) -> Chart:
    medians = [sums.median for sums in days]
    known = [(day, median) for day, median in zip(asked.all_days, medians, strict=True) if median is not None]
    name = f"Median minutes to an answer by day: none in {asked.days} days."
    if known:
        (first, one), (last, other) = known[0], known[-1]
        name = f"Median minutes to an answer by day: {one} on {_date(first)}, {other} on {_date(last)}."
    return charts.line(name, asked.all_days, medians, goal=goal)


def _date(day: date) -> str:
    return f"{day.day} {day:%B}"


def _reasons(cells: Iterable[Kept]) -> list[Reason]:
    counts: Counter[int] = Counter()
    for cell in cells:
        if cell.kind == FAILED:
            counts[cell.value] += cell.count
    total = sum(counts.values())
    found = []
    for code, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        known = explain(code) if code else None
        sentence = known.sentence if known else "Twilio gave no reason."
        what_to_do = known.what_to_do if known else "Look at the text in its conversation."
        found.append(Reason(code, sentence, what_to_do, count, f"{100 * count / total:.1f}%"))
    return found


def _lines(cells: Iterable[Kept], key: Callable[[Kept], Key], name: Callable[[Key], str]) -> list[Line]:
    """By what ``key`` says, of texts and what came of them; the busiest first."""
    of_texts = (cell for cell in cells if cell.kind in (*OURS, REPLY, OPT_OUT))
    found = [
        Line(
            name(each),
            sums.tried,
            share(sums[DELIVERED], sums.tried),
            share(sums[REPLY], sums.tried),
            share(sums[OPT_OUT], sums.tried),
        )
        for each, sums in _grouped(of_texts, key).items()
        if sums.tried
    ]
    return sorted(found, key=lambda row: (-row.sent, row.name))
