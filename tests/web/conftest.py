"""A client that speaks ASGI to the whole application in this process: no sockets, no server."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlencode, urlsplit

import pytest
from sqlalchemy import event
from starlette.requests import Request
from starlette.routing import Mount

from leadline import accounts, signin
from leadline.app import Leadline
from leadline.store.database import Database
from leadline.store.users import User
from leadline.web.app import create_app
from tests import cast

HOST = "127.0.0.1:8765"
Headers = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def header(self, name: str) -> str | None:
        """The first header of that name."""
        return next((value for key, value in self.headers if key == name.lower()), None)

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True, slots=True)
class Stream:
    """The parts of an answer as they come."""

    events: asyncio.Queue[dict[str, Any]]

    async def next(self) -> dict[str, Any]:
        """The next part, whatever it is."""
        return await asyncio.wait_for(self.events.get(), 10)

    async def message(self) -> dict[str, str]:
        """The data of the next server-sent event; comments and the answer's head are passed over."""
        while True:
            text = (await self.next()).get("body", b"").decode()
            for line in text.splitlines():
                if line.startswith("data: ") and line != "data: {}":
                    found: dict[str, str] = json.loads(line.removeprefix("data: "))
                    return found

    async def named(self, event: str) -> None:
        """Wait for an event of that name."""
        while f"event: {event}\n" not in (await self.next()).get("body", b"").decode():
            pass

    async def parts(self, *names: str) -> dict[str, str]:
        """The events' data until all of these parts have come."""
        found: dict[str, str] = {}
        while not found.keys() >= set(names):
            found |= await self.message()
        return found

    async def shows(self, part: str, words: str) -> None:
        """Wait until the part has these words, which may be told in the second event of two."""
        while words not in (await self.parts(part))[part]:
            pass

    async def is_over(self) -> bool:
        """Wait for the end."""
        while (await self.next()).get("more_body", True):
            pass
        return True


class Client:
    """Calls an application as a server would. ``headers`` go with every call; cookies are not kept."""

    def __init__(self, app: Any, loop: asyncio.Runner, headers: Headers | None = None) -> None:
        self.app = app
        self.loop = loop
        self.headers = dict(headers or {})

    def having(self, **headers: str) -> "Client":
        """The same client with more headers: ``having(cookie="…")``."""
        more = {name.replace("_", "-"): value for name, value in headers.items()}
        return Client(self.app, self.loop, self.headers | more)

    def get(self, path: str, **headers: str) -> Answer:
        return self.having(**headers).call("GET", path)

    def post(self, path: str, fields: Mapping[str, str] | None = None, **headers: str) -> Answer:
        """Post a form, as a page of ours does."""
        form = {"content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin"}
        return self.having(**(form | headers)).call("POST", path, urlencode(fields or {}).encode())

    def send(self, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        """Send JSON, as a program does."""
        return self.having(content_type="application/json", **headers).call(
            method, path, json.dumps(body).encode()
        )

    def call(self, method: str, path: str, body: bytes = b"") -> Answer:
        return self.loop.run(self.ask(method, path, body))

    async def ask(self, method: str, path: str, body: bytes = b"") -> Answer:
        """One request. A fault that the application raises after its answer is left to the server's log."""
        asked = False
        sent: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            nonlocal asked
            if asked:
                await asyncio.Event().wait()
            asked = True
            return {"type": "http.request", "body": body}

        async def send(event: dict[str, Any]) -> None:
            sent.append(event)

        try:
            await self.app(self.scope(method, path), receive, send)
        except Exception:
            if not sent:
                raise
        headers = [(key.decode("latin-1"), value.decode("latin-1")) for key, value in sent[0]["headers"]]
        return Answer(sent[0]["status"], headers, b"".join(event.get("body", b"") for event in sent[1:]))

    @asynccontextmanager
    async def stream(self, path: str) -> AsyncIterator["Stream"]:
        """A GET whose answer goes on; leaving the block is the reader's leaving."""
        left, events = asyncio.Event(), asyncio.Queue[dict[str, Any]]()

        async def receive() -> dict[str, Any]:
            await left.wait()
            return {"type": "http.disconnect"}

        task = asyncio.create_task(self.app(self.scope("GET", path), receive, events.put))
        try:
            yield Stream(events)
        finally:
            left.set()
            await task

    def scope(self, method: str, path: str) -> dict[str, Any]:
        """What a server tells of a request."""
        parts = urlsplit(path)
        headers = {"host": HOST} | self.headers
        return {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": unquote(parts.path),
            "raw_path": parts.path.encode(),
            "query_string": parts.query.encode(),
            "root_path": "",
            "headers": [(name.encode(), value.encode("latin-1")) for name, value in headers.items()],
            "client": ("127.0.0.1", 50000),
            "server": ("127.0.0.1", 8765),
        }


def asking(client: Client) -> Request:
    """A request to the pages that says nothing, such as the live update keeps."""
    [pages] = [route.app for route in client.app.routes if isinstance(route, Mount) and not route.path]
    return Request({"type": "http", "app": pages, "path": "/", "query_string": b"", "headers": []})


@contextmanager
def questions(database: Database) -> Iterator[list[str]]:
    """What readers ask the database meanwhile."""
    asked: list[str] = []

    def note(*given: Any) -> None:
        asked.append(given[2])

    event.listen(database._reader, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(database._reader, "before_cursor_execute", note)


@pytest.fixture
def anyone(line: Leadline) -> Iterator[Client]:
    """Somebody who has shown nothing yet."""
    with asyncio.Runner() as loop:
        yield Client(create_app(line), loop)


@pytest.fixture
def api(anyone: Client, line: Leadline) -> Client:
    """A program with a token."""
    return anyone.having(authorization=f"Bearer {token(line)}")


@pytest.fixture
def alice(anyone: Client, line: Leadline) -> Client:
    """Alice, signed in."""
    return signed_in(anyone, line, cast.ALICE)


@pytest.fixture
def anyone_of() -> Iterator[Callable[[Leadline, cast.Member], Client]]:
    """A member of the team in front of a Leadline that the test has opened itself."""
    with asyncio.Runner() as loop:
        yield lambda line, who: signed_in(Client(create_app(line), loop), line, who)


def token(line: Leadline, name: str = "crm", *, user: User | None = None) -> str:
    """A new API token's secret."""
    with line.database.write() as tx:
        _, secret = accounts.create_token(
            tx, name, user_id=user.id if user else None, actor="cli", now=line.clock.now()
        )
    return secret


def member(line: Leadline, who: cast.Member) -> User:
    """That member of the team as a user."""
    with line.database.write() as tx:
        return accounts.add_user(
            tx, name=who.name, email=who.email, role=who.role, actor="cli", now=line.clock.now()
        )


def signin_secret(line: Leadline, user: User) -> str:
    """The secret part of a sign-in link."""
    with line.database.write() as tx:
        return signin.make_link(tx, user.id, now=line.clock.now())


def signed_in(client: Client, line: Leadline, who: cast.Member) -> Client:
    """The client with that member's session."""
    secret = signin_secret(line, member(line, who))
    with line.database.write() as tx:
        entered = signin.by_link(tx, secret, now=line.clock.now())
    return client.having(cookie=f"leadline={entered.secret}")
