"""Teams: whose conversations somebody sees; see ``scope``."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete as delete_from
from sqlalchemy import func, insert, select, update

from leadline.errors import NotFound
from leadline.store import schema
from leadline.store.database import Transaction

teams, users, conversations = schema.teams, schema.users, schema.conversations


@dataclass(frozen=True, slots=True)
class Team:
    """Some of the people who answer leads."""

    id: int
    name: str
    created_at: datetime


_COLUMNS = [teams.c[name] for name in Team.__dataclass_fields__]


def add(tx: Transaction, name: str, *, now: datetime) -> Team:
    """Add a team. The name must be new; see ``by_name``."""
    return Team(*tx.execute(insert(teams).values(name=name, created_at=now).returning(*_COLUMNS)).one())


def everyone(tx: Transaction) -> list[Team]:
    """All teams, by name."""
    return [Team(*row) for row in tx.execute(select(*_COLUMNS).order_by(func.lower(teams.c.name)))]


def by_id(tx: Transaction, team_id: int) -> Team:
    """Raises NotFound."""
    row = tx.execute(select(*_COLUMNS).where(teams.c.id == team_id)).one_or_none()
    if row is None:
        raise NotFound("team", team_id)
    return Team(*row)


def by_name(tx: Transaction, name: str) -> Team | None:
    """The team of that name, in capitals or not."""
    row = tx.execute(select(*_COLUMNS).where(func.lower(teams.c.name) == name.lower())).first()
    return Team(*row) if row else None


def rename(tx: Transaction, team_id: int, name: str) -> None:
    """Give a team another name, which must be new."""
    tx.execute(update(teams).where(teams.c.id == team_id).values(name=name))


def is_empty(tx: Transaction, team_id: int) -> bool:
    """Whether nobody is in it and nothing belongs to it."""
    someone = select(users.c.id).where(users.c.team_id == team_id).exists()
    something = select(conversations.c.id).where(conversations.c.team_id == team_id).exists()
    return not tx.scalar(select(someone | something))


def remove(tx: Transaction, team_id: int) -> None:
    """Delete a team that is empty."""
    tx.execute(delete_from(teams).where(teams.c.id == team_id))
