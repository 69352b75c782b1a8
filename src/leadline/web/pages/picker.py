"""The templates as the composer offers them: filled for one lead, with what is missing named."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from leadline.errors import LeadlineError, MissingVariables
from leadline.rules.segments import count_segments
from leadline.rules.template import Template, render
from leadline.store import templates
from leadline.store.database import Transaction
from leadline.web.pages.bubbles import title_of

# Put around a value while a template is filled, to find it again in the text; no text has them.
_BEGIN, _END = "\ue000", "\ue001"
_SLOT = re.compile(f"{_BEGIN}([^{_BEGIN}{_END}]*){_END}")


@dataclass(frozen=True, slots=True)
class Slot:
    """A part of a filled template. ``name`` is empty for words of the template itself."""

    text: str
    name: str = ""
    is_missing: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """A template, filled for this lead. ``missing`` names what a person has to give; the text has it in
    brackets, and cannot be sent while one is left.
    """

    name: str
    title: str
    category: str
    text: str = ""
    slots: tuple[Slot, ...] = ()
    segments: int = 0
    missing: tuple[str, ...] = ()
    fault: str = ""


def choices(tx: Transaction, values: Mapping[str, Any]) -> list[Choice]:
    """All templates, each filled with these values."""
    return [filled(template, values) for template in templates.everyone(tx)]


def filled(template: Template, values: Mapping[str, Any]) -> Choice:
    """A template with what is known in its places, and with the names of what is not in brackets."""
    missing: tuple[str, ...] = ()
    try:
        try:
            text = render(template, values)
        except MissingVariables as error:
            missing = error.names
            values = dict(values) | {name: bracketed(name) for name in missing}
            text = render(template, values)
    except LeadlineError as error:
        return Choice(template.name, title_of(template.name), template.category, fault=str(error))
    return Choice(
        template.name,
        title_of(template.name),
        template.category,
        text,
        _slots(template, values, text, missing),
        count_segments(text).segments,
        missing,
    )


def bracketed(name: str) -> str:
    """What stands in a text for a value that nobody knows yet.

    >>> bracketed("callback_time")
    '[callback time]'
    """
    return f"[{name.replace('_', ' ')}]"


def left_open(template: Template, text: str) -> list[str]:
    """The values of the template that the text still has in brackets."""
    try:
        render(template, {})
    except MissingVariables as error:
        return [name for name in error.names if bracketed(name) in text]
    except LeadlineError:
        return []
    return []


def _slots(
    template: Template, values: Mapping[str, Any], text: str, missing: tuple[str, ...]
) -> tuple[Slot, ...]:
    """The text cut where values stand. A template that looks into its values, and would say something else
    of marked ones, is shown uncut.
    """
    marked_values = {
        name: f"{_BEGIN}{name}\t{value}{_END}" if isinstance(value, str) else value
        for name, value in values.items()
    }
    try:
        marked = render(template, marked_values)
    except LeadlineError:
        return (Slot(text),)
    parts = _SLOT.split(marked)
    slots = [_slot(part, missing) if index % 2 else Slot(part) for index, part in enumerate(parts) if part]
    return tuple(slots) if "".join(slot.text for slot in slots) == text else (Slot(text),)


def _slot(part: str, missing: tuple[str, ...]) -> Slot:
    name, _, value = part.partition("\t")
    return Slot(value, name, is_missing=name in missing)
