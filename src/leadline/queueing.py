"""Queueing: accept a text for sending, or take it back while it still waits.

What is accepted here is kept, whatever crashes, and ends in a state that can be seen. Everything that
sends goes through ``queue``: the API, the pages, the command line, the library, an automatic reply.
"""

import hashlib
import json
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from leadline import asking
from leadline.errors import IdempotencyConflict, InvalidInput, LeadlineError, NotFound, SettingsError, TooLate
from leadline.rules import gate, state
from leadline.rules.looks import RESEND_AFTER_AT_LEAST
from leadline.rules.phone import normalize_phone
from leadline.rules.segments import count_segments
from leadline.rules.template import Template, render
from leadline.rules.text import check_body
from leadline.settings import Settings
from leadline.store import audit, conversations, decisions, leads, messages, outbox, senders, templates
from leadline.store.database import Transaction
from leadline.store.scope import EVERYTHING, Scope

MEDIA_AT_MOST = 10
# Twilio fetches it, so it must be absolute; and it is printed in pages.
_MEDIA_URL = re.compile(r"https?://[!-~]{1,2000}").fullmatch


class Refused(LeadlineError):
    """The gate does not let this text leave; ``decision`` says why. Nothing was queued."""

    code = "refused"

    def __init__(self, decision: gate.Decision) -> None:
        super().__init__(" ".join(reason.sentence for reason in decision.reasons))
        self.decision = decision
        self.code = decision.reasons[0].code


@dataclass(frozen=True, slots=True)
class SendRequest:
    """A text that someone wants sent: to a lead or to a number, from a body or from a template.

    ``variables`` fill the template; the lead's own name, company and fields are there already.
    ``priority`` 0 goes before 1; campaigns use 1. ``due_at`` None is now, or as long after it as the text is
    ``held`` so that its writer can take it back; ``resend_after``: should nobody
    know whether the text left, send it again, once, without asking after this long, half an hour at least;
    None, the default, leaves that to a person. ``confirms_opt_out`` is for the one text that may follow an
    opt-out. ``scope`` is what whoever asks may see: to anybody else there is nobody to text.
    """

    lead_id: int | None = None
    number: str | None = None
    body: str | None = None
    template: str | None = None
    variables: Mapping[str, Any] = field(default_factory=dict)
    media_urls: tuple[str, ...] = ()
    idempotency_key: str | None = None
    created_by: str = "library"
    priority: int = 0
    due_at: datetime | None = None
    held: timedelta = timedelta(0)
    resend_after: timedelta | None = None
    confirms_opt_out: bool = False
    scope: Scope = EVERYTHING

    @property
    def content_hash(self) -> str:
        """What must be equal for a repeated Idempotency-Key to be the same request."""
        content: list[Any] = [
            self.lead_id,
            self.number,
            self.body,
            self.template,
            dict(self.variables),
            list(self.media_urls),
            self.due_at and self.due_at.isoformat(),
        ]
        if self.resend_after is not None:
            content.append(self.resend_after.total_seconds())
        return hashlib.sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest()


def queue(
    tx: Transaction, requests: Sequence[SendRequest], *, now: datetime, settings: Settings
) -> list[messages.Queued]:
    """Accept texts for sending. From the commit on they are kept, whatever crashes.

    Raises InvalidInput naming the field, NotFound, Refused, or IdempotencyConflict; then the whole list
    is refused. A repeated key with the same content returns the message of the first time, also when the
    same text could not be queued any more.
    """
    known = messages.by_keys(tx, [r.idempotency_key for r in requests if r.idempotency_key])
    fresh = [request for request in requests if request.idempotency_key not in known]
    accepted = iter(_accept(tx, fresh, now=now, settings=settings) if fresh else [])
    return [
        _again(known[request.idempotency_key], request)
        if request.idempotency_key in known
        else next(accepted)
        for request in requests
    ]


def _again(first: messages.Queued, request: SendRequest) -> messages.Queued:
    if first.request_hash != request.content_hash:
        raise IdempotencyConflict
    return first


def _accept(
    tx: Transaction, requests: Sequence[SendRequest], *, now: datetime, settings: Settings
) -> list[messages.Queued]:
    sender = _default_sender(tx, settings)
    found = leads.by_ids(tx, [r.lead_id for r in requests if r.lead_id is not None])
    addressed = [_address(request, found, settings) for request in requests]
    threads = conversations.open_for(tx, [number for number, _ in addressed], now=now)
    _refuse_hidden(tx, requests, [threads[number].id for number, _ in addressed])
    known_templates: dict[str, Template] = {}
    new = []
    for request, (number, lead) in zip(requests, addressed, strict=True):
        thread = threads[number]
        body, category = _write(tx, request, lead, known_templates, settings)
        new.append(
            messages.NewOutbound(
                conversation_id=thread.id,
                lead_id=lead.id if lead else None,
                sender_id=sender.id,
                number=number,
                body=body,
                media_urls=request.media_urls,
                segments=count_segments(body).segments,
                template=request.template,
                category=gate.CONFIRMATION if request.confirms_opt_out else category,
                idempotency_key=request.idempotency_key or f"auto:{secrets.token_urlsafe(12)}",
                request_hash=request.content_hash,
                created_by=request.created_by,
                priority=request.priority,
                due_at=request.due_at or now + request.held,
                resend_after=_seconds(request.resend_after),
            )
        )
    known = {lead.id: lead for lead in found.values()}
    answers = asking.at_queue(
        tx, new, threads=threads, known=known, sender=sender, now=now, settings=settings
    )
    for decision in answers:
        if decision.is_refused:
            raise Refused(decision)
    new = [item._replace(deferred_until=d.until) for item, d in zip(new, answers, strict=True)]
    queued = messages.add_outbound(tx, new, now=now)
    _keep_decisions(tx, queued, answers, now=now)
    for item, result in zip(new, queued, strict=True):
        if result.request_hash != item.request_hash:
            raise IdempotencyConflict
    _show_in_lists(tx, new, queued, now=now)
    return queued


def _refuse_hidden(tx: Transaction, requests: Sequence[SendRequest], conversation_ids: Sequence[int]) -> None:
    """Who may not see a lead or a conversation cannot text there, and does not learn that there is one."""
    for request, conversation_id in zip(requests, conversation_ids, strict=True):
        if request.scope == EVERYTHING:
            continue
        if request.lead_id is not None:
            leads.by_id(tx, request.lead_id, scope=request.scope)
        conversations.by_id(tx, conversation_id, scope=request.scope)


def _keep_decisions(
    tx: Transaction, queued: Sequence[messages.Queued], answers: Sequence[gate.Decision], *, now: datetime
) -> None:
    told = zip(queued, answers, strict=True)
    said = [(item.id, asking.said(decision)) for item, decision in told if item.is_new]
    decisions.add(tx, said, asked_when="queue", now=now)


def _default_sender(tx: Transaction, settings: Settings) -> senders.Sender:
    address = settings.sender
    if address is None:
        raise SettingsError("Set TWILIO_PHONE_NUMBER or TWILIO_MESSAGING_SERVICE_SID to send from.")
    return senders.by_address(tx, address)


def _address(
    request: SendRequest, found: Mapping[int, leads.Lead], settings: Settings
) -> tuple[str, leads.Lead | None]:
    if request.lead_id is None:
        return normalize_phone(request.number or "", settings.leadline_region, field="to"), None
    lead = found.get(request.lead_id)
    if lead is None:
        raise NotFound("lead", request.lead_id)
    if not lead.phone:
        raise InvalidInput(f"{lead.name} has no phone number.", field="lead", code="lead_without_phone")
    return lead.phone, lead


def _write(
    tx: Transaction,
    request: SendRequest,
    lead: leads.Lead | None,
    known: dict[str, Template],
    settings: Settings,
) -> tuple[str, str]:
    """The text itself and its category."""
    if bool(request.template) == bool(request.body is not None):
        raise InvalidInput("Give either a body or a template.", field="body", code="body_or_template")
    _check_media(request.media_urls)
    if not request.template:
        return check_body(request.body or "", has_media=bool(request.media_urls)), "conversational"
    if request.template not in known:
        known[request.template] = templates.by_name(tx, request.template)
    template = known[request.template]
    return render(template, variables_for(lead, settings) | dict(request.variables)), template.category


def _seconds(resend_after: timedelta | None) -> int | None:
    if resend_after is None:
        return None
    if resend_after < RESEND_AFTER_AT_LEAST:
        raise InvalidInput(
            "Half an hour at least: sooner, it may be a second text.",
            field="resend_after",
            code="resend_after_too_soon",
        )
    return int(resend_after.total_seconds())


def _check_media(urls: Sequence[str]) -> None:
    if len(urls) > MEDIA_AT_MOST:
        raise InvalidInput("Twilio takes ten pictures at most.", field="media_urls", code="media_too_many")
    if not all(_MEDIA_URL(url) for url in urls):
        raise InvalidInput(
            "Write each address like https://example.com/roof.jpg.",
            field="media_urls",
            code="media_url_invalid",
        )


def variables_for(lead: leads.Lead | None, settings: Settings) -> dict[str, Any]:
    """The values that a template has without being told."""
    known: dict[str, Any] = {"business_name": settings.leadline_business_name}
    if lead is not None:
        known |= lead.fields
        known |= {
            "name": lead.name,
            "first_name": lead.name.split()[0] if lead.name.split() else "",
            "company": lead.company,
        }
    return {name: value for name, value in known.items() if value not in (None, "")}


def _show_in_lists(
    tx: Transaction, new: Sequence[messages.NewOutbound], queued: Sequence[messages.Queued], *, now: datetime
) -> None:
    touches = {
        item.conversation_id: conversations.Touch(
            item.conversation_id,
            item.body,
            unread=0,
            at=now,
            is_answer=item.created_by not in asking.AUTOMATIC and item.priority == 0,
        )
        for item, result in zip(new, queued, strict=True)
        if result.is_new
    }
    conversations.touch(tx, list(touches.values()))


def cancel(
    tx: Transaction, message_id: int, *, actor: str, now: datetime, scope: Scope = EVERYTHING
) -> messages.Message:
    """Take a text back before a worker has claimed it; returns it as it is then.

    Raises NotFound, or TooLate when it may have left, is over, or was taken back before.
    """
    messages.by_id(tx, message_id, scope=scope)
    if not outbox.cancel(tx, message_id, now=now):
        raise _too_late(messages.by_id(tx, message_id), "take it back")
    taken = messages.by_id(tx, message_id)
    outbox.untouch(tx, taken.conversation_id, automatic=asking.AUTOMATIC)
    audit.add(tx, actor=actor, action="message.cancel", subject=f"message:{message_id}", now=now)
    return taken


def send_now(
    tx: Transaction, message_id: int, *, actor: str, now: datetime, scope: Scope = EVERYTHING
) -> messages.Message:
    """Let a text leave that was to leave later; the gate judges it as of now when it is claimed.

    Raises NotFound, or TooLate for one whose time has come, that the gate holds back, or that is over.
    """
    messages.by_id(tx, message_id, scope=scope)
    if not outbox.bring_forward(tx, message_id, now=now):
        raise _too_late(messages.by_id(tx, message_id), "send it sooner")
    audit.add(tx, actor=actor, action="message.send_now", subject=f"message:{message_id}", now=now)
    return messages.by_id(tx, message_id)


def _too_late(found: messages.Message, what: str) -> TooLate:
    return TooLate(f"This text is {state.shown(found.state, found.status)}: too late to {what}.")
