"""Who may come in: users with one-time sign-in links and sessions, and programs with API tokens.

Every secret is 256 random bits, shown once, and kept only as its SHA-256: there is nothing to guess, so
a slow hash would protect nothing.
"""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from leadline.errors import InvalidInput
from leadline.store import audit, users
from leadline.store.database import Transaction
from leadline.store.scope import EVERYTHING, Scope
from leadline.store.users import Token, User

ROLES = ("admin", "agent", "viewer")
LINK_LASTS = timedelta(hours=24)
SESSION_LASTS = timedelta(days=14)
_TOKEN_PREFIX = "leadline_"  # noqa: S105  So that a leaked one is recognised by scanners.


def add_user(
    tx: Transaction,
    *,
    name: str,
    email: str,
    role: str,
    team_id: int | None = None,
    actor: str,
    now: datetime,
) -> User:
    """Add a member of the team. Raises InvalidInput for an unknown role or a known address."""
    if role not in ROLES:
        raise InvalidInput(f"One of: {', '.join(ROLES)}.", field="role", code="role_unknown")
    if "@" not in email:
        raise InvalidInput("Write it like alice@example.com.", field="email", code="email_invalid")
    if users.by_email(tx, email):
        raise InvalidInput("There is a user with this address.", field="email", code="email_taken")
    user = users.add(tx, name=name, email=email, role=role, team_id=team_id, now=now)
    audit.add(tx, actor=actor, action="user.add", subject=f"user:{user.id}", detail={"role": role}, now=now)
    return user


def make_signin_link(tx: Transaction, user_id: int, *, now: datetime) -> str:
    """The secret part of a link that signs this user in once, within a day."""
    secret = secrets.token_urlsafe(32)
    users.add_link(tx, user_id, digest(secret), expires_at=now + LINK_LASTS, now=now)
    return secret


def sign_in(tx: Transaction, link_secret: str, *, now: datetime) -> str | None:
    """Spend a sign-in link; the new session's secret, or None when the link is spent, old or wrong."""
    user_id = users.use_link(tx, digest(link_secret), now=now)
    if user_id is None:
        return None
    secret = secrets.token_urlsafe(32)
    users.add_session(tx, user_id, digest(secret), expires_at=now + SESSION_LASTS, now=now)
    audit.add(tx, actor=f"user:{user_id}", action="session.begin", subject=f"user:{user_id}", now=now)
    return secret


def user_of_session(tx: Transaction, session_secret: str, *, now: datetime) -> User | None:
    """Who is signed in with that session."""
    return users.of_session(tx, digest(session_secret), now=now)


def users_of_sessions(
    tx: Transaction, session_secrets: Iterable[str], *, now: datetime
) -> dict[str, User | None]:
    """The same for many sessions, with one question."""
    digests = {secret: digest(secret) for secret in session_secrets}
    found = users.of_sessions(tx, digests.values(), now=now)
    return {secret: found.get(token_hash) for secret, token_hash in digests.items()}


def sign_out(tx: Transaction, session_secret: str, *, now: datetime) -> None:
    """End a session; ending it twice is no fault."""
    users.end_session(tx, digest(session_secret), now=now)


def scope_of(user: User | None, *, agents_see: str) -> Scope:
    """What a user may see, or a token's user; admins, and tokens of nobody, see everything."""
    if user is None or user.role == "admin":
        return EVERYTHING
    return Scope(user.id, user.team_id, agents_see)


def create_token(
    tx: Transaction, name: str, *, user_id: int | None = None, actor: str, now: datetime
) -> tuple[Token, str]:
    """A new API token and its secret, which cannot be shown again."""
    secret = _TOKEN_PREFIX + secrets.token_urlsafe(32)
    token = users.add_token(tx, name=name, token_hash=digest(secret), user_id=user_id, now=now)
    audit.add(tx, actor=actor, action="token.create", subject=f"token:{token.id}", now=now)
    return token, secret


def token_of(tx: Transaction, secret: str) -> Token | None:
    """The API token with that secret, unless revoked."""
    return users.of_token(tx, digest(secret))


def digest(secret: str) -> str:
    """What is stored of a secret."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
