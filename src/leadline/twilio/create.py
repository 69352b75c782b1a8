"""What a create call to Twilio's Messages API can carry.

https://www.twilio.com/docs/messaging/api/message-resource#create-a-message-resource
"""

import string
from datetime import UTC, datetime
from typing import NamedTuple

from leadline.errors import InvalidInput, TextError

# Our name, Twilio's name. Twilio ignores a name it does not know without saying so.
PARAMETERS = (
    ("to", "To"),
    ("from_", "From"),
    ("messaging_service_sid", "MessagingServiceSid"),
    ("body", "Body"),
    ("media_urls", "MediaUrl"),
    ("status_callback", "StatusCallback"),
    ("validity_period", "ValidityPeriod"),
    ("send_at", "SendAt"),
    ("content_sid", "ContentSid"),
    ("content_variables", "ContentVariables"),
    ("application_sid", "ApplicationSid"),
    ("smart_encoded", "SmartEncoded"),
    ("send_as_mms", "SendAsMms"),
    ("shorten_urls", "ShortenUrls"),
    ("attempt", "Attempt"),
    ("provide_feedback", "ProvideFeedback"),
    ("content_retention", "ContentRetention"),
    ("address_retention", "AddressRetention"),
    ("risk_check", "RiskCheck"),
    ("persistent_actions", "PersistentAction"),
    ("traffic_type", "TrafficType"),
    ("fallback_from", "FallbackFrom"),
    ("max_price", "MaxPrice"),
    ("force_delivery", "ForceDelivery"),
    ("tags", "Tags"),
    ("message_intent", "MessageIntent"),
)


class _Quoted(dict[int, str]):
    """Each character as a form writes it.

    The standard library's quoting visits every byte in Python; for a long text that costs more than all
    else here together.
    """

    def __missing__(self, code: int) -> str:
        return "".join([f"%{byte:02X}" for byte in chr(code).encode()])


_PLAIN = string.ascii_letters + string.digits + "_.-~"
_QUOTED = _Quoted({ord(character): character for character in _PLAIN} | {ord(" "): "+"})
_QUOTED.update({code: _QUOTED[code] for code in range(128)})
# What ``_quoted`` does not come to one by one.
_KEPT = frozenset(_PLAIN + "% ")


def _quoted(text: str) -> str:
    """As a form writes it. In ASCII few characters change, and to change each throughout takes half as
    long as to visit all.
    """
    if not text.isascii():
        return text.translate(_QUOTED)
    text = text.replace("%", "%25")  # First, since the others bring it in.
    for character in set(text) - _KEPT:
        text = text.replace(character, _QUOTED[ord(character)])
    return text.replace(" ", "+")


Value = str | int | datetime | tuple[str, ...] | None


class Create(NamedTuple):
    """One create call. A field that is None, or an empty list of addresses, is not sent.

    ``send_at`` needs its time zone and a Messaging Service; ``validity_period`` is in seconds, 1 to 36,000;
    ``content_variables`` and ``tags`` are JSON texts. Twilio no longer heeds ``max_price``.
    """

    to: str
    from_: str | None = None
    messaging_service_sid: str | None = None
    body: str | None = None
    media_urls: tuple[str, ...] = ()
    status_callback: str | None = None
    validity_period: int | None = None
    send_at: datetime | None = None
    content_sid: str | None = None
    content_variables: str | None = None
    application_sid: str | None = None
    smart_encoded: bool | None = None
    send_as_mms: bool | None = None
    shorten_urls: bool | None = None
    attempt: int | None = None
    provide_feedback: bool | None = None
    content_retention: str | None = None
    address_retention: str | None = None
    risk_check: str | None = None
    persistent_actions: tuple[str, ...] = ()
    traffic_type: str | None = None
    fallback_from: str | None = None
    max_price: str | None = None
    force_delivery: bool | None = None
    tags: str | None = None
    message_intent: str | None = None

    def form(self) -> bytes:
        """The body of the POST. Raises InvalidInput for what cannot be written, before anything is sent."""
        try:
            return "&".join([f"{name}={_quoted(text)}" for name, text in self.pairs()]).encode()
        except UnicodeEncodeError:
            raise TextError("There is half an emoji in the text. Write it again.", field="body") from None

    def pairs(self) -> list[tuple[str, str]]:
        """The form's fields under Twilio's names."""
        given = zip(_NAMES, self, strict=True)
        pairs = [(name, text) for name, value in given if value is not None for text in _texts(value)]
        if self.send_at is not None:
            pairs.append(("ScheduleType", "fixed"))
        return pairs


_NAMES = tuple(dict(PARAMETERS)[ours] for ours in Create._fields)


def _texts(value: Value) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    if isinstance(value, tuple):
        return value
    if isinstance(value, datetime):
        return (_utc(value),)
    return (str(value).lower(),)


def _utc(moment: datetime) -> str:
    if moment.tzinfo is None:
        raise InvalidInput("The time to send at needs a time zone.", field="send_at")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
