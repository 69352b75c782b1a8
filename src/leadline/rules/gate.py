"""The gate's rule: whether a text may leave now, and the reasons, as pages and API show them."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class Verdict(StrEnum):
    """The gate's answer in a word."""

    ALLOWED = "allowed"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why; ``code`` is stable, the sentence is for people."""

    code: str
    sentence: str


OPTED_OUT = Reason(
    "opted_out", "This person asked for no more texts. Only they can undo it, by texting START."
)
NOT_OPTED_OUT = Reason("not_opted_out", "This person has not asked to stop.")


@dataclass(frozen=True, slots=True)
class Decision:
    """The gate's answer for one send."""

    verdict: Verdict
    reasons: tuple[Reason, ...]

    @property
    def is_allowed(self) -> bool:
        return self.verdict is Verdict.ALLOWED

    def as_json(self) -> dict[str, Any]:
        """The decision as it is stored with the message and shown."""
        return {"verdict": self.verdict.value, "reasons": [asdict(reason) for reason in self.reasons]}


def decide(*, consent: str) -> Decision:
    """Judge one send. ``consent`` is the conversation's state: none, opted_in or opted_out."""
    if consent == "opted_out":
        return Decision(Verdict.REFUSED, (OPTED_OUT,))
    return Decision(Verdict.ALLOWED, (NOT_OPTED_OUT,))
