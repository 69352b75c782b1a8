"""A PostgreSQL server of the tests' own, or one that ``LEADLINE_TEST_POSTGRES_URL`` names.

Ours is a fresh cluster in a temporary folder. It runs without fsync: the tests kill our processes, never
PostgreSQL itself, so what it has committed is safe in the kernel's hands.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
from psycopg.sql import SQL, Composed, Identifier

from leadline.store import words
from leadline.store.migrate import HEAD
from leadline.store.schema import metadata

URL_VARIABLE = "LEADLINE_TEST_POSTGRES_URL"
START_SECONDS = 30
SPEED = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "60"}


# Children before parents; what is counted starts from one again, as in a new database; and the version is
# put right, since tests of what a newer Leadline leaves behind change it.
_NAMES = [*(table.name for table in reversed(metadata.sorted_tables)), *words.TABLES]
_DELETE = [SQL("DELETE FROM {};").format(Identifier(name)) for name in _NAMES]
_RESTART = SQL("SELECT setval(oid::regclass, 1, false) FROM pg_class WHERE relkind = 'S';")
_VERSION = SQL("UPDATE alembic_version SET version_num = {}").format(HEAD)
_EMPTY = SQL("").join([*_DELETE, _RESTART, _VERSION])
_HANG_UP = SQL("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s")


@dataclass(frozen=True, slots=True)
class Server:
    """A running server on which databases may be made; ``admin_url`` names one of them."""

    admin_url: str

    def url(self, database: str) -> str:
        """The address of that database on this server."""
        return urlsplit(self.admin_url)._replace(path=f"/{database}").geturl()

    @contextmanager
    def database(self, name: str) -> Iterator[str]:
        """Make a database without any table, give its address, and drop it afterwards."""
        self.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
        try:
            yield self.url(name)
        finally:
            self.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))

    def execute(self, statement: SQL | Composed, *values: str) -> None:
        """Execute one statement outside a transaction."""
        with psycopg.connect(self.admin_url, autocommit=True) as connection:
            connection.execute(statement, values or None)


@dataclass(slots=True)
class Recycled:
    """One database for all tests, since to make one takes a quarter of a second: it has 300 files.

    Each test gets it without rows and under a new name, so that whatever an earlier test left running
    cannot write into it. A test that changes tables makes a ``database`` of its own.
    """

    server: Server
    name: str

    def renew(self, name: str) -> str:
        """Take it from whoever had it; returns the new address."""
        self.server.execute(_HANG_UP, self.name)
        self.server.execute(
            SQL("ALTER DATABASE {} RENAME TO {}").format(Identifier(self.name), Identifier(name))
        )
        self.name = name
        with psycopg.connect(self.server.url(name), autocommit=True) as connection:
            connection.execute(_EMPTY)
        return self.server.url(name)


def binaries() -> Path | None:
    """The folder with PostgreSQL's newest server programs, or None when there are none."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
    on_path = shutil.which("pg_ctl")
    folders = [*reversed(debian), *([Path(on_path).resolve().parent] if on_path else [])]
    return next((folder for folder in folders if (folder / "initdb").exists()), None)


@contextmanager
def running(programs: Path) -> Iterator[Server]:
    """Start a server on this machine's loopback for as long as the block lasts."""
    with tempfile.TemporaryDirectory(prefix="leadline-pg-") as name:
        folder, port = Path(name), _free_port()
        process = _start(programs, folder, port)
        server = Server(f"postgresql://leadline@127.0.0.1:{port}/postgres")
        try:
            _await_start(server, process, folder / "log")
            yield server
        finally:
            process.send_signal(signal.SIGINT)  # "Fast" shutdown: it does not wait for clients.
            process.wait(START_SECONDS)


def _start(programs: Path, folder: Path, port: int) -> subprocess.Popen[bytes]:
    account, data = _unprivileged_account(folder), str(folder / "data")
    initdb = [str(programs / "initdb"), "-D", data, "-U", "leadline", "-A", "trust", "-E", "UTF8"]
    subprocess.run(
        [*initdb, "--locale=C", "--no-sync"], check=True, capture_output=True, cwd=folder, **account
    )
    postgres = [str(programs / "postgres"), "-D", data, "-k", str(folder), "-h", "127.0.0.1", "-p", str(port)]
    options = [f"-c{name}={value}" for name, value in SPEED.items()]
    with (folder / "log").open("wb") as log:
        return subprocess.Popen([*postgres, *options], stdout=log, stderr=log, cwd=folder, **account)


def _unprivileged_account(folder: Path) -> dict[str, Any]:
    """Arguments for ``subprocess``: PostgreSQL refuses to run as root, so root becomes somebody else."""
    if os.geteuid() != 0:
        return {}
    try:
        user = pwd.getpwnam("postgres")
    except KeyError:
        user = pwd.getpwnam("nobody")
    os.chown(folder, user.pw_uid, user.pw_gid)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def _await_start(server: Server, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            psycopg.connect(server.admin_url, connect_timeout=START_SECONDS).close()
        except psycopg.OperationalError:
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text()}") from None
            time.sleep(0.05)
        else:
            return
