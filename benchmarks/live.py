"""Open pages: how long after its webhook's answer a text reaches them, and what they cost meanwhile."""

import asyncio
import json
from collections.abc import Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from itertools import count
from statistics import quantiles
from time import perf_counter

import aiohttp

from benchmarks import goals
from benchmarks.contenders import OURS, filled
from benchmarks.goals import Verdict
from benchmarks.plan import Plan
from benchmarks.report import Section
from harness import postgres
from harness.databases import Database, database
from harness.processes import cpu_seconds, finished, free_port, running, wait_until_answering
from harness.traffic import INBOUND_PATH, LEADS, inbound

_PAGES = 50
# Of what comes in a second, every fourth is for a page that is open; the rest moves the lists of all.
_PER_SECOND = 40
_FOR_PAGES = 4
_SECONDS = 20
_IDLE_SECONDS = 20
# Of a core, and seconds.
_QUIET, _QUIET_AFTER = 0.05, 60
_MOST_SECONDS = 30.0
_PREPARE = ("{python}", "-m", "benchmarks.product", "watch", "{pages}")
# The session's cookie where the public address is https.
_COOKIE = "__Host-leadline"
_MISSING = "a text did not reach its page"


@dataclass(frozen=True, slots=True)
class Watched:
    """What 50 open pages saw: milliseconds from each answer to its event, in its page and in others' lists;
    and the share of a core that the server took while nothing happened, and while texts came.
    """

    pages: list[float]
    lists: list[float]
    idle: float
    busy: float


@dataclass(slots=True)
class _Page:
    """One open page, read by a browser that does nothing else."""

    number: int
    session: str
    conversation_id: int
    news: asyncio.Event = field(default_factory=asyncio.Event)
    texts_at: float = 0.0
    rows_at: float = 0.0

    async def read(self, client: aiohttp.ClientSession, address: str, is_open: asyncio.Event) -> None:
        """Note when news comes, until cancelled."""
        url = f"{address}/live?conversation={self.conversation_id}"
        async with client.get(url, headers={"Cookie": f"{_COOKIE}={self.session}"}) as answer:
            answer.raise_for_status()
            async for line in answer.content:
                if not line.startswith(b'data: {"'):
                    continue
                is_open.set()
                names, now = json.loads(line[len(b"data: ") :]), perf_counter()
                self.texts_at = now if "texts" in names else self.texts_at
                self.rows_at = now if "rows" in names else self.rows_at
                self.news.set()

    async def reached(self, since: float, within: float) -> float | None:
        """Seconds from ``since`` until news of the texts came; None when none did."""
        try:
            async with asyncio.timeout(within):
                while self.texts_at < since:
                    self.news.clear()
                    await self.news.wait()
        except TimeoutError:
            return None
        return self.texts_at - since


def measure(plan: Plan) -> Iterator[Section]:
    """A section for each kind of database."""
    with postgres.server(plan.folder) as server:
        for kind in ("sqlite", "postgresql"):
            if kind == "postgresql" and server is None:
                print("\nPostgreSQL is not installed: live updates on it are skipped")
                return
            with database(kind, plan.folder, server) as fresh:
                yield _section(kind, _watched(plan, fresh))


def _section(kind: str, seen: Watched) -> Section:
    return Section(
        title=f"Live: {_PAGES} open pages of {_PAGES} people, {_PER_SECOND} texts a second, {kind}",
        header=("from a webhook's answer to", "p50 ms", "p95 ms", "max ms", "texts"),
        rows=[
            _row("the page of its conversation", seen.pages),
            _row("the lists beside the other pages", seen.lists),
        ],
        verdicts=[
            Verdict(goals.ON_THE_PAGE, max(seen.pages) / 1000 if seen.pages else None, _MISSING),
            Verdict(goals.IDLE_PAGES, seen.idle, "not measured"),
        ],
        notes=[
            f"the server took {seen.idle:.1%} of a core while nothing happened, {seen.busy:.0%} meanwhile"
        ],
        figures={"pages": seen.pages, "lists": seen.lists, "idle": seen.idle, "busy": seen.busy},
    )


def _row(name: str, found: list[float]) -> tuple[str, ...]:
    if len(found) < 2:
        return (name, "–", "–", "–", str(len(found)))
    cuts = quantiles(found, n=100, method="inclusive")
    return (name, f"{cuts[49]:.0f}", f"{cuts[94]:.0f}", f"{max(found):.0f}", str(len(found)))


def _watched(plan: Plan, fresh: Database) -> Watched:
    port = free_port()
    fill, variables = filled(OURS, fresh, port=port, pages=_PAGES)
    people = json.loads(finished(fill(_PREPARE), folder=plan.folder, variables=variables))
    pages = [_Page(number, *each) for number, each in enumerate(people)]
    with running(fill(OURS.command), folder=plan.folder, variables=variables) as process:
        wait_until_answering(process, port, folder=plan.folder)
        return asyncio.run(_watch(plan, f"http://127.0.0.1:{port}", pages, process.pid))


async def _watch(plan: Plan, address: str, pages: list[_Page], server: int) -> Watched:
    async with AsyncExitStack() as stack:
        connector = aiohttp.TCPConnector(limit=0)
        # A screen comes in one line.
        client = await stack.enter_async_context(
            aiohttp.ClientSession(connector=connector, read_bufsize=2**20, timeout=aiohttp.ClientTimeout())
        )
        group = await stack.enter_async_context(asyncio.TaskGroup())
        opened = [asyncio.Event() for _ in pages]
        readers = [
            group.create_task(page.read(client, address, is_open))
            for page, is_open in zip(pages, opened, strict=True)
        ]
        async with asyncio.timeout(_MOST_SECONDS):
            for is_open in opened:
                await is_open.wait()
        await _quiet(server)
        idle = await _share_of_a_core(server, max(plan.scaled(_IDLE_SECONDS), 8))
        before, began = cpu_seconds(server), perf_counter()
        found = await _write(client, address, pages, seconds=max(plan.scaled(_SECONDS), 5))
        busy = (cpu_seconds(server) - before) / (perf_counter() - began)
        for reader in readers:
            reader.cancel()
    return Watched(*found, idle=idle, busy=busy)


async def _quiet(server: int) -> None:
    """Until what the opening of so many pages has set off is over."""
    for _ in range(_QUIET_AFTER):
        if await _share_of_a_core(server, 1.0) < _QUIET:
            return


async def _share_of_a_core(server: int, seconds: float) -> float:
    before = cpu_seconds(server)
    await asyncio.sleep(seconds)
    return (cpu_seconds(server) - before) / seconds


async def _write(
    client: aiohttp.ClientSession, address: str, pages: list[_Page], *, seconds: int
) -> tuple[list[float], list[float]]:
    """Leads write, evenly; what came of it, in milliseconds."""
    others = count(_PAGES)
    on_pages: list[float] = []
    on_lists: list[float] = []
    async with asyncio.TaskGroup() as group:
        for number in range(seconds * _PER_SECOND):
            turn, is_other = divmod(number, _FOR_PAGES)
            page = pages[turn % len(pages)]
            if is_other:
                group.create_task(_post(client, address, next(others)))
            else:
                another = pages[(turn + len(pages) // 2) % len(pages)]
                text = page.number + LEADS * (1 + turn // len(pages))
                group.create_task(_follow(client, address, text, page, another, on_pages, on_lists))
            await asyncio.sleep(1 / _PER_SECOND)
    return on_pages, on_lists


async def _follow(
    client: aiohttp.ClientSession,
    address: str,
    text: int,
    page: _Page,
    another: _Page,
    on_pages: list[float],
    on_lists: list[float],
) -> None:
    """One text: how long until its page has it, and until another's list has moved."""
    posted = perf_counter()
    await _post(client, address, text)
    answered = perf_counter()
    found = await page.reached(posted, _MOST_SECONDS)
    if found is not None:
        on_pages.append(max(found + posted - answered, 0.0) * 1000)
    async with asyncio.timeout(_MOST_SECONDS):
        while another.rows_at < answered:
            another.news.clear()
            await another.news.wait()
    on_lists.append((another.rows_at - answered) * 1000)


async def _post(client: aiohttp.ClientSession, address: str, text: int) -> None:
    head, _, body = inbound(text).wire.partition(b"\r\n\r\n")
    lines = (line.decode().partition(": ") for line in head.split(b"\r\n")[1:])
    headers = {name: value for name, _, value in lines if name not in ("Host", "Content-Length")}
    async with client.post(address + INBOUND_PATH, data=body, headers=headers) as answer:
        answer.raise_for_status()
