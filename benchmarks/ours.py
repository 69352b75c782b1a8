"""Everything of Leadline's own that the suite runs or asks: the one place to change when Leadline does.

``python -m benchmarks.ours prepare|send|claim`` is run by the suite, each in a process of its own with
``VARIABLES`` as its environment.
"""

import argparse
import asyncio
import json
import logging
import sys
from collections.abc import Mapping
from importlib.util import find_spec
from statistics import median
from time import perf_counter, process_time
from typing import TYPE_CHECKING

import structlog
import uvloop

from benchmarks.traffic import ACCOUNT_SID, AUTH_TOKEN, OUR_NUMBER, PUBLIC_URL, TEXT, lead, sid

if TYPE_CHECKING:
    from leadline.app import Leadline
    from leadline.sending import Claimed, Outcome

LEADLINE = ("{python}", "-m", "leadline")
SERVE = (*LEADLINE, "serve", "--host", "127.0.0.1", "--port", "{port}")
VERIFY_ONLY = "benchmarks.peers.verify_only:create_app"

VARIABLES: Mapping[str, str] = {
    "LEADLINE_DATABASE_URL": "{database}",
    "LEADLINE_PUBLIC_URL": PUBLIC_URL,
    "LEADLINE_LOG_LEVEL": "warning",
    "LEADLINE_SENDER_RATE": "0",
    "TWILIO_ACCOUNT_SID": ACCOUNT_SID,
    "TWILIO_AUTH_TOKEN": AUTH_TOKEN,
    "TWILIO_PHONE_NUMBER": OUR_NUMBER,
}

# No SQLAlchemy driver is named: which one serves a plain URL is for Leadline to know.
SCHEMES: Mapping[str, str | None] = {}

# By kind of webhook: how many distinct messages were stored.
ROWS: Mapping[str, str] = {
    "status": "SELECT count(DISTINCT twilio_sid) FROM evidence WHERE kind = 'report'",
    "inbound": "SELECT count(*) FROM messages WHERE direction = 'inbound'",
}
SENT = "SELECT count(DISTINCT twilio_sid) FROM messages WHERE state = 'accepted'"
ATTEMPTS = "SELECT count(*) FROM attempts"

# The module without which a part cannot be measured.
_NEEDS: Mapping[str, str] = {
    "serve": "leadline.cli",
    "send": "leadline.twilio.client",
    "claim": "leadline.twilio.client",
}

_BATCH = 1_000
_CLAIM = 100
_CLAIMS = 20
_OPEN = "SELECT count(*) FROM (SELECT 1 FROM messages WHERE state IN ('queued', 'posting') LIMIT 1) AS one"
_LOOK_SECONDS = 0.02
_MOST_SECONDS = 180.0


def is_there(part: str) -> bool:
    """Whether this tree has what "serve", "send" or "claim" needs."""
    return has(_NEEDS[part])


def has(module: str) -> bool:
    """Whether this tree has that module; imports nothing but the packages above it."""
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False


def prepare(messages: int) -> None:
    """Make the tables and, by the product's own path, that many sent messages for reports to speak of."""
    from leadline import sending
    from leadline.app import Leadline

    with Leadline.open() as line:
        for first in range(0, messages, _BATCH):
            _queue(line, first, min(_BATCH, messages - first))
            with line.database.write() as tx:
                request = sending.ClaimRequest("bench", _BATCH)
                claimed = sending.claim(tx, [request], now=line.clock.now())[0].texts
                outcomes = [_accepted(text, first + offset) for offset, text in enumerate(claimed)]
                sending.settle(tx, outcomes, now=line.clock.now())


def send(messages: int) -> dict[str, float]:
    """Queue that many messages, then let the worker send them all.

    "seconds" are from the start of the worker, before its first claim, to the last durable outcome.
    """
    from leadline.app import Leadline

    with Leadline.open() as line:
        began = perf_counter()
        for first in range(0, messages, _BATCH):
            _queue(line, first, min(_BATCH, messages - first))
        queueing = perf_counter() - began
        before = process_time()
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            seconds = runner.run(_work(line))
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
    from leadline.app import Leadline

    with Leadline.open() as line:
        _fill(line, queued)
        return {
            "microseconds": [median(_claim_cost(line) for _ in range(_CLAIMS)) * 1e6 for _ in range(rounds)]
        }


def _claim_cost(line: "Leadline") -> float:
    """Seconds a row for one batch."""
    from leadline import sending

    request = sending.ClaimRequest("bench", _CLAIM)
    began = perf_counter()
    with line.database.write() as tx:
        texts = sending.claim(tx, [request], now=line.clock.now())[0].texts
    return (perf_counter() - began) / len(texts)


def _queue(line: "Leadline", first: int, count: int) -> None:
    from leadline.sending import SendRequest

    requests = [SendRequest(number=lead(number), body=TEXT) for number in range(first, first + count)]
    with line.database.write() as tx:
        line.queue(tx, requests, now=line.clock.now())


def _accepted(text: "Claimed", number: int) -> "Outcome":
    from leadline.twilio.client import SendKind, SendResult

    from leadline.sending import Outcome

    result = SendResult(ok=True, kind=SendKind.ACCEPTED, http_status=201, sid=sid(number), status="queued")
    return Outcome(text, result)


async def _work(line: "Leadline") -> float:
    """Run the worker until nothing is queued or under way."""
    from leadline.twilio.client import TwilioClient

    from leadline.worker import Worker

    settings = line.settings
    api = TwilioClient(ACCOUNT_SID, settings.api_credentials, base_url=settings.twilio_api_base_url)
    async with api as client:
        worker = Worker(
            settings=settings,
            database=line.database,
            writer=line.writer,
            client=client,
            clock=line.clock,
        )
        began = perf_counter()
        running = asyncio.create_task(worker.run())
        # A worker tells nobody that it has nothing left to do.
        while _is_open(line) and perf_counter() < began + _MOST_SECONDS:  # noqa: ASYNC110
            await asyncio.sleep(_LOOK_SECONDS)
        took = perf_counter() - began
        worker.stop()
        await running
    return took


def _is_open(line: "Leadline") -> bool:
    with line.database.read() as tx:
        return bool(tx.exec_driver_sql(_OPEN).scalar_one())


def _fill(line: "Leadline", count: int) -> None:
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
  state, rank, error_code, decision, idempotency_key, request_hash, created_by, priority, tries, due_at,
  not_before, created_at)
SELECT c.id, one.sender_id, one.direction, c.number, one.body, one.media_urls, one.segments, one.category,
  one.state, one.rank, one.error_code, one.decision, 'bench:' || i, one.request_hash, one.created_by,
  one.priority, one.tries, one.due_at, one.not_before, one.created_at
FROM n JOIN conversations AS c ON c.number = '+1415' || (2000000 + i),
  (SELECT * FROM messages LIMIT 1) AS one"""


def main() -> None:
    """One verb, its answer as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True)
    for verb, counts in (("prepare", ["messages"]), ("send", ["messages"]), ("claim", ["queued", "rounds"])):
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
        json.dump(send(**given) if verb == "send" else claim(**given), sys.stdout)


if __name__ == "__main__":
    main()
