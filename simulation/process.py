"""One process of the product, from its start to its end."""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

from leadline import numbers
from leadline.app import Leadline
from leadline.settings import Settings
from leadline.store import senders
from leadline.web.webhooks import Webhooks
from leadline.worker import Worker
from simulation.network import Network
from simulation.storage import Crash, Ground, SteppedWriter
from simulation.world import World

Answer = TypeVar("Answer")


class Died(Exception):
    """The process that was asked did not live to answer."""


class ProcessClock:
    """A process's time. What it sleeps is longer than it asked for, as on a machine that is busy or asleep.

    Where nothing has happened for an hour it sleeps for an hour: else a day of waiting would cost 86,400
    looks into an empty queue.
    """

    def __init__(self, process: "Process") -> None:
        self._process = process
        self._world = process.world

    def now(self) -> datetime:
        return self._world.wall()

    def monotonic(self) -> float:
        return self._world.at

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(max(seconds * self._world.chance.uniform(1, 4), self._world.idle()))
        await self._process.running()


class Process:
    """Web server, writer and worker over one database file, from start to crash.

    A crash ends every task at once. Whatever a task does while it ends reaches neither disk nor network,
    so it is as if it had not done it.
    """

    def __init__(
        self, world: World, name: str, *, ground: Ground, settings: Settings, network: Network
    ) -> None:
        self.world = world
        self.name = name
        self.clock = ProcessClock(self)
        self.is_dead = False
        self.is_without_database = False
        self.frozen_until = 0.0
        self.left_alone: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._ground = ground
        self._settings = settings
        self._network = network
        # In the order of their beginning: a set's own order would be another in every run.
        self._tasks: dict[asyncio.Task[Any], None] = {}
        self._database = ground.lend(self)
        self._writer: SteppedWriter | None = None

    def start(self) -> None:
        """Open Leadline and begin to work. Raises Crash or StoreUnavailable when it does not come up."""
        with self._database.write() as tx:
            numbers.note_sender(tx, self._settings, now=self.clock.now())
            senders.start_again(tx)
        self._writer = SteppedWriter(self._database, self)
        self.line = Leadline(
            settings=self._settings, clock=self.clock, database=self._database, writer=self._writer
        )
        client = self._network.client(self)
        self.worker = Worker(self.line, client)
        self.webhooks = Webhooks(self.line, changed=self._heard, client=client)
        self._working = self.spawn(self.worker.run())
        self._working.add_done_callback(self._has_stopped_working)
        self.note("starts")

    def _heard(self, *_ids: int, sid: str = "") -> None:
        """No page is open; and a webhook queues a text only where there is an automatic reply."""
        del sid
        if self._settings.leadline_auto_reply_template:
            self.worker.wake()

    def note(self, what: str) -> None:
        """A line of the story."""
        self.world.note(self.name, what)

    def spawn(self, work: Coroutine[Any, Any, Answer]) -> "asyncio.Task[Answer]":
        """A task that dies with this process."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks[task] = None
        task.add_done_callback(self._forget)
        if self.is_dead:
            task.cancel()
        return task

    async def call(self, use_case: Any, item: Any) -> Any:
        """Ask for one use case, as the API does. Raises what it raises, and Died."""
        task = self.spawn(self._called(use_case, item))
        await asyncio.wait((task,))
        if task.cancelled():
            raise Died
        return task.result()

    async def _called(self, use_case: Any, item: Any) -> Any:
        await self.step("a request arrives")
        answer = await self.line.writer.write(use_case, item)
        await self.step("a request is answered")
        self.worker.wake()
        return answer

    async def step(self, where: str) -> None:
        """A place where a process may die or freeze; returns while it lives."""
        try:
            self.may_die(where)
        except Crash:
            self.crash(where)
        if self.world.strikes(self.world.weather.freeze, "freeze"):
            self.freeze(self.world.chance.uniform(10, 600), where)
        await self.running()

    async def running(self) -> None:
        """Wait while frozen; in a dead process for ever."""
        seconds = self.frozen_until - self.world.at
        if seconds > 0 and not self.is_dead:
            await asyncio.sleep(seconds)
            await self.running()
        if self.is_dead:
            await asyncio.get_running_loop().create_future()

    def may_die(self, where: str) -> None:
        """A place where a process may die. Raises Crash."""
        if self.world.strikes(self.world.weather.crash, "crash"):
            raise Crash(where)

    def later(self, seconds: float, turn: Callable[[], None]) -> None:
        """Call ``turn`` in so many seconds, or when this process runs again, if it lives then."""
        if self.is_dead:
            return
        wait = self.frozen_until - self.world.at
        if seconds <= 0 >= wait:
            turn()
        else:
            asyncio.get_running_loop().call_later(max(seconds, wait), partial(self.later, 0, turn))

    def disk_seconds(self) -> float:
        """How long a commit takes this time."""
        world = self.world
        return world.chance.uniform(0.5, 8) if world.strikes(world.weather.database_slow) else 0.002

    def freeze(self, seconds: float, where: str) -> None:
        """Stand still, as a suspended machine does; whoever watches takes this process for dead."""
        self.note(f"freezes for {seconds:.0f} s: {where}")
        self.frozen_until = max(self.frozen_until, self.world.at + seconds)
        self._is_left_alone()

    def crash(self, where: str) -> None:
        """Be gone."""
        if self.is_dead:
            return
        self.note(f"dies: {where}")
        self.is_dead = True
        for task in tuple(self._tasks):
            task.cancel()
        if self._writer is not None:
            self._writer.close()
        self._ground.take_back(self._database)
        self._is_left_alone()

    async def stop(self) -> None:
        """End as a signal would have it: nothing new, and what was begun is finished."""
        self.note("is told to stop")
        self.worker.stop()
        await asyncio.wait((self._working,), timeout=60)
        self.crash("stopped")

    def _has_stopped_working(self, task: "asyncio.Task[None]") -> None:
        if not task.cancelled() and (error := task.exception()) is not None:
            self.world.blame(f"{self.name}: a fault ended the worker: {error!r}")
            self.crash("by a fault of its own")

    def _forget(self, task: asyncio.Task[Any]) -> None:
        del self._tasks[task]

    def _is_left_alone(self) -> None:
        if not self.left_alone.done():
            self.left_alone.set_result(None)
