"""Real processes, ended gently and by force. Time here is the machine's own, but for the simulator's."""

import asyncio
import os
import signal
import socket
import sys
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
import pytest
from sqlalchemy import text

from leadline import accounts
from leadline.app import Leadline
from leadline.queueing import SendRequest
from leadline.settings import Settings
from leadline.simulator import Plan, Simulator, running
from tests import cast, texts
from tests.clock import Clock
from tests.e2e.waiting import AT_MOST

ROOT = Path(__file__).parents[2]
# Kept free for fiction, as all of the cast's.
NUMBERS = [f"+1{area}55501{n:02}" for area in (303, 305, 720) for n in range(100)]


@dataclass
class Installation:
    """One database and what processes on it are told. ``line`` is this process's own view of it."""

    line: Leadline
    simulator: Simulator
    folder: Path
    port: int
    processes: list[asyncio.subprocess.Process] = field(default_factory=list)

    async def start(self, *arguments: str) -> asyncio.subprocess.Process:
        """Start ``leadline`` and wait for the first line that it says."""
        with (self.folder / "errors.log").open("ab") as log:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "leadline", *arguments),
                stdout=asyncio.subprocess.PIPE,
                stderr=log,
                env=self._environment(),
                cwd=self.folder,
            )
        self.processes.append(process)
        assert process.stdout is not None
        async with asyncio.timeout(AT_MOST):
            assert await process.stdout.readline(), self.errors
        return process

    def _environment(self) -> dict[str, str]:
        settings = self.line.settings
        return os.environ | {
            "PYTHONPATH": str(ROOT / "src"),
            "TWILIO_ACCOUNT_SID": cast.ACCOUNT_SID,
            "TWILIO_AUTH_TOKEN": cast.AUTH_TOKEN,
            "TWILIO_PHONE_NUMBER": cast.OUR_NUMBER,
            "TWILIO_API_BASE_URL": self.simulator.base_url,
            "LEADLINE_PUBLIC_URL": f"http://127.0.0.1:{self.port}",
            "LEADLINE_DATABASE_URL": settings.leadline_database_url,
            "LEADLINE_MEDIA_DIR": settings.leadline_media_dir,
            "LEADLINE_SENDER_RATE": "0",
        }

    async def serve(self, *options: str) -> asyncio.subprocess.Process:
        return await self.start("serve", "--port", str(self.port), *options)

    async def end(self, process: asyncio.subprocess.Process, how: signal.Signals) -> int:
        """Send a signal; the code that the process exits with."""
        process.send_signal(how)
        async with asyncio.timeout(AT_MOST):
            return await process.wait()

    async def end_all(self) -> None:
        """End by force what a failed test left running."""
        for process in self.processes:
            with suppress(ProcessLookupError):
                process.kill()
            await process.communicate()

    @property
    def errors(self) -> str:
        return (self.folder / "errors.log").read_text()

    def queue(self, count: int) -> None:
        """Texts to as many people."""
        requests = [SendRequest(number=number, body=f"Hi {number}") for number in NUMBERS[:count]]
        assert len(texts.queue(self.line, *requests)) == count

    def states(self) -> Counter[str]:
        """How many texts are in each state."""
        with self.line.database.read() as tx:
            return Counter(tx.scalars(text("SELECT state FROM messages")))

    def workers(self) -> Counter[str]:
        """How many attempts each worker made."""
        with self.line.database.read() as tx:
            return Counter(tx.scalars(text("SELECT worker FROM attempts")))

    def end_leases(self) -> None:
        """As if two minutes had passed."""
        with self.line.database.write() as tx:
            tx.execute(text("UPDATE attempts SET lease_until = 0"))

    @property
    def sent_to(self) -> list[str]:
        """The numbers that Twilio accepted a text to."""
        return [accepted.to for accepted in self.simulator.ledger]

    async def has_sent(self, count: int) -> None:
        """Wait until Twilio has accepted that many texts."""
        news = asyncio.Event()
        forget = self.simulator.account.watch(lambda _phone: news.set())
        async with asyncio.timeout(AT_MOST):
            while len(self.simulator.ledger) < count:
                news.clear()
                await news.wait()
        forget()


Story = Callable[[Installation], Awaitable[None]]
Play = Callable[[Simulator, Story], None]


@pytest.fixture
def play(settings: Callable[..., Settings], database_url: str, tmp_path: Path) -> Play:
    """Run a story with an installation of its own."""

    async def performance(simulator: Simulator, story: Story) -> None:
        # The clock is the real one: with quiet hours, texts to Florida would wait from eight in the evening.
        given = settings(
            leadline_database_url=database_url, leadline_sender_rate=0, leadline_quiet_hours=False
        )
        with Leadline.open(given) as line:
            async with running(simulator):
                installation = Installation(line, simulator, tmp_path, _free_port())
                try:
                    await story(installation)
                finally:
                    await installation.end_all()

    return lambda simulator, story: asyncio.run(performance(simulator, story))


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


# Starting processes takes seconds, and these two stories are about signals and reports, not about SQL.
on_one_database = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)


def simulator_with(plan: Plan, clock: Clock | None = None) -> Simulator:
    simulator = Simulator(
        cast.ACCOUNT_SID, cast.AUTH_TOKEN, numbers=[cast.OUR_NUMBER], delay=0, seed=1, clock=clock
    )
    simulator.faults.follow(plan)
    return simulator


def test_a_service_that_is_told_to_stop_leaves_no_text_between_two_states(play: Play) -> None:
    async def story(here: Installation) -> None:
        here.queue(100)
        service = await here.serve()
        await here.has_sent(15)
        assert here.states()["posting"]
        assert await here.end(service, signal.SIGTERM) == 0, here.errors

        count = len(here.sent_to)
        assert len(set(here.sent_to)) == count < 100
        assert here.states() == {"accepted": count, "queued": 100 - count}

    play(simulator_with(Plan(delay=0.2)), story)


@on_one_database
def test_an_idle_service_and_an_idle_worker_stop_when_told(play: Play) -> None:
    async def story(here: Installation) -> None:
        processes = await asyncio.gather(here.serve(), here.start("worker"))
        codes = await asyncio.gather(*(here.end(process, signal.SIGTERM) for process in processes))
        assert codes == [0, 0], here.errors

    play(simulator_with(Plan()), story)


def test_what_a_killed_worker_was_sending_is_in_doubt_and_nothing_is_sent_twice(play: Play) -> None:
    async def story(here: Installation) -> None:
        worker = await here.start("worker")
        here.queue(50)
        await here.has_sent(10)
        await here.end(worker, signal.SIGKILL)
        left = here.states()
        assert left["posting"] >= 10
        assert left["queued"] == 50 - left["posting"]

        here.end_leases()
        worker = await here.start("worker")
        await here.has_sent(10 + left["queued"])
        assert await here.end(worker, signal.SIGTERM) == 0, here.errors
        assert here.states() == {"in_doubt": left["posting"], "accepted": left["queued"]}
        assert len(here.sent_to) == len(set(here.sent_to)) == 10 + left["queued"]

    play(simulator_with(Plan(next=(("accept_withheld", "callback_dropped"),) * 10)), story)


@on_one_database
def test_what_a_killed_service_was_sending_is_accepted_when_its_reports_come(play: Play) -> None:
    """The simulator's clock stands still, so the reports come when the service is there again."""
    clock = Clock()

    async def story(here: Installation) -> None:
        here.queue(5)
        service = await here.serve()
        await here.has_sent(5)
        await here.end(service, signal.SIGKILL)
        assert here.states() == {"posting": 5}

        service = await here.serve()
        clock.advance(here.simulator.faults.plan.callback_delay)
        await here.simulator.idle()
        assert here.states() == {"accepted": 5}
        assert await here.end(service, signal.SIGTERM) == 0, here.errors
        assert sorted(here.sent_to) == sorted(NUMBERS[:5])

    play(simulator_with(Plan(next=(("accept_withheld", "callback_delayed"),) * 5), clock), story)


@on_one_database
def test_what_a_killed_service_had_accepted_is_kept_and_sent_once(play: Play) -> None:
    async def story(here: Installation) -> None:
        service = await here.serve("--no-worker")
        accepted = await _send_until_killed(here, service)
        stored = here.states()["queued"]
        assert 10 <= len(accepted) <= stored

        worker = await here.start("worker")
        await here.has_sent(stored)
        assert await here.end(worker, signal.SIGTERM) == 0, here.errors
        assert {here.line.message(message_id).state for message_id in accepted} == {"accepted"}
        assert len(here.sent_to) == len(set(here.sent_to)) == stored

    play(simulator_with(Plan()), story)


async def _send_until_killed(here: Installation, service: asyncio.subprocess.Process) -> list[int]:
    """Many programs send at once, and the service is killed when it has answered ten; the ids it gave."""
    now = here.line.clock.now()
    with here.line.database.write() as tx:
        _, secret = accounts.create_token(tx, "crm", actor="cli", now=now)
    leads = [here.line.add_lead("Lead", number).id for number in NUMBERS[:60]]
    accepted: list[int] = []

    async def send(http: aiohttp.ClientSession, lead_id: int) -> None:
        with suppress(aiohttp.ClientError):
            async with http.post(f"/api/admin/leads/{lead_id}/sms", json={"body": "Hi"}) as answer:
                assert answer.status == 202
                accepted.append((await answer.json())["id"])
                if len(accepted) == 10:
                    service.kill()

    headers = {"Authorization": f"Bearer {secret}"}
    async with aiohttp.ClientSession(f"http://127.0.0.1:{here.port}", headers=headers) as http:
        await asyncio.gather(*(send(http, lead_id) for lead_id in leads))
    await service.wait()
    return accepted


def test_two_workers_on_one_database_send_three_hundred_texts_once_each(play: Play) -> None:
    """Twilio is slow enough for the second worker to find something when it looks after a second."""

    async def story(here: Installation) -> None:
        workers = await asyncio.gather(here.start("worker"), here.start("worker"))
        here.queue(300)
        await here.has_sent(300)
        codes = await asyncio.gather(*(here.end(worker, signal.SIGTERM) for worker in workers))
        assert codes == [0, 0], here.errors

        assert sorted(here.sent_to) == sorted(NUMBERS)
        assert here.states() == {"accepted": 300}
        assert len(here.workers()) == 2
        assert here.workers().total() == 300

    play(simulator_with(Plan(delay=0.07)), story)
