"""The simulator without sockets: it calls our webhooks through the fleet."""

import asyncio
import re
from functools import partial
from typing import TYPE_CHECKING, Self
from urllib.parse import parse_qsl

from yarl import URL

from leadline.simulator import Service, Simulator
from leadline.simulator.overrides import Overrides
from leadline.simulator.webhooks import Answer, Post, Webhooks, answered, unanswered
from leadline.twilio.wire import Answer as HttpAnswer
from leadline.web.webhooks import PREFIX
from simulation.network import Exchange, scope_of
from simulation.world import ACCOUNT_SID, AUTH_TOKEN, OUR_NUMBER, PUBLIC_URL, SERVICE_SID, Heard, World

if TYPE_CHECKING:
    from simulation.fleet import Fleet
    from simulation.process import Process

# What a careful team sets in Twilio's console, and what it is set to by default.
INBOUND_URLS = (f"{PUBLIC_URL}{PREFIX}#rc=2&rp=all", f"{PUBLIC_URL}{PREFIX}")


class Carrier(Simulator):
    """The simulator of one run. ``fleet`` is set once there is one."""

    fleet: "Fleet"

    def __init__(self, world: World) -> None:
        self._world = world
        chance = world.chance
        super().__init__(
            ACCOUNT_SID,
            AUTH_TOKEN,
            numbers=[OUR_NUMBER],
            inbound_url=chance.choice(INBOUND_URLS),
            base_url="https://api.twilio.com",
            delay=(0.05, chance.choice((0.2, 2.0))),
            seed=chance.getrandbits(32),
            clock=world.clock,
        )
        self.configure(services=[Service(SERVICE_SID, (OUR_NUMBER,))])
        self.faults.follow(world.weather.plan)

    def _make_webhooks(self) -> Webhooks:
        return WiredWebhooks(self, self._world)


class WiredWebhooks(Webhooks):
    """The carrier's webhook client, whose calls reach a process of the fleet, or none."""

    def __init__(self, carrier: Carrier, world: World) -> None:
        super().__init__(carrier.account)
        self._carrier = carrier
        self._world = world

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        """There is no session to close."""

    async def exchange(self, post: Post, overrides: Overrides, *, left: float) -> Answer:
        world = self._world
        world.stir()
        what = _describe(post)
        process = self._carrier.fleet.any()
        if process is None or world.strikes(world.weather.webhook_lost, "webhook lost"):
            await asyncio.sleep(min(left, world.chance.choice((0.01, overrides.connect))))
            world.note("carrier", f"{what}: nobody answers the door")
            return unanswered("ct")
        exchange = Exchange(scope_of("POST", URL(post.address, encoded=True), post.headers), post.body)
        await asyncio.sleep(world.chance.uniform(0.01, 0.1))
        try:
            async with asyncio.timeout(min(left, overrides.read)):
                answer = await self._ask(process, exchange, post)
        except TimeoutError:
            world.note("carrier", f"{what}: no answer in time from {process.name}")
            return unanswered("rt")
        except ConnectionError:
            world.note("carrier", f"{what}: {process.name} hung up")
            return unanswered("broken")
        finally:
            exchange.hang_up()
        world.note("carrier", f"{what}: {answer.status} from {process.name}")
        if world.strikes(world.weather.webhook_answer_lost, "webhook's answer lost"):
            return unanswered("rt")
        return answered(answer.status, answer.headers.get("Content-Type", ""), answer.body)

    async def _ask(self, process: "Process", exchange: Exchange, post: Post) -> HttpAnswer:
        task = process.spawn(self._serve(process, exchange, post))
        task.add_done_callback(partial(self._served, exchange))
        return await exchange.answer

    async def _serve(self, process: "Process", exchange: Exchange, post: Post) -> None:
        arrived = self._world.at
        await process.step("a webhook arrives")
        await exchange.give(process.webhooks, waited=lambda: self._world.at - arrived)
        if exchange.status < 300:
            self._remember(post)
        await process.step("a webhook is answered")

    def _served(self, exchange: Exchange, task: "asyncio.Task[None]") -> None:
        if not task.cancelled() and (error := task.exception()) is not None:
            self._world.blame(f"a webhook raised {error!r}")
        exchange.break_off(ConnectionResetError())

    def _remember(self, post: Post) -> None:
        """What was answered with 2xx is a promise."""
        records, said = self._world.records, dict(parse_qsl(post.body.decode()))
        if post.kind == "status":
            error_code = int(said.get("ErrorCode", 0))
            records.reports.append(Heard(post.sid, said["MessageStatus"], error_code))
            return
        records.inbound.add(post.sid)
        if said["Body"] == "STOP" and said["From"] not in records.back_in:
            records.stopped.setdefault(said["From"], self._world.at)


_WORDS = re.compile(rb"(?:^|&)(?:MessageStatus|Body)=([^&]{1,12})")


def _describe(post: Post) -> str:
    words = _WORDS.search(post.body)
    return f"{post.kind} {post.sid[:8]} {words[1].decode() if words else ''}"
