"""A template as one lead would read it: filled, counted, and with what it lacks."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from leadline.errors import LeadlineError, MissingVariables
from leadline.rules.segments import ALONE, EACH_OF_SEVERAL, Segments, count_segments, replace_unicode
from leadline.rules.template import MARKETING, Template, render, required_variables
from leadline.rules.text import is_blank

# Around a value while a template is filled, to find it again in the outcome. Private use: no text has them.
_BEGIN, _END, _MISSING = "\ue000", "\ue001", "\ue002"
_MARKS = str.maketrans("", "", _BEGIN + _END + _MISSING)
_PIECES = re.compile(f"{_BEGIN}([^{_END}]*){_END}")
# Whose links carriers block, since nobody sees where they lead.
_SHORTENERS = re.compile(
    r"\b(bit\.ly|tinyurl\.com|goo\.gl|t\.co|ow\.ly|is\.gd|cutt\.ly|rebrand\.ly)/", re.IGNORECASE
)
_STOP = re.compile(r"\bstop\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the text. ``look``: empty for the template's own words, slot for a value, slot missing for
    one that is not there.
    """

    text: str
    look: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """Something that a good text has, and whether this one does."""

    is_so: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What is shown beside the form. ``fault`` says why there is nothing else."""

    pieces: tuple[Piece, ...] = ()
    missing: tuple[str, ...] = ()
    fault: str = ""
    counted: Segments | None = None
    plain: Segments | None = None
    checks: tuple[Check, ...] = ()

    @property
    def room(self) -> int:
        """How many units the segments it takes have."""
        if self.counted is None:
            return 0
        several = EACH_OF_SEVERAL[self.counted.encoding] * self.counted.segments
        return ALONE[self.counted.encoding] if self.counted.segments == 1 else several

    @property
    def saved(self) -> int:
        """How many segments fewer it would take with plain characters."""
        return self.counted.segments - self.plain.segments if self.counted and self.plain else 0


def preview(template: Template, values: Mapping[str, Any]) -> Preview:
    """The template filled with what is known of a lead. A value that is not known is shown by its name."""
    body = template.body.translate(_MARKS)
    if is_blank(body):
        return Preview()
    try:
        required = required_variables(body)
        known = {name: str(value).translate(_MARKS) for name, value in values.items()}
        absent = {name: name.replace("_", " ") for name in required if not known.get(name, "").strip()}
        bare = Template(template.name, body, template.category)
        text = render(bare, known | absent)
        marked = _marked(bare, known, absent)
    except MissingVariables as error:
        return Preview(fault=f"It needs a value for {', '.join(error.names)} on the way.")
    except LeadlineError as error:
        return Preview(fault=str(error))
    return Preview(
        pieces=tuple(_pieces(marked)) if _without_marks(marked) == text else (Piece(text),),
        missing=tuple(absent),
        counted=count_segments(text),
        plain=count_segments(replace_unicode(text)),
        checks=tuple(_checks(text, required, template.category)),
    )


def _marked(template: Template, known: Mapping[str, str], absent: Mapping[str, str]) -> str:
    """The text with marks around its values; another text where a filter minds the marks."""
    try:
        return render(
            template,
            {name: f"{_BEGIN}{value}{_END}" for name, value in known.items()}
            | {name: f"{_BEGIN}{_MISSING}{words}{_END}" for name, words in absent.items()},
        )
    except LeadlineError:  # With the marks it may be too long.
        return ""


def _without_marks(text: str) -> str:
    return text.translate(_MARKS)


def _pieces(marked: str) -> Iterator[Piece]:
    for index, part in enumerate(_PIECES.split(marked)):
        if not part:
            continue
        if index % 2 == 0:
            yield Piece(part.translate(_MARKS))
        elif part.startswith(_MISSING):
            yield Piece(part.translate(_MARKS), "slot missing")
        else:
            yield Piece(part, "slot")


def _checks(text: str, required: tuple[str, ...], category: str) -> Iterator[Check]:
    says_who = bool({"business_name", "agent_name"} & set(required))
    yield Check(says_who, "Says who is writing" if says_who else "Does not say who is writing")
    says_how = bool(_STOP.search(text))
    if says_how or category == MARKETING:
        yield Check(
            says_how, "Says how to stop" if says_how else "Does not say how to stop: “Reply STOP to opt out.”"
        )
    has_short = bool(_SHORTENERS.search(text))
    yield Check(
        not has_short, "Has a shortened link: carriers block them" if has_short else "No shortened link"
    )
