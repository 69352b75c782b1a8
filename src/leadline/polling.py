"""Polling: fetch from Twilio's list the texts of leads whose webhooks never reached us.

Twilio calls a webhook once or a few times and then gives up; after an outage of ours the text is in Twilio's
list alone. So a worker reads that list when it starts, and every five minutes, and hands what is unknown to
``receiving``, as if its webhook had come.
"""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from leadline.app import Leadline
from leadline.errors import PayloadError, TwilioError
from leadline.store import attempts, chores, senders
from leadline.store.database import Transaction
from leadline.store.senders import Sender
from leadline.twilio import listed
from leadline.twilio.client import MessageResource, TwilioClient
from leadline.twilio.payloads import Media

log = structlog.get_logger("leadline.polling")

POLL_EVERY = timedelta(minutes=5)
# Twilio's list can lag, by six hours at worst, and our clock may be an hour ahead of Twilio's: each poll
# reads these hours again.
OVERLAP = timedelta(hours=8)
TAKEN_FOR = timedelta(minutes=10)
TRY_AGAIN = timedelta(minutes=1)
PAGE = 1000


@dataclass(frozen=True, slots=True)
class Poll:
    """Texts to our ``senders`` sent since then are to be looked through."""

    since: datetime
    senders: tuple[Sender, ...]


async def poll_due(line: Leadline, client: TwilioClient) -> int:
    """Store what leads wrote and no webhook brought, if it is time to look; how many texts that was.

    A crash, or an answer that does not come, means that the same is read again later.
    """
    began = line.clock.now()
    poll = await line.writer.write(take, None)
    if poll is None:
        return 0
    try:
        missed = await fetch_missed(line, client, poll)
    except TwilioError as error:
        log.warning("inbound_not_polled", reason=str(error))
        await line.writer.write(put_off, None)
        return 0
    await line.writer.write(done, began)
    if missed:
        log.warning("texts_had_no_webhook", count=missed)
    return missed


async def fetch_missed(line: Leadline, client: TwilioClient, poll: Poll) -> int:
    """Hand every unknown text since then to ``receiving``, the oldest first; how many that was.

    Raises TwilioError when the list, or the files of a text, could not be read: what is missing then is read
    by the next poll.
    """
    found = [message async for message in _inbound(client, poll)]
    unknown = _unknown(line, [message["sid"] for message in found])
    missed = [message for message in reversed(found) if message["sid"] in unknown]
    stored, unread = 0, list[TwilioError]()
    for message in missed:
        try:
            text = listed.inbound(message, await _files(client, message))
        except PayloadError as error:
            log.warning("listed_text_not_understood", sid=message["sid"], reason=str(error))
        except TwilioError as error:  # One text must not hold up the later ones.
            unread.append(error)
        else:
            await line.writer.write(line.receive, text)
            stored += 1
    if unread:
        raise unread[0]
    return stored


async def _files(client: TwilioClient, message: MessageResource) -> list[Media]:
    """The text's files; none when they were deleted since."""
    if not listed.has_files(message):
        return []
    try:
        return await client.list_media(message["sid"])
    except TwilioError as error:
        if error.http_status != 404:
            raise
        return []


async def _inbound(client: TwilioClient, poll: Poll) -> AsyncIterator[MessageResource]:
    """Newest first for each number of ours. Which number of a service a lead wrote to is not known before,
    so with a service the whole account is read.
    """
    ours = {sender.address for sender in poll.senders}
    has_service = any(sender.kind == "service" for sender in poll.senders)
    for number in [None] if has_service else sorted(ours):
        listing = client.list_messages(to=number, date_sent_after=poll.since.date(), page_size=PAGE)
        async for message in listing:
            sent = listed.moment(message.get("date_sent"))
            if sent is not None and sent < poll.since:
                break
            is_ours = not ours.isdisjoint((message.get("to"), message.get("messaging_service_sid")))
            if message.get("direction") == "inbound" and is_ours:
                yield message


def _unknown(line: Leadline, sids: Sequence[str]) -> set[str]:
    with line.database.read() as tx:
        return set(sids) - attempts.known_sids(tx, sids)


def take(tx: Transaction, asked: Sequence[None], *, now: datetime) -> list[Poll | None]:
    """The poll, if it is due, for the first who asks."""
    chores.ensure(tx, chores.INBOUND, now=now)
    chore = chores.take(tx, chores.INBOUND, now=now, until=now + TAKEN_FOR)
    if chore is None:
        return [None] * len(asked)
    poll = Poll(chore.through - OVERLAP, tuple(senders.everyone(tx)))
    return [poll, *[None] * (len(asked) - 1)]


def done(tx: Transaction, began: Sequence[datetime], *, now: datetime) -> list[None]:
    """Everything until ``began`` has been read, but for what the list did not show yet."""
    chores.done(tx, chores.INBOUND, through=max(began), next_at=now + POLL_EVERY)
    return [None] * len(began)


def put_off(tx: Transaction, asked: Sequence[None], *, now: datetime) -> list[None]:
    """Twilio could not be asked; soon again."""
    chores.put_off(tx, chores.INBOUND, next_at=now + TRY_AGAIN)
    return [None] * len(asked)
