"""Reconciling: find out from Twilio's list what became of texts whose answers and reports were lost.

A create call that got no answer must not be repeated, so its text is in doubt. A report with the attempt's
token usually settles that within seconds. If none comes, Twilio's list of messages to that number is
searched, seven times in a day, since it can lag by hours. What is found is bound to its attempt; what is
not found after the last look is unconfirmed, and a person decides. docs/sending.md has the machine.
"""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from leadline import refusals
from leadline.errors import TooLate, TwilioError
from leadline.refusals import Refusal
from leadline.rules import looks, matching, state
from leadline.rules.matching import Finding, Listed, Match, Tried
from leadline.rules.status import is_final, join, rank
from leadline.sending import LEASE, Proof, accept
from leadline.store import attempts, audit, conversations, evidence, messages, outbox
from leadline.store.attempts import Attempt, Standing
from leadline.store.database import Transaction
from leadline.store.messages import Message
from leadline.store.scope import EVERYTHING, Scope
from leadline.store.writer import Writer
from leadline.twilio.client import MessageResource, TwilioClient
from leadline.twilio.listed import moment

log = structlog.get_logger("leadline.reconciling")

AT_ONCE = 50
SIDE_BY_SIDE = 8
# Like texts that began within this of one another are judged together, or one's message could be taken for
# the other's.
NEARBY = timedelta(hours=1)
# Longer than reading a list takes; a worker that dies meanwhile delays the look by this.
TAKEN_FOR = timedelta(minutes=2)
PAGE = 200


@dataclass(frozen=True, slots=True)
class Search:
    """The list of one number is to be read back to ``since`` for these attempts."""

    number: str
    since: datetime
    until: datetime
    attempt_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What the list had; None when it could not be read to its end, which says nothing."""

    search: Search
    listed: tuple[MessageResource, ...] | None


async def search_due(*, writer: Writer, client: TwilioClient) -> None:
    """Look for every attempt whose time has come, a few numbers side by side: after an outage there may be
    thousands. A crash only means that its looks are made later.
    """
    while searches := await writer.write(take, AT_ONCE):
        for first in range(0, len(searches), SIDE_BY_SIDE):
            together = searches[first : first + SIDE_BY_SIDE]
            await asyncio.gather(*(_search(search, writer=writer, client=client) for search in together))


async def _search(search: Search, *, writer: Writer, client: TwilioClient) -> None:
    await writer.write(record, Found(search, await _read(client, search)))


async def _read(client: TwilioClient, search: Search) -> tuple[MessageResource, ...] | None:
    """All messages to the number since then, by either order that Twilio's list has: newest first, and, since
    a queued message has no date_sent, by the days on which they may have been sent.
    """
    found: dict[str, MessageResource] = {}
    try:
        async for message in client.list_messages(to=search.number, page_size=PAGE):
            created = moment(message.get("date_created"))
            if created is not None and created < search.since:
                break
            found[message["sid"]] = message
        day = search.since.date()
        while day <= search.until.date():
            async for message in client.list_messages(to=search.number, date_sent=day, page_size=PAGE):
                found[message["sid"]] = message
            day += timedelta(days=1)
    except TwilioError as error:
        log.warning("list_not_read", reason=str(error))
        return None
    return tuple(found.values())


def take(tx: Transaction, limits: Sequence[int], *, now: datetime) -> list[list[Search]]:
    """The searches that are due, for each worker that asks."""
    return [_take(tx, limit, now=now) for limit in limits]


def _take(tx: Transaction, limit: int, *, now: datetime) -> list[Search]:
    by_number: dict[str, list[Attempt]] = {}
    for attempt in attempts.take_for_look(tx, now=now, until=now + TAKEN_FOR, limit=limit):
        by_number.setdefault(messages.by_id(tx, attempt.message_id).number, []).append(attempt)
    return [
        Search(
            number,
            since=_first_began(tx, number, group) - matching.AFTER,
            until=min(max(each.lease_until for each in group) + matching.AFTER, now),
            attempt_ids=tuple(each.id for each in group),
        )
        for number, group in by_number.items()
    ]


def _first_began(tx: Transaction, number: str, group: Sequence[Attempt]) -> datetime:
    """When the first began of these and of those that could be taken for them, also ones given up."""
    first = min(each.started_at for each in group)
    nearby = attempts.without_sid(tx, number, since=first - NEARBY)
    return min((attempt.started_at for attempt, _, _ in nearby), default=first)


def record(tx: Transaction, found: Sequence[Found], *, now: datetime) -> list[None]:
    """Draw the conclusions from what the list had: accepted, look again, or unconfirmed."""
    for each in found:
        if each.listed is None:
            later = now + looks.FAILED_LOOK_AGAIN
            attempts.look_again(tx, each.search.attempt_ids, at=later, counts=False)
        else:
            _conclude(tx, each.search, each.listed, now=now)
    return [None] * len(found)


def _conclude(
    tx: Transaction, search: Search, resources: Sequence[MessageResource], *, now: datetime
) -> None:
    ours = {
        resource["sid"]: resource for resource in resources if resource.get("direction") == "outbound-api"
    }
    candidates = attempts.without_sid(tx, search.number, since=search.since)
    known = attempts.known_sids(tx, ours)
    listed = [_listed(resource) for sid, resource in ours.items() if sid not in known]
    by_id = {attempt.id: attempt for attempt, _, _ in candidates}
    tried = [_tried(*candidate) for candidate in candidates]
    for match in matching.match(tried, [each for each in listed if each is not None]):
        attempt = by_id[match.attempt_id]
        if match.sid is not None:
            _bind(tx, attempt, ours[match.sid], now=now)
        elif attempt.id in search.attempt_ids:
            _look_later(tx, attempt, match, now=now)


def _listed(resource: MessageResource) -> Listed | None:
    created = moment(resource.get("date_created"))
    if created is None:
        return None
    names = (resource.get("from"), resource.get("messaging_service_sid"))
    return Listed(
        resource["sid"], frozenset(name for name in names if name), resource.get("body") or "", created
    )


def _tried(attempt: Attempt, sender: str, body: str) -> Tried:
    return Tried(
        attempt.id,
        sender,
        body,
        attempt.started_at,
        attempt.lease_until,
        is_under_way=attempt.outcome is None,
    )


def _bind(tx: Transaction, attempt: Attempt, resource: MessageResource, *, now: datetime) -> None:
    standing = Standing(attempt.id, attempt.message_id, is_open=attempt.closed_at is None, twilio_sid=None)
    unheard = _unheard(tx, resource)
    _keep(tx, "list", resource, attempt_id=attempt.id, now=now)
    accept(tx, [Proof(standing, resource["sid"])], resolved_by="list", now=now)
    _raise(tx, resource)
    refusals.learn(tx, unheard, now=now)
    log.info("found_in_list", message=attempt.message_id, sid=resource["sid"])


def _look_later(tx: Transaction, attempt: Attempt, match: Match, *, now: datetime) -> None:
    """Nothing certain this time. After the last look, or when its policy says so, the waiting is over."""
    message = messages.by_id(tx, attempt.message_id)
    if match.finding is not Finding.NOTHING:
        _keep_finding(tx, attempt, match.finding, now=now)
    resend_at = _resend_at(tx, message, attempt)
    if resend_at is not None and match.finding is Finding.NOTHING and resend_at <= now:
        _send_again(tx, message, by="policy", now=now)
        return
    at = looks.next_look(looks.LIST_LOOKS, _last_start(attempt), now=now)
    if match.finding is Finding.UNDER_WAY:
        at = now + looks.FAILED_LOOK_AGAIN
    if resend_at is not None and now < resend_at:
        at = min(at or resend_at, resend_at)
    attempts.look_again(tx, [attempt.id], at=at, counts=match.finding is not Finding.UNDER_WAY)
    if at is None and message.state == state.IN_DOUBT:
        outbox.mark_unconfirmed(tx, [attempt.message_id])
        log.warning("unconfirmed", message=attempt.message_id, finding=match.finding)


def _resend_at(tx: Transaction, message: Message, attempt: Attempt) -> datetime | None:
    """When the text's own policy sends it again: once, and never when the conversation has moved on.

    Each time may be a double, and what hides one text from the list may hide the next as well.
    """
    if message.resend_after is None or message.state != state.IN_DOUBT:
        return None
    if any(each.resolved_by == "policy" for each in attempts.of_message(tx, message.id)):
        return None
    last = conversations.by_id(tx, message.conversation_id).last_inbound_at
    if last is not None and last > attempt.started_at:
        return None
    return _last_start(attempt) + timedelta(seconds=message.resend_after)


def _last_start(attempt: Attempt) -> datetime:
    """When its call began at the latest. Of an attempt that a restore put in doubt nobody knows better than
    that it began before the restore was noticed.
    """
    return max(attempt.started_at, attempt.lease_until - LEASE)


def _keep_finding(tx: Transaction, attempt: Attempt, finding: Finding, *, now: datetime) -> None:
    fact = evidence.Evidence("list", attempt.id, None, status=finding, error_code=0, raw="{}")
    evidence.add(tx, [fact], now=now)
    if finding is Finding.TOO_MANY:
        log.warning("others_send_the_same", message=attempt.message_id, reason="the account has more of them")


def _keep(
    tx: Transaction, kind: str, resource: MessageResource, *, attempt_id: int | None, now: datetime
) -> None:
    fact = evidence.Evidence(
        kind,
        attempt_id,
        resource["sid"],
        status=resource.get("status") or "",
        error_code=resource.get("error_code") or 0,
        raw=json.dumps(resource, ensure_ascii=False),
    )
    evidence.add(tx, [fact], now=now)


def _raise(tx: Transaction, resource: MessageResource) -> None:
    status, code = join([(resource.get("status") or "", resource.get("error_code"))])
    outbox.raise_status(tx, [(resource["sid"], status, rank(status), code or 0)])


def _unheard(tx: Transaction, resource: MessageResource) -> list[Refusal]:
    number, sender = resource.get("to") or "", resource.get("from") or ""
    refusal = Refusal(number, resource.get("error_code") or 0, sender)
    return refusals.unheard(tx, [(resource["sid"], resource.get("status") or "", refusal)])


# What a person decides of a text that nobody could find.


def send_again(
    tx: Transaction, message_id: int, *, actor: str, now: datetime, scope: Scope = EVERYTHING
) -> Message:
    """Send an unconfirmed text once more. Should the first have left after all, a double is recorded.

    Raises NotFound, or TooLate when its fate is known or still being looked into.
    """
    message = _unconfirmed(tx, message_id, scope=scope)
    _send_again(tx, message, by="person", now=now)
    audit.add(tx, actor=actor, action="message.send_again", subject=f"message:{message_id}", now=now)
    return messages.by_id(tx, message_id)


def leave(
    tx: Transaction, message_id: int, *, actor: str, now: datetime, scope: Scope = EVERYTHING
) -> Message:
    """Leave an unconfirmed text at that. Raises as ``send_again``; late evidence still counts."""
    message = _unconfirmed(tx, message_id, scope=scope)
    _decide(tx, message, "leave", by="person", now=now)
    outbox.leave(tx, message_id, now=now)
    audit.add(tx, actor=actor, action="message.leave", subject=f"message:{message_id}", now=now)
    return messages.by_id(tx, message_id)


def _unconfirmed(tx: Transaction, message_id: int, *, scope: Scope) -> Message:
    message = messages.by_id(tx, message_id, scope=scope, for_update=True)
    if message.state == state.IN_DOUBT:
        raise TooLate("We are still looking for this text at Twilio. Decide when that is over.")
    if message.state != state.UNCONFIRMED:
        raise TooLate(
            f"This text is {state.shown(message.state, message.status)}: there is nothing to decide."
        )
    return message


def _send_again(tx: Transaction, message: Message, *, by: str, now: datetime) -> None:
    _decide(tx, message, "send_again", by=by, now=now)
    outbox.queue_again(tx, [message.id], now=now)


def _decide(tx: Transaction, message: Message, decision: str, *, by: str, now: datetime) -> None:
    """Close the attempt that is open, and keep who decided as evidence beside Twilio's."""
    still_open = [each.id for each in attempts.of_message(tx, message.id) if each.closed_at is None]
    facts = [
        evidence.Evidence(by, each, None, status=decision, error_code=0, raw="{}") for each in still_open
    ]
    evidence.add(tx, facts, now=now)
    attempts.close(tx, still_open, resolved_by=by, now=now)


# Texts that Twilio took, and whose last status never came.


async def fetch_unreported(*, writer: Writer, client: TwilioClient) -> None:
    """Ask by SID about texts whose last status should have been reported. Stop when Twilio does not answer;
    one that it has no answer about must not hold up the others.
    """
    for message_id, sid, looked in await writer.write(take_unreported, AT_ONCE):
        try:
            resource = await client.fetch(sid)
        except TwilioError as error:
            log.warning("status_not_fetched", message=message_id, reason=str(error))
            if error.http_status is None:
                return
            continue
        await writer.write(record_fetched, Fetched(message_id, looked, resource))


@dataclass(frozen=True, slots=True)
class Fetched:
    """What Twilio says of one text; None when it has no such text (any more)."""

    message_id: int
    looked: int
    resource: MessageResource | None


def take_unreported(
    tx: Transaction, limits: Sequence[int], *, now: datetime
) -> list[list[tuple[int, str, int]]]:
    """(message, SID, looks so far) to ask about, for each worker that asks."""
    return [_take_unreported(tx, limit, now=now) for limit in limits]


def _take_unreported(tx: Transaction, limit: int, *, now: datetime) -> list[tuple[int, str, int]]:
    taken = outbox.unreported(tx, now=now, limit=limit)
    for message_id, _, looked in taken:
        # Due again soon, should the answer not be recorded.
        outbox.look_again(tx, message_id, look_at=now + TAKEN_FOR, looks=looked)
    return taken


def record_fetched(tx: Transaction, fetched: Sequence[Fetched], *, now: datetime) -> list[None]:
    """Keep what Twilio said; after the last time without a last status, "no delivery report" stands."""
    for each in fetched:
        if each.resource is not None:
            unheard = _unheard(tx, each.resource)
            _keep(tx, "fetch", each.resource, attempt_id=None, now=now)
            _raise(tx, each.resource)
            refusals.learn(tx, unheard, now=now)
        if each.resource is None or not is_final(each.resource.get("status") or ""):
            looked = each.looked + 1
            outbox.look_again(tx, each.message_id, look_at=_next_fetch(looked, now=now), looks=looked)
    return [None] * len(fetched)


def _next_fetch(looked: int, *, now: datetime) -> datetime | None:
    if looked >= len(looks.STATUS_LOOKS):
        return None
    return now + looks.STATUS_LOOKS[looked] - looks.STATUS_LOOKS[looked - 1]
