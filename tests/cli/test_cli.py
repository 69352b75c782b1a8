import subprocess
import sys
from pathlib import Path

import pytest

import leadline as package
from leadline.store import migrate
from tests.cli.conftest import Command

# Each costs a quarter of a second or more to import.
HEAVY = ("sqlalchemy", "fastapi", "aiohttp", "pydantic", "phonenumbers", "liquid", "uvicorn", "structlog")


def test_help_answers_without_importing_what_commands_need() -> None:
    asked = "app(['--help'], standalone_mode=False)"
    script = f"import sys; from leadline.cli import app; {asked}; print(*sys.modules)"
    said = subprocess.run(
        [sys.executable, "-c", script], check=True, capture_output=True, text=True, timeout=30
    )

    assert "Usage: " in said.stdout
    assert [name for name in HEAVY if name in said.stdout.splitlines()[-1].split()] == []


def test_every_command_has_a_short_help(leadline: Command) -> None:
    said = leadline("--help")

    for command in (
        *("demo", "serve", "worker", "simulator", "send", "messages"),
        *("leads", "templates", "check", "user", "token", "db"),
    ):
        assert f" {command} " in said.out
        assert leadline(command, "--help").code == 0


def test_the_version_is_told(leadline: Command) -> None:
    assert leadline("--version").out == f"{package.__version__}\n"


@pytest.mark.parametrize("arguments", [("no-such-command",), ("send",), ("leads", "show", "x")])
def test_wrong_usage_ends_with_2(leadline: Command, arguments: tuple[str, ...]) -> None:
    said = leadline(*arguments)

    assert said.code == 2
    assert "Usage:" in said.err


def test_settings_that_do_not_fit_are_told_in_a_sentence(
    leadline: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEADLINE_REGION", "Colorado")

    said = leadline("leads", "list")
    assert said.code == 1
    assert said.err.startswith("LEADLINE_REGION: ")


def test_a_database_that_does_not_answer_is_told_in_a_sentence(
    leadline: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("LEADLINE_DATABASE_URL", f"sqlite:///{tmp_path}/no/such/folder.db")

    said = leadline("leads", "list")
    assert (said.code, said.err) == (1, "The database does not answer: unable to open database file\n")


def test_the_module_runs_as_the_command_does() -> None:
    said = subprocess.run(
        [sys.executable, "-m", "leadline", "--version"],
        check=True,
        capture_output=True,
        text=True,
        timeout=30,
    )

    assert said.stdout == f"{package.__version__}\n"


def test_the_schema_is_brought_up_to_date(
    leadline: Command, monkeypatch: pytest.MonkeyPatch, empty_database_url: str
) -> None:
    monkeypatch.setenv("LEADLINE_DATABASE_URL", empty_database_url)

    assert leadline("db", "version").out == f"database none\nleadline {migrate.HEAD}\n"
    assert leadline("db", "upgrade").out == f"The database is now at version {migrate.HEAD}.\n"
    assert leadline("db", "upgrade").out == f"The database is already at version {migrate.HEAD}.\n"
    assert leadline("db", "version").out == f"database {migrate.HEAD}\nleadline {migrate.HEAD}\n"
