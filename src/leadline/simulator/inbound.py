"""A person texts one of our numbers: the webhook is called and its answer carried out.

https://www.twilio.com/docs/messaging/guides/webhook-request
"""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urljoin

from leadline.errors import PhoneNumberError
from leadline.rules.segments import count_segments
from leadline.simulator import twiml
from leadline.simulator.account import Account
from leadline.simulator.keywords import obey
from leadline.simulator.media import picture
from leadline.simulator.outbound import Outbound
from leadline.simulator.records import Message, Number, Service
from leadline.simulator.twiml import Document, TwimlError
from leadline.simulator.webhooks import FAULT_CODES, Answer, Fields, Webhooks

# https://www.twilio.com/docs/api/errors/14106 and /14109
MOST_DOCUMENTS = 50
MOST_REPLIES = 10


@dataclass(frozen=True, slots=True)
class Reply:
    """What became of a text to us. ``status`` is the webhook's HTTP status, None when none answered.

    ``error`` is the code that Twilio's debugger would show, of the fallback if that was called too.
    """

    sid: str
    status: int | None
    error: int | None = None


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where an inbound text is told."""

    inbound: str | None
    fallback: str | None


class Inbound:
    """Receives texts. A text is in the message list whether or not a webhook could be told."""

    def __init__(self, account: Account, outbound: Outbound, webhooks: Webhooks) -> None:
        self._account = account
        self._outbound = outbound
        self._webhooks = webhooks
        self.base_url = ""

    async def receive(self, from_: str, to: str, body: str, media_urls: Sequence[str] = ()) -> Reply:
        """Take a text in and tell the webhook; answers when the webhook did.

        Raises PhoneNumberError when ``to`` is not a number of ours.
        """
        number = self._account.configuration.number(to)
        if number is None:
            raise PhoneNumberError(f"{to} is not a number of the simulator.", field="to")
        service = self._account.configuration.service_of(to)
        message = self._account.add(self._message(from_, to, body, tuple(media_urls)))
        opt_out_type = obey(self._account, phone=from_, number=number, service=service, body=body)
        fields = inbound_fields(message, self._account.sid, base_url=self.base_url, opt_out_type=opt_out_type)
        return await self._tell(message, fields, self._addresses(number, service))

    def _message(self, from_: str, to: str, body: str, media_urls: tuple[str, ...]) -> Message:
        now = self._account.clock.now()
        service = self._account.configuration.service_of(to)
        return Message(
            place=self._account.next_place(),
            sid=self._account.new_sid("MM" if media_urls else "SM"),
            direction="inbound",
            to=to,
            from_=from_,
            body=body,
            status="received",
            created=now,
            updated=now,
            sent=now,
            segments=count_segments(body).segments or 1,
            media=tuple(picture(self._account, url) for url in media_urls),
            service=service.sid if service else None,
            priced=True,
        )

    def _addresses(self, number: Number, service: Service | None) -> Addresses:
        named: Number | Service = number if service is None or service.defer_to_number else service
        default = self._account.configuration
        return Addresses(named.inbound_url or default.inbound_url, named.fallback_url or default.fallback_url)

    async def _tell(self, message: Message, fields: Fields, addresses: Addresses) -> Reply:
        if addresses.inbound is None:
            return Reply(message.sid, None)
        reply = await self._carry_out(message, fields, addresses.inbound)
        if reply.error is None or addresses.fallback is None:
            return reply
        more = [("ErrorCode", str(reply.error)), ("ErrorUrl", addresses.inbound)]
        return await self._carry_out(message, [*fields, *more], addresses.fallback)

    async def _carry_out(self, message: Message, fields: Fields, url: str) -> Reply:
        """Call ``url``, send what it answers with, and go on where it redirects to."""
        sent, status = 0, None
        for _ in range(MOST_DOCUMENTS):
            answer = await self._webhooks.post(url, fields, kind="inbound", sid=message.sid)
            status = answer.status
            try:
                document = _document(answer)
            except TwimlError as error:
                return Reply(message.sid, status, error.code)
            sent = self._send(message, document, sent=sent)
            if document.next_url is None:
                return Reply(message.sid, status, 14109 if sent > MOST_REPLIES else None)
            url = urljoin(url, document.next_url)
        return Reply(message.sid, status, 14106)

    def _send(self, message: Message, document: Document, *, sent: int) -> int:
        for text in document.texts:
            sent += 1
            if sent <= MOST_REPLIES:
                self._outbound.answer(message, text)
        return sent


def _document(answer: Answer) -> Document:
    if answer.fault is not None:
        raise TwimlError(FAULT_CODES[answer.fault])
    return twiml.read(answer)


def inbound_fields(message: Message, account_sid: str, *, base_url: str, opt_out_type: str | None) -> Fields:
    """The fields of the webhook, in the order seen in captured requests.

    City, state and postal code are blank, as they often are; blanks count in the signature.
    """
    numbered = list(enumerate(message.media))
    media = f"{base_url}/2010-04-01/Accounts/{account_sid}/Messages/{message.sid}/Media"
    fields = [
        ("ToCountry", _country(message.to)),
        *[(f"MediaContentType{n}", each.content_type) for n, each in numbered],
        ("ToState", ""),
        ("SmsMessageSid", message.sid),
        ("NumMedia", str(len(message.media))),
        ("ToCity", ""),
        ("FromZip", ""),
        ("SmsSid", message.sid),
        ("FromState", ""),
        ("SmsStatus", message.status),
        ("FromCity", ""),
        ("Body", message.body),
        ("FromCountry", _country(message.from_ or "")),
        ("To", message.to),
        ("MessagingServiceSid", message.service or ""),
        ("ToZip", ""),
        ("OptOutType", opt_out_type or ""),
        ("NumSegments", str(message.segments)),
        ("MessageSid", message.sid),
        ("AccountSid", account_sid),
        ("From", message.from_ or ""),
        *[(f"MediaUrl{n}", f"{media}/{each.sid}") for n, each in numbered],
        ("ApiVersion", "2010-04-01"),
    ]
    absent = {"MessagingServiceSid", "OptOutType"}
    return [(name, value) for name, value in fields if value or name not in absent]


def _country(number: str) -> str:
    return "US" if number.startswith("+1") else ""
