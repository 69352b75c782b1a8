"""CSV files as spreadsheets write them: which encoding, which delimiter, which line a row is on."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from leadline.errors import InvalidInput

DELIMITERS = (",", ";", "\t")
_BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_QUOTED = re.compile(r'"[^"]*"')
# A spreadsheet would run a cell that begins like this, so who exports it puts an apostrophe in front.
_PROTECTION = re.compile(r"'(?=[=+\-@\t\r])")


def decoded(path: Path) -> tuple[str, list[str]]:
    """The file's text, and what to say about how it was read."""
    content = path.read_bytes()
    encoding = next((name for mark, name in _BYTE_ORDER_MARKS if content.startswith(mark)), "utf-8")
    try:
        return content.decode(encoding), []
    except UnicodeDecodeError:
        # Any bytes are Latin-1, so look at the names before you rely on it.
        return content.decode("latin-1"), ["The file is not UTF-8; it was read as Latin-1."]


def rows(text: str) -> Iterator[tuple[int, list[str]]]:
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


def names(header: Sequence[str], *, needed: Sequence[str]) -> list[str]:
    """What the columns are called, in lower case with underscores. Raises InvalidInput without the needed."""
    found = [re.sub(r"\W+", "_", cell.strip().lower()).strip("_") for cell in header]
    missing = [name for name in needed if name not in found]
    if missing:
        columns = ", ".join(filter(None, found)) or "nothing"
        raise InvalidInput(
            f"The first row names the columns, and one must be {missing[0]}. It has: {columns}.", field="file"
        )
    twice = sorted({name for name in found if name and found.count(name) > 1})
    if twice:
        raise InvalidInput(f"Two columns have the same name: {', '.join(twice)}.", field="file")
    return found


def by_name(names: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    """The cells that are not empty, by the names of their columns."""
    return {
        name: _PROTECTION.sub("", cell.strip(), count=1)
        for name, cell in zip(names, cells, strict=False)
        if name and cell.strip()
    }
