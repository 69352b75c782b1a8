"""Those who have texts sent, and those who get them."""

import asyncio
from collections.abc import Coroutine, Iterable, Iterator
from datetime import timedelta
from typing import Any

from leadline import queueing, reconciling
from leadline.errors import StoreUnavailable, TooLate
from leadline.queueing import Refused, SendRequest
from leadline.rules.looks import RESEND_AFTER_AT_LEAST
from simulation.carrier import Carrier
from simulation.fleet import Fleet
from simulation.process import Died, Process
from simulation.storage import Crash
from simulation.world import OUR_NUMBER, World

TEXTS = 50
ANSWERS = 10
SECONDS = 20.0
# What becomes of the texts to each lead; the last one has a number that Twilio refuses.
LEADS = {
    **{f"+130355501{number:02}": "on" for number in range(10)},
    "+13035550110": "off",
    "+13035550111": "filtered",
    "+13035550112": "silent",
    OUR_NUMBER: "on",
}
WORDS = ("Yes, Thursday", "How much?", "HELP", "STOP", "START")
_TRIES = 8
# Some texts are like others, so that Twilio's list does not tell one from the other.
_SAME = "See you on Thursday"


class Office:
    """Callers of the API: each text has its key, and is asked for again until the answer is known."""

    def __init__(self, world: World, fleet: Fleet) -> None:
        self._world = world
        self._fleet = fleet

    def work(self) -> Iterator[Coroutine[Any, Any, None]]:
        """All that is asked for in this run."""
        for number, moment in enumerate(self._world.moments(TEXTS, SECONDS), start=1):
            yield self._ask_for(number, moment)

    async def _ask_for(self, number: int, moment: float) -> None:
        world = self._world
        lead, priority = world.chance.choice(list(LEADS)), world.chance.choice((0, 0, 1))
        later = timedelta(seconds=world.chance.choice((0, 0, 0, 0, 20, 3600)))
        is_taken_back = world.strikes(0.06)
        body = _SAME if world.strikes(0.2) else f"{number:02} Is Thursday still good?"
        resend_after = RESEND_AFTER_AT_LEAST if world.strikes(0.1) else None
        await asyncio.sleep(moment)
        request = SendRequest(
            number=lead,
            body=body,
            idempotency_key=f"text-{number}",
            created_by="office",
            priority=priority,
            due_at=world.wall() + later if later else None,
            resend_after=resend_after,
        )
        message = await self._insist(request)
        if message is not None and is_taken_back:
            await asyncio.sleep(world.chance.uniform(0, 10))
            self._take_back(message)

    async def _insist(self, request: SendRequest) -> int | None:
        """Ask until there is an answer; whoever has one may ask again all the same."""
        world, key = self._world, str(request.idempotency_key)
        for _ in range(_TRIES):
            process = self._fleet.any()
            try:
                message = await self._queue(process, request)
            except (Died, StoreUnavailable) as error:
                world.note("office", f"{key}: {type(error).__name__}")
                await asyncio.sleep(world.chance.uniform(0.5, 10))
            except Refused:
                world.note("office", f"{key}: refused")
                return None
            else:
                if world.records.acknowledged.setdefault(key, message) != message:
                    world.blame(f"{key} is now message {message}")
                if not world.strikes(0.1):
                    return message
        return world.records.acknowledged.get(key)

    async def _queue(self, process: Process | None, request: SendRequest) -> int:
        if process is None:
            raise Died
        queued = await process.call(process.line.queue, request)
        self._world.stir()
        self._world.note("office", f"{request.idempotency_key} to {request.number} is message {queued.id}")
        return int(queued.id)

    def _take_back(self, message: int) -> None:
        process = self._fleet.any()
        if process is None or process.frozen_until > self._world.at:
            return
        try:
            with process.line.database.write() as tx:
                queueing.cancel(tx, message, actor="office", now=process.clock.now())
        except Crash as crash:
            process.crash(str(crash))
        except (StoreUnavailable, TooLate) as error:
            self._world.note("office", f"message {message} is not taken back: {type(error).__name__}")
        else:
            self._world.records.taken_back.add(message)
            self._world.note("office", f"message {message} is taken back")


def answers(world: World, carrier: Carrier) -> Iterator[Coroutine[Any, Any, None]]:
    """What leads text to us in this run."""
    for number, outcome in LEADS.items():
        if number != OUR_NUMBER:
            carrier.add_phone(number, outcome=outcome)
    for moment in world.moments(ANSWERS, 2 * SECONDS):
        who = world.chance.choice(list(LEADS)[:-1])
        yield _answer(world, carrier, who, world.chance.choice(WORDS), moment)


async def _answer(world: World, carrier: Carrier, who: str, words: str, moment: float) -> None:
    await asyncio.sleep(moment)
    world.stir()
    if words == "START":  # From here on it may be heard at any time, so nothing is promised any more.
        world.records.stopped.pop(who, None)
        world.records.back_in.add(who)
    elif words == "STOP":
        world.records.back_in.discard(who)
    reply = await carrier.reply(who, OUR_NUMBER, words)
    world.note("lead", f"{who} texted {words!r}: {reply.sid[:8]} {reply.status}")


def decide(world: World, process: Process, unconfirmed: Iterable[int]) -> None:
    """A person looks at the texts that nobody could find: some go again, some are left, some wait on."""
    for message in unconfirmed:
        decision = world.chance.choice((reconciling.send_again, reconciling.leave, None))
        if decision is not None:
            world.note("office", f"message {message}: {decision.__name__}")
            with process.line.database.write() as tx:
                decision(tx, message, actor="office", now=process.clock.now())
