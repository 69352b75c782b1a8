"""One's own account: name, password, second factor, and the browsers one is signed in with."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

import segno
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from leadline import accounts, passwords, sessions, signin
from leadline.errors import InvalidInput
from leadline.rules import totp
from leadline.store import sessions as stored
from leadline.store import teams, users
from leadline.store.sessions import Session
from leadline.web.pages.browsers import browser_named
from leadline.web.pages.forms import path_id, read_form
from leadline.web.pages.site import Visit

ACCOUNT = "/account"
# What has just been done, by the word in the address that the page is left with.
DONE: Mapping[str, str] = {
    "name": "Your name is changed.",
    "password": "Your password is set. You were signed out everywhere else.",
    "on": "The second factor is on. From now on a code is asked for when you sign in.",
    "off": "The second factor is off.",
    "ended": "Signed out there.",
}
WRONG_PASSWORD = "This is not your password."  # noqa: S105  A sentence.


@dataclass(frozen=True, slots=True)
class Signed:
    """A browser that one is signed in with."""

    id: int
    browser: str
    address: str
    began_at: datetime
    seen_at: datetime
    is_this: bool


def account(request: Request) -> Response:
    """GET /account: about oneself; everybody who is signed in has one."""
    return _show(Visit.of(request), done=DONE.get(request.query_params.get("done", "")))


async def rename(request: Request) -> Response:
    """POST /account/name."""
    visit = Visit.of(request)
    name = (await read_form(request)).get("name", "")
    try:
        await visit.do(accounts.rename_user, visit.member.id, name)
    except InvalidInput as error:
        return await run_in_threadpool(_show, visit, faults={"name": str(error)}, name=name)
    return _done("name")


async def set_password(request: Request) -> Response:
    """POST /account/password: a new one, after the old one or just after a link. Other sessions end."""
    visit = Visit.of(request)
    fields = await read_form(request)
    try:
        chosen = signin.check_password(visit.member, fields.get("password", ""), fields.get("repeated", ""))
        if await run_in_threadpool(_needs_old, visit):
            await _check_old(visit, fields.get("old", ""))
        password_hash = await visit.site.hashing.run(passwords.hashed, chosen)
    except InvalidInput as error:
        return await run_in_threadpool(_show, visit, faults={error.field: str(error)})
    await visit.do(signin.set_password, visit.member, password_hash, session=visit.session)
    return _done("password")


async def begin_second_factor(request: Request) -> Response:
    """POST /account/second-factor: make a secret, to be shown to the app."""
    visit = Visit.of(request)
    await run_in_threadpool(_begin_second_factor, visit)
    return RedirectResponse(f"{ACCOUNT}#second-factor", 303)


def picture(request: Request) -> Response:
    """GET /account/second-factor.svg: the secret as a QR code, until it is confirmed."""
    visit = Visit.of(request)
    secret = _secret(visit)
    if secret is None:
        raise HTTPException(404)
    drawn = BytesIO()
    segno.make_qr(_address(visit, secret)).save(drawn, kind="svg", scale=5, light="#fff")
    return Response(drawn.getvalue(), media_type="image/svg+xml")


async def confirm_second_factor(request: Request) -> Response:
    """POST /account/second-factor/confirm: with a code that shows that the app has the secret."""
    visit = Visit.of(request)
    code = (await read_form(request)).get("code", "")
    try:
        await visit.do(signin.confirm_second_factor, visit.member, code)
    except InvalidInput as error:
        return await run_in_threadpool(_show, visit, faults={"code": str(error)})
    return _done("on")


async def remove_second_factor(request: Request) -> Response:
    """POST /account/second-factor/off: with the password, if there is one, and a code."""
    visit = Visit.of(request)
    fields = await read_form(request)
    try:
        if visit.member.has_password:
            await _check_old(visit, fields.get("old", ""), field="off_password")
        await _check_code(visit, fields.get("code", ""))
    except InvalidInput as error:
        return await run_in_threadpool(_show, visit, faults={error.field: str(error)})
    await visit.do(signin.remove_second_factor, visit.member.id, actor=f"user:{visit.member.id}")
    return _done("off")


async def end_session(request: Request) -> Response:
    """POST /account/sessions/{id}/end: sign out another browser, or this one."""
    visit = Visit.of(request)
    await visit.do(sessions.end_one, visit.member.id, path_id(request, "session_id"))
    return _done("ended")


async def end_other_sessions(request: Request) -> Response:
    """POST /account/sessions/end-others: only this browser stays signed in."""
    visit = Visit.of(request)
    await visit.do(sessions.end_others, visit.member.id, but=visit.session.id)
    return _done("ended")


async def _check_old(visit: Visit, password: str, *, field: str = "old") -> None:
    """Raises InvalidInput, or TooManyTries: a session alone must not be enough to find out a password."""
    tried = await visit.do(signin.begin_try, visit.member.email, origin=visit.origin)
    if not await visit.site.hashing.run(passwords.fits, password, tried.password_hash):
        raise InvalidInput(WRONG_PASSWORD, field=field, code="password_wrong")
    await visit.do(signin.succeed, tried)


async def _check_code(visit: Visit, code: str) -> None:
    tried = await visit.do(signin.begin_try, visit.member.email, kind="code", origin=visit.origin)
    if not await visit.do(signin.take_code, visit.member.id, code):
        raise InvalidInput(
            "This is not the code that the app shows now.", field="off_code", code="code_wrong"
        )
    await visit.do(signin.succeed, tried)


def _needs_old(visit: Visit) -> bool:
    with visit.line.database.read() as tx:
        return signin.needs_old_password(tx, visit.member, visit.session, now=visit.here.now)


def _begin_second_factor(visit: Visit) -> None:
    with visit.line.database.write() as tx:
        signin.begin_second_factor(tx, visit.member)


def _secret(visit: Visit) -> str | None:
    """The secret that waits to be confirmed."""
    with visit.line.database.read() as tx:
        known = users.credentials(tx, visit.member.id)
    return None if known.totp_since else known.totp_secret


def _address(visit: Visit, secret: str) -> str:
    business = visit.line.settings.leadline_business_name
    return totp.address(secret, account=visit.member.email, issuer=business or "Leadline")


def _done(what: str) -> Response:
    return RedirectResponse(f"{ACCOUNT}?done={what}", 303)


def _show(
    visit: Visit,
    *,
    done: str | None = None,
    faults: Mapping[str, str] | None = None,
    name: str | None = None,
) -> Response:
    member, secret = visit.member, _secret(visit)
    with visit.line.database.read() as tx:
        team = teams.by_id(tx, member.team_id).name if member.team_id else None
        signed = [_signed(each, visit.session) for each in stored.alive(tx, member.id, now=visit.here.now)]
        needs_old = signin.needs_old_password(tx, member, visit.session, now=visit.here.now)
    return visit.page(
        "account.html",
        422 if faults else 200,
        live=None,
        done=done,
        faults=faults or {},
        typed_name=member.name if name is None else name,
        team=team,
        needs_old=needs_old,
        secret=secret,
        address=_address(visit, secret) if secret else None,
        signed=signed,
    )


def _signed(session: Session, this: Session) -> Signed:
    return Signed(
        id=session.id,
        browser=browser_named(session.browser),
        address=session.address or "Not known",
        began_at=session.created_at,
        seen_at=session.last_seen_at or session.created_at,
        is_this=session.id == this.id,
    )


ROUTES = (
    Route(ACCOUNT, account),
    Route(f"{ACCOUNT}/name", rename, methods=["POST"]),
    Route(f"{ACCOUNT}/password", set_password, methods=["POST"]),
    Route(f"{ACCOUNT}/second-factor", begin_second_factor, methods=["POST"]),
    Route(f"{ACCOUNT}/second-factor.svg", picture),
    Route(f"{ACCOUNT}/second-factor/confirm", confirm_second_factor, methods=["POST"]),
    Route(f"{ACCOUNT}/second-factor/off", remove_second_factor, methods=["POST"]),
    Route(f"{ACCOUNT}/sessions/end-others", end_other_sessions, methods=["POST"]),
    Route(f"{ACCOUNT}/sessions/{{session_id}}/end", end_session, methods=["POST"]),
)
