"""Texts over the API: send one, see what became of it, take it back."""

import re
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Annotated, Any, Self
from urllib.parse import urlsplit

from fastapi import APIRouter, Header, Query, Response
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool

from leadline import reconciling
from leadline.errors import InvalidInput
from leadline.queueing import SendRequest, cancel
from leadline.rules.looks import RESEND_AFTER_AT_LEAST
from leadline.rules.state import shown
from leadline.store import attempts, decisions, evidence, leads, messages
from leadline.store.database import Transaction
from leadline.store.scope import EVERYTHING, Scope
from leadline.twilio.codes import explain
from leadline.web.api.auth import Call, Caller
from leadline.web.api.fields import Before, Id, Limit, Words
from leadline.web.api.paging import Page, page
from leadline.web.problems import documented

router = APIRouter(tags=["messages"])

ADDRESS_AT_MOST = 2048
SCHEDULED_AT_MOST = timedelta(days=366)
# After this Twilio's list has been searched for the last time.
MINUTES_AT_MOST = 24 * 60
_KEY = re.compile(r"[ -~]{1,255}")


class Sms(BaseModel):
    """A text to send: a body, or a template with the values that the lead does not give."""

    model_config = ConfigDict(extra="forbid")

    body: str | None = Field(default=None, description="At most 1,600 characters.")
    template: Words | None = Field(default=None, description="The name of a template, instead of a body.")
    variables: dict[Words, Any] = Field(
        default_factory=dict, max_length=100, description="Text, numbers or dates, by name."
    )
    media_urls: list[str] = Field(default_factory=list, description="Pictures to send: https, at most ten.")
    send_at: AwareDatetime | None = Field(
        default=None, description="When, with its zone, within a year. A moment that has passed is now."
    )
    resend_after_minutes: int | None = Field(
        default=None,
        le=MINUTES_AT_MOST,
        description="Should nobody know whether it left: send it again after this long, 30 at least, unless "
        "the lead has written since. It may then arrive twice. Null leaves that to a person.",
    )


class Explained(BaseModel):
    """A Twilio error code in words."""

    code: int
    sentence: str
    what_to_do: str


class Message(BaseModel):
    """A text and what is known of it."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    conversation_id: int
    lead_id: int | None
    direction: str = Field(description="outbound or inbound.")
    number: str = Field(description="The lead's.")
    body: str
    media_urls: list[str]
    segments: int
    template: str | None
    category: str
    status: str = Field(description="The one word for it, made of the two below.")
    state: str = Field(description="How far it is by our own doing.")
    twilio_status: str | None = Field(description="What Twilio last said of it.")
    error: Explained | None
    twilio_sid: str | None
    no_delivery_report: bool = Field(
        description="Twilio took it, its last status never came, and we have stopped asking for it."
    )
    resend_after_minutes: int | None
    decision: dict[str, Any] | None = Field(description="The gate's answer, with its reasons.")
    created_by: str
    due_at: datetime
    deferred_until: datetime | None = Field(description="The gate lets it leave then at the earliest.")
    created_at: datetime
    closed_at: datetime | None

    @classmethod
    def of(cls, message: messages.Message, *, now: datetime) -> Self:
        """The stored text as it is shown at that moment."""
        said = {name: getattr(message, name) for name in messages.Message.__dataclass_fields__}
        said["twilio_status"] = message.status
        said["status"] = shown(message.state, message.status, is_due=message.due_at <= now)
        said["error"] = _explained(message.error_code)
        said["no_delivery_report"] = message.is_unreported
        said["resend_after_minutes"] = message.resend_after and message.resend_after // 60
        return cls.model_validate(said)


class Attempt(BaseModel):
    """One call to Twilio that may have happened. Its token stays with us: who has it can speak for Twilio."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    decision_id: int = Field(description="The gate's decision by which it began.")
    worker: str
    started_at: datetime
    lease_until: datetime
    outcome: str | None = Field(description="Null while there is no answer.")
    http_status: int | None
    error_code: int
    twilio_sid: str | None
    resolved_by: str | None = Field(description="answer, report, list, person or policy.")
    doubted_at: datetime | None = Field(description="Since when nobody knew what became of it.")
    looks: int = Field(description="How often Twilio's list was searched for it, to its end.")
    next_look_at: datetime | None = Field(description="Null when it is not searched for (any more).")
    is_double: bool = Field(description="It left, and so did another attempt at the same text.")
    closed_at: datetime | None = Field(description="Null while it may be under way or its fate is unknown.")


class Evidence(BaseModel):
    """An answer or a report, as it came."""

    model_config = ConfigDict(from_attributes=True)

    kind: str
    status: str
    error_code: int
    twilio_sid: str | None
    fields: dict[str, Any]
    at: datetime

    @classmethod
    def of(cls, fact: evidence.Recorded) -> Self:
        """The stored fact as it is shown."""
        return cls.model_validate(fact)


class Decision(BaseModel):
    """What the gate answered when it was asked: allowed, deferred or refused, with its reasons."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    asked_at: datetime
    asked_when: str = Field(description="queue, or claim: right before it is sent.")
    answer: dict[str, Any]


class MessageDetail(Message):
    """A text with everything that says what became of it."""

    decisions: list[Decision] = []
    is_double: bool = Field(default=False, description="It left twice.")
    attempts: list[Attempt] = []
    evidence: list[Evidence] = []

    @classmethod
    def read(cls, tx: Transaction, message_id: int, *, scope: Scope = EVERYTHING, now: datetime) -> Self:
        """All that is stored of that text. Raises NotFound."""
        message = messages.by_id(tx, message_id, scope=scope)
        tried = attempts.of_message(tx, message_id)
        sids = {sid for sid in (message.twilio_sid, *(attempt.twilio_sid for attempt in tried)) if sid}
        facts = evidence.of_message(tx, [attempt.id for attempt in tried], sids)
        detail = cls.of(message, now=now)
        told = decisions.of_message(tx, message_id)
        detail.decisions = [Decision.model_validate(decision) for decision in told]
        detail.is_double = any(attempt.is_double for attempt in tried)
        detail.attempts = [Attempt.model_validate(attempt) for attempt in tried]
        detail.evidence = [Evidence.of(fact) for fact in facts]
        return detail


@router.post("/leads/{lead_id}/sms", status_code=202, responses=documented(400, 404, 409, 422))
async def send_sms(
    lead_id: Id,
    body: Sms,
    call: Caller,
    response: Response,
    idempotency_key: Annotated[str | None, Header(description="1 to 255 printable characters.")] = None,
) -> Message:
    """Queue a text. From the answer on it is kept, whatever crashes.

    The same Idempotency-Key with the same content answers the message of the first time, with the header
    `Idempotent-Replayed: true`; with other content it is refused.
    """
    request = _request(lead_id, body, call, idempotency_key)
    queued = await call.line.writer.write(call.line.queue, request)
    call.changed(queued.conversation_id)
    message = await run_in_threadpool(_message, call, queued.id)
    response.headers["Location"] = f"/api/admin/messages/{queued.id}"
    if not queued.is_new:
        response.headers["Idempotent-Replayed"] = "true"
    return Message.of(message, now=call.line.clock.now())


def _message(call: Call, message_id: int) -> messages.Message:
    with call.line.database.read() as tx:
        return messages.by_id(tx, message_id, scope=call.scope)


def _request(lead_id: int, sms: Sms, call: Call, key: str | None) -> SendRequest:
    if key is not None and not _KEY.fullmatch(key):
        raise InvalidInput(
            "1 to 255 printable characters.", field="Idempotency-Key", code="idempotency_key_invalid"
        )
    if sms.send_at is not None and sms.send_at > call.line.clock.now() + SCHEDULED_AT_MOST:
        raise InvalidInput("Within a year.", field="send_at", code="send_at_too_far")
    return SendRequest(
        lead_id=lead_id,
        body=sms.body,
        template=sms.template,
        variables=sms.variables,
        media_urls=_pictures(sms.media_urls),
        # Two programs may choose the same key, and neither may meet one of ours.
        idempotency_key=f"{call.actor}:{key}" if key is not None else None,
        created_by=call.actor,
        due_at=sms.send_at,
        resend_after=_resend_after(sms.resend_after_minutes),
        scope=call.scope,
    )


def _resend_after(minutes: int | None) -> timedelta | None:
    if minutes is None:
        return None
    if (after := timedelta(minutes=minutes)) < RESEND_AFTER_AT_LEAST:
        raise InvalidInput(
            "30 at least: sooner, it may be a second text.",
            field="resend_after_minutes",
            code="resend_after_too_soon",
        )
    return after


def _pictures(addresses: Sequence[str]) -> tuple[str, ...]:
    for address in addresses:
        if not _is_fetchable(address):
            raise InvalidInput(
                "Twilio fetches pictures itself: write each as https://…",
                field="media_urls",
                code="media_url_invalid",
            )
    return tuple(addresses)


def _is_fetchable(address: str) -> bool:
    if len(address) > ADDRESS_AT_MOST or not address.isascii() or not address.isprintable() or " " in address:
        return False
    try:
        parts = urlsplit(address)
        return parts.scheme == "https" and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


@router.get("/leads/{lead_id}/messages", responses=documented(404, 422))
def list_messages_of_lead(
    lead_id: Id, call: Caller, before: Before = None, limit: Limit = 50
) -> Page[Message]:
    """The texts of a lead, newest first."""
    with call.line.database.read() as tx:
        lead = leads.by_id(tx, lead_id, scope=call.scope)
        found = messages.recent(tx, scope=call.scope, lead_id=lead.id, before=before, limit=limit + 1)
    return _page(found, limit, now=call.line.clock.now())


@router.get("/messages", responses=documented(422))
def list_messages(
    call: Caller,
    status: Annotated[Words | None, Query(description="Only those of this status, like in_doubt.")] = None,
    before: Before = None,
    limit: Limit = 50,
) -> Page[Message]:
    """All texts, newest first."""
    now = call.line.clock.now()
    with call.line.database.read() as tx:
        if status is None:
            found = messages.recent(tx, scope=call.scope, before=before, limit=limit + 1)
        else:
            found = messages.of_status(tx, status, now=now, scope=call.scope, before=before, limit=limit + 1)
    return _page(found, limit, now=now)


def _page(found: Sequence[messages.Message], limit: int, *, now: datetime) -> Page[Message]:
    return page(found, limit, show=lambda m: Message.of(m, now=now), mark=lambda m: m.id)


@router.get("/messages/{message_id}", responses=documented(404, 422))
def get_message(message_id: Id, call: Caller) -> MessageDetail:
    """One text with its attempts and all evidence."""
    with call.line.database.read() as tx:
        return MessageDetail.read(tx, message_id, scope=call.scope, now=call.line.clock.now())


@router.post("/messages/{message_id}/cancel", responses=documented(404, 409, 422))
def cancel_message(message_id: Id, call: Caller) -> Message:
    """Take a text back that has not been claimed for sending; later it is too late."""
    with call.line.database.write() as tx:
        message = cancel(tx, message_id, actor=call.actor, now=call.line.clock.now(), scope=call.scope)
    return Message.of(message, now=call.line.clock.now())


@router.post("/messages/{message_id}/send-again", responses=documented(404, 409, 422))
def send_message_again(message_id: Id, call: Caller) -> Message:
    """Send a text once more that left no trace at Twilio; one that is still looked for has to wait for that.

    Should the first have left after all, it arrives twice, and the double is recorded.
    """
    return _decide(message_id, call, reconciling.send_again)


@router.post("/messages/{message_id}/leave", responses=documented(404, 409, 422))
def leave_message(message_id: Id, call: Caller) -> Message:
    """Leave a text at that which left no trace at Twilio. Should it turn up, that is still recorded."""
    return _decide(message_id, call, reconciling.leave)


def _decide(message_id: int, call: Call, decision: Callable[..., messages.Message]) -> Message:
    now = call.line.clock.now()
    with call.line.database.write() as tx:
        message = decision(tx, message_id, actor=call.actor, now=now, scope=call.scope)
    return Message.of(message, now=now)


def _explained(code: int) -> Explained | None:
    if not code:
        return None
    meaning = explain(code)
    return Explained(code=code, sentence=meaning.sentence, what_to_do=meaning.what_to_do)
