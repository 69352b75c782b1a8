"""The shown status depends on the set of reports: every order of seven, and thousands of random sets.

LEADLINE_TEST_REPORT_SETS says how many random sets; 50,000 take some minutes.
"""

import os
import random
from collections.abc import Iterator, Sequence
from itertools import islice, permutations

import pytest

from leadline import reports, sending
from leadline.app import Leadline
from leadline.queueing import SendRequest
from leadline.reports import Report
from leadline.rules.status import join
from leadline.sending import Claimed, ClaimRequest, Outcome
from leadline.store import messages
from tests import cast, texts
from tests.doubts import free_rate

Said = tuple[str, int]

# Three last words that contradict each other, two of them with errors, beside the usual ones.
SEVEN: tuple[Said, ...] = (
    ("queued", 0),
    ("sending", 0),
    ("sent", 0),
    ("undelivered", 30003),
    ("canceled", 0),
    ("failed", 30008),
    ("delivered", 0),
)
MORE: tuple[Said, ...] = (
    *SEVEN,
    ("scheduled", 0),
    ("accepted", 0),
    ("undelivered", 30007),
    ("failed", 0),
    ("read", 0),
    ("partially_delivered", 0),
    ("teleported", 0),
)
SETS = int(os.environ.get("LEADLINE_TEST_REPORT_SETS", "2000"))
AT_ONCE = 500
ROUNDS = 4


@pytest.fixture
def line(line: Leadline) -> Leadline:
    return free_rate(line)


def claim(line: Leadline, count: int) -> list[Claimed]:
    """That many texts under way, each to somebody else, in the order they were queued."""
    wanted = [SendRequest(number=f"+1303555{n:04}", body="hi") for n in range(count)]
    texts.queue(line, *wanted)
    with line.database.write() as tx:
        [claims] = line.claim(tx, [ClaimRequest("worker", count)], now=line.clock.now())
    return sorted(claims.texts, key=lambda text: text.message_id)


def accept(line: Leadline, claimed: Sequence[Claimed]) -> None:
    """Twilio takes each under its own number."""
    with line.database.write() as tx:
        outcomes = [Outcome(text, texts.accepted(text.message_id)) for text in claimed]
        sending.settle(tx, outcomes, now=line.clock.now())


def record(line: Leadline, said: Sequence[tuple[int, Said]]) -> None:
    """Twilio reports this of these messages, many in a batch."""
    for start in range(0, len(said), AT_ONCE):
        batch = [
            Report(texts.sid(message_id), status, code, cast.LENA.phone, "", None)
            for message_id, (status, code) in said[start : start + AT_ONCE]
        ]
        with line.database.write() as tx:
            reports.record(tx, batch, now=line.clock.now())


def shown(line: Leadline, message_ids: Sequence[int]) -> list[Said]:
    with line.database.read() as tx:
        found = {message.id: message for message in messages.recent(tx, limit=len(message_ids))}
    return [(found[message_id].status or "", found[message_id].error_code) for message_id in message_ids]


def test_every_order_of_seven_reports_ends_the_same(line: Leadline) -> None:
    """All 5,040 of them, each for a text of its own."""
    orders = list(permutations(SEVEN))
    claimed = claim(line, len(orders))
    accept(line, claimed)
    ids = [text.message_id for text in claimed]

    for place in range(len(SEVEN)):
        record(line, [(message_id, order[place]) for message_id, order in zip(ids, orders, strict=True)])

    assert len(ids) == 5040
    assert set(shown(line, ids)) == {("delivered", 30008)}


def test_any_set_of_reports_ends_the_same_dropped_doubled_early_or_shuffled(line: Leadline) -> None:
    """Each set is told of two texts, each in an order and in batches of its own."""
    dice = random.Random(20261122)
    drawn = iter(range(SETS))
    while sets := [_draw(dice) for _ in islice(drawn, AT_ONCE)]:
        _tell_of_two(line, sets, dice)


def _draw(dice: random.Random) -> tuple[Said, ...]:
    return tuple(dice.choices(MORE, k=dice.randint(0, 9)))


def _tell_of_two(line: Leadline, sets: Sequence[tuple[Said, ...]], dice: random.Random) -> None:
    claimed = claim(line, 2 * len(sets))
    ids = [text.message_id for text in claimed]
    told = [*sets, *sets]
    rounds = list(_rounds(ids, told, dice))
    record(line, rounds[0])  # Before Twilio's answer to the create call.
    accept(line, claimed)
    for said in rounds[1:]:
        record(line, said)

    expected = [join([("queued", 0), *said]) for said in told]
    assert shown(line, ids) == [(status, code or 0) for status, code in expected]


def _rounds(
    ids: Sequence[int], told: Sequence[tuple[Said, ...]], dice: random.Random
) -> Iterator[list[tuple[int, Said]]]:
    """Each report in some round; in each round they come in any order, some of them twice."""
    rounds: list[list[tuple[int, Said]]] = [[] for _ in range(ROUNDS)]
    for message_id, said in zip(ids, told, strict=True):
        for each in said:
            for _ in range(dice.choice((1, 1, 2))):
                dice.choice(rounds).append((message_id, each))
    for each_round in rounds:
        dice.shuffle(each_round)
        yield each_round
