"""How an answer to a create call is judged."""

import json
from typing import Any

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadline.twilio.outcome import SendKind, failure, outcome

SID = "SM" + "0a" * 16
ACCEPTED = {"sid": SID, "status": "queued", "num_segments": "2", "error_code": None}


def judged(status: int, body: Any, headers: dict[str, str] | None = None) -> SendKind:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    result = outcome(status, headers or {}, content)
    assert result.ok is (result.kind is SendKind.ACCEPTED) is (result.sid is not None)
    return result.kind


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (201, ACCEPTED, SendKind.ACCEPTED),
        (200, ACCEPTED, SendKind.ACCEPTED),
        (201, ACCEPTED | {"sid": "MM" + "0a" * 16, "status": "accepted"}, SendKind.ACCEPTED),
        (400, {"code": 21211}, SendKind.REJECTED),
        (400, {"code": 21408}, SendKind.REJECTED),
        (400, {"code": 99999}, SendKind.REJECTED),
        (404, {"code": 21701}, SendKind.REJECTED),
        (422, {"code": 20422}, SendKind.REJECTED),
        (400, {"code": 21610}, SendKind.OPTED_OUT),
        (429, {"code": 20429}, SendKind.THROTTLED),
        (429, {"code": 99999}, SendKind.THROTTLED),
        (429, b"slow down", SendKind.THROTTLED),
        (400, {"code": 20429}, SendKind.THROTTLED),
        (429, {"code": 21611}, SendKind.QUEUE_FULL),
        (400, {"code": 21611}, SendKind.QUEUE_FULL),
        (401, {"code": 20003}, SendKind.UNAUTHORIZED),
        (401, {"code": 70051}, SendKind.UNAUTHORIZED),
        (403, {"code": 20403}, SendKind.UNAUTHORIZED),
        (403, {"code": 20005}, SendKind.UNAUTHORIZED),
        (404, {"code": 20404}, SendKind.UNAUTHORIZED),
        (201, {"status": "queued"}, SendKind.IN_DOUBT),
        (201, ACCEPTED | {"sid": "SM12"}, SendKind.IN_DOUBT),
        (201, ACCEPTED | {"sid": None}, SendKind.IN_DOUBT),
        (201, b"", SendKind.IN_DOUBT),
        (201, b"<html>", SendKind.IN_DOUBT),
        (201, [ACCEPTED], SendKind.IN_DOUBT),
        (200, {"code": 21211}, SendKind.IN_DOUBT),
        (302, {"code": 21211}, SendKind.IN_DOUBT),
        (307, b"", SendKind.IN_DOUBT),
        (400, b"<html>Bad request</html>", SendKind.IN_DOUBT),
        (400, {"message": "no"}, SendKind.IN_DOUBT),
        (400, {"code": True}, SendKind.IN_DOUBT),
        (400, {"code": "no"}, SendKind.IN_DOUBT),
        (401, b"proxy authentication", SendKind.IN_DOUBT),
        (404, b"no such page", SendKind.IN_DOUBT),
        (408, {"code": 21211}, SendKind.IN_DOUBT),
        (500, {"code": 20500}, SendKind.IN_DOUBT),
        (500, {"code": 21211}, SendKind.IN_DOUBT),
        (503, {"code": 20429}, SendKind.IN_DOUBT),
        (504, b"", SendKind.IN_DOUBT),
        (400, b"[" * 100_000, SendKind.IN_DOUBT),
        (400, b'{"code": 21211', SendKind.IN_DOUBT),
        (400, b'\xff{"code": 21211}', SendKind.IN_DOUBT),
    ],
    ids=lambda value: str(value)[:40],
)
def test_every_answer_has_one_meaning(status: int, body: Any, kind: SendKind) -> None:
    assert judged(status, body) is kind


def test_an_accepted_text_brings_its_sid_status_and_segments() -> None:
    result = outcome(201, {}, json.dumps(ACCEPTED).encode())
    assert (result.sid, result.status, result.segments) == (SID, "queued", 2)
    assert (result.error_code, result.http_status) == (None, 201)


def test_a_refusal_brings_twilios_code_and_words() -> None:
    body = {"code": 21211, "message": "The 'To' number is not\0 valid \ud83d.", "status": 400}
    result = outcome(400, {}, json.dumps(body).encode())
    assert (result.error_code, result.http_status) == (21211, 400)
    assert result.error_message == "The 'To' number is not\ufffd valid \ufffd."


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("2", 2.0), ("0.5", 0.5), (" 3 ", 3.0), ("999999999", 86_400.0), (None, None), ("", None)]
    + [(odd, None) for odd in ("Wed, 21 Oct 2026 07:28:00 GMT", "-1", "inf", "nan", "1e9", "٣", "9" * 500)],
)
def test_how_long_to_wait_is_read_in_seconds(header: str | None, seconds: float | None) -> None:
    headers = {} if header is None else {"Retry-After": header}
    assert outcome(429, headers, b"").retry_after == seconds


@given(st.integers(100, 599), st.binary() | st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.dictionaries(st.sampled_from(["code", "sid", "message", "status"]) | st.text(), inner),
).map(lambda value: json.dumps(value).encode()))  # fmt: skip
def test_no_answer_raises_or_counts_as_sent_without_a_sid(status: int, body: bytes) -> None:
    result = outcome(status, {}, body)
    assert result.ok is (result.sid is not None)
    if status >= 500 or status < 400:
        assert result.kind in (SendKind.ACCEPTED, SendKind.IN_DOUBT)


KEY: Any = None


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (aiohttp.ClientConnectorDNSError(KEY, OSError()), SendKind.UNREACHABLE),
        (aiohttp.ClientConnectorError(KEY, ConnectionRefusedError()), SendKind.UNREACHABLE),
        (aiohttp.ClientConnectorSSLError(KEY, OSError()), SendKind.UNREACHABLE),
        (aiohttp.ClientConnectorCertificateError(KEY, OSError()), SendKind.UNREACHABLE),
        (aiohttp.ConnectionTimeoutError(), SendKind.UNREACHABLE),
        (aiohttp.ServerDisconnectedError(), SendKind.IN_DOUBT),
        (aiohttp.ServerTimeoutError(), SendKind.IN_DOUBT),
        (aiohttp.SocketTimeoutError(), SendKind.IN_DOUBT),
        (aiohttp.ClientOSError(), SendKind.IN_DOUBT),
        (aiohttp.ClientPayloadError(), SendKind.IN_DOUBT),
        (aiohttp.ClientConnectionResetError(), SendKind.IN_DOUBT),
        (TimeoutError(), SendKind.IN_DOUBT),
        (ConnectionResetError(), SendKind.IN_DOUBT),
        (OSError(), SendKind.IN_DOUBT),
    ],
    ids=lambda value: type(value).__name__,
)
def test_only_a_connection_that_never_came_up_proves_that_nothing_was_sent(
    error: BaseException, kind: SendKind
) -> None:
    assert failure(error).kind is kind
    assert not failure(error).ok
