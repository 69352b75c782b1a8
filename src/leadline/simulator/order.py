"""What a create asks for, and every reason to refuse it before it is accepted.

The parameters: https://www.twilio.com/docs/messaging/api/message-resource#message-properties. The checks
run in the order they stand in here, and the first that fails is the answer.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from leadline.rules.text import utf16_units
from leadline.simulator.account import Account
from leadline.simulator.form import Form
from leadline.simulator.outcomes import FROM_PROBLEMS, MAGIC_PREFIX, TEST_NUMBER, TO_PROBLEMS
from leadline.simulator.problems import Problem
from leadline.simulator.records import Service

MOST_CHARACTERS = 1600
MOST_MEDIA = 10
MOST_ADDRESS = 4000
LONGEST_VALIDITY = 36_000
SCHEDULE_FROM = timedelta(seconds=900)
SCHEDULE_TO = timedelta(days=35)

_FORMATTING = re.compile(r"[\s().\-]")
_NATIONAL = re.compile(r"^1?([2-9]\d{9})$")
_NUMBER = re.compile(r"\+(1[2-9]\d{9}|[2-9]\d{6,14})")
_SHORT_CODE = re.compile(r"\d{3,6}")
_ALPHANUMERIC = re.compile(r"(?=.*[A-Za-z])[A-Za-z0-9 &+\-_]{1,11}")
_SERVICE = re.compile(r"MG[0-9a-fA-F]{32}")
# Twilio refuses an underscore in a host name (error 21609).
_HOST = re.compile(r"[A-Za-z0-9.\-:\[\]]+")


@dataclass(frozen=True, slots=True)
class Order:
    """A create that passed the checks. ``from_`` is None when the service is to pick the sender."""

    to: str
    from_: str | None
    service: Service | None
    body: str
    media: tuple[str, ...]
    status_callback: str | None
    validity: float
    send_at: datetime | None
    form: Form


def read_order(form: Form, account: Account) -> Order:
    """The order of a create's form. Raises Problem with the code that Twilio would answer."""
    if not form.get("To"):
        raise Problem(21604)
    callback = _status_callback(form)
    from_, service = _from(form, account)
    media = _content(form, service)
    send_at = _send_at(form, service, now=account.clock.now())
    to = _to(form.get("To"))
    _check_route(to, from_, account=account, media=media)
    return Order(
        to=to,
        from_=from_,
        service=service,
        body=form.get("Body"),
        media=media,
        status_callback=callback,
        validity=_validity(form),
        send_at=send_at,
        form=form,
    )


def _status_callback(form: Form) -> str | None:
    url = form.get("StatusCallback")
    if url and not is_address(url):
        raise Problem(21609, url=url)
    return url or None


def is_address(url: str) -> bool:
    """Whether Twilio would take it as the address of a webhook."""
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return False
    absolute = parts.scheme in ("http", "https") and bool(host)
    return absolute and len(url) <= MOST_ADDRESS and bool(_HOST.fullmatch(host or ""))


def _from(form: Form, account: Account) -> tuple[str | None, Service | None]:
    from_, sid = form.get("From"), form.get("MessagingServiceSid")
    if _SERVICE.fullmatch(from_):
        from_, sid = "", from_
    if not from_ and not sid:
        raise Problem(21603)
    return from_ or None, _service(sid, account) if sid else None


def _service(sid: str, account: Account) -> Service:
    if not _SERVICE.fullmatch(sid):
        raise Problem(21705, service=sid)
    service = account.configuration.service(sid)
    if service is None:
        raise Problem(21701, service=sid)
    if not service.pool:
        raise Problem(21704, service=sid)
    return service


def _content(form: Form, service: Service | None) -> tuple[str, ...]:
    body, media = form.get("Body"), form.all("MediaUrl")
    if not (body or media or form.get("ContentSid")):
        raise Problem(21619 if service else 21602)
    if utf16_units(body) > MOST_CHARACTERS:
        raise Problem(21617)
    if len(media) > MOST_MEDIA:
        raise Problem(21623)
    for url in media:
        if not is_address(url):
            raise Problem(21620, url=url)
    return media


def _validity(form: Form) -> float:
    asked = form.get("ValidityPeriod")
    if not asked:
        return LONGEST_VALIDITY
    if not asked.isdecimal() or not 1 <= int(asked) <= LONGEST_VALIDITY:
        raise Problem(21624)
    return int(asked)


def _send_at(form: Form, service: Service | None, *, now: datetime) -> datetime | None:
    kind, moment = form.get("ScheduleType"), form.get("SendAt")
    if not kind:
        return None
    if kind != "fixed":
        raise Problem(35126)
    if not moment:
        raise Problem(35111)
    if service is None:
        raise Problem(35118)
    send_at = _utc(moment)
    if send_at is None or not now + SCHEDULE_FROM <= send_at <= now + SCHEDULE_TO:
        raise Problem(35114)
    return send_at


def _utc(moment: str) -> datetime | None:
    try:
        read = datetime.fromisoformat(moment)
    except ValueError:
        return None
    return read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC)


def _to(written: str) -> str:
    to = _FORMATTING.sub("", written)
    if _SHORT_CODE.fullmatch(to):
        raise Problem(21265, to=written)
    to = _NATIONAL.sub(r"+1\1", to)
    if not _NUMBER.fullmatch(to):
        raise Problem(21211, to=written)
    if to in TO_PROBLEMS:
        raise Problem(TO_PROBLEMS[to], to=to)
    return to


def _check_route(to: str, from_: str | None, *, account: Account, media: tuple[str, ...]) -> None:
    if from_ is None:
        return
    _check_sender(from_, to=to, account=account)
    if to == from_:
        raise Problem(21266, to=to)
    ours = account.configuration.number(from_)
    if media and ours is not None and not ours.mms:
        raise Problem(21621, from_=from_)


def _check_sender(from_: str, *, to: str, account: Account) -> None:
    if from_ in FROM_PROBLEMS:
        raise Problem(FROM_PROBLEMS[from_], from_=from_)
    ours = account.configuration.number(from_)
    if ours is not None and not ours.sms:
        raise Problem(21606, from_=from_)
    if ours is not None or from_ == TEST_NUMBER:
        return
    if _NUMBER.fullmatch(from_) or _SHORT_CODE.fullmatch(from_):
        raise Problem(21606 if from_.startswith(MAGIC_PREFIX) else 21659, from_=from_)
    if not _ALPHANUMERIC.fullmatch(from_):
        raise Problem(21212, from_=from_)
    # No carrier of North America passes a text from a name.
    if to.startswith("+1"):
        raise Problem(21612, to=to, from_=from_)
