"""Settings that an admin changes while Leadline runs."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest

from leadline import preferences, serving
from leadline.app import Leadline
from leadline.errors import InvalidInput, SettingsError, StoreUnavailable
from leadline.queueing import Refused, SendRequest
from leadline.settings import Settings
from leadline.simulation import simulated
from leadline.store import preferences as stored
from leadline.store import schema, senders
from tests import cast, texts
from tests.clock import Clock

Make = Callable[..., Settings]
ALICE = "user:1"
HELLO = SendRequest(number=cast.LENA.phone, body="Hi")


def audited(line: Leadline) -> list[tuple[str, Any]]:
    """What the audit log says of settings."""
    with line.database.read() as tx:
        rows = tx.execute(schema.audit.select().order_by(schema.audit.c.id))
        return [(row.subject, row.detail) for row in rows if row.action == "setting.change"]


def another(line: Leadline, **given: Any) -> Leadline:
    """Another process on the same database, as far as settings go."""
    settings = line.given.having(given)
    return Leadline(settings=settings, clock=line.clock, database=line.database)


def test_a_choice_holds_at_once_in_the_process_that_made_it(line: Leadline) -> None:
    line.choose({"leadline_countries": "CA"}, actor=ALICE)
    with pytest.raises(Refused, match="not allowed here"):
        texts.queue(line, HELLO)


def test_the_use_cases_that_the_writer_was_given_before_see_the_choice(line: Leadline) -> None:
    queue = line.queue
    assert line.writer.submit(queue, HELLO).result().is_new
    line.choose({"leadline_countries": "CA"}, actor=ALICE)
    with pytest.raises(Refused):
        line.writer.submit(queue, HELLO).result()


def test_texts_that_wait_in_the_queue_are_claimed_under_the_new_settings(line: Leadline) -> None:
    texts.queue(line, HELLO)
    line.choose({"leadline_quiet_hours": "true", "leadline_own_hours": "17:00-18:00"}, actor=ALICE)
    assert texts.claim(line) == []


def test_the_writer_still_calls_a_use_case_once_for_a_batch(line: Leadline) -> None:
    assert line.queue == line.queue
    assert len({line.queue, line.queue, line.claim, line.claim, line.receive, line.receive}) == 3


def test_another_process_sees_the_choice_when_it_looks_again(line: Leadline) -> None:
    with another(line) as other:
        line.choose({"leadline_marketing_per_day": "1"}, actor=ALICE)
        assert other.settings.leadline_marketing_per_day == 3
        other.look_again()
        assert other.settings.leadline_marketing_per_day == 1


def test_a_server_looks_again_within_five_seconds(line: Leadline, clock: Clock) -> None:
    async def story(other: Leadline) -> None:
        looking = asyncio.create_task(serving.keep_settings(other))
        await until(lambda: clock.sleeping == 1)
        line.choose({"leadline_countries": "CA"}, actor=ALICE)
        clock.advance(timedelta(seconds=5))
        await until(lambda: clock.sleeping == 1)
        looking.cancel()
        with suppress(asyncio.CancelledError):
            await looking

    with another(line) as other:
        asyncio.run(asyncio.wait_for(story(other), 30))
        assert other.settings.leadline_countries == "CA"


def test_a_database_that_does_not_answer_is_asked_again_later(line: Leadline, clock: Clock) -> None:
    async def story() -> None:
        looking = asyncio.create_task(serving.keep_settings(line))
        for _ in range(2):
            await until(lambda: clock.sleeping == 1)
            clock.advance(timedelta(seconds=5))
        await until(lambda: line.settings.leadline_countries == "CA")
        looking.cancel()
        with suppress(asyncio.CancelledError):
            await looking

    def fails_once() -> None:
        if not failed:
            failed.append("once")
            with another(line) as other:
                other.choose({"leadline_countries": "CA"}, actor=ALICE)
            raise StoreUnavailable("The database does not answer.")
        look_again()

    failed: list[str] = []
    look_again = line.look_again
    line.look_again = fails_once  # type: ignore[method-assign]
    asyncio.run(asyncio.wait_for(story(), 30))


def test_an_application_that_embeds_it_looks_again_when_it_sends(line: Leadline, clock: Clock) -> None:
    with another(line) as other:
        line.choose({"leadline_countries": "CA"}, actor=ALICE)
        other.send(cast.LENA.phone, "Hi")
        clock.advance(timedelta(seconds=5))
        with pytest.raises(Refused):
            other.send(cast.LENA.phone, "Hi again")


def test_a_choice_outlasts_a_restart(line: Leadline) -> None:
    line.choose({"leadline_own_hours": "09:00-18:00"}, actor=ALICE)
    with Leadline.open(line.given, clock=line.clock) as again:
        assert again.settings.leadline_own_hours == "09:00-18:00"


def test_the_environment_wins(line: Leadline) -> None:
    line.choose({"leadline_marketing_per_day": "1"}, actor=ALICE)
    with another(line, leadline_marketing_per_day=2) as other:
        other.look_again()
        assert other.settings.leadline_marketing_per_day == 2
        with pytest.raises(InvalidInput, match="environment"):
            other.choose({"leadline_marketing_per_day": "5"}, actor=ALICE)


def test_what_the_environment_says_is_known_from_variables(
    monkeypatch: pytest.MonkeyPatch, settings: Make
) -> None:
    monkeypatch.setenv("LEADLINE_OWN_HOURS", "09:00-18:00")
    given = settings()
    assert preferences.is_fixed(given, "leadline_own_hours")
    assert not preferences.is_fixed(given, "leadline_closed_days")
    assert not preferences.is_fixed(simulated(given), "leadline_closed_days")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("leadline_marketing_per_day", "-1"),
        ("leadline_marketing_per_day", "many"),
        ("leadline_answer_minutes", "1441"),
        ("leadline_countries", "usa"),
        ("leadline_own_hours", "25:00-26:00"),
        ("leadline_own_hours", "09:00-18:00 10:00-14:00"),
        ("leadline_closed_days", "tomorrow"),
        ("leadline_quiet_hours", "perhaps"),
        ("leadline_agents_see", "nothing"),
        ("leadline_stop_answer", "x" * 1601),
        ("leadline_auto_reply_template", "no_such_template"),
        ("leadline_sender_rate", "-1"),
        ("leadline_database_url", "sqlite:///other.db"),
        ("twilio_auth_token", cast.AUTH_TOKEN),
    ],
)
def test_a_value_that_does_not_fit_changes_nothing(line: Leadline, name: str, value: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        line.choose({"leadline_automatic_per_day": "5", name: value}, actor=ALICE)
    assert (refused.value.field, refused.value.code) == (name, "setting_unfit")
    assert line.settings == line.given
    assert audited(line) == []


def test_the_default_can_be_put_back(line: Leadline) -> None:
    line.choose({"leadline_marketing_per_day": "1"}, actor=ALICE)
    line.choose({"leadline_marketing_per_day": None}, actor=ALICE)
    assert line.settings.leadline_marketing_per_day == 3


def test_every_change_is_audited_with_what_was_before(line: Leadline) -> None:
    line.choose({"leadline_marketing_per_day": "1", "leadline_answer_minutes": "30"}, actor=ALICE)
    line.choose({"leadline_marketing_per_day": None}, actor=ALICE)
    assert audited(line) == [
        ("setting:LEADLINE_MARKETING_PER_DAY", {"before": 3, "after": 1}),
        ("setting:LEADLINE_MARKETING_PER_DAY", {"before": 1, "after": 3}),
    ]


def test_a_changed_rate_holds_for_the_sender(line: Leadline) -> None:
    line.choose({"leadline_sender_rate": "2.5"}, actor=ALICE)
    with line.database.read() as tx:
        assert senders.by_address(tx, cast.OUR_NUMBER).rate == 2.5
    with Leadline.open(line.given, clock=line.clock) as again, again.database.read() as tx:
        assert senders.by_address(tx, cast.OUR_NUMBER).rate == 2.5


def test_a_choice_that_does_not_fit_any_more_is_left_out(line: Leadline) -> None:
    with line.database.write() as tx:
        for name, value in (("LEADLINE_OWN_HOURS", "9 to 5"), ("LEADLINE_ANSWER_MINUTES", 10)):
            stored.save(tx, name, value, by=ALICE, now=line.clock.now())
        stored.save(tx, "LEADLINE_DATABASE_URL", "sqlite:///other.db", by=ALICE, now=line.clock.now())
    line.look_again()
    assert line.settings == line.given.having({"leadline_answer_minutes": 10})


def test_everything_that_may_change_is_a_setting_without_a_secret() -> None:
    fields = Settings.model_fields
    assert set(preferences.CHANGEABLE) <= set(fields)
    assert not [name for name in preferences.CHANGEABLE if "Secret" in str(fields[name].annotation)]


def test_settings_made_of_settings_read_no_file_and_check_alike(settings: Make) -> None:
    with pytest.raises(SettingsError, match="LEADLINE_MARKETING_PER_DAY"):
        settings().having({"leadline_marketing_per_day": -1})


async def until(condition: Callable[[], bool]) -> None:
    """Let others run until it holds."""
    while not condition():  # noqa: ASYNC110  What is waited for tells nobody.
        await asyncio.sleep(0)
