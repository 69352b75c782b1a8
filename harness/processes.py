"""Starting, watching and ending processes of our own; each heads a group, so that none is left behind."""

import os
import signal
import socket
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic, sleep

from harness.places import ROOT

_START_SECONDS = 20.0
_END_SECONDS = 5.0
_TICKS = os.sysconf("SC_CLK_TCK")


class DidNotStart(Exception):
    """A server ended or stayed silent; the text has the end of what it wrote."""


def environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """A small environment, the same for every contender: what is in the caller's shell stays there."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return kept | {"PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"} | dict(extra or {})


@contextmanager
def running(
    command: Sequence[str | Path], *, folder: Path, variables: Mapping[str, str] | None = None
) -> Iterator[subprocess.Popen[str]]:
    """The command at work in ``folder``, its words in a file there; killed with its children when left."""
    with (folder / "output").open("w") as output:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment(variables),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=output,
            text=True,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        _kill(process)


def finished(
    command: Sequence[str | Path],
    *,
    folder: Path,
    variables: Mapping[str, str] | None = None,
    within: float = 120,
    check: bool = True,
) -> str:
    """What the command printed. Raises TimeoutExpired (seconds), and CalledProcessError for another exit code
    than 0, unless told not to check.
    """
    answer = subprocess.run(
        command,
        cwd=folder,
        env=environment(variables),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        timeout=within,
        text=True,
        check=check,
    )
    return answer.stdout


def free_port() -> int:
    """A port of 127.0.0.1 that was free a moment ago; the servers measured here cannot choose their own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_until_answering(process: subprocess.Popen[str], port: int, *, folder: Path) -> float:
    """The seconds until the first HTTP answer, whatever its status. Raises DidNotStart."""
    started = monotonic()
    while monotonic() < started + _START_SECONDS:
        if process.poll() is not None:
            break
        if _answers(port):
            return monotonic() - started
        sleep(0.005)
    raise DidNotStart((folder / "output").read_text()[-1000:] or "no answer, no words")


def cpu_seconds(leader: int) -> float:
    """Processor time so far, user and system, of a process and its living children."""
    return sum(_cpu_ticks(process) for process in _family(leader)) / _TICKS


def resident_mb(leader: int) -> float:
    """Memory that a process and its children hold (PSS, in which shared pages count once)."""
    return sum(_memory_kb(process) for process in _family(leader)) / 1024


def _answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=2) as probe:
            probe.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            return probe.recv(5) == b"HTTP/"
    except OSError:
        return False


def _family(leader: int) -> list[int]:
    children = Path(f"/proc/{leader}/task/{leader}/children")
    try:
        found = [int(child) for child in children.read_text().split()]
    except FileNotFoundError:
        return []
    return [leader] + [member for child in found for member in _family(child)]


def _cpu_ticks(process: int) -> int:
    try:
        # The name in brackets may hold spaces; utime and stime are the 12th and 13th after it.
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except FileNotFoundError:
        return 0
    return int(fields[11]) + int(fields[12])


def _memory_kb(process: int) -> int:
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def _kill(process: subprocess.Popen[str]) -> None:
    """SIGKILL, with no chance to save anything: what was acknowledged must be there already."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(_END_SECONDS)
    if process.stdout is not None:
        process.stdout.close()
