"""A restored database is noticed, whatever way it came back, and nothing leaves before a person resumes."""

from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, select, text

from leadline import catching_up, reconciling, restoring
from leadline.app import Leadline
from leadline.errors import TooEarly
from leadline.queueing import SendRequest
from leadline.reconciling import Found
from leadline.settings import Settings
from leadline.store import attempts, chores, generation, installation, messages, outbox, schema
from leadline.store.database import Database
from leadline.store.generation import Note
from leadline.twilio.client import SendKind
from tests import cast, texts
from tests.clock import Clock

Make = Callable[..., Settings]
DAYS = timedelta(days=3)


def file_of(line: Leadline) -> Path:
    return generation.file_of(line.database.url, folder=line.settings.leadline_media_dir)


def beat(line: Leadline) -> None:
    """As a worker does every minute."""
    with line.database.write() as tx:
        [noted] = restoring.beat(tx, [file_of(line)], now=line.clock.now())
    if noted is not None:
        restoring.note(file_of(line), noted)


def standing(line: Leadline) -> restoring.Standing | None:
    with line.database.read() as tx:
        return restoring.standing(tx)


def wind_back(line: Leadline) -> None:
    """Make the database as old as it was two minutes ago, as a restore by hand does."""
    for _ in range(2):
        beat(line)
    with line.database.write() as tx:
        found = installation.current(tx)
        assert found is not None
        installation.grow(tx, found.generation - 2, now=found.beat_at)


def open_again(line: Leadline) -> None:
    Leadline.open(line.settings, clock=line.clock).close()


def resume(line: Leadline, *, is_forced: bool = False) -> restoring.Standing | None:
    with line.database.write() as tx:
        return restoring.resume(tx, actor="cli", is_forced=is_forced, now=line.clock.now())


def test_a_new_database_has_its_generation_beside_it_and_is_not_held(
    line: Leadline, database_kind: str
) -> None:
    assert generation.read(file_of(line)) == (Note(_name(line), 1) if database_kind == "sqlite" else None)
    assert standing(line) is None
    beat(line)
    assert generation.read(file_of(line)) == Note(_name(line), 2)
    assert standing(line) is None


def test_a_database_that_goes_on_being_used_is_not_held(line: Leadline) -> None:
    for _ in range(3):
        beat(line)
        open_again(line)
    assert generation.read(file_of(line)) == Note(_name(line), 4)
    assert standing(line) is None


def _name(line: Leadline) -> str:
    with line.database.read() as tx:
        found = installation.current(tx)
    assert found is not None
    return found.name


@pytest.mark.parametrize("notice", [open_again, beat])
def test_a_database_older_than_its_generation_file_is_held(
    line: Leadline, notice: Callable[[Leadline], None]
) -> None:
    wind_back(line)
    notice(line)
    held = standing(line)
    assert held is not None
    assert "restored from a copy" in held.because


def test_a_file_that_is_behind_the_database_shows_no_restore(line: Leadline) -> None:
    """A worker died between its commit and the file, or another one's file came last."""
    beat(line)
    beat(line)
    generation.write(file_of(line), Note(_name(line), 1))
    open_again(line)
    beat(line)
    assert standing(line) is None


def test_a_database_that_grows_older_while_it_is_opened_is_not_held(line: Leadline) -> None:
    if line.database.is_sqlite:
        pytest.skip("SQLite has one writer at a time.")
    beat(line)
    with closing(Database(line.settings.leadline_database_url)) as database:
        event.listen(database._writer, "after_cursor_execute", lambda *_: beat(line))
        restoring.check(database, line.settings, now=line.clock.now())
    assert generation.read(file_of(line)) != Note(_name(line), 2)
    assert standing(line) is None


def test_a_database_without_its_file_is_held_where_the_file_goes_with_it(
    line: Leadline, database_kind: str
) -> None:
    file_of(line).unlink(missing_ok=True)
    open_again(line)
    assert (standing(line) is not None) == (database_kind == "sqlite")


def test_another_database_in_the_place_of_ours_is_held(line: Leadline) -> None:
    generation.write(file_of(line), Note("somebody else's", 1))
    open_again(line)
    held = standing(line)
    assert held is not None
    assert "copied from elsewhere" in held.because


def test_a_new_database_where_another_was_is_not_held(
    settings: Make, database_url: str, clock: Clock
) -> None:
    given = settings(leadline_database_url=database_url)
    with closing(Database(database_url)) as database:
        file = generation.file_of(database.url, folder=given.leadline_media_dir)
    generation.write(file, Note("deleted since", 9000))
    with Leadline.open(given, clock=clock) as line:
        assert standing(line) is None
        assert generation.read(file) == Note(_name(line), 1)


def test_a_file_that_makes_no_sense_counts_as_missing(tmp_path: Path) -> None:
    for content in ("", "{}", "[]", '{"name": "a", "generation": "x"}', "\0"):
        (tmp_path / "file").write_text(content)
        assert generation.read(tmp_path / "file") is None


def test_a_backup_knows_that_it_is_one_wherever_it_is_opened(line: Leadline) -> None:
    with line.database.write() as tx:
        tx.execute(text(installation.mark_as_copy(now=line.clock.now())))
        assert installation.held().ask(tx)
    file_of(line).unlink(missing_ok=True)
    open_again(line)
    held = standing(line)
    assert held is not None
    assert held.because == "It is a backup of 2026-03-18 16:00 UTC."


def test_every_text_that_may_have_left_is_in_doubt_and_looked_for_at_once(
    line: Leadline, clock: Clock
) -> None:
    unconfirmed, posting = (_claimed(line, "+13035550101"), _claimed(line, "+13035550102"))
    texts.settle(line, unconfirmed, texts.answered(SendKind.IN_DOUBT))
    with line.database.write() as tx:
        outbox.mark_unconfirmed(tx, [unconfirmed.message_id])
    accepted = _claimed(line, "+13035550103")
    texts.settle(line, accepted, texts.accepted(1))
    due, soon, later = (
        line.send(number, "Hi", due_at=clock.now() + wait).id
        for number, wait in (
            ("+13035550104", timedelta(0)),
            ("+13035550105", timedelta(days=1)),
            ("+13035550106", timedelta(days=9)),
        )
    )
    wind_back(line)
    began = clock.now()
    clock.advance(DAYS)
    open_again(line)

    in_doubt = (unconfirmed.message_id, posting.message_id, due, soon)
    assert [line.message(each).state for each in in_doubt] == ["in_doubt"] * 4
    assert line.message(accepted.message_id).state == "accepted"
    assert line.message(later).state == "queued"
    for each in in_doubt:
        with line.database.read() as tx:
            [attempt] = attempts.of_message(tx, each)
        assert (attempt.started_at, attempt.lease_until) == (began, clock.now())
        assert (attempt.outcome, attempt.next_look_at, attempt.looks) == ("in_doubt", clock.now(), 0)
    held = standing(line)
    assert held is not None
    assert (held.in_doubt, held.unlooked, held.is_caught_up) == (4, 4, False)


def _claimed(line: Leadline, number: str) -> Any:
    line.send(number, "Hi")
    with line.database.write() as tx:
        tx.execute(text("UPDATE senders SET free_at = 0"))
    [claimed] = texts.claim(line)
    return claimed


def test_a_restore_that_is_noticed_twice_puts_nothing_in_doubt_twice(line: Leadline, clock: Clock) -> None:
    """As after a crash: the generation file was not written, or is gone again."""
    message_id = line.send(cast.LENA.phone, "Hi").id
    wind_back(line)
    began = clock.now()
    for _ in range(2):
        clock.advance(DAYS)
        generation.write(file_of(line), Note(_name(line), 9000 + clock.now().day))
        open_again(line)
    with line.database.read() as tx:
        assert len(attempts.of_message(tx, message_id)) == 1
        chore = chores.by_name(tx, restoring.CATCH_UP)
    assert chore is not None
    assert chore.through == began


def test_nothing_is_claimed_while_sending_is_held(line: Leadline) -> None:
    wind_back(line)
    open_again(line)
    line.send(cast.LENA.phone, "Hi")
    assert texts.claim(line) == []
    resume(line, is_forced=True)
    assert len(texts.claim(line)) == 1


def test_resuming_is_refused_while_something_is_left_and_says_what(line: Leadline) -> None:
    line.send(cast.LENA.phone, "Hi")
    wind_back(line)
    open_again(line)
    with pytest.raises(TooEarly) as refused:
        resume(line)
    assert "not all been fetched" in str(refused.value)
    assert "searched for 1 texts" in str(refused.value)
    assert standing(line) is not None


def test_resuming_is_written_down_and_lasts(line: Leadline) -> None:
    wind_back(line)
    open_again(line)
    resume(line, is_forced=True)
    beat(line)
    open_again(line)
    assert standing(line) is None
    with line.database.read() as tx:
        acts = tx.execute(select(schema.audit.c.actor, schema.audit.c.action).order_by(schema.audit.c.id))
        assert [tuple(act) for act in acts] == [
            ("system", "installation.hold"),
            ("cli", "installation.resume"),
        ]


def test_resuming_what_is_not_held_does_nothing(line: Leadline) -> None:
    assert resume(line) is None


def test_a_restored_text_with_a_policy_is_not_sent_again_before_its_time(
    line: Leadline, clock: Clock
) -> None:
    """Its time counts from when the restore was noticed: until then it may have left."""
    [queued] = texts.queue(
        line, SendRequest(number=cast.LENA.phone, body="Hi", resend_after=timedelta(minutes=30))
    )
    wind_back(line)
    clock.advance(DAYS)
    open_again(line)
    _look(line)
    assert texts.now(line, queued).state == "in_doubt"
    held = standing(line)
    assert held is not None
    assert held.unlooked == 0
    clock.advance(timedelta(minutes=31))
    _look(line)
    assert texts.now(line, queued).state == "queued"


def _look(line: Leadline) -> None:
    """Search Twilio's list, which has nothing."""
    with line.database.write() as tx:
        [searches] = reconciling.take(tx, [10], now=line.clock.now())
        reconciling.record(tx, [Found(each, ()) for each in searches], now=line.clock.now())


@pytest.mark.parametrize(("body", "count"), [("Hi", 0), ("Something else", 1)])
def test_a_text_that_may_be_one_in_doubt_is_not_stored_as_another(
    line: Leadline, clock: Clock, body: str, count: int
) -> None:
    line.send(cast.LENA.phone, "Hi")
    wind_back(line)
    clock.advance(DAYS)
    open_again(line)
    resource = _listed(1, body, at=clock.now() - timedelta(days=1))
    with line.database.write() as tx:
        assert catching_up.record_sent(tx, [[resource]], now=clock.now()) == [count]


def test_a_text_that_nobody_remembers_is_stored_once_as_what_it_is(line: Leadline, clock: Clock) -> None:
    lead = texts.add_lena(line)
    sent_at = clock.now() - timedelta(hours=2)
    for _ in range(2):
        with line.database.write() as tx:
            catching_up.record_sent(tx, [[_listed(1, "Hi Lena", at=sent_at)]], now=clock.now())
    with line.database.read() as tx:
        [message] = messages.recent(tx)
    assert (message.body, message.lead_id, message.created_by) == ("Hi Lena", lead.id, "restored")
    assert (message.state, message.status, message.twilio_sid) == ("accepted", "sent", texts.sid(1))
    assert (message.created_at, message.look_at is None) == (sent_at, False)
    texts.report(line, (1, "delivered", 0))
    assert line.message(message.id).status == "delivered"


def _listed(number: int, body: str, *, at: Any) -> Any:
    return {
        "sid": texts.sid(number),
        "to": cast.LENA.phone,
        "from": cast.OUR_NUMBER,
        "body": body,
        "status": "sent",
        "direction": "outbound-api",
        "num_segments": "1",
        "date_created": f"{at:%a, %d %b %Y %H:%M:%S} +0000",
    }


def test_a_report_that_came_before_a_forgotten_text_was_fetched_is_not_lost(
    line: Leadline, clock: Clock
) -> None:
    texts.report(line, (1, "delivered", 0))
    with line.database.write() as tx:
        catching_up.record_sent(tx, [[_listed(1, "Hi Lena", at=clock.now())]], now=clock.now())
        [message] = messages.recent(tx)
    assert message.status == "delivered"
