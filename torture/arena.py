"""What every scenario is given: a folder, a nursery, a database server, a size, and its chance."""

import random
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

from harness import postgres
from harness.postgres import Server
from torture.installation import Installation, installed
from torture.result import Scale
from torture.services import Nursery, nursery

_LAST_WORDS = 10_000


@dataclass(frozen=True, slots=True)
class Arena:
    """``kind`` is the database's, "sqlite" or "postgresql"; ``chance`` draws all that is random."""

    folder: Path
    kind: str
    scale: Scale
    nursery: Nursery
    server: Server | None
    chance: random.Random

    def installed(
        self, settings: Mapping[str, str] | None = None, *, leads: int = 0
    ) -> AbstractContextManager[Installation]:
        """A fresh installation in a folder of its own, with so many leads and these settings too."""
        folder = Path(mkdtemp(dir=self.folder))
        # PostgreSQL's account must be able to pass through.
        folder.chmod(0o755)
        return installed(self.kind, folder, self.nursery, self.server, leads=leads, settings=settings or {})

    def say(self, words: str) -> None:
        """One line of progress."""
        print(f"  {self.kind:10} {words}", flush=True)

    def last_words(self) -> str:
        """The ends of all logs, for who must find out why a scenario broke."""
        logs = sorted(self.folder.rglob("*.log"))
        return "\n".join(f"== {log.name}\n{log.read_text()[-_LAST_WORDS:]}" for log in logs)


class NoDatabase(Exception):
    """PostgreSQL's server programs are not installed."""


@contextmanager
def arena(folder: Path, kind: str, scale: Scale, *, chance: random.Random) -> Iterator[Arena]:
    """An arena with that kind of database. Raises NoDatabase."""
    with nursery(folder) as place:
        if kind == "sqlite":
            yield Arena(folder, kind, scale, place, None, chance)
            return
        with postgres.server(folder, is_durable=False) as server:
            if server is None:
                raise NoDatabase("PostgreSQL is not installed.")
            yield Arena(folder, kind, scale, place, server, chance)
