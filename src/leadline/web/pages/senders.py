"""Settings, Senders: our numbers, what each may send, and the way back for one that was stopped."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from leadline import numbers, preferences
from leadline.store import senders
from leadline.store.database import Transaction
from leadline.store.senders import Sender
from leadline.web.pages.admins import admin_visit
from leadline.web.pages.choices import RATE
from leadline.web.pages.forms import path_id, read_form
from leadline.web.pages.site import Visit

KINDS = {
    "number": "Local",
    "number_abroad": "Local, abroad",
    "toll_free": "Toll-free",
    "short_code": "Short code",
    "service": "Messaging Service",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One sender as it is shown. ``use`` says what it is for here."""

    id: int
    address: str
    kind: str
    rate: str
    use: str
    is_simulated: bool
    stopped_because: str | None
    stopped_since: datetime | None


def everyone(request: Request) -> Response:
    """GET /settings/senders."""
    return _page(admin_visit(request))


async def start(request: Request) -> Response:
    """POST /settings/senders/{id}/start: let a stopped sender send again."""
    visit = admin_visit(request)
    await run_in_threadpool(_start, visit, path_id(request, "sender_id"))
    visit.site.changed()
    return RedirectResponse("/settings/senders", 303)


async def rate(request: Request) -> Response:
    """POST /settings/senders/rate: how much the senders of the settings may send; empty is the usual."""
    visit = admin_visit(request)
    typed = (await read_form(request)).get(RATE.name, "").strip()
    fault = await run_in_threadpool(_set_rate, visit, typed or None)
    if fault:
        return await run_in_threadpool(_page, visit, typed, RATE.rule, 422)
    visit.site.changed()
    return RedirectResponse("/settings/senders", 303)


ROUTES = (
    Route("/settings/senders", everyone),
    Route("/settings/senders/rate", rate, methods=["POST"]),
    Route("/settings/senders/{sender_id}/start", start, methods=["POST"]),
)


def _start(visit: Visit, sender_id: int) -> None:
    with visit.line.database.write() as tx:
        numbers.let_send(tx, sender_id, actor=f"user:{visit.member.id}", now=visit.line.clock.now())


def _set_rate(visit: Visit, value: str | None) -> bool:
    """Whether the value did not fit."""
    with visit.line.database.read() as tx:
        if preferences.faults(tx, visit.line.given, {RATE.name: value}):
            return True
    visit.line.choose({RATE.name: value}, actor=f"user:{visit.member.id}")
    return False


def _page(visit: Visit, typed: str | None = None, fault: str = "", status: int = 200) -> Response:
    now_set = visit.line.settings.leadline_sender_rate
    with visit.line.database.read() as tx:
        rows = list(_rows(tx, visit))
    return visit.page(
        "settings_senders.html",
        status,
        live=None,
        rows=rows,
        field=RATE,
        typed=str(now_set if now_set is not None else "") if typed is None else typed,
        fault=fault,
        is_fixed=preferences.is_fixed(visit.line.given, RATE.name),
    )


def _rows(tx: Transaction, visit: Visit) -> Iterator[Row]:
    since = {stop.address: stop.since for stop in senders.stops(tx)}
    for sender in senders.everyone(tx):
        yield Row(
            sender.id,
            sender.address,
            KINDS.get(sender.kind, sender.kind),
            _rate(sender.rate),
            _use(sender, visit),
            sender.is_simulated,
            sender.stopped_because,
            since.get(sender.address),
        )


def _rate(segments: float | None) -> str:
    return "no limit of ours" if segments is None else f"{segments:g} a second"


def _use(sender: Sender, visit: Visit) -> str:
    settings = visit.line.settings
    if sender.address == settings.sender:
        return "texts leave from here"
    if sender.address == settings.twilio_phone_number:
        return "texts come in here"
    return "was used before"
