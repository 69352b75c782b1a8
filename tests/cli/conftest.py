"""The command line, run in this process."""

import asyncio
import json
import logging
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import structlog
from typer.testing import CliRunner

from leadline.app import Leadline
from leadline.cli import app
from leadline.settings import Settings
from leadline.simulator import Simulator, running
from tests import cast


@dataclass(frozen=True, slots=True)
class Said:
    """What a command printed, and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The document that it printed."""
        return json.loads(self.out)


Command = Callable[..., Said]


@pytest.fixture
def leadline(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, database_url: str) -> Iterator[Command]:
    """Run ``leadline`` with these arguments, on a database and with settings of the test's own."""
    for name, value in {
        "TWILIO_ACCOUNT_SID": cast.ACCOUNT_SID,
        "TWILIO_AUTH_TOKEN": cast.AUTH_TOKEN,
        "TWILIO_PHONE_NUMBER": cast.OUR_NUMBER,
        "LEADLINE_DATABASE_URL": database_url,
        # The machine's clock may show any hour.
        "LEADLINE_QUIET_HOURS": "off",
        "LEADLINE_MEDIA_DIR": str(tmp_path / "media"),
        "LEADLINE_BUSINESS_NAME": "Harbor Roofing",
    }.items():
        monkeypatch.setenv(name, value)
    root = logging.getLogger()
    handlers, level, config = root.handlers, root.level, structlog.get_config()

    def run(*arguments: object, stdin: str | None = None) -> Said:
        result = CliRunner().invoke(app, [str(argument) for argument in arguments], input=stdin)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Said(result.exit_code, result.stdout, result.stderr)

    yield run
    root.handlers = handlers
    root.setLevel(level)
    structlog.configure(**config)


@pytest.fixture
def pretence(monkeypatch: pytest.MonkeyPatch) -> Iterator[Simulator]:
    """A simulator in the place of Twilio, in a thread of its own since commands have their own event loop."""
    simulator = Simulator(cast.ACCOUNT_SID, cast.AUTH_TOKEN, numbers=[cast.OUR_NUMBER], delay=0, seed=1)
    ready: Future[str] = Future()
    loop = asyncio.new_event_loop()
    stopped = asyncio.Event()

    async def serve() -> None:
        async with running(simulator) as address:
            ready.set_result(address)
            await stopped.wait()

    thread = Thread(target=loop.run_until_complete, args=(serve(),))
    thread.start()
    monkeypatch.setenv("TWILIO_API_BASE_URL", ready.result(10))
    yield simulator
    loop.call_soon_threadsafe(stopped.set)
    thread.join(10)
    loop.close()


@pytest.fixture
def opened(leadline: Command) -> Iterator[Leadline]:
    """The same installation from within."""
    with Leadline.open(Settings.load()) as line:
        yield line
