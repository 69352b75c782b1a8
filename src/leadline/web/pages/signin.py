"""Signing in with a link, once, and out again."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from leadline import accounts
from leadline.web.pages.forms import read_form
from leadline.web.pages.site import Visit
from leadline.web.sessions import SIGN_IN

SPENT = "This link was used before, is more than a day old, or was not copied as a whole."


def explain(request: Request) -> Response:
    """GET /signin: how to get a link."""
    return Visit.of(request).page("signin.html", secret=None, error=None)


def confirm(request: Request) -> Response:
    """GET /signin/{secret}: a button. Mail scanners open every link; only a person's click may spend it."""
    return Visit.of(request).page("signin.html", secret=request.path_params["secret"], error=None)


async def sign_in(request: Request) -> Response:
    """POST /signin: spend the link and begin a session."""
    visit = Visit.of(request)
    fields = await read_form(request)
    session = await run_in_threadpool(_begin, visit, fields.get("secret", ""))
    if session is None:
        return visit.page("signin.html", 403, secret=None, error=SPENT)
    response = RedirectResponse("/", 303)
    visit.site.cookie.write(response, session)
    return response


async def sign_out(request: Request) -> Response:
    """POST /signout: end the session here and in the database."""
    visit = Visit.of(request)
    await run_in_threadpool(_end, visit, request.state.session)
    response = RedirectResponse(SIGN_IN, 303)
    visit.site.cookie.clear(response)
    return response


def _begin(visit: Visit, secret: str) -> str | None:
    with visit.line.database.write() as tx:
        return accounts.sign_in(tx, secret, now=visit.line.clock.now())


def _end(visit: Visit, session: str) -> None:
    with visit.line.database.write() as tx:
        accounts.sign_out(tx, session, now=visit.line.clock.now())
