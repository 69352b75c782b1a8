"""Texts over the API: send one, see what became of it, take it back."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Annotated, Any, Self
from urllib.parse import urlsplit

from fastapi import APIRouter, Header, Query, Response
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool

from leadline.errors import InvalidInput
from leadline.queueing import SendRequest, cancel
from leadline.rules.state import shown
from leadline.store import attempts, decisions, evidence, leads, messages
from leadline.store.database import Transaction
from leadline.twilio.codes import explain
from leadline.web.api.auth import Call, Caller
from leadline.web.api.fields import Before, Id, Limit, Words
from leadline.web.api.paging import Page, page
from leadline.web.problems import documented

router = APIRouter(tags=["messages"])

ADDRESS_AT_MOST = 2048
SCHEDULED_AT_MOST = timedelta(days=366)
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
    resolved_by: str | None = Field(description="answer, report, list or person.")
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
    attempts: list[Attempt] = []
    evidence: list[Evidence] = []

    @classmethod
    def read(cls, tx: Transaction, message_id: int, *, now: datetime) -> Self:
        """All that is stored of that text. Raises NotFound."""
        message = messages.by_id(tx, message_id)
        tried = attempts.of_message(tx, message_id)
        sids = {sid for sid in (message.twilio_sid, *(attempt.twilio_sid for attempt in tried)) if sid}
        facts = evidence.of_message(tx, [attempt.id for attempt in tried], sids)
        detail = cls.of(message, now=now)
        told = decisions.of_message(tx, message_id)
        detail.decisions = [Decision.model_validate(decision) for decision in told]
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
    call.changed()
    message = await run_in_threadpool(call.line.message, queued.id)
    response.headers["Location"] = f"/api/admin/messages/{queued.id}"
    if not queued.is_new:
        response.headers["Idempotent-Replayed"] = "true"
    return Message.of(message, now=call.line.clock.now())


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
    )


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
        leads.by_id(tx, lead_id)
        found = messages.recent(tx, lead_id=lead_id, before=before, limit=limit + 1)
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
            found = messages.recent(tx, before=before, limit=limit + 1)
        else:
            found = messages.of_status(tx, status, now=now, before=before, limit=limit + 1)
    return _page(found, limit, now=now)


def _page(found: Sequence[messages.Message], limit: int, *, now: datetime) -> Page[Message]:
    return page(found, limit, show=lambda m: Message.of(m, now=now), mark=lambda m: m.id)


@router.get("/messages/{message_id}", responses=documented(404, 422))
def get_message(message_id: Id, call: Caller) -> MessageDetail:
    """One text with its attempts and all evidence."""
    with call.line.database.read() as tx:
        return MessageDetail.read(tx, message_id, now=call.line.clock.now())


@router.post("/messages/{message_id}/cancel", responses=documented(404, 409, 422))
def cancel_message(message_id: Id, call: Caller) -> Message:
    """Take a text back that has not been claimed for sending; later it is too late."""
    with call.line.database.write() as tx:
        message = cancel(tx, message_id, actor=call.actor, now=call.line.clock.now())
    return Message.of(message, now=call.line.clock.now())


def _explained(code: int) -> Explained | None:
    if not code:
        return None
    meaning = explain(code)
    return Explained(code=code, sentence=meaning.sentence, what_to_do=meaning.what_to_do)
