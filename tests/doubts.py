"""Texts whose answers were lost, and looks at Twilio's list for them."""

from collections.abc import Sequence
from datetime import timedelta
from typing import cast as typed

from leadline import reconciling
from leadline.app import Leadline
from leadline.queueing import SendRequest
from leadline.reconciling import AT_ONCE, Found, Search
from leadline.rules.looks import LIST_LOOKS, RESEND_AFTER_AT_LEAST
from leadline.sending import Claimed
from leadline.simulator.documents import rfc_2822
from leadline.store import attempts, evidence, senders
from leadline.store.attempts import Attempt
from leadline.store.messages import Queued
from leadline.twilio.client import MessageResource, SendKind
from tests import cast, texts
from tests.clock import START, Clock

IN_DOUBT = texts.answered(SendKind.IN_DOUBT)
DAY = timedelta(hours=24)
HALF_AN_HOUR = RESEND_AFTER_AT_LEAST


def free_rate(line: Leadline) -> Leadline:
    """Let the sender have no rate of its own, so that two texts can be claimed at one moment."""
    with line.database.write() as tx:
        senders.ensure(tx, cast.OUR_NUMBER, kind="number", rate=None, is_simulated=True, now=START)
    return line


def doubt(line: Leadline, *, resend_after: timedelta | None = None) -> tuple[Queued, Claimed]:
    """A text to Lena whose answer was lost."""
    [queued] = texts.queue(
        line, SendRequest(number=cast.LENA.phone, body="Hi Lena", resend_after=resend_after)
    )
    return queued, doubt_again(line)


def doubt_again(line: Leadline) -> Claimed:
    """The next text is claimed and its answer lost."""
    [claimed] = texts.claim(line)
    texts.settle(line, claimed, IN_DOUBT)
    return claimed


def listed(
    number: int, *, after: float = 1, sender: str = cast.OUR_NUMBER, **changes: object
) -> MessageResource:
    """A message to Lena in Twilio's list, made that many seconds after the test began."""
    made = rfc_2822(START + timedelta(seconds=after))
    resource = {
        "sid": texts.sid(number),
        "account_sid": cast.ACCOUNT_SID,
        "direction": "outbound-api",
        "from": sender,
        "to": cast.LENA.phone,
        "body": "Hi Lena",
        "status": "sent",
        "error_code": None,
        "date_created": made,
        "date_sent": made,
    }
    return typed(MessageResource, resource | changes)


def take(line: Leadline) -> list[Search]:
    """The searches that are due."""
    with line.database.write() as tx:
        [searches] = reconciling.take(tx, [AT_ONCE], now=line.clock.now())
    return searches


def record(line: Leadline, searches: Sequence[Search], found: tuple[MessageResource, ...] | None) -> None:
    """Each of these searches had that result."""
    with line.database.write() as tx:
        reconciling.record(tx, [Found(search, found) for search in searches], now=line.clock.now())


def look(line: Leadline, *found: MessageResource) -> None:
    """Time passes until the first look, which finds these."""
    assert isinstance(line.clock, Clock)
    line.clock.advance(LIST_LOOKS[0])
    record(line, take(line), found)


def look_at(line: Leadline, clock: Clock, after: timedelta, *found: MessageResource) -> None:
    """The look that long after the test began finds these."""
    clock.advance(max(START + after - clock.now(), timedelta(0)))
    record(line, take(line), found)


def look_until_given_up(line: Leadline) -> None:
    """Every look finds nothing."""
    assert isinstance(line.clock, Clock)
    for moment in LIST_LOOKS:
        look_at(line, line.clock, moment)


def attempts_of(line: Leadline, queued: Queued) -> list[Attempt]:
    with line.database.read() as tx:
        return attempts.of_message(tx, queued.id)


def facts(line: Leadline, queued: Queued) -> list[tuple[str, str]]:
    """The (kind, status) of all evidence about the text's attempts."""
    with line.database.read() as tx:
        known = attempts.of_message(tx, queued.id)
        sids = [each.twilio_sid for each in known if each.twilio_sid]
        return [(fact.kind, fact.status) for fact in evidence.of_message(tx, [a.id for a in known], sids)]


def state(line: Leadline, queued: Queued) -> str:
    return texts.now(line, queued).state


def sid(line: Leadline, queued: Queued) -> str | None:
    return texts.now(line, queued).twilio_sid


def decide(line: Leadline, queued: Queued, decision: str) -> None:
    """Alice sends it again, or leaves it."""
    act = reconciling.send_again if decision == "send_again" else reconciling.leave
    with line.database.write() as tx:
        act(tx, queued.id, actor="user:1", now=line.clock.now())
