"""The page where one plays the lead: phones at the left, one of them open, and what can go wrong.

The server renders every part; the page's script only replaces parts with newer ones from the stream.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response, StreamingResponse
from starlette.routing import Route

from leadline.rules.phone import display_phone
from leadline.simulator.account import Account
from leadline.simulator.handsets import conversation, handset_path, last_text
from leadline.simulator.outcomes import PHONE_OUTCOMES

if TYPE_CHECKING:
    from leadline.simulator.simulator import Simulator

_TEMPLATES = Path(__file__).parent / "pages"

# However fast texts come, the page is repainted at most this often.
_SECONDS_BETWEEN_PAINTS = 0.1
_SECONDS_BETWEEN_SIGNS_OF_LIFE = 15.0

_MOST_PHONES = 100
_MOST_CALLS = 8

# What the composer offers beside free text.
SAYINGS = ("STOP", "START", "HELP", "pls not so many texts", "The bus stop is right outside", "👍")

# The faults that the page offers for the next text, in words.
MISHAPS = (
    ("accept_reset", "Lose Twilio’s answer", "Becomes “not known yet”. Watch how it is settled."),
    ("accept_500", "Answer 500 after accepting", "The same doubt, said aloud."),
    ("refuse_429", "Too many requests", "Nothing was sent; it is tried again."),
    ("callback_reordered", "Reports in the wrong order", "Delivered first, sent after it."),
    ("callback_dropped", "Lose the reports", "The text stays sent until somebody asks."),
)

# A status in the words of the page, with its icon and its colour.
STATES = {
    "accepted": ("Waiting at Twilio", "clock", ""),
    "queued": ("Waiting at Twilio", "clock", ""),
    "sending": ("On its way", "clock", ""),
    "sent": ("Sent, no report yet", "tick", ""),
    "delivered": ("Arrived", "ticks", "ok"),
    "undelivered": ("Did not arrive", "alert", "bad"),
    "failed": ("Never left", "alert", "bad"),
    "received": ("", "", ""),
    "notice": ("The carrier’s own answer", "stop", ""),
}


class HandsetPages:
    """The page, and the stream that keeps it current."""

    def __init__(self, simulator: "Simulator") -> None:
        self._simulator = simulator
        self._account: Account = simulator.account
        self._templates = Environment(
            loader=FileSystemLoader(_TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True
        )
        self._templates.filters |= {"number": display_phone, "clock": _clock, "path": handset_path}

    def routes(self) -> list[Route]:
        return [Route("/", self.page), Route("/_simulator/events", self.events)]

    async def page(self, request: Request) -> Response:
        phone = self._open_phone(request)
        return HTMLResponse(self._render("handsets.html", self._context(phone)))

    async def events(self, request: Request) -> Response:
        """Server-Sent Events: the parts of the page, each time one of them has changed."""
        stream = self._stream(self._open_phone(request))
        return StreamingResponse(
            stream, media_type="text/event-stream", headers={"cache-control": "no-store"}
        )

    def _open_phone(self, request: Request) -> str:
        asked = request.query_params.get("phone")
        return asked or next(reversed(self._account.phones), "")

    async def _stream(self, phone: str) -> AsyncIterator[str]:
        changed = asyncio.Event()
        changed.set()
        stop: Callable[[], None] = self._account.watch(lambda _: changed.set())
        sent: dict[str, str] = {}
        try:
            while True:
                if await _set_within(changed, _SECONDS_BETWEEN_SIGNS_OF_LIFE):
                    changed.clear()
                    parts = self._parts(phone)
                    yield _events(parts, sent)
                    sent = parts
                    await asyncio.sleep(_SECONDS_BETWEEN_PAINTS)
                else:
                    yield ":\n\n"
        finally:
            stop()

    def _parts(self, phone: str) -> dict[str, str]:
        context = self._context(phone)
        return {part: self._render(f"{part}.html", context) for part in ("phones", "texts", "calls")}

    def _render(self, template: str, context: dict[str, Any]) -> str:
        return self._templates.get_template(template).render(context)

    def _context(self, phone: str) -> dict[str, Any]:
        account = self._account
        numbers = [number.number for number in account.configuration.numbers]
        shown = conversation(account, phone)
        return {
            "conversation": shown,
            "several": len({text.number for text in shown.texts}) > 1,
            "phones": self._phone_rows(phone),
            "numbers": numbers,
            "last": last_text(account, phone),
            "calls": list(account.calls)[-_MOST_CALLS:][::-1],
            "coming": self._simulator.faults.document()["next"],
            "states": STATES,
            "sayings": SAYINGS,
            "mishaps": MISHAPS,
            "outcomes": PHONE_OUTCOMES,
            "sample": f"{self._simulator.base_url}/static/roof.jpg",
        }

    def _phone_rows(self, phone: str) -> list[dict[str, Any]]:
        newest = [*self._account.phones.values()][-_MOST_PHONES:]
        if phone in self._account.phones and self._account.phones[phone] not in newest:
            newest.append(self._account.phones[phone])
        return [{"phone": each, "last": last_text(self._account, each.number)} for each in newest]


def _clock(moment: datetime) -> str:
    return f"{moment.astimezone():%H:%M:%S}"


def _events(parts: dict[str, str], sent: dict[str, str]) -> str:
    # JSON keeps every part on one line, as the format wants it.
    changed = {name: html for name, html in parts.items() if sent.get(name) != html}
    return "".join(f"event: {name}\ndata: {json.dumps(html)}\n\n" for name, html in changed.items())


async def _set_within(event: asyncio.Event, seconds: float) -> bool:
    try:
        await asyncio.wait_for(event.wait(), seconds)
    except TimeoutError:
        return False
    return True
