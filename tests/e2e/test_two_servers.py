"""Two servers on one database: what one is told, the pages of the other show."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from urllib.parse import urlencode

import aiohttp
import pytest
from sqlalchemy import text
from yarl import URL

from leadline import sessions
from leadline.app import Leadline
from leadline.errors import SettingsError
from leadline.serving import HERE, listen
from leadline.settings import Settings
from leadline.store import conversations, messages, notices
from leadline.twilio.signature import sign
from tests import cast, team, texts
from tests.e2e.waiting import AT_MOST

ROOT = Path(__file__).parents[2]
WEBHOOK = "/api/webhooks/twilio"
COOKIE = "leadline"
ON_POSTGRES = pytest.mark.parametrize("database_kind", [pytest.param("postgres", marks=pytest.mark.postgres)])
END_LISTENING = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE application_name = 'leadline live' AND datname = current_database()"
)


class Servers:
    """Two ``leadline serve`` on the database of ``line``, and a browser."""

    def __init__(self, line: Leadline, client: aiohttp.ClientSession, addresses: list[str]) -> None:
        self.line = line
        self.client = client
        self.first, self.second = addresses

    async def lena_writes(self, number: int, body: str) -> None:
        """Twilio tells the first server."""
        fields = texts.inbound(number, body)
        form = {
            "MessageSid": fields.message_sid,
            "AccountSid": cast.ACCOUNT_SID,
            "From": cast.LENA.phone,
            "To": cast.OUR_NUMBER,
            "Body": body,
            "NumMedia": "0",
            "NumSegments": "1",
        }
        url = f"{self.line.settings.leadline_public_url}{WEBHOOK}"
        headers = {
            "X-Twilio-Signature": sign(url, list(form.items()), cast.AUTH_TOKEN),
            "Content-Type": "application/x-www-form-urlencoded",
        }
        async with self.client.post(self.first + WEBHOOK, data=urlencode(form), headers=headers) as answer:
            assert answer.status == 200

    @asynccontextmanager
    async def open_page(self, session: str) -> AsyncIterator[AsyncIterator[dict[str, str]]]:
        """Lena's conversation is open on the second server: the parts that it is told."""
        headers = {"Cookie": f"{COOKIE}={session}"}
        async with self.client.get(f"{self.second}/live?conversation=1", headers=headers) as answer:
            assert answer.status == 200
            yield _parts(answer)


async def _parts(answer: aiohttp.ClientResponse) -> AsyncIterator[dict[str, str]]:
    async for words in answer.content:
        if words.startswith(b'data: {"'):
            yield json.loads(words.removeprefix(b"data: "))


async def until(parts: AsyncIterator[dict[str, str]], name: str, words: str) -> None:
    """Wait until that part has these words."""
    async with asyncio.timeout(AT_MOST):
        async for part in parts:
            if words in part.get(name, ""):
                return


@asynccontextmanager
async def serving(line: Leadline, folder: Path) -> AsyncIterator[Servers]:
    """Both at work."""
    variables = variables_for(line.settings)
    async with AsyncExitStack() as stack:
        addresses = [await stack.enter_async_context(_server(variables, folder)) for _ in range(2)]
        client = await stack.enter_async_context(browser())
        yield Servers(line, client, addresses)


def variables_for(settings: Settings) -> dict[str, str]:
    return {
        "PYTHONPATH": str(ROOT / "src"),
        "TWILIO_ACCOUNT_SID": cast.ACCOUNT_SID,
        "TWILIO_AUTH_TOKEN": cast.AUTH_TOKEN,
        "TWILIO_PHONE_NUMBER": cast.OUR_NUMBER,
        "TWILIO_API_BASE_URL": "http://127.0.0.1:9",
        "LEADLINE_PUBLIC_URL": str(settings.leadline_public_url),
        "LEADLINE_DATABASE_URL": settings.leadline_database_url,
        "LEADLINE_MEDIA_DIR": settings.leadline_media_dir,
    }


def browser(connections: int = 100) -> aiohttp.ClientSession:
    timeout = aiohttp.ClientTimeout(sock_read=AT_MOST)
    connector = aiohttp.TCPConnector(limit=connections)
    return aiohttp.ClientSession(connector=connector, timeout=timeout, read_bufsize=2**20)


@asynccontextmanager
async def _server(variables: dict[str, str], folder: Path, *more: str, port: int = 0) -> AsyncIterator[str]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "leadline", "serve", "--no-worker", "--port", str(port), *more),
        stdout=asyncio.subprocess.PIPE,
        env=variables,
        cwd=folder,
    )
    try:
        assert process.stdout is not None
        said = ""
        async with asyncio.timeout(AT_MOST):
            while not said.startswith("Leadline "):
                said = (await process.stdout.readline()).decode()
        yield said.split()[-1]
    finally:
        process.kill()
        await process.wait()


@pytest.fixture
def session(line: Leadline) -> str:
    """Alice, signed in, and Lena, who has written once."""
    team.lena_wrote(line)
    alice = team.join(line, cast.ALICE)
    with line.database.write() as tx:
        secret = sessions.begin(tx, alice.id, now=line.clock.now())
        # The servers' clocks are the machine's own.
        tx.execute(text("UPDATE sessions SET expires_at = 9000000000000000"))
    return secret


def test_a_text_that_one_server_takes_shows_on_a_page_of_the_other(
    line: Leadline, session: str, tmp_path: Path
) -> None:
    async def story() -> None:
        async with serving(line, tmp_path) as servers, servers.open_page(session) as parts:
            await until(parts, "texts", "Hello")
            await servers.lena_writes(7, "Are you there?")
            await until(parts, "texts", "Are you there?")
            cookie = {"Cookie": f"{COOKIE}={session}", "Sec-Fetch-Site": "same-origin"}
            closing = f"{servers.first}/conversations/1/close"
            async with servers.client.post(closing, headers=cookie, data={"conversation": "1"}) as answer:
                assert answer.status == 200
            await until(parts, "head", "Open again")

    asyncio.run(story())


def test_two_share_a_port_and_one_goes_on_when_the_other_is_killed(line: Leadline, tmp_path: Path) -> None:
    count = 60

    async def story() -> None:
        variables, stack = variables_for(line.settings), AsyncExitStack()
        async with _server(variables, tmp_path, "--share-port") as address:
            port = URL(address).port or 0
            async with stack:
                await stack.enter_async_context(_server(variables, tmp_path, "--share-port", port=port))
                with pytest.raises(SettingsError, match="cannot be used"):
                    listen(HERE, port)
                # Over so many connections at once that both are sure to have some.
                async with browser(30) as client:
                    servers = Servers(line, client, [address, address])
                    await asyncio.gather(*(servers.lena_writes(n, f"Hi {n}") for n in range(1, count)))
            async with browser() as client:
                await Servers(line, client, [address, address]).lena_writes(count, "Still there?")

    asyncio.run(story())
    with line.database.read() as tx:
        assert len({text.twilio_sid for text in messages.recent(tx, limit=2 * count)}) == count
        [thread] = conversations.everyone(tx)
    assert thread.unread == count


@ON_POSTGRES
def test_a_page_goes_on_when_the_connection_that_listens_is_ended(
    line: Leadline, session: str, tmp_path: Path
) -> None:
    async def story() -> None:
        async with serving(line, tmp_path) as servers, servers.open_page(session) as parts:
            await until(parts, "texts", "Hello")
            with line.database.write() as tx:
                assert tx.execute(text(END_LISTENING)).all()
            await servers.lena_writes(7, "Are you there?")
            await until(parts, "texts", "Are you there?")

    asyncio.run(story())


@ON_POSTGRES
def test_who_listens_hears_what_another_process_tells(line: Leadline) -> None:
    async def story() -> str:
        async with notices.listening(line.database) as words:
            await asyncio.to_thread(notices.tell, line.database, "news")
            async with asyncio.timeout(AT_MOST):
                return await anext(words)

    assert asyncio.run(story()) == "news"
