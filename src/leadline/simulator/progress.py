"""The life of an outbound text, from accepted to its last state.

Direct: queued, sending, sent, delivered. Through a service: accepted, then queued once a sender is
picked. Scheduled: scheduled until its moment, then as any other.
https://www.twilio.com/docs/messaging/guides/outbound-message-logging
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from leadline.rules.segments import count_segments
from leadline.simulator.account import Account
from leadline.simulator.outcomes import (
    DELIVERED,
    PHONE_OUTCOMES,
    REPORTED,
    Outcome,
    failed,
    result_for,
)
from leadline.simulator.plan import Draw, Faults
from leadline.simulator.records import Message
from leadline.simulator.reports import Reports
from leadline.simulator.sender_queue import SenderQueues
from leadline.simulator.tasks import Tasks
from leadline.simulator.webhooks import Webhooks

# Picking a sender, then sending, sent and the final state.
_STEPS = 4


@dataclass(frozen=True, slots=True)
class Course:
    """What was settled for a text when it was accepted: its pace, its time in the queue, its faults."""

    pauses: tuple[float, ...]
    wait: float
    validity: float
    draw: Draw


class Progress:
    """Moves texts through their states, each in a task of its own.

    ``delay`` gives the least and the most seconds of each step. ``arrive`` is called with a text
    that reached its phone.
    """

    def __init__(
        self,
        account: Account,
        *,
        webhooks: Webhooks,
        tasks: Tasks,
        faults: Faults,
        delay: tuple[float, float],
    ) -> None:
        self._account = account
        self._webhooks = webhooks
        self._tasks = tasks
        self._faults = faults
        self._delay = delay
        self._queues = SenderQueues()
        self.arrive: Callable[[Message], None] | None = None

    def begin(
        self, message: Message, draw: Draw, *, validity: float, send_at: datetime | None = None
    ) -> asyncio.Task[None]:
        """Start the life of a text that was just accepted; the task ends with its last state."""
        course = self._course(message, draw, validity)
        if send_at is None:
            return self._tasks.spawn(self._live(message, course))
        seconds = (send_at - self._account.clock.now()).total_seconds()
        return self._tasks.spawn(self._live_later(message, course, seconds), far=True)

    def is_queue_full(self, sender: str, segments: int) -> bool:
        """Whether the sender's queue has no room for that many more segments."""
        plan, now = self._faults.plan, self._account.clock.monotonic()
        return self._queues.is_full(sender, segments, now=now, rate=plan.rate, limit=plan.limit)

    def cancel(self, message: Message) -> Message | None:
        """Withdraw a scheduled text; its callback tells so."""
        canceled = self._account.change(message.sid, status="canceled")
        if canceled:
            self._reports(Draw()).add(canceled)
        return canceled

    def _course(self, message: Message, draw: Draw, validity: float) -> Course:
        is_queued = message.status == "queued"
        wait = self._join_queue(message.from_ or "", message.segments) if is_queued else 0.0
        pauses = tuple(self._pause() for _ in range(_STEPS))
        if "callback_early" in draw.text:
            pauses, wait = (0.0,) * _STEPS, 0.0
        return Course(pauses, wait, validity, draw)

    def _pause(self) -> float:
        least, most = self._delay
        return self._account.random.uniform(least, most) if most else 0.0

    def _join_queue(self, sender: str, segments: int) -> float:
        now = self._account.clock.monotonic()
        return self._queues.join(sender, segments, now=now, rate=self._faults.plan.rate)

    def _reports(self, draw: Draw) -> Reports:
        return Reports(
            draw, self._faults.plan, account=self._account, webhooks=self._webhooks, tasks=self._tasks
        )

    async def _live_later(self, message: Message, course: Course, seconds: float) -> None:
        await self._account.clock.sleep(seconds)
        waiting = self._account.messages.get(message.sid)
        if waiting is None or waiting.status != "scheduled":
            return
        accepted = self._account.change(message.sid, status="accepted")
        if accepted:
            self._tasks.spawn(self._live(accepted, course))

    async def _live(self, message: Message, course: Course) -> None:
        reports = self._reports(course.draw)
        if message.status == "accepted":
            await self._sleep(course.pauses[0])
            await self._live_through_service(message, course, reports)
        else:
            await self._live_in_queue(message, course.wait, course, reports)
        await reports.close()

    async def _live_through_service(self, message: Message, course: Course, reports: Reports) -> None:
        sender = message.from_ or self._sender_for(message)
        segments = count_segments(message.body).segments or 1
        if self.is_queue_full(sender, segments):
            await self._walk(message, failed(30001, "queue overflow"), course, reports)
            return
        queued = self._account.change(message.sid, status="queued", from_=sender, segments=segments)
        if queued:
            reports.add(queued)
            wait = self._join_queue(sender, segments)
            await self._live_in_queue(queued, wait, course, reports)

    async def _live_in_queue(self, message: Message, wait: float, course: Course, reports: Reports) -> None:
        if wait > course.validity:
            await self._sleep(course.validity)
            outcome = failed(30036, "validity ran out")
        else:
            await self._sleep(wait)
            outcome = self._outcome(message)
        await self._walk(message, outcome, course, reports)

    def _sender_for(self, message: Message) -> str:
        # A person keeps hearing from the same number of the pool ("sticky sender").
        service = self._account.configuration.service(message.service)
        pool = service.pool if service else (message.from_ or "",)
        key = (message.service or "", message.to)
        return self._account.sticky.setdefault(key, pool[message.place % len(pool)])

    def _outcome(self, message: Message) -> Outcome:
        if self._account.is_blocked(message.to, message.service or message.from_ or ""):
            return failed(21610, "opted out")
        phone = self._account.phones.get(message.to)
        chosen = PHONE_OUTCOMES[phone.outcome] if phone else DELIVERED
        return result_for(message.to) or chosen

    async def _walk(self, message: Message, outcome: Outcome, course: Course, reports: Reports) -> None:
        for status, pause in zip(outcome.path, course.pauses[1:], strict=False):
            if not pause and status not in REPORTED:
                continue
            await self._sleep(pause)
            error = outcome.error if status == outcome.path[-1] else None
            moved = self._step(message.sid, status, error)
            if moved is None:
                return
            if status in REPORTED:
                reports.add(moved)
            if status == "delivered" and self.arrive:
                self.arrive(moved)

    def _step(self, sid: str, status: str, error: int | None) -> Message | None:
        if status == "sent":
            return self._account.change(sid, status=status, sent=self._account.clock.now(), priced=True)
        return self._account.change(sid, status=status, error_code=error)

    async def _sleep(self, seconds: float) -> None:
        if seconds > 0:
            await self._account.clock.sleep(seconds)
