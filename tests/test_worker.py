"""The worker, with the real client, against a simulator on a real socket."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from copy import copy
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

import psycopg
import pytest
import structlog

from leadline import sending
from leadline.app import Leadline
from leadline.queueing import SendRequest
from leadline.settings import Settings
from leadline.simulator import Plan, Service, Simulator, running
from leadline.simulator.faults import CREATE_FAULTS
from leadline.store import attempts, database, generation, installation, messages, senders, words
from leadline.twilio.client import Create, Permit, SendKind, SendResult, TwilioClient
from leadline.worker import BEAT_EVERY, POLL, Worker
from tests import cast, texts
from tests.clock import Clock
from tests.e2e.waiting import until

SERVICE = "MG" + "5" * 32
CHORES = 7
# A worker that has nothing to do sleeps before each of its chores, and until it looks again.
SLEEPS_AT_REST = CHORES + 1
# Nothing that is sent meanwhile shows in Twilio's list.
HIDDEN = 1e6


@dataclass
class Shift:
    """A worker at work, and the Twilio that it calls."""

    line: Leadline
    worker: Worker
    work: asyncio.Task[None]
    simulator: Simulator

    @property
    def clock(self) -> Clock:
        assert isinstance(self.line.clock, Clock)
        return self.line.clock

    @property
    def sent(self) -> list[str]:
        """What Twilio accepted."""
        return [accepted.body for accepted in self.simulator.ledger]

    async def rest(self) -> None:
        """Wait until nothing more happens without time passing."""
        await until(lambda: self.clock.sleeping == SLEEPS_AT_REST and "posting" not in states(self.line))

    async def pass_(self, seconds: float, *, step: float = 1.0) -> None:
        """Let time pass in small steps, with a rest after each."""
        for _ in range(round(seconds / step)):
            self.clock.advance(step)
            await self.rest()


Story = Callable[[Shift], Awaitable[None]]


@asynccontextmanager
async def at_work(
    line: Leadline, simulator: Simulator, *, patience: float = 10, **changes: object
) -> AsyncIterator[Shift]:
    """A worker with ``changes`` to the settings; at the end it stops; a fault that it met is raised."""
    told_otherwise = copy(line)
    told_otherwise.settings = line.settings.model_copy(update={"leadline_public_url": None, **changes})
    credentials = (cast.ACCOUNT_SID, cast.AUTH_TOKEN)
    async with TwilioClient(
        cast.ACCOUNT_SID, credentials, base_url=simulator.base_url, timeout=patience
    ) as client:
        worker = Worker(told_otherwise, client)
        work = asyncio.create_task(worker.run())
        try:
            yield Shift(line, worker, work, simulator)
        finally:
            worker.stop()
            await asyncio.wait([work])
            if not work.cancelled():
                work.result()


def simulator_of(line: Leadline, plan: Plan | None = None) -> Simulator:
    """A Twilio that tells time by the same clock and follows the plan."""
    simulator = Simulator(
        cast.ACCOUNT_SID, cast.AUTH_TOKEN, numbers=[cast.OUR_NUMBER], delay=0, seed=1, clock=line.clock
    )
    simulator.faults.follow(plan or Plan())
    return simulator


def play(
    line: Leadline, story: Story, *, plan: Plan | None = None, patience: float = 10, **changes: object
) -> None:
    """Run a story with one worker."""

    async def performance() -> None:
        simulator = simulator_of(line, plan)
        async with running(simulator), at_work(line, simulator, patience=patience, **changes) as shift:
            await story(shift)

    asyncio.run(performance())


def queue(line: Leadline, *bodies: str) -> None:
    """Each to a number of its own, so that none waits for another."""
    texts.queue(
        line, *(SendRequest(number=f"+1303555{n:04}", body=body) for n, body in enumerate(bodies, 100))
    )


def states(line: Leadline) -> list[str]:
    """The state of each text, the first queued first."""
    with line.database.read() as tx:
        return [message.state for message in reversed(messages.recent(tx))]


def attempts_of(line: Leadline, message_id: int) -> list[attempts.Attempt]:
    with line.database.read() as tx:
        return attempts.of_message(tx, message_id)


def limit_rate(line: Leadline, rate: float | None) -> None:
    with line.database.write() as tx:
        senders.ensure(tx, cast.OUR_NUMBER, kind="number", rate=rate, is_simulated=True, now=line.clock.now())


@pytest.fixture
def line(line: Leadline) -> Leadline:
    """With a sender that has no rate of its own; who tests the rate sets one."""
    limit_rate(line, None)
    return line


def test_a_queued_text_is_sent_once(line: Leadline) -> None:
    async def story(shift: Shift) -> None:
        queue(line, "Hi Lena")
        shift.worker.wake()
        await until(lambda: states(line) == ["accepted"])
        await shift.pass_(120, step=40)
        assert shift.sent == ["Hi Lena"]

    play(line, story)
    assert line.message(1).twilio_sid is not None


def test_what_another_process_queued_is_found_within_a_second(line: Leadline) -> None:
    async def story(shift: Shift) -> None:
        await shift.rest()
        queue(line, "nobody wakes the worker")
        shift.clock.advance(POLL)
        await until(lambda: states(line) == ["accepted"])

    play(line, story)


def test_a_text_for_later_is_sent_when_its_time_has_come(line: Leadline, clock: Clock) -> None:
    async def story(shift: Shift) -> None:
        line.send(cast.LENA.phone, "later", due_at=clock.now() + timedelta(seconds=5))
        await shift.pass_(4)
        assert shift.sent == []
        await shift.pass_(1)
        assert shift.sent == ["later"]

    play(line, story)


def test_the_callback_has_the_attempts_token_in_its_path_and_no_query(line: Leadline) -> None:
    async def story(shift: Shift) -> None:
        await until(lambda: states(line) == ["accepted"])
        [accepted] = shift.simulator.ledger
        [attempt] = attempts_of(line, 1)
        assert accepted.status_callback is not None
        address = urlsplit(accepted.status_callback)
        assert address.path == f"/leads/api/webhooks/twilio/status/{attempt.token}"
        assert (address.query, address.fragment) == ("", "rc=5&rp=all")

    queue(line, "Hi Lena")
    # A base address may have a path of its own, behind a proxy.
    plan = Plan(next=(("callback_dropped",),))
    play(line, story, plan=plan, leadline_public_url="https://sms.example.com/leads")


def test_a_text_says_what_it_is_sent_from_and_how_long_it_may_wait(line: Leadline) -> None:
    async def story(shift: Shift) -> None:
        await until(lambda: states(line) == ["accepted"])
        [accepted] = shift.simulator.ledger
        assert dict(accepted.form) == {
            "To": cast.LENA.phone,
            "From": cast.OUR_NUMBER,
            "Body": "Hi Lena",
            "ValidityPeriod": "14400",
        }

    line.send(cast.LENA.phone, "Hi Lena")
    play(line, story)


def test_a_messaging_service_is_sent_through_by_its_own_name(
    settings: Callable[..., Settings], database_url: str, clock: Clock
) -> None:
    async def story(line: Leadline) -> None:
        simulator = simulator_of(line)
        simulator.configure(services=[Service(SERVICE, pool=(cast.OUR_NUMBER,))])
        line.send(cast.LENA.phone, media_urls=["https://example.com/roof.png"], body="")
        async with running(simulator), at_work(line, simulator):
            await until(lambda: states(line) == ["accepted"])
        [accepted] = simulator.ledger
        assert (accepted.service, accepted.from_) == (SERVICE, None)
        assert (accepted.body, accepted.media) == ("", ("https://example.com/roof.png",))

    given = settings(twilio_messaging_service_sid=SERVICE, leadline_database_url=database_url)
    with Leadline.open(given, clock=clock) as line:
        asyncio.run(story(line))


@pytest.mark.parametrize(("seconds", "tries"), [(2, 1), (4, 2)])
def test_a_text_that_waited_long_for_a_hand_is_given_back_and_claimed_anew(
    line: Leadline, seconds: float, tries: int
) -> None:
    """Two hands are busy for that long while two more texts wait, all four claimed at the same moment."""

    async def story(shift: Shift) -> None:
        await keep_two_waiting(shift)
        shift.clock.advance(seconds)
        await until(lambda: states(line) == ["accepted"] * 4)
        assert sorted(shift.sent) == ["a", "b", "c", "d"]
        assert [len(attempts_of(line, message_id)) for message_id in (1, 2, 3, 4)] == [1, 1, tries, tries]

    play(line, story, plan=Plan(delay=seconds), leadline_send_concurrency=2)


def test_a_stop_is_heeded_by_a_claimed_text_that_still_waits_for_a_hand(line: Leadline) -> None:
    async def story(shift: Shift) -> None:
        await keep_two_waiting(shift)
        texts.receive(line, texts.inbound(1, "STOP", From="+13035550102"))
        shift.clock.advance(5)
        await until(lambda: sorted(shift.sent) == ["a", "b", "d"])
        await until(lambda: "posting" not in states(line))
        assert sorted(shift.sent) == ["a", "b", "d"]
        assert states(line)[2] == "refused"

    play(line, story, plan=Plan(delay=5), leadline_send_concurrency=2)


async def keep_two_waiting(shift: Shift) -> None:
    """Four texts are claimed; two are being answered slowly, and the next two will be at once."""
    queue(shift.line, "a", "b", "c", "d")
    shift.worker.wake()
    await until(lambda: states(shift.line) == ["posting"] * 4)
    await until(lambda: shift.clock.sleeping >= CHORES + 2)  # and both answers
    shift.simulator.faults.follow(Plan())


def test_a_stop_finishes_what_is_under_way_and_gives_back_the_rest(line: Leadline) -> None:
    async def story(shift: Shift) -> None:
        queue(line, "a", "b", "c", "d", "e")
        shift.worker.wake()
        await until(lambda: states(line) == ["posting"] * 4 + ["queued"])
        await until(lambda: shift.clock.sleeping >= CHORES + 2)  # and both answers
        shift.worker.stop()
        shift.clock.advance(10)
        await shift.work
        assert states(line) == ["accepted"] * 2 + ["queued"] * 3
        assert sorted(shift.sent) == ["a", "b"]

        shift.simulator.faults.follow(Plan())
        shift.clock.advance(10)
        async with at_work(line, shift.simulator):
            await until(lambda: states(line) == ["accepted"] * 5)
        assert sorted(shift.sent) == ["a", "b", "c", "d", "e"]

    play(line, story, plan=Plan(delay=10), leadline_send_concurrency=2)


def test_an_idle_worker_stops_at_once(line: Leadline) -> None:
    async def story(shift: Shift) -> None:
        await shift.rest()
        shift.worker.stop()
        await shift.work

    play(line, story)


def test_no_more_calls_are_under_way_than_the_settings_allow(line: Leadline) -> None:
    """Twilio answers one too many with 429, so that text would need a second attempt."""
    bodies = [f"text {n}" for n in range(10)]

    async def story(shift: Shift) -> None:
        queue(line, *bodies)
        shift.worker.wake()
        while set(states(line)) != {"accepted"}:
            await until(lambda: shift.clock.sleeping > CHORES)
            shift.clock.advance(1)
        assert sorted(shift.sent) == sorted(bodies)

    play(line, story, plan=Plan(delay=0.5, concurrency=3), leadline_send_concurrency=3)
    outcomes = {attempt.outcome for n in range(10) for attempt in attempts_of(line, n + 1)}
    assert outcomes <= {SendKind.ACCEPTED, SendKind.NOT_BEGUN}  # Some may have waited for too long to begin.


def test_fewer_texts_are_claimed_ahead_while_answers_are_slow(line: Leadline) -> None:
    """Two under way, one that is left when more are claimed, and those."""
    ahead: list[int] = []

    async def story(shift: Shift) -> None:
        queue(line, *"abcdefghijkl")
        shift.worker.wake()
        while set(states(line)) != {"accepted"}:
            await until(lambda: shift.clock.sleeping > CHORES)
            ahead.append(states(line).count("posting"))
            shift.clock.advance(1)

    play(line, story, plan=Plan(delay=1), leadline_send_concurrency=2)
    assert max(ahead[3:]) <= 2 + 1 + 2


@pytest.mark.parametrize("rate", [1, 2])
def test_the_senders_rate_is_kept_in_segments(line: Leadline, rate: int) -> None:
    limit_rate(line, rate)

    async def story(shift: Shift) -> None:
        queue(line, "one", "two " * 50, "one more", "three " * 65, "and the last")
        begin = shift.clock.now()
        shift.worker.wake()
        await shift.rest()
        await shift.pass_(10, step=0.25)
        offsets = [(accepted.at - begin).total_seconds() for accepted in shift.simulator.ledger]
        assert offsets == [seconds / rate for seconds in (0, 1, 3, 4, 7)]

    play(line, story)


def test_a_throttled_sender_waits_as_long_as_twilio_asks(line: Leadline) -> None:
    async def story(shift: Shift) -> None:
        queue(line, "throttled")
        shift.worker.wake()
        await shift.rest()
        queue(line, "throttled", "another")
        await shift.pass_(29)
        assert shift.sent == []
        await shift.pass_(3)
        assert sorted(shift.sent) == ["another", "throttled", "throttled"]

    play(line, story, plan=Plan(next=(("refuse_429_retry_after",),), retry_after=30))


def test_wrong_credentials_stop_the_sender_until_a_worker_starts_again(line: Leadline) -> None:
    async def story(shift: Shift) -> None:
        queue(line, "a", "b")
        shift.worker.wake()
        await shift.rest()
        await shift.pass_(60, step=10)
        assert states(line) == ["queued", "queued"]
        with line.database.write() as tx:
            [sender] = senders.everyone(tx)
            assert sender.stopped_because == "Authenticate"
            senders.start_again(tx)
        await shift.pass_(1)
        assert sorted(shift.sent) == ["a", "b"]

    play(line, story, plan=Plan(next=(("refuse_401",), ("refuse_401",))), leadline_send_concurrency=1)


# What becomes of a text whose create meets each fault, when neither a report nor the list comes to help.
_LATER = {"refuse_429", "refuse_429_retry_after", "refuse_queue_full"}
_ENDINGS = {
    name: "queued" if name == "refuse_401" else "accepted" if name in _LATER | {"accept_late"} else "in_doubt"
    for name in CREATE_FAULTS
}


@pytest.mark.parametrize(("fault", "ending"), _ENDINGS.items())
def test_no_fault_of_twilio_makes_a_second_text_or_a_wrong_claim(
    line: Leadline, fault: str, ending: str
) -> None:
    async def story(shift: Shift) -> None:
        queue(line, "Hi Lena")
        shift.worker.wake()
        await until(lambda: states(line) != ["queued"])
        if fault == "accept_late":
            await until(lambda: len(shift.sent) == 1)
            shift.clock.advance(shift.simulator.faults.plan.late)
        await shift.rest()
        await shift.pass_(300, step=60)
        assert states(line) == [ending]
        is_there = CREATE_FAULTS[fault].accepted or ending == "accepted"
        assert shift.sent == ["Hi Lena"] * is_there

    plan = Plan(next=((fault,),), list_lag=HIDDEN)
    play(line, story, plan=plan, patience=0.4 if "withheld" in fault else 10)


@pytest.mark.parametrize("fault", ["accept_500", "accept_reset", "accept_half", "accept_garbage"])
def test_a_text_whose_answer_was_lost_is_found_in_twilios_list(line: Leadline, fault: str) -> None:
    async def story(shift: Shift) -> None:
        queue(line, "Hi Lena")
        shift.worker.wake()
        await until(lambda: states(line) == ["in_doubt"])
        await shift.pass_(30, step=5)
        assert (states(line), shift.sent) == (["accepted"], ["Hi Lena"])
        [attempt] = attempts_of(line, 1)
        assert (attempt.resolved_by, attempt.twilio_sid) == ("list", shift.simulator.ledger[0].sid)

    play(line, story, plan=Plan(next=((fault,),)))


def test_a_text_that_could_not_reach_twilio_is_sent_once_it_can(line: Leadline) -> None:
    async def story() -> None:
        simulator = simulator_of(line)
        async with running(simulator) as url:
            port = urlsplit(url).port
            assert port is not None
        queue(line, "Hi Lena")
        async with at_work(line, simulator) as shift:
            await shift.rest()
            await shift.pass_(10)
            assert (states(line), shift.sent) == (["queued"], [])
            async with running(simulator, port=port):
                await shift.pass_(30)
                assert (states(line), shift.sent) == (["accepted"], ["Hi Lena"])

    asyncio.run(story())
    assert len(attempts_of(line, 1)) > 2


def test_what_a_dead_worker_was_sending_is_in_doubt_and_not_sent_again(line: Leadline) -> None:
    async def story() -> None:
        simulator = simulator_of(line, Plan(next=(("accept_withheld",),), list_lag=HIDDEN))
        async with running(simulator):
            async with at_work(line, simulator) as shift:
                queue(line, "Hi Lena")
                shift.worker.wake()
                await until(lambda: shift.sent == ["Hi Lena"])
                shift.work.cancel()
            assert states(line) == ["posting"]
            shift.clock.advance(sending.LEASE + timedelta(seconds=1))
            async with at_work(line, simulator) as shift:
                await shift.rest()
                await shift.pass_(300, step=60)
            assert (states(line), shift.sent) == (["in_doubt"], ["Hi Lena"])

    asyncio.run(story())


def test_two_workers_send_each_text_once(line: Leadline) -> None:
    bodies = [f"text {n}" for n in range(40)]
    queue(line, *bodies)

    async def story() -> None:
        simulator = simulator_of(line)
        async with running(simulator), at_work(line, simulator) as one, at_work(line, simulator):
            while set(states(line)) != {"accepted"}:
                await until(lambda: one.clock.sleeping == 2 * SLEEPS_AT_REST)
                one.clock.advance(POLL)
        assert sorted(one.sent) == sorted(bodies)

    asyncio.run(story())


@contextmanager
def occupied(line: Leadline) -> Iterator[None]:
    """Somebody else holds the database so that nothing can be written."""
    if line.database.is_sqlite:
        path = line.database.url.database
        assert path is not None
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE").close()
        try:
            yield
        finally:
            other.close()
        return
    url = line.settings.leadline_database_url
    with psycopg.connect(url) as connection, connection.transaction(force_rollback=True):
        connection.execute("LOCK TABLE senders, attempts IN EXCLUSIVE MODE")
        yield


@pytest.fixture
def impatient(
    settings: Callable[..., Settings], database_url: str, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Leadline]:
    """A Leadline that waits only a moment for an occupied database."""
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.05)
    with Leadline.open(settings(leadline_database_url=database_url), clock=clock) as line:
        limit_rate(line, None)
        yield line


def test_outcomes_wait_for_an_unavailable_database_and_are_written_when_it_is_back(
    impatient: Leadline,
) -> None:
    async def story(shift: Shift) -> None:
        queue(impatient, "a", "b", "c")
        shift.worker.wake()
        await until(lambda: shift.clock.sleeping == SLEEPS_AT_REST + 3)
        with structlog.testing.capture_logs() as logs, occupied(impatient):
            shift.clock.advance(1)
            await until(lambda: _count(logs, "outcomes_wait_for_database") >= 1)
            shift.clock.advance(POLL)
            await until(lambda: _count(logs, "outcomes_wait_for_database") >= 2)
            assert states(impatient) == ["posting"] * 3
        shift.clock.advance(POLL)
        await until(lambda: states(impatient) == ["accepted"] * 3)
        assert sorted(shift.sent) == ["a", "b", "c"]

    play(impatient, story, plan=Plan(delay=1))


def test_an_outcome_that_cannot_be_written_costs_no_other_and_stays_in_doubt(line: Leadline) -> None:
    """A carrier gives a SID a second time, which breaks the rule that it is unique."""
    repeating = (SENT_EARLIER, SENT_EARLIER, "SM" + "2" * 32)

    async def performance() -> None:
        client = _Repeating(cast.ACCOUNT_SID, (cast.ACCOUNT_SID, cast.AUTH_TOKEN))
        client.sids = list(repeating)
        worker = Worker(line, client)
        work = asyncio.create_task(worker.run())
        await until(lambda: sorted(states(line)) == ["accepted", "accepted", "posting"])
        worker.stop()
        await work
        await client.aclose()

    queue(line, "a", "b", "c")
    with structlog.testing.capture_logs() as logs:
        asyncio.run(performance())
    assert _count(logs, "outcome_not_written") == 1


SENT_EARLIER = "SM" + "1" * 32


class _Repeating(TwilioClient):
    """A carrier that accepts everything under the SIDs it is told."""

    sids: list[str]

    async def create(self, _message: Create, _permit: Permit) -> SendResult:
        return SendResult(ok=True, kind=SendKind.ACCEPTED, sid=self.sids.pop(0), status="queued")


def test_a_stop_does_not_wait_for_ever_for_the_database(
    impatient: Leadline, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The text stays posting, and is in doubt when its lease is over."""
    monkeypatch.setattr("leadline.worker.STOP_WITHIN", timedelta(seconds=0.2))

    async def story(shift: Shift) -> None:
        queue(impatient, "Hi Lena")
        shift.worker.wake()
        await until(lambda: shift.clock.sleeping == SLEEPS_AT_REST + 1)
        with occupied(impatient):
            shift.clock.advance(1)
            shift.worker.stop()
            await shift.work
        assert states(impatient) == ["posting"]

    play(impatient, story, plan=Plan(delay=1))


def test_nothing_is_sent_while_the_claim_cannot_be_written(impatient: Leadline) -> None:
    async def story(shift: Shift) -> None:
        await shift.rest()
        queue(impatient, "Hi Lena")
        with structlog.testing.capture_logs() as logs, occupied(impatient):
            shift.worker.wake()
            await until(lambda: _count(logs, "database_unavailable") >= 1)
            assert shift.sent == []
        await shift.rest()
        await shift.pass_(1)
        assert shift.sent == ["Hi Lena"]

    play(impatient, story)


def _count(logs: list[structlog.typing.EventDict], event: str) -> int:
    return sum(line["event"] == event for line in logs)


def test_a_worker_lets_the_database_grow_older_every_minute_and_notes_it(line: Leadline) -> None:
    file = generation.file_of(line.database.url, folder=line.settings.leadline_media_dir)

    def noted() -> int:
        found = generation.read(file)
        return found.generation if found else 0

    async def story(shift: Shift) -> None:
        await until(lambda: noted() == 2)
        await shift.rest()
        shift.clock.advance(BEAT_EVERY)
        await until(lambda: noted() == 3)

    play(line, story)


def test_a_database_that_is_restored_under_a_worker_is_held_by_the_next_beat(line: Leadline) -> None:
    file = generation.file_of(line.database.url, folder=line.settings.leadline_media_dir)

    async def story(shift: Shift) -> None:
        await shift.rest()
        await until(file.exists)
        noted = generation.read(file)
        assert noted is not None
        generation.write(file, generation.Note(noted.name, noted.generation + 100))
        shift.clock.advance(BEAT_EVERY)
        await until(lambda: _is_held(line))
        queue(line, "Hi Lena")
        await shift.pass_(60, step=20)
        assert shift.sent == []

    play(line, story)


def _is_held(line: Leadline) -> bool:
    with line.database.read() as tx:
        return installation.held().ask(tx)


def test_a_worker_puts_what_was_texted_where_searches_find_it(line: Leadline) -> None:
    line.add_lead("Lena", cast.LENA.phone)

    async def story(shift: Shift) -> None:
        await shift.rest()
        texts.receive(line, *(texts.inbound(number, f"hum {number}") for number in range(1, 251)))
        await shift.pass_(3)

    play(line, story)
    with line.database.read() as tx:
        assert not words.is_behind(tx)
        assert len(words.newest(tx, words.Kind.MESSAGE, ["hum"], limit=1000)) == 250
