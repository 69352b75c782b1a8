"""Users: the members of the team, and what proves that somebody is one of them.

A password is kept as its argon2id hash, a second factor's secret as it is, since codes are made from it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, insert, or_, select, update

from leadline.errors import NotFound
from leadline.store import schema
from leadline.store.database import Transaction

users, sessions = schema.users, schema.sessions


@dataclass(frozen=True, slots=True)
class User:
    """A member of the team. ``role``: admin, agent or viewer."""

    id: int
    name: str
    email: str
    role: str
    team_id: int | None
    created_at: datetime
    disabled_at: datetime | None
    has_password: bool
    has_second_factor: bool


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a user proves themselves with. The second factor counts once ``totp_since`` is set;
    ``totp_step`` is the last one that a code was taken of.
    """

    password_hash: str | None
    totp_secret: str | None
    totp_since: datetime | None
    totp_step: int | None


COLUMNS = [
    *(users.c[name] for name in User.__dataclass_fields__ if name in users.c),
    users.c.password_hash.is_not(None).label("has_password"),
    users.c.totp_since.is_not(None).label("has_second_factor"),
]
_CREDENTIALS = [users.c[name] for name in Credentials.__dataclass_fields__]


def add(
    tx: Transaction, *, name: str, email: str, role: str, team_id: int | None = None, now: datetime
) -> User:
    """Add a user. The address must be new; see ``by_email``."""
    values = {"name": name, "email": email.lower(), "role": role, "team_id": team_id, "created_at": now}
    return User(*tx.execute(insert(users).values(values).returning(*COLUMNS)).one())


def change(tx: Transaction, user_id: int, values: Mapping[str, Any]) -> User:
    """Change some columns of a user. Raises NotFound."""
    query = update(users).where(users.c.id == user_id).values(dict(values)).returning(*COLUMNS)
    row = tx.execute(query).one_or_none()
    if row is None:
        raise NotFound("user", user_id)
    return User(*row)


def by_email(tx: Transaction, email: str) -> User | None:
    """The user with that address."""
    row = tx.execute(select(*COLUMNS).where(users.c.email == email.lower())).one_or_none()
    return User(*row) if row else None


def by_id(tx: Transaction, user_id: int) -> User:
    """Raises NotFound."""
    row = tx.execute(select(*COLUMNS).where(users.c.id == user_id)).one_or_none()
    if row is None:
        raise NotFound("user", user_id)
    return User(*row)


def everyone(tx: Transaction) -> list[User]:
    """All users, the oldest first."""
    return [User(*row) for row in tx.execute(select(*COLUMNS).order_by(users.c.id))]


def exist(tx: Transaction) -> bool:
    """Whether there is any user."""
    return tx.scalar(select(users.c.id).limit(1)) is not None


def lock_admins(tx: Transaction) -> set[int]:
    """The ids of the admins who may come in, whom nobody else can change until the commit."""
    is_admin = and_(users.c.role == "admin", users.c.disabled_at.is_(None))
    return set(tx.scalars(select(users.c.id).where(is_admin).with_for_update()))


def last_seen(tx: Transaction) -> dict[int, datetime]:
    """User id to when they last came by, for those who ever did."""
    last = func.max(sessions.c.last_seen_at), func.max(sessions.c.created_at)
    query = select(sessions.c.user_id, *last).group_by(sessions.c.user_id)
    return {user_id: max(seen or begun, begun) for user_id, seen, begun in tx.execute(query)}


def credentials(tx: Transaction, user_id: int) -> Credentials:
    """Raises NotFound."""
    row = tx.execute(select(*_CREDENTIALS).where(users.c.id == user_id)).one_or_none()
    if row is None:
        raise NotFound("user", user_id)
    return Credentials(*row)


def take_step(tx: Transaction, user_id: int, step: int) -> bool:
    """Whether a code of that step may still let in: each does once, and none of an earlier step does then."""
    is_new = or_(users.c.totp_step.is_(None), users.c.totp_step < step)
    query = update(users).where(users.c.id == user_id, is_new).values(totp_step=step)
    return tx.execute(query).rowcount == 1
