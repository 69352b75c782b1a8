"""The control API: what drives the simulator from outside. JSON, under ``/_simulator/``.

    GET  ledger?since=n     every accepted create from index n on
    POST reply              a person texts us: From, To, Body, MediaUrl …
    GET  handsets           the conversations, by phone
    POST phones             a handset: number, name, outcome
    GET  faults, PUT faults the plan; POST faults adds to its ``next``
    GET  fault-names        every fault there is, in words
    GET  numbers, PUT numbers the account's numbers, services and webhooks
    GET  calls              the webhooks tried last
    POST reset              forget all messages, opt-outs, handsets and faults

POST takes a form or JSON. A browser's form gets back to its page.
"""

import json
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from leadline.errors import InvalidInput
from leadline.simulator.configuration import configuration_document
from leadline.simulator.faults import ABOUT
from leadline.simulator.form import Form
from leadline.simulator.handsets import conversations, handset_path
from leadline.simulator.outcomes import PHONE_OUTCOMES
from leadline.simulator.plan import Plan

if TYPE_CHECKING:
    from leadline.simulator.simulator import Simulator

Endpoint = Callable[["Control", Request], Awaitable[Response]]


class Control:
    """The endpoints; each is one method."""

    def __init__(self, simulator: "Simulator") -> None:
        self._simulator = simulator

    def routes(self) -> list[Route]:
        return [
            Route(f"/_simulator/{path}", self._bound(endpoint), methods=[method])
            for (method, path), endpoint in _ENDPOINTS.items()
        ]

    def _bound(self, endpoint: Endpoint) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            try:
                return await endpoint(self, request)
            except InvalidInput as error:
                return JSONResponse({"error": str(error), "field": error.field}, 400)

        return answer

    async def ledger(self, request: Request) -> Response:
        since = request.query_params.get("since", "0")
        start = int(since) if since.isdecimal() else 0
        return _json([asdict(entry) for entry in self._simulator.ledger[start:]])

    async def reply(self, request: Request) -> Response:
        form = await _read(request)
        reply = await self._simulator.reply(
            form.get("From"), form.get("To"), form.get("Body"), form.all("MediaUrl")
        )
        return _back(request, form.get("From")) or _json(asdict(reply))

    async def handsets(self, _request: Request) -> Response:
        return _json([asdict(conversation) for conversation in conversations(self._simulator.account)])

    async def phones(self, request: Request) -> Response:
        form = await _read(request)
        outcome = form.get("outcome") or None
        if outcome is not None and outcome not in PHONE_OUTCOMES:
            raise InvalidInput(f"A phone is one of {', '.join(PHONE_OUTCOMES)}.", field="outcome")
        phone = self._simulator.add_phone(form.get("number"), form.get("name") or None, outcome=outcome)
        return _back(request, phone.number) or _json(asdict(phone))

    async def faults(self, _request: Request) -> Response:
        return _json(self._simulator.faults.document())

    async def fault_names(self, _request: Request) -> Response:
        return _json(dict(ABOUT))

    async def put_faults(self, request: Request) -> Response:
        self._simulator.faults.follow(Plan.read(await _read_json(request)))
        return await self.faults(request)

    async def post_faults(self, request: Request) -> Response:
        form = await _read(request)
        phone = form.get("phone")
        self._simulator.faults.add(form.all("next"))
        self._simulator.account.tell(phone)
        return _back(request, phone) or await self.faults(request)

    async def numbers(self, _request: Request) -> Response:
        return _json(configuration_document(self._simulator.account.configuration))

    async def put_numbers(self, request: Request) -> Response:
        self._simulator.configure(**await _read_json(request))
        return await self.numbers(request)

    async def calls(self, _request: Request) -> Response:
        return _json([asdict(call) for call in self._simulator.account.calls])

    async def reset(self, _request: Request) -> Response:
        await self._simulator.reset()
        return Response(status_code=204)


_ENDPOINTS: dict[tuple[str, str], Endpoint] = {
    ("GET", "ledger"): Control.ledger,
    ("POST", "reply"): Control.reply,
    ("GET", "handsets"): Control.handsets,
    ("POST", "phones"): Control.phones,
    ("GET", "faults"): Control.faults,
    ("GET", "fault-names"): Control.fault_names,
    ("PUT", "faults"): Control.put_faults,
    ("POST", "faults"): Control.post_faults,
    ("GET", "numbers"): Control.numbers,
    ("PUT", "numbers"): Control.put_numbers,
    ("GET", "calls"): Control.calls,
    ("POST", "reset"): Control.reset,
}


def _json(document: Any) -> Response:
    return Response(json.dumps(document, default=_iso_8601), media_type="application/json")


def _iso_8601(moment: datetime) -> str:
    return moment.isoformat()


async def _read(request: Request) -> Form:
    """The fields of a form or of a JSON object, whose lists are repeated fields."""
    if request.headers.get("content-type", "").startswith("application/json"):
        return _form_of(await _read_json(request))
    return Form.read(await request.body())


def _form_of(document: dict[str, Any]) -> Form:
    pairs = [
        (str(name), str(value))
        for name, values in document.items()
        for value in (values if isinstance(values, list) else [values])
    ]
    return Form(tuple(pairs))


async def _read_json(request: Request) -> dict[str, Any]:
    try:
        document = json.loads(await request.body())
    except ValueError:
        document = None
    if not isinstance(document, dict):
        raise InvalidInput("Send a JSON object.", field="body")
    return document


def _back(request: Request, phone: str) -> Response | None:
    """The way back to the page for a browser's form; None for everyone who asked for data."""
    if "text/html" not in request.headers.get("accept", ""):
        return None
    return RedirectResponse(handset_path(phone), 303)
