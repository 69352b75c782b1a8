"""Sessions: who is signed in, for how long, and how it ends. Each is a row, so each can be ended."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from leadline.accounts import digest, new_secret
from leadline.store import audit, sessions
from leadline.store.database import Transaction
from leadline.store.sessions import Session
from leadline.store.users import User

# A session ends this long after its last use, and at the latest so long after it began.
IDLE_LASTS = timedelta(days=14)
LASTS_AT_MOST = timedelta(days=90)
# A request a minute writes that it came; the others only read.
SEEN_EVERY = timedelta(minutes=1)
BROWSER_LENGTH = 300


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a sign-in comes from, as the browser and the network say."""

    address: str | None = None
    browser: str | None = None


NOWHERE = Origin()


def begin(tx: Transaction, user_id: int, *, origin: Origin = NOWHERE, now: datetime) -> str:
    """A new session's secret."""
    secret = new_secret()
    sessions.add(
        tx,
        user_id,
        digest(secret),
        expires_at=now + IDLE_LASTS,
        address=origin.address,
        browser=origin.browser and origin.browser[:BROWSER_LENGTH],
        now=now,
    )
    audit.add(tx, actor=f"user:{user_id}", action="session.begin", subject=f"user:{user_id}", now=now)
    return secret


def find(tx: Transaction, secret: str, *, now: datetime) -> tuple[User, Session] | None:
    """Who is signed in with that session; nobody when it is over, or the user disabled."""
    return sessions.by_hash(tx, digest(secret), now=now)


def users_of(tx: Transaction, secrets: Iterable[str], *, now: datetime) -> dict[str, User | None]:
    """Who is signed in with each of these sessions."""
    digests = {secret: digest(secret) for secret in secrets}
    found = sessions.users_of(tx, digests.values(), now=now)
    return {secret: found.get(token_hash) for secret, token_hash in digests.items()}


def is_stale(session: Session, *, now: datetime) -> bool:
    """Whether it is to be noted that somebody came by with it."""
    return session.last_seen_at is None or now - session.last_seen_at >= SEEN_EVERY


def note_seen(tx: Transaction, session: Session, *, now: datetime) -> None:
    """Somebody came by with it, so it lasts a while longer."""
    until = min(now + IDLE_LASTS, session.created_at + LASTS_AT_MOST)
    sessions.seen(tx, session.id, expires_at=until, now=now)


def sign_out(tx: Transaction, secret: str, *, now: datetime) -> None:
    """End a session; ending it twice is no fault."""
    found = find(tx, secret, now=now)
    if found is not None:
        user, session = found
        _end(tx, user.id, only=session.id, now=now)


def end_one(tx: Transaction, user_id: int, session_id: int, *, now: datetime) -> None:
    """End one of somebody's own sessions; of anybody else's nothing happens."""
    _end(tx, user_id, only=session_id, now=now)


def end_others(tx: Transaction, user_id: int, *, but: int | None, now: datetime) -> int:
    """End all of a user's sessions, or all but one. Returns how many that were."""
    return _end(tx, user_id, but=but, now=now)


def _end(
    tx: Transaction, user_id: int, *, only: int | None = None, but: int | None = None, now: datetime
) -> int:
    count = sessions.end(tx, user_id, only=only, but=but, now=now)
    if count:
        detail = {"count": count}
        subject = f"user:{user_id}"
        audit.add(tx, actor=subject, action="session.end", subject=subject, detail=detail, now=now)
    return count
