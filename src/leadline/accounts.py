"""Who may come in: the members of the team with their roles, teams, and programs with API tokens.

Every secret is 256 random bits, shown once, and kept only as its SHA-256: there is nothing to guess, so
a slow hash would protect nothing.
"""

import hashlib
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from leadline.errors import InvalidInput
from leadline.rules.text import clean_name, is_blank
from leadline.store import audit, conversations, sessions, teams, tokens, users
from leadline.store.database import Transaction
from leadline.store.scope import EVERYTHING, Scope
from leadline.store.teams import Team
from leadline.store.tokens import Token
from leadline.store.users import User

ROLES = ("admin", "agent", "viewer")
LINK_LASTS = timedelta(hours=24)
NAME_LENGTH = 100
EMAIL_LENGTH = 254
# How exactly it is told when a program last came by: each time would be a write a call.
TOKEN_SEEN_EVERY = timedelta(minutes=1)
_TOKEN_PREFIX = "leadline_"  # noqa: S105  So that a leaked one is recognised by scanners.


# People


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
    """Add a member of the team. Raises InvalidInput naming the field, or NotFound for the team."""
    user = users.add(
        tx,
        name=_name(name),
        email=_email(tx, email),
        role=_role(role),
        team_id=_team(tx, team_id),
        now=now,
    )
    detail = _told({"role": user.role, "team_id": user.team_id})
    audit.add(tx, actor=actor, action="user.add", subject=f"user:{user.id}", detail=detail, now=now)
    return user


def change_user(
    tx: Transaction, user_id: int, *, name: str, role: str, team_id: int | None, actor: str, now: datetime
) -> User:
    """Change who a user is. What is assigned to them goes to their new team with them.

    Raises NotFound, or InvalidInput naming the field: somebody has to stay an admin.
    """
    before = users.by_id(tx, user_id)
    values = {"name": _name(name), "role": _role(role), "team_id": _team(tx, team_id)}
    if values["role"] != "admin":
        _keep_an_admin(tx, user_id, field="role")
    changed = {key: value for key, value in values.items() if value != getattr(before, key)}
    if not changed:
        return before
    if "team_id" in changed:
        conversations.follow_assignee(tx, user_id, team_id)
    detail = {key: [getattr(before, key), value] for key, value in changed.items()}
    audit.add(tx, actor=actor, action="user.change", subject=f"user:{user_id}", detail=detail, now=now)
    return users.change(tx, user_id, changed)


def rename_user(tx: Transaction, user_id: int, name: str, *, now: datetime) -> User:
    """What somebody calls themselves. Raises InvalidInput."""
    user = users.by_id(tx, user_id)
    return change_user(
        tx, user_id, name=name, role=user.role, team_id=user.team_id, actor=f"user:{user_id}", now=now
    )


def disable_user(tx: Transaction, user_id: int, *, actor: str, now: datetime) -> User:
    """They come in no more: their sessions and links end, and their tokens open nothing. What they wrote
    stays. Raises NotFound, or InvalidInput for the last admin.
    """
    user = users.by_id(tx, user_id)
    if user.disabled_at is not None:
        return user
    _keep_an_admin(tx, user_id, field="user")
    sessions.end(tx, user_id, now=now)
    sessions.end_links(tx, user_id, now=now)
    audit.add(tx, actor=actor, action="user.disable", subject=f"user:{user_id}", now=now)
    return users.change(tx, user_id, {"disabled_at": now})


def enable_user(tx: Transaction, user_id: int, *, actor: str, now: datetime) -> User:
    """They may come in again, with the password they had or with a new link. Raises NotFound."""
    user = users.by_id(tx, user_id)
    if user.disabled_at is None:
        return user
    audit.add(tx, actor=actor, action="user.enable", subject=f"user:{user_id}", now=now)
    return users.change(tx, user_id, {"disabled_at": None})


def _keep_an_admin(tx: Transaction, user_id: int, *, field: str) -> None:
    """Two admins cannot take the role from each other at once: the second waits here and then sees it."""
    if users.lock_admins(tx) == {user_id}:
        raise InvalidInput(
            "Somebody has to be an admin. Make a colleague one first.", field=field, code="last_admin"
        )


def scope_of(user: User | None, *, agents_see: str) -> Scope:
    """What a user may see, or a token's user; admins, and tokens of nobody, see everything."""
    if user is None or user.role == "admin":
        return EVERYTHING
    return Scope(user.id, user.team_id, agents_see)


def _name(text: str) -> str:
    name = clean_name(text)
    if not name or is_blank(name) or len(name) > NAME_LENGTH:
        raise InvalidInput(f"A name of 1 to {NAME_LENGTH} characters.", field="name", code="name_invalid")
    return name


def _email(tx: Transaction, text: str) -> str:
    email = clean_name(text).lower()
    local, _, domain = email.rpartition("@")
    if not local or not domain or " " in email or len(email) > EMAIL_LENGTH:
        raise InvalidInput("Write it like alice@example.com.", field="email", code="email_invalid")
    if users.by_email(tx, email):
        raise InvalidInput("There is a user with this address.", field="email", code="email_taken")
    return email


def _role(role: str) -> str:
    if role not in ROLES:
        raise InvalidInput(f"One of: {', '.join(ROLES)}.", field="role", code="role_unknown")
    return role


def _team(tx: Transaction, team_id: int | None) -> int | None:
    return None if team_id is None else teams.by_id(tx, team_id).id


def _told(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None}


# Teams


def add_team(tx: Transaction, name: str, *, actor: str, now: datetime) -> Team:
    """Add a team. Raises InvalidInput for a name that there is."""
    team = teams.add(tx, _team_name(tx, name), now=now)
    audit.add(
        tx, actor=actor, action="team.add", subject=f"team:{team.id}", detail={"name": team.name}, now=now
    )
    return team


def rename_team(tx: Transaction, team_id: int, name: str, *, actor: str, now: datetime) -> None:
    """Raises NotFound, or InvalidInput for a name that another team has."""
    before = teams.by_id(tx, team_id)
    new = _team_name(tx, name, own=team_id)
    if new == before.name:
        return
    teams.rename(tx, team_id, new)
    detail = {"name": [before.name, new]}
    audit.add(tx, actor=actor, action="team.change", subject=f"team:{team_id}", detail=detail, now=now)


def remove_team(tx: Transaction, team_id: int, *, actor: str, now: datetime) -> None:
    """Raises NotFound, or InvalidInput while anybody or anything belongs to it."""
    team = teams.by_id(tx, team_id)
    if not teams.is_empty(tx, team_id):
        raise InvalidInput(
            f"{team.name} has people or conversations. Give them to another team first.",
            field="team",
            code="team_in_use",
        )
    teams.remove(tx, team_id)
    detail = {"name": team.name}
    audit.add(tx, actor=actor, action="team.remove", subject=f"team:{team_id}", detail=detail, now=now)


def _team_name(tx: Transaction, text: str, *, own: int | None = None) -> str:
    name = _name(text)
    other = teams.by_name(tx, name)
    if other is not None and other.id != own:
        raise InvalidInput("There is a team of this name.", field="name", code="team_taken")
    return name


# Programs


def create_token(
    tx: Transaction, name: str, *, user_id: int | None = None, actor: str, now: datetime
) -> tuple[Token, str]:
    """A new API token and its secret, which cannot be shown again. One that is a user's may do what the user
    may; one that is nobody's may do everything. Raises InvalidInput for no name, or NotFound.
    """
    owner = None if user_id is None else users.by_id(tx, user_id).id
    secret = _TOKEN_PREFIX + new_secret()
    token = tokens.add(tx, name=_name(name), token_hash=digest(secret), user_id=owner, now=now)
    detail = _told({"name": token.name, "user_id": owner})
    audit.add(tx, actor=actor, action="token.create", subject=f"token:{token.id}", detail=detail, now=now)
    return token, secret


def token_of(tx: Transaction, secret: str) -> Token | None:
    """The API token with that secret, unless revoked."""
    return tokens.by_hash(tx, digest(secret))


def note_use(tx: Transaction, token: Token, *, now: datetime) -> None:
    """A program came in with that token; see ``is_stale``."""
    tokens.used(tx, token.id, now=now)


def is_stale(token: Token, *, now: datetime) -> bool:
    """Whether it is to be noted that a program came in with it."""
    return token.last_used_at is None or now - token.last_used_at >= TOKEN_SEEN_EVERY


def revoke_token(tx: Transaction, token_id: int, *, actor: str, now: datetime) -> Token:
    """From now on it opens nothing. Raises NotFound, also for one that was revoked before."""
    token = tokens.revoke(tx, token_id, now=now)
    detail = {"name": token.name}
    audit.add(tx, actor=actor, action="token.revoke", subject=f"token:{token_id}", detail=detail, now=now)
    return token


def new_secret() -> str:
    """256 random bits, as they may stand in an address."""
    return secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    """What is stored of a secret."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
