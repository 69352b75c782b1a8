"""An installation with two teams, and what each role may come across in it."""

import asyncio
import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import FastAPI
from starlette.routing import BaseRoute, Mount, Route

from leadline import accounts, signin
from leadline.app import Leadline
from leadline.queueing import SendRequest
from leadline.rules.looks import LIST_LOOKS
from leadline.store import media, teams, users
from leadline.store.database import Transaction
from leadline.store.leads import Lead
from leadline.store.messages import Queued
from leadline.store.teams import Team
from leadline.store.tokens import Token
from leadline.store.users import User
from leadline.twilio.client import SendKind
from leadline.web.app import Root
from leadline.web.webhooks import PATHS
from tests import cast, texts
from tests.clock import Clock
from tests.web.conftest import Answer, Client, signin_secret, token

VERA = cast.Member("Vera", "vera@example.com", role="viewer", team="North")
# Somebody of whom there are as many as are asked for.
DORA = cast.Member("Dora", "dora@example.com", role="agent", team="North")
# Bob owns what is there, so it is of the North; Vera is of the North too, Charlie of the South.
ROLES: Mapping[str, cast.Member | None] = {
    "anonymous": None,
    "viewer": VERA,
    "agent": cast.BOB,
    "other": cast.CHARLIE,
    "admin": cast.ALICE,
}
PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)
# All of Colorado, where the tests' clock shows a good hour.
AREA_CODES = (303, 720, 970, 719)
LENAS = int(cast.LENA.phone[-2:])


def routes_of(root: Root) -> Iterator[tuple[str, str]]:
    """Every method and path that the application answers to, whatever surface has it."""
    yield from (("POST", path) for path in PATHS)
    yield from _walk(root.routes, "")


def _walk(routes: list[BaseRoute], prefix: str) -> Iterator[tuple[str, str]]:
    for route in routes:
        if isinstance(route, Mount):
            below = route.app.routes if isinstance(route.app, FastAPI) else route.routes
            yield from (
                _walk(below, prefix + route.path) if below else [("GET", f"{prefix}{route.path}/{{file}}")]
            )
        elif isinstance(route, Route):
            for method in sorted((route.methods or set()) - {"HEAD"}):
                yield method, (prefix + route.path)
        else:
            # FastAPI keeps an included router as it is.
            yield from _walk(vars(route)["original_router"].routes, prefix)


@dataclass(frozen=True, slots=True)
class Row:
    """What a route answers to each role, in the order of ROLES. ``{names}`` in path, query and form stand for
    what MAKERS make: new for each call, and Bob's. ``message`` is the kind of text that ``message_id`` means.
    """

    method: str
    path: str
    answers: tuple[int, int, int, int, int]
    form: Mapping[str, str] | None = None
    json: Mapping[str, Any] | None = None
    query: str = ""
    message: str = "scheduled"
    is_stream: bool = False


class World:
    """The installation, and its people."""

    def __init__(self, line: Leadline, clock: Clock, client: Client) -> None:
        # Nobody answers there, and nothing asks further away.
        line.given = line.settings = line.given.having({"twilio_api_base_url": "http://127.0.0.1:9"})
        self.line = line
        self.clock = clock
        self.client = client
        self.numbers = (
            f"+1{area}55501{last:02}" for area in AREA_CODES for last in range(100) if last != LENAS
        )
        self._numbered = itertools.count(1)
        self.teams = {name: self.add_team(name) for name in ("North", "South")}
        self.people = {who: self.add_user(who) for who in ROLES.values() if who}
        self._tokens = {who: token(line, who.name, user=user) for who, user in self.people.items()}
        self._readers: dict[str, Client] = {}

    def add_user(self, who: cast.Member) -> User:
        """A member of the team, in the team that the cast has them in; admins are in none."""
        team_id = None if who.role == "admin" else self.teams[who.team].id
        with self.line.database.write() as tx:
            return accounts.add_user(
                tx,
                name=who.name,
                email=self._unused(tx, who.email),
                role=who.role,
                team_id=team_id,
                actor="cli",
                now=self.clock.now(),
            )

    def _unused(self, tx: Transaction, email: str) -> str:
        return f"{next(self._numbered)}{email}" if users.by_email(tx, email) else email

    def add_team(self, name: str) -> Team:
        """A team of that name, or of one like it if there is one."""
        with self.line.database.write() as tx:
            is_new = teams.by_name(tx, name) is None
            own_name = name if is_new else f"{name} {next(self._numbered)}"
            return teams.add(tx, own_name, now=self.clock.now())

    def add_token(self) -> Token:
        """A token of nobody's."""
        with self.line.database.write() as tx:
            return accounts.create_token(tx, "crm", actor="cli", now=self.clock.now())[0]

    def calling(self, role: str) -> Client:
        """A browser with a new session of that role's member, and a program with their token, in one."""
        who = ROLES[role]
        if who is None:
            return self.client
        secret = signin_secret(self.line, self.people[who])
        with self.line.database.write() as tx:
            entered = signin.by_link(tx, secret, now=self.clock.now())
        return self.client.having(
            cookie=f"leadline={entered.secret}", authorization=f"Bearer {self._tokens[who]}"
        )

    def answer(self, row: Row, role: str) -> int:
        """The status that the route answers this role with."""
        return self.ask(row, role).status

    def ask(self, row: Row, role: str, **headers: str) -> Answer:
        """What the route answers this role, asked as a page of ours or a program would, unless ``headers``
        say otherwise. Of a stream it is the beginning.
        """
        things = Things(self, row.message)
        path = row.path.format_map(things) + (f"?{row.query.format_map(things)}" if row.query else "")
        client = self._caller(role, row).having(**({"sec_fetch_site": "same-origin"} | headers))
        if row.is_stream:
            return client.loop.run(_beginning(client, path))
        if row.json is not None:
            return client.send(row.method, path, row.json)
        form = {name: value.format_map(things) for name, value in (row.form or {}).items()}
        kind = "application/x-www-form-urlencoded"
        return client.having(content_type=kind).call(row.method, path, urlencode(form).encode())

    def _caller(self, role: str, row: Row) -> Client:
        """What changes something may end sessions."""
        if row.method != "GET":
            self._readers.clear()
            return self.calling(role)
        if role not in self._readers:
            self._readers[role] = self.calling(role)
        return self._readers[role]


class Things(dict[str, Any]):
    """What the names in a row stand for, made when first asked for: Bob's lead, and what goes with it."""

    def __init__(self, world: World, message: str) -> None:
        super().__init__()
        self.world = world
        self.message = message

    def __missing__(self, name: str) -> int | str:
        self[name] = MAKERS[name](self)
        found: int | str = self[name]
        return found

    @cached_property
    def lead(self) -> Lead:
        """A lead of Bob's."""
        owner = self.world.people[cast.BOB]
        return self.world.line.add_lead("Lena", next(self.world.numbers), owner_id=owner.id)

    @cached_property
    def scheduled(self) -> Queued:
        """A text to the lead: by it there is a conversation, and it is Bob's."""
        due_at = self.world.clock.now() + timedelta(days=100)
        [queued] = texts.queue(self.world.line, SendRequest(lead_id=self.lead.id, body="Hi", due_at=due_at))
        return queued

    def texted(self) -> Lead:
        """The lead, once there is a conversation."""
        assert self.scheduled.is_new
        return self.lead

    def unconfirmed(self) -> int:
        """A text that was looked for to the end."""
        line, clock = self.world.line, self.world.clock
        [wanted] = texts.queue(line, SendRequest(lead_id=self.lead.id, body="Hello"))
        claimed: set[int] = set()
        while wanted.id not in claimed:
            for text in texts.claim(line):
                claimed.add(text.message_id)
                texts.settle(line, text, texts.answered(SendKind.IN_DOUBT))
            clock.advance(60)
        clock.advance(LIST_LOOKS[-1])
        texts.nothing_found(line)
        return wanted.id

    def picture(self) -> int:
        """A picture that the lead sent, of which we have a copy."""
        line, number = self.world.line, str(self.lead.phone)
        fields = {"From": number, "NumMedia": "1", "MediaUrl0": "https://example.com/roof.png"}
        texts.receive(line, texts.inbound(int(number), "", **fields))
        folder = Path(line.settings.leadline_media_dir)
        folder.mkdir(exist_ok=True)
        (folder / "roof.png").write_bytes(PNG)
        with line.database.write() as tx:
            [waiting] = media.due(tx, now=line.clock.now(), limit=1)
            media.stored(tx, waiting.id, content_type="image/png", file="roof.png", size=len(PNG))
        return waiting.id


# What stands for each name in the table of routes.
MAKERS: Mapping[str, Callable[[Things], int | str]] = {
    "conversation_id": lambda things: things.scheduled.conversation_id,
    "file": lambda _: "mark.svg",
    "key": lambda things: str(things.lead.phone),
    "lead_id": lambda things: things.texted().id,
    "media_id": Things.picture,
    "message_id": lambda things: (
        things.scheduled.id if things.message == "scheduled" else things.unconfirmed()
    ),
    "name": lambda _: "follow_up",
    "number": lambda things: quote(str(things.texted().phone), safe=""),
    "part": lambda _: "limits",
    "session_id": lambda _: 1,
    "team_id": lambda things: things.world.add_team("Empty").id,
    "token_id": lambda things: things.world.add_token().id,
    "user_id": lambda things: things.world.add_user(DORA).id,
    "secret": lambda _: "unknown",
    "sender_id": lambda _: 1,
    "token": lambda _: "unknown",
}


async def _beginning(client: Client, path: str) -> Answer:
    async with client.stream(path) as stream:
        event = await asyncio.wait_for(stream.next(), 10)
        headers = [(key.decode("latin-1"), value.decode("latin-1")) for key, value in event["headers"]]
        return Answer(event["status"], headers, b"")
