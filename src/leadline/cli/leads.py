"""``leadline leads``: add, find and import leads."""

import signal
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Annotated

import typer

from leadline.cli.messages import documents, print_texts
from leadline.cli.output import AsJson, console, note, print_json, print_table, say
from leadline.cli.session import opened

if TYPE_CHECKING:
    from leadline.app import Leadline
    from leadline.leads import ImportedRow, NewLead
    from leadline.store.leads import Lead

    Row = tuple[int, NewLead]
    Store = Callable[[Sequence[Row]], list[ImportedRow]]

app = typer.Typer(help="Leads: add, find, import.", no_args_is_help=True)

# A batch is one transaction: long enough to be quick, short enough for others to write between two.
BATCH = 500
LAST_MESSAGES = 10
ERRORS_SHOWN = 50


@app.command()
def add(  # noqa: PLR0913  Each is an option of the command.
    name: str,
    phone: str,
    company: Annotated[str | None, typer.Option()] = None,
    email: Annotated[str | None, typer.Option()] = None,
    stage: Annotated[str, typer.Option(help="new, contacted, qualified, demo, won or lost.")] = "new",
    time_zone: Annotated[str | None, typer.Option(help="Like America/Denver.")] = None,
    state: Annotated[str | None, typer.Option(help="Like CO.")] = None,
    zip_code: Annotated[str | None, typer.Option("--zip", help="Like 80203.")] = None,
    *,
    json: AsJson = False,
) -> None:
    """Add a lead; the number in any spelling."""
    with opened() as line:
        lead = line.add_lead(
            name,
            phone,
            company=company,
            email=email,
            stage=stage,
            time_zone=time_zone,
            state=state,
            zip=zip_code,
        )
    if json:
        print_json(lead)
    else:
        say(f"Lead {lead.id}: {lead.name}, {lead.phone}")


@app.command("list")
def list_(
    search: Annotated[
        str | None,
        typer.Option(help="Beginnings of words of name, company or email, or digits of the number."),
    ] = None,
    stage: Annotated[str | None, typer.Option()] = None,
    limit: Annotated[int, typer.Option(min=1, max=10_000)] = 50,
    *,
    json: AsJson = False,
) -> None:
    """List leads in the order they were added."""
    from leadline.store import leads

    with opened() as line, line.database.read() as tx:
        found = leads.search(tx, search, stage=stage, limit=limit)
    if json:
        print_json(found)
        return
    rows = [(lead.id, lead.name, lead.phone, lead.company, lead.stage) for lead in found]
    print_table(("id", "name", "phone", "company", "stage"), rows, empty="There is no such lead.")


@app.command()
def show(lead_id: Annotated[int, typer.Argument(metavar="ID")], *, json: AsJson = False) -> None:
    """Show a lead with the last texts."""
    from leadline.store import leads, messages

    with opened() as line, line.database.read() as tx:
        lead = leads.by_id(tx, lead_id)
        last = messages.recent(tx, lead_id=lead.id, limit=LAST_MESSAGES)[::-1]
        now = line.clock.now()
    if json:
        print_json({"lead": lead, "messages": documents(last, now=now)})
        return
    _show(lead)
    print_texts(last, now=now)


def _show(lead: "Lead") -> None:
    say(f"Lead {lead.id}: {lead.name}")
    details = {
        "phone": lead.phone,
        "company": lead.company,
        "email": lead.email,
        "stage": lead.stage,
        "time zone": lead.time_zone,
        "state": lead.state,
        "ZIP code": lead.zip,
        **lead.fields,
    }
    for name, value in details.items():
        if value:
            say(f"  {name}: {value}")


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", exists=True, dir_okay=False)],
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would happen.")] = False,
    json: AsJson = False,
) -> None:
    """Import leads from a CSV file with a header row.

    Columns: name, phone, company, email, stage, time_zone, state, zip.
    Any other becomes a field that templates can use.
    A number that a lead has already is a duplicate, so a file may come again.
    """
    from leadline.cli import lead_file

    table = lead_file.read(file)
    note(*table.notes)
    with opened() as line:
        account = table.errors + store_in_batches(
            table.leads, _rehearsing(line) if dry_run else _storing(line)
        )
    account.sort(key=lambda row: row.line)
    if json:
        print_json(account)
    else:
        _report(account, dry_run=dry_run)
    left = len(table.errors) + len(table.leads) - len(account)
    if left:
        note(f"Stopped. {left:,} rows were not looked at; import the file again for the rest.")
    if left or any(row.outcome == "error" for row in account):
        raise typer.Exit(1)


def store_in_batches(rows: "Sequence[Row]", store: "Store") -> "list[ImportedRow]":
    """What became of each row, with a bar on a terminal. Ctrl-C ends it between two batches.

    So what is in the answer is committed, and nothing else is.
    """
    from rich.progress import Progress

    account: list[ImportedRow] = []
    with (
        _interrupted() as interrupted,
        Progress(console=console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as progress,
    ):
        for start in progress.track(range(0, len(rows), BATCH), description="Importing"):
            if interrupted.is_set():
                break
            account += store(rows[start : start + BATCH])
    return account


@contextmanager
def _interrupted() -> Iterator[Event]:
    """An event that Ctrl-C sets, instead of breaking off in the middle of a transaction."""
    event = Event()
    before = signal.signal(signal.SIGINT, lambda *_: event.set())
    try:
        yield event
    finally:
        signal.signal(signal.SIGINT, before)


def _storing(line: "Leadline") -> "Store":
    from leadline import leads

    def store(batch: "Sequence[Row]") -> "list[ImportedRow]":
        with line.database.write() as tx:
            return leads.import_rows(tx, batch, now=line.clock.now(), settings=line.settings)

    return store


def _rehearsing(line: "Leadline") -> "Store":
    """The same, taken back after each batch; numbers of earlier batches are remembered as duplicates."""
    from leadline import leads
    from leadline.store.leads import by_ids

    seen: set[str] = set()

    def rehearse(batch: "Sequence[Row]") -> "list[ImportedRow]":
        with line.database.write() as tx:
            account = leads.import_rows(tx, batch, now=line.clock.now(), settings=line.settings)
            added = by_ids(tx, [row.lead_id for row in account if row.outcome == "added" and row.lead_id])
            tx.rollback()
        phones = {lead_id: lead.phone for lead_id, lead in added.items() if lead.phone}
        account = [_judged(row, phones, seen) for row in account]
        seen.update(phones.values())
        return account

    return rehearse


def _judged(row: "ImportedRow", phones: dict[int, str], seen: set[str]) -> "ImportedRow":
    """A row of a rehearsal; what was not stored has no id."""
    from leadline.leads import ImportedRow

    if row.outcome == "added" and phones.get(row.lead_id or 0) in seen:
        return ImportedRow(row.line, "duplicate", reason="an earlier row has this number")
    return replace(row, lead_id=row.lead_id if row.outcome == "duplicate" else None)


def _report(account: "Sequence[ImportedRow]", *, dry_run: bool) -> None:
    counts = Counter(row.outcome for row in account)
    say(
        f"{'Would add' if dry_run else 'Added'} {counts['added']:,}, "
        f"duplicates {counts['duplicate']:,}, errors {counts['error']:,}."
    )
    errors = [(row.line, row.reason) for row in account if row.outcome == "error"]
    if errors:
        print_table(("line", "why it was left out"), errors[:ERRORS_SHOWN], empty="")
    if len(errors) > ERRORS_SHOWN:
        say(f"And {len(errors) - ERRORS_SHOWN:,} more: --json lists every row.")
