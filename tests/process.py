"""A ``leadline`` command in a process of its own."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Timer

from tests.contracts.tree import SOURCE

# No command of a test takes nearly as long; one that hangs is killed, and its test fails.
SECONDS_AT_MOST = 60


@dataclass
class Process:
    """A running command; ``lines`` is what it has printed so far."""

    popen: subprocess.Popen[str]
    lines: list[str] = field(default_factory=list)

    def read_until(self, text: str) -> str:
        """Wait for a line that contains the text, and give it."""
        assert self.popen.stdout is not None
        for line in self.popen.stdout:
            self.lines.append(line.rstrip("\n"))
            if text in line:
                return self.lines[-1]
        raise AssertionError(f"It ended without saying {text!r}: {self.lines} {self.ended()}")

    def ended(self, by: signal.Signals | None = None) -> tuple[int, str]:
        """Send the signal and wait for the end: exit code and stderr."""
        if by is not None:
            self.popen.send_signal(by)
        out, err = self.popen.communicate(timeout=SECONDS_AT_MOST)
        self.lines += out.splitlines()
        return self.popen.returncode, err


@contextmanager
def leadline(*arguments: str, folder: Path, **environment: str) -> Iterator[Process]:
    """Run ``leadline`` in that folder; whatever the test does, it has ended afterwards."""
    popen = subprocess.Popen(
        [sys.executable, "-m", "leadline", *arguments],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(SOURCE)} | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    guard = Timer(SECONDS_AT_MOST, popen.kill)
    guard.start()
    try:
        yield Process(popen)
    finally:
        guard.cancel()
        popen.kill()
        popen.communicate()
