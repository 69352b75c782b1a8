"""What Twilio calls: inbound texts and status reports.

Plain ASGI callables, in front of every router: they are the busiest routes and must answer when all
else is slow. Each proves that Twilio speaks, hands the fact to the writer, and answers after its commit,
so a 2xx always has its row; a 5xx makes Twilio come again.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import NamedTuple

import structlog
from starlette.types import Receive, Scope, Send

from leadline.app import Leadline
from leadline.errors import LeadlineError, StoreUnavailable
from leadline.reports import Report
from leadline.twilio.payloads import parse_delivery_status, parse_inbound_sms
from leadline.twilio.signature import genuine, parse_form
from leadline.web.tally import Tally

log = structlog.get_logger("leadline.webhooks")

PREFIX = "/api/webhooks/twilio"
# All there is; see ``_route``.
PATHS = (PREFIX, f"{PREFIX}/status", f"{PREFIX}/status/{{token}}")
# Twilio's bodies are a few kilobytes; nobody else's need be read.
BODY_AT_MOST = 64 * 1024
FORM = b"application/x-www-form-urlencoded"

Answer = tuple[int, bytes, bytes]  # status, content type, body

EMPTY_TWIML: Answer = (200, b"text/xml", b'<?xml version="1.0" encoding="UTF-8"?><Response/>')
NO_CONTENT: Answer = (204, b"", b"")


class Form(NamedTuple):
    """A genuine webhook: its fields, and its body as it came."""

    pairs: Sequence[tuple[str, str]]
    body: bytes


# Why a call is turned away, and what it is answered. Rejects are counted by these, so there are few of them.
REASONS: Mapping[str, int] = {
    "path": 404,
    "not_configured": 503,
    "method": 405,
    "not_a_form": 415,
    "hung_up": 400,
    "too_large": 413,
    "form": 400,
    "signature": 403,
    "other_account": 403,
    "other_number": 403,
    "fields": 400,
}


class Rejected(Exception):
    """This call is not one of Twilio's, or not about us; nothing is stored but that it came."""

    def __init__(self, reason: str, sentence: str) -> None:
        super().__init__(sentence)
        self.reason = reason
        self.status = REASONS[reason]


class Webhooks:
    """The webhook surface. ``changed`` is called after each commit, to wake the worker and the pages, with
    the conversation of a new text, or the ``sid`` of the text of a report.
    """

    def __init__(self, line: Leadline, *, changed: Callable[..., None]) -> None:
        self._line = line
        self._changed = changed
        self._tally = Tally(line)
        self._account_sid = line.settings.twilio_account_sid
        self._public_url = line.settings.leadline_public_url
        self._tokens = line.settings.webhook_tokens

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        kind = "other"
        try:
            kind, handler, token = _route(scope["path"])
            form = await self._prove(scope, receive)
            answer = await handler(self, form, token)
            self._tally.heard(kind)
        except Rejected as rejected:
            self._tally.rejected(rejected.reason)
            log.warning("webhook_rejected", reason=str(rejected), status=rejected.status)
            answer = (rejected.status, b"text/plain; charset=utf-8", f"{rejected}\n".encode())
        except StoreUnavailable as error:
            log.error("webhook_not_stored", reason=str(error))
            answer = (503, b"text/plain; charset=utf-8", b"Not stored. Send it again.\n")
        self._line.counters.webhooks[kind, answer[0]] += 1
        await _answer(send, answer)

    def stop(self) -> None:
        """The server is going down: keep what was counted. On the event loop."""
        self._tally.stop()

    async def _prove(self, scope: Scope, receive: Receive) -> Form:
        """The form's fields, once it is certain that Twilio sent them to us about our account."""
        if not self._public_url or not self._tokens:
            raise Rejected(
                "not_configured", "Set LEADLINE_PUBLIC_URL and TWILIO_AUTH_TOKEN to receive webhooks."
            )
        if scope["method"] != "POST":
            raise Rejected("method", "Webhooks are POSTed.")
        content_type, signature = _headers(scope)
        if content_type.partition(b";")[0].strip().lower() != FORM:
            raise Rejected("not_a_form", "Webhooks are forms.")
        body = await _read(receive)
        # The configured address and the raw target, as Twilio wrote it: behind a proxy the request's
        # own idea of its address is wrong, and a decoded path would not be what was signed.
        url = f"{self._public_url}{_target(scope)}"
        try:
            pairs = parse_form(body)
        except LeadlineError as error:
            raise Rejected("form", str(error)) from None
        if not genuine(url, pairs, signature, self._tokens):
            raise Rejected("signature", "The signature does not match.")
        if ("AccountSid", self._account_sid) not in pairs:
            raise Rejected("other_account", "This is about another account.")
        return Form(pairs, body)

    async def inbound(self, form: Form, _token: str | None) -> Answer:
        """Store a text from a lead; the empty answer says that no reply goes this way."""
        try:
            text = parse_inbound_sms(form.pairs)
        except LeadlineError as error:
            raise Rejected("fields", str(error)) from None
        if not self._line.is_ours(text.to, text.messaging_service_sid):
            raise Rejected("other_number", "This is for a number that is not ours.")
        received = await self._line.writer.write(self._line.receive, text)
        self._changed(received.conversation_id)
        return EMPTY_TWIML

    async def status(self, form: Form, token: str | None) -> Answer:
        """Store a report of one of our texts; ``token`` is that of the attempt it is about."""
        try:
            said = parse_delivery_status(form.pairs)
        except LeadlineError as error:
            raise Rejected("fields", str(error)) from None
        report = Report(
            twilio_sid=said.message_sid,
            status=said.status,
            error_code=said.error_code or 0,
            number=said.to,
            form=form.body.decode(errors="replace"),
            token=token,
            sender=said.from_,
        )
        await self._line.writer.write(self._line.record, report)
        self._changed(sid=said.message_sid)
        return NO_CONTENT


Handler = Callable[[Webhooks, Form, str | None], Awaitable[Answer]]


def _route(path: str) -> tuple[str, Handler, str | None]:
    """The kind of webhook of a path, its handler, and the attempt's token if it names one; a trailing slash
    is no matter, since a redirect would turn the POST into a GET and lose the text.
    """
    rest = path.removeprefix(PREFIX).strip("/").split("/")
    match rest:
        case [""]:
            return "inbound", Webhooks.inbound, None
        case ["status"]:
            return "status", Webhooks.status, None
        case ["status", token]:
            return "status", Webhooks.status, token
    raise Rejected("path", "There is no such webhook.")


def _headers(scope: Scope) -> tuple[bytes, str]:
    content_type, signature = b"", b""
    for name, value in scope["headers"]:
        if name == b"x-twilio-signature":
            signature = value
        elif name == b"content-type":
            content_type = value
    return content_type, signature.decode("latin-1")


def _target(scope: Scope) -> str:
    path: str = scope["raw_path"].decode("latin-1")
    query: str = scope["query_string"].decode("latin-1")
    return f"{path}?{query}" if query else path


async def _read(receive: Receive) -> bytes:
    """The body, refused as soon as it is too long."""
    body = b""
    while True:
        event = await receive()
        if event["type"] == "http.disconnect":
            raise Rejected("hung_up", "The caller hung up.")
        part: bytes = event.get("body", b"")
        body += part
        if len(body) > BODY_AT_MOST:
            raise Rejected("too_large", "A webhook has at most 64 kB.")
        if not event.get("more_body"):
            return body


async def _answer(send: Send, answer: Answer) -> None:
    status, content_type, body = answer
    headers = [(b"content-type", content_type), (b"content-length", str(len(body)).encode())] if body else []
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
