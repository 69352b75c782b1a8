"""What happens to machines at moments of its own, whatever they are doing."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from datetime import timedelta
from typing import Any

from simulation.fleet import Fleet
from simulation.process import Process
from simulation.world import World


def all_of_it(world: World, fleet: Fleet, *, until: float) -> Iterator[Coroutine[Any, Any, None]]:
    """The troubles of this run, each at its moment."""
    for trouble, most in _MOST.items():
        for moment in world.moments(world.chance.randint(0, most), until):
            yield _strike(trouble, world, fleet, moment)


async def _strike(trouble: "Trouble", world: World, fleet: Fleet, moment: float) -> None:
    await asyncio.sleep(moment)
    process = fleet.any()
    if process is not None:
        world.stir()
        world.struck[_NAMES[trouble]] += 1
        await trouble(world, process)


async def _power_cut(_world: World, process: Process) -> None:
    process.crash("power cut")


async def _suspend(world: World, process: Process) -> None:
    process.freeze(world.chance.choice((4, 30, 130, 400)), "suspended")


async def _restart(_world: World, process: Process) -> None:
    await process.stop()


async def _lose_database(world: World, process: Process) -> None:
    process.note("cannot reach its database")
    process.is_without_database = True
    await asyncio.sleep(world.chance.uniform(1, 60))
    process.is_without_database = False
    process.note("reaches its database again")


async def _set_the_clock(world: World, _process: Process) -> None:
    world.wall_offset = timedelta(seconds=world.chance.choice((-3600, -30, 0, 30, 3600)))
    world.clock_was_wrong = True
    world.note("world", f"the wall clock is off by {world.wall_offset.total_seconds():+.0f} s")


Trouble = Callable[[World, Process], Coroutine[Any, Any, None]]

_NAMES: dict[Trouble, str] = {
    _power_cut: "power cut",
    _suspend: "suspension",
    _restart: "restart",
    _lose_database: "database lost",
    _set_the_clock: "clock set",
}
# How often each strikes in a run, at most.
_MOST: dict[Trouble, int] = {
    _power_cut: 2,
    _suspend: 2,
    _restart: 2,
    _lose_database: 1,
    _set_the_clock: 2,
}
