"""Who is measured: what each runs, what it is told, and how its rows are counted."""

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from benchmarks import ours
from benchmarks.environment import peers_python
from harness.databases import Database
from harness.traffic import AUTH_TOKEN, PUBLIC_URL

Fill = Callable[[tuple[str, ...]], list[str]]

# More requests a second than each can take; a load that runs out of them ends early and says so.
_FASTEST = 36_000
_FAST = 24_000
_SLOW = 4_000


def _words(command: str) -> tuple[str, ...]:
    return tuple(command.split())


@dataclass(frozen=True, slots=True)
class Contender:
    """A server for both kinds of webhook. Words in braces are filled in for each run: see ``filled``.

    ``rows`` has, for each kind of webhook, the query that counts the distinct messages stored; empty for one
    that stores nothing. ``schemes`` names its driver for each kind of database. ``most`` is more requests a
    second than it can take.
    """

    name: str
    command: tuple[str, ...]
    role: str
    rows: Mapping[str, str] = field(default_factory=dict)
    prepare: tuple[str, ...] = ()
    variables: Mapping[str, str] = field(default_factory=dict)
    schemes: Mapping[str, str | None] = field(default_factory=dict)
    most: int = _SLOW


_PEER_VARIABLES = {"DATABASE_URL": "{database}", "PUBLIC_URL": PUBLIC_URL, "TWILIO_AUTH_TOKEN": AUTH_TOKEN}
_PEER_ROWS = {
    "status": "SELECT count(DISTINCT sid) FROM message_status",
    "inbound": "SELECT count(DISTINCT sid) FROM inbound_message",
}
_UVICORN = _words(
    "-m uvicorn --factory --host 127.0.0.1 --port {port} --loop uvloop --http httptools"
    " --log-level warning --no-access-log"
)

OURS = Contender(
    name="leadline serve",
    role="ours",
    command=ours.SERVE,
    prepare=("{python}", "-m", "benchmarks.product", "prepare", "{messages}"),
    variables=ours.VARIABLES,
    schemes=ours.SCHEMES,
    rows=ours.ROWS,
    most=_FAST,
)
PAIR = replace(
    OURS,
    name="leadline serve × 2",
    role="ours × 2",
    # Both on one port, as two of gunicorn's workers are.
    command=_words("{python} -m benchmarks.pair {port}"),
)
FLASK = Contender(
    name="Flask, gunicorn sync × 2",
    role="peer",
    command=_words(
        "{peers} -m gunicorn --config python:benchmarks.peers.cores --workers 2 --bind 127.0.0.1:{port}"
        " --log-level warning benchmarks.peers.flask_app:create_app()"
    ),
    prepare=("{peers}", "-m", "benchmarks.peers.flask_app"),
    variables=_PEER_VARIABLES,
    schemes={"sqlite": "sqlite", "postgresql": "postgresql+psycopg"},
    rows=_PEER_ROWS,
)
FASTAPI = Contender(
    name="FastAPI async, uvicorn",
    role="peer",
    command=("{peers}", *_UVICORN, "benchmarks.peers.fastapi_app:create_app"),
    variables=_PEER_VARIABLES,
    schemes={"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg"},
    rows=_PEER_ROWS,
)
NOTHING = Contender(
    name="verifying, storing nothing",
    role="nothing",
    command=_words("{python} -m benchmarks.nothing {port}"),
    variables=ours.VARIABLES,
    most=_FASTEST,
)

RECEIVING = (OURS, PAIR, FLASK, FASTAPI, NOTHING)


def is_there(contender: Contender) -> bool:
    """Whether it can be run at all."""
    part = {"ours": "serve", "ours × 2": "serve", "nothing": "nothing"}.get(contender.role)
    return part is None or ours.is_there(part)


def filled(contender: Contender, database: Database, **values: object) -> tuple[Fill, dict[str, str]]:
    """The variables, and what puts {python}, {peers}, {database} and ``values`` in a command's words."""
    needed = any("{peers}" in word for word in contender.command + contender.prepare)
    known: dict[str, object] = {
        "python": sys.executable,
        "peers": peers_python() if needed else "",
        "database": database.url(contender.schemes.get(database.kind)),
        **values,
    }

    def fill(words: tuple[str, ...]) -> list[str]:
        return [word.format_map(known) for word in words]

    return fill, {name: value.format_map(known) for name, value in contender.variables.items()}
