"""The people of the team and their teams, for admins."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from leadline import accounts, signin
from leadline.errors import InvalidInput
from leadline.store import teams, users
from leadline.store.database import Transaction
from leadline.store.teams import Team
from leadline.store.users import User
from leadline.web.pages.admins import admin_visit
from leadline.web.pages.forms import path_id, read_form, whole
from leadline.web.pages.site import Visit
from leadline.web.sessions import SIGN_IN

PEOPLE = "/settings/people"
TEAMS = "/settings/teams"
ROLES: Mapping[str, str] = {"admin": "Admin", "agent": "Agent", "viewer": "Viewer"}
# What a role comes to, and what it then sees; by LEADLINE_AGENTS_SEE.
MAY: Mapping[str, str] = {
    "admin": "Everything, these pages too",
    "agent": "Answers leads, changes them",
    "viewer": "Reads, changes nothing",
}
SEES: Mapping[str, str] = {
    "all": "All conversations",
    "team": "All but other teams’",
    "own": "Their own and nobody’s",
}


@dataclass(frozen=True, slots=True)
class Person:
    """A line of the list. ``seen_at`` is when they last came by, in any browser."""

    user: User
    role: str
    sees: str
    team: str | None
    seen_at: datetime | None


@dataclass(frozen=True, slots=True)
class Link:
    """A sign-in link that is shown this once, and whom it is for."""

    name: str
    address: str


def people(request: Request) -> Response:
    """GET /settings/people."""
    return _show(admin_visit(request))


async def add(request: Request) -> Response:
    """POST /settings/people: add somebody; their link is in the answer and nowhere else."""
    visit = admin_visit(request)
    fields = await read_form(request)
    try:
        link = await visit.do(_add, visit, fields)
    except InvalidInput as error:
        said = {f"new-{error.field}": str(error)}
        return await run_in_threadpool(_show, visit, faults=said, new=fields)
    return await run_in_threadpool(_show, visit, link=link)


async def change(request: Request) -> Response:
    """POST /settings/people/{id}: name, role and team."""
    visit = admin_visit(request)
    user_id, fields = path_id(request, "user_id"), await read_form(request)
    try:
        await visit.do(
            accounts.change_user,
            user_id,
            name=fields.get("name", ""),
            role=fields.get("role", ""),
            team_id=whole(fields.get("team", "")),
            actor=_actor(visit),
        )
    except InvalidInput as error:
        return await run_in_threadpool(_show, visit, faults={f"user-{user_id}": str(error)})
    return _back(user_id)


async def disable(request: Request) -> Response:
    """POST /settings/people/{id}/disable: they come in no more, from now on."""
    visit = admin_visit(request)
    user_id = path_id(request, "user_id")
    try:
        await visit.do(accounts.disable_user, user_id, actor=_actor(visit))
    except InvalidInput as error:
        return await run_in_threadpool(_show, visit, faults={f"user-{user_id}": str(error)})
    return _back(user_id)


async def enable(request: Request) -> Response:
    """POST /settings/people/{id}/enable."""
    visit = admin_visit(request)
    user_id = path_id(request, "user_id")
    await visit.do(accounts.enable_user, user_id, actor=_actor(visit))
    return _back(user_id)


async def link(request: Request) -> Response:
    """POST /settings/people/{id}/link: a new link, which is in the answer and nowhere else."""
    visit = admin_visit(request)
    made = await visit.do(_link, visit, path_id(request, "user_id"))
    return await run_in_threadpool(_show, visit, link=made)


async def reset_second_factor(request: Request) -> Response:
    """POST /settings/people/{id}/reset-second-factor: for who has lost their phone."""
    visit = admin_visit(request)
    user_id = path_id(request, "user_id")
    await visit.do(signin.remove_second_factor, user_id, actor=_actor(visit))
    return _back(user_id)


async def add_team(request: Request) -> Response:
    """POST /settings/teams."""
    visit = admin_visit(request)
    name = (await read_form(request)).get("name", "")
    try:
        await visit.do(accounts.add_team, name, actor=_actor(visit))
    except InvalidInput as error:
        return await run_in_threadpool(_show, visit, faults={"new-team": str(error)}, new={"team_name": name})
    return RedirectResponse(f"{PEOPLE}#teams", 303)


async def rename_team(request: Request) -> Response:
    """POST /settings/teams/{id}: another name."""
    visit = admin_visit(request)
    team_id, name = path_id(request, "team_id"), (await read_form(request)).get("name", "")
    try:
        await visit.do(accounts.rename_team, team_id, name, actor=_actor(visit))
    except InvalidInput as error:
        return await run_in_threadpool(_show, visit, faults={f"team-{team_id}": str(error)})
    return RedirectResponse(f"{PEOPLE}#teams", 303)


async def remove_team(request: Request) -> Response:
    """POST /settings/teams/{id}/delete: only one to which nobody and nothing belongs."""
    visit = admin_visit(request)
    team_id = path_id(request, "team_id")
    try:
        await visit.do(accounts.remove_team, team_id, actor=_actor(visit))
    except InvalidInput as error:
        return await run_in_threadpool(_show, visit, faults={f"team-{team_id}": str(error)})
    return RedirectResponse(f"{PEOPLE}#teams", 303)


def _add(tx: Transaction, visit: Visit, fields: Mapping[str, str], *, now: datetime) -> Link:
    added = accounts.add_user(
        tx,
        name=fields.get("name", ""),
        email=fields.get("email", ""),
        role=fields.get("role", ""),
        team_id=whole(fields.get("team", "")),
        actor=_actor(visit),
        now=now,
    )
    return _link(tx, visit, added.id, now=now)


def _link(tx: Transaction, visit: Visit, user_id: int, *, now: datetime) -> Link:
    user = users.by_id(tx, user_id)
    secret = signin.make_link(tx, user_id, actor=_actor(visit), now=now)
    base = visit.line.settings.leadline_public_url or str(visit.request.base_url).rstrip("/")
    return Link(user.name, f"{base}{SIGN_IN}/{secret}")


def _actor(visit: Visit) -> str:
    return f"user:{visit.member.id}"


def _back(user_id: int) -> Response:
    return RedirectResponse(f"{PEOPLE}#user-{user_id}", 303)


def _show(
    visit: Visit,
    *,
    link: Link | None = None,
    faults: Mapping[str, str] | None = None,
    new: Mapping[str, str] | None = None,
) -> Response:
    with visit.line.database.read() as tx:
        known, seen, everyone = teams.everyone(tx), users.last_seen(tx), users.everyone(tx)
    values: dict[str, Any] = {
        "people": [_person(user, known, seen, visit.line.settings.leadline_agents_see) for user in everyone],
        "teams": known,
        "roles": ROLES,
        "may": MAY,
    }
    status = 422 if faults else 200
    return visit.page(
        "people.html", status, live=None, link=link, faults=faults or {}, new=new or {}, **values
    )


def _person(user: User, known: list[Team], seen: Mapping[int, datetime], agents_see: str) -> Person:
    return Person(
        user=user,
        role=ROLES[user.role],
        sees=SEES["all" if user.role == "admin" else agents_see],
        team=next((team.name for team in known if team.id == user.team_id), None),
        seen_at=seen.get(user.id),
    )


ROUTES = (
    Route(PEOPLE, people),
    Route(PEOPLE, add, methods=["POST"]),
    Route(f"{PEOPLE}/{{user_id}}", change, methods=["POST"]),
    Route(f"{PEOPLE}/{{user_id}}/disable", disable, methods=["POST"]),
    Route(f"{PEOPLE}/{{user_id}}/enable", enable, methods=["POST"]),
    Route(f"{PEOPLE}/{{user_id}}/link", link, methods=["POST"]),
    Route(f"{PEOPLE}/{{user_id}}/reset-second-factor", reset_second_factor, methods=["POST"]),
    Route(TEAMS, add_team, methods=["POST"]),
    Route(f"{TEAMS}/{{team_id}}", rename_team, methods=["POST"]),
    Route(f"{TEAMS}/{{team_id}}/delete", remove_team, methods=["POST"]),
)
