"""What a Twilio error code means for a text, in words for people and in facts for the sender.

Codes come in three places: the answer to a create call, a status callback, and Twilio's debugger.
The table is in ``code_table``. https://www.twilio.com/docs/api/errors
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from leadline.twilio.code_table import ROWS, CodeKind, Retry

__all__ = [
    "BACK_OFF",
    "CODES",
    "OPT_OUT",
    "STOP_EVERYTHING",
    "SUPPRESS_NUMBER",
    "CodeKind",
    "ErrorCode",
    "Retry",
    "explain",
]


@dataclass(frozen=True, slots=True)
class ErrorCode:
    """One code. ``stops`` means that every further text from this account would fail the same way."""

    code: int
    kind: CodeKind
    sentence: str
    what_to_do: str
    retry: Retry
    stops: bool = False


CODES: Mapping[int, ErrorCode] = MappingProxyType(
    {
        code: ErrorCode(code, row.kind, row.sentence, row.what_to_do, row.retry, row.stops)
        for row in ROWS
        for code in row.codes
    }
)

SUPPRESS_NUMBER = frozenset(code for code, entry in CODES.items() if entry.kind is CodeKind.BAD_NUMBER)
OPT_OUT = frozenset(code for code, entry in CODES.items() if entry.kind is CodeKind.OPTED_OUT)
STOP_EVERYTHING = frozenset(code for code, entry in CODES.items() if entry.stops)
BACK_OFF = frozenset(code for code, e in CODES.items() if e.retry in (Retry.BACK_OFF, Retry.UNKNOWN))


def explain(code: int) -> ErrorCode:
    """What ``code`` means. A code we do not know is final for its text: Twilio adds codes without notice."""
    known = CODES.get(code)
    if known is not None:
        return known
    sentence = "Twilio gave an error that Leadline does not know yet."
    return ErrorCode(
        code, CodeKind.UNKNOWN, sentence, "Look the code up in Twilio's error list.", Retry.NEVER
    )
