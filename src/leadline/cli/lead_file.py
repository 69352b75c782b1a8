"""Reading leads from a CSV file as spreadsheets write it."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from leadline.errors import InvalidInput
from leadline.leads import ImportedRow, NewLead

# What a column may be called to be more than a field; spaces and capitals do not matter.
COLUMNS = ("name", "phone", "company", "email", "stage", "time_zone")
DELIMITERS = (",", ";", "\t")
_BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_QUOTED = re.compile(r'"[^"]*"')
# A spreadsheet would run a cell that begins like this, so who exports it puts an apostrophe in front.
_PROTECTION = re.compile(r"'(?=[=+\-@\t\r])")


@dataclass(frozen=True, slots=True)
class LeadFile:
    """A file's rows by line number: leads, and those that are not a row of this table at all."""

    leads: list[tuple[int, NewLead]]
    errors: list[ImportedRow]
    notes: list[str]


def read(path: Path) -> LeadFile:
    """The leads of a file with a header row. Raises InvalidInput when it is not such a file."""
    text, notes = _decoded(path.read_bytes())
    rows = _rows(text)
    _, header = next(rows, (0, []))
    names = _names(header)
    found: list[tuple[int, NewLead]] = []
    errors = []
    for line, cells in rows:
        if len(cells) > len(names):
            reason = f"{len(cells)} cells, but {len(names)} columns"
            errors.append(ImportedRow(line, "error", reason=reason))
        else:
            found.append((line, _lead(names, cells)))
    return LeadFile(found, errors, notes)


def _decoded(content: bytes) -> tuple[str, list[str]]:
    """The text, and what to say about how it was read."""
    encoding = next((name for mark, name in _BYTE_ORDER_MARKS if content.startswith(mark)), "utf-8")
    try:
        return content.decode(encoding), []
    except UnicodeDecodeError:
        # Any bytes are Latin-1, so look at the names before you rely on it.
        return content.decode("latin-1"), ["The file is not UTF-8; it was read as Latin-1."]


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not empty, each with the number of its first line."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise InvalidInput(f"Line {line} is not CSV: {error}.", field="file") from None


def _delimiter(text: str) -> str:
    """What stands most often between the header's names."""
    header = next((line for line in text.splitlines() if line.strip()), "")
    return max(DELIMITERS, key=_QUOTED.sub("", header).count)


def _names(header: Sequence[str]) -> list[str]:
    names = [re.sub(r"\W+", "_", cell.strip().lower()).strip("_") for cell in header]
    if "name" not in names:
        columns = ", ".join(filter(None, names)) or "nothing"
        raise InvalidInput(
            f"The first row names the columns, and one must be name. It has: {columns}.", field="file"
        )
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        raise InvalidInput(f"Two columns have the same name: {', '.join(twice)}.", field="file")
    return names


def _lead(names: Sequence[str], cells: Sequence[str]) -> NewLead:
    values = {
        name: _PROTECTION.sub("", cell.strip(), count=1)
        for name, cell in zip(names, cells, strict=False)
        if name and cell.strip()
    }
    known = {name: values.pop(name, None) for name in COLUMNS}
    return NewLead(
        name=known["name"] or "",
        phone=known["phone"],
        company=known["company"],
        email=known["email"],
        stage=(known["stage"] or "new").lower(),
        time_zone=known["time_zone"],
        fields=values,
    )
