"""The simulation in small: seeds hold, each is the same story every time, broken products are caught."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from leadline import polling, sending
from leadline.rules import state
from leadline.store import attempts, conversations, outbox
from leadline.store.database import Transaction
from leadline.twilio.client import SendKind
from simulation.run import Verdict, run
from simulation.storage import Ground, memory
from tests.contracts.tree import ROOT

SEEDS = range(1, 31)
# Ten seconds of work, which a busy machine may take long over.
pytestmark = pytest.mark.timeout(600)

# A broken product is to be caught within so many seeds.
TRIES = 25


@pytest.fixture(scope="module")
def ground() -> Iterator[Ground]:
    with memory() as folder, closing(Ground(folder)) as ground:
        yield ground


@pytest.fixture(scope="module")
def verdicts(ground: Ground) -> list[Verdict]:
    return list(_verdicts(ground, SEEDS))


def test_every_promise_is_kept(verdicts: list[Verdict]) -> None:
    assert {verdict.seed: verdict.violations for verdict in verdicts if verdict.violations} == {}


@pytest.mark.parametrize(
    "trouble",
    [
        "before COMMIT",
        "after COMMIT",
        "before a request leaves",
        "an answer has come",
        "freezes",
        "power cut",
        "is told to stop",
        "the wall clock is off",
        "the database does not answer",
        "has committed, and does not know it",
        "no answer in time",
        "The answer broke off",
        "No connection",
        "nobody answers the door",
        "send_again",
    ],
)
def test_the_seeds_meet(trouble: str, verdicts: list[Verdict]) -> None:
    assert any(trouble in verdict.story for verdict in verdicts)


def test_a_seed_is_the_same_story_in_every_process(ground: Ground) -> None:
    command = [sys.executable, "-m", "simulation", "--seed", "3"]
    paths = os.pathsep.join((str(ROOT / "src"), str(ROOT)))
    environment = os.environ | {"PYTHONHASHSEED": "11", "PYTHONPATH": paths}
    replayed = subprocess.run(command, env=environment, cwd=ROOT, check=True, capture_output=True, text=True)
    assert run(3, ground).story in replayed.stdout


def _send_again_when_the_answer_is_lost(patch: pytest.MonkeyPatch) -> None:
    patch.setitem(sending._NEXT, SendKind.IN_DOUBT, (state.QUEUED, True))


def _queue_what_a_dead_worker_left(patch: pytest.MonkeyPatch) -> None:
    moments: list[datetime] = []

    def close(tx: Transaction, attempt_ids: list[int], *, now: datetime) -> None:
        moments[:] = [now]
        attempts.close(tx, attempt_ids, resolved_by="nobody", now=now)

    def queue(tx: Transaction, message_ids: list[int]) -> None:
        mark_in_doubt(tx, message_ids)
        outbox.queue_again(tx, message_ids, now=moments[0])

    mark_in_doubt = outbox.mark_in_doubt
    patch.setattr(attempts, "mark_in_doubt", close)
    patch.setattr(outbox, "mark_in_doubt", queue)


def _forget_who_opted_out(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(conversations, "set_consent", lambda *_, **__: None)


def _poll_no_list(patch: pytest.MonkeyPatch) -> None:
    async def poll_nothing(*_: Any) -> int:
        return 0

    patch.setattr(polling, "poll_due", poll_nothing)


def _show_the_last_report(patch: pytest.MonkeyPatch) -> None:
    sql = outbox._RAISE.sql.replace("v.rank > messages.rank", "true")
    patch.setattr(outbox, "_RAISE", replace(outbox._RAISE, sql=sql))


@pytest.mark.parametrize(
    ("break_it", "told"),
    [
        (_send_again_when_the_answer_is_lost, "was accepted as"),
        (_queue_what_a_dead_worker_left, "was accepted as"),
        (_forget_who_opted_out, "leaves after its STOP"),
        (_poll_no_list, "is stored 0 times"),
        (_show_the_last_report, "at the carrier"),
    ],
)
def test_a_product_that_breaks_its_promise_is_caught(
    break_it: Callable[[pytest.MonkeyPatch], None],
    told: str,
    ground: Ground,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    break_it(monkeypatch)
    assert any(told in said for verdict in _verdicts(ground, range(1, TRIES)) for said in verdict.violations)


def _verdicts(ground: Ground, seeds: range) -> Iterator[Verdict]:
    return (run(seed, ground) for seed in seeds)
