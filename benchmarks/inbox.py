"""The inbox over a full database: every list, search and thread page, as somebody who is signed in."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter, process_time
from typing import Any
from urllib.parse import quote_plus, urlsplit

from pydantic import SecretStr

from benchmarks import goals, town
from benchmarks.goals import Verdict
from benchmarks.plan import Plan
from benchmarks.report import Section
from benchmarks.town import Town
from harness.traffic import ACCOUNT_SID, AUTH_TOKEN
from leadline import accounts
from leadline.app import Leadline
from leadline.settings import Settings
from leadline.store import inbox, search, users
from leadline.store.inbox import LISTS, Asked
from leadline.web.app import create_app
from leadline.web.pages.lists import PAGE
from leadline.web.places import mark_of

LEADS, CONVERSATIONS, MESSAGES = 200_000, 50_000, 1_000_000
QUICK = 20
DEEP = (10, 500)
ASKED, ASKED_QUICKLY = 40, 10
INDEXED_AT_ONCE = 2_000
# Rare and common words, two letters, other scripts, names, numbers, and what is not there.
SEARCHES = (
    town.RARE,
    f"the {town.RARE}",
    "the",
    "th",
    "so",
    "ok",
    "you",
    "the roof",
    "appoint",
    "can you call tomorrow",
    "a",
    "später",
    "manana",
    "крыша",
    "太阳",
    "lena",
    "lena ba",
    "anna bakery",
    "example.org",
    "303",
    "5550",
    "+1 (303) 200",
    "xyzzy",
)


@dataclass(frozen=True, slots=True)
class Page:
    """A page to ask for. ``deep`` is its number in a list whose first page is also asked for."""

    words: str
    path: str
    list: str = ""
    deep: int = 1


@dataclass(frozen=True, slots=True)
class Figures:
    """Milliseconds that a page took, and those in which this process worked: the rest is what else the
    machine does.
    """

    page: Page
    who: str
    times: Sequence[float]
    worked: Sequence[float]

    @property
    def p50(self) -> float:
        return median(self.times)

    @property
    def p95(self) -> float:
        return quantiles(self.times, n=20)[-1]


def measure(plan: Plan) -> Iterator[Section]:
    """One database for all; a quick run has a twentieth of everything."""
    share = QUICK if plan.quick else 1
    file = plan.folder / "town.db"
    with Leadline.open(_settings(plan, file)) as line:
        began = perf_counter()
        built = town.build(
            file, leads=LEADS // share, conversations=CONVERSATIONS // share, messages=MESSAGES // share
        )
        filled = perf_counter() - began
        indexed = _index(line)
        with asyncio.Runner() as loop:
            app = create_app(line)
            figures = [
                _figures(app, loop, page, who, cookie=cookie, count=ASKED_QUICKLY if plan.quick else ASKED)
                for who, cookie in built.cookies.items()
                for page in _pages(line, built, who)
            ]
    yield _section(figures, _note(built, file, filled=filled, indexed=indexed))


def _note(built: Town, file: Path, *, filled: float, indexed: float) -> str:
    return (
        f"{built.leads:,} leads, {built.conversations:,} conversations, {built.messages:,} texts, the longest"
        f" thread {len(built.texts):,}; {file.stat().st_size / 1e6:,.0f} MB, filled in {filled:.0f} s;"
        f" {indexed:,.0f} rows indexed a second"
    )


def _settings(plan: Plan, file: Path) -> Settings:
    return Settings(
        twilio_account_sid=ACCOUNT_SID,
        twilio_auth_token=SecretStr(AUTH_TOKEN),
        twilio_phone_number="+15005550006",
        leadline_database_url=f"sqlite:///{file}",
        leadline_media_dir=str(plan.folder / "media"),
        leadline_agents_see="team",
    )


def _index(line: Leadline) -> float:
    """Rows a second."""
    began, done = perf_counter(), 0
    while True:
        with line.database.write() as tx:
            more = search.index_more(tx, INDEXED_AT_ONCE)
        if not more:
            return done / (perf_counter() - began)
        done += more


def _pages(line: Leadline, built: Town, who: str) -> list[Page]:
    thread = f"/conversations/{built.longest}"
    texts = built.texts
    return [
        *(
            page
            for name, each in LISTS.items()
            for order in each.orders
            for page in _deep(line, name, order, who)
        ),
        *(Page(f"search: {words}", f"/?search={quote_plus(words)}") for words in SEARCHES),
        Page("thread: newest", f"{thread}?list=closed"),
        Page("thread: middle", f"{thread}?before={texts[len(texts) // 2]}"),
        Page("thread: oldest", f"{thread}?before={texts[50]}"),
        Page("lead without texts", f"/leads/{built.conversations + 1}"),
        Page("lead of a thread", "/conversations/11"),
    ]


def _deep(line: Leadline, name: str, order: str, who: str) -> Iterator[Page]:
    """The first page, the tenth and the five hundredth, or the last one where there are not so many."""
    address = f"/?list={name}&order={order}"
    yield Page(f"{name}, {order}", address, f"{name}, {order}")
    with line.database.read() as tx:
        user = users.by_id(tx, town.ADMIN if who == "admin" else town.AGENT)
        scope = accounts.scope_of(user, agents_see=line.settings.leadline_agents_see)
        rows = inbox.page(
            tx, name, Asked(scope, line.clock.now(), user.id), order=order, limit=PAGE * (DEEP[-1] - 1)
        )
    pages = len(rows) // PAGE + 1
    for deep in sorted({min(deep, pages) for deep in DEEP} - {1}):
        place = mark_of(*rows[PAGE * (deep - 1) - 1].place)
        yield Page(f"{name}, {order}, page {deep}", f"{address}&older={place}", f"{name}, {order}", deep)


def _figures(app: Any, loop: asyncio.Runner, page: Page, who: str, *, cookie: str, count: int) -> Figures:
    """Ask so often, after one time that is not counted."""
    took = [loop.run(_took(app, page.path, cookie)) for _ in range(count + 1)][1:]
    return Figures(page, who, *zip(*took, strict=True))


async def _took(app: Any, path: str, cookie: str) -> tuple[float, float]:
    parts, statuses = urlsplit(path), list[int]()
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": parts.path,
        "raw_path": parts.path.encode(),
        "query_string": parts.query.encode(),
        "root_path": "",
        "headers": [(b"host", b"127.0.0.1"), (b"cookie", cookie.encode())],
        "client": ("127.0.0.1", 50000),
        "server": ("127.0.0.1", 8000),
    }

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b""}

    async def send(event: dict[str, Any]) -> None:
        if event["type"] == "http.response.start":
            statuses.append(event["status"])

    began, worked = perf_counter(), process_time()
    await app(scope, receive, send)
    took = (perf_counter() - began) * 1000, (process_time() - worked) * 1000
    if statuses != [200]:
        raise RuntimeError(f"{path} was answered with {statuses}")
    return took


def _section(figures: Sequence[Figures], note: str) -> Section:
    slowest = max(figures, key=lambda each: each.p95)
    growth = _growth(figures)
    return Section(
        title="Inbox, sqlite",
        header=("page", "who", "p50 ms", "p95 ms", "worked ms"),
        rows=[
            (each.page.words, each.who, f"{each.p50:.1f}", f"{each.p95:.1f}", f"{median(each.worked):.1f}")
            for each in figures
        ],
        verdicts=[
            Verdict(goals.PAGE_TAIL, slowest.p95, "no figure"),
            Verdict(goals.FLAT_PAGES, growth, "no list has so many pages"),
        ],
        notes=[note, f"the slowest: {slowest.page.words} as {slowest.who}"],
        figures=[
            {
                "page": each.page.words,
                "path": each.page.path,
                "who": each.who,
                "ms": each.times,
                "worked_ms": each.worked,
            }
            for each in figures
        ],
    )


def _growth(figures: Sequence[Figures]) -> float | None:
    """How much more work the deepest page of a list was than its first, where that was most."""
    first = {(each.page.list, each.who): median(each.worked) for each in figures if each.page.deep == 1}
    return max(
        (
            median(each.worked) / first[each.page.list, each.who]
            for each in figures
            if each.page.deep == DEEP[-1]
        ),
        default=None,
    )
