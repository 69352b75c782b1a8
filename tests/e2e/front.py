"""What stands between Twilio and the service in most installations: a proxy with the public address."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

import aiohttp
from aiohttp import web
from twilio.request_validator import RequestValidator
from yarl import URL

from tests import cast

HERE = "127.0.0.1"
# A proxy writes these itself.
_OF_THE_HOP = frozenset({"host", "content-length", "transfer-encoding", "connection"})


@dataclass(frozen=True, slots=True)
class Passed:
    """One request that went through; ``is_genuine`` is what Twilio's own library says of its signature."""

    url: str
    fields: dict[str, str]
    is_genuine: bool
    status: int


@dataclass
class Front:
    """A reverse proxy that keeps what it passed on. It loses the next ``lost_answers`` answers."""

    url: str = ""
    behind: str = ""
    passed: list[Passed] = field(default_factory=list)
    lost_answers: int = 0

    async def pass_on(self, request: web.BaseRequest) -> web.Response:
        headers = {name: value for name, value in request.headers.items() if name.lower() not in _OF_THE_HOP}
        body = await request.read()
        async with (
            aiohttp.ClientSession(auto_decompress=False) as session,
            session.request(
                request.method,
                URL(f"{self.behind}{request.raw_path}", encoded=True),
                data=body,
                headers=headers,
                allow_redirects=False,
            ) as answer,
        ):
            content = await answer.read()
        self._keep(request, body, answer.status)
        if self.lost_answers:
            self.lost_answers -= 1
            return web.Response(status=502, text="The answer was lost on the way.")
        kind = {"Content-Type": answer.headers["Content-Type"]} if content else {}
        return web.Response(status=answer.status, body=content, headers=kind)

    def _keep(self, request: web.BaseRequest, body: bytes, status: int) -> None:
        url = f"{self.url}{request.raw_path}"
        fields = dict(parse_qsl(body.decode(), keep_blank_values=True))
        signature = request.headers.get("X-Twilio-Signature", "")
        is_genuine = RequestValidator(cast.AUTH_TOKEN).validate(url, fields, signature)
        self.passed.append(Passed(url, fields, is_genuine, status))

    @property
    def statuses(self) -> list[str]:
        """What was reported, in the order it came."""
        return [each.fields["MessageStatus"] for each in self.passed if "MessageStatus" in each.fields]


@asynccontextmanager
async def standing_before(behind: str) -> AsyncIterator[Front]:
    """Serve a front on a free port of this machine, before the service at that address."""
    front = Front(behind=behind)
    runner = web.ServerRunner(web.Server(front.pass_on))
    await runner.setup()
    await web.TCPSite(runner, HERE, 0).start()
    front.url = f"http://{HERE}:{runner.addresses[0][1]}"
    try:
        yield front
    finally:
        await runner.cleanup()
