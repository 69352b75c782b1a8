"""Leadline's own webhook surface with a store that keeps nothing: the most that a storing one could reach.

The routing, the reading, the signature, the parsing and the answers are the product's; only the writer is
not. Served as ``leadline serve`` is, by uvicorn as ``benchmarks.nothing:create_app`` (a factory).
"""

import asyncio
from typing import Any, cast

from leadline.app import Leadline
from leadline.clock import SystemClock
from leadline.counters import Counters
from leadline.receiving import Received
from leadline.settings import Settings
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

    def hand_over(self, _use_case: object, _item: object) -> "asyncio.Future[Any]":
        done = asyncio.get_running_loop().create_future()
        done.set_result(_RECEIVED)
        return done


def create_app() -> Webhooks:
    """The surface, for the settings of the environment."""
    return Webhooks(cast("Leadline", _KeepsNothing(Settings.load())), changed=lambda *_, **__: None)
