"""API tokens: what programs come in with. Only a token's hash is stored."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, update

from leadline.errors import NotFound
from leadline.store import schema
from leadline.store.database import Transaction

tokens = schema.api_tokens


@dataclass(frozen=True, slots=True)
class Token:
    """An API token as far as it may be shown. One without a user sees and does everything."""

    id: int
    name: str
    user_id: int | None
    created_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None


_COLUMNS = [tokens.c[name] for name in Token.__dataclass_fields__]


def add(tx: Transaction, *, name: str, token_hash: str, user_id: int | None, now: datetime) -> Token:
    """Keep an API token's hash."""
    values = {"name": name, "token_hash": token_hash, "user_id": user_id, "created_at": now}
    return Token(*tx.execute(insert(tokens).values(values).returning(*_COLUMNS)).one())


def by_hash(tx: Transaction, token_hash: str) -> Token | None:
    """The API token with that hash, unless revoked."""
    query = select(*_COLUMNS).where(tokens.c.token_hash == token_hash, tokens.c.revoked_at.is_(None))
    row = tx.execute(query).one_or_none()
    return Token(*row) if row else None


def everyone(tx: Transaction) -> list[Token]:
    """All tokens, revoked ones too, the newest first."""
    return [Token(*row) for row in tx.execute(select(*_COLUMNS).order_by(tokens.c.id.desc()))]


def used(tx: Transaction, token_id: int, *, now: datetime) -> None:
    """A program came in with it."""
    tx.execute(update(tokens).where(tokens.c.id == token_id).values(last_used_at=now))


def revoke(tx: Transaction, token_id: int, *, now: datetime) -> Token:
    """From now on it lets nobody in. Raises NotFound, also for one that was revoked before."""
    is_open = (tokens.c.id == token_id, tokens.c.revoked_at.is_(None))
    row = tx.execute(update(tokens).where(*is_open).values(revoked_at=now).returning(*_COLUMNS)).one_or_none()
    if row is None:
        raise NotFound("token", token_id)
    return Token(*row)
