import signal
from collections.abc import Callable
from pathlib import Path
from urllib.request import urlopen

import pytest
import typer

from leadline import accounts
from leadline.app import Leadline
from leadline.cli import service
from leadline.settings import Settings
from leadline.store import installation
from tests.clock import START
from tests.process import leadline


async def fail() -> None:
    raise ExceptionGroup("worker", [ExceptionGroup("hands", [ValueError("cannot text +13035550142")])])


def test_a_fault_ends_the_process_with_its_reason(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(typer.Exit) as ended:
        service._run(fail())

    assert ended.value.exit_code == 1
    assert "Stopped by a fault: ValueError: cannot text ***0142\n" in capsys.readouterr().err


def test_a_start_says_that_sending_is_held(settings: Callable[..., Settings], tmp_path: Path) -> None:
    given = settings()
    with Leadline.open(given) as line, line.database.write() as tx:
        installation.hold(tx, because="It was restored.", now=START)
    url = given.leadline_database_url
    with leadline("serve", "--port", "0", folder=tmp_path, LEADLINE_DATABASE_URL=url) as started:
        said = started.read_until("Sending is held")
    assert said == "Sending is held. It was restored. `leadline resume` says what is left, and resumes."


def test_a_start_without_anybody_prints_the_link_that_makes_the_first_admin(
    settings: Callable[..., Settings], tmp_path: Path
) -> None:
    given = settings()
    Leadline.open(given).close()
    url = given.leadline_database_url
    with leadline("serve", "--port", "0", folder=tmp_path, LEADLINE_DATABASE_URL=url) as started:
        link = started.read_until("/signin/")
        assert "You will be the first admin" in urlopen(link, timeout=20).read().decode()  # noqa: S310  Our own.
    with Leadline.open(given) as line, line.database.write() as tx:
        accounts.add_user(
            tx, name="Alice", email="alice@example.com", role="admin", actor="cli", now=line.clock.now()
        )
    with leadline("serve", "--port", "0", folder=tmp_path, LEADLINE_DATABASE_URL=url) as again:
        again.read_until("Leadline ")
        again.ended(by=signal.SIGTERM)
    assert not any("/signin/" in line for line in again.lines)


def test_a_port_is_not_shared_without_an_account(tmp_path: Path) -> None:
    """Each process would pretend a Twilio of its own, with phones that the other does not know."""
    with leadline("serve", "--share-port", "--port", "0", folder=tmp_path) as started:
        code, said = started.ended()
    assert code != 0
    assert "Sharing the port needs a Twilio account" in said
