"""Status callbacks: what each says, in what order they go out, and what a fault does to them.

https://www.twilio.com/docs/messaging/guides/outbound-message-status-in-status-callbacks
"""

import asyncio
from typing import Any

from leadline.simulator.account import Account
from leadline.simulator.plan import Draw, Plan
from leadline.simulator.problems import FAILURES
from leadline.simulator.records import Message
from leadline.simulator.tasks import Tasks
from leadline.simulator.webhooks import Fields, Forgery, Webhooks

_OTHER_KEY = "some other account"
_HELD = frozenset({"callback_reordered", "callback_concurrent"})


def report_fields(message: Message, account_sid: str) -> Fields:
    """The fields of a status callback, in the order seen in captured requests."""
    fields = [
        ("SmsSid", message.sid),
        ("SmsStatus", message.status),
        ("MessageStatus", message.status),
        ("To", message.to),
        ("MessageSid", message.sid),
        ("AccountSid", account_sid),
        ("From", message.from_ or ""),
        ("ApiVersion", "2010-04-01"),
    ]
    if message.service:
        fields.append(("MessagingServiceSid", message.service))
    if message.error_code is not None:
        fields += [
            ("ErrorCode", str(message.error_code)),
            ("ErrorMessage", FAILURES.get(message.error_code, "")),
        ]
    if message.status in ("delivered", "undelivered"):
        fields.append(("RawDlrDoneDate", f"{message.updated:%y%m%d%H%M}"))
    return fields


class Reports:
    """The callbacks of one text. Without a fault each waits for the answer to the one before.

    Twilio promises no order at all; here it takes a fault to lose it, so that a test without faults
    always sees the same.
    """

    def __init__(self, draw: Draw, plan: Plan, *, account: Account, webhooks: Webhooks, tasks: Tasks) -> None:
        self._draw = draw
        self._plan = plan
        self._account = account
        self._webhooks = webhooks
        self._tasks = tasks
        self._count = 0
        self._last: asyncio.Task[Any] | None = None
        self._held: list[tuple[Message, frozenset[str]]] = []

    def add(self, message: Message) -> None:
        """Report the status that the message has now, if there is an address to report it to."""
        faults = self._draw.callback(self._count)
        self._count += 1
        if not message.status_callback or "callback_dropped" in faults:
            return
        if self._draw.text & _HELD:
            self._held.append((message, faults))
        elif "callback_delayed" in faults:
            self._tasks.spawn(self._deliver(message, faults))
        else:
            self._last = self._tasks.spawn(self._deliver_after(self._last, message, faults))

    async def close(self) -> None:
        """Send what was held back. With ``callback_early`` this returns when all were answered."""
        for message, faults in reversed(self._held):
            if "callback_concurrent" in self._draw.text:
                self._tasks.spawn(self._deliver(message, faults))
            else:
                self._last = self._tasks.spawn(self._deliver_after(self._last, message, faults))
        self._held.clear()
        if "callback_early" in self._draw.text and self._last:
            await self._last

    async def _deliver_after(
        self, before: asyncio.Task[Any] | None, message: Message, faults: frozenset[str]
    ) -> None:
        if before is not None:
            await before
        await self._deliver(message, faults)

    async def _deliver(self, message: Message, faults: frozenset[str]) -> None:
        if "callback_delayed" in faults:
            await self._account.clock.sleep(self._plan.callback_delay)
        copies = self._plan.copies if "callback_doubled" in faults else 1
        token = self._webhooks.new_token()
        await asyncio.gather(*(self._post(message, faults, token) for _ in range(copies)))

    async def _post(self, message: Message, faults: frozenset[str], token: str) -> None:
        await self._webhooks.post(
            message.status_callback or "",
            report_fields(message, self._account.sid),
            kind="status",
            sid=message.sid,
            forgery=self._forgery(faults),
            idempotency_token=token,
        )

    def _forgery(self, faults: frozenset[str]) -> Forgery | None:
        if "callback_unsigned" in faults:
            return Forgery(_OTHER_KEY)
        return Forgery(self._account.auth_token, _corrupt) if "callback_corrupted" in faults else None


def _corrupt(fields: Fields) -> Fields:
    return [(name, "read" if name == "MessageStatus" else value) for name, value in fields]
