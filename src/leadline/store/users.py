"""Users, and the three secrets that let someone in: sign-in links, sessions, API tokens.

Only hashes are stored: who reads the database cannot sign in with what is there.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, update

from leadline.errors import NotFound
from leadline.store import schema
from leadline.store.database import Transaction

users, links, sessions, tokens = schema.users, schema.signin_links, schema.sessions, schema.api_tokens


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


@dataclass(frozen=True, slots=True)
class Token:
    """An API token as far as it may be shown."""

    id: int
    name: str
    user_id: int | None
    created_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None


_USER = [users.c[name] for name in User.__dataclass_fields__]
_TOKEN = [tokens.c[name] for name in Token.__dataclass_fields__]


def add(
    tx: Transaction, *, name: str, email: str, role: str, team_id: int | None = None, now: datetime
) -> User:
    """Add a user. The address must be new; see ``by_email``."""
    values = {"name": name, "email": email.lower(), "role": role, "team_id": team_id, "created_at": now}
    return User(*tx.execute(insert(users).values(values).returning(*_USER)).one())


def by_email(tx: Transaction, email: str) -> User | None:
    """The user with that address."""
    row = tx.execute(select(*_USER).where(users.c.email == email.lower())).one_or_none()
    return User(*row) if row else None


def by_id(tx: Transaction, user_id: int) -> User:
    """Raises NotFound."""
    row = tx.execute(select(*_USER).where(users.c.id == user_id)).one_or_none()
    if row is None:
        raise NotFound("user", user_id)
    return User(*row)


def everyone(tx: Transaction) -> list[User]:
    """All users, the oldest first."""
    return [User(*row) for row in tx.execute(select(*_USER).order_by(users.c.id))]


def add_link(tx: Transaction, user_id: int, token_hash: str, *, expires_at: datetime, now: datetime) -> None:
    """Keep a sign-in link that works once, until it expires."""
    tx.execute(
        insert(links).values(user_id=user_id, token_hash=token_hash, expires_at=expires_at, created_at=now)
    )


def use_link(tx: Transaction, token_hash: str, *, now: datetime) -> int | None:
    """Spend a sign-in link; the user it lets in, or None. Of two at once only one gets in."""
    query = (
        update(links)
        .where(links.c.token_hash == token_hash, links.c.used_at.is_(None), links.c.expires_at > now)
        .values(used_at=now)
        .returning(links.c.user_id)
    )
    user_id: int | None = tx.scalar(query)
    return user_id


def add_session(
    tx: Transaction, user_id: int, token_hash: str, *, expires_at: datetime, now: datetime
) -> None:
    """Begin a session."""
    tx.execute(
        insert(sessions).values(user_id=user_id, token_hash=token_hash, expires_at=expires_at, created_at=now)
    )


def of_session(tx: Transaction, token_hash: str, *, now: datetime) -> User | None:
    """The user of a session that is neither over nor ended, unless disabled meanwhile."""
    query = (
        select(*_USER)
        .join(sessions, sessions.c.user_id == users.c.id)
        .where(
            sessions.c.token_hash == token_hash,
            sessions.c.ended_at.is_(None),
            sessions.c.expires_at > now,
            users.c.disabled_at.is_(None),
        )
    )
    row = tx.execute(query).one_or_none()
    return User(*row) if row else None


def of_sessions(tx: Transaction, token_hashes: Iterable[str], *, now: datetime) -> dict[str, User]:
    """The users of these sessions, of those that ``of_session`` would find."""
    query = (
        select(sessions.c.token_hash, *_USER)
        .join(sessions, sessions.c.user_id == users.c.id)
        .where(
            sessions.c.token_hash.in_(list(token_hashes)),
            sessions.c.ended_at.is_(None),
            sessions.c.expires_at > now,
            users.c.disabled_at.is_(None),
        )
    )
    return {token_hash: User(*row) for token_hash, *row in tx.execute(query)}


def end_session(tx: Transaction, token_hash: str, *, now: datetime) -> None:
    """Sign out."""
    tx.execute(update(sessions).where(sessions.c.token_hash == token_hash).values(ended_at=now))


def add_token(tx: Transaction, *, name: str, token_hash: str, user_id: int | None, now: datetime) -> Token:
    """Keep an API token's hash."""
    query = (
        insert(tokens)
        .values(name=name, token_hash=token_hash, user_id=user_id, created_at=now)
        .returning(*_TOKEN)
    )
    return Token(*tx.execute(query).one())


def of_token(tx: Transaction, token_hash: str) -> Token | None:
    """The API token with that hash, unless revoked."""
    query = select(*_TOKEN).where(tokens.c.token_hash == token_hash, tokens.c.revoked_at.is_(None))
    row = tx.execute(query).one_or_none()
    return Token(*row) if row else None


def tokens_of_all(tx: Transaction) -> list[Token]:
    """All API tokens, the oldest first, revoked ones too."""
    return [Token(*row) for row in tx.execute(select(*_TOKEN).order_by(tokens.c.id))]
