"""What Twilio calls: inbound texts and status reports.

In front of every router: they are the busiest routes and must answer when all else is slow. The server calls
``take``, and as an ASGI application they do the same. Each proves that Twilio speaks, hands the fact to the
writer, and answers after its commit, so a 2xx always has its row; a 5xx makes Twilio come again.
"""

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple, Self, TypeVar

import structlog
from starlette.types import Receive, Scope, Send

from leadline.app import Leadline
from leadline.errors import LeadlineError, StoreUnavailable
from leadline.ordering import came_after
from leadline.receiving import Received
from leadline.reports import Report
from leadline.rules.replies import is_opt_in_message
from leadline.store.writer import UseCase
from leadline.twilio.client import TwilioClient
from leadline.twilio.payloads import InboundSms, parse_delivery_status, parse_inbound_sms
from leadline.twilio.signature import genuine, parse_form
from leadline.understanding import Ordered
from leadline.web.tally import Tally

log = structlog.get_logger("leadline.webhooks")

PREFIX = "/api/webhooks/twilio"
# All there is; see ``_route``.
PATHS = (PREFIX, f"{PREFIX}/status", f"{PREFIX}/status/{{token}}")
# Twilio's bodies are a few kilobytes; nobody else's need be read.
BODY_AT_MOST = 64 * 1024
# A process that was suspended wakes up to webhooks that are minutes old, and they do not say so. An opt-in
# among them may have been followed by an opt-out that another process has heard. Twilio's list has the order.
FRESH_SECONDS = 3.0
FORM = b"application/x-www-form-urlencoded"
SIGNATURE = b"x-twilio-signature"

Answer = tuple[int, bytes, bytes]  # status, content type, body

EMPTY_TWIML: Answer = (200, b"text/xml", b'<?xml version="1.0" encoding="UTF-8"?><Response/>')
NO_CONTENT: Answer = (204, b"", b"")
PLAIN = b"text/plain; charset=utf-8"
NOT_STORED: Answer = (503, PLAIN, b"Not stored. Send it again.\n")
FAULT: Answer = (500, PLAIN, b"A fault of ours; it was not stored. Send it again.\n")


class Call(NamedTuple):
    """A request as it came. ``target`` is its path and query as they were signed; ``body`` may be cut off
    once it is too long, and is None when the caller hung up before its end. ``waited`` tells for how many
    seconds it has lain here unread.
    """

    method: str
    path: str
    target: str
    headers: Sequence[tuple[bytes, bytes]]
    body: bytes | None
    waited: Callable[[], float] = lambda: 0.0

    @classmethod
    def of(cls, scope: Scope, body: bytes | None, waited: Callable[[], float] = lambda: 0.0) -> Self:
        """The request of an ASGI scope."""
        return cls(scope["method"], scope["path"], _target(scope), scope["headers"], body, waited)


class Form(NamedTuple):
    """The fields of a webhook, and its body as it came."""

    pairs: Sequence[tuple[str, str]]
    body: bytes


class Fact(NamedTuple):
    """What a genuine webhook says: what is done with it, whom to tell once it is stored, and the answer."""

    use_case: UseCase[Any, Any]
    item: Any
    tell: Callable[[Any], None]
    answer: Answer


Reply = Callable[[Answer], object]
Understand = Callable[["Webhooks", Form, str | None], Fact]


class Visit(NamedTuple):
    """A call to one of our webhooks, and to whom its answer goes. ``kind`` is the webhook's, ``understand``
    knows its forms, and ``token`` is that of the attempt its address names, if it does.
    """

    call: Call
    reply: Reply
    kind: str
    understand: Understand
    token: str | None


Given = TypeVar("Given")
Made = TypeVar("Made")

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
    "late": 503,
    "unordered": 503,
}


class Rejected(Exception):
    """This call is not one of Twilio's, or not about us; nothing is stored but that it came."""

    def __init__(self, reason: str, sentence: str) -> None:
        super().__init__(sentence)
        self.reason = reason
        self.status = REASONS[reason]


class Webhooks:
    """The webhook surface. ``changed`` is called after each commit, to wake the worker and the pages, with
    the conversation of a new text, or the ``sid`` of the text of a report. ``client`` asks Twilio about the
    order of texts; without one an opt-in of which it is not certain is left to Twilio's list.
    """

    def __init__(
        self, line: Leadline, *, changed: Callable[..., None], client: TwilioClient | None = None
    ) -> None:
        self._line = line
        self._changed = changed
        self._client = client
        self._visits: list[Visit] = []
        self._asking: set[asyncio.Task[None]] = set()
        self._tally = Tally(line)
        self._account_sid = line.settings.twilio_account_sid
        self._public_url = line.settings.leadline_public_url
        self._tokens = line.settings.webhook_tokens

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answered: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()

        def reply(answer: Answer) -> None:
            if not answered.done():  # Whoever waited was cancelled.
                answered.set_result(answer)

        body = await _read(receive)
        self.take(Call.of(scope, body), reply)
        await _answer(send, await answered)

    def take(self, call: Call, reply: Reply) -> None:
        """Answer a call by ``reply``: when it is turned away, in this turn of the event loop, else after the
        commit. On the event loop, which must not have to make a task for each.
        """
        try:
            visit = Visit(call, reply, *_route(call.path))
        except Rejected as rejected:
            self._turn_away("other", rejected, reply)
            return
        if not self._visits:
            asyncio.get_running_loop().call_soon(self._take_together)
        self._visits.append(visit)

    def _take_together(self) -> None:
        """All calls of this turn of the loop, step by step. From the second call on each step finds its code
        and its tables in the processor's own memory; call by call, with the network in between, a text took
        an eighth to a fifth more processor.
        """
        visits, self._visits = self._visits, []
        forms = self._each([(visit, visit.call) for visit in visits], _read_form)
        proven = self._each(forms, self._proven)
        facts = self._each(proven, self._understood)
        judged = self._each(facts, _judged)
        self._hand_over(self._each(judged, _fresh))

    def _each(
        self, going: Iterable[tuple[Visit, Given]], step: Callable[[Visit, Given], Made]
    ) -> list[tuple[Visit, Made]]:
        """What a step makes of each. Whom it turns away is answered, and goes no further."""
        on: list[tuple[Visit, Made]] = []
        for visit, given in going:
            try:
                on.append((visit, step(visit, given)))
            except Rejected as rejected:
                self._turn_away(visit.kind, rejected, visit.reply)
            except Exception:  # A fault in one call must not fail its neighbours.
                log.exception("webhook_failed")
                self._reply(visit.kind, FAULT, visit.reply)
        return on

    def _turn_away(self, kind: str, rejected: Rejected, reply: Reply) -> None:
        self._tally.rejected(rejected.reason)
        log.warning("webhook_rejected", reason=str(rejected), status=rejected.status)
        self._reply(kind, (rejected.status, PLAIN, f"{rejected}\n".encode()), reply)

    def _reply(self, kind: str, answer: Answer, reply: Reply) -> None:
        self._line.counters.webhooks[kind, answer[0]] += 1
        try:
            reply(answer)
        except Exception:  # The caller's connection; those of others are not.
            log.exception("webhook_not_answered")

    def _hand_over(self, going: Iterable[tuple[Visit, Fact]]) -> None:
        by_use_case: dict[UseCase[Any, Any], list[tuple[Visit, Fact]]] = {}
        for visit, fact in going:
            by_use_case.setdefault(fact.use_case, []).append((visit, fact))
        for use_case, together in by_use_case.items():
            items = [fact.item for _, fact in together]
            self._line.writer.hand_over(use_case, items, self._stored, together)

    def _stored(
        self, together: Sequence[tuple[Visit, Fact]], results: Sequence[Any], error: BaseException | None
    ) -> None:
        """Their transaction was committed, or could not be."""
        if error is not None:
            not_stored = _why_not_stored(error)
            for visit, _ in together:
                self._reply(visit.kind, not_stored, visit.reply)
            return
        going = [(visit, (fact, result)) for (visit, fact), result in zip(together, results, strict=True)]
        for visit, answer in self._each(going, self._told):
            if answer:
                self._reply(visit.kind, answer, visit.reply)

    def _told(self, visit: Visit, stored: tuple[Fact, Any]) -> Answer | None:
        """Tell whom a new fact is news for; the answer, or None while Twilio is asked for an order."""
        fact, result = stored
        if isinstance(result, Received) and result.unordered_with:
            self._ask_for_order(visit, fact, result.unordered_with)
            return None
        fact.tell(result)
        self._tally.heard(visit.kind)
        return fact.answer

    def _ask_for_order(self, visit: Visit, fact: Fact, opt_out_sid: str) -> None:
        asking = asyncio.create_task(self._put_in_order(visit, fact, opt_out_sid))
        self._asking.add(asking)
        asking.add_done_callback(self._asking.discard)

    async def _put_in_order(self, visit: Visit, fact: Fact, opt_out_sid: str) -> None:
        """An opt-in may be older than the opt-out before it: ask Twilio, then store it for what it is. When
        Twilio cannot be asked, or has given up on this webhook meanwhile, its list has the text.
        """
        text = fact.item.text if isinstance(fact.item, Ordered) else fact.item
        sid, client = text.message_sid, self._client
        try:
            is_after = await came_after(client, sid, opt_out_sid) if client else None
        except Exception:
            log.exception("webhook_failed")
            self._reply(visit.kind, FAULT, visit.reply)
            return
        if is_after is None:
            unordered = Rejected("unordered", "Nobody knows what came first. Send it again.")
            self._turn_away(visit.kind, unordered, visit.reply)
            return
        ordered = Ordered(text, opt_out_sid, is_after)
        self._hand_over([(visit, fact._replace(use_case=self._line.receive_ordered, item=ordered))])

    def stop(self) -> None:
        """The server is going down: keep what was counted. On the event loop."""
        self._tally.stop()

    def _proven(self, visit: Visit, form: Form) -> Form:
        """The form, once it is certain that Twilio sent it to us about our account."""
        if not self._public_url or not self._tokens:
            raise Rejected(
                "not_configured", "Set LEADLINE_PUBLIC_URL and TWILIO_AUTH_TOKEN to receive webhooks."
            )
        # The configured address and the raw target, as Twilio wrote it: behind a proxy the request's
        # own idea of its address is wrong, and a decoded path would not be what was signed.
        url = f"{self._public_url}{visit.call.target}"
        if not genuine(url, form.pairs, _header(visit.call, SIGNATURE).decode("latin-1"), self._tokens):
            raise Rejected("signature", "The signature does not match.")
        if ("AccountSid", self._account_sid) not in form.pairs:
            raise Rejected("other_account", "This is about another account.")
        return form

    def _understood(self, visit: Visit, form: Form) -> Fact:
        try:
            return visit.understand(self, form, visit.token)
        except LeadlineError as error:
            raise Rejected("fields", str(error)) from None

    def inbound(self, form: Form, _token: str | None) -> Fact:
        """A text from a lead; the empty answer says that no reply goes this way."""
        text = parse_inbound_sms(form.pairs)
        if not self._line.is_ours(text.to, text.messaging_service_sid):
            raise Rejected("other_number", "This is for a number that is not ours.")
        return Fact(self._line.receive, text, self._tell_of_text, EMPTY_TWIML)

    def _tell_of_text(self, received: Received) -> None:
        self._changed(received.conversation_id)

    def status(self, form: Form, token: str | None) -> Fact:
        """A report of one of our texts; ``token`` is that of the attempt it is about."""
        said = parse_delivery_status(form.pairs)
        report = Report(
            twilio_sid=said.message_sid,
            status=said.status,
            error_code=said.error_code or 0,
            number=said.to,
            form=form.body.decode(errors="replace"),
            token=token,
            sender=said.from_,
        )
        return Fact(self._line.record, report, partial(self._tell_of_report, said.message_sid), NO_CONTENT)

    def _tell_of_report(self, sid: str, _recorded: None) -> None:
        self._changed(sid=sid)


def _route(path: str) -> tuple[str, Understand, str | None]:
    """The kind of webhook of a path, who understands it, and the attempt's token if it names one. A trailing
    slash is no matter, since a redirect would turn the POST into a GET and lose the text.
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


def _read_form(_visit: Visit, call: Call) -> Form:
    """The fields, if this has the shape of a webhook."""
    if call.method != "POST":
        raise Rejected("method", "Webhooks are POSTed.")
    if _header(call, b"content-type").partition(b";")[0].strip().lower() != FORM:
        raise Rejected("not_a_form", "Webhooks are forms.")
    if call.body is None:
        raise Rejected("hung_up", "The caller hung up.")
    if len(call.body) > BODY_AT_MOST:
        raise Rejected("too_large", "A webhook has at most 64 kB.")
    try:
        return Form(parse_form(call.body), call.body)
    except LeadlineError as error:
        raise Rejected("form", str(error)) from None


def _judged(_visit: Visit, fact: Fact) -> tuple[Fact, bool]:
    """Whether it may be an opt-in. What a reply asks for is read here, for a transaction should be short; the
    store asks again, and ``rules.replies`` remembers.
    """
    text = fact.item
    return fact, isinstance(text, InboundSms) and (
        text.opt_out_type == "START" or is_opt_in_message(text.body)
    )


def _fresh(visit: Visit, judged: tuple[Fact, bool]) -> Fact:
    """The last step before the writer: time is looked at here, so that little passes in between."""
    fact, may_opt_in = judged
    if may_opt_in and visit.call.waited() > FRESH_SECONDS:
        raise Rejected("late", "This has waited for too long. Twilio's list has it, with its time.")
    return fact


def _why_not_stored(error: BaseException) -> Answer:
    if isinstance(error, StoreUnavailable):
        log.error("webhook_not_stored", reason=str(error))
        return NOT_STORED
    log.error("webhook_failed", exc_info=error)
    return FAULT


def _header(call: Call, wanted: bytes) -> bytes:
    """A header's value; of several the last."""
    for name, value in reversed(call.headers):
        if name == wanted:
            return value
    return b""


def _target(scope: Scope) -> str:
    path: str = scope["raw_path"].decode("latin-1")
    query: str = scope["query_string"].decode("latin-1")
    return f"{path}?{query}" if query else path


async def _read(receive: Receive) -> bytes | None:
    """The body, no more of it than shows that it is too long; None when the caller hung up."""
    body = b""
    while len(body) <= BODY_AT_MOST:
        event = await receive()
        if event["type"] == "http.disconnect":
            return None
        body += event.get("body", b"")
        if not event.get("more_body"):
            break
    return body


async def _answer(send: Send, answer: Answer) -> None:
    status, content_type, body = answer
    headers = [(b"content-type", content_type), (b"content-length", str(len(body)).encode())] if body else []
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
