"""What every test may ask for, and the walls around it."""

import gc
import itertools
import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest

from leadline.app import Leadline
from leadline.settings import Settings
from leadline.store import migrate
from leadline.store.database import Database
from tests import cast, postgres
from tests.clock import Clock

REQUIRED = os.environ.get("LEADLINE_REQUIRE", "").split(",")
PORT = 8765

# Where files need no sync, which is half of a small test's time. Tests kill processes, never the machine.
MEMORY = Path("/dev/shm")
MEMORY_AT_LEAST = 2 * 1024**3

_database_numbers = itertools.count(1)


def pytest_configure() -> None:
    """Keep the tests' files in memory, where there is room for them."""
    has_room = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free >= MEMORY_AT_LEAST
    if has_room and os.access(MEMORY, os.W_OK):
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


def pytest_collection_finish() -> None:
    """Let the garbage collector pass over all that was loaded and collected: it stays to the end."""
    gc.collect()
    gc.freeze()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what was left out in one line for each reason, not one for each test."""
    reasons = Counter(report.longrepr[2] for report in terminalreporter.getreports("skipped"))
    for reason, tests in reasons.items():
        terminalreporter.write_line(
            f"Not run: {tests} tests. {reason.removeprefix('Skipped: ')}", yellow=True
        )


@pytest.fixture(autouse=True)
def _own_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test sees the settings of whoever runs it, neither the environment's nor those in ``.env``."""
    for name in list(os.environ):
        ours = name.upper().startswith(("TWILIO_", "LEADLINE_"))
        if ours and not name.startswith(("LEADLINE_TEST_", "LEADLINE_REQUIRE")):
            monkeypatch.delenv(name)
    monkeypatch.setitem(Settings.model_config, "env_file", None)


@pytest.fixture
def clock() -> Clock:
    """A Wednesday morning that lasts until the test moves on."""
    return Clock()


@pytest.fixture
def settings(tmp_path: Path) -> Callable[..., Settings]:
    """Make settings of a working installation: ``settings(leadline_region="DE")``.

    Who uses the database passes ``leadline_database_url=database_url`` and so runs on each kind.
    """

    def make(**changes: Any) -> Settings:
        return Settings(**values_in(tmp_path) | changes)

    return make


def values_in(folder: Path) -> dict[str, Any]:
    """What a working installation has set when it keeps everything in that folder."""
    return {
        "twilio_account_sid": cast.ACCOUNT_SID,
        "twilio_auth_token": cast.AUTH_TOKEN,
        "twilio_phone_number": cast.OUR_NUMBER,
        "leadline_public_url": f"http://127.0.0.1:{PORT}",
        "leadline_database_url": _sqlite_url(folder / "leadline.db"),
        "leadline_media_dir": str(folder / "media"),
    }


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_kind(request: pytest.FixtureRequest) -> str:
    """Which database the test runs on; a test that asks for one runs once on each."""
    kind: str = request.param
    return kind


@pytest.fixture
def database_url(
    database_kind: str, request: pytest.FixtureRequest, tmp_path: Path, sqlite_template: Path
) -> Iterator[str]:
    """The address of a database of the test's own, with the present schema and no rows."""
    if database_kind == "sqlite":
        file = tmp_path / "leadline.db"
        shutil.copy(sqlite_template, file)
        yield _sqlite_url(file)
        return
    recycled: postgres.Recycled = request.getfixturevalue("postgres_database")
    yield recycled.renew(_database_name())


@pytest.fixture
def empty_database_url(database_kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without any table, for tests of migrations."""
    if database_kind == "sqlite":
        yield _sqlite_url(tmp_path / "empty.db")
        return
    server: postgres.Server = request.getfixturevalue("postgres_server")
    with server.database(_database_name()) as url:
        yield url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """An open database of the test's own."""
    with closing(Database(database_url)) as opened:
        yield opened


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file that each test's SQLite database is a copy of: copying is quicker than migrating."""
    file = tmp_path_factory.mktemp("template") / "leadline.db"
    file.touch()
    create_schema(_sqlite_url(file))
    return file


@pytest.fixture(scope="session")
def postgres_database(postgres_server: postgres.Server) -> Iterator[postgres.Recycled]:
    """The database that each test on PostgreSQL gets in turn."""
    with postgres_server.database(name := _database_name()) as url:
        create_schema(url)
        recycled = postgres.Recycled(postgres_server, name)
        yield recycled
        recycled.renew(name)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.Server]:
    """The one PostgreSQL server of this run, started by the first test that needs it."""
    with ExitStack() as stack:
        if url := os.environ.get(postgres.URL_VARIABLE):
            yield postgres.Server(url)
        elif programs := postgres.binaries():
            yield stack.enter_context(postgres.running(programs))
        else:
            go_without(
                "postgres",
                "PostgreSQL's server programs are not installed, or not where Debian or PATH have them.",
            )


def create_schema(url: str) -> None:
    """Bring an empty database to the present schema."""
    with closing(Database(url)) as database:
        migrate.upgrade(database)


def _sqlite_url(file: Path) -> str:
    return f"sqlite:///{file}"


def _database_name() -> str:
    return f"test_{os.getpid()}_{next(_database_numbers)}"


def go_without(name: str, reason: str) -> None:
    """Leave the test out for want of a program, unless ``LEADLINE_REQUIRE`` asks for that one."""
    if name in REQUIRED:
        pytest.fail(f"{reason} LEADLINE_REQUIRE asks for {name}.", pytrace=False)
    pytest.skip(reason)


@pytest.fixture
def line(settings: Callable[..., Settings], database_url: str, clock: Clock) -> Iterator[Leadline]:
    """An open Leadline with no worker: a test claims and settles by hand, on each kind of database."""
    with Leadline.open(
        settings(leadline_database_url=database_url, leadline_business_name="Harbor Roofing"), clock=clock
    ) as line:
        yield line
