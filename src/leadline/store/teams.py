"""Teams: who shares conversations and leads."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from leadline.errors import NotFound
from leadline.store import schema
from leadline.store.database import Transaction

teams = schema.teams


@dataclass(frozen=True, slots=True)
class Team:
    """A part of the sales team."""

    id: int
    name: str
    created_at: datetime


_COLUMNS = [teams.c[name] for name in Team.__dataclass_fields__]


def everyone(tx: Transaction) -> list[Team]:
    """All teams, by name."""
    return [Team(*row) for row in tx.execute(select(*_COLUMNS).order_by(teams.c.name, teams.c.id))]


def by_id(tx: Transaction, team_id: int) -> Team:
    """Raises NotFound."""
    row = tx.execute(select(*_COLUMNS).where(teams.c.id == team_id)).one_or_none()
    if row is None:
        raise NotFound("team", team_id)
    return Team(*row)
