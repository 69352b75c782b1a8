"""Writes the tables of docs/settings.md from ``leadline.settings``; ``make fix`` runs it."""

from pydantic import AliasChoices
from pydantic.fields import FieldInfo

from leadline.preferences import CHANGEABLE
from leadline.settings import Settings
from tests.contracts.tree import DOCS

PAGE = DOCS / "settings.md"
BEGIN, END = "<!-- written by make fix: begin -->", "<!-- written by make fix: end -->"
GROUPS = (("Twilio's", "TWILIO_"), ("Leadline's own", "LEADLINE_"))


def rendered(page: str) -> str:
    """The page with its tables as they should be; everything around them stays."""
    before, rest = page.split(BEGIN)
    after = rest.split(END)[1]
    return f"{before}{BEGIN}\n\n{tables()}\n{END}{after}"


def tables() -> str:
    """One table for each group of settings."""
    return "\n".join(_table(title, prefix) for title, prefix in GROUPS)


def _table(title: str, prefix: str) -> str:
    rows = [_row(field) for field in Settings.model_fields.values() if variable(field).startswith(prefix)]
    return "\n".join(
        [f"## {title}", "", "| variable | default | what it is | |", "| --- | --- | --- | --- |", *rows, ""]
    )


def _row(field: FieldInfo) -> str:
    default = "" if field.default is None else f"`{field.default}`"
    changes = "while running" if variable(field).lower() in CHANGEABLE else ""
    return f"| `{variable(field)}` | {default} | {field.description} | {changes} |"


def variable(field: FieldInfo) -> str:
    """The environment variable that sets this field."""
    alias = field.validation_alias
    if not isinstance(alias, AliasChoices) or not isinstance(alias.choices[0], str):
        raise TypeError(f"A setting names its environment variable first; {alias!r} does not.")
    return alias.choices[0]


if __name__ == "__main__":
    PAGE.write_text(rendered(PAGE.read_text()))
