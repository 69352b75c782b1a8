"""Sending without a store: the official SDK in a loop, its async client, and bare aiohttp.

``python -m benchmarks.peers.senders NAME API --messages N`` prints one line of JSON. All send the same four
fields with the same credentials, want 201 and read the SID.
"""

# The official SDK is in the peers' environment only.
# mypy: disable-error-code="import-not-found,import-untyped,misc,unused-ignore"

import argparse
import asyncio
import json
import sys
import warnings
from collections.abc import Awaitable, Callable, Coroutine
from time import perf_counter, process_time
from typing import Any
from urllib.parse import urlencode

import aiohttp
import uvloop
from twilio.http.async_http_client import AsyncTwilioHttpClient
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from harness.traffic import ACCOUNT_SID, AUTH_TOKEN, OUR_NUMBER, PUBLIC_URL, STATUS_PATH, TEXT, lead

_TWILIO = "https://api.twilio.com"
_NAMES = {"to": "To", "from_": "From", "body": "Body", "status_callback": "StatusCallback"}
_WARM_UP = 200

Send = Callable[[int], Awaitable[str]]


class _Redirected(TwilioHttpClient):
    """The SDK cannot be told another host without TLS, so its HTTP client swaps the host and nothing else."""

    def __init__(self, api: str) -> None:
        super().__init__()
        self._api = api

    def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> Any:
        return super().request(method, url.replace(_TWILIO, self._api), *args, **kwargs)


class _AsyncRedirected(AsyncTwilioHttpClient):
    def __init__(self, api: str) -> None:
        super().__init__()
        self._api = api

    async def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> Any:
        return await super().request(method, url.replace(_TWILIO, self._api), *args, **kwargs)


def sync_sdk(api: str, *, messages: int, concurrency: int) -> float:  # noqa: ARG001  Called like the others.
    """One after another, as most tutorials do."""
    client = Client(ACCOUNT_SID, AUTH_TOKEN, http_client=_Redirected(api))

    def send(number: int) -> str:
        return str(client.messages.create(**_fields(number)).sid)

    sids = {send(number) for number in range(_WARM_UP)}
    started = perf_counter()
    sids |= {send(number) for number in range(messages)}
    took = perf_counter() - started
    _all_distinct(sids, messages)
    return took


async def async_sdk(api: str, *, messages: int, concurrency: int) -> float:
    """``create_async`` from that many tasks."""
    http_client = _AsyncRedirected(api)
    client = Client(ACCOUNT_SID, AUTH_TOKEN, http_client=http_client)

    async def send(number: int) -> str:
        return str((await client.messages.create_async(**_fields(number))).sid)

    async with http_client:
        return await _timed(send, messages=messages, concurrency=concurrency)


async def bare_aiohttp(api: str, *, messages: int, concurrency: int) -> float:
    """One pooled session and that many tasks, encoding and decoding by hand, which is a third faster."""
    url = f"{api}/2010-04-01/Accounts/{ACCOUNT_SID}/Messages.json"
    headers = {
        "Authorization": aiohttp.encode_basic_auth(ACCOUNT_SID, AUTH_TOKEN),
        "Content-Type": "application/x-www-form-urlencoded",
    }
    connector = aiohttp.TCPConnector(limit=concurrency)
    async with aiohttp.ClientSession(connector=connector, headers=headers) as session:

        async def send(number: int) -> str:
            async with session.post(url, data=_form(number)) as answer:
                if answer.status != 201:
                    raise RuntimeError(f"answered {answer.status}")
                return str(json.loads(await answer.read())["sid"])

        return await _timed(send, messages=messages, concurrency=concurrency)


async def _timed(send: Send, *, messages: int, concurrency: int) -> float:
    sids = await _drain(send, count=_WARM_UP, concurrency=concurrency)
    started = perf_counter()
    sids |= await _drain(send, count=messages, concurrency=concurrency)
    took = perf_counter() - started
    _all_distinct(sids, messages)
    return took


async def _drain(send: Send, *, count: int, concurrency: int) -> set[str]:
    numbers = iter(range(count))

    async def work() -> set[str]:
        return {await send(number) for number in numbers}

    return set().union(*await asyncio.gather(*[work() for _ in range(concurrency)]))


def _fields(number: int) -> dict[str, str]:
    return {
        "to": lead(number),
        "from_": OUR_NUMBER,
        "body": TEXT,
        "status_callback": PUBLIC_URL + STATUS_PATH,
    }


def _form(number: int) -> bytes:
    return urlencode({_NAMES[name]: value for name, value in _fields(number).items()}).encode()


def _all_distinct(sids: set[str], messages: int) -> None:
    if len(sids) != messages + _WARM_UP:
        raise RuntimeError(f"{len(sids)} SIDs for {messages + _WARM_UP} messages")


_SENDERS: dict[str, Callable[..., float | Coroutine[Any, Any, float]]] = {
    "sync_sdk": sync_sdk,
    "async_sdk": async_sdk,
    "bare_aiohttp": bare_aiohttp,
}


def main() -> None:
    """One sender, its answer as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name", choices=list(_SENDERS))
    parser.add_argument("api")
    parser.add_argument("--messages", type=int, required=True)
    parser.add_argument("--concurrency", type=int, default=64)
    given = parser.parse_args()
    # The SDK passes aiohttp an argument that is on its way out, and a warning for each call costs time.
    warnings.simplefilter("ignore", DeprecationWarning)
    before = process_time()
    sending = _SENDERS[given.name](given.api, messages=given.messages, concurrency=given.concurrency)
    if not isinstance(sending, float):
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            sending = runner.run(sending)
    answer = {"seconds": sending, "sent": given.messages, "creates": given.messages + _WARM_UP}
    json.dump(answer | {"cpu": process_time() - before}, sys.stdout)


if __name__ == "__main__":
    main()
