"""The command line. Each command imports what it needs, so that ``leadline --help`` answers at once."""

from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from leadline import __version__
from leadline.cli import access, check, consent, database, leads, messages, service, status, templates
from leadline.cli.output import note
from leadline.errors import InvalidInput, LeadlineError

__all__ = ["app", "main"]


class Commands(TyperGroup):
    """Says in a sentence what Leadline will not or cannot do. Anything else is a fault, and shown as one."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except LeadlineError as error:
            note(f"{error.field}: {error}" if isinstance(error, InvalidInput) else str(error))
            raise typer.Exit(1) from None


app = typer.Typer(
    cls=Commands,
    help="Text your leads from your own Twilio number: never lost, never twice, never after STOP.",
    epilog="Settings come from the environment and from .env; `leadline check` looks at them.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

_RUN, _TEXT, _KEEP = "Run it", "Text your leads", "Keep it in order"

for command in (service.demo, service.serve, service.worker, service.simulator):
    app.command(rich_help_panel=_RUN)(command)
app.command(rich_help_panel=_TEXT)(messages.send)
app.add_typer(messages.app, name="messages", rich_help_panel=_TEXT)
app.add_typer(leads.app, name="leads", rich_help_panel=_TEXT)
app.add_typer(templates.app, name="templates", rich_help_panel=_TEXT)
app.add_typer(consent.app, name="consent", rich_help_panel=_KEEP)
app.command(rich_help_panel=_KEEP)(check.check)
app.command(rich_help_panel=_KEEP)(status.status)
app.add_typer(access.users, name="user", rich_help_panel=_KEEP)
app.add_typer(access.teams, name="team", rich_help_panel=_KEEP)
app.add_typer(access.tokens, name="token", rich_help_panel=_KEEP)
app.command(rich_help_panel=_KEEP)(database.resume)
app.add_typer(database.app, name="db", rich_help_panel=_KEEP)


def _print_version(is_wanted: bool) -> None:  # noqa: FBT001  Typer calls it with the option's value.
    if is_wanted:
        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def _options(
    *,
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_print_version, help="Print the version.")
    ] = False,
) -> None:
    pass


def main() -> None:
    """The ``leadline`` command. Exits with 0, with 1 when refused or failed, with 2 when used wrongly."""
    app(prog_name="leadline")
