"""Sessions, the links that begin one, and the tries that failed to.

Of every secret only the hash is stored: who reads the database cannot sign in with what is there.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, bindparam, delete, func, insert, select, update

from leadline.store import schema
from leadline.store.database import Transaction
from leadline.store.users import COLUMNS as USER
from leadline.store.users import User

links, sessions, users = schema.signin_links, schema.sessions, schema.users
failures = schema.signin_failures


@dataclass(frozen=True, slots=True)
class Session:
    """A browser that somebody is signed in with. ``address`` and ``browser`` are those of its start."""

    id: int
    user_id: int
    created_at: datetime
    expires_at: datetime
    ended_at: datetime | None
    last_seen_at: datetime | None
    address: str | None
    browser: str | None


_COLUMNS = [sessions.c[name] for name in Session.__dataclass_fields__]


def add_link(tx: Transaction, user_id: int, token_hash: str, *, expires_at: datetime, now: datetime) -> None:
    """Keep a sign-in link that works once, until it expires."""
    values = {"user_id": user_id, "token_hash": token_hash, "expires_at": expires_at, "created_at": now}
    tx.execute(insert(links).values(values))


def user_of_link(tx: Transaction, token_hash: str, *, now: datetime) -> User | None:
    """Whom a link would let in now; nobody who is disabled."""
    query = select(*USER).join(links, links.c.user_id == users.c.id)
    row = tx.execute(query.where(*_is_open(token_hash, now), users.c.disabled_at.is_(None))).one_or_none()
    return User(*row) if row else None


def use_link(tx: Transaction, token_hash: str, *, now: datetime) -> bool:
    """Spend a sign-in link. Of two at once only one can."""
    query = update(links).where(*_is_open(token_hash, now)).values(used_at=now)
    return tx.execute(query).rowcount == 1


def _is_open(token_hash: str, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return links.c.token_hash == token_hash, links.c.used_at.is_(None), links.c.expires_at > now


def end_links(tx: Transaction, user_id: int, *, now: datetime) -> None:
    """None of a user's links works any more."""
    tx.execute(update(links).where(links.c.user_id == user_id, links.c.used_at.is_(None)).values(used_at=now))


def began_with_link(tx: Transaction, session: Session, *, lasting: timedelta) -> bool:
    """Whether a link that was to last so long was spent on that session."""
    is_its = (links.c.user_id == session.user_id, links.c.used_at == session.created_at)
    spent = tx.execute(select(links.c.created_at, links.c.expires_at).where(*is_its))
    return any(expires_at - created_at >= lasting for created_at, expires_at in spent)


def add(
    tx: Transaction,
    user_id: int,
    token_hash: str,
    *,
    expires_at: datetime,
    address: str | None,
    browser: str | None,
    now: datetime,
) -> None:
    """Begin a session."""
    values = {"user_id": user_id, "token_hash": token_hash, "expires_at": expires_at, "created_at": now}
    tx.execute(insert(sessions).values(**values, last_seen_at=now, address=address, browser=browser))


def by_hash(tx: Transaction, token_hash: str, *, now: datetime) -> tuple[User, Session] | None:
    """A session that is neither over nor ended, and its user, unless disabled meanwhile."""
    query = select(*USER, *_COLUMNS).join(sessions, sessions.c.user_id == users.c.id)
    row = tx.execute(
        query.where(sessions.c.token_hash == token_hash, *_is_alive(now), users.c.disabled_at.is_(None))
    ).one_or_none()
    return (User(*row[: len(USER)]), Session(*row[len(USER) :])) if row else None


def users_of(tx: Transaction, token_hashes: Iterable[str], *, now: datetime) -> dict[str, User]:
    """The users of those sessions that ``by_hash`` would find."""
    found = tx.execute(_USERS_OF, {"hashes": list(token_hashes), "now": now})
    return {token_hash: User(*row) for token_hash, *row in found}


# Asked with every text that an open page is told of: to put it together each time costs more than to ask it.
_USERS_OF = (
    select(sessions.c.token_hash, *USER)
    .join(sessions, sessions.c.user_id == users.c.id)
    .where(
        sessions.c.token_hash.in_(bindparam("hashes", expanding=True)),
        sessions.c.ended_at.is_(None),
        sessions.c.expires_at > bindparam("now"),
        users.c.disabled_at.is_(None),
    )
)


def alive(tx: Transaction, user_id: int, *, now: datetime) -> list[Session]:
    """A user's sessions that are neither over nor ended, the last begun first."""
    query = select(*_COLUMNS).where(sessions.c.user_id == user_id, *_is_alive(now))
    return [Session(*row) for row in tx.execute(query.order_by(sessions.c.id.desc()))]


def _is_alive(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return sessions.c.ended_at.is_(None), sessions.c.expires_at > now


def seen(tx: Transaction, session_id: int, *, expires_at: datetime, now: datetime) -> None:
    """Somebody came by with it, so it lasts a while longer."""
    values = {"last_seen_at": now, "expires_at": expires_at}
    tx.execute(update(sessions).where(sessions.c.id == session_id).values(values))


def end(
    tx: Transaction, user_id: int, *, only: int | None = None, but: int | None = None, now: datetime
) -> int:
    """End a user's sessions: one, or all but one, or all. Returns how many were alive."""
    query = update(sessions).where(sessions.c.user_id == user_id, *_is_alive(now)).values(ended_at=now)
    if only is not None:
        query = query.where(sessions.c.id == only)
    if but is not None:
        query = query.where(sessions.c.id != but)
    return tx.execute(query).rowcount


def hold_tries(tx: Transaction, kind: str, name: str) -> None:
    """Let nobody else try under that name until the commit, so that many at once are counted one by one.
    SQLite has one writer anyway.
    """
    if tx.dialect.name != "sqlite":
        tx.execute(select(func.pg_advisory_xact_lock(func.hashtext(f"{kind} {name}"))))


def failed_since(tx: Transaction, kind: str, name: str, *, since: datetime) -> list[datetime]:
    """When tries failed of that account or from that address, the last first."""
    is_its = (failures.c.kind == kind, failures.c.name == name, failures.c.at > since)
    return list(tx.scalars(select(failures.c.at).where(*is_its).order_by(failures.c.at.desc())))


def add_failure(tx: Transaction, kind: str, name: str, *, now: datetime) -> int:
    """Note a try that failed; its id."""
    query = insert(failures).values(kind=kind, name=name, at=now).returning(failures.c.id)
    return int(tx.execute(query).scalar_one())


def forget_failures(tx: Transaction, kind: str, name: str) -> None:
    """They came in after all."""
    tx.execute(delete(failures).where(failures.c.kind == kind, failures.c.name == name))


def forget_failure(tx: Transaction, failure_id: int) -> None:
    """That one was none."""
    tx.execute(delete(failures).where(failures.c.id == failure_id))


def forget_failures_before(tx: Transaction, moment: datetime) -> None:
    """Those that hold up nobody any more."""
    tx.execute(delete(failures).where(failures.c.at < moment))
