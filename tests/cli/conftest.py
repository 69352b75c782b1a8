"""The command line, run in this process."""

import json
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import structlog
from typer.testing import CliRunner

from leadline.app import Leadline
from leadline.cli import app
from leadline.settings import Settings
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
def opened(leadline: Command) -> Iterator[Leadline]:
    """The same installation from within."""
    with Leadline.open(Settings.load()) as line:
        yield line
