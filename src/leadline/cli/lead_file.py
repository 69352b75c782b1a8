"""Reading leads from a CSV file as spreadsheets write it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from leadline.cli import csv_file
from leadline.leads import ImportedRow, NewLead

# What a column may be called to be more than a field; spaces and capitals do not matter.
COLUMNS = ("name", "phone", "company", "email", "stage", "time_zone", "state", "zip")


@dataclass(frozen=True, slots=True)
class LeadFile:
    """A file's rows by line number: leads, and those that are not a row of this table at all."""

    leads: list[tuple[int, NewLead]]
    errors: list[ImportedRow]
    notes: list[str]


def read(path: Path) -> LeadFile:
    """The leads of a file with a header row. Raises InvalidInput when it is not such a file."""
    text, notes = csv_file.decoded(path)
    rows = csv_file.rows(text)
    _, header = next(rows, (0, []))
    names = csv_file.names(header, needed=["name"])
    found: list[tuple[int, NewLead]] = []
    errors = []
    for line, cells in rows:
        if len(cells) > len(names):
            reason = f"{len(cells)} cells, but {len(names)} columns"
            errors.append(ImportedRow(line, "error", reason=reason))
        else:
            found.append((line, _lead(names, cells)))
    return LeadFile(found, errors, notes)


def _lead(names: Sequence[str], cells: Sequence[str]) -> NewLead:
    values = csv_file.by_name(names, cells)
    known = {name: values.pop(name, None) for name in COLUMNS}
    return NewLead(
        name=known["name"] or "",
        phone=known["phone"],
        company=known["company"],
        email=known["email"],
        stage=(known["stage"] or "new").lower(),
        time_zone=known["time_zone"],
        state=known["state"],
        zip=known["zip"],
        fields=values,
    )
