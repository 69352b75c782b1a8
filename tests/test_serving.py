import asyncio
import gc
import signal
import socket
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from leadline import serving
from leadline.app import Leadline
from leadline.clock import SystemClock
from leadline.errors import SettingsError
from leadline.settings import Settings
from leadline.simulation import NUMBER, has_account, simulated
from leadline.simulator import Simulator, running
from leadline.store import senders
from tests import cast
from tests.process import leadline

Make = Callable[..., Settings]


def serve(line: Leadline, story: Callable[[str, int], Awaitable[None]]) -> None:
    """Serve as ``leadline serve`` does, let the story happen, and end it as a service manager would."""
    ready = asyncio.Event()

    async def play(listener: socket.socket) -> None:
        await ready.wait()
        await story(*listener.getsockname())
        signal.raise_signal(signal.SIGTERM)

    async def both() -> None:
        with serving.listen(serving.HERE, 0) as listener:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(play(listener))
                await serving.serve(line, listener, on_ready=ready.set)

    asyncio.run(asyncio.wait_for(both(), 30))


async def get(host: str, port: int, path: str) -> bytes:
    """The whole answer to a request."""
    reader, writer = await asyncio.open_connection(host, port)
    lines = [f"GET {path} HTTP/1.1", f"Host: {host}:{port}", "Connection: close", "", ""]
    writer.write("\r\n".join(lines).encode())
    answer = await reader.read()
    writer.close()
    return answer


def test_pages_api_and_webhooks_are_served(line: Leadline) -> None:
    async def story(host: str, port: int) -> None:
        assert (await get(host, port, "/signin")).startswith(b"HTTP/1.1 200 ")
        assert (await get(host, port, "/api/admin/leads")).startswith(b"HTTP/1.1 401 ")
        assert (await get(host, port, "/api/webhooks/twilio")).startswith(b"HTTP/1.1 405 ")

    serve(line, story)


def test_what_is_loaded_is_not_looked_through_for_garbage_again() -> None:
    before = gc.get_freeze_count()
    serving.begin_to_load()
    assert not gc.isenabled()
    loaded: list[list[str]] = [[] for _ in range(1001)]
    serving.keep_what_is_loaded()
    assert gc.isenabled()
    assert gc.get_freeze_count() > before + len(loaded)


def test_an_answer_does_not_name_the_server(line: Leadline) -> None:
    async def story(host: str, port: int) -> None:
        assert b"\r\nserver:" not in (await get(host, port, "/signin")).lower()

    serve(line, story)


def test_a_head_that_does_not_end_is_hung_up_on(line: Leadline) -> None:
    async def story(host: str, port: int) -> None:
        reader, writer = await asyncio.open_connection(host, port)
        writer.write(b"GET /signin HTTP/1.1\r\nHost: leadline\r\nX-Long: ")
        for _ in range(80):
            writer.write(b"x" * 1024)
        assert (await reader.read()).startswith(b"HTTP/1.1 400 ")
        writer.close()

    serve(line, story)


def test_one_long_head_after_another_is_fine(line: Leadline) -> None:
    async def story(host: str, port: int) -> None:
        reader, writer = await asyncio.open_connection(host, port)
        for _ in range(20):
            writer.write(b"GET /nothing HTTP/1.1\r\nHost: leadline\r\nX-Long: " + b"x" * 8000 + b"\r\n\r\n")
            head = await reader.readuntil(b"\r\n\r\n")
            length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
            await reader.readexactly(length)
            assert head.startswith(b"HTTP/1.1 303 ")
        writer.close()

    serve(line, story)


class BrokenClock(SystemClock):
    """A fault in the worker: it cannot wait."""

    async def sleep(self, seconds: float) -> None:
        raise RuntimeError(f"cannot sleep for {seconds} s")


def test_a_fault_of_the_worker_ends_the_server_too(settings: Make, database_url: str) -> None:
    async def story() -> None:
        with serving.listen(serving.HERE, 0) as listener:
            await serving.serve(line, listener)

    with (
        Leadline.open(settings(leadline_database_url=database_url), clock=BrokenClock()) as line,
        pytest.raises(ExceptionGroup) as raised,
    ):
        asyncio.run(asyncio.wait_for(story(), 30))
    assert raised.group_contains(RuntimeError, match="cannot sleep")


def test_a_worker_sends_until_there_is_nothing_to_wait_for(settings: Make, database_url: str) -> None:
    simulator = Simulator(cast.ACCOUNT_SID, cast.AUTH_TOKEN, numbers=[cast.OUR_NUMBER], delay=0, seed=1)

    async def story() -> None:
        async with running(simulator) as address:
            ours = settings(leadline_database_url=database_url, twilio_api_base_url=address)
            with Leadline.open(ours) as line:
                line.send(cast.LENA.phone, "Hi Lena")
                await serving.work(line, until=lambda: line.message(1).state == "accepted")

    asyncio.run(asyncio.wait_for(story(), 30))
    assert [sent.body for sent in simulator.ledger] == ["Hi Lena"]


def test_a_worker_that_starts_lets_a_stopped_sender_try_again(settings: Make, database_url: str) -> None:
    simulator = Simulator(cast.ACCOUNT_SID, cast.AUTH_TOKEN, numbers=[cast.OUR_NUMBER], delay=0, seed=1)

    async def story() -> None:
        async with running(simulator) as address:
            ours = settings(leadline_database_url=database_url, twilio_api_base_url=address)
            with Leadline.open(ours) as line:
                line.send(cast.LENA.phone, "Hi Lena")
                with line.database.write() as tx:
                    senders.stop(
                        tx,
                        senders.by_address(tx, cast.OUR_NUMBER).id,
                        because="unauthorized",
                        now=line.clock.now(),
                    )
                await serving.work(line, until=lambda: line.message(1).state == "accepted")

    asyncio.run(asyncio.wait_for(story(), 30))
    assert len(simulator.ledger) == 1


NOBODY = {"twilio_account_sid": None, "twilio_auth_token": None, "twilio_phone_number": None}


def test_without_an_account_everything_goes_to_a_simulator_beside_the_server(settings: Make) -> None:
    async def story() -> None:
        with serving.listen(serving.HERE, 0) as listener:
            async with serving.connected(settings(**NOBODY), listener) as connected:
                assert connected.is_twilio_configured
                assert connected.sender == NUMBER
                assert connected.leadline_public_url == serving.address(listener)
                port = int(connected.twilio_api_base_url.rpartition(":")[2])
                assert port > listener.getsockname()[1]
                assert b"Handsets" in await get(serving.HERE, port, "/")

    asyncio.run(story())


def test_with_an_account_no_simulator_is_started(settings: Make) -> None:
    real = settings()

    async def story() -> None:
        with serving.listen(serving.HERE, 0) as listener:
            async with serving.connected(real, listener) as connected:
                assert connected is real

    asyncio.run(story())


def test_an_account_with_nothing_to_send_from_is_no_wish_for_a_simulator(settings: Make) -> None:
    with pytest.raises(SettingsError, match="TWILIO_PHONE_NUMBER"):
        has_account(settings(twilio_phone_number=None))


def test_the_simulators_settings_leave_nothing_of_an_account(settings: Make) -> None:
    real = settings(
        twilio_auth_token_next="0" * 32,
        twilio_messaging_service_sid="MG" + "0" * 32,
        twilio_api_key="SK" + "0" * 32,
        twilio_api_key_secret="secret",
        leadline_business_name="Harbor Roofing",
    )
    account = ("AC" + "1" * 32, "1" * 32)

    replaced = simulated(real, account=account, api="http://127.0.0.1:8001", public_url=None)
    assert (replaced.twilio_account_sid, *replaced.webhook_tokens) == account
    assert replaced.api_credentials == account
    assert replaced.sender == NUMBER
    assert replaced.leadline_business_name == "Harbor Roofing"


def test_serve_says_where_it_is_and_ends_cleanly(tmp_path: Path, database_url: str) -> None:
    with leadline("serve", "--port", "0", folder=tmp_path, LEADLINE_DATABASE_URL=database_url) as process:
        app = process.read_until("Leadline ").split()[1]
        assert "none leaves this machine" in process.lines[0]
        assert app.startswith("http://127.0.0.1:")
        host, _, port = app.removeprefix("http://").partition(":")
        assert (asyncio.run(get(host, int(port), "/signin"))).startswith(b"HTTP/1.1 200 ")
        assert process.ended(by=signal.SIGTERM) == (0, "")


@pytest.mark.parametrize("command", ["serve", "demo"])
def test_a_port_that_is_taken_is_told_in_a_sentence(command: str, tmp_path: Path) -> None:
    with socket.create_server((serving.HERE, 0)) as other:
        port = other.getsockname()[1]
        with leadline(command, folder=tmp_path, PORT=str(port)) as process:
            code, err = process.ended()
    assert code == 1
    assert (
        err == f"Port {port} of 127.0.0.1 cannot be used: Address already in use. Set PORT to another one.\n"
    )


def test_a_worker_alone_needs_an_account(tmp_path: Path) -> None:
    with leadline("worker", folder=tmp_path) as process:
        code, err = process.ended()
    assert (code, err.count("\n")) == (1, 1)
    assert "needs a Twilio account" in err


def test_a_worker_alone_ends_cleanly(tmp_path: Path) -> None:
    """While it asks a Twilio that takes its time."""
    account = {"TWILIO_ACCOUNT_SID": cast.ACCOUNT_SID, "TWILIO_AUTH_TOKEN": cast.AUTH_TOKEN}
    with socket.create_server(("127.0.0.1", 0)) as silent:
        account["TWILIO_API_BASE_URL"] = f"http://127.0.0.1:{silent.getsockname()[1]}"
        with leadline("worker", folder=tmp_path, TWILIO_PHONE_NUMBER="+13035550100", **account) as process:
            process.read_until("Sending from +13035550100.")
            assert process.ended(by=signal.SIGINT) == (0, "")


def test_the_simulator_alone_tells_an_application_how_to_use_it(tmp_path: Path) -> None:
    with leadline("simulator", "--port", "0", folder=tmp_path, TWILIO_PHONE_NUMBER="+13035550100") as process:
        process.read_until("export LEADLINE_PUBLIC_URL=http://127.0.0.1:8000")
        exported = dict(line.removeprefix("export ").split("=") for line in process.lines if "export" in line)
        assert exported["TWILIO_PHONE_NUMBER"] == "+13035550100"
        assert exported["TWILIO_ACCOUNT_SID"].startswith("AC")
        assert process.ended(by=signal.SIGTERM) == (0, "")


def test_the_servers_own_complaints_are_logged_as_everything_is(tmp_path: Path) -> None:
    with leadline("serve", "--port", "0", folder=tmp_path) as process:
        host, port = process.read_until("Leadline ").removeprefix("Leadline   http://").split(":")
        with socket.create_connection((host, int(port))) as caller:
            caller.sendall(b"This is not HTTP\r\n\r\n")
            assert caller.recv(1000).startswith(b"HTTP/1.1 400 ")
        code, err = process.ended(by=signal.SIGTERM)
    assert code == 0
    [line] = err.splitlines()
    assert line.startswith("at=")
    assert line.endswith('level=warning event="Invalid HTTP request received."')
