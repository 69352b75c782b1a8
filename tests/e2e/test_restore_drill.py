"""The restore drill: a backup, a busy day after it, the loss of the database, and the way back."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from leadline import backups, restoring, serving
from leadline.app import Leadline
from leadline.errors import TooEarly
from leadline.settings import Settings
from leadline.simulator import Simulator, running
from leadline.store import messages
from tests import cast
from tests.clock import Clock
from tests.e2e.office import Office, opened
from tests.e2e.waiting import AT_MOST

LEO = cast.Person("Leo", "+13035550143")
OpenOffice = Callable[..., Any]


@pytest.fixture
def make(settings: Callable[..., Settings], empty_database_url: str) -> Callable[..., Settings]:
    """Settings of an office whose database may be exchanged for another."""
    return partial(settings, leadline_database_url=empty_database_url)


@pytest.fixture
def open_office(make: Callable[..., Settings], clock: Clock) -> OpenOffice:
    return partial(opened, make, clock=clock)


@pytest.fixture
def simulator(clock: Clock) -> Simulator:
    return Simulator(
        cast.ACCOUNT_SID, cast.AUTH_TOKEN, numbers=[cast.OUR_NUMBER], delay=0, seed=1, clock=clock
    )


def test_after_a_restore_nothing_leaves_before_everything_since_is_known_and_a_person_resumes(
    open_office: OpenOffice,
    make: Callable[..., Settings],
    simulator: Simulator,
    clock: Clock,
    tmp_path: Path,
) -> None:
    backup = tmp_path / "backup"

    async def story() -> None:
        async with running(simulator):
            async with open_office(simulator) as office:
                await _before_the_backup(office)
            async with open_office(simulator, with_worker=False) as office:
                await _at_the_backup(office, backup)
            clock.advance(timedelta(hours=1))
            async with open_office(simulator) as office:
                await _after_the_backup(office)
            clock.advance(timedelta(hours=1))
            backups.restore(make(), backup, may_replace=True, now=clock.now())
            with Leadline.open(make(), clock=clock) as line:
                # Nobody here knows yet that Leo has said stop.
                to_leo = line.send(2, "Leo, still there?")
                with pytest.raises(TooEarly, match="not all been"):
                    _resume(line)
            async with open_office(simulator) as office:
                await _after_the_restore(office, to_leo.id)

    serving.run(story())
    assert sorted(accepted.body for accepted in simulator.ledger) == [
        "after",
        "before",
        "queued at the backup",
        "resumed",
    ]


async def _before_the_backup(office: Office) -> None:
    await office.is_shown(await office.send(await office.add_lead(), body="before"), "delivered")
    await office.add_lead(name=LEO.name, phone=LEO.phone)


async def _at_the_backup(office: Office, backup: Path) -> None:
    office.line.send(1, "queued at the backup")
    office.line.send(2, "next week", due_at=office.clock.now() + timedelta(days=7))
    backups.back_up(office.line.settings, backup, now=office.clock.now())


async def _after_the_backup(office: Office) -> None:
    await office.is_shown(2, "delivered", tick=0.1)
    await office.is_shown(await office.send(1, body="after"), "delivered")
    await office.lena_texts("Thursday works")
    await office.simulator.reply(LEO.phone, cast.OUR_NUMBER, "STOP")
    await office.simulator.idle()


async def _after_the_restore(office: Office, to_leo: int) -> None:
    sent = len(office.simulator.ledger)
    await _nothing_is_left(office)
    assert len(office.simulator.ledger) == sent

    stood = _resume(office.line)
    assert stood is not None
    assert stood.in_doubt == 0
    await office.is_shown(to_leo, "refused", tick=0.1)
    await office.is_shown(await office.send(1, body="resumed"), "delivered", tick=0.1)
    assert _thread(office.line) == [
        ("before", "cli"),
        ("queued at the backup", "cli"),
        ("Thursday works", "lead"),
        ("after", "restored"),
        ("resumed", "cli"),
    ]
    assert office.line.message(2).state == "accepted"
    assert office.line.message(3).state == "queued"


async def _nothing_is_left(office: Office) -> None:
    async with asyncio.timeout(AT_MOST):
        while True:
            with office.line.database.read() as tx:
                standing = restoring.standing(tx)
            assert standing is not None
            if not standing.left:
                return
            office.clock.advance(1)
            await asyncio.sleep(0)


def _resume(line: Leadline) -> restoring.Standing | None:
    with line.database.write() as tx:
        return restoring.resume(tx, actor="cli", now=line.clock.now())


def _thread(line: Leadline) -> list[tuple[str, str]]:
    """What was exchanged with Lena, and who made it; a program's token counts as the command line."""
    with line.database.read() as tx:
        thread = messages.thread(tx, line.message(1).conversation_id)
    makers = {"lead": "lead", "restored": "restored"}
    return [(message.body, makers.get(message.created_by, "cli")) for message in reversed(thread)]
