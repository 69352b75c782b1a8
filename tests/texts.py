"""Short ways to say what tests about texts do all the time."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from leadline import reconciling, sending
from leadline.app import Leadline
from leadline.queueing import SendRequest
from leadline.reconciling import Found
from leadline.reports import Report
from leadline.rules.looks import LIST_LOOKS
from leadline.sending import Claimed, ClaimRequest, Outcome
from leadline.store.leads import Lead
from leadline.store.messages import Message, Queued
from leadline.twilio.client import SendKind, SendResult, TwilioClient
from leadline.twilio.payloads import InboundSms, parse_inbound_sms
from leadline.understanding import Ordered
from tests import cast
from tests.clock import Clock


def sid(number: int) -> str:
    """A message SID."""
    return f"SM{number:032x}"


def add_lena(line: Leadline) -> Lead:
    """The lead that tests text."""
    return line.add_lead(cast.LENA.name, cast.LENA.phone)


def claim(line: Leadline, *, limit: int = 10, worker: str = "worker") -> list[Claimed]:
    """What a worker gets now."""
    with line.database.write() as tx:
        [claims] = line.claim(tx, [ClaimRequest(worker, limit)], now=line.clock.now())
    return claims.texts


def claim_one(line: Leadline, body: str = "Hi") -> Claimed:
    """A text to Lena that a worker has."""
    queue(line, SendRequest(number=cast.LENA.phone, body=body))
    [found] = claim(line)
    return found


def in_doubt(line: Leadline, body: str = "Hi") -> Claimed:
    """A text to Lena whose answer was lost."""
    found = claim_one(line, body)
    settle(line, found, answered(SendKind.IN_DOUBT))
    return found


def unconfirmed(line: Leadline, clock: Clock, body: str = "Hi") -> Claimed:
    """A text to Lena that was looked for to the end, a day later."""
    found = in_doubt(line, body)
    clock.advance(LIST_LOOKS[-1] + timedelta(minutes=1))
    nothing_found(line)
    return found


def nothing_found(line: Leadline) -> None:
    """Twilio's list is read to its end for all that is due, and is empty."""
    with line.database.write() as tx:
        [searches] = reconciling.take(tx, [10], now=line.clock.now())
        reconciling.record(tx, [Found(search, ()) for search in searches], now=line.clock.now())


def sent_twice(line: Leadline, clock: Clock) -> Claimed:
    """A text that was sent again, and whose first attempt turned out to have left too."""
    first = unconfirmed(line, clock)
    with line.database.write() as tx:
        reconciling.send_again(tx, first.message_id, actor="cli", now=clock.now())
    [second] = claim(line)
    settle(line, second, accepted(1))
    report(line, (2, "delivered", 0), token=first.token)
    return first


def accepted(number: int, *, status: str = "queued") -> SendResult:
    """Twilio took it."""
    return SendResult(ok=True, kind=SendKind.ACCEPTED, sid=sid(number), status=status, http_status=201)


def answered(kind: SendKind, *, code: int | None = None, retry_after: float | None = None) -> SendResult:
    """Any other answer."""
    return SendResult(ok=False, kind=kind, error_code=code, retry_after=retry_after)


def settle(line: Leadline, claimed: Claimed, result: SendResult) -> bool:
    """Write what came of a claimed text; whether it took effect."""
    with line.database.write() as tx:
        [took] = sending.settle(tx, [Outcome(claimed, result)], now=line.clock.now())
    return took


def report(line: Leadline, *said: tuple[int, str, int], token: str | None = None) -> None:
    """Twilio reports (text number, status, error code), all in one batch."""
    reports = [
        Report(sid(number), status, code, cast.LENA.phone, "{}", token) for number, status, code in said
    ]
    with line.database.write() as tx:
        line.record(tx, reports, now=line.clock.now())


def inbound(number: int, body: str, **fields: Any) -> InboundSms:
    """A text from Lena, unless the fields say otherwise."""
    form = {
        "MessageSid": sid(number),
        "AccountSid": cast.ACCOUNT_SID,
        "From": cast.LENA.phone,
        "To": cast.OUR_NUMBER,
        "Body": body,
        "NumMedia": "0",
        "NumSegments": "1",
    }
    return parse_inbound_sms(form | fields)


def receive(line: Leadline, *texts: InboundSms) -> None:
    """Texts arrive, all in one batch. Where their order matters, Twilio says that it was this one."""
    with line.database.write() as tx:
        received = line.receive(tx, texts, now=line.clock.now())
        unordered = [
            Ordered(text, each.unordered_with, is_after=True)
            for text, each in zip(texts, received, strict=True)
            if each.unordered_with
        ]
        line.receive_ordered(tx, unordered, now=line.clock.now())


class TwilioWithTimes(TwilioClient):
    """Says when it got some texts, by SID, or fails."""

    def __init__(self, times: Mapping[str, Any], error: Exception | None = None) -> None:
        super().__init__(cast.ACCOUNT_SID, (cast.ACCOUNT_SID, cast.AUTH_TOKEN))
        self.times, self.error = times, error

    async def fetch(self, sid: str) -> Any:
        if self.error:
            raise self.error
        return {"sid": sid, "date_created": self.times[sid]} if sid in self.times else None


def queue(line: Leadline, *requests: SendRequest) -> Sequence[Queued]:
    """Queue texts in one transaction."""
    with line.database.write() as tx:
        return line.queue(tx, requests, now=line.clock.now())


def now(line: Leadline, queued: Queued | Claimed) -> Message:
    """The text as it is now."""
    return line.message(queued.message_id if isinstance(queued, Claimed) else queued.id)
