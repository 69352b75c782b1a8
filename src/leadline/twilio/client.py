"""The only place that calls Twilio's Messages API.

One pooled session, no redirects, no retries: a second POST may be a second text, so whether to repeat
is for the caller to decide, with the evidence. https://www.twilio.com/docs/messaging/api/message-resource
"""

import json
import re
from base64 import b64encode
from collections.abc import AsyncIterator, Mapping
from datetime import date
from types import TracebackType
from typing import Any, Self, TypedDict, cast

import aiohttp
from yarl import URL

from leadline.errors import InvalidInput, StoreUnavailable, TwilioError
from leadline.twilio.create import Create
from leadline.twilio.outcome import SendKind, SendResult, failure, outcome
from leadline.twilio.payloads import Media
from leadline.twilio.permit import LastLook, Permit
from leadline.twilio.wire import Answer, Held, Wire

__all__ = [
    "Answer",
    "Create",
    "MessageResource",
    "Permit",
    "SendKind",
    "SendResult",
    "TwilioClient",
    "failure",
    "outcome",
]

API = "https://api.twilio.com"
TOTAL_SECONDS = 20.0
CONNECT_SHARE = 0.25
# Load balancers drop idle connections without a word; a POST on such a connection ends in doubt.
IDLE_SECONDS = 5.0
LARGEST_ANSWER = 8 * 1024 * 1024
LARGEST_PAGE = 1000

_ACCOUNT_SID = re.compile(r"AC[0-9a-fA-F]{32}", re.ASCII)
_MESSAGE_SID = re.compile(r"(SM|MM)[0-9a-fA-F]{32}", re.ASCII)

MessageResource = TypedDict(
    "MessageResource",
    {
        "sid": str,
        "account_sid": str,
        "messaging_service_sid": str | None,
        "to": str,
        "from": str | None,
        "body": str,
        "status": str,
        "direction": str,
        "num_segments": str,
        "num_media": str,
        "price": str | None,
        "price_unit": str | None,
        "error_code": int | None,
        "error_message": str | None,
        "date_created": str,
        "date_updated": str,
        "date_sent": str | None,
        "api_version": str,
        "uri": str,
        "subresource_uris": dict[str, str],
    },
)


class TwilioClient:
    """Twilio's Messages API for one account, on one event loop.

    ``credentials`` are user and password: an API key and its secret, or the account and its token.
    ``timeout`` is in seconds for a whole call; a quarter of it may go to connecting. The session opens at
    the first call; close it with ``aclose`` or ``async with``. How many calls are under way at once is up
    to the caller.
    """

    def __init__(
        self,
        account_sid: str,
        credentials: tuple[str, str],
        *,
        base_url: str = API,
        timeout: float = TOTAL_SECONDS,
    ) -> None:
        if not _ACCOUNT_SID.fullmatch(account_sid):
            raise InvalidInput("An Account SID is AC and 32 hexadecimal digits.", field="account_sid")
        if URL(base_url).scheme not in ("http", "https") or not URL(base_url).host:
            raise InvalidInput("The API's address looks like https://api.twilio.com.", field="base_url")
        self.account_sid = account_sid
        self.base_url = base_url.rstrip("/")
        self.authorization = "Basic " + b64encode(":".join(credentials).encode()).decode()
        self._account_path = f"/2010-04-01/Accounts/{account_sid}/"
        self._create_url = self._url("Messages.json")
        self._create_headers = {
            "Accept": "*/*",
            "Accept-Encoding": "identity",
            "Authorization": self.authorization,
            "Content-Type": "application/x-www-form-urlencoded",
            "User-Agent": "leadline",
        }
        self._timeout = aiohttp.ClientTimeout(total=timeout, connect=timeout * CONNECT_SHARE)
        self._session: aiohttp.ClientSession | None = None
        self._wire = Wire(
            self.base_url,
            connect=timeout * CONNECT_SHARE,
            total=timeout,
            idle=IDLE_SECONDS,
            largest=LARGEST_ANSWER,
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close the connections. Calls still under way fail, in doubt; wait for them first."""
        self._wire.close()
        if self._session is not None:
            await self._session.close()
            self._session = None

    @property
    def session(self) -> aiohttp.ClientSession:
        """The pooled session, opened when first needed. It adds no credentials by itself."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=0, keepalive_timeout=IDLE_SECONDS),
                timeout=self._timeout,
                headers={
                    "Accept": "*/*",
                    "Accept-Encoding": "identity",
                    "User-Agent": "leadline",
                },
                cookie_jar=aiohttp.DummyCookieJar(),
                trust_env=False,
            )
        return self._session

    async def create(self, message: Create, permit: Permit) -> SendResult:
        """Ask Twilio to send one text, once, by leave of the gate.

        When the permit's last look says no, nothing is sent and the kind is ``not_begun``. Whatever Twilio or
        the network does is a result, never an exception; only arguments that cannot be written raise, before
        anything is sent. When this task is cancelled, the text is in doubt.
        """
        form = message.form()
        try:
            answer = await self.exchange(
                "POST", self._create_url, self._create_headers, body=form, last_look=permit.last_look
            )
        except (Held, StoreUnavailable):  # Only the look asks the database, before the first byte.
            return SendResult(ok=False, kind=SendKind.NOT_BEGUN)
        except (aiohttp.ClientError, OSError) as error:
            return failure(error)
        return outcome(answer.status, answer.headers, answer.body)

    async def fetch(self, sid: str) -> MessageResource | None:
        """One message as Twilio has it now, or None when Twilio has no such message.

        Raises TwilioError when there is no usable answer.
        """
        if not _MESSAGE_SID.fullmatch(sid):
            raise InvalidInput("A message SID is SM or MM and 32 hexadecimal digits.", field="sid")
        answer = await self._get(self._url(f"Messages/{sid}.json"))
        if answer.status == 404:
            return None
        return _message(_usable(answer))

    async def list_messages(
        self,
        *,
        to: str | None = None,
        from_: str | None = None,
        date_sent: date | None = None,
        date_sent_after: date | None = None,
        date_sent_before: date | None = None,
        page_size: int = 50,
    ) -> AsyncIterator[MessageResource]:
        """The account's messages, newest first, fetched page by page as they are consumed.

        Dates are days in GMT. A message that is not in the list may still exist: the list can lag by hours,
        and a queued message has no date_sent yet. Raises TwilioError when a page cannot be read; what came
        before it is then not the whole list.
        """
        if not 1 <= page_size <= LARGEST_PAGE:
            raise InvalidInput(f"A page has 1 to {LARGEST_PAGE} messages.", field="page_size")
        filters = {
            "To": to,
            "From": from_,
            "DateSent": date_sent,
            "DateSent>": date_sent_after,
            "DateSent<": date_sent_before,
            "PageSize": page_size,
        }
        query = {name: str(value) for name, value in filters.items() if value is not None}
        url: URL | None = self._url("Messages.json").with_query(query)
        seen: set[URL] = set()
        while url is not None:
            if url in seen:
                raise TwilioError("Twilio's list of messages goes round in a circle.")
            seen.add(url)
            page = _usable(await self._get(url))
            for message in _messages(page):
                yield message
            url = self._next_page(page)

    async def list_media(self, sid: str) -> list[Media]:
        """The files of one message: addresses to fetch, and the types that Twilio says they have.

        Raises TwilioError when there is no usable answer.
        """
        page = _usable(await self._get(self._url(f"Messages/{sid}/Media.json")))
        found = page.get("media_list")
        if not isinstance(found, list):
            raise TwilioError("Twilio's list of files has an unexpected shape.", http_status=200)
        return [
            Media(
                f"{self.base_url}{str(item['uri']).removesuffix('.json')}", str(item.get("content_type", ""))
            )
            for item in found
            if isinstance(item, dict) and str(item.get("uri", "")).startswith(self._account_path)
        ]

    async def account(self) -> Mapping[str, Any]:
        """The account: its friendly_name, its status (active, suspended, closed) and type (Trial, Full).

        Raises TwilioError when there is no usable answer, also for credentials that Twilio does not take.
        https://www.twilio.com/docs/iam/api/account
        """
        path = self._account_path.removesuffix("/")
        return _usable(await self._get(URL(f"{self.base_url}{path}.json", encoded=True)))

    async def own_number(self, number: str) -> Mapping[str, Any] | None:
        """How a number of the account is set up: its sms_url, sms_method, capabilities; None for no such one.

        Raises TwilioError. https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource
        """
        url = self._url("IncomingPhoneNumbers.json").with_query({"PhoneNumber": number})
        found = _usable(await self._get(url)).get("incoming_phone_numbers")
        if not isinstance(found, list):
            raise TwilioError("Twilio's list of numbers has an unexpected shape.", http_status=200)
        ours = (each for each in found if isinstance(each, dict) and each.get("phone_number") == number)
        return next(ours, None)

    def _url(self, path: str) -> URL:
        return URL(f"{self.base_url}{self._account_path}{path}", encoded=True)

    def _next_page(self, page: Mapping[str, Any]) -> URL | None:
        uri = page.get("next_page_uri")
        if not uri:
            return None
        # Our credentials go with the request, so it must stay within this account on this host.
        if not isinstance(uri, str) or not uri.startswith(self._account_path) or "/../" in uri:
            raise TwilioError("Twilio's list of messages continues at an unexpected address.")
        return URL(self.base_url + uri, encoded=True)

    async def _get(self, url: URL) -> Answer:
        try:
            return await self.exchange("GET", url, {"Authorization": self.authorization})
        except (aiohttp.ClientError, OSError) as error:
            raise TwilioError(f"Twilio did not answer: {type(error).__name__}.") from error

    async def exchange(
        self,
        method: str,
        url: URL,
        headers: Mapping[str, str],
        *,
        body: bytes | None = None,
        last_look: LastLook | None = None,
    ) -> Answer:
        """One request and its whole answer, once; raises aiohttp.ClientError or OSError without one, and what
        ``Wire.post`` says of the last look.

        This alone touches the network. What must not happen twice goes over the wire, which says whether
        it left; questions go through aiohttp.
        """
        if method == "POST":
            return await self._wire.post(url.raw_path_qs, headers, body or b"", last_look)
        async with self.session.request(
            method, url, data=body, headers=headers, allow_redirects=False
        ) as response:
            return Answer(response.status, response.headers, await _read(response))


async def _read(response: aiohttp.ClientResponse) -> bytes:
    body = await response.content.readany()
    while not response.content.at_eof():
        if len(body) > LARGEST_ANSWER:
            raise aiohttp.ClientPayloadError("the answer is too large")
        body += await response.content.readany()
    return body


def _usable(answer: Answer) -> Mapping[str, Any]:
    try:
        document = json.loads(answer.body)
    except (ValueError, RecursionError):
        document = None
    if answer.status == 200 and isinstance(document, dict):
        return document
    code = document.get("code") if isinstance(document, dict) else None
    raise TwilioError(
        f"Twilio answered {answer.status} to a question.",
        http_status=answer.status,
        error_code=code if isinstance(code, int) else None,
    )


def _messages(page: Mapping[str, Any]) -> list[MessageResource]:
    messages = page.get("messages")
    if not isinstance(messages, list):
        raise TwilioError("Twilio's list of messages has an unexpected shape.", http_status=200)
    return [_message(message) for message in messages]


def _message(message: Any) -> MessageResource:
    if not isinstance(message, dict) or not isinstance(message.get("sid"), str):
        raise TwilioError("Twilio described a message without a SID.", http_status=200)
    return cast(MessageResource, message)
