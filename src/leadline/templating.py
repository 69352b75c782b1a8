"""Templates: write, change, delete, and put back the words of those that came with Leadline.

Texts that are queued or sent keep their words, and the name of the template they were written with.
"""

import re
from datetime import datetime

from leadline.errors import InvalidInput, TemplateError, UnknownTemplate
from leadline.rules.template import BUILT_IN, Template, required_variables
from leadline.rules.text import check_body, clean_name, is_blank
from leadline.settings import Settings
from leadline.store import audit, templates
from leadline.store.database import Transaction

DESCRIPTION_LENGTH = 200
_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII).fullmatch
_NO_NAME = re.compile(r"[^a-z0-9]+")


def name_of(title: str) -> str:
    """The name for what a person called a template; empty when nothing of it can stand in a name.

    >>> name_of("Spring price, 2nd")
    'spring_price_2nd'
    """
    return _NO_NAME.sub("_", title.strip().lower()).strip("_")[:64].strip("_")


def checked(template: Template) -> Template:
    """The template as it is stored. Raises InvalidInput naming what is at fault: name, body, description."""
    if not _NAME(template.name):
        raise InvalidInput(
            "A name has letters, digits, - and _, 64 at most.", field="name", code="template_name_invalid"
        )
    if is_blank(template.body):
        raise TemplateError("The template is empty. Write something.", field="body")
    required_variables(template.body)
    description = clean_name(template.description)
    if len(description) > DESCRIPTION_LENGTH:
        raise InvalidInput(f"At most {DESCRIPTION_LENGTH} characters.", field="description", code="too_long")
    return Template(template.name, _body(template.body), template.category, description)


def _body(text: str) -> str:
    """Without controls, as in a text. Only when it is filled one knows how long it is."""
    return "\n".join(check_body(line) if not is_blank(line) else "" for line in text.splitlines()).strip()


def save(tx: Transaction, template: Template, *, actor: str, now: datetime, is_new: bool = False) -> Template:
    """Store a template, or replace the one of that name; returns it as stored.

    Raises what ``checked`` does, and with ``is_new`` InvalidInput for a name that is taken.
    """
    stored = checked(template)
    if is_new and any(each.name == stored.name for each in templates.everyone(tx)):
        raise InvalidInput(
            "There is a template of this name. Choose another.", field="name", code="template_name_taken"
        )
    templates.save(tx, stored, now=now)
    audit.add(tx, actor=actor, action="template.save", subject=f"template:{stored.name}", now=now)
    return stored


def restore(tx: Transaction, name: str, *, actor: str, now: datetime) -> Template:
    """Put back the words that a template came with. Raises UnknownTemplate for one that is not built in."""
    if name not in BUILT_IN:
        raise UnknownTemplate(name, BUILT_IN)
    templates.save(tx, BUILT_IN[name], now=now)
    audit.add(tx, actor=actor, action="template.restore", subject=f"template:{name}", now=now)
    return BUILT_IN[name]


def delete(tx: Transaction, name: str, *, settings: Settings, actor: str, now: datetime) -> None:
    """Take a template away. Raises UnknownTemplate, or InvalidInput for a built-in one, which would be back
    at the next start, and for the one that answers by itself.
    """
    templates.by_name(tx, name)
    if name in BUILT_IN:
        raise InvalidInput(
            "This template came with Leadline and stays. Change its words instead.",
            field="name",
            code="template_built_in",
        )
    if name == settings.leadline_auto_reply_template:
        raise InvalidInput(
            "This template answers a lead’s first text of the day. Choose another one for that first.",
            field="name",
            code="template_in_use",
        )
    templates.delete(tx, name)
    audit.add(tx, actor=actor, action="template.delete", subject=f"template:{name}", now=now)
