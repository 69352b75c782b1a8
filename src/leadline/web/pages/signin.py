"""Signing in, by password or with a link that works once, and out again."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from leadline import passwords, sessions, signin
from leadline.errors import InvalidInput, TooManyTries
from leadline.signin import REFUSED, Answer, Door
from leadline.store import users
from leadline.web.pages.forms import read_form
from leadline.web.pages.site import Visit
from leadline.web.problems import retry_after
from leadline.web.sessions import SIGN_IN

SPENT = "This link was used before, is more than a day old, or was not copied as a whole."
NO_MATCH = "Email and password do not match. Try again, or ask an admin for a link."
WRONG_CODE = "This is not the code that the app shows now. Each code lets in once: wait for the next one."


def explain(request: Request) -> Response:
    """GET /signin: email and password, and how to get a link."""
    visit = Visit.of(request)
    with visit.line.database.read() as tx:
        is_empty = not users.exist(tx)
    return _page(visit, is_empty=is_empty)


def confirm(request: Request) -> Response:
    """GET /signin/{secret}: a button. Mail scanners open every link; only a person's click may spend it."""
    visit = Visit.of(request)
    secret: str = request.path_params["secret"]
    with visit.line.database.read() as tx:
        user = signin.user_of_link(tx, secret, now=visit.here.now)
        is_first = visit.site.first_run.is_opened_by(secret) and not users.exist(tx)
    if is_first:
        return _page(visit, secret=secret, is_first=True)
    return _page(visit, secret=secret, needs_code=user is not None and user.has_second_factor)


async def sign_in(request: Request) -> Response:
    """POST /signin: begin a session with a link, with a password, or with the code that comes after either.

    An address that nobody has and a password that is wrong are answered alike, after the same time.
    """
    visit = Visit.of(request)
    fields = await read_form(request)
    secret = fields.get("secret", "")
    try:
        if secret and visit.site.first_run.is_opened_by(secret):
            return await _begin_first(visit, fields)
        answer = await (_by_link(visit, fields) if "secret" in fields else _by_password(visit, fields))
    except TooManyTries as error:
        page = _page(visit, 429, error=str(error), email=fields.get("email", ""))
        page.headers.update(retry_after(error))
        return page
    if answer.door is Door.ENTERED:
        return _enter(visit, answer.secret, stays=_stays(fields))
    if answer.door is Door.REFUSED:
        said = SPENT if "secret" in fields else NO_MATCH
        return _page(visit, 403, error=said, email=fields.get("email", ""))
    is_wrong = answer.door is Door.WRONG_CODE
    return _page(
        visit,
        403 if is_wrong else 200,
        secret=answer.secret,
        needs_code=True,
        error=WRONG_CODE if is_wrong else None,
        stays=_stays(fields),
    )


async def sign_out(request: Request) -> Response:
    """POST /signout: end the session here and in the database."""
    visit = Visit.of(request)
    await visit.do(sessions.sign_out, request.state.session)
    response = RedirectResponse(SIGN_IN, 303)
    visit.site.cookie.clear(response)
    return response


async def _by_link(visit: Visit, fields: Mapping[str, str]) -> Answer:
    code = fields.get("code", "")
    return await visit.do(signin.by_link, fields["secret"], code=code, origin=visit.origin)


async def _by_password(visit: Visit, fields: Mapping[str, str]) -> Answer:
    password = fields.get("password", "")
    tried = await visit.do(signin.begin_try, fields.get("email", ""), origin=visit.origin)
    if not await visit.site.hashing.run(passwords.fits, password, tried.password_hash):
        return REFUSED
    answer = await visit.do(signin.by_password, tried, origin=visit.origin)
    if answer is not REFUSED and passwords.is_weak(tried.password_hash or ""):
        await visit.do(signin.rehash, tried, await visit.site.hashing.run(passwords.hashed, password))
    return answer


async def _begin_first(visit: Visit, fields: Mapping[str, str]) -> Response:
    name, email = fields.get("name", ""), fields.get("email", "")
    try:
        session = await visit.do(signin.add_first_admin, name=name, email=email, origin=visit.origin)
    except InvalidInput as error:
        return _page(
            visit, 422, secret=fields["secret"], is_first=True, error=str(error), typed_name=name, email=email
        )
    return _page(visit, 403, error=SPENT) if session is None else _enter(visit, session, stays=True)


def _enter(visit: Visit, session: str, *, stays: bool) -> Response:
    response = RedirectResponse("/", 303)
    visit.site.cookie.write(response, session, stays=stays)
    return response


def _stays(fields: Mapping[str, str]) -> bool:
    """Whether the session outlasts the browser's closing: by link it does, by password who wants it to."""
    return "stay" in fields or fields.keys().isdisjoint(("email", "code"))


def _page(visit: Visit, status: int = 200, **values: object) -> Response:
    empty: dict[str, object] = {"secret": None, "error": None, "email": "", "typed_name": "", "stays": True}
    flags = dict.fromkeys(("needs_code", "is_first", "is_empty"), False)
    return visit.page("signin.html", status, **(empty | flags | values))


ROUTES = (
    Route(SIGN_IN, explain),
    Route(SIGN_IN, sign_in, methods=["POST"]),
    Route(f"{SIGN_IN}/{{secret}}", confirm),
    Route("/signout", sign_out, methods=["POST"]),
)
