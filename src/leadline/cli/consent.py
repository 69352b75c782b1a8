"""``leadline consent``: what people said about being texted, and what may be said for them."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from leadline.cli.output import AsJson, moment, note, print_json, print_table, say
from leadline.cli.session import ACTOR, opened

if TYPE_CHECKING:
    from leadline.app import Leadline
    from leadline.proof import Proof
    from leadline.statements import ImportedStatement, Row

app = typer.Typer(help="Consent: who may be texted, and the proof of it.", no_args_is_help=True)

BATCH = 500
ERRORS_SHOWN = 50
Number = Annotated[str, typer.Argument(metavar="NUMBER", help="In any spelling.")]


@app.command()
def show(number: Number, *, json: AsJson = False) -> None:
    """Show what a number may be sent, and why."""
    proof = _prove(number)
    if json:
        print_json(proof.as_json())
        return
    state = proof.state
    since = f" since {moment(state.consent_at)}" if state.consent_at else ""
    say(f"{proof.number}: {state.consent}{since}")
    if state.is_blocked:
        say("The carrier blocks texts to this number. Only they can undo it, by texting START.")
    if state.review_since:
        say(f"A possible opt-out of {moment(state.review_since)} waits: leadline consent review")
    if proof.unusable_because:
        say(proof.unusable_because)
    rows = [
        (entry.position, entry.event.at, entry.event.kind, entry.event.source, entry.event.words)
        for entry in proof.entries
    ]
    print_table(("entry", "when", "what", "source", "words"), rows, empty="Nothing is recorded.")


@app.command()
def proof(
    number: Number,
    *,
    html: Annotated[bool, typer.Option("--html", help="A page to print or send, instead of JSON.")] = False,
) -> None:
    """Print all that answers a complaint about texts to a number."""
    proof = _prove(number, checks_ledger=True)
    if html:
        typer.echo(proof.as_html())
    else:
        print_json(proof.as_json())


def _prove(number: str, *, checks_ledger: bool = False) -> "Proof":
    from leadline.proof import prove

    with opened() as line, line.database.read() as tx:
        number = _normal(line, number)
        return prove(tx, number, now=line.clock.now(), checks_ledger=checks_ledger)


def _normal(line: "Leadline", number: str) -> str:
    from leadline.rules.phone import normalize_phone

    return normalize_phone(number, line.settings.leadline_region, field="number")


@app.command()
def verify(
    head: Annotated[str | None, typer.Option(help="What this command printed once, kept elsewhere.")] = None,
    *,
    json: AsJson = False,
) -> None:
    """Check that no entry of the ledger was edited, removed, put in or moved, and print its head.

    Keep the head somewhere else: only with it can you notice that the end was cut off.
    """
    from leadline.proof import verify
    from leadline.rules.ledger import Head
    from leadline.store import consent

    with opened() as line, line.database.read() as tx:
        faults = verify(tx, head=Head.parse(head) if head else None)
        now = consent.head(tx)
    if json:
        print_json({"head": str(now), "faults": faults})
    else:
        say(*(fault.sentence for fault in faults) if faults else ("The ledger is whole.",))
        say(f"Head: {now}")
    if faults:
        raise typer.Exit(1)


@app.command()
def rebuild() -> None:
    """Derive every number's state from the ledger alone, and say where it was different."""
    from leadline import consent

    with opened() as line, line.database.write() as tx:
        found = consent.rebuild(tx, now=line.clock.now())
    rows = [(each.number, each.cached.consent, each.derived.consent) for each in found]
    print_table(("number", "was", "is"), rows, empty="Every number stood as the ledger says.")


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", exists=True, dir_okay=False)],
    *,
    json: AsJson = False,
) -> None:
    """Import opt-outs and opt-ins from a CSV file with a header row.

    Columns: number, kind (opt_out or opt_in), when, words, disclosure, source, reference.
    An opt-in needs when, words and disclosure. Good rows are stored whatever the others are.
    """
    from leadline import statements
    from leadline.cli import statement_file

    table = statement_file.read(file)
    note(*table.notes)
    with opened() as line:
        now, settings = line.clock.now(), line.settings
        rows, errors = statements.sort(table.statements, actor=ACTOR, now=now, settings=settings)
        account = table.errors + errors + _store(line, rows)
    account.sort(key=lambda row: row.line)
    if json:
        print_json(account)
    else:
        _report(account)
    if any(row.outcome == "error" for row in account):
        raise typer.Exit(1)


def _store(line: "Leadline", rows: "Sequence[Row]") -> "list[ImportedStatement]":
    """In batches, so that others can write between two of them."""
    from leadline import statements

    account = []
    for start in range(0, len(rows), BATCH):
        with line.database.write() as tx:
            account += statements.import_rows(tx, rows[start : start + BATCH], now=line.clock.now())
    return account


def _report(account: "Sequence[ImportedStatement]") -> None:
    counts = Counter(row.outcome for row in account)
    say(f"Added {counts['added']:,}, known {counts['known']:,}, errors {counts['error']:,}.")
    errors = [(row.line, row.reason) for row in account if row.outcome == "error"]
    if errors:
        print_table(("line", "why it was left out"), errors[:ERRORS_SHOWN], empty="")
    if len(errors) > ERRORS_SHOWN:
        say(f"And {len(errors) - ERRORS_SHOWN:,} more: --json lists every row.")


@app.command("record")
def record_(
    number: Number,
    kind: Annotated[str, typer.Argument(help="opt_out or opt_in.")],
    when: Annotated[str, typer.Option(help="Like 2026-11-22 or 2026-11-22T18:30:00Z.")] = "",
    words: Annotated[str, typer.Option(help="What they said, exactly.")] = "",
    disclosure: Annotated[str, typer.Option(help="What they were shown when they agreed.")] = "",
    source: Annotated[str, typer.Option(help="person, web_form, import or api.")] = "person",
    reference: Annotated[str, typer.Option(help="Where the proof lies.")] = "",
) -> None:
    """Record what somebody said about being texted."""
    from leadline import statements

    statement = statements.Statement(number, kind, when, words, disclosure, source, reference)
    with opened() as line, line.database.write() as tx:
        told = statements.tell(tx, statement, actor=ACTOR, now=line.clock.now(), settings=line.settings)
    say(f"{'Recorded' if told.is_new else 'Known already'}: {told.state.consent}.")


@app.command()
def review(limit: Annotated[int, typer.Option(min=1, max=10_000)] = 50, *, json: AsJson = False) -> None:
    """List possible opt-outs that wait for a person, the longest waiting first."""
    from leadline import consent

    with opened() as line, line.database.read() as tx:
        found = consent.reviews(tx, limit=limit)
    if json:
        print_json(found)
        return
    rows = [(each.number, each.since, each.words) for each in found]
    print_table(("number", "since", "words"), rows, empty="Nothing waits.")


@app.command()
def decide(
    number: Number,
    *,
    is_opt_out: Annotated[bool, typer.Option("--opt-out/--no-opt-out", help="What their words mean.")],
    remark: Annotated[str, typer.Option(help="Why, for whoever asks later.")] = "",
) -> None:
    """Decide whether a possible opt-out is one."""
    from leadline import consent

    with opened() as line, line.database.write() as tx:
        thread = consent.judge(
            tx,
            _normal(line, number),
            is_opt_out=is_opt_out,
            actor=ACTOR,
            remark=remark,
            now=line.clock.now(),
        )
    say(f"{thread.number}: {thread.consent}.")


@app.command()
def erase(number: Number, *, yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False) -> None:
    """Forget a person: blank their leads, texts, names and files. An opt-out stays, as a keyed hash.

    Twilio keeps its own records of the texts; erase those there.
    """
    from leadline import erasure

    if not yes:
        typer.confirm("This cannot be undone. Go on?", abort=True)
    with opened() as line:
        with line.database.write() as tx:
            gone = erasure.erase(tx, _normal(line, number), actor=ACTOR, now=line.clock.now())
        for name in gone.files:
            (Path(line.settings.leadline_media_dir) / name).unlink(missing_ok=True)
    say(f"Erased: leads {gone.leads:,}, texts {gone.messages:,}, files {len(gone.files):,}.")
    say("The number stays refused." if gone.keeps_opt_out else "They had not opted out: nothing is left.")
