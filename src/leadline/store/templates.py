"""Templates as the team has them: the five built-in ones at first, then what people make of them."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete as delete_from
from sqlalchemy import insert, select, update

from leadline.errors import UnknownTemplate
from leadline.rules.template import Template
from leadline.store import batch, schema
from leadline.store.columns import micros
from leadline.store.database import Transaction

templates = schema.templates

_COLUMNS = [templates.c[name] for name in ("name", "body", "category", "description")]


def add_missing(tx: Transaction, wanted: Iterable[Template], *, now: datetime) -> None:
    """Store those whose name is free; what someone has edited is left alone."""
    rows = [
        {
            "name": template.name,
            "body": template.body,
            "category": template.category,
            "description": template.description,
            "created_at": micros(now),
            "updated_at": micros(now),
        }
        for template in wanted
    ]
    batch.insert(tx, templates, rows, then="ON CONFLICT (name) DO NOTHING")


def save(tx: Transaction, template: Template, *, now: datetime) -> None:
    """Store a template, or replace the one of that name."""
    values = {
        "body": template.body,
        "category": template.category,
        "description": template.description,
        "updated_at": now,
    }
    changed = tx.execute(update(templates).where(templates.c.name == template.name).values(values))
    if not changed.rowcount:
        tx.execute(insert(templates).values(name=template.name, created_at=now, **values))


def delete(tx: Transaction, name: str) -> None:
    """Take a template away; texts keep its name."""
    tx.execute(delete_from(templates).where(templates.c.name == name))


def everyone(tx: Transaction) -> list[Template]:
    """All templates, by name."""
    return [Template(*row) for row in tx.execute(select(*_COLUMNS).order_by(templates.c.name))]


def by_name(tx: Transaction, name: str) -> Template:
    """Raises UnknownTemplate, which names those there are."""
    row = tx.execute(select(*_COLUMNS).where(templates.c.name == name)).one_or_none()
    if row is None:
        raise UnknownTemplate(name, tx.scalars(select(templates.c.name)))
    return Template(*row)
