"""Running: the web server and the worker in one process, and a simulator when there is no account.

A signal stops the server first, so nothing new comes in, then the worker, which settles what it has
begun. A second signal ends the process at once: what was under way is then in doubt, not lost.
"""

import asyncio
import gc
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from datetime import timedelta
from typing import Any

import structlog
import uvicorn
import uvloop

from leadline import simulator
from leadline.app import Leadline
from leadline.errors import SettingsError, StoreUnavailable
from leadline.figures import ASK_EVERY, count_due
from leadline.preferences import LOOK_EVERY
from leadline.rules.replies import classify_reply
from leadline.settings import Settings
from leadline.simulation import NUMBER, has_account, simulated
from leadline.simulator import Simulator
from leadline.store import senders
from leadline.twilio.client import TwilioClient
from leadline.web.app import Root, create_app
from leadline.web.protocol import Protocol
from leadline.web.webhooks import PREFIX
from leadline.worker import Worker

log = structlog.get_logger("leadline.serving")

HERE = "127.0.0.1"
# How long one thread may keep the interpreter from another. With Python's own 5 ms the writer waits for the
# event loop that long between two statements, and holds the database: webhooks were a tenth slower.
SWITCH_SECONDS = 0.0005
_PORTS_TO_TRY = 20
_SECONDS_BETWEEN_LOOKS = 0.1
# What has been asked is answered well within this, and live updates are told to end.
_SECONDS_TO_ANSWER = 3
# Longer than proxies keep idle connections (60 s for most), so that it is never us who hang up on one.
_KEEP_ALIVE_SECONDS = 75

# How uvicorn is told to serve.
HTTP: Mapping[str, Any] = {
    "http": Protocol,
    "ws": "none",
    "lifespan": "off",
    "log_config": None,
    "access_log": False,
    "server_header": False,
    # The webhooks know their public address from the settings, not from what a caller says.
    "proxy_headers": False,
    "timeout_keep_alive": _KEEP_ALIVE_SECONDS,
}


async def serve(
    line: Leadline,
    listener: socket.socket,
    *,
    with_worker: bool = True,
    first_run: str | None = None,
    on_ready: Callable[[], None] = lambda: None,
    until: asyncio.Event | None = None,
) -> None:
    """Serve on ``listener``, and send, until a signal or until ``until`` is set; then finish what is under
    way, within 30 s. Of several that serve in one process only the last to begin hears a signal.

    ``first_run`` is the secret of the link that makes the first admin, while there is nobody. ``on_ready`` is
    called when the first request would be answered. A fault that ends the worker ends
    the server too, and is raised in an ExceptionGroup: a service that receives and never sends would
    look alive.
    """
    classify_reply("")  # Else the first lead who writes would wait for the phrases to be read.
    async with client_for(line.settings) as client:
        worker = Worker(line, client)
        working: asyncio.Task[None] | None = None

        def is_working() -> bool:
            return working is not None and not working.done()

        app = create_app(
            line,
            wake=worker.wake,
            is_working=is_working if with_worker else None,
            first_run=first_run,
            client=client,
        )
        server = _Server(app, on_ready)
        with on_signal(server.stop):
            async with asyncio.TaskGroup() as tasks:
                beside = [
                    tasks.create_task(keep_settings(line)),
                    tasks.create_task(_stop_after(until or asyncio.Event(), server)),
                ]
                if with_worker:
                    _let_senders_try_again(line)
                    working = tasks.create_task(worker.run())
                    beside.append(tasks.create_task(keep_figures(line)))
                await server.serve([listener])
                for task in beside:
                    task.cancel()
                worker.stop()


async def _stop_after(until: asyncio.Event, server: "_Server") -> None:
    await until.wait()
    server.stop()


async def work(
    line: Leadline,
    *,
    until: Callable[[], bool] | None = None,
    on_ready: Callable[[], None] = lambda: None,
) -> None:
    """Send what is queued until a signal, or until ``until()`` holds, which is asked ten times a second.

    What is under way then is finished, within 25 s. ``on_ready`` is called when a signal would end it so.
    A fault of the worker is raised in an ExceptionGroup.
    """
    async with client_for(line.settings) as client:
        worker = Worker(line, client)
        _let_senders_try_again(line)
        with on_signal(worker.stop):
            on_ready()
            async with asyncio.TaskGroup() as tasks:
                working = tasks.create_task(worker.run())
                beside = [tasks.create_task(each(line)) for each in (keep_settings, keep_figures)]
                while not (working.done() or (until and until())):
                    await asyncio.wait([working], timeout=_SECONDS_BETWEEN_LOOKS if until else None)
                for task in beside:
                    task.cancel()
                worker.stop()


async def keep_settings(line: Leadline) -> None:
    """Take up what an admin changes in another process, until cancelled."""
    await _again_and_again(line, LOOK_EVERY, line.look_again)


async def keep_figures(line: Leadline) -> None:
    """Count the days that are over, for the dashboard, until cancelled."""
    await _again_and_again(line, ASK_EVERY, lambda: count_due(line.database, now=line.clock.now()))


async def _again_and_again(line: Leadline, pause: timedelta, chore: Callable[[], object]) -> None:
    """In a thread, since it asks the database; what does not answer is asked again after the pause."""
    while True:
        await line.clock.sleep(pause.total_seconds())
        try:
            await asyncio.to_thread(chore)
        except StoreUnavailable as error:
            log.warning("database_unavailable", reason=str(error))


def _let_senders_try_again(line: Leadline) -> None:
    """A worker that starts is a new try for senders that were stopped: someone may have mended the cause."""
    with line.database.write() as tx:
        senders.start_again(tx)


async def pretend(pretence: Simulator, *, port: int, on_ready: Callable[[], None]) -> None:
    """Run a simulator by itself on this machine until a signal. Raises SettingsError for a taken port."""
    stopped = asyncio.Event()
    listen(HERE, port).close()
    async with simulator.running(pretence, port=port):
        with on_signal(stopped.set):
            on_ready()
            await stopped.wait()


def run(story: Coroutine[Any, Any, None]) -> None:
    """Run ``serve`` or ``work`` to its end, on the fastest event loop there is."""
    sys.setswitchinterval(SWITCH_SECONDS)
    uvloop.run(story)


def begin_to_load() -> None:
    """Let the garbage collector rest until ``keep_what_is_loaded``: what a start loads stays, and looking
    through it three times took 0.3 s of it.
    """
    gc.disable()


def keep_what_is_loaded() -> None:
    """Let the garbage collector pass over all there is. For a process that only serves, once it is ready: to
    look through some 340,000 objects that stay for good stopped everything for 0.2 s, time and again.
    """
    gc.freeze()
    gc.enable()


def listen(host: str, port: int, *, is_shared: bool = False) -> socket.socket:
    """A socket for ``serve``; port 0 takes a free one. Where it ``is_shared`` others may listen too, and
    Linux spreads the connections over them. Raises SettingsError when the port is taken.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host, port), family=family, reuse_port=is_shared)
        # What it accepts inherits this. The event loops set it on sockets of their own making only, and
        # without it an answer in two parts waits 40 ms for the first to be acknowledged.
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return listener
    except OSError as error:
        # Python adds in brackets what it was doing.
        reason = str(error.strerror).partition(" (")[0]
        raise SettingsError(
            f"Port {port} of {host} cannot be used: {reason}. Set PORT to another one."
        ) from error


def address(listener: socket.socket) -> str:
    """Where a browser on this machine finds it."""
    host, port = listener.getsockname()[:2]
    if host in ("0.0.0.0", "::"):  # noqa: S104  Everywhere is also here.
        host = HERE
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


@asynccontextmanager
async def connected(settings: Settings, listener: socket.socket) -> AsyncIterator[Settings]:
    """The settings to serve with: these, or without an account those of a simulator that runs meanwhile."""
    if has_account(settings):
        yield settings
        return
    pretence = make_simulator(listener)
    async with simulator.running(pretence, port=port_after(listener)):
        yield simulated(
            settings,
            account=(pretence.account_sid, pretence.auth_token),
            api=pretence.base_url,
            public_url=address(listener),
        )


def make_simulator(listener: socket.socket) -> Simulator:
    """A simulator whose phones text to the server on that socket."""
    return Simulator(numbers=[NUMBER], inbound_url=f"{address(listener)}{PREFIX}")


def port_after(listener: socket.socket) -> int:
    """The first free port of this machine above that of ``listener``."""
    first = listener.getsockname()[1] + 1
    for port in range(first, first + _PORTS_TO_TRY):
        try:
            socket.create_server((HERE, port)).close()
        except OSError:
            continue
        return port
    raise SettingsError(f"No port from {first} on is free for the simulator. Set PORT to another one.")


def client_for(settings: Settings) -> TwilioClient:
    """A client of the account in the settings. Raises SettingsError when there is none."""
    if settings.twilio_account_sid is None:
        raise SettingsError("Set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN to send.")
    return TwilioClient(
        settings.twilio_account_sid, settings.api_credentials, base_url=settings.twilio_api_base_url
    )


@contextmanager
def on_signal(stop: Callable[[], None]) -> Iterator[None]:
    """Call ``stop`` at the first SIGTERM or SIGINT; the second does what it does by default."""
    loop = asyncio.get_running_loop()
    signals = (signal.SIGTERM, signal.SIGINT)

    def first() -> None:
        for number in signals:
            loop.remove_signal_handler(number)
        stop()

    for number in signals:
        loop.add_signal_handler(number, first)
    try:
        yield
    finally:
        for number in signals:
            loop.remove_signal_handler(number)


class _Server(uvicorn.Server):
    """uvicorn, without its signal handling, which would end the process before the worker is done."""

    def __init__(self, app: Root, on_ready: Callable[[], None]) -> None:
        super().__init__(uvicorn.Config(app, timeout_graceful_shutdown=_SECONDS_TO_ANSWER, **HTTP))
        self._app = app
        self._on_ready = on_ready

    def stop(self) -> None:
        """Take no more connections, answer what has been asked, then let ``serve`` return."""
        self._app.stop()
        self.should_exit = True

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._app.start()
        self._on_ready()
