"""A Messages API that does as little as one can: any POST is answered 201 with a Message of a new SID.

It stands in for Twilio where Twilio's speed would be what is measured. It checks nothing; the simulator in
``leadline`` is the one that behaves. The one that answers at once is nginx, which hardly takes processor
time from the sender beside it; ``slow_fake`` answers after a wait.
"""

import json
import shutil
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from harness.processes import DidNotStart, free_port, running, wait_until_answering
from harness.traffic import MESSAGE, SID_MARK

# Debian has it where only root looks.
_WHERE = "/usr/sbin:/usr/local/sbin:/usr/bin"
_CONFIGURATION = """
daemon off; master_process off; pid {folder}/pid; error_log {folder}/errors;
events {{ worker_connections 1024; }}
http {{
  map $request_method $is_other {{ POST 0; default 1; }}
  access_log {folder}/others combined if=$is_other;
  keepalive_requests 1000000000; keepalive_timeout 600s;
  client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3;
  uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;
  server {{
    listen 127.0.0.1:{port} backlog=512;
    default_type application/json;
    location = /count {{ stub_status; access_log off; }}
    location / {{
      if ($request_method = POST) {{ return 201 '{message}'; }}
      return 200 '{{"messages":[]}}';
    }}
  }}
}}
"""


@dataclass(slots=True)
class Fake:
    """A fake at work: where it answers, and whether it is the one that waits."""

    api: str
    folder: Path
    is_slow: bool
    _asked: int = 0

    def creates(self) -> int:
        """How many create calls it has taken."""
        with urllib.request.urlopen(f"{self.api}/count", timeout=10) as answer:  # noqa: S310  Our own.
            said = answer.read().decode()
        if self.is_slow:
            return int(json.loads(said)["creates"])
        # "server accepts handled requests", then their numbers. Those that ask for it are in no log, since a
        # line is written after the answer, and could come too late to be subtracted.
        self._asked += 1
        requests = int(said.splitlines()[2].split()[2])
        return requests - self._asked - len((self.folder / "others").read_text().splitlines())


@contextmanager
def fake(scratch: Path, delay: float) -> Iterator[Fake]:
    """A fake of its own, each create answered after ``delay`` seconds. Raises DidNotStart."""
    folder = scratch / "fake"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    with _slow(folder, delay) if delay else _quick(folder) as started:
        yield started


@contextmanager
def _quick(folder: Path) -> Iterator[Fake]:
    nginx = shutil.which("nginx") or shutil.which("nginx", path=_WHERE)
    if nginx is None:
        raise DidNotStart("nginx is not installed: apt-get install nginx-light")
    port = free_port()
    message = MESSAGE.replace(SID_MARK, "SM$request_id")
    (folder / "nginx.conf").write_text(_CONFIGURATION.format(folder=folder, port=port, message=message))
    with running([nginx, "-c", folder / "nginx.conf"], folder=folder) as process:
        wait_until_answering(process, port, folder=folder)
        yield Fake(f"http://127.0.0.1:{port}", folder, is_slow=False)


@contextmanager
def _slow(folder: Path, delay: float) -> Iterator[Fake]:
    command = [sys.executable, "-m", "benchmarks.slow_fake", "--delay", str(delay)]
    with running(command, folder=folder) as process:
        if process.stdout is None:
            raise DidNotStart("the fake printed nothing")
        yield Fake(f"http://127.0.0.1:{int(process.stdout.readline())}", folder, is_slow=True)
