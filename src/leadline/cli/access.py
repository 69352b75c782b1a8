"""``leadline user`` and ``leadline token``: who may come in."""

import os
from typing import TYPE_CHECKING, Annotated

import typer

from leadline.cli.output import AsJson, print_json, say
from leadline.cli.session import ACTOR, opened

if TYPE_CHECKING:
    from leadline.settings import Settings

users = typer.Typer(help="The team.", no_args_is_help=True)
tokens = typer.Typer(help="API tokens.", no_args_is_help=True)


@users.callback()
def _users() -> None:
    """Make `add` a command of its own although it is the only one."""


@tokens.callback()
def _tokens() -> None:
    """The same for `create`."""


@users.command()
def add(
    name: str,
    email: str,
    role: Annotated[str, typer.Option(help="admin, agent or viewer.")] = "agent",
    *,
    json: AsJson = False,
) -> None:
    """Add a member of the team and print the link that signs them in once."""
    from leadline import accounts
    from leadline.web.sessions import SIGN_IN

    with opened() as line, line.database.write() as tx:
        now = line.clock.now()
        user = accounts.add_user(tx, name=name, email=email, role=role, actor=ACTOR, now=now)
        secret = accounts.make_signin_link(tx, user.id, now=now)
    link = f"{_base_address(line.settings)}{SIGN_IN}/{secret}"
    if json:
        print_json({"id": user.id, "name": user.name, "email": user.email, "role": user.role, "link": link})
    else:
        say(f"{user.name} can sign in once with this link, within a day:", link)


@tokens.command()
def create(name: str, *, json: AsJson = False) -> None:
    """Make an API token and print it, this once."""
    from leadline import accounts

    with opened() as line, line.database.write() as tx:
        token, secret = accounts.create_token(tx, name, actor=ACTOR, now=line.clock.now())
    if json:
        print_json({"id": token.id, "name": token.name, "token": secret})
    else:
        say(f"The token {token.name!r}. It cannot be shown again:", secret)


def _base_address(settings: "Settings") -> str:
    return settings.leadline_public_url or f"http://127.0.0.1:{os.environ.get('PORT', '8000')}"
