"""The request bytes: signed webhooks as Twilio sends them, and create calls as an SDK sends them.

Field and header names: https://www.twilio.com/docs/messaging/guides/track-outbound-message-status,
https://www.twilio.com/docs/messaging/guides/webhook-request and, for the signature,
https://www.twilio.com/docs/usage/webhooks/webhooks-security.
"""

import hmac
import json
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote_plus, urlencode

ACCOUNT_SID = "AC" + "0b" * 16
AUTH_TOKEN = "5ec0de" * 5 + "00"
OUR_NUMBER = "+15005550006"
PUBLIC_URL = "https://sms.example.com"
# What is sent; one segment.
TEXT = "Hello Lena, this is Bob from Example Ltd. Shall we talk on Thursday at 10? Reply STOP to opt out."
STATUS_PATH = "/api/webhooks/twilio/status"
INBOUND_PATH = "/api/webhooks/twilio"

# Twilio reports these seconds apart, so one SID never comes twice within a block's quarter.
STATUSES = ("queued", "sending", "sent", "delivered")
SIDS_PER_BLOCK = 20_000
LEADS = 5_000
# Far from the SIDs of texts that we sent: a database that keeps both would take one for the other.
_FIRST_INBOUND = 1_000_000_000

# Fixed width, and nothing urlencode or sorting would touch, so that a request is made by replacing them.
_SID = "SM" + "X" * 32
_LEAD = "14150000000"
_STATUS = "STATUSMARK"
_BODY = "BODYMARK"

_STATUS_FIELDS = {
    "SmsSid": _SID,
    "SmsStatus": _STATUS,
    "MessageStatus": _STATUS,
    "To": "+" + _LEAD,
    "MessageSid": _SID,
    "AccountSid": ACCOUNT_SID,
    "From": OUR_NUMBER,
    "ApiVersion": "2010-04-01",
    "RawDlrDoneDate": "2611221200",
}

_INBOUND_FIELDS = {
    "ToCountry": "US",
    "ToState": "CA",
    "SmsMessageSid": _SID,
    "NumMedia": "0",
    "ToCity": "",
    "FromZip": "94103",
    "SmsSid": _SID,
    "FromState": "CA",
    "SmsStatus": "received",
    "FromCity": "SAN FRANCISCO",
    "Body": _BODY,
    "FromCountry": "US",
    "To": OUR_NUMBER,
    "ToZip": "",
    "NumSegments": "1",
    "MessageSid": _SID,
    "AccountSid": ACCOUNT_SID,
    "From": "+" + _LEAD,
    "ApiVersion": "2010-04-01",
}

_TEXTS = (
    "Yes, Thursday at 10 works for me.",
    "Can you send me the price list first?",
    "Who is this?",
    "Thanks! I will talk to my partner and come back to you tomorrow.",
    "Not now, maybe after the summer.",
)


# What a fake answers a create with; the mark is where the SID goes.
SID_MARK = _SID
MESSAGE = json.dumps(
    {
        "account_sid": ACCOUNT_SID,
        "api_version": "2010-04-01",
        "body": TEXT,
        "date_created": "Sun, 22 Nov 2026 12:00:00 +0000",
        "date_sent": None,
        "date_updated": "Sun, 22 Nov 2026 12:00:00 +0000",
        "direction": "outbound-api",
        "error_code": None,
        "error_message": None,
        "from": OUR_NUMBER,
        "messaging_service_sid": None,
        "num_media": "0",
        "num_segments": "1",
        "price": None,
        "price_unit": "USD",
        "sid": SID_MARK,
        "status": "queued",
        "subresource_uris": {"media": f"/2010-04-01/Accounts/{ACCOUNT_SID}/Messages/{SID_MARK}/Media.json"},
        "to": "+14152000000",
        "uri": f"/2010-04-01/Accounts/{ACCOUNT_SID}/Messages/{SID_MARK}.json",
    }
)


@dataclass(frozen=True, slots=True)
class Request:
    """Bytes for the wire, and the number of the message they speak of."""

    wire: bytes
    message: int


@dataclass(frozen=True, slots=True)
class _Template:
    """A webhook with marks where requests differ: to urlencode each would take ten times as long."""

    path: str
    body: bytes
    signed: bytes

    @classmethod
    def of(cls, path: str, fields: dict[str, str]) -> "_Template":
        signed = PUBLIC_URL + path + "".join(name + fields[name] for name in sorted(fields))
        return cls(path, urlencode(fields).encode(), signed.encode())

    def fill(self, marks: dict[bytes, tuple[bytes, bytes]]) -> bytes:
        body, signed = self.body, self.signed
        for mark, (encoded, plain) in marks.items():
            body, signed = body.replace(mark, encoded), signed.replace(mark, plain)
        return _webhook(self.path, body, _signature(signed))


def status(number: int) -> Request:
    """The status webhook with that number: a block's 20,000 SIDs with one status, then with the next.

    No two numbers give the same request. A repeated request would let a database skip the write and the
    sync, and flatter whoever receives it.
    """
    block, within = divmod(number, SIDS_PER_BLOCK * len(STATUSES))
    step, offset = divmod(within, SIDS_PER_BLOCK)
    message = block * SIDS_PER_BLOCK + offset
    marks = _who(message) | {_STATUS.encode(): _same(STATUSES[step])}
    return Request(_STATUS_TEMPLATE.fill(marks), message)


def inbound(number: int) -> Request:
    """The inbound webhook with that number: a new text from one of 5,000 leads. The same words come again
    after 7,200 texts, so that it is no use to remember what they mean.
    """
    turn, which = divmod(number, len(_TEXTS))
    text = f"{_TEXTS[which]} Before {turn // 60 % 24}:{turn % 60:02}?"
    marks = _who(_FIRST_INBOUND + number) | {_BODY.encode(): (quote_plus(text).encode(), text.encode())}
    return Request(_INBOUND_TEMPLATE.fill(marks), number)


def create(number: int) -> Request:
    """A create call, to measure how much the fake can take."""
    fields = {
        "To": lead(number),
        "From": OUR_NUMBER,
        "Body": TEXT,
        "StatusCallback": PUBLIC_URL + STATUS_PATH,
    }
    body = urlencode(fields).encode()
    head = (
        f"POST /2010-04-01/Accounts/{ACCOUNT_SID}/Messages.json HTTP/1.1\r\n"
        "Host: api.twilio.com\r\nAuthorization: Basic QUM6dG9rZW4=\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return Request(head.encode() + body, number)


REQUESTS: dict[str, Callable[[int], Request]] = {"status": status, "inbound": inbound, "create": create}


def messages_in(requests: int) -> int:
    """How many messages the first so many status webhooks may speak of."""
    return -(-requests // (SIDS_PER_BLOCK * len(STATUSES))) * SIDS_PER_BLOCK


def distinct_messages(kind: str) -> Callable[[int], int]:
    """What tells how many distinct messages the first so many requests of that kind speak of."""
    return _of_statuses if kind == "status" else lambda requests: requests


def _of_statuses(requests: int) -> int:
    blocks, within = divmod(requests, SIDS_PER_BLOCK * len(STATUSES))
    return blocks * SIDS_PER_BLOCK + min(within, SIDS_PER_BLOCK)


def sid(message: int) -> str:
    """The SID of that message, the same in every run."""
    return f"SM{message:032x}"


def inbound_sid(number: int) -> str:
    """The SID of the inbound webhook with that number."""
    return sid(_FIRST_INBOUND + number)


def lead_of_inbound(number: int) -> str:
    """Who wrote the inbound webhook with that number."""
    return lead((_FIRST_INBOUND + number) % LEADS)


def lead(number: int) -> str:
    """The phone number of that lead, for up to a million. It could be a real one, so it never leaves here."""
    return f"+1415{2_000_000 + number % 1_000_000:07d}"


def _who(message: int) -> dict[bytes, tuple[bytes, bytes]]:
    return {_SID.encode(): _same(sid(message)), _LEAD.encode(): _same(lead(message % LEADS)[1:])}


def _same(text: str) -> tuple[bytes, bytes]:
    return text.encode(), text.encode()


def _signature(signed: bytes) -> bytes:
    return b64encode(hmac.digest(AUTH_TOKEN.encode(), signed, "sha1"))


def _webhook(path: str, body: bytes, signature: bytes) -> bytes:
    return _HEAD % (path.encode(), signature, len(body)) + body


_HEAD = (
    b"POST %s HTTP/1.1\r\n"
    b"Host: sms.example.com\r\n"
    b"Content-Type: application/x-www-form-urlencoded; charset=UTF-8\r\n"
    b"X-Twilio-Signature: %s\r\n"
    b"I-Twilio-Idempotency-Token: 6f8a4f4e-5d2d-4f6c-9a57-2f1e1c0b7a11\r\n"
    b"User-Agent: TwilioProxy/1.1\r\n"
    b"Accept: */*\r\n"
    b"X-Home-Region: us1\r\n"
    b"Content-Length: %d\r\n\r\n"
)
_STATUS_TEMPLATE = _Template.of(STATUS_PATH, _STATUS_FIELDS)
_INBOUND_TEMPLATE = _Template.of(INBOUND_PATH, _INBOUND_FIELDS)
