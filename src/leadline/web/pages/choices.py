"""Which settings the page of hours and limits offers, how each is edited, and what is said beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from leadline.settings import Settings

# The three groups of days that hours are set for, as in LEADLINE_OWN_HOURS.
DAYS = (("weekdays", "Monday to Friday"), ("saturday", "Saturday"), ("sunday", "Sunday"))
_MIDNIGHT, _WHOLE_DAY, _CLOSED = "00:00", "00:00-24:00", "none"


@dataclass(frozen=True, slots=True)
class Field:
    """One setting on the page. ``kind``: text, long, number, choice, template, hours; ``rule`` is what is
    said of a value that does not fit, or empty where the error says enough.
    """

    name: str
    label: str
    kind: str = "text"
    hint: str = ""
    rule: str = ""
    options: tuple[tuple[str, str], ...] = ()

    @property
    def variable(self) -> str:
        return self.name.upper()


@dataclass(frozen=True, slots=True)
class Part:
    """Settings that are saved together; ``save`` is the button's words."""

    key: str
    title: str
    save: str
    fields: tuple[Field, ...]


_WHOLE = "Write a whole number, 0 or more."

PARTS = (
    Part(
        "hours",
        "Hours",
        "Save hours",
        (
            Field(
                "leadline_quiet_hours",
                "Quiet hours",
                "choice",
                "Whether a text waits until it is a good hour where the lead is.",
                options=(
                    ("", "As usual: kept, but not on the simulator"),
                    ("true", "Kept"),
                    ("false", "Not kept: texts leave at any hour"),
                ),
            ),
            Field(
                "leadline_own_hours",
                "Your own hours",
                "hours",
                "On the lead’s own clock. They narrow what the law allows and never widen it; leave a time "
                "empty to keep to the law alone.",
            ),
            Field(
                "leadline_closed_days",
                "Days without texts",
                hint="Like 2026-12-24, 2026-12-31.",
                rule="Write days like 2026-12-24, with commas between.",
            ),
            Field(
                "leadline_answer_minutes",
                "Answers at any hour, minutes",
                "number",
                "How long after a lead wrote an answer may go out even in quiet hours.",
                "Write a whole number from 0 to 1440.",
            ),
        ),
    ),
    Part(
        "limits",
        "Limits",
        "Save limits",
        (
            Field(
                "leadline_marketing_per_day",
                "Marketing texts in 24 hours",
                "number",
                "To one number.",
                _WHOLE,
            ),
            Field(
                "leadline_marketing_per_week", "Marketing texts in 7 days", "number", "To one number.", _WHOLE
            ),
            Field(
                "leadline_automatic_per_hour",
                "Automatic texts in an hour",
                "number",
                "To one number.",
                _WHOLE,
            ),
            Field(
                "leadline_automatic_per_day",
                "Automatic texts in 24 hours",
                "number",
                "To one number.",
                _WHOLE,
            ),
            Field(
                "leadline_countries",
                "Countries texts may go to",
                hint="Two letters each, like US, CA; or * for all.",
                rule="Write two letters for each country, like US, CA; or * for all.",
            ),
        ),
    ),
    Part(
        "team",
        "Business and team",
        "Save business and team",
        (
            Field(
                "leadline_business_name", "Business name", hint="Who the texts are from, in the templates."
            ),
            Field(
                "leadline_answer_goal_minutes",
                "Goal for an answer, minutes",
                "number",
                "The list warns of a lead who has waited longer.",
                "Write a whole number from 1 to 10080.",
            ),
            Field(
                "leadline_agents_see",
                "Who is no admin sees",
                "choice",
                options=(
                    ("all", "Every conversation"),
                    ("team", "All but those of another team"),
                    ("own", "Their own, and nobody’s"),
                ),
            ),
        ),
    ),
    Part(
        "answers",
        "Automatic answers",
        "Save automatic answers",
        (
            Field(
                "leadline_auto_reply_template",
                "Answer a lead’s first text of the day with",
                "template",
            ),
            Field(
                "leadline_stop_answer",
                "Answer to an opt-out",
                "long",
                "Only where Leadline answers instead of Twilio. Empty: a sentence of its own.",
                "At most 1,600 characters.",
            ),
            Field("leadline_start_answer", "Answer to an opt-in", "long", rule="At most 1,600 characters."),
            Field("leadline_help_answer", "Answer to HELP", "long", rule="At most 1,600 characters."),
        ),
    ),
)
# On the page of senders.
RATE = Field(
    "leadline_sender_rate",
    "Segments a second",
    hint="0 is no limit of ours; empty is what carriers allow this kind of number.",
    rule="Write a number like 1 or 0.5; 0 is no limit.",
)
LABELS: Mapping[str, str] = {field.variable: field.label for part in PARTS for field in part.fields} | {
    RATE.variable: "Segments a second of the senders"
}


def as_typed(settings: Settings, part: Part) -> dict[str, str]:
    """What stands in the inputs of a part, by their names."""
    typed: dict[str, str] = {}
    for field in part.fields:
        value = getattr(settings, field.name)
        if field.kind == "hours":
            typed |= _hours_typed(value)
        else:
            typed[field.name] = _typed(value)
    return typed


def _typed(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def _hours_typed(value: str | None) -> dict[str, str]:
    spans = (value or _WHOLE_DAY).split()
    spans = spans if len(spans) == len(DAYS) else spans[:1] * len(DAYS)
    typed = {}
    for (key, _), span in zip(DAYS, spans, strict=True):
        start, _, end = ("" if span == _CLOSED else span).partition("-")
        typed[f"{key}_on"] = "" if span == _CLOSED else "on"
        typed[f"{key}_from"] = "" if start == _MIDNIGHT else start
        typed[f"{key}_to"] = "" if end == "24:00" else end
    return typed


def chosen(part: Part, fields: Mapping[str, str]) -> dict[str, str | None]:
    """What a posted form means, by setting; None is the default. Nothing is checked yet."""
    values: dict[str, str | None] = {}
    for field in part.fields:
        typed = fields.get(field.name, "").replace("\0", "").strip()
        if field.kind == "hours":
            values[field.name] = _hours_chosen(fields)
        elif field.name == "leadline_countries":
            values[field.name] = ",".join(typed.upper().replace(",", " ").split()) or None
        else:
            values[field.name] = typed or None
    return values


def _hours_chosen(fields: Mapping[str, str]) -> str | None:
    spans = [_span(fields, key) for key, _ in DAYS]
    if len(set(spans)) > 1:
        return " ".join(spans)
    return None if spans[0] == _WHOLE_DAY else spans[0]


def _span(fields: Mapping[str, str], key: str) -> str:
    if not fields.get(f"{key}_on"):
        return _CLOSED
    return f"{fields.get(f'{key}_from') or _MIDNIGHT}-{fields.get(f'{key}_to') or '24:00'}"
