"""Small parts by themselves: the signature check beside the official validator's, parsing, segments.

``python -m benchmarks.micro NAME`` prints the microseconds of one call in the interpreter it is run with.
"""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from timeit import repeat
from urllib.parse import parse_qsl

from benchmarks import goals, ours
from benchmarks.environment import peers_python
from benchmarks.goals import Verdict
from benchmarks.plan import Plan, interleaved
from benchmarks.processes import finished
from benchmarks.report import Section, ratio, spread
from benchmarks.traffic import AUTH_TOKEN, PUBLIC_URL, STATUS_PATH, inbound, status

_CALLS = 2_000
_TEXT = "Hello Lena, this is Bob from Example Ltd. Shall we talk on Thursday at 10? " * 4

Call = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Subject:
    """``make`` imports ``needs``, in the process that measures it, and returns what is called."""

    name: str
    make: Callable[[], Call]
    needs: str


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

    return lambda: count_segments(_TEXT)


_OURS = Subject("signature of a status webhook", _our_check, "leadline.twilio.signature")
_OFFICIAL = Subject("the same, official validator", _official_check, "twilio")
SUBJECTS = (
    _OURS,
    _OFFICIAL,
    Subject("form of a status webhook", _form, "leadline.twilio.signature"),
    Subject("status webhook from its fields", _status_payload, "leadline.twilio.payloads"),
    Subject("inbound webhook from its fields", _inbound_payload, "leadline.twilio.payloads"),
    Subject(f"segments of {len(_TEXT)} characters", _segments, "leadline.rules.segments"),
)


def measure(plan: Plan) -> Iterator[Section]:
    """One section, with the processes of a round one after another."""
    costs: dict[str, list[float]] = {subject.name: [] for subject in SUBJECTS}
    for subject in interleaved(SUBJECTS, plan.rounds):
        costs[subject.name] += _cost(plan, subject)
    yield Section(
        title="Small parts",
        header=("what", "µs a call"),
        rows=[(name, spread(of, "{:.1f}")) for name, of in costs.items()],
        verdicts=[Verdict(goals.SIGNATURE, ratio(costs[_OFFICIAL.name], costs[_OURS.name]), "no figure")],
        figures=costs,
    )


def _cost(plan: Plan, subject: Subject) -> list[float]:
    """The round's figure; none when its module is not in this tree yet."""
    python = peers_python() if subject is _OFFICIAL else sys.executable
    if subject is not _OFFICIAL and not ours.has(subject.needs):
        return []
    return [float(finished([python, "-m", "benchmarks.micro", subject.name], folder=plan.folder))]


def _status_webhook() -> tuple[bytes, str]:
    """A body and its signature."""
    head, _, body = status(0).wire.partition(b"\r\n\r\n")
    lines = dict(line.split(b": ", 1) for line in head.split(b"\r\n")[1:])
    return body, lines[b"X-Twilio-Signature"].decode()


def main() -> None:
    """Microseconds of one call, the least of five repeats."""
    call = next(subject.make for subject in SUBJECTS if subject.name == sys.argv[1])()
    print(min(repeat(call, number=_CALLS, repeat=5)) / _CALLS * 1e6)


if __name__ == "__main__":
    main()
