"""One call of a small part, timed in the interpreter that this is run with.

``python -m benchmarks.subjects NAME`` prints the microseconds. It imports nothing of the suite but the
traffic, since the peers' interpreter has the peers' packages only.
"""

import sys
from collections.abc import Callable
from timeit import repeat
from urllib.parse import parse_qsl

from harness.traffic import AUTH_TOKEN, PUBLIC_URL, STATUS_PATH, TEXT, inbound, status

_CALLS = 2_000
_LONG_TEXT = f"{TEXT} {TEXT} {TEXT}"

Call = Callable[[], object]


def _our_check() -> Call:
    from leadline.twilio.signature import genuine, parse_form

    body, signature = _status_webhook()
    fields, url, tokens = parse_form(body), PUBLIC_URL + STATUS_PATH, (AUTH_TOKEN,)
    assert genuine(url, fields, signature, tokens)  # noqa: S101  Else a refusal would be measured.
    return lambda: genuine(url, fields, signature, tokens)


def _official_check() -> Call:
    # The package has no types.
    from twilio.request_validator import RequestValidator  # type: ignore[import-untyped,unused-ignore]

    body, signature = _status_webhook()
    fields, url = dict(parse_qsl(body.decode(), keep_blank_values=True)), PUBLIC_URL + STATUS_PATH
    validate = RequestValidator(AUTH_TOKEN).validate
    assert validate(url, fields, signature)  # noqa: S101  Else a refusal would be measured.
    return lambda: validate(url, fields, signature)


def _form() -> Call:
    from leadline.twilio.signature import parse_form

    body, _ = _status_webhook()
    return lambda: parse_form(body)


def _status_payload() -> Call:
    from leadline.twilio.payloads import parse_delivery_status
    from leadline.twilio.signature import parse_form

    fields = parse_form(_status_webhook()[0])
    return lambda: parse_delivery_status(fields)


def _inbound_payload() -> Call:
    from leadline.twilio.payloads import parse_inbound_sms
    from leadline.twilio.signature import parse_form

    fields = parse_form(inbound(0).wire.partition(b"\r\n\r\n")[2])
    return lambda: parse_inbound_sms(fields)


def _segments() -> Call:
    from leadline.rules.segments import count_segments

    return lambda: count_segments(_LONG_TEXT)


def _status_webhook() -> tuple[bytes, str]:
    """A body and its signature."""
    head, _, body = status(0).wire.partition(b"\r\n\r\n")
    lines = dict(line.split(b": ", 1) for line in head.split(b"\r\n")[1:])
    return body, lines[b"X-Twilio-Signature"].decode()


SUBJECTS: dict[str, Callable[[], Call]] = {
    "our_check": _our_check,
    "official_check": _official_check,
    "form": _form,
    "status_payload": _status_payload,
    "inbound_payload": _inbound_payload,
    "segments": _segments,
}


def main() -> None:
    """Microseconds of one call, the least of five repeats."""
    call = SUBJECTS[sys.argv[1]]()
    print(min(repeat(call, number=_CALLS, repeat=5)) / _CALLS * 1e6)


if __name__ == "__main__":
    main()
