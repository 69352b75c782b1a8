"""What became of a create call: the one place where an answer, or the lack of one, is judged.

Twilio has no idempotency key for texts, so a call that may have reached it must never be repeated
blindly. "Nothing was sent" is therefore a closed list: the name was not found, the connection was
refused or never came up, TLS failed, HTTP 429, or a 4xx other than 408 whose JSON carries a Twilio code.
A SID in a 2xx is the only proof that a text was accepted. Everything else is in doubt.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from aiohttp import ClientConnectorError, ConnectionTimeoutError

from leadline.twilio.codes import CODES, OPT_OUT, STOP_EVERYTHING, Retry
from leadline.twilio.wire import NeverLeft


class SendKind(StrEnum):
    """How a create call ended. Only ``accepted`` was sent; only ``in_doubt`` may have been.

    ``not_configured`` and ``not_begun`` are of calls that their caller did not make.
    """

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    OPTED_OUT = "opted_out"
    THROTTLED = "throttled"
    QUEUE_FULL = "queue_full"
    UNAUTHORIZED = "unauthorized"
    UNREACHABLE = "unreachable"
    IN_DOUBT = "in_doubt"
    NOT_CONFIGURED = "not_configured"
    NOT_BEGUN = "not_begun"


@dataclass(frozen=True, slots=True)
class SendResult:
    """What is known after a create call. ``ok`` is that Twilio accepted the text and gave it ``sid``.

    ``segments`` is 0 while a Messaging Service has not chosen a sender. ``retry_after`` is in seconds.
    ``error_message`` may contain a phone number; keep it out of logs.
    """

    ok: bool
    kind: SendKind
    sid: str | None = None
    status: str | None = None
    error_code: int | None = None
    error_message: str | None = None
    segments: int | None = None
    http_status: int | None = None
    retry_after: float | None = None


QUEUE_FULL_CODE = 21611
# The only SID in the create call's path is the account's, so "not found" means a wrong account.
WRONG_ACCOUNT_CODE = 20404
LONGEST_WAIT = 86_400.0

_MESSAGE_SID = re.compile(r"(?:SM|MM)[0-9a-fA-F]{32}", re.ASCII).fullmatch


def outcome(http_status: int, headers: Mapping[str, str], body: bytes) -> SendResult:
    """Judge Twilio's answer to a create call. Never raises, whatever the answer."""
    answer = _json_object(body)
    if 200 <= http_status < 300 and _has_sid(answer):
        return _accepted(http_status, answer)
    code = _number(answer.get("code"))
    return SendResult(
        ok=False,
        kind=_refusal(http_status, code),
        error_code=code,
        error_message=_text(answer.get("message")),
        http_status=http_status,
        retry_after=_seconds(headers.get("Retry-After")),
    )


def failure(error: BaseException) -> SendResult:
    """Judge a call that got no answer, from the exception that the wire, or aiohttp, raised."""
    # aiohttp raises these two only before the first byte of the request is written: the name was not
    # found, TCP was refused or timed out, or TLS failed. An error on a pooled connection is neither.
    unsent = isinstance(error, NeverLeft | ClientConnectorError | ConnectionTimeoutError)
    kind = SendKind.UNREACHABLE if unsent else SendKind.IN_DOUBT
    return SendResult(ok=False, kind=kind, error_message=type(error).__name__)


def _refusal(http_status: int, code: int | None) -> SendKind:
    if not 400 <= http_status < 500 or http_status == 408:
        return SendKind.IN_DOUBT
    if code == QUEUE_FULL_CODE:
        return SendKind.QUEUE_FULL
    if http_status == 429:
        return SendKind.THROTTLED
    if code is None:
        return SendKind.IN_DOUBT
    if code in OPT_OUT:
        return SendKind.OPTED_OUT
    if http_status == 401 or code in STOP_EVERYTHING or code == WRONG_ACCOUNT_CODE:
        return SendKind.UNAUTHORIZED
    known = CODES.get(code)
    return SendKind.THROTTLED if known and known.retry is Retry.BACK_OFF else SendKind.REJECTED


def _accepted(http_status: int, message: Mapping[str, Any]) -> SendResult:
    return SendResult(
        ok=True,
        kind=SendKind.ACCEPTED,
        sid=message["sid"],
        status=_text(message.get("status")),
        error_code=_number(message.get("error_code")),
        error_message=_text(message.get("error_message")),
        segments=_number(message.get("num_segments")),
        http_status=http_status,
    )


def _has_sid(message: Mapping[str, Any]) -> bool:
    sid = message.get("sid")
    return isinstance(sid, str) and _MESSAGE_SID(sid) is not None


def _json_object(body: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return answer if isinstance(answer, dict) else {}


def _number(value: object) -> int | None:
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 10:
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _text(value: object) -> str | None:
    if not isinstance(value, str):
        return None
    return re.sub("[\0\ud800-\udfff]", "\ufffd", value[:1000])


def _seconds(header: str | None) -> float | None:
    # Retry-After may also be a date; Twilio sends seconds, and a date needs a clock to judge.
    if header is None or not re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,9})?", header.strip()):
        return None
    return min(float(header), LONGEST_WAIT)
