"""``leadline demo``, ``serve``, ``worker`` and ``simulator``: what runs until it is told to stop."""

from collections.abc import Coroutine
from typing import TYPE_CHECKING, Annotated, Any

import typer

from leadline.cli.output import note, say
from leadline.cli.session import load_settings, opened
from leadline.errors import SettingsError

if TYPE_CHECKING:
    import socket

    from leadline.app import Leadline
    from leadline.settings import Settings
    from leadline.simulator import Simulator

_FREE = "0 takes a free one."
Host = Annotated[str, typer.Option(help="The address to listen on.")]
Port = Annotated[int, typer.Option(envvar="PORT", min=0, max=65535, help=_FREE)]


def demo(port: Port = 8000) -> None:
    """Try it: invented leads, simulated phones, nothing leaves this machine."""
    from leadline import demo, logs, serving

    logs.configure("warning")
    with serving.listen(serving.HERE, port) as listener:
        _run(demo.run(listener, say=say))


def serve(
    host: Host = "127.0.0.1",
    port: Port = 8000,
    *,
    worker: Annotated[bool, typer.Option("--worker/--no-worker", help="Also send what is queued.")] = True,
    share_port: Annotated[
        bool, typer.Option("--share-port", help="Let more of them listen on this port, a core each.")
    ] = False,
) -> None:
    """Run the service: pages, API, webhooks, and the worker that sends."""
    from leadline import serving
    from leadline.simulation import has_account

    serving.begin_to_load()
    settings = load_settings()
    if share_port and not has_account(settings):
        raise SettingsError(
            "Sharing the port needs a Twilio account: each process would have its own phones."
        )
    with serving.listen(host, port, is_shared=share_port) as listener:
        _run(_serve(settings, listener, with_worker=worker, is_alone=not share_port))


async def _serve(
    settings: "Settings", listener: "socket.socket", *, with_worker: bool, is_alone: bool
) -> None:
    from leadline import serving

    async with serving.connected(settings, listener) as connected:
        with opened(connected) as line:
            # Who follows the link may come to another process, which does not know it.
            first_run = _first_run(line) if is_alone else None

            def be_ready() -> None:
                serving.keep_what_is_loaded()
                _say_where(serving.address(listener), settings, connected, line, first_run)

            await serving.serve(
                line, listener, with_worker=with_worker, first_run=first_run, on_ready=be_ready
            )


def _first_run(line: "Leadline") -> str | None:
    """The secret of a link by which the first admin comes in; None when there is somebody."""
    from leadline import accounts
    from leadline.store import users

    with line.database.read() as tx:
        return None if users.exist(tx) else accounts.new_secret()


def _say_where(
    address: str, settings: "Settings", connected: "Settings", line: "Leadline", first_run: str | None
) -> None:
    if connected is not settings:
        say(
            "No Twilio account is set: texts go to simulated phones, and none leaves this machine.",
            f"Phones     {connected.twilio_api_base_url}",
        )
    say(f"Leadline   {address}")
    if first_run is not None:
        from leadline.web.sessions import SIGN_IN

        base = line.settings.leadline_public_url or address
        say(
            "",
            "Nobody is here yet. This link makes the first admin, once:",
            f"{base}{SIGN_IN}/{first_run}",
            "",
        )
    _say_held(line)


def _say_held(line: "Leadline") -> None:
    from leadline import restoring

    with line.database.read() as tx:
        standing = restoring.standing(tx)
    if standing is not None:
        say(f"Sending is held. {standing.because} `leadline resume` says what is left, and resumes.")


def worker() -> None:
    """Send what is queued, without serving anything. Any number of them may run."""
    from leadline import serving
    from leadline.simulation import has_account

    serving.begin_to_load()
    settings = load_settings()
    if not has_account(settings):
        raise SettingsError(
            "A worker needs a Twilio account. `leadline serve` runs on the simulator without."
        )
    with opened(settings) as line:

        def be_ready() -> None:
            serving.keep_what_is_loaded()
            _say_sender(line)

        _run(serving.work(line, on_ready=be_ready))


def _say_sender(line: "Leadline") -> None:
    say(f"Sending from {line.settings.sender}.")
    _say_held(line)


def simulator(
    port: Annotated[int, typer.Option(min=0, max=65535, help=_FREE)] = 8060,
) -> None:
    """Run a pretended Twilio, with phones in the browser, for any application."""
    from leadline import serving
    from leadline.simulation import NUMBER
    from leadline.simulator import Simulator
    from leadline.web.webhooks import PREFIX

    settings = load_settings()
    app_url = settings.leadline_public_url or f"http://{serving.HERE}:8000"
    pretence = Simulator(
        settings.twilio_account_sid,
        settings.webhook_tokens[0] if settings.webhook_tokens else None,
        numbers=[settings.twilio_phone_number or NUMBER],
        inbound_url=f"{app_url}{PREFIX}",
    )
    _run(serving.pretend(pretence, port=port, on_ready=lambda: say(*_how_to_use(pretence, app_url))))


def _how_to_use(pretence: "Simulator", app_url: str) -> list[str]:
    number = pretence.account.configuration.numbers[0].number
    return [
        f"Phones     {pretence.base_url}",
        f"Webhooks   {app_url}/api/webhooks/twilio",
        "",
        "For the application, in another terminal:",
        f"export TWILIO_API_BASE_URL={pretence.base_url}",
        f"export TWILIO_ACCOUNT_SID={pretence.account_sid}",
        f"export TWILIO_AUTH_TOKEN={pretence.auth_token}",
        f"export TWILIO_PHONE_NUMBER={number}",
        f"export LEADLINE_PUBLIC_URL={app_url}",
    ]


def _run(story: Coroutine[Any, Any, None]) -> None:
    """To its end; a fault ends the process with the reason, since a restart is its best answer."""
    import structlog

    from leadline import logs, serving

    try:
        serving.run(story)
    except ExceptionGroup as faults:
        structlog.get_logger("leadline.cli").critical("stopped_by_a_fault", exc_info=faults)
        note(f"Stopped by a fault: {logs.mask(_reason(faults))}")
        raise typer.Exit(1) from None


def _reason(fault: BaseException) -> str:
    """The first thing that went wrong."""
    while isinstance(fault, BaseExceptionGroup):
        fault = fault.exceptions[0]
    return f"{type(fault).__name__}: {fault}"
