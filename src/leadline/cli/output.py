"""How commands speak: sentences and tables for people, JSON for programs.

Whatever may come from a lead goes through ``printable``, so that no text can steer the terminal.
"""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, is_dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from leadline.rules.text import printable

if TYPE_CHECKING:
    from rich.console import Console

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]


def say(*lines: str) -> None:
    """Sentences on stdout, as they are."""
    for line in lines:
        typer.echo(printable(line, keep_lines=True))


def note(*lines: str) -> None:
    """Sentences on stderr: what a program reading stdout must not trip over."""
    for line in lines:
        typer.echo(printable(line, keep_lines=True), err=True)


def print_json(value: Any) -> None:
    """One JSON document. Only ASCII, so nothing in it can steer a terminal."""
    typer.echo(json.dumps(value, default=_plain, indent=2))


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    raise TypeError(f"{type(value).__name__} is not written as JSON.")


def print_table(columns: Sequence[str], rows: Sequence[Sequence[Any]], *, empty: str) -> None:
    """Rows under their columns, or the sentence when there are none. None is shown as nothing."""
    from rich.table import Table
    from rich.text import Text

    if not rows:
        say(empty)
        return
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*(Text(_cell(value)) for value in row))
    console().print(table)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return moment(value)
    return printable(str(value))


def moment(at: datetime) -> str:
    """A moment in this machine's time zone, to the minute."""
    return f"{at.astimezone():%Y-%m-%d %H:%M}"


def console(*, stderr: bool = False) -> "Console":
    """A Rich console on today's stdout or stderr. Without a terminal lines are as long as they are."""
    from rich.console import Console

    stream = sys.stderr if stderr else sys.stdout
    return Console(file=stream, highlight=False, markup=False, width=None if stream.isatty() else 250)


def given_pairs(option: str, given: Sequence[str] | None) -> dict[str, str]:
    """The values of a repeated NAME=VALUE option. A usage error names the option."""
    for item in given or ():
        if not item.partition("=")[1]:
            raise typer.BadParameter(f"{option} {item}: write it like {option} name=value.")
    return {name: value for name, _, value in (item.partition("=") for item in given or ())}
