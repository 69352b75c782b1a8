"""Leadline at work for the suite: ``python -m benchmarks.product prepare|send|claim|watch``.

Each runs in a process of its own with ``ours.VARIABLES`` as its environment, and uses what a host
application may use; this is the file to change when Leadline's own functions do.
"""

import argparse
import asyncio
import json
import logging
import sys
from collections.abc import Callable
from statistics import median
from time import perf_counter, process_time
from typing import Any
from urllib.parse import parse_qsl

import structlog
import uvloop
from sqlalchemy import create_engine, text

from harness.traffic import ACCOUNT_SID, TEXT, inbound, lead, sid
from leadline import accounts, leads, sending, serving, sessions
from leadline.app import Leadline
from leadline.leads import NewLead
from leadline.queueing import SendRequest
from leadline.sending import Claimed, ClaimRequest, Outcome
from leadline.settings import Settings
from leadline.store import search
from leadline.twilio.client import Create, Permit, SendKind, SendResult, TwilioClient
from leadline.twilio.payloads import parse_inbound_sms
from leadline.worker import Worker

_BATCH = 1_000
_CLAIM = 100
_CLAIMS = 20
# In the order of a partial index: without it, each look would read every text already sent.
_OPEN = "SELECT id FROM messages WHERE state IN ('queued', 'posting') ORDER BY conversation_id LIMIT 1"
_LOOK_SECONDS = 0.005
_MOST_SECONDS = 180.0


def prepare(messages: int) -> None:
    """Make the tables and, by the product's own path, that many sent messages for reports to speak of, whose
    words are indexed, as they are a moment after a text was queued.
    """
    with Leadline.open() as line:
        for first in range(0, messages, _BATCH):
            _queue(line, first, min(_BATCH, messages - first))
            with line.database.write() as tx:
                request = ClaimRequest("bench", _BATCH)
                claimed = line.claim(tx, [request], now=line.clock.now())[0].texts
                outcomes = [_accepted(text, first + offset) for offset, text in enumerate(claimed)]
                sending.settle(tx, outcomes, now=line.clock.now())
        _index(line)


def _index(line: Leadline) -> None:
    done = 1
    while done:
        with line.database.write() as tx:
            done = search.index_more(tx, _BATCH)


def send(messages: int) -> dict[str, float]:
    """Queue that many messages, whose words are then indexed, and let the worker send them all.

    "seconds" are from the start of the worker, before its first claim, to the last durable outcome.
    """
    with Leadline.open() as line:
        began = perf_counter()
        for first in range(0, messages, _BATCH):
            _queue(line, first, min(_BATCH, messages - first))
        queueing = perf_counter() - began
        _index(line)
        serving.keep_what_is_loaded()
        sys.setswitchinterval(serving.SWITCH_SECONDS)  # As ``serving.run`` does.
        before = process_time()
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            seconds = runner.run(asyncio.wait_for(_work(line, messages), _MOST_SECONDS))
    return {
        "seconds": seconds,
        "sent": messages,
        "creates": messages,
        "cpu": process_time() - before,
        "queued_per_second": messages / queueing,
    }


def claim(queued: int, rounds: int) -> dict[str, list[float]]:
    """Queue that many messages, then claim 2,000 in each round as the worker does, a hundred at a time.

    "microseconds" are a round's median for one row: found, passed by the gate, attempt recorded, committed.
    """
    with Leadline.open() as line:
        _fill(line, queued)
        _settle_down(line)
        return {
            "microseconds": [median(_claim_cost(line) for _ in range(_CLAIMS)) * 1e6 for _ in range(rounds)]
        }


def _settle_down(line: Leadline) -> None:
    """Do now what so large a load leaves to PostgreSQL's background, or claims would be measured beside it.
    The first million texts of an office do not come within a minute.
    """
    if line.database.is_sqlite:
        return
    engine = create_engine(line.database.url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in ("VACUUM (ANALYZE)", "CHECKPOINT"):
            connection.execute(text(statement))
    engine.dispose()


def watch(pages: int) -> list[tuple[str, int]]:
    """That many people, each with a session and a lead who wrote: the session's secret, and the conversation
    whose page they have open.
    """
    with Leadline.open() as line:
        return [_reader(line, number) for number in range(pages)]


def _reader(line: Leadline, number: int) -> tuple[str, int]:
    now = line.clock.now()
    with line.database.write() as tx:
        name = f"Agent {number}"
        email = f"agent{number}@example.com"
        user = accounts.add_user(tx, name=name, email=email, role="agent", actor="cli", now=now)
        session = sessions.begin(tx, user.id, now=now)
        leads.add(tx, [NewLead(f"Lead {number}", lead(number))], now=now, settings=line.settings)
        [received] = line.receive(tx, [parse_inbound_sms(_fields_of(number))], now=now)
    return session, received.conversation_id


def _fields_of(number: int) -> dict[str, str]:
    body = inbound(number).wire.partition(b"\r\n\r\n")[2].decode()
    return dict(parse_qsl(body, keep_blank_values=True))


def _claim_cost(line: Leadline) -> float:
    """Seconds a row for one batch."""
    request = ClaimRequest("bench", _CLAIM)
    began = perf_counter()
    with line.database.write() as tx:
        texts = line.claim(tx, [request], now=line.clock.now())[0].texts
    return (perf_counter() - began) / len(texts)


def _queue(line: Leadline, first: int, count: int) -> None:
    requests = [SendRequest(number=lead(number), body=TEXT) for number in range(first, first + count)]
    with line.database.write() as tx:
        line.queue(tx, requests, now=line.clock.now())


def _accepted(text: Claimed, number: int) -> Outcome:
    result = SendResult(ok=True, kind=SendKind.ACCEPTED, http_status=201, sid=sid(number), status="queued")
    return Outcome(text, result)


class _Counting(TwilioClient):
    """Leadline's client, counting the answers: to ask the database all the while would slow the worker."""

    answered = 0

    async def create(self, message: Create, permit: Permit) -> SendResult:
        result = await super().create(message, permit)
        self.answered += 1
        return result


async def _work(line: Leadline, messages: int) -> float:
    """Run the worker until nothing is queued or under way: the seconds it took."""
    async with _client(line.settings) as client:
        worker = Worker(line, client)
        began = perf_counter()
        running = asyncio.create_task(worker.run())
        # A worker tells nobody that it has nothing left to do.
        while client.answered < messages or _is_open(line):  # noqa: ASYNC110
            await asyncio.sleep(_LOOK_SECONDS)
        took = perf_counter() - began
        worker.stop()
        await running
    return took


def _client(settings: Settings) -> _Counting:
    return _Counting(ACCOUNT_SID, settings.api_credentials, base_url=settings.twilio_api_base_url)


def _is_open(line: Leadline) -> bool:
    with line.database.read() as tx:
        return tx.exec_driver_sql(_OPEN).first() is not None


def _fill(line: Leadline, count: int) -> None:
    """Queue a thousand by the product's own path, then copy one of them; a million would take minutes."""
    _queue(line, 0, min(count, _BATCH))
    with line.database.write() as tx:
        for statement in (_COPY_CONVERSATION, _COPY_MESSAGE):
            tx.exec_driver_sql(statement.format(first=_BATCH, last=count - 1))
    if not line.database.is_sqlite:
        # The server would do so by itself within a minute of so many inserts.
        with line.database.write() as tx:
            tx.exec_driver_sql("ANALYZE")


_COPY_CONVERSATION = """
WITH RECURSIVE n(i) AS (SELECT {first} UNION ALL SELECT i + 1 FROM n WHERE i < {last})
INSERT INTO conversations (number, consent, unread, last_at, last_text, created_at)
SELECT '+1415' || (2000000 + i), consent, 0, last_at, last_text, created_at
FROM n, (SELECT * FROM conversations LIMIT 1) AS one"""
_COPY_MESSAGE = """
WITH RECURSIVE n(i) AS (SELECT {first} UNION ALL SELECT i + 1 FROM n WHERE i < {last})
INSERT INTO messages (conversation_id, sender_id, direction, number, body, media_urls, segments, category,
  state, rank, error_code, idempotency_key, request_hash, created_by, priority, tries, looks, due_at,
  not_before, created_at)
SELECT c.id, one.sender_id, one.direction, c.number, one.body, one.media_urls, one.segments, one.category,
  one.state, one.rank, one.error_code, 'bench:' || i, one.request_hash, one.created_by,
  one.priority, one.tries, one.looks, one.due_at, one.not_before, one.created_at
FROM n JOIN conversations AS c ON c.number = '+1415' || (2000000 + i),
  (SELECT * FROM messages LIMIT 1) AS one"""


def main() -> None:
    """One verb, its answer as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True)
    for verb, counts in (
        ("prepare", ["messages"]),
        ("send", ["messages"]),
        ("claim", ["queued", "rounds"]),
        ("watch", ["pages"]),
    ):
        wanted = verbs.add_parser(verb)
        for name in counts:
            wanted.add_argument(name, type=int)
    given = vars(parser.parse_args())
    verb = given.pop("verb")
    # What LEADLINE_LOG_LEVEL=warning does in the service; standard output is for the answer.
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    if verb == "prepare":
        prepare(**given)
    else:
        tell: dict[str, Callable[..., Any]] = {"send": send, "claim": claim, "watch": watch}
        json.dump(tell[verb](**given), sys.stdout)


if __name__ == "__main__":
    main()
