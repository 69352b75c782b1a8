"""Where the product meets the network: requests carried in this process, late, broken or not at all."""

import asyncio
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from starlette.types import ASGIApp, Message, Scope
from yarl import URL

from leadline.settings import Settings
from leadline.twilio.client import TOTAL_SECONDS, TwilioClient
from leadline.twilio.permit import LastLook
from leadline.twilio.wire import Answer, Broken, Held, NeverLeft
from leadline.web.webhooks import Call, Webhooks
from simulation.world import World

if TYPE_CHECKING:
    from simulation.process import Process

_SLOWEST = 30.0
_TO_AND_BODY = re.compile(rb"To=([^&]+).*&Body=([^&+]+)")


class Exchange:
    """One request to an ASGI application, and what came back.

    It shows the simulator a transport, as uvicorn would, so that its ways to break a connection work here.
    """

    def __init__(self, scope: Scope, body: bytes) -> None:
        self.answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self.transport = _Transport(self)
        self._scope = scope
        self._body: bytes | None = body
        self._hung_up = asyncio.Event()
        self.status = 0
        self._headers: dict[str, str] = {}
        self._parts: list[bytes] = []

    async def serve(self, app: ASGIApp) -> None:
        """Let the application answer."""
        await app(self._scope, self.receive, self.send)

    async def give(self, webhooks: Webhooks, *, waited: Callable[[], float]) -> None:
        """Let our webhooks answer, as on the wire: they know how long the request has lain unread."""
        answered: asyncio.Future[None] = asyncio.get_running_loop().create_future()

        def reply(answer: tuple[int, bytes, bytes]) -> None:
            self.status, content_type, body = answer
            if not answered.done():  # Else the process died.
                answered.set_result(None)
            if not self.answer.done():
                headers = {"Content-Type": content_type.decode()} if body else {}
                self.answer.set_result(Answer(self.status, headers, body))

        webhooks.take(Call.of(self._scope, self._body, waited), reply)
        await answered

    async def receive(self) -> Message:
        if self._body is not None:
            body, self._body = self._body, None
            return {"type": "http.request", "body": body, "more_body": False}
        await self._hung_up.wait()
        return {"type": "http.disconnect"}

    async def send(self, event: Message) -> None:
        if event["type"] == "http.response.start":
            self.status = event["status"]
            self._headers = {
                name.decode().title(): value.decode("latin-1") for name, value in event.get("headers", ())
            }
            return
        self._parts.append(event.get("body", b""))
        if not event.get("more_body") and not self.answer.done():
            self.answer.set_result(Answer(self.status, self._headers, b"".join(self._parts)))

    def break_off(self, error: Exception) -> None:
        """No answer comes, or no more of it."""
        if not self.answer.done():
            self.answer.set_exception(error)
            self.answer.exception()  # Nobody may be there to hear of it.
        self.hang_up()

    def hang_up(self) -> None:
        """Whoever asked waits no longer."""
        self._hung_up.set()

    @property
    def is_hung_up(self) -> bool:
        return self._hung_up.is_set()


@dataclass(frozen=True, slots=True)
class _Transport:
    """As much of a transport as it takes to break a connection."""

    exchange: Exchange

    def is_closing(self) -> bool:
        return self.exchange.is_hung_up

    def get_extra_info(self, _name: str) -> "_Transport":
        return self

    def setsockopt(self, *_option: Any) -> None:
        """A reset is a reset without it."""

    def abort(self) -> None:
        self.exchange.break_off(Broken("The connection was reset: simulated"))

    def close(self) -> None:
        self.exchange.break_off(Broken("The answer broke off: simulated"))


def scope_of(method: str, url: URL, headers: Mapping[str, str]) -> Scope:
    """A request as an ASGI server hands it over."""
    return {
        "type": "http",
        "method": method,
        "path": url.path,
        "raw_path": url.raw_path.encode(),
        "query_string": url.raw_query_string.encode(),
        "headers": [(name.lower().encode(), value.encode("latin-1")) for name, value in headers.items()],
    }


# How long it takes to find out that nobody can be reached: refused, no such name, no answer at all.
_SECONDS_TO_NOBODY = (0.01, 0.2, 5.0)


@dataclass(slots=True)
class Network:
    """The network between our processes and the carrier."""

    world: World
    settings: Settings
    carrier: ASGIApp
    _under_way: set[asyncio.Task[None]] = field(default_factory=set)

    def client(self, process: "Process") -> "WiredClient":
        """The product's client, on this network."""
        return WiredClient(process, self)

    async def carry(self, exchange: Exchange) -> Answer:
        """Take a request to the carrier and its answer back."""
        world = self.world
        if world.strikes(world.weather.unreachable, "no connection"):
            await asyncio.sleep(world.chance.choice(_SECONDS_TO_NOBODY))
            raise NeverLeft("No connection: simulated")
        if world.strikes(world.weather.cut_before_it_arrives, "connection cut"):
            await asyncio.sleep(self._seconds())
            raise Broken("The connection broke before the request arrived: simulated")
        task = asyncio.get_running_loop().create_task(self._deliver(exchange))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        answer = await exchange.answer
        await asyncio.sleep(self._seconds())
        return answer

    async def _deliver(self, exchange: Exchange) -> None:
        await asyncio.sleep(self._seconds())
        # What is in the kernel when a process dies may arrive, or not.
        if not (exchange.is_hung_up and self.world.strikes(0.5)):
            await exchange.serve(self.carrier)

    def _seconds(self) -> float:
        world = self.world
        slowest = _SLOWEST if world.strikes(world.weather.slow) else 0.2
        return world.chance.uniform(0.01, slowest)


class WiredClient(TwilioClient):
    """The product's client, whose requests go over ``Network``."""

    def __init__(self, process: "Process", network: Network) -> None:
        settings = network.settings
        super().__init__(settings.twilio_account_sid or "", settings.api_credentials)
        self._process = process
        self._network = network

    async def exchange(
        self,
        method: str,
        url: URL,
        headers: Mapping[str, str],
        *,
        body: bytes | None = None,
        last_look: LastLook | None = None,
    ) -> Answer:
        process = self._process
        # Frozen here, a process has asked its clock for the last time and has not sent the first byte.
        await process.step("before a request leaves")
        if last_look is not None:
            async with last_look() as may_leave:
                if not may_leave:
                    raise Held("The last look said no.")
        # Looking things up goes on for days; only a text is news.
        if method == "POST":
            process.world.stir()
        what = self._describe(method, url, body)
        exchange = Exchange(scope_of(method, url, headers), body or b"")
        try:
            async with asyncio.timeout(TOTAL_SECONDS):
                answer = await self._network.carry(exchange)
        except TimeoutError:
            process.note(f"{what}: no answer in time")
            raise Broken("No answer in time: simulated") from None
        except OSError as error:
            process.note(f"{what}: {error}")
            raise
        finally:
            exchange.hang_up()
        await process.step("an answer has come")
        process.note(f"{what}: {answer.status}")
        return answer

    def _describe(self, method: str, url: URL, body: bytes | None) -> str:
        if method != "POST":
            return f"{method} {url.path_qs.rpartition('/')[2]}"
        form = _TO_AND_BODY.search(body or b"")
        if form is None:
            return "create"
        self._check_stop(unquote(form[1].decode()))
        return f"create {form[2].decode()}"

    def _check_stop(self, number: str) -> None:
        """Nothing leaves after a STOP was acknowledged, however long ago it was claimed."""
        process, world = self._process, self._process.world
        stopped_at = world.records.stopped.get(number)
        if stopped_at is not None:
            world.blame(f"{process.name}: a text to {number} leaves after its STOP was acknowledged")
