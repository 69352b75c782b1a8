"""What the simulator's tests stand on: a simulator on a real socket, and an application it calls."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

import aiohttp
from aiohttp import web
from twilio.request_validator import RequestValidator
from twilio.rest import Client

from leadline.simulator import Reply, Simulator, running

LENA = "+17205550142"
BOB = "+13055550119"
OURS = "+15005550006"
LOCAL = "+17205550100"
TOLL_FREE = "+18885550100"
SERVICE = "MG" + "5" * 32

Answer = Callable[["Received"], web.Response]


@dataclass(frozen=True)
class Received:
    """One request that the application got."""

    path: str
    pairs: list[tuple[str, str]]
    headers: dict[str, str]
    is_genuine: bool

    @property
    def fields(self) -> dict[str, str]:
        return dict(self.pairs)


@dataclass
class App:
    """An application with webhooks. It answers ``<Response/>``, or what ``answers`` has for the path."""

    url: str = ""
    token: str = ""
    received: list[Received] = field(default_factory=list)
    answers: dict[str, Answer] = field(default_factory=dict)
    news: asyncio.Event = field(default_factory=asyncio.Event)

    async def serve(self, request: web.BaseRequest) -> web.Response:
        body = await request.text()
        pairs = parse_qsl(body, keep_blank_values=True)
        signature = request.headers.get("X-Twilio-Signature", "")
        genuine = RequestValidator(self.token).validate(
            f"{self.url}{request.path_qs}", dict(pairs), signature
        )
        self.received.append(
            Received(
                request.path, pairs, {name.lower(): value for name, value in request.headers.items()}, genuine
            )
        )
        self.news.set()
        answer = self.answers.get(request.path)
        return answer(self.received[-1]) if answer else xml("<Response/>")

    async def has_received(self, count: int) -> None:
        """Wait until that many requests have come in all."""
        while len(self.received) < count:
            self.news.clear()
            await self.news.wait()

    def at(self, path: str) -> list[Received]:
        return [request for request in self.received if request.path == path]

    @property
    def statuses(self) -> list[str]:
        return [
            request.fields["MessageStatus"] for request in self.received if "MessageStatus" in request.fields
        ]


@dataclass
class Stage:
    simulator: Simulator
    url: str
    app: App
    http: aiohttp.ClientSession

    @property
    def messages_url(self) -> str:
        return f"{self.url}/2010-04-01/Accounts/{self.simulator.account_sid}/Messages.json"

    @property
    def credentials(self) -> dict[str, str]:
        pair = (self.simulator.account_sid, self.simulator.auth_token)
        return {"Authorization": aiohttp.encode_basic_auth(*pair)}

    @property
    def sdk(self) -> Client:
        """The official SDK, pointed here."""
        client = Client(self.simulator.account_sid, self.simulator.auth_token)
        client.api.base_url = self.url
        return client

    async def create(self, **form: str | list[str]) -> tuple[int, Any]:
        """The HTTP status and the document that a create is answered with."""
        pairs = {"To": LENA, "From": OURS, "Body": "Hello Lena", **form}
        return await self.call("POST", self.messages_url, pairs=_pairs(pairs))

    async def call(
        self, method: str, url: str, pairs: list[tuple[str, str]] | None = None
    ) -> tuple[int, Any]:
        if url.startswith("/"):
            url = f"{self.url}{url}"
        async with self.http.request(method, url, data=pairs, headers=self.credentials) as answer:
            return answer.status, await answer.json() if answer.status != 204 else None

    async def text_us(self, body: str, *, from_: str = LENA, to: str = OURS) -> Reply:
        return await self.simulator.reply(from_, to, body)


def _pairs(form: dict[str, str | list[str]]) -> list[tuple[str, str]]:
    return [
        (name, value)
        for name, values in form.items()
        for value in (values if isinstance(values, list) else [values])
        if value
    ]


async def until(is_so: Callable[[], bool]) -> None:
    """Let the others run until it is so. For what tells nobody when it happens."""
    while not is_so():  # noqa: ASYNC110
        await asyncio.sleep(0)


def xml(document: str, *, status: int = 200) -> web.Response:
    return web.Response(text=document, content_type="text/xml", status=status)


@asynccontextmanager
async def staged(**options: Any) -> AsyncIterator[Stage]:
    simulator = Simulator(**{"delay": 0, "seed": 1, **options})
    app = App(token=simulator.auth_token)
    server = web.Server(app.serve)
    runner = web.ServerRunner(server)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    app.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    simulator.configure(inbound_url=f"{app.url}/inbound", status_callback=f"{app.url}/status")
    try:
        async with running(simulator) as url, aiohttp.ClientSession() as http:
            yield Stage(simulator, url, app, http)
    finally:
        await runner.cleanup()


def play(story: Callable[[Stage], Awaitable[None]], **options: Any) -> None:
    """Run a story on a stage of its own. Every webhook in it must bear a genuine signature."""

    async def performance() -> None:
        async with staged(**options) as stage:
            await story(stage)
            await stage.simulator.idle()
            assert all(request.is_genuine for request in stage.app.received)

    asyncio.run(performance())
