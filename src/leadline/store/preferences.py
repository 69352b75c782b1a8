"""What an admin chose for settings that may change while Leadline runs."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from leadline.store import batch, schema
from leadline.store.columns import Json, micros
from leadline.store.database import Transaction

preferences = schema.preferences
_JSON = Json()


@dataclass(frozen=True, slots=True)
class Preference:
    """One choice. ``name`` is the setting's variable; ``value`` None puts the default back."""

    name: str
    value: Any
    changed_by: str
    changed_at: datetime


def everyone(tx: Transaction) -> list[Preference]:
    """All choices, by name; there are few."""
    columns = [preferences.c[name] for name in Preference.__dataclass_fields__]
    return [Preference(*row) for row in tx.execute(select(*columns).order_by(preferences.c.name))]


def save(tx: Transaction, name: str, value: Any, *, by: str, now: datetime) -> None:
    """Keep a choice, in the place of an earlier one."""
    row = {
        "name": name,
        "value": _JSON.process_bind_param(value, tx.dialect),
        "changed_by": by,
        "changed_at": micros(now),
    }
    news = ", ".join(f"{column} = excluded.{column}" for column in ("value", "changed_by", "changed_at"))
    batch.insert(tx, preferences, [row], then=f"ON CONFLICT (name) DO UPDATE SET {news}")
