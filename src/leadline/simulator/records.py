"""What the simulator remembers. Every record is frozen; a change is a new record in its place."""

import re
from dataclasses import dataclass
from datetime import datetime

_TOLL_FREE = re.compile(r"\+18(00|33|44|55|66|77|88)\d{7}")
_SHORT_CODE = re.compile(r"\d{5,6}")


@dataclass(frozen=True, slots=True)
class Number:
    """A number of ours: in E.164, or a short code. ``fallback_url`` is called when ``inbound_url`` fails."""

    number: str
    inbound_url: str | None = None
    fallback_url: str | None = None
    sms: bool = True
    mms: bool = True

    @property
    def is_toll_free(self) -> bool:
        return bool(_TOLL_FREE.fullmatch(self.number))

    @property
    def is_short_code(self) -> bool:
        return bool(_SHORT_CODE.fullmatch(self.number))


@dataclass(frozen=True, slots=True)
class Service:
    """A Messaging Service: a pool of our numbers that Twilio chooses a sender from.

    While ``defer_to_number`` holds, inbound texts go to the number's own webhook, else to
    ``inbound_url``. https://www.twilio.com/docs/messaging/services
    """

    sid: str
    pool: tuple[str, ...]
    inbound_url: str | None = None
    fallback_url: str | None = None
    status_callback: str | None = None
    defer_to_number: bool = True
    advanced_opt_out: bool = False


@dataclass(frozen=True, slots=True)
class Configuration:
    """The account's numbers and services, and the webhooks of whatever names none of its own."""

    numbers: tuple[Number, ...]
    services: tuple[Service, ...] = ()
    inbound_url: str | None = None
    fallback_url: str | None = None
    status_callback: str | None = None

    def number(self, number: str) -> Number | None:
        return next((ours for ours in self.numbers if ours.number == number), None)

    def service(self, sid: str | None) -> Service | None:
        return next((service for service in self.services if service.sid == sid), None)

    def service_of(self, number: str) -> Service | None:
        """The service whose pool holds the number; Twilio allows one (error 21712)."""
        return next((service for service in self.services if number in service.pool), None)


@dataclass(frozen=True, slots=True)
class Media:
    """A picture or file of a message. ``content`` is None while nobody has asked for it yet."""

    sid: str
    content_type: str
    source: str
    created: datetime
    content: bytes | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """A Message resource. ``place`` grows with each; ``from_`` is None until a service picks a sender."""

    place: int
    sid: str
    direction: str
    to: str
    from_: str | None
    body: str
    status: str
    created: datetime
    updated: datetime
    segments: int
    sent: datetime | None = None
    media: tuple[Media, ...] = ()
    service: str | None = None
    error_code: int | None = None
    status_callback: str | None = None
    priced: bool = False

    @property
    def is_inbound(self) -> bool:
        return self.direction == "inbound"

    @property
    def phone(self) -> str:
        """The number of the person, whoever wrote."""
        return self.from_ or "" if self.is_inbound else self.to


@dataclass(frozen=True, slots=True)
class Accepted:
    """One create that was accepted: a line of the ledger, the truth that tests compare with."""

    index: int
    sid: str
    to: str
    from_: str | None
    service: str | None
    body: str
    media: tuple[str, ...]
    status_callback: str | None
    at: datetime
    form: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """An automatic answer to STOP, START or HELP. The carrier's side sends it; the Messages list lacks it."""

    sid: str
    phone: str
    number: str
    body: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Phone:
    """A handset. ``outcome`` names a row of ``outcomes.PHONE_OUTCOMES``."""

    number: str
    name: str | None = None
    outcome: str = "on"


@dataclass(frozen=True, slots=True)
class Past:
    """A message of before, for ``Simulator.load``. ``direction`` is ``inbound`` or ``outbound-api``.

    ``media`` are addresses of pictures; a ``data:`` address carries its own.
    """

    direction: str
    to: str
    from_: str
    body: str
    at: datetime
    status: str = "delivered"
    sid: str | None = None
    error_code: int | None = None
    media: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Call:
    """One webhook that was tried, as the page and the tests see it. ``status`` is None without an answer."""

    kind: str
    url: str
    sid: str
    status: int | None
    fault: str | None
    seconds: float
    at: datetime
