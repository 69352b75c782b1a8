"""Serving the simulator, on this machine only."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

from leadline.errors import SettingsError
from leadline.simulator.guard import is_loopback
from leadline.simulator.simulator import Simulator


def serve(simulator: Simulator, host: str = "127.0.0.1", port: int = 8060) -> None:
    """Serve until a signal ends it. Raises SettingsError for an address that others can reach."""
    _check(host)
    with contextlib.suppress(KeyboardInterrupt):
        _Server(_config(simulator, host=host, port=port)).run()


@contextlib.asynccontextmanager
async def running(simulator: Simulator, host: str = "127.0.0.1", port: int = 0) -> AsyncIterator[str]:
    """Serve beside the caller's own work, in its event loop; yields the address and sets ``base_url``.

    Port 0 takes a free one. The process's signals are left alone. At the end whoever still waits for
    an answer loses the connection.
    """
    _check(host)
    config = _config(simulator, host=host, port=port)
    config.load()
    state = ServerState()
    async with simulator:
        # The protocol class without uvicorn.Server, whose start and end take 0.2 s of waiting. The loop
        # makes the socket: of one that is handed to it, it leaves Nagle's algorithm on, at 40 ms an answer.
        server = await asyncio.get_running_loop().create_server(
            lambda: HttpToolsProtocol(config=config, server_state=state, app_state={}), host, port
        )
        simulator.base_url = f"http://{_in_url(host)}:{server.sockets[0].getsockname()[1]}"
        try:
            yield simulator.base_url
        finally:
            server.close()
            await _end(state)


class _Server(uvicorn.Server):
    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        # An open handset page or a withheld answer would keep the server from ending.
        await _end(self.server_state)
        await super().shutdown(sockets)


async def _end(state: ServerState) -> None:
    for connection in tuple(state.connections):
        connection.transport.abort()
    await asyncio.gather(*state.tasks)


def _config(simulator: Simulator, *, host: str, port: int) -> uvicorn.Config:
    return uvicorn.Config(
        simulator.app,
        host=host,
        port=port,
        # Its default would take the process's logs out of the hands of who runs it.
        log_config=None,
        access_log=False,
        server_header=False,
        ws="none",
    )


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _check(host: str) -> None:
    if not is_loopback(host):
        raise SettingsError(
            f"The simulator answers anyone who can reach it, so it is not served at {host}. Use 127.0.0.1."
        )
