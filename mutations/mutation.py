"""What a mutation is, and how it is made in a copy of the tree."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Mutation:
    """One fault that somebody could bring in.

    ``file`` is below ``src/leadline``; each of ``edits`` is (before, after), and the before must stand there
    exactly once. ``tests`` are files; ``only``, as pytest's ``-k``, says which of their tests must turn red.
    """

    fault: str
    file: str
    edits: tuple[tuple[str, str], ...]
    tests: tuple[str, ...]
    only: str

    @property
    def path(self) -> str:
        """The file, from the root of the tree."""
        return f"src/leadline/{self.file}"


class StaleMutation(Exception):
    """The code has changed, so that a mutation does not say where it belongs any more: write it anew."""


def mutated(mutation: Mutation, source: str) -> str:
    """The source with the fault in it. Raises StaleMutation."""
    for before, after in mutation.edits:
        if (count := source.count(before)) != 1:
            raise StaleMutation(f"{mutation.fault}: {mutation.path} has {count} of: {before}")
        source = source.replace(before, after)
    return source


@contextmanager
def in_force(mutation: Mutation, tree: Path) -> Iterator[None]:
    """The tree has the fault until the end. Raises StaleMutation."""
    file = tree / mutation.path
    source = file.read_text()
    _write(file, mutated(mutation, source))
    try:
        yield
    finally:
        _write(file, source)


def _write(file: Path, source: str) -> None:
    """Make it newer by whole seconds: Python knows an outdated compiled module by its time and size alone."""
    newer = int(file.stat().st_mtime) + 2
    file.write_text(source)
    os.utime(file, (newer, newer))
