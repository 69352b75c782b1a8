"""The benchmarks measure what they say: genuine requests, no two alike, no figure for one that lost rows."""

import sqlite3
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest
from twilio.request_validator import RequestValidator  # type: ignore[import-untyped,unused-ignore]

from benchmarks import receiving
from benchmarks.contenders import FLASK
from benchmarks.goals import Goal, Verdict
from benchmarks.load import Outcome
from benchmarks.plan import interleaved
from harness.databases import Database
from harness.traffic import (
    AUTH_TOKEN,
    INBOUND_PATH,
    PUBLIC_URL,
    REQUESTS,
    SIDS_PER_BLOCK,
    STATUS_PATH,
    STATUSES,
    distinct_messages,
    messages_in,
)

BLOCK = SIDS_PER_BLOCK * len(STATUSES)
OUTCOME = Outcome(
    rate=3.0,
    p50_ms=1.0,
    p99_ms=1.0,
    max_ms=1.0,
    answered=3,
    messages=3,
    refused=0,
    unanswered=0,
    in_flight=0,
    used_up=False,
)


@pytest.mark.parametrize("number", [0, 1, SIDS_PER_BLOCK, BLOCK - 1, BLOCK, BLOCK + 12_345])
@pytest.mark.parametrize(("kind", "path"), [("status", STATUS_PATH), ("inbound", INBOUND_PATH)])
def test_the_official_validator_accepts_the_requests(kind: str, path: str, number: int) -> None:
    head, _, body = REQUESTS[kind](number).wire.partition(b"\r\n\r\n")
    headers = dict(line.split(b": ", 1) for line in head.split(b"\r\n")[1:])
    fields = dict(parse_qsl(body.decode(), keep_blank_values=True))
    assert RequestValidator(AUTH_TOKEN).validate(
        PUBLIC_URL + path, fields, headers[b"X-Twilio-Signature"].decode()
    )
    assert int(headers[b"Content-Length"]) == len(body)


@pytest.mark.parametrize("kind", ["status", "inbound"])
def test_no_request_comes_twice(kind: str) -> None:
    numbers = list(chain(range(0, 2 * BLOCK, 1_000), range(1, 2 * BLOCK, 1_000)))
    assert len({REQUESTS[kind](number).wire for number in numbers}) == len(numbers)


@pytest.mark.parametrize(
    ("requests", "messages"),
    [(1, SIDS_PER_BLOCK), (BLOCK, SIDS_PER_BLOCK), (BLOCK + 1, 2 * SIDS_PER_BLOCK)],
)
def test_every_message_that_is_spoken_of_is_counted(requests: int, messages: int) -> None:
    assert messages_in(requests) == messages
    assert REQUESTS["status"](requests - 1).message < messages


@pytest.mark.parametrize(
    ("requests", "messages"),
    [
        (0, 0),
        (7, 7),
        (SIDS_PER_BLOCK + 7, SIDS_PER_BLOCK),
        (BLOCK, SIDS_PER_BLOCK),
        (BLOCK + 7, SIDS_PER_BLOCK + 7),
    ],
)
def test_the_messages_of_the_requests_issued_are_counted(requests: int, messages: int) -> None:
    assert distinct_messages("status")(requests) == messages
    assert distinct_messages("inbound")(requests) == requests


@pytest.mark.parametrize(
    ("stored", "changes", "fault"),
    [
        (3, {}, ""),
        (2, {}, "3 acknowledged, 2 stored"),
        (4, {}, "3 acknowledged, 4 stored"),
        (3, {"answered": 0}, "nothing was acknowledged"),
        (4, {"unanswered": 1}, "0 refused and 1 unanswered"),
        (4, {"unanswered": 1, "answered": 1_000}, ""),
        (4, {"in_flight": 1}, ""),
        (5, {"in_flight": 1}, "3 acknowledged, 5 stored"),
    ],
)
def test_a_run_counts_only_when_its_rows_agree(
    tmp_path: Path, stored: int, changes: dict[str, Any], fault: str
) -> None:
    file = tmp_path / "peer.db"
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE message_status (sid TEXT)")
        connection.executemany("INSERT INTO message_status VALUES (?)", [(f"SM{n}",) for n in range(stored)])
    connection.close()
    outcome = replace(OUTCOME, **changes)
    assert receiving._fault(outcome, FLASK, "status", Database("sqlite", str(file))) == fault


def test_the_order_turns_round_with_each_round() -> None:
    assert list(interleaved(("a", "b", "c"), 3)) == ["a", "b", "c", "c", "b", "a", "a", "b", "c"]


@pytest.mark.parametrize(
    ("goal", "value", "word"),
    [
        (Goal("more", 10), 10.0, "met"),
        (Goal("more", 10), 9.9, "NOT MET"),
        (Goal("less", 10, at_most=True), 10.1, "NOT MET"),
        (Goal("more", 10), None, "not measured: no figure"),
    ],
)
def test_a_verdict_is_said_in_words(goal: Goal, value: float | None, word: str) -> None:
    assert Verdict(goal, value, "no figure").word() == word
