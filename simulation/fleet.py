"""The processes of ours behind one address, and who starts them again."""

import asyncio

from leadline.errors import StoreUnavailable
from leadline.settings import Settings
from simulation.network import Network
from simulation.process import Process
from simulation.storage import Crash, Ground
from simulation.world import World


class Fleet:
    """Some places, each with a process that is replaced when it dies or freezes.

    One that froze goes on when it thaws, beside its successor: it does not know how long it was gone.
    """

    def __init__(self, world: World, *, ground: Ground, settings: Settings, network: Network) -> None:
        self._world = world
        self._ground = ground
        self._settings = settings
        self._network = network
        self._processes: list[Process] = []
        self._keepers: list[asyncio.Task[None]] = []
        self._started = 0

    def any(self) -> Process | None:
        """The process that a request reaches, if one listens; it may be frozen."""
        living = self.living()
        return self._world.chance.choice(living) if living else None

    def living(self) -> list[Process]:
        """All that listen, frozen or not."""
        self._processes = [process for process in self._processes if not process.is_dead]
        return self._processes

    def keep(self, places: int) -> None:
        """Start that many and see to it that as many run."""
        self._keepers = [asyncio.create_task(self._keep_one()) for _ in range(places)]

    async def end(self) -> None:
        """Start no more, wait for the frozen to thaw and to do what they have in mind, then kill all."""
        for keeper in self._keepers:
            keeper.cancel()
        until = max((process.frozen_until for process in self.living()), default=0.0)
        await asyncio.sleep(max(until - self._world.at, 0) + 60)
        for process in self.living():
            process.crash("killed at the end")

    async def _keep_one(self) -> None:
        while True:
            process = self.start()
            if process is not None:
                await process.left_alone
            await asyncio.sleep(self._world.chance.uniform(0.5, 30))

    def start(self) -> Process | None:
        """A new process, unless it does not come up."""
        self._started += 1
        name = f"process {self._started}"
        process = Process(
            self._world, name, ground=self._ground, settings=self._settings, network=self._network
        )
        try:
            process.start()
        except (Crash, StoreUnavailable) as error:
            process.crash(f"did not start: {error}")
            return None
        self._processes.append(process)
        return process
