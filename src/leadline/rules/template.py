"""Message templates: a body with placeholders, in Liquid, and the five that come with Leadline."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from leadline.errors import MissingVariables, TemplateError
from leadline.rules.sandbox import Scalar, compile_template, render_compiled
from leadline.rules.text import check_body, is_blank

CONVERSATIONAL, TRANSACTIONAL, MARKETING = "conversational", "transactional", "marketing"
CATEGORIES = (CONVERSATIONAL, TRANSACTIONAL, MARKETING)

LONGEST_VALUE = 2_000


@dataclass(frozen=True, slots=True)
class Template:
    """A text that is used again. ``category`` decides which rules a send must meet; see the gate."""

    name: str
    body: str
    category: str = CONVERSATIONAL
    description: str = ""

    def __post_init__(self) -> None:
        if self.category not in CATEGORIES:
            raise TemplateError(f"One of: {', '.join(CATEGORIES)}.", field="category")


def required_variables(body: str) -> tuple[str, ...]:
    """The values that a body cannot do without, in the order it uses them.

    A value that a condition tests, as in ``{% if town %}``, or that has a default, as in
    ``{{ town | default: "town" }}``, is not among them. Raises TemplateError with the place of a fault.
    """
    return compile_template(body).required


def render(template: Template, variables: Mapping[str, Any]) -> str:
    """The text for one lead, ready to send.

    Values are text, numbers or dates; None and blank count as not given. Raises MissingVariables with every
    name that has no value, TemplateError for a fault in the template, and TextError when the outcome is empty
    or too long. Nothing in a value is read as Liquid.
    """
    compiled = compile_template(template.body)
    values = {name: _scalar(name, value) for name, value in variables.items() if not _is_missing(value)}
    missing = [name for name in compiled.required if name not in values]
    if missing:
        raise MissingVariables(template.name, missing)
    try:
        text = render_compiled(compiled, values)
    except KeyError as error:
        raise MissingVariables(template.name, [str(error.args[0])]) from None
    return check_body(text, field="template")


def _is_missing(value: object) -> bool:
    return value is None or (isinstance(value, str) and is_blank(value))


def _scalar(name: str, value: object) -> Scalar:
    if isinstance(value, str):
        if len(value) > LONGEST_VALUE:
            raise TemplateError(f"The value of {name} is too long for a text.", field="variables")
        return value
    if isinstance(value, int | float | Decimal | date):
        return value
    raise TemplateError(f"The value of {name} is not text, a number or a date.", field="variables")


# Who writes stands in each, as carriers ask; a first text says how to stop. All fit in GSM-7, and in one
# segment or two with names of usual length.
_FROM_AGENT = "{% if agent_name %}{{ agent_name }} from {% endif %}{{ business_name }}"

BUILT_IN: Mapping[str, Template] = MappingProxyType(
    {
        template.name: template
        for template in (
            Template(
                "initial_outreach",
                f"Hi {{{{ first_name }}}}, this is {_FROM_AGENT}. Thanks for your interest. "
                "When is a good time to talk? Reply STOP to opt out.",
                CONVERSATIONAL,
                "The first text to a lead who asked to be contacted.",
            ),
            Template(
                "follow_up",
                f"Hi {{{{ first_name }}}}, {_FROM_AGENT} again. Do you have any questions we can answer? "
                "Reply STOP to opt out.",
                CONVERSATIONAL,
                "A second try when there was no answer.",
            ),
            Template(
                "demo_confirmation",
                "Hi {{ first_name }}, your demo with {{ business_name }} is set for {{ demo_time }}. "
                "Reply here if you need another time.",
                TRANSACTIONAL,
                "Confirms a demo that was agreed.",
            ),
            Template(
                "thank_you",
                f"Thank you for your time today, {{{{ first_name }}}}. Questions? Just reply. {_FROM_AGENT}",
                CONVERSATIONAL,
                "After a meeting or a call.",
            ),
            Template(
                "callback_reminder",
                f"Hi {{{{ first_name }}}}, {_FROM_AGENT} will call you {{{{ callback_time }}}}. "
                "Reply here if another time suits you better.",
                TRANSACTIONAL,
                "Reminds of a call that was agreed.",
            ),
        )
    }
)
