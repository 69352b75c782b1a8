"""A process that has imported the program and forks: a service starts in 0.05 s instead of in a second.

``python -m torture.nursery`` takes one line of JSON at a time and answers with one. What it starts is what
``python -m MODULE WORDS`` would be, in a process of its own. When its input ends, so does all it started.
"""

import json
import os
import random
import runpy
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import aiohttp  # noqa: F401  What the program imports only when it is needed is imported here, once.
import phonenumbers  # noqa: F401
import psycopg  # noqa: F401
import sqlalchemy.dialects.postgresql.psycopg
import sqlalchemy.dialects.sqlite  # noqa: F401

import leadline.cli
import leadline.cli.service
import leadline.findings
import leadline.serving
import leadline.web.app
import leadline.web.pages  # noqa: F401
from torture import crashing
from torture.sabotage import SABOTAGE


@dataclass(frozen=True, slots=True)
class Birth:
    """What to start: ``step`` is where it is to be killed, ``steps_file`` where it notes those it passes;
    ``sabotage`` names how it is broken.
    """

    module: str
    words: tuple[str, ...]
    variables: dict[str, str]
    folder: str
    log: str
    step: crashing.Step | None = None
    steps_file: str | None = None
    sabotage: str | None = None

    def document(self) -> dict[str, Any]:
        """As JSON has it."""
        return asdict(self)


@dataclass(slots=True)
class _Nursery:
    children: dict[int, int | None] = field(default_factory=dict)

    def answer(self, command: dict[str, Any]) -> Any:
        if "start" in command:
            return self._start(Birth(**command["start"]))
        return self._look(command["look"])

    def _start(self, birth: Birth) -> int:
        pid = os.fork()
        if pid == 0:
            _live(birth)
        self.children[pid] = None
        return pid

    def _look(self, pid: int) -> int | None:
        """The exit code, negative after a signal; None while it runs."""
        if self.children[pid] is None:
            found, status = os.waitpid(pid, os.WNOHANG)
            if found:
                self.children[pid] = os.waitstatus_to_exitcode(status)
        return self.children[pid]

    def end(self) -> None:
        for pid in self.children:
            if self._look(pid) is None:
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)


def _live(birth: Birth) -> None:
    """Be that process to its end; nothing of the nursery's goes on in it."""
    code = 1
    try:
        _settle_in(birth)
        runpy.run_module(birth.module, run_name="__main__", alter_sys=True)
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:  # noqa: BLE001  The process is over; its log says why.
        sys.excepthook(*sys.exc_info())
    finally:
        with suppress(OSError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)


def _settle_in(birth: Birth) -> None:
    os.chdir(birth.folder)
    os.environ.clear()
    os.environ.update(birth.variables)
    log = os.open(birth.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for source, target in ((nothing, 0), (log, 1), (log, 2)):
        os.dup2(source, target)
    # A fork inherits the state of the generator, and workers must not return together.
    random.seed()
    sys.argv = [birth.module, *birth.words]
    if birth.sabotage:
        SABOTAGE[birth.sabotage]()
    if birth.step or birth.steps_file:
        crashing.arm(_step(birth.step), Path(birth.steps_file) if birth.steps_file else None)


def _step(step: Sequence[Any] | None) -> crashing.Step | None:
    """JSON makes a list of it."""
    return (str(step[0]), int(step[1])) if step else None


def main() -> None:
    """Answer until the input ends."""
    nursery = _Nursery()
    try:
        for line in sys.stdin:
            print(json.dumps(nursery.answer(json.loads(line))), flush=True)
    finally:
        nursery.end()


if __name__ == "__main__":
    main()
