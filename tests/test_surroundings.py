"""The tests' own tools do what the tests rely on."""

import asyncio
import os
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest

from leadline.settings import Settings
from leadline.store import migrate
from leadline.store.database import Database
from tests import cast, postgres
from tests.clock import START, Clock


def test_no_setting_of_the_machine_reaches_a_test(
    settings: Callable[..., Settings], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text("LEADLINE_REGION=DE")
    monkeypatch.chdir(tmp_path)
    assert not [name for name in os.environ if name.startswith("TWILIO_")]
    assert Settings().leadline_region == "US"
    assert settings().twilio_account_sid == cast.ACCOUNT_SID


def test_a_test_has_a_database_with_the_present_schema(database: Database) -> None:
    assert migrate.version(database) == migrate.HEAD


def test_a_test_of_migrations_has_a_database_without_any_table(empty_database_url: str) -> None:
    with closing(Database(empty_database_url)) as database:
        assert migrate.version(database) is None


def test_a_renewed_database_has_no_rows_a_new_address_and_nobody_connected(
    postgres_database: postgres.Recycled,
) -> None:
    add = "INSERT INTO users (name, email, role, created_at) VALUES (%s, %s, 'agent', 0) RETURNING id"
    with psycopg.connect(postgres_database.renew("first_turn"), autocommit=True) as first:
        assert first.execute(add, (cast.BOB.name, cast.BOB.email)).fetchone() == (1,)
        with psycopg.connect(postgres_database.renew("second_turn"), autocommit=True) as second:
            assert second.execute(add, (cast.BOB.name, cast.BOB.email)).fetchone() == (1,)
        with pytest.raises(psycopg.OperationalError):
            first.execute(add, (cast.CHARLIE.name, cast.CHARLIE.email))


def test_sleepers_wake_when_their_time_has_come_and_not_before(clock: Clock) -> None:
    woken: list[float] = []

    async def sleeper(seconds: float) -> None:
        await clock.sleep(seconds)
        woken.append(seconds)

    async def story() -> None:
        async with asyncio.TaskGroup() as tasks:
            for seconds in (20, 10, 0):
                tasks.create_task(sleeper(seconds))
            await _settled()
            assert (woken, clock.sleeping) == ([0], 2)
            clock.advance(9.5)
            await _settled()
            assert woken == [0]
            clock.advance(timedelta(seconds=10.5))

    asyncio.run(story())
    assert woken == [0, 10, 20]
    assert clock.now() == START + timedelta(seconds=20)


def test_a_cancelled_sleeper_is_forgotten(clock: Clock) -> None:
    async def story() -> None:
        task = asyncio.create_task(clock.sleep(5))
        await _settled()
        task.cancel()
        await _settled()

    asyncio.run(story())
    assert clock.sleeping == 0


async def _settled() -> None:
    """Let every task run as far as it can without time passing."""
    for _ in range(10):
        await asyncio.sleep(0)


def test_setting_the_wall_clock_back_does_not_turn_back_monotonic_time(clock: Clock) -> None:
    clock.advance(60)
    clock.set(START - timedelta(hours=1))
    assert clock.monotonic() == 60
    assert clock.now() < START
    with pytest.raises(ValueError, match="backwards"):
        clock.advance(-1)
