"""``leadline user``, ``team`` and ``token``: who may come in."""

import os
from typing import TYPE_CHECKING, Annotated, Any

import typer

from leadline.cli.output import AsJson, print_json, print_table, say
from leadline.cli.session import ACTOR, opened

if TYPE_CHECKING:
    from leadline.settings import Settings
    from leadline.store.database import Transaction
    from leadline.store.teams import Team
    from leadline.store.users import User

users = typer.Typer(help="The people of the team.", no_args_is_help=True)
teams = typer.Typer(help="Teams: who sees whose conversations.", no_args_is_help=True)
tokens = typer.Typer(help="API tokens.", no_args_is_help=True)

Who = Annotated[str, typer.Argument(metavar="USER", help="Their email address or id.")]
TeamName = Annotated[str | None, typer.Option("--team", help="The name of a team.")]


@users.command()
def add(
    name: str,
    email: str,
    role: Annotated[str, typer.Option(help="admin, agent or viewer.")] = "agent",
    team: TeamName = None,
    *,
    json: AsJson = False,
) -> None:
    """Add a member of the team and print the link that signs them in once."""
    from leadline import accounts, signin

    with opened() as line, line.database.write() as tx:
        now, team_id = line.clock.now(), _team_named(tx, team).id if team else None
        user = accounts.add_user(tx, name=name, email=email, role=role, team_id=team_id, actor=ACTOR, now=now)
        secret = signin.make_link(tx, user.id, now=now)
    _show_link(user, secret, line.settings, json=json)


@users.command("list")
def list_users(*, json: AsJson = False) -> None:
    """List everybody, with role, team and when they last came by."""
    from leadline.store import teams as stored_teams
    from leadline.store import users as stored

    with opened() as line, line.database.read() as tx:
        everyone, seen = stored.everyone(tx), stored.last_seen(tx)
        named = {team.id: team.name for team in stored_teams.everyone(tx)}
    if json:
        print_json([_described(user, named) | {"last_seen_at": seen.get(user.id)} for user in everyone])
        return
    rows = [
        (
            user.id,
            user.name,
            user.email,
            user.role if user.disabled_at is None else f"{user.role}, disabled",
            named.get(user.team_id or 0),
            "yes" if user.has_second_factor else "no",
            seen.get(user.id),
        )
        for user in everyone
    ]
    columns = ("Id", "Name", "Email", "Role", "Team", "Second factor", "Last here")
    print_table(
        columns, rows, empty="Nobody yet. Add the first with: leadline user add NAME EMAIL --role admin"
    )


@users.command()
def link(user: Who, *, json: AsJson = False) -> None:
    """Print a new link that signs somebody in once, within a day."""
    from leadline import signin

    with opened() as line, line.database.write() as tx:
        found = _user(tx, user)
        secret = signin.make_link(tx, found.id, actor=ACTOR, now=line.clock.now())
    _show_link(found, secret, line.settings, json=json)


@users.command()
def disable(user: Who) -> None:
    """Let somebody in no more: their sessions end, and their tokens open nothing."""
    from leadline import accounts

    with opened() as line, line.database.write() as tx:
        found = accounts.disable_user(tx, _user(tx, user).id, actor=ACTOR, now=line.clock.now())
    say(f"{found.name} is disabled. What they wrote stays.")


@users.command()
def enable(user: Who) -> None:
    """Let somebody in again."""
    from leadline import accounts

    with opened() as line, line.database.write() as tx:
        found = accounts.enable_user(tx, _user(tx, user).id, actor=ACTOR, now=line.clock.now())
    say(f"{found.name} may sign in again.")


@users.command()
def role(user: Who, role: Annotated[str, typer.Argument(help="admin, agent or viewer.")]) -> None:
    """Give somebody another role."""
    from leadline import accounts

    with opened() as line, line.database.write() as tx:
        before = _user(tx, user)
        found = accounts.change_user(
            tx,
            before.id,
            name=before.name,
            role=role,
            team_id=before.team_id,
            actor=ACTOR,
            now=line.clock.now(),
        )
    say(f"{found.name} is {found.role} now.")


@teams.command("add")
def add_team(name: str, *, json: AsJson = False) -> None:
    """Add a team."""
    from leadline import accounts

    with opened() as line, line.database.write() as tx:
        team = accounts.add_team(tx, name, actor=ACTOR, now=line.clock.now())
    if json:
        print_json(team)
    else:
        say(f"Team {team.id}: {team.name}")


@teams.command("list")
def list_teams(*, json: AsJson = False) -> None:
    """List the teams."""
    from leadline.store import teams as stored

    with opened() as line, line.database.read() as tx:
        found = stored.everyone(tx)
    if json:
        print_json(found)
    else:
        print_table(("Id", "Name"), [(team.id, team.name) for team in found], empty="There are no teams.")


@tokens.command()
def create(
    name: str,
    user: Annotated[str | None, typer.Option(help="Whose it is: it may do what they may.")] = None,
    *,
    json: AsJson = False,
) -> None:
    """Make an API token and print it, this once. Without --user it may do everything."""
    from leadline import accounts

    with opened() as line, line.database.write() as tx:
        owner = _user(tx, user) if user else None
        token, secret = accounts.create_token(
            tx, name, user_id=owner.id if owner else None, actor=ACTOR, now=line.clock.now()
        )
    if json:
        print_json({"id": token.id, "name": token.name, "user_id": token.user_id, "token": secret})
    else:
        say(f"The token {token.name!r}. It cannot be shown again:", secret)


@tokens.command("list")
def list_tokens(*, json: AsJson = False) -> None:
    """List the API tokens; their secrets are nowhere to be read."""
    from leadline.store import tokens as stored
    from leadline.store import users as stored_users

    with opened() as line, line.database.read() as tx:
        found = stored.everyone(tx)
        names = {user.id: user.name for user in stored_users.everyone(tx)}
    if json:
        print_json(found)
        return
    rows = [
        (
            token.id,
            token.name,
            names[token.user_id] if token.user_id else "nobody's",
            token.last_used_at,
            token.revoked_at,
        )
        for token in found
    ]
    print_table(("Id", "Name", "Whose", "Last used", "Revoked"), rows, empty="There are no tokens.")


@tokens.command()
def revoke(token_id: Annotated[int, typer.Argument(metavar="ID", min=1)]) -> None:
    """Make a token open nothing any more, from now on."""
    from leadline import accounts

    with opened() as line, line.database.write() as tx:
        token = accounts.revoke_token(tx, token_id, actor=ACTOR, now=line.clock.now())
    say(f"The token {token.name!r} opens nothing any more.")


def _user(tx: "Transaction", who: str) -> "User":
    """By email or id. Raises NotFound."""
    from leadline.errors import NotFound
    from leadline.store import users as stored

    if who.isascii() and who.isdecimal() and len(who) <= 18:
        return stored.by_id(tx, int(who))
    found = stored.by_email(tx, who)
    if found is None:
        raise NotFound("user", who)
    return found


def _team_named(tx: "Transaction", name: str) -> "Team":
    from leadline.errors import NotFound
    from leadline.store import teams as stored

    found = stored.by_name(tx, name)
    if found is None:
        raise NotFound("team", name)
    return found


def _show_link(user: "User", secret: str, settings: "Settings", *, json: bool) -> None:
    from leadline.web.sessions import SIGN_IN

    address = f"{_base_address(settings)}{SIGN_IN}/{secret}"
    if json:
        told = {"id": user.id, "name": user.name, "email": user.email, "role": user.role}
        print_json(told | {"team_id": user.team_id, "link": address})
    else:
        say(f"{user.name} can sign in once with this link, within a day:", address)


def _described(user: "User", named: dict[int, str]) -> dict[str, Any]:
    return {
        "id": user.id,
        "name": user.name,
        "email": user.email,
        "role": user.role,
        "team": named.get(user.team_id or 0),
        "has_password": user.has_password,
        "has_second_factor": user.has_second_factor,
        "disabled_at": user.disabled_at,
    }


def _base_address(settings: "Settings") -> str:
    return settings.leadline_public_url or f"http://127.0.0.1:{os.environ.get('PORT', '8000')}"
