"""Leadline's own webhook surface with a store that keeps nothing: the most that a storing one could reach.

The protocol, the routing, the signature, the parsing and the answers are the product's; only the writer is
not. ``python -m benchmarks.nothing PORT`` serves it as ``leadline serve`` does.
"""

import asyncio
import sys
from collections.abc import Sequence
from typing import cast

import uvicorn

from leadline.app import Leadline
from leadline.clock import SystemClock
from leadline.counters import Counters
from leadline.receiving import Received
from leadline.serving import HERE, HTTP
from leadline.settings import Settings
from leadline.store.writer import Tell
from leadline.web.webhooks import Webhooks

_RECEIVED = Received(conversation_id=1, is_new=True)


class _KeepsNothing:
    """What the webhooks ask of an open Leadline, with a writer that is done at once."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.writer = self
        self.receive = self.record = None
        self.counters = Counters()
        self.clock = SystemClock()

    def is_ours(self, *addresses: str | None) -> bool:
        return self.settings.sender in addresses

    def hand_over(
        self, _use_case: object, items: Sequence[object], tell: Tell, about: Sequence[object]
    ) -> None:
        asyncio.get_running_loop().call_soon(tell, about, [_RECEIVED] * len(items), None)


class Surface(Webhooks):
    """The surface as the whole application: what ``Protocol`` asks for, and ASGI for the rest."""

    @property
    def webhooks(self) -> Webhooks:
        return self


def create_app() -> Surface:
    """The surface, for the settings of the environment."""
    return Surface(cast("Leadline", _KeepsNothing(Settings.load())), changed=lambda *_, **__: None)


def main(port: int) -> None:
    """Serve it until killed."""
    uvicorn.run(create_app(), host=HERE, port=port, **HTTP)


if __name__ == "__main__":
    main(int(sys.argv[1]))
