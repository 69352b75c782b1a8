"""One run from its seed to the verdict."""

import asyncio
import logging
import random
import secrets
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from functools import cache
from typing import Any
from unittest.mock import patch

import structlog

from leadline.settings import Settings
from simulation import oracle, people, trouble
from simulation.carrier import Carrier
from simulation.fleet import Fleet
from simulation.network import Network
from simulation.storage import Ground
from simulation.virtual import VirtualLoop
from simulation.world import ACCOUNT_SID, AUTH_TOKEN, OUR_NUMBER, PUBLIC_URL, SERVICE_SID, World

# How long a run may take to come to rest, in its own time.
PATIENCE = 20 * 86_400.0
_A_DAY = 86_400.0
_OPEN = "SELECT id FROM messages WHERE state IN ('queued', 'posting', 'in_doubt') LIMIT 1"
_UNCONFIRMED = "SELECT id FROM messages WHERE state = 'unconfirmed' ORDER BY id"
_EXPECTED = "SELECT id FROM messages WHERE look_at IS NOT NULL LIMIT 1"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of a seed. ``seconds`` are virtual; ``states`` counts our texts by the word shown, ``faults``
    what struck beside the carrier's own.
    """

    seed: int
    violations: tuple[str, ...]
    seconds: float
    states: Counter[str]
    faults: Counter[str]
    story: str

    def without_its_story(self) -> "Verdict":
        """The same without the story, to be kept by the thousand."""
        return replace(self, story="")


def run(seed: int, ground: Ground) -> Verdict:
    """Live through a seed. Equal seeds have equal verdicts, story included."""
    ground.renew()
    with _chance_from(seed), _without_logs(), asyncio.Runner(loop_factory=VirtualLoop) as runner:
        world = World(seed, runner.get_loop())
        return runner.run(_live(world, ground))


async def _live(world: World, ground: Ground) -> Verdict:
    carrier = Carrier(world)
    network = Network(world, _settings(world), carrier.app)
    fleet = carrier.fleet = Fleet(world, ground=ground, settings=network.settings, network=network)
    async with carrier:
        fleet.keep(world.chance.choice((1, 1, 2, 3)))
        await _storm(world, carrier, fleet)
        await _calm(world, carrier, fleet, ground)
        found = oracle.facts(world, carrier, ground.file)
        broken = oracle.violations(found)
        for process in fleet.living():
            process.crash("the end")
    return Verdict(
        seed=world.seed,
        violations=tuple(broken),
        seconds=world.at,
        states=Counter(row.shown for row in found.outbound),
        faults=world.struck,
        story=world.story.text(),
    )


async def _storm(world: World, carrier: Carrier, fleet: Fleet) -> None:
    """Everybody does what they do while everything goes wrong."""
    office = people.Office(world, fleet)
    length = world.chance.uniform(people.SECONDS, 2 * people.SECONDS)
    await asyncio.gather(
        *office.work(),
        *people.answers(world, carrier),
        *trouble.all_of_it(world, fleet, until=length),
    )


async def _calm(world: World, carrier: Carrier, fleet: Fleet, ground: Ground) -> None:
    """No more faults: what is open must come to its end by itself, or by a person where it waits for one."""
    world.clear_up()
    carrier.faults.follow(replace(world.storm.plan, chance={}, concurrency=None, delay=0.0))
    await fleet.end()
    process = fleet.start()
    with closing(sqlite3.connect(ground.file)) as tx:
        await _until(lambda: not tx.execute(_OPEN).fetchall(), world, carrier)
        if process is not None:
            people.decide(world, process, [message for (message,) in tx.execute(_UNCONFIRMED).fetchall()])
        await _until(lambda: not tx.execute(_OPEN).fetchall(), world, carrier)
        await _until(lambda: not tx.execute(_EXPECTED).fetchall(), world, carrier)
    # The carrier's list may lag by hours, and a process where nothing happens sleeps ever longer.
    await asyncio.sleep(2 * max(world.idle(), _A_DAY))


async def _until(is_so: Callable[[], bool], world: World, carrier: Carrier) -> None:
    """Let time pass until it is so, or patience ends; the oracle tells which."""
    world.stir()
    until, pause = world.at + PATIENCE, 10.0
    while world.at < until:
        await asyncio.sleep(pause)
        await carrier.idle()
        if is_so():
            return
        pause *= 1.5


def _settings(world: World) -> Settings:
    return _made(
        service=world.chance.choice((None, None, SERVICE_SID)),
        reply=world.chance.choice((None, "follow_up")),
        width=world.chance.choice((1, 3, 10)),
        rate=world.chance.choice((0, 0, 5)),
    )


@cache
def _made(*, service: str | None, reply: str | None, width: int, rate: int) -> Settings:
    values: dict[str, Any] = {
        "_env_file": None,
        "twilio_account_sid": ACCOUNT_SID,
        "twilio_auth_token": AUTH_TOKEN,
        "twilio_phone_number": OUR_NUMBER,
        "twilio_messaging_service_sid": service,
        "leadline_public_url": PUBLIC_URL,
        "leadline_business_name": "Harbor Roofing",
        "leadline_auto_reply_template": reply,
        "leadline_send_concurrency": width,
        "leadline_sender_rate": rate,
    }
    return Settings(**values)


@contextmanager
def _chance_from(seed: int) -> Iterator[None]:
    """The product's two sources of chance, drawn from the seed for as long as the run lasts."""
    before, tokens = random.getstate(), random.Random(f"tokens of {seed}")
    random.seed(seed)
    with (
        patch.object(secrets, "token_hex", lambda size: tokens.randbytes(size).hex()),
        patch.object(secrets, "token_urlsafe", lambda size: tokens.randbytes(size).hex()),
    ):
        yield
    random.setstate(before)


@contextmanager
def _without_logs() -> Iterator[None]:
    """The story is told already; thousands of runs would log the same warnings again and again."""
    before = structlog.get_config()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    yield
    structlog.configure(**before)
