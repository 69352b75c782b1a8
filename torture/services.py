"""Starting, freezing and ending services, through the nursery."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from time import monotonic, sleep
from typing import IO, Any

from harness.processes import environment
from torture.nursery import Birth

# How long a condition may take to come true before the scenario counts as broken.
PATIENCE = 60.0
_LOOK_EVERY = 0.01


class Impatience(Exception):
    """Something that had to happen did not; the text says what."""


class EndedByItself(Exception):
    """A service that nobody had told to end is no more; the text says which."""


def until(is_so: Callable[[], object], what: str, *, within: float = PATIENCE) -> None:
    """Ask again and again until it is so. Raises Impatience after that many seconds."""
    deadline = monotonic() + within
    while not is_so():
        if monotonic() > deadline:
            raise Impatience(f"{what} has not come true in {within:.0f} s")
        sleep(_LOOK_EVERY)


@dataclass(slots=True)
class Service:
    """A process of ours; ``name`` is its command."""

    pid: int
    name: str
    nursery: "Nursery"

    @property
    def code(self) -> int | None:
        """Its exit code, negative after a signal; None while it runs."""
        found: int | None = self.nursery.ask({"look": self.pid})
        return found

    @property
    def is_alive(self) -> bool:
        return self.code is None

    def must_live(self) -> None:
        """Raises EndedByItself when it is over; for who neither ended it nor told it to."""
        if self.code is not None:
            raise EndedByItself(f"{self.name} ended by itself, with {self.code}")

    def send(self, number: signal.Signals) -> None:
        """Send a signal; nothing happens when it is over already."""
        if self.is_alive:
            os.kill(self.pid, number)

    def end(self, by: signal.Signals = signal.SIGKILL, *, within: float = PATIENCE) -> int:
        """Send the signal and wait: the exit code. Raises Impatience after that many seconds."""
        self.send(by)
        until(lambda: not self.is_alive, f"the end of {self.name}", within=within)
        return self.code or 0


@dataclass(slots=True)
class Nursery:
    """The other end of ``torture.nursery``. Thread-safe."""

    _words: IO[str]
    _answers: IO[str]
    _lock: Any = field(default_factory=Lock)

    def ask(self, command: dict[str, Any]) -> Any:
        """Send a command, and give the answer."""
        with self._lock:
            self._words.write(json.dumps(command) + "\n")
            self._words.flush()
            return json.loads(self._answers.readline())

    def start(self, birth: Birth) -> Service:
        """Start what ``python -m MODULE WORDS`` would be."""
        pid = self.ask({"start": birth.document()})
        return Service(pid, " ".join((birth.module, *birth.words)), self)


@contextmanager
def nursery(folder: Path) -> Iterator[Nursery]:
    """A nursery for as long as the block lasts; all it started has ended afterwards."""
    with (folder / "nursery.log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "torture.nursery"],
            cwd=folder,
            env=environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
    # It ends its children when its input ends, which leaving the block does.
    with process:
        if process.stdin is None or process.stdout is None:
            raise ValueError("both are pipes")
        yield Nursery(process.stdin, process.stdout)
