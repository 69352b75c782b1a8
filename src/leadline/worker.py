"""The worker: claim texts, post them to Twilio with no transaction open, settle what became of them.

It runs inside ``leadline serve`` or as a process of its own; any number may run on one PostgreSQL, and
several processes on one SQLite file: each text is claimed by one of them.
"""

import asyncio
import os
import socket
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from functools import partial

import structlog

from leadline import attachments, catching_up, indexing, polling, reconciling, restoring, sending
from leadline.app import Leadline
from leadline.errors import InvalidInput, StoreUnavailable
from leadline.last_look import LastLook
from leadline.sending import Claimed, ClaimRequest, Claims, Outcome
from leadline.settings import Settings
from leadline.store import generation
from leadline.twilio.client import Create, Permit, SendKind, SendResult, TwilioClient

log = structlog.get_logger("leadline.worker")

# How long an idle worker waits for texts that another process queued, or that become due.
POLL = timedelta(seconds=1)
RECOVER_EVERY = timedelta(seconds=30)
SEARCH_EVERY = timedelta(seconds=5)
FETCH_EVERY = timedelta(seconds=60)
INDEX_EVERY = timedelta(seconds=2)
# How often the database grows older: what a restored one is told by.
BEAT_EVERY = timedelta(seconds=60)
# How often to see whether it is time for the poll, which one of all workers does.
ASK_FOR_POLL_EVERY = timedelta(seconds=30)
# In widths, which is how many calls may be under way at once: how many texts are claimed at a time, how many
# of them are left when more are claimed, and how many outcomes may wait for the database before no more are.
# Claims of one width made the worker a sixth slower. They are of one while answers are slow, for a text that
# waits too long is given back.
CLAIMED_AT_ONCE = 2
SLOW = timedelta(seconds=0.5)
LEFT_AT_LEAST = 0.5
UNSETTLED_AT_MOST = 4
STOP_WITHIN = timedelta(seconds=25)

# A text that has waited longer than this since the gate let it pass is given back, to be asked again: the
# lead may have said stop meanwhile.
GATE_HOLDS = timedelta(seconds=3)
# So is one that has not left by then, though connecting and the last look may take their time: a machine that
# slept meanwhile must not send it in the night, or after it was written off.
LEAVES_WITHIN = timedelta(seconds=30)

_NOT_BEGUN = SendResult(ok=False, kind=SendKind.NOT_BEGUN)


class Worker:
    """Sends what is queued. ``run`` until ``stop``; ``wake`` when something was queued in this process."""

    def __init__(self, line: Leadline, client: TwilioClient) -> None:
        self.name = f"{socket.gethostname()}:{os.getpid()}"
        self._line = line
        self._settings = line.settings
        self._writer = line.writer
        self._client = client
        self._clock = line.clock
        self._width = line.settings.leadline_send_concurrency
        self._left_at_least = int(LEFT_AT_LEAST * self._width)
        self._claimed: asyncio.Queue[tuple[Claimed, float]] = asyncio.Queue()
        self._posted: list[Outcome] = []
        self._has_posted = asyncio.Event()
        self._awake = asyncio.Event()
        self._unsettled = 0
        self._waited = 0.0  # The text that was posted last, in seconds.
        self._is_stopping = False

    def wake(self) -> None:
        """There may be something to send."""
        self._awake.set()

    def stop(self) -> None:
        """Claim nothing more; ``run`` returns when what is under way is settled, in 25 s at most."""
        self._is_stopping = True
        self._awake.set()

    async def run(self) -> None:
        """Send until stopped. An unreachable database is waited out; any other fault ends the worker."""
        self._last_look = LastLook(self._line.database, self._clock)
        try:
            await self._run()
        finally:
            await self._last_look.close()

    async def _run(self) -> None:
        async with asyncio.TaskGroup() as tasks:
            hands = [tasks.create_task(self._send_claimed()) for _ in range(self._width)]
            others = [
                tasks.create_task(self._settle_posted()),
                tasks.create_task(self._every(BEAT_EVERY, self._beat)),
                tasks.create_task(self._every(RECOVER_EVERY, self._recover)),
                tasks.create_task(self._every(POLL, self._fetch_attachments)),
                tasks.create_task(self._every(SEARCH_EVERY, self._search)),
                tasks.create_task(self._every(FETCH_EVERY, self._fetch_unreported)),
                tasks.create_task(self._every(ASK_FOR_POLL_EVERY, self._poll)),
                tasks.create_task(self._every(INDEX_EVERY, self._index)),
            ]
            await self._claim_until_stopped()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._claimed.join(), STOP_WITHIN.total_seconds())
            for task in hands + others:
                task.cancel()

    async def _claim_until_stopped(self) -> None:
        """Keep few texts claimed beyond those under way: after a crash all of them would be in doubt."""
        while not self._is_stopping:
            self._awake.clear()
            is_full = self._unsettled > UNSETTLED_AT_MOST * self._width
            if is_full or self._claimed.qsize() > self._left_at_least:
                await self._awake.wait()
                continue
            started = self._clock.monotonic()
            claims = await self._claim()
            self._unsettled += len(claims.texts)
            for text in claims.texts:
                self._claimed.put_nowait((text, started))
            if not claims.texts:
                await self._rest(claims)

    async def _claim(self) -> Claims:
        try:
            widths = 1 if self._waited > SLOW.total_seconds() else CLAIMED_AT_ONCE
            return await self._writer.write(self._line.claim, ClaimRequest(self.name, widths * self._width))
        except StoreUnavailable as error:
            log.warning("database_unavailable", reason=str(error))
            return Claims([], None)

    async def _rest(self, claims: Claims) -> None:
        """Until someone wakes us, a sender's rate allows more, or it is time to look again."""
        wait = POLL
        if claims.again_at is not None:
            wait = min(wait, claims.again_at - self._clock.now())
        sleeping = asyncio.ensure_future(self._clock.sleep(max(wait.total_seconds(), 0)))
        waking = asyncio.ensure_future(self._awake.wait())
        try:
            await asyncio.wait((sleeping, waking), return_when=asyncio.FIRST_COMPLETED)
        finally:
            sleeping.cancel()
            waking.cancel()

    async def _send_claimed(self) -> None:
        """Post one text after the other. Their outcomes are written meanwhile, many in a batch."""
        while True:
            text, claimed_at = await self._claimed.get()
            if self._claimed.qsize() == self._left_at_least:
                self._awake.set()
            result = await self._post(text, claimed_at)
            self._posted.append(Outcome(text, result))
            self._has_posted.set()

    async def _post(self, text: Claimed, claimed_at: float) -> SendResult:
        self._waited = self._clock.monotonic() - claimed_at
        if self._is_stopping or self._waited > GATE_HOLDS.total_seconds():
            return _NOT_BEGUN
        try:
            return await self._client.create(self._create(text), self._permit(text, claimed_at))
        except InvalidInput as error:  # It cannot be written as a call, so it never left and never will.
            return SendResult(ok=False, kind=SendKind.REJECTED, error_message=str(error))

    def _permit(self, text: Claimed, claimed_at: float) -> Permit:
        if text.confirms_opt_out:  # The one text that may follow an opt-out.
            return Permit(text.decision_id)
        until = claimed_at + LEAVES_WITHIN.total_seconds()
        return Permit(text.decision_id, partial(self._last_look.at, text.conversation_id, until))

    def _create(self, text: Claimed) -> Create:
        is_service = text.sender.kind == "service"
        return Create(
            to=text.number,
            body=text.body or None,
            from_=None if is_service else text.sender.address,
            messaging_service_sid=text.sender.address if is_service else None,
            media_urls=tuple(text.media_urls),
            status_callback=status_callback(self._settings, text.token),
            validity_period=self._settings.leadline_validity_period,
        )

    async def _settle_posted(self) -> None:
        """Write outcomes, as many as have come while the last ones were written."""
        while True:
            await self._has_posted.wait()
            self._has_posted.clear()
            outcomes, self._posted = self._posted, []
            await self._settle(outcomes)
            self._unsettled -= len(outcomes)
            self._awake.set()
            for outcome in outcomes:
                self._claimed.task_done()
                self._line.counters.sends[outcome.result.kind] += 1
                _log(outcome)

    async def _settle(self, outcomes: list[Outcome]) -> None:
        """An outcome is worth waiting for: without it the text would be in doubt."""
        while True:
            try:
                await self._writer.write(sending.settle_all, outcomes)
            except StoreUnavailable as error:
                log.warning("outcomes_wait_for_database", count=len(outcomes), reason=str(error))
                await self._clock.sleep(POLL.total_seconds())
            except Exception:  # One outcome that cannot be written must not cost us the others.
                if len(outcomes) > 1:
                    for outcome in outcomes:
                        await self._settle([outcome])
                else:
                    # Its text stays posting until its lease is over, and then is in doubt.
                    log.exception("outcome_not_written", message=outcomes[0].claimed.message_id)
                return
            else:
                return

    async def _every(self, pause: timedelta, chore: Callable[[], Awaitable[None]]) -> None:
        while True:
            try:
                await chore()
            except StoreUnavailable as error:
                log.warning("database_unavailable", reason=str(error))
            await self._clock.sleep(pause.total_seconds())

    async def _beat(self) -> None:
        file = generation.file_of(self._line.database.url, folder=self._settings.leadline_media_dir)
        noted = await self._writer.write(restoring.beat, file)
        if noted is not None:
            restoring.note(file, noted)

    async def _recover(self) -> None:
        found = await self._writer.write(sending.recover, self.name)
        if found:
            log.warning("texts_in_doubt", count=found, reason="their worker died before it had an answer")

    async def _search(self) -> None:
        await reconciling.search_due(writer=self._writer, client=self._client)

    async def _fetch_unreported(self) -> None:
        await reconciling.fetch_unreported(writer=self._writer, client=self._client)

    async def _poll(self) -> None:
        await polling.poll_due(self._line, self._client)
        await catching_up.catch_up_due(self._line, self._client)

    async def _index(self) -> None:
        await indexing.index_due(self._line)

    async def _fetch_attachments(self) -> None:
        await attachments.fetch_due(
            database=self._line.database,
            writer=self._writer,
            client=self._client,
            settings=self._settings,
            clock=self._clock,
        )


def status_callback(settings: Settings, token: str) -> str | None:
    """Where Twilio reports on an attempt. The token is in the path since Twilio reorders queries; the
    fragment asks for five retries on any failure, where the default is one, on failing to connect
    (https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides).
    """
    if settings.leadline_public_url is None:
        return None
    return f"{settings.leadline_public_url}/api/webhooks/twilio/status/{token}#rc=5&rp=all"


def _log(outcome: Outcome) -> None:
    result = outcome.result
    if result.kind is SendKind.ACCEPTED:
        log.debug("sent", message=outcome.claimed.message_id, sid=result.sid)
    else:
        log.warning(
            "not_sent" if result.kind is not SendKind.IN_DOUBT else "in_doubt",
            message=outcome.claimed.message_id,
            kind=result.kind,
            code=result.error_code,
        )
