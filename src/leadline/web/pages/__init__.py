"""The pages: server-rendered, useful without a script, kept up to date with one."""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route, Router
from starlette.staticfiles import StaticFiles

from leadline.app import Leadline
from leadline.errors import LeadlineError, StoreUnavailable, TooManyTries
from leadline.web.csrf import SameOrigin
from leadline.web.hashing import Hashing
from leadline.web.live import Pulse
from leadline.web.pages import (
    account,
    audit_log,
    begin,
    conversations,
    dashboard,
    files,
    hours,
    inbox,
    people,
    senders,
    settings,
    signin,
    status,
    stream,
    template_pages,
    tokens,
)
from leadline.web.pages.site import FirstRun, Site, Visit, environment
from leadline.web.pages.words import ERRORS, OTHER_ERROR
from leadline.web.problems import TRY_AGAIN_AFTER, retry_after, status_of
from leadline.web.sessions import SIGN_IN, Cookie, SignedIn
from leadline.web.steps import SECURITY_HEADERS, BodyCap, OneSpelling, SecurityHeaders

FORM_AT_MOST = 256 * 1024
STATIC = "/static"

ROUTES = (
    Route("/", inbox.inbox),
    *begin.ROUTES,
    Route("/conversations/{conversation_id}", conversations.conversation),
    Route("/conversations/{conversation_id}/messages", conversations.send, methods=["POST"]),
    Route("/conversations/{conversation_id}/read", conversations.read, methods=["POST"]),
    Route("/leads/{lead_id}", conversations.lead),
    Route("/leads/{lead_id}/messages", conversations.send, methods=["POST"]),
    Route("/messages/{message_id}/cancel", conversations.cancel, methods=["POST"]),
    Route("/messages/{message_id}/send-again", conversations.send_again, methods=["POST"]),
    Route("/messages/{message_id}/leave", conversations.leave, methods=["POST"]),
    Route("/status", status.status),
    Route("/live", stream.live),
    Route("/media/{media_id}", files.attachment),
    *settings.ROUTES,
    *hours.ROUTES,
    *senders.ROUTES,
    *audit_log.ROUTES,
    *template_pages.ROUTES,
    *signin.ROUTES,
    *account.ROUTES,
    *people.ROUTES,
    *tokens.ROUTES,
    *dashboard.ROUTES,
)


def create_pages(
    line: Leadline, *, pulse: Pulse, changed: Callable[[], None], first_run: str | None = None
) -> Starlette:
    """The pages over an open Leadline.

    ``pulse`` tells them of changes made elsewhere; they call ``changed`` after their own. ``first_run`` is
    the secret of the link that makes the first admin, while there is nobody.
    """
    url = line.settings.leadline_public_url
    cookie = Cookie(url)
    static = Mount(STATIC, StaticFiles(directory=Path(__file__).parent / "static"))
    # Inside the application's own error pages, since both of these refuse by raising.
    guards = [
        Middleware(SameOrigin, public_url=url),
        Middleware(SignedIn, line=line, cookie=cookie, is_open=_is_open),
    ]
    behind = Router([*ROUTES, static], redirect_slashes=False, middleware=guards)
    pages = Starlette(
        routes=[Mount("/", behind)],
        middleware=[
            Middleware(SecurityHeaders, is_https=cookie.is_secure),
            Middleware(OneSpelling),
            Middleware(BodyCap, at_most=FORM_AT_MOST),
        ],
        exception_handlers=HANDLERS,
    )
    pages.state.site = Site(
        line,
        pulse,
        changed,
        cookie,
        environment(line.settings.leadline_region),
        Hashing(),
        FirstRun(first_run),
    )
    return pages


def _is_open(path: str) -> bool:
    return path == SIGN_IN or path.startswith((f"{SIGN_IN}/", f"{STATIC}/"))


async def _of_http(request: Request, error: HTTPException) -> Response:
    said = error.detail if error.detail != HTTPStatus(error.status_code).phrase else None
    return _error_page(request, error.status_code, said=said, headers=error.headers)


async def _of_ours(request: Request, error: LeadlineError) -> Response:
    if isinstance(error, StoreUnavailable):
        return _error_page(request, 503, headers={"Retry-After": TRY_AGAIN_AFTER})
    if isinstance(error, TooManyTries):
        return _error_page(request, 429, said=str(error), headers=retry_after(error))
    return _error_page(request, status_of(error), said=str(error))


async def _of_fault(request: Request, _error: Exception) -> Response:
    # Outside of every step, so it brings the headers itself. The server logs the error.
    return _error_page(request, 500, headers=SECURITY_HEADERS)


def _error_page(
    request: Request, status: int, *, said: str | None = None, headers: Mapping[str, str] | None = None
) -> Response:
    what, to_do = ERRORS.get(status, OTHER_ERROR)
    page = Visit.of(request).page("error.html", status, what=what, to_do=said or to_do, number=status)
    page.headers.update(headers or {})
    return page


HANDLERS: Mapping[type[Exception], Any] = {
    HTTPException: _of_http,
    LeadlineError: _of_ours,
    Exception: _of_fault,
}
