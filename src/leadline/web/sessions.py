"""Who is looking: the session's cookie, and the door that everything but the sign-in stands behind."""

from collections.abc import Callable
from contextlib import suppress
from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from leadline import sessions
from leadline.app import Leadline
from leadline.errors import StoreUnavailable
from leadline.store.sessions import Session
from leadline.store.users import User

SIGN_IN = "/signin"


class Cookie:
    """The session's cookie: no script reads it, and no other site's form brings it along.

    Over https it is a ``__Host-`` cookie, which no neighbouring domain can set or replace
    (https://www.rfc-editor.org/rfc/rfc6265#section-4.1.2). The session in the database is what ends; the
    cookie lasts as long as any session can, or as long as the browser is open.
    """

    def __init__(self, public_url: str | None) -> None:
        self.is_secure = (public_url or "").startswith("https://")
        self.name = "__Host-leadline" if self.is_secure else "leadline"

    def read(self, request: Request) -> str | None:
        """The session's secret, if the browser has one."""
        return request.cookies.get(self.name)

    def write(self, response: Response, secret: str, *, stays: bool = True) -> None:
        """Give the browser a session; ``stays`` when it is to outlast the browser's closing."""
        self._set(response, secret, int(sessions.LASTS_AT_MOST.total_seconds()) if stays else None)

    def clear(self, response: Response) -> None:
        """Take the session from the browser."""
        self._set(response, "", 0)

    def _set(self, response: Response, value: str, max_age: int | None) -> None:
        response.set_cookie(
            self.name, value, max_age=max_age, path="/", secure=self.is_secure, httponly=True, samesite="lax"
        )


class SignedIn:
    """Lets who is signed in through; sends everybody else to the sign-in.

    ``request.state`` has the ``user``, the ``session`` (its secret) and ``signed_in`` (its row). ``is_open``
    tells the paths that need nobody.
    """

    def __init__(
        self, app: ASGIApp, *, line: Leadline, cookie: Cookie, is_open: Callable[[str], bool]
    ) -> None:
        self._app = app
        self._line = line
        self._cookie = cookie
        self._is_open = is_open

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or self._is_open(scope["path"]):
            await self._app(scope, receive, send)
            return
        secret = self._cookie.read(Request(scope))
        found = await run_in_threadpool(partial(_come_by, self._line, secret)) if secret else None
        if found is None:
            await RedirectResponse(SIGN_IN, 303)(scope, receive, send)
            return
        user, session = found
        known = {"user": user, "session": secret, "signed_in": session}
        scope["state"] = {**scope.get("state", {}), **known}
        await self._app(scope, receive, send)


def user_of(line: Leadline, session_secret: str) -> User | None:
    """Who is signed in with that session now."""
    with line.database.read() as tx:
        found = sessions.find(tx, session_secret, now=line.clock.now())
    return found[0] if found else None


def _come_by(line: Leadline, secret: str) -> tuple[User, Session] | None:
    """Who is signed in with that session; it is noted, so that the session goes on."""
    now = line.clock.now()
    with line.database.read() as tx:
        found = sessions.find(tx, secret, now=now)
    if found and sessions.is_stale(found[1], now=now):
        # Pages are shown also while nothing can be written.
        with suppress(StoreUnavailable), line.database.write() as tx:
            sessions.note_seen(tx, found[1], now=now)
    return found
