"""A PostgreSQL of our own in a scratch folder; it is gone when left."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep

import psycopg

from harness.processes import free_port

_INSTALLED = Path("/usr/lib/postgresql")
_START_SECONDS = 20.0
_SETTINGS = ("synchronous_commit=on", "full_page_writes=on", "max_connections=100")


@dataclass(frozen=True, slots=True)
class Server:
    """A running server. Connections come from this machine only and need no password."""

    port: int
    version: str

    @property
    def user_at_host(self) -> str:
        return f"postgres@127.0.0.1:{self.port}"

    def run(self, statement: str) -> None:
        """One statement outside any transaction, as CREATE DATABASE wants it."""
        with psycopg.connect(f"postgresql://{self.user_at_host}/postgres", autocommit=True) as connection:
            connection.execute(statement.encode())


def binaries() -> Path | None:
    """The folder with ``initdb`` and ``postgres``: beside the pg_ctl in PATH, else the newest installed."""
    found = shutil.which("pg_ctl")
    folders = [Path(found).resolve().parent] if found else []
    folders += sorted(_INSTALLED.glob("*/bin"), key=lambda folder: float(folder.parent.name), reverse=True)
    return next((folder for folder in folders if (folder / "initdb").exists()), None)


@contextmanager
def server(folder: Path, *, is_durable: bool = True) -> Iterator[Server | None]:
    """A server whose data is in ``folder``, or None when PostgreSQL is not installed.

    One that is not durable spares the disk: enough for who kills our processes, never PostgreSQL itself,
    since what it has committed is then safe in the kernel's hands.
    """
    found = binaries()
    if found is None:
        yield None
        return
    data = _initialised(found, folder)
    port = free_port()
    options = _options(data, is_durable=is_durable)
    with (folder / "postgres.log").open("w") as log:
        process = subprocess.Popen(
            [
                *_as_a_user(),
                found / "postgres",
                "-D",
                data,
                "-p",
                str(port),
                *options,
            ],
            cwd=data,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        yield Server(port, _wait_for(port, process))
    finally:
        _stop(process, data)


def _initialised(found: Path, folder: Path) -> Path:
    data = Path(tempfile.mkdtemp(prefix="postgres-", dir=folder))
    if os.geteuid() == 0:
        # PostgreSQL refuses to run as root, and its user must be able to reach the folder.
        folder.chmod(0o711)
        user = pwd.getpwnam("postgres")
        os.chown(data, user.pw_uid, user.pw_gid)
    command = [*_as_a_user(), found / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8"]
    subprocess.run([*command, "--no-sync"], cwd=data, check=True, stdout=subprocess.DEVNULL)
    return data


def _as_a_user() -> list[str | Path]:
    return ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []


def _options(data: Path, *, is_durable: bool) -> list[str]:
    sync = f"fsync={'on' if is_durable else 'off'}"
    places = (f"unix_socket_directories={data}", "listen_addresses=127.0.0.1")
    return [word for setting in (*_SETTINGS, sync, *places) for word in ("-c", setting)]


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> str:
    """The server's version, once it answers."""
    until = monotonic() + _START_SECONDS
    while True:
        try:
            with psycopg.connect(
                host="127.0.0.1", port=port, user="postgres", dbname="postgres"
            ) as connection:
                return (connection.info.parameter_status("server_version") or "?").split()[0]
        except psycopg.OperationalError:
            if monotonic() > until or process.poll() is not None:
                raise
            sleep(0.05)


def _stop(process: subprocess.Popen[bytes], data: Path) -> None:
    """A fast shutdown by the number in the server's own file: the process started here may be runuser."""
    if process.poll() is None:
        os.kill(int((data / "postmaster.pid").read_text().split()[0]), signal.SIGINT)
        process.wait(timeout=20)
