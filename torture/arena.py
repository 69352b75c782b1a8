"""What every scenario is given: a folder, a nursery, a database server, a size, and its chance."""

import random
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

from harness import postgres
from harness.postgres import Server
from torture.installation import Installation, installed
from torture.result import Scale
from torture.services import Nursery, nursery


@dataclass(frozen=True, slots=True)
class Arena:
    """``kind`` is the database's, "sqlite" or "postgresql"; ``chance`` draws all that is random."""

    folder: Path
    kind: str
    scale: Scale
    nursery: Nursery
    server: Server | None
    chance: random.Random

    def installed(self, *, leads: int = 0, **settings: str) -> AbstractContextManager[Installation]:
        """A fresh installation in a folder of its own."""
        folder = Path(mkdtemp(dir=self.folder))
        # PostgreSQL's account must be able to pass through.
        folder.chmod(0o755)
        return installed(self.kind, folder, self.nursery, self.server, leads=leads, **settings)

    def say(self, words: str) -> None:
        """One line of progress."""
        print(f"  {self.kind:10} {words}", flush=True)


class NoDatabase(Exception):
    """PostgreSQL's server programs are not installed."""


@contextmanager
def arena(folder: Path, kind: str, scale: Scale, *, seed: int) -> Iterator[Arena]:
    """An arena with that kind of database. Raises NoDatabase."""
    with nursery(folder) as place:
        if kind == "sqlite":
            yield Arena(folder, kind, scale, place, None, random.Random(seed))
            return
        with postgres.server(folder, is_durable=False) as server:
            if server is None:
                raise NoDatabase("PostgreSQL is not installed.")
            yield Arena(folder, kind, scale, place, server, random.Random(seed))
