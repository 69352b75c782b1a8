"""A form as Twilio's API reads it: names may repeat, blanks count, unknown names are ignored."""

from dataclasses import dataclass
from functools import cached_property

from leadline.errors import PayloadError
from leadline.twilio.signature import parse_form

# A create with ten media addresses of 2,000 characters each stays far below this.
MOST_BYTES = 256 * 1024


@dataclass(frozen=True)
class Form:
    """The pairs of a form or a query, in order."""

    pairs: tuple[tuple[str, str], ...] = ()

    @classmethod
    def read(cls, body: bytes) -> "Form":
        """The form of a urlencoded body; a body that is none has no fields.

        A JSON body therefore lacks ``To``, which Twilio answers with 21604.
        """
        try:
            return cls(tuple(parse_form(body)))
        except PayloadError:
            return cls()

    @cached_property
    def _last(self) -> dict[str, str]:
        return dict(self.pairs)

    def __contains__(self, name: str) -> bool:
        return name in self._last

    def get(self, name: str) -> str:
        """The value of that name, the last if it repeats; empty when there is none."""
        return self._last.get(name, "")

    def all(self, name: str) -> tuple[str, ...]:
        """Every value of a name that may repeat, blanks left out."""
        return tuple(value for key, value in self.pairs if key == name and value)
