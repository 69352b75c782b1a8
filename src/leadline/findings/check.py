"""A finding, and the row of a table that makes it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

Looked = TypeVar("Looked")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to know about an installation. ``severity`` is error or warning."""

    code: str
    sentence: str
    what_to_do: str

    @property
    def severity(self) -> str:
        return "error" if self.code.startswith("E") else "warning"


@dataclass(frozen=True, slots=True)
class Check(Generic[Looked]):
    """A row. ``at_fault`` returns what fills the sentence's ``{}``, or True; nothing when all is well."""

    code: str
    at_fault: Callable[[Looked], str | bool | None]
    sentence: str
    what_to_do: str

    def finding(self, fault: object) -> Finding:
        """What there is to say of that fault."""
        return Finding(self.code, self.sentence.format(fault), self.what_to_do)


def run(checks: Iterable[Check[Looked]], looked_at: Looked) -> list[Finding]:
    """The findings of a table, in its order."""
    faults = ((check, check.at_fault(looked_at)) for check in checks)
    return [check.finding(fault) for check, fault in faults if fault]
