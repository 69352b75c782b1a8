"""Tests in a real browser. They are coroutines, and all run in one event loop, as browser and office do."""

import asyncio
import inspect
import shutil
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import uvloop
from playwright.async_api import Browser

from leadline.demo import DemoSettings
from leadline.demo.history import BEGINNING
from leadline.settings import Settings
from tests.browser import chromium
from tests.browser.office import BrowserOffice, browsed
from tests.browser.places import Tour
from tests.browser.stage import HAPPENINGS, set_the_stage
from tests.clock import START, Clock
from tests.conftest import go_without, values_in

# The loop would not let pytest's own alarm through.
LONGEST = 90  # seconds
LOOP = pytest.StashKey[asyncio.Runner]()


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Run a test that is a coroutine, in the loop of this run."""
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    wanted = {name: pyfuncitem.funcargs[name] for name in pyfuncitem._fixtureinfo.argnames}
    pyfuncitem.config.stash[LOOP].run(asyncio.wait_for(pyfuncitem.obj(**wanted), LONGEST))
    return True


@pytest.fixture(scope="session")
def loop(pytestconfig: pytest.Config) -> Iterator[asyncio.Runner]:
    """The one event loop."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        pytestconfig.stash[LOOP] = runner
        yield runner


@pytest.fixture(scope="session")
def browser(loop: asyncio.Runner) -> Iterator[Browser]:
    """The one browser of this run, started by the first test that needs it."""
    found = chromium.program()
    if found is None:
        go_without("chromium", "Chromium is not installed, or not where Debian or PATH have it.")
    stack = AsyncExitStack()
    yield loop.run(stack.enter_async_context(chromium.running(str(found))))
    loop.run(stack.aclose())


@pytest.fixture
def office(
    loop: asyncio.Runner, browser: Browser, settings: Callable[..., Settings], clock: Clock, empty_file: str
) -> Iterator[BrowserOffice]:
    """An office of the test's own, with an empty database."""
    make = partial(settings, leadline_database_url=empty_file)
    yield from staying(loop, browsed(make, clock=clock, chromium=browser))


@pytest.fixture
def empty_file(sqlite_template: Path, tmp_path: Path) -> str:
    """The address of a database with the present schema and no rows.

    What a browser sees does not depend on the kind of database; tests/web holds that on both.
    """
    file = tmp_path / "leadline.db"
    shutil.copy(sqlite_template, file)
    return f"sqlite:///{file}"


@pytest.fixture(scope="session")
def toured(
    loop: asyncio.Runner, browser: Browser, sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Tour]:
    """An office with a history, for all who only look."""
    folder = tmp_path_factory.mktemp("tour")
    shutil.copy(sqlite_template, folder / "leadline.db")

    def make(**changes: Any) -> Settings:
        # Made before a test could hide the settings of whoever runs it.
        return DemoSettings(**values_in(folder) | changes)

    clock = Clock(START - BEGINNING)
    for office in staying(loop, browsed(make, clock=clock, chromium=browser, with_worker=False)):
        yield Tour(office, loop.run(set_the_stage(office, HAPPENINGS, now=START)))


@pytest.fixture
def tour(toured: Tour) -> Iterator[Tour]:
    """The same office for each test; what goes wrong during one is that one's."""
    yield toured
    seen, toured.office.watch.troubles = toured.office.watch.troubles, []
    assert seen == []


def staying(loop: asyncio.Runner, office: Any) -> Iterator[BrowserOffice]:
    """The office, open for as long as the fixture that hands it out lasts."""
    stack = AsyncExitStack()
    yield loop.run(stack.enter_async_context(office))
    loop.run(stack.aclose())
