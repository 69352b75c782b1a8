"""API tokens: what programs come in with, for admins."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from leadline import accounts
from leadline.errors import InvalidInput
from leadline.store import tokens, users
from leadline.store.tokens import Token
from leadline.store.users import User
from leadline.web.pages.admins import admin_visit
from leadline.web.pages.forms import path_id, read_form, whole
from leadline.web.pages.site import Visit

TOKENS = "/settings/tokens"


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of the list. ``may`` is what it opens; ``is_open`` whether it opens anything."""

    id: int
    name: str
    may: str
    created_at: datetime
    used_at: datetime | None
    revoked_at: datetime | None
    is_open: bool


def listed(request: Request) -> Response:
    """GET /settings/tokens."""
    return _show(admin_visit(request))


async def create(request: Request) -> Response:
    """POST /settings/tokens: the secret is in the answer and nowhere else."""
    visit = admin_visit(request)
    fields = await read_form(request)
    try:
        _, secret = await visit.do(
            accounts.create_token,
            fields.get("name", ""),
            user_id=whole(fields.get("user", "")),
            actor=f"user:{visit.member.id}",
        )
    except InvalidInput as error:
        return await run_in_threadpool(_show, visit, fault=str(error), new=fields)
    return await run_in_threadpool(_show, visit, secret=secret)


async def revoke(request: Request) -> Response:
    """POST /settings/tokens/{id}/revoke: from now on it opens nothing."""
    visit = admin_visit(request)
    token_id = path_id(request, "token_id")
    await visit.do(accounts.revoke_token, token_id, actor=f"user:{visit.member.id}")
    return RedirectResponse(TOKENS, 303)


def _show(
    visit: Visit,
    *,
    secret: str | None = None,
    fault: str | None = None,
    new: Mapping[str, str] | None = None,
) -> Response:
    with visit.line.database.read() as tx:
        found, known = tokens.everyone(tx), {user.id: user for user in users.everyone(tx)}
    return visit.page(
        "tokens.html",
        422 if fault else 200,
        live=None,
        secret=secret,
        fault=fault,
        new=new or {},
        tokens=[_listed(token, known) for token in found],
        people=[user for user in known.values() if user.disabled_at is None],
    )


def _listed(token: Token, known: Mapping[int, User]) -> Listed:
    owner = known[token.user_id] if token.user_id else None
    return Listed(
        id=token.id,
        name=token.name,
        may=f"What {owner.name} may" if owner else "Everything",
        created_at=token.created_at,
        used_at=token.last_used_at,
        revoked_at=token.revoked_at,
        is_open=token.revoked_at is None and not (owner and owner.disabled_at),
    )


ROUTES = (
    Route(TOKENS, listed),
    Route(TOKENS, create, methods=["POST"]),
    Route(f"{TOKENS}/{{token_id}}/revoke", revoke, methods=["POST"]),
)
