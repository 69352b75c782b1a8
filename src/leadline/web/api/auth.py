"""Who is calling the API: a program with a token."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.exceptions import HTTPException
from starlette.requests import Request

from leadline import accounts
from leadline.app import Leadline
from leadline.errors import StoreUnavailable
from leadline.store import users
from leadline.store.scope import Scope
from leadline.store.tokens import Token
from leadline.store.users import User

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

_scheme = HTTPBearer(
    auto_error=False, scheme_name="token", description="An API token: `leadline token create NAME` makes one."
)


@dataclass(frozen=True, slots=True)
class Call:
    """One call: the Leadline that is called, and the token it came with."""

    line: Leadline
    changed: Callable[..., None]
    token: Token
    user: User | None

    @property
    def actor(self) -> str:
        """Who it is in records, like token:7."""
        return f"token:{self.token.id}"

    @property
    def scope(self) -> Scope:
        """Whose conversations and leads the token's user sees; everything, if it is nobody's."""
        return accounts.scope_of(self.user, agents_see=self.line.settings.leadline_agents_see)


def authenticated(
    request: Request, credentials: Annotated[HTTPAuthorizationCredentials | None, Security(_scheme)]
) -> Call:
    """Let in a token that is known and not revoked; one that belongs to a user may do what the user may.

    Raises 401, or 403 when a viewer's token wants to change something.
    """
    if credentials is None:
        raise _unauthorized("Send an API token: Authorization: Bearer leadline_…", 'Bearer realm="leadline"')
    line: Leadline = request.app.state.line
    found = holder(line, credentials.credentials)
    if found is None:
        raise _unauthorized(
            "This token is not known, or was revoked.", 'Bearer realm="leadline", error="invalid_token"'
        )
    token, user = found
    if user and user.role == "viewer" and request.method not in SAFE_METHODS:
        raise HTTPException(403, "This token belongs to a viewer, who may read only.")
    return Call(line, request.app.state.changed, token, user)


def holder(line: Leadline, secret: str) -> tuple[Token, User | None] | None:
    """The token of that secret and the user it belongs to, if any; None when it lets nobody in. It is noted
    that it was used.
    """
    now = line.clock.now()
    with line.database.read() as tx:
        token = accounts.token_of(tx, secret)
        user = users.by_id(tx, token.user_id) if token and token.user_id else None
    if token is None or (user and user.disabled_at):
        return None
    if accounts.is_stale(token, now=now):
        # Questions are answered also while nothing can be written.
        with suppress(StoreUnavailable), line.database.write() as tx:
            accounts.note_use(tx, token, now=now)
    return token, user


def _unauthorized(detail: str, challenge: str) -> HTTPException:
    return HTTPException(401, detail, headers={"WWW-Authenticate": challenge})


def _of_an_admin(call: Annotated[Call, Depends(authenticated)]) -> Call:
    """Raises 403 for a token of anybody else than an admin; one that is nobody's may do everything."""
    if call.user and call.user.role != "admin":
        raise HTTPException(403, "Only an admin's token may do this.")
    return call


Caller = Annotated[Call, Depends(authenticated)]
AdminCaller = Annotated[Call, Depends(_of_an_admin)]
