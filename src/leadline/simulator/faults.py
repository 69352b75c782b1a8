"""What can be made to go wrong. The tables are the whole list; ``plan`` says when."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any


class Ending(Enum):
    """How the answer to a create ends when it does not end well."""

    PROBLEM = "a JSON error of Twilio's shape"
    PAGE = "an HTML page, as a proxy on the way would answer"
    SILENCE = "nothing, until the caller gives up"
    RESET = "the connection is reset before the first byte"
    HALF = "the connection closes in the middle of the body"
    NO_SID = "201 and a document without a SID"
    GARBAGE = "201 and something that is no document"
    LATE = "the right answer, after plan.late seconds"


@dataclass(frozen=True, slots=True)
class CreateFault:
    """What goes wrong with a create. ``accepted``: the text is in the ledger all the same."""

    accepted: bool
    ending: Ending
    about: str
    status: int = 201
    code: int | None = None
    retry_after: bool = False


def _refused(ending: Ending, about: str, **answer: Any) -> CreateFault:
    return CreateFault(accepted=False, ending=ending, about=about, **answer)


def _accepted(ending: Ending, about: str, **answer: Any) -> CreateFault:
    return CreateFault(accepted=True, ending=ending, about=about, **answer)


CREATE_FAULTS: Mapping[str, CreateFault] = {
    "refuse_401": _refused(Ending.PROBLEM, "401: the credentials are refused", code=20003),
    "refuse_429": _refused(Ending.PROBLEM, "429 without Retry-After", code=20429),
    "refuse_429_retry_after": _refused(Ending.PROBLEM, "429 with Retry-After", code=20429, retry_after=True),
    "refuse_queue_full": _refused(Ending.PROBLEM, "429: the sender's queue is full", code=21611),
    "refuse_500": _refused(Ending.PROBLEM, "500, and the text was not accepted", code=20500),
    "refuse_503": _refused(Ending.PROBLEM, "503, and the text was not accepted", code=20503),
    "refuse_proxy": _refused(Ending.PAGE, "a proxy's 403 page; Twilio saw nothing", status=403),
    "refuse_reset": _refused(Ending.RESET, "the connection is reset; Twilio saw nothing"),
    "refuse_withheld": _refused(Ending.SILENCE, "no answer ever; Twilio saw nothing"),
    "accept_500": _accepted(Ending.PROBLEM, "500, and yet the text was accepted", code=20500),
    "accept_503": _accepted(Ending.PROBLEM, "503, and yet the text was accepted", code=20503),
    "accept_proxy": _accepted(Ending.PAGE, "a proxy's 502 page, and yet accepted", status=502),
    "accept_reset": _accepted(Ending.RESET, "accepted, then the connection is reset"),
    "accept_withheld": _accepted(Ending.SILENCE, "accepted, but the answer never comes"),
    "accept_half": _accepted(Ending.HALF, "accepted, but the answer breaks off half-way"),
    "accept_no_sid": _accepted(Ending.NO_SID, "accepted, but the 201 has no SID"),
    "accept_garbage": _accepted(Ending.GARBAGE, "accepted, but the 201 is no JSON"),
    "accept_late": _accepted(Ending.LATE, "accepted, and the answer is slow"),
}

# These are drawn once for a text and concern all of its callbacks together.
TEXT_FAULTS: Mapping[str, str] = {
    "callback_early": "every callback comes before the create is answered",
    "callback_reordered": "the callbacks come in reverse order, after the last state",
    "callback_concurrent": "all callbacks come at the same moment",
}

# These are drawn anew for each callback.
CALLBACK_FAULTS: Mapping[str, str] = {
    "callback_dropped": "the callback is never sent",
    "callback_doubled": "the callback comes plan.copies times, at the same moment",
    "callback_delayed": "the callback comes plan.callback_delay seconds late",
    "callback_unsigned": "the callback carries a signature of another token",
    "callback_corrupted": "the callback's status was changed after signing",
}

# Every fault, in words.
ABOUT: Mapping[str, str] = {
    **{name: fault.about for name, fault in CREATE_FAULTS.items()},
    **TEXT_FAULTS,
    **CALLBACK_FAULTS,
}

# Queued (through a service), sent and the final state: no text has more callbacks than these.
MOST_CALLBACKS = 3
