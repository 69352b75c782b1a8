"""The simulator as the harness sees it: a process, driven and read through its control API alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from harness.traffic import OUR_NUMBER
from torture.services import Service
from torture.wire import NoAnswer, Wire

# What Twilio and the way to it do wrong while services are killed: every answer that proves nothing, every
# refusal that passes, and callbacks lost, doubled, late, early, out of order and forged.
STORM: Mapping[str, Any] = {
    "chance": {
        "refuse_429": 0.003,
        "refuse_500": 0.01,
        "refuse_503": 0.01,
        "refuse_proxy": 0.005,
        "refuse_reset": 0.01,
        "refuse_withheld": 0.001,
        "accept_500": 0.01,
        "accept_503": 0.01,
        "accept_proxy": 0.005,
        "accept_reset": 0.01,
        "accept_withheld": 0.001,
        "accept_half": 0.01,
        "accept_no_sid": 0.005,
        "accept_garbage": 0.005,
        "accept_late": 0.01,
        "callback_dropped": 0.2,
        "callback_doubled": 0.1,
        "callback_delayed": 0.05,
        "callback_unsigned": 0.02,
        "callback_corrupted": 0.02,
        "callback_early": 0.05,
        "callback_reordered": 0.05,
        "callback_concurrent": 0.05,
    },
    "delay": 0.05,
    "late": 1.0,
    "callback_delay": 1.0,
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One create that the simulator accepted. ``token`` is the attempt's, from the callback's path."""

    sid: str
    token: str
    to: str = ""
    body: str = ""


@dataclass(slots=True)
class Pretence:
    """A running simulator."""

    wire: Wire
    service: Service

    @property
    def url(self) -> str:
        """What TWILIO_API_BASE_URL is set to."""
        return f"http://127.0.0.1:{self.wire.port}"

    def ledger(self, since: int = 0) -> list[Entry]:
        """What was accepted, from that index on."""
        return [
            Entry(
                sid=entry["sid"],
                token=urlsplit(entry["status_callback"] or "").path.rpartition("/")[2],
                to=entry["to"],
                body=entry["body"],
            )
            for entry in self._ask("GET", f"ledger?since={since}")
        ]

    def follow(self, plan: Mapping[str, Any]) -> None:
        """Put a plan of faults in force."""
        self._ask("PUT", "faults", dict(plan))

    def tell(self, inbound_url: str) -> None:
        """Call that webhook when a person texts us."""
        self._ask("PUT", "numbers", {"inbound_url": inbound_url})

    def text_us(self, phone: str, body: str) -> str:
        """A person texts our number, and our webhook is called, as often as it takes; the SID."""
        sid: str = self._ask("POST", "reply", {"From": phone, "To": OUR_NUMBER, "Body": body})["sid"]
        return sid

    def reset(self) -> None:
        """Forget everything."""
        self._ask("POST", "reset")

    def _ask(self, method: str, path: str, document: Any = None) -> Any:
        status, answer = self.wire.call(method, f"/_simulator/{path}", document)
        if status >= 300:
            raise NoAnswer(f"the simulator answered {status}: {answer}")
        return answer
