"""Who is measured: what each runs, what it is told, and how its rows are counted."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import ours
from benchmarks.databases import Database
from benchmarks.environment import peers_python
from benchmarks.traffic import AUTH_TOKEN, PUBLIC_URL

# Verifying and storing nothing reached 30,000/s; a load that runs out of requests ends early and says so.
_FAST = 36_000
_SLOW = 4_000


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
_UVICORN = (
    "-m", "uvicorn", "--factory", "--host", "127.0.0.1", "--port", "{port}", "--loop", "uvloop",
    "--http", "httptools", "--log-level", "warning", "--no-access-log",
)  # fmt: skip

OURS = Contender(
    name="leadline serve",
    role="ours",
    command=ours.SERVE,
    prepare=("{python}", "-m", "benchmarks.ours", "prepare", "{database}"),
    variables=ours.VARIABLES,
    schemes=ours.SCHEMES,
    rows=ours.ROWS,
    most=_FAST,
)
FLASK = Contender(
    name="Flask, gunicorn sync × 2",
    role="peer",
    command=(
        "{peers}", "-m", "gunicorn", "--workers", "2", "--bind", "127.0.0.1:{port}", "--log-level", "warning",
        "benchmarks.peers.flask_app:create_app()",
    ),  # fmt: skip
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
    command=("{python}", *_UVICORN, ours.VERIFY_ONLY),
    variables=_PEER_VARIABLES,
    most=_FAST,
)

RECEIVING = (OURS, FLASK, FASTAPI, NOTHING)


def filled(contender: Contender, text: str, *, database: Database, port: int) -> str:
    """``text`` with {python}, {peers}, {port} and {database} in their places."""
    return text.format(
        python=sys.executable,
        peers=_peers(contender),
        port=port,
        database=database.url(contender.schemes.get(database.kind)),
    )


def _peers(contender: Contender) -> Path | str:
    needed = any("{peers}" in word for word in contender.command + contender.prepare)
    return peers_python() if needed else ""
