"""A whole installation on real sockets: Leadline as ``leadline serve`` runs it, a proxy, and a Twilio."""

import asyncio
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp

from leadline import accounts, serving
from leadline.app import Leadline
from leadline.settings import Settings
from leadline.simulator import Reply, Simulator
from leadline.web.webhooks import PREFIX
from tests import cast
from tests.clock import Clock
from tests.e2e.front import Front, standing_before
from tests.e2e.waiting import AT_MOST

Make = Callable[..., Settings]
API = "/api/admin"
# Most stories are not about the rate of our number.
OF_AN_OFFICE = {"leadline_business_name": "Harbor Roofing", "leadline_sender_rate": 0}


@dataclass
class Office:
    """The installation, and a program that has a token for its API."""

    line: Leadline
    clock: Clock
    simulator: Simulator
    front: Front
    http: aiohttp.ClientSession

    @property
    def sent(self) -> list[str]:
        """What Twilio accepted."""
        return [accepted.body for accepted in self.simulator.ledger]

    async def call(self, method: str, path: str, document: Any = None, **headers: str) -> tuple[int, Any]:
        """Ask the API; the HTTP status and the document that it answers."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        async with self.http.request(method, f"{API}{path}", json=document, headers=named) as answer:
            return answer.status, await answer.json()

    async def get(self, path: str) -> Any:
        status, document = await self.call("GET", path)
        assert status == 200, document
        return document

    async def add_lead(self, **details: Any) -> int:
        """Lena, unless the details say otherwise; her id."""
        lead = {"name": cast.LENA.name, "phone": cast.LENA.phone} | details
        status, document = await self.call("POST", "/leads", lead)
        assert status == 201, document
        lead_id: int = document["id"]
        return lead_id

    async def send(self, lead_id: int, **sms: Any) -> int:
        """Queue a text; its id."""
        status, document = await self.call("POST", f"/leads/{lead_id}/sms", sms)
        assert status == 202, document
        message_id: int = document["id"]
        return message_id

    async def is_shown(self, message_id: int, status: str, *, tick: float = 0) -> dict[str, Any]:
        """Ask again and again until the text is shown as that, with ``tick`` seconds between; the text."""
        async with asyncio.timeout(AT_MOST):
            while (document := await self.get(f"/messages/{message_id}"))["status"] != status:
                self.clock.advance(tick)
        shown: dict[str, Any] = document
        return shown

    async def is_answered(self, message_id: int) -> None:
        """Wait until our worker has written what Twilio answered, or that it did not."""
        async with asyncio.timeout(AT_MOST):
            while not any(fact["kind"] == "answer" for fact in await self._evidence(message_id)):
                pass

    async def _evidence(self, message_id: int) -> list[dict[str, Any]]:
        evidence: list[dict[str, Any]] = (await self.get(f"/messages/{message_id}"))["evidence"]
        return evidence

    async def lena_texts(self, body: str, *pictures: str) -> Reply:
        """Lena texts our number."""
        return await self.simulator.reply(cast.LENA.phone, cast.OUR_NUMBER, body, pictures)


# Long enough for time to get on, short enough for no lease to end while a call is under way.
TICK = 0.25
Story = Callable[[Office], Awaitable[None]]


@asynccontextmanager
async def opened(
    make: Make,
    simulator: Simulator,
    *,
    clock: Clock,
    with_worker: bool = True,
    is_alone: bool = True,
    **changes: Any,
) -> AsyncIterator[Office]:
    """Serve until the end of the block, and end by the signal that a service manager sends, which only an
    office that ``is_alone`` in this process would hear.

    The simulator need not be running; where it will be is told by its ``base_url``.
    """
    listener = serving.listen(serving.HERE, 0)
    async with standing_before(serving.address(listener)) as front:
        simulator.configure(inbound_url=f"{front.url}{PREFIX}#rc=5&rp=all")
        settings = make(
            **OF_AN_OFFICE, twilio_api_base_url=simulator.base_url, leadline_public_url=front.url, **changes
        )
        with Leadline.open(settings, clock=clock) as line:
            served = _served(line, listener, with_worker=with_worker, by_signal=is_alone)
            async with served, _program(line, front) as http:
                yield Office(line, clock, simulator, front, http)


@asynccontextmanager
async def _served(
    line: Leadline, listener: Any, *, with_worker: bool, by_signal: bool
) -> AsyncIterator[None]:
    ready, over = asyncio.Event(), asyncio.Event()
    serving_ = asyncio.create_task(
        serving.serve(line, listener, with_worker=with_worker, on_ready=ready.set, until=over)
    )
    waiting = asyncio.create_task(ready.wait())
    await asyncio.wait([serving_, waiting], return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    try:
        yield
    finally:
        # Once it has ended, by a fault of its own, nobody would catch the signal.
        if by_signal and not serving_.done():
            signal.raise_signal(signal.SIGTERM)
        over.set()
        await serving_


@asynccontextmanager
async def _program(line: Leadline, front: Front) -> AsyncIterator[aiohttp.ClientSession]:
    with line.database.write() as tx:
        _, secret = accounts.create_token(tx, "crm", actor="cli", now=line.clock.now())
    async with aiohttp.ClientSession(front.behind, headers={"Authorization": f"Bearer {secret}"}) as session:
        yield session
