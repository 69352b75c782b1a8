"""Reading opt-outs and opt-ins from a CSV file."""

from dataclasses import dataclass, fields
from pathlib import Path

from leadline.cli import csv_file
from leadline.rules.consent import Source
from leadline.statements import ImportedStatement, Statement

COLUMNS = tuple(field.name for field in fields(Statement))


@dataclass(frozen=True, slots=True)
class StatementFile:
    """A file's rows by line number: statements, and those that are not a row of this table at all."""

    statements: list[tuple[int, Statement]]
    errors: list[ImportedStatement]
    notes: list[str]


def read(path: Path) -> StatementFile:
    """The statements of a file with a header row. A row without a source is an import's; one without a
    reference gets the file and the line.

    Raises InvalidInput when it is not such a file.
    """
    text, notes = csv_file.decoded(path)
    rows = csv_file.rows(text)
    _, header = next(rows, (0, []))
    names = csv_file.names(header, needed=["number", "kind"])
    unknown = [name for name in names if name and name not in COLUMNS]
    if unknown:
        notes.append(f"These columns are not read: {', '.join(unknown)}.")
    found, errors = [], []
    for line, cells in rows:
        if len(cells) > len(names):
            reason = f"{len(cells)} cells, but {len(names)} columns"
            errors.append(ImportedStatement(line, "error", reason))
        else:
            said = csv_file.by_name(names, cells)
            origin = {"source": Source.IMPORT.value, "reference": f"{path.name}, line {line}"}
            found.append((line, _statement(origin | said)))
    return StatementFile(found, errors, notes)


def _statement(said: dict[str, str]) -> Statement:
    return Statement(**{name: said.get(name, "") for name in COLUMNS})
