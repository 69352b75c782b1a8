"""Taking texts in that are to be sent: creates of the API, and answers by TwiML."""

import asyncio
from dataclasses import dataclass

from leadline.rules.segments import count_segments
from leadline.simulator.account import Account
from leadline.simulator.form import Form
from leadline.simulator.media import picture
from leadline.simulator.order import LONGEST_VALIDITY, Order, read_order
from leadline.simulator.plan import WELL, Draw
from leadline.simulator.problems import Problem
from leadline.simulator.progress import Progress
from leadline.simulator.records import Accepted, Message
from leadline.simulator.twiml import ReplyText


@dataclass(frozen=True, slots=True)
class Taken:
    """A text that was accepted, as it was at that moment, and the task that is the rest of its life."""

    message: Message
    life: asyncio.Task[None]


class Outbound:
    """Accepts texts. Whatever it accepts from the API is in the ledger before anything else happens."""

    def __init__(self, account: Account, progress: Progress) -> None:
        self._account = account
        self._progress = progress

    def create(self, form: Form, draw: Draw = WELL) -> Taken:
        """Accept the create of that form. Raises Problem when Twilio would refuse it."""
        order = read_order(form, self._account)
        segments = count_segments(order.body).segments or 1
        self._check_sender_is_free(order, segments)
        message = self._account.add(self._message(order, segments))
        self._enter(message, order)
        life = self._progress.begin(message, draw, validity=order.validity, send_at=order.send_at)
        return Taken(message, life)

    def answer(self, inbound: Message, text: ReplyText) -> Message:
        """Accept a text that a TwiML document answers with; it is not a create, so not in the ledger."""
        now = self._account.clock.now()
        message = Message(
            place=self._account.next_place(),
            sid=self._account.new_sid("MM" if text.media else "SM"),
            direction="outbound-reply",
            to=text.to or inbound.from_ or "",
            from_=text.from_ or inbound.to,
            body=text.body,
            status="queued",
            created=now,
            updated=now,
            segments=count_segments(text.body).segments or 1,
            media=tuple(picture(self._account, url) for url in text.media),
            service=inbound.service,
            status_callback=text.callback or self._account.configuration.status_callback,
        )
        self._account.add(message)
        self._progress.begin(message, WELL, validity=LONGEST_VALIDITY)
        return message

    def _check_sender_is_free(self, order: Order, segments: int) -> None:
        # Through a service both of these are found only after accepting, and reported by callback.
        if order.service or order.from_ is None:
            return
        if self._account.is_blocked(order.to, order.from_):
            raise Problem(21610)
        if self._progress.is_queue_full(order.from_, segments):
            raise Problem(21611)

    def _message(self, order: Order, segments: int) -> Message:
        now = self._account.clock.now()
        service = order.service
        default = self._account.configuration.status_callback
        return Message(
            place=self._account.next_place(),
            sid=self._account.new_sid("MM" if order.media else "SM"),
            direction="outbound-api",
            to=order.to,
            from_=order.from_,
            body=order.body,
            status=_first_status(order),
            created=now,
            updated=now,
            segments=0 if service else segments,
            media=tuple(picture(self._account, url) for url in order.media),
            service=service.sid if service else None,
            status_callback=order.status_callback or (service and service.status_callback) or default,
        )

    def _enter(self, message: Message, order: Order) -> None:
        ledger = self._account.ledger
        ledger.append(
            Accepted(
                index=len(ledger),
                sid=message.sid,
                to=message.to,
                from_=message.from_,
                service=message.service,
                body=message.body,
                media=order.media,
                status_callback=order.status_callback,
                at=message.created,
                form=order.form.pairs,
            )
        )


def _first_status(order: Order) -> str:
    if order.send_at is not None:
        return "scheduled"
    return "accepted" if order.service else "queued"
