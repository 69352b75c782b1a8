"""Settings, Twilio: what it is connected to, what Twilio says of it, and what is to be mended."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from leadline import connection
from leadline.connection import Point
from leadline.errors import SettingsError
from leadline.findings import Finding, findings, findings_here
from leadline.rules.phone import display_phone
from leadline.settings import Settings
from leadline.simulation import is_simulated
from leadline.store import evidence, rejects
from leadline.store.database import Transaction
from leadline.twilio.client import TwilioClient
from leadline.twilio.codes import explain
from leadline.web.pages.admins import admin_visit
from leadline.web.pages.site import Visit

# A person waits for the answer.
SECONDS_TO_ANSWER = 8.0
ERRORS_WITHIN = timedelta(hours=24)
_SHOWN = 4  # the digits of an account that tell it from another

Chip = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Error:
    """An error that texts had, in words."""

    code: int
    meaning: str
    what_to_do: str
    count: int
    last_at: datetime


def twilio(request: Request) -> Response:
    """GET /settings: the connection as the settings and the webhooks show it."""
    return _show(admin_visit(request), None)


async def check(request: Request) -> Response:
    """POST /settings/check: ask Twilio now, and show what it said. Nothing is kept and nothing is changed."""
    visit = admin_visit(request)
    points = await _ask(visit.line.settings)
    return await run_in_threadpool(_show, visit, points)


ROUTES = (
    Route("/settings", twilio),
    Route("/settings/check", check, methods=["POST"]),
)


async def _ask(settings: Settings) -> list[Point]:
    try:
        credentials = settings.api_credentials
    except SettingsError as error:
        return [Point("Account", "wrong", str(error), "Set them, and start again.")]
    async with TwilioClient(
        settings.twilio_account_sid or "",
        credentials,
        base_url=settings.twilio_api_base_url,
        timeout=SECONDS_TO_ANSWER,
    ) as client:
        return await connection.ask(client, settings)


def _show(visit: Visit, points: list[Point] | None) -> Response:
    settings = visit.line.settings
    found = sorted(findings(settings) + findings_here(settings), key=lambda finding: finding.code)
    with visit.line.database.read() as tx:
        facts, errors = list(_facts(tx, visit)), list(_errors(tx, visit))
    return visit.page(
        "settings_twilio.html",
        live=None,
        state=_state(settings, found),
        facts=facts,
        points=points,
        findings=found,
        errors=errors,
    )


def _state(settings: Settings, found: list[Finding]) -> Chip:
    if is_simulated(settings):
        return "warn", "alert", "Simulator"
    if not settings.is_twilio_configured:
        return "bad", "alert", "Not set up"
    if any(finding.severity == "error" for finding in found):
        return "bad", "alert", "Something to mend"
    return "ok", "tick", "Set up"


def _facts(tx: Transaction, visit: Visit) -> Iterator[tuple[str, str, str]]:
    settings, heard = visit.line.settings, rejects.last_heard(tx)
    region = settings.leadline_region
    yield "Account", _masked(settings.twilio_account_sid), "mono"
    yield "Calls Twilio with", "an API key" if settings.twilio_api_key else "the account’s token", ""
    if settings.twilio_messaging_service_sid:
        yield "Messaging Service", settings.twilio_messaging_service_sid, "mono"
    number = settings.twilio_phone_number
    yield "Number", display_phone(number, region) if number else "none", ""
    yield "Public address", settings.leadline_public_url or "not set", ""
    yield "Last text from Twilio", _when(heard.get("inbound"), visit), ""
    yield "Last report from Twilio", _when(heard.get("status"), visit), ""
    yield "Set in", "the environment or .env; a change takes a restart", ""


def _masked(account_sid: str | None) -> str:
    return f"AC{'•' * 8}{account_sid[-_SHOWN:]}" if account_sid else "none"


def _when(at: datetime | None, visit: Visit) -> str:
    return visit.here.moment(at) if at else "none yet"


def _errors(tx: Transaction, visit: Visit) -> Iterator[Error]:
    for found in evidence.errors_since(tx, visit.here.now - ERRORS_WITHIN):
        known = explain(found.error_code)
        yield Error(found.error_code, known.sentence, known.what_to_do, found.count, found.last_at)
