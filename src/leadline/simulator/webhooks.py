"""How Twilio calls an application: signed form posts, time-outs and retries. Knows nothing of messages.

Redirects of HTTP are not followed: a webhook that answers with one is at fault, and
https://www.twilio.com/docs/usage/webhooks/webhooks-faq warns that a redirected POST may lose its body.
"""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlencode, urlsplit, urlunsplit

import aiohttp
from yarl import URL

from leadline.simulator.account import Account
from leadline.simulator.overrides import Overrides, split
from leadline.simulator.records import Call
from leadline.simulator.streams import read_up_to
from leadline.twilio.signature import sign

Fields = Sequence[tuple[str, str]]

# The limit on a TwiML document (error 11750); nothing longer is read.
MOST_ANSWER = 64 * 1024

# Twilio's codes for a call that failed, by the kind of fault.
# https://www.twilio.com/docs/api/errors/11200 and the pages after it.
FAULT_CODES = {"ct": 11205, "rt": 11200, "4xx": 11200, "5xx": 11200, "3xx": 11200, "broken": 11206}

_UNCHANGING_HEADERS = {
    "content-type": "application/x-www-form-urlencoded; charset=UTF-8",
    "user-agent": "TwilioProxy/1.1",
    "accept": "*/*",
    "x-home-region": "us1",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What the application answered. ``fault`` is a key of FAULT_CODES, or None when all is well."""

    status: int | None
    content_type: str
    body: bytes
    fault: str | None


def _untouched(fields: Fields) -> Fields:
    return fields


@dataclass(frozen=True, slots=True)
class Forgery:
    """For the faults: the token to sign with, and what is done to the fields after signing."""

    token: str
    tamper: Callable[[Fields], Fields] = _untouched


@dataclass(frozen=True, slots=True)
class Post:
    """One signed request, the same for every try of it. ``kind`` and ``sid`` say what it is about."""

    address: str
    body: bytes
    headers: dict[str, str]
    kind: str
    sid: str


class Webhooks:
    """Calls webhooks of one account and has it keep a line of each try."""

    def __init__(self, account: Account) -> None:
        self._account = account
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        # Servers commonly close a connection that was idle for five seconds. Letting go of it first
        # keeps a call from being lost to a connection that is just being closed.
        connector = aiohttp.TCPConnector(limit=200, keepalive_timeout=2.0)
        self._session = aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar())
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def post(
        self,
        url: str,
        fields: Fields,
        *,
        kind: str,
        sid: str,
        forgery: Forgery | None = None,
        idempotency_token: str | None = None,
    ) -> Answer:
        """Call ``url``, as often as its overrides say; answers with the last try's outcome.

        Every retry carries the same idempotency token, and all tries share the total time.
        """
        address, overrides = split(url)
        address = _without_userinfo(address)
        forgery = forgery or Forgery(self._account.auth_token)
        headers = _UNCHANGING_HEADERS | {
            "x-twilio-signature": sign(address, fields, forgery.token),
            "i-twilio-idempotency-token": idempotency_token or self.new_token(),
        }
        body = urlencode(forgery.tamper(fields)).encode()
        return await self._try_all(Post(address, body, headers, kind, sid), overrides)

    def new_token(self) -> str:
        """A fresh idempotency token."""
        return str(uuid.UUID(int=self._account.random.getrandbits(128), version=4))

    async def _try_all(self, post: Post, overrides: Overrides) -> Answer:
        clock = self._account.clock
        deadline = clock.monotonic() + overrides.total
        answer = await self._try(post, overrides, left=overrides.total)
        for _ in range(overrides.retries):
            left = deadline - clock.monotonic()
            if answer.fault is None or left <= 0 or not overrides.retry(answer.fault):
                break
            answer = await self._try(post, overrides, left=left)
        return answer

    async def _try(self, post: Post, overrides: Overrides, *, left: float) -> Answer:
        clock = self._account.clock
        started = clock.monotonic()
        answer = await self.exchange(post, overrides, left=left)
        seconds = clock.monotonic() - started
        call = Call(post.kind, post.address, post.sid, answer.status, answer.fault, seconds, clock.now())
        self._account.record(call)
        return answer

    async def exchange(self, post: Post, overrides: Overrides, *, left: float) -> Answer:
        """One request and its answer, within ``left`` seconds. This alone touches the network."""
        if self._session is None:
            raise RuntimeError("The simulator is not running: enter it with 'async with simulator'.")
        url = URL(post.address, encoded=True)
        limits = _limits(overrides, left)
        try:
            async with self._session.post(
                url, data=post.body, headers=post.headers, timeout=limits, allow_redirects=False
            ) as response:
                content = await read_up_to(response.content, MOST_ANSWER + 1)
                return answered(response.status, response.content_type, content)
        except (aiohttp.ConnectionTimeoutError, aiohttp.ClientConnectorError):
            return unanswered("ct")
        except TimeoutError:
            return unanswered("rt")
        except aiohttp.ClientError:
            return unanswered("broken")


def answered(status: int, content_type: str, body: bytes) -> Answer:
    """An answer that came whole."""
    return Answer(status, content_type, body, _fault_of_status(status))


def unanswered(fault: str) -> Answer:
    """A call that got no answer; ``fault`` is a key of FAULT_CODES."""
    return Answer(status=None, content_type="", body=b"", fault=fault)


def _fault_of_status(status: int) -> str | None:
    return f"{status // 100}xx" if status >= 300 else None


def _limits(overrides: Overrides, left: float) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(total=left, sock_connect=overrides.connect, sock_read=overrides.read)


def _without_userinfo(address: str) -> str:
    # Twilio takes user and password out of the address before it signs and calls.
    if "@" not in address:
        return address
    parts = urlsplit(address)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
