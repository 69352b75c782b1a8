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
from leadline.web.pages import (
    account,
    acts,
    audit_log,
    begin,
    changes,
    compose,
    conversation,
    dashboard,
    files,
    hours,
    inbox,
    people,
    presence,
    senders,
    settings,
    signin,
    status,
    stream,
    template_pages,
    tokens,
)
from leadline.web.pages.newsroom import Newsroom
from leadline.web.pages.site import FirstRun, Site, Visit, environment
from leadline.web.pages.words import ERRORS, OTHER_ERROR
from leadline.web.problems import TRY_AGAIN_AFTER, retry_after, status_of
from leadline.web.sessions import SIGN_IN, Cookie, SignedIn
from leadline.web.steps import SECURITY_HEADERS, BodyCap, OneSpelling, SecurityHeaders

FORM_AT_MOST = 256 * 1024
# A form with files, by the last part of its path: what Twilio takes, and the words.
FORM_WITH_FILES_AT_MOST = 6 * 1024 * 1024
TAKE_FILES = ("messages", "notes", "files")
STATIC = "/static"

ROUTES = (
    *changes.ROUTES,
    *presence.ROUTES,
    *stream.ROUTES,
    Route("/", inbox.inbox),
    *begin.ROUTES,
    *conversation.ROUTES,
    *compose.ROUTES,
    *acts.ROUTES,
    Route("/status", status.status),
    *files.ROUTES,
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
    line: Leadline, *, newsroom: Newsroom, changed: Callable[..., None], first_run: str | None = None
) -> Starlette:
    """The pages over an open Leadline.

    The newsroom tells those that are open of changes; they call ``changed`` after their own. ``first_run`` is
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
            Middleware(
                BodyCap, at_most=FORM_AT_MOST, longer=dict.fromkeys(TAKE_FILES, FORM_WITH_FILES_AT_MOST)
            ),
        ],
        exception_handlers=HANDLERS,
    )
    pages.state.newsroom = newsroom
    pages.state.site = Site(
        line,
        changed,
        cookie,
        environment(line.settings.leadline_region),
        Hashing(),
        FirstRun(first_run),
    )
    return pages


def _is_open(path: str) -> bool:
    return path == SIGN_IN or path.startswith((f"{SIGN_IN}/", f"{STATIC}/", files.PUBLIC))


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
