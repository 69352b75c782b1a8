"""The generation file: what a database cannot know of itself, that it was older a moment ago.

A restored database looks like any other from within. So its generation, which grows every minute, is also
kept outside: beside a SQLite file, in the media folder for PostgreSQL. A database that is older than the
file says was restored.
"""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from sqlalchemy import URL

from leadline.store import durable


@dataclass(frozen=True, slots=True)
class Note:
    """How old the database of that name was when it was last seen."""

    name: str
    generation: int


def file_of(url: URL, *, folder: str) -> Path:
    """Where the generation of a database is kept; ``folder`` is for one that is not a file itself."""
    if url.get_backend_name() == "sqlite":
        file = Path(url.database or "")
        return file.with_name(f"{file.name}.generation")
    return Path(folder) / f"{url.host or 'local'}-{url.port or 5432}-{url.database}.generation"


def read(file: Path) -> Note | None:
    """What was last noted, None when there is no such file or no sense in it."""
    try:
        found = json.loads(file.read_text())
        return Note(str(found["name"]), int(found["generation"]))
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None


def write(file: Path, note: Note) -> None:
    """Note it durably, in one step. Raises OSError."""
    file.parent.mkdir(parents=True, exist_ok=True)
    durable.write(file, json.dumps(asdict(note)) + "\n")
