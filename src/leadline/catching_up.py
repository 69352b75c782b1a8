"""Catching up: after a restore, fetch what came and what left since the backup.

Replies come through ``polling``, a STOP among them. Texts that left and that no row is known for are stored
as what they are: sent. They wait until Twilio's list was searched for every text in doubt, so that a text
the database still knows is found as itself.
"""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import structlog

from leadline import polling
from leadline.app import Leadline
from leadline.errors import TwilioError
from leadline.polling import Poll
from leadline.restoring import CATCH_UP
from leadline.rules import matching
from leadline.rules.looks import STATUS_LOOKS
from leadline.rules.status import is_final
from leadline.sending import apply_early_reports
from leadline.store import attempts, chores, conversations, leads, messages, senders
from leadline.store.conversations import Touch
from leadline.store.database import Transaction
from leadline.store.messages import NewSent
from leadline.twilio import listed
from leadline.twilio.client import MessageResource, TwilioClient

log = structlog.get_logger("leadline.catching_up")

TAKEN_FOR = timedelta(minutes=10)
AT_ONCE = 200
CREATED_BY = "restored"
_EVER = datetime(1970, 1, 1, tzinfo=UTC)


async def catch_up_due(line: Leadline, client: TwilioClient) -> None:
    """Fetch what came and left since the backup, if sending is held for that and it has not been done.

    A crash, or an answer that does not come, means that the same is read again later.
    """
    poll = await line.writer.write(take, None)
    if poll is None:
        return
    try:
        is_done = await _catch_up(line, client, poll)
    except TwilioError as error:
        log.warning("not_caught_up", reason=str(error))
        is_done = False
    if is_done:
        await line.writer.write(done, poll.since)
    else:
        await line.writer.write(put_off, None)


async def _catch_up(line: Leadline, client: TwilioClient, poll: Poll) -> bool:
    """Whether it could be done to its end. What leads wrote comes first: it may be a STOP."""
    overlapping = Poll(poll.since - polling.OVERLAP, poll.senders)
    received = await polling.fetch_missed(line, client, overlapping)
    with line.database.read() as tx:
        if attempts.unlooked(tx):
            return False
    sent = await _fetch_sent(line, client, poll)
    log.warning("caught_up", received=received, sent=sent)
    return True


async def _fetch_sent(line: Leadline, client: TwilioClient, poll: Poll) -> int:
    """Store the texts that left since then and that nobody here remembers; how many."""
    count, waiting = 0, list[MessageResource]()
    async for message in _outbound(client, poll):
        waiting.append(message)
        if len(waiting) == AT_ONCE:
            count += await line.writer.write(record_sent, waiting)
            waiting = []
    return count + await line.writer.write(record_sent, waiting)


async def _outbound(client: TwilioClient, poll: Poll) -> AsyncIterator[MessageResource]:
    """Newest first for each number of ours; with a service the whole account, whose numbers are not known."""
    ours = {sender.address for sender in poll.senders}
    has_service = any(sender.kind == "service" for sender in poll.senders)
    for number in [None] if has_service else sorted(ours):
        async for message in client.list_messages(from_=number, page_size=polling.PAGE):
            created = listed.moment(message.get("date_created"))
            if created is not None and created < poll.since - matching.BEFORE:
                break
            is_ours = not ours.isdisjoint((message.get("from"), message.get("messaging_service_sid")))
            if message.get("direction") == "outbound-api" and is_ours:
                yield message


def take(tx: Transaction, asked: Sequence[None], *, now: datetime) -> list[Poll | None]:
    """Since when to fetch, for the first who asks, if there is anything to catch up on."""
    chore = chores.take(tx, CATCH_UP, now=now, until=now + TAKEN_FOR)
    if chore is None:
        return [None] * len(asked)
    return [Poll(chore.through, tuple(senders.everyone(tx))), *[None] * (len(asked) - 1)]


def done(tx: Transaction, since: Sequence[datetime], *, now: datetime) -> list[None]:  # noqa: ARG001  A use case.
    """Everything since then has been read. What was begun again meanwhile, is not over."""
    for each in since:
        chores.end(tx, CATCH_UP, through=each)
    return [None] * len(since)


def put_off(tx: Transaction, asked: Sequence[None], *, now: datetime) -> list[None]:
    """It could not be done to its end; the next time that somebody asks, again."""
    chores.put_off(tx, CATCH_UP, next_at=now)
    return [None] * len(asked)


@dataclass(frozen=True, slots=True)
class _Sent:
    """A message of Twilio's list, read."""

    sid: str
    number: str
    body: str
    status: str
    created: datetime
    resource: MessageResource


def record_sent(tx: Transaction, batches: Sequence[Sequence[MessageResource]], *, now: datetime) -> list[int]:
    """Store what nobody here remembers as accepted texts of its conversation; how many of each batch."""
    return [_record_sent(tx, batch, now=now) for batch in batches]


def _record_sent(tx: Transaction, resources: Sequence[MessageResource], *, now: datetime) -> int:
    known = attempts.known_sids(tx, [resource["sid"] for resource in resources])
    unknown = [_read(resource, now=now) for resource in resources if resource["sid"] not in known]
    # The oldest first, so that the thread has them in their order.
    forgotten = [each for each in reversed(unknown) if not _may_be_in_doubt(tx, each)]
    threads = conversations.open_for(tx, [each.number for each in forgotten], now=now)
    owners = leads.owners(threads).ask(tx)
    ours = {sender.address: sender.id for sender in senders.everyone(tx)}
    new = [
        NewSent(
            conversation_id=threads[each.number].id,
            lead_id=owners.get(each.number),
            sender_id=_sender(each.resource, ours),
            number=each.number,
            body=each.body,
            segments=int(each.resource.get("num_segments") or 1),
            twilio_sid=each.sid,
            status=each.status,
            error_code=each.resource.get("error_code") or 0,
            look_at=None if is_final(each.status) else now + STATUS_LOOKS[0],
            at=min(each.created, now),
        )
        for each in forgotten
    ]
    added = messages.add_sent(tx, new, created_by=CREATED_BY)
    last = {each.conversation_id: Touch(each.conversation_id, each.body, 0, each.at) for each in new}
    conversations.touch(tx, list(last.values()))
    apply_early_reports(tx, list(added))
    return len(added)


def _read(resource: MessageResource, *, now: datetime) -> _Sent:
    return _Sent(
        sid=resource["sid"],
        number=resource["to"],
        body=resource.get("body") or "",
        status=resource.get("status") or "accepted",
        created=listed.moment(resource.get("date_created")) or now,
        resource=resource,
    )


def _sender(resource: MessageResource, ours: dict[str, int]) -> int:
    return ours.get(resource.get("from") or "") or ours[resource.get("messaging_service_sid") or ""]


def _may_be_in_doubt(tx: Transaction, sent: _Sent) -> bool:
    """Whether a text in doubt reads the same: then this may be it, and the reconciler goes on looking."""
    candidates = attempts.without_sid(tx, sent.number, since=_EVER)
    return any(
        attempt.closed_at is None
        and attempt.started_at <= sent.created + matching.BEFORE
        and matching.plain(body) == matching.plain(sent.body)
        for attempt, _, body in candidates
    )
