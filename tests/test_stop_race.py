"""STOP against a text that is on its way out: whatever the moment, nothing leaves after the STOP's commit."""

import asyncio
import math
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from leadline import sending, worker
from leadline.app import Leadline
from leadline.last_look import LastLook
from leadline.queueing import SendRequest
from leadline.store import attempts, conversations, decisions, stops
from leadline.twilio import client, wire
from tests import cast, stopper, texts
from tests.clock import Clock
from tests.e2e.waiting import until
from tests.test_worker import Shift, limit_rate, play, states

ROOT = Path(__file__).parent.parent

# Every step from the queue to the first byte, by what begins it. On SQLite nobody else can commit while a
# claim is being written; on PostgreSQL a text cannot, since it names the sender, but a person's note can.
STEPS: dict[str, tuple[Any, str]] = {
    "before the worker claims": (worker.Worker, "_claim"),
    "while the gate is asked": (sending, "_due"),
    "after the gate was asked": (sending, "_begin"),
    "before the attempt is stored": (attempts, "begin"),
    "before the text has a hand": (worker.Worker, "_post"),
    "before the call": (client.TwilioClient, "create"),
    "before there is a connection": (wire.Wire, "_open"),
    "with a connection at hand": (wire._Connection, "ask"),
    "before the last look": (LastLook, "at"),
}
AFTER_THE_CLAIM = list(STEPS)[-5:]
HALF_A_DAY = 12 * 3600.0
IN_THE_CLAIM = {"while the gate is asked", "after the gate was asked", "before the attempt is stored"}

Stop = Callable[[str], object]


@pytest.fixture
def line(line: Leadline) -> Leadline:
    """With a sender that has no rate of its own."""
    limit_rate(line, None)
    return line


@pytest.fixture(scope="module")
def other_process() -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [sys.executable, "-m", "tests.stopper"],
        cwd=ROOT,
        env={"PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield process
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(10) == 0


@pytest.fixture(params=["the same process", "another process"])
def stop(request: pytest.FixtureRequest, line: Leadline) -> Stop:
    """Commit an opt-out of Lena's, here or elsewhere."""
    if request.param == "the same process":
        return partial(stopper.stop, line)
    process: subprocess.Popen[str] = request.getfixturevalue("other_process")

    def elsewhere(by: str) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(f"{line.settings.leadline_database_url} {by}\n")
        process.stdin.flush()
        assert process.stdout.readline() == "committed\n"

    return elsewhere


def once_before(monkeypatch: pytest.MonkeyPatch, step: tuple[Any, str], act: Callable[[], object]) -> None:
    """Let something happen right before that step begins for the first time."""
    owner, name = step
    original, acts = getattr(owner, name), [act]

    def stepped(*arguments: Any, **named: Any) -> Any:
        if acts:
            acts.pop()()
        return original(*arguments, **named)

    monkeypatch.setattr(owner, name, stepped)


@pytest.mark.parametrize("step", STEPS)
def test_nothing_is_sent_once_a_stop_is_committed_whatever_the_step(
    line: Leadline, stop: Stop, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if step in IN_THE_CLAIM and line.database.is_sqlite:
        pytest.skip("Nobody else commits during a transaction of SQLite.")
    line.send(cast.LENA.phone, "Hi Lena")
    once_before(monkeypatch, STEPS[step], partial(stop, "note" if step in IN_THE_CLAIM else "text"))

    async def story(shift: Shift) -> None:
        await until(lambda: states(line)[0] == "refused")
        await shift.pass_(5)
        assert shift.sent == []

    play(line, story)
    assert [each["code"] for each in line.message(1).decision["reasons"]] == ["opted_out"]  # type: ignore[index]


@pytest.mark.parametrize("step", AFTER_THE_CLAIM)
def test_a_machine_that_slept_into_the_night_sends_nothing_that_was_claimed_by_day(
    line: Leadline, clock: Clock, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    queued = line.send(cast.LENA.phone, "Hi Lena")
    once_before(monkeypatch, STEPS[step], lambda: clock.advance(HALF_A_DAY))

    async def story(shift: Shift) -> None:
        await until(lambda: "quiet_hours" in reasons(line, queued.id))
        await shift.pass_(5)
        assert shift.sent == []

    play(line, story)
    assert line.message(queued.id).state == "queued"


def reasons(line: Leadline, message_id: int) -> list[str]:
    decision = line.message(message_id).decision
    return [each["code"] for each in decision["reasons"]] if decision else []


def test_a_stop_that_comes_while_the_bytes_are_written_is_committed_after_them(
    line: Leadline, stop: Stop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The look has found nothing, so the text leaves; nobody hears of a stored STOP before."""
    happened: list[str] = []
    at_the_lock, write = Event(), wire._Connection._write
    threads = ThreadPoolExecutor(1)
    stopping: list[Future[object]] = []

    def stopped() -> None:
        stop("text")
        happened.append("committed")

    def written(connection: Any, request: bytes) -> Any:
        if not stopping:
            stopping.append(threads.submit(stopped))
            # Long enough for a STOP that waited for nothing.
            assert not at_the_lock.wait(0.2)
        happened.append("written")
        return write(connection, request)

    monkeypatch.setattr(wire._Connection, "_write", written)
    line.send(cast.LENA.phone, "Hi Lena")

    async def story(shift: Shift) -> None:
        await until(lambda: "committed" in happened)
        # The bytes are with the socket; Twilio reads them when it comes to it.
        await until(lambda: shift.sent == ["Hi Lena"])

    play(line, story)
    stopping[0].result()
    threads.shutdown()
    assert happened == ["written", "committed"]


def test_in_any_order_of_sending_and_stopping_no_byte_leaves_after_a_commit(
    line: Leadline, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = [f"+1303555{n:04}" for n in range(100, 180)]
    happened: list[tuple[str, str]] = []
    write = wire._Connection._write

    def written(connection: Any, request: bytes) -> Any:
        number = request.rpartition(b"To=%2B")[2].partition(b"&")[0].decode()
        happened.append(("written", f"+{number}"))
        return write(connection, request)

    def say_stop() -> None:
        for n, number in enumerate(random.Random(7).sample(numbers, len(numbers))):
            texts.receive(line, texts.inbound(1000 + n, "STOP", From=number))
            happened.append(("committed", number))

    monkeypatch.setattr(wire._Connection, "_write", written)
    texts.queue(line, *(SendRequest(number=number, body="hi") for number in numbers))

    async def story(shift: Shift) -> None:
        with ThreadPoolExecutor(1) as thread:
            saying = asyncio.get_running_loop().run_in_executor(thread, say_stop)
            shift.worker.wake()
            await saying
        await until(lambda: set(states(line)) <= {"accepted", "refused", "received"})

    play(line, story)
    for number in numbers:
        order = [what for what, whose in happened if whose == number]
        assert order in (["written", "committed"], ["committed"]), number


def test_without_the_lock_a_stop_would_overtake_the_bytes(
    line: Leadline, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That the test above can fail."""
    happened: list[str] = []
    write = wire._Connection._write

    def written(connection: Any, request: bytes) -> Any:
        with ThreadPoolExecutor(1) as thread:
            thread.submit(texts.receive, line, texts.inbound(900, "STOP")).result()
        happened.extend(["committed", "written"])
        return write(connection, request)

    monkeypatch.setattr(wire._Connection, "_write", written)
    line.send(cast.LENA.phone, "Hi Lena")

    async def story(shift: Shift) -> None:
        await until(lambda: states(line)[0] == "accepted")

    with monkeypatch.context() as patched:
        patched.setattr(stops, "hold", lambda _tx: None)
        play(line, story)
    assert happened == ["committed", "written"]


@pytest.mark.parametrize("turns", range(4))
def test_a_text_that_is_called_off_around_its_look_keeps_no_stop_waiting(line: Leadline, turns: int) -> None:
    """A lock that stayed held would make the STOP fail after five seconds."""
    with line.database.write() as tx:
        thread = conversations.open_for(tx, [cast.LENA.phone], now=line.clock.now())[cast.LENA.phone]

    async def leaving(look: LastLook, under_way: asyncio.Event) -> None:
        async with look.at(thread.id, math.inf):
            await under_way.wait()

    async def story() -> None:
        look, under_way = LastLook(line.database, line.clock), asyncio.Event()
        other, called_off = (asyncio.create_task(leaving(look, under_way)) for _ in range(2))
        for _ in range(turns):
            await asyncio.sleep(0)
        called_off.cancel()
        await asyncio.wait([called_off])
        under_way.set()
        await other
        await asyncio.to_thread(stopper.stop, line, "text")
        await look.close()

    asyncio.run(story())
    with line.database.read() as tx:
        assert conversations.by_id(tx, thread.id).consent == "opted_out"


def test_every_attempt_names_a_decision_that_let_it_leave(line: Leadline) -> None:
    queued = line.send(cast.LENA.phone, "Hi Lena")
    texts.claim(line)

    with line.database.read() as tx:
        told = {each.id: each for each in decisions.of_message(tx, queued.id)}
        [attempt] = attempts.of_message(tx, queued.id)
    assert [each.asked_when for each in told.values()] == ["queue", "claim"]
    assert told[attempt.decision_id].asked_when == "claim"
    assert told[attempt.decision_id].answer["verdict"] == "allowed"
