"""``leadline templates``: texts that are used again."""

from dataclasses import asdict
from typing import Annotated

import typer

from leadline.cli.messages import Variables
from leadline.cli.output import AsJson, given_pairs, print_json, print_table, say
from leadline.cli.session import ACTOR, opened

app = typer.Typer(
    help="Texts that are used again: list, show, set, delete, restore, render.", invoke_without_command=True
)


@app.callback()
def everyone(context: typer.Context, *, json: AsJson = False) -> None:
    """Texts that are used again: list, show, set, delete, restore, render."""
    if not context.invoked_subcommand:
        list_(json=json)


@app.command("list")
def list_(*, json: AsJson = False) -> None:
    """List the templates."""
    from leadline.store import templates

    with opened() as line, line.database.read() as tx:
        found = templates.everyone(tx)
    if json:
        print_json(found)
        return
    rows = [(each.name, each.category, each.description) for each in found]
    print_table(("name", "category", "what it is for"), rows, empty="There are no templates.")


@app.command()
def show(name: str, *, json: AsJson = False) -> None:
    """Show a template and the values it needs."""
    from leadline.rules.template import required_variables
    from leadline.store import templates

    with opened() as line, line.database.read() as tx:
        template = templates.by_name(tx, name)
    needed = required_variables(template.body)
    if json:
        print_json({**asdict(template), "variables": needed})
        return
    say(f"{template.name} ({template.category}) {template.description}", "", template.body, "")
    say(f"needs: {', '.join(needed) or 'nothing'}")


@app.command("set")
def set_(
    name: str,
    file: Annotated[typer.FileText, typer.Argument(encoding="utf-8", help="- is stdin.")],
    category: Annotated[
        str, typer.Option(help="conversational, transactional or marketing.")
    ] = "conversational",
    description: Annotated[str, typer.Option(help="What it is for.")] = "",
) -> None:
    """Store a template, or replace the one of that name, with what a file says."""
    from leadline import templating
    from leadline.rules.template import Template, required_variables

    template = templating.checked(Template(name, file.read(), category, description))
    needed = required_variables(template.body)
    with opened() as line, line.database.write() as tx:
        templating.save(tx, template, actor=ACTOR, now=line.clock.now())
    say(f"{name} is stored. It needs: {', '.join(needed) or 'nothing'}.")


@app.command()
def delete(name: str) -> None:
    """Take a template away. Texts keep their words and its name."""
    from leadline import templating

    with opened() as line, line.database.write() as tx:
        templating.delete(tx, name, settings=line.settings, actor=ACTOR, now=line.clock.now())
    say(f"{name} is deleted.")


@app.command()
def restore(name: str) -> None:
    """Put back the words that a template came with."""
    from leadline import templating

    with opened() as line, line.database.write() as tx:
        templating.restore(tx, name, actor=ACTOR, now=line.clock.now())
    say(f"{name} has the words it came with again.")


@app.command()
def render(name: str, var: Variables = None) -> None:
    """Print a template as a lead would read it."""
    from leadline.queueing import variables_for
    from leadline.rules.template import render
    from leadline.store import templates

    given = given_pairs("--var", var)
    with opened() as line, line.database.read() as tx:
        template = templates.by_name(tx, name)
        known = variables_for(None, line.settings)
    say(render(template, known | given))
