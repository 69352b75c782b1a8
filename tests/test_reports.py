import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leadline.app import Leadline
from leadline.queueing import Refused
from leadline.sending import Claimed
from leadline.store import attempts, evidence
from leadline.store.messages import Queued
from leadline.twilio.client import SendKind
from tests import texts

SEVEN = [
    ("queued", 0),
    ("sending", 0),
    ("sent", 0),
    ("undelivered", 30003),
    ("undelivered", 0),
    ("failed", 30008),
    ("delivered", 0),
]


@pytest.fixture
def sent(line: Leadline) -> tuple[Queued, Claimed]:
    """A text that Twilio accepted as number 1."""
    queued = line.send(texts.add_lena(line).id, "Hi Lena")
    [claimed] = texts.claim(line)
    texts.settle(line, claimed, texts.accepted(1))
    return queued, claimed


def test_a_late_sent_report_does_not_undo_delivered(line: Leadline, sent: tuple[Queued, Claimed]) -> None:
    texts.report(line, (1, "delivered", 0))
    texts.report(line, (1, "sent", 0))

    assert texts.now(line, sent[0]).status == "delivered"


def test_an_error_once_reported_stays_visible(line: Leadline, sent: tuple[Queued, Claimed]) -> None:
    texts.report(line, (1, "failed", 30003))
    texts.report(line, (1, "failed", 0))

    message = texts.now(line, sent[0])
    assert (message.status, message.error_code) == ("failed", 30003)


def test_the_same_report_again_is_not_stored_again(line: Leadline, sent: tuple[Queued, Claimed]) -> None:
    for _ in range(3):
        texts.report(line, (1, "sent", 0), (1, "sent", 0))

    with line.database.read() as tx:
        kinds = [fact.kind for fact in evidence.of_message(tx, [], [texts.sid(1)])]
    assert kinds == ["report"]


def test_the_callback_alone_proves_a_text_whose_answer_was_lost(line: Leadline) -> None:
    queued = line.send(texts.add_lena(line).id, "Hi Lena")
    [claimed] = texts.claim(line)
    texts.settle(line, claimed, texts.answered(SendKind.IN_DOUBT))

    texts.report(line, (7, "sent", 0), token=claimed.token)

    message = texts.now(line, queued)
    assert (message.state, message.status, message.twilio_sid) == ("accepted", "sent", texts.sid(7))
    with line.database.read() as tx:
        [attempt] = attempts.of_message(tx, queued.id)
    assert (attempt.resolved_by, attempt.twilio_sid) == ("report", texts.sid(7))


def test_a_report_with_an_unknown_token_still_counts_by_its_sid(
    line: Leadline, sent: tuple[Queued, Claimed]
) -> None:
    texts.report(line, (1, "delivered", 0), token="nobody's")

    assert texts.now(line, sent[0]).status == "delivered"


def test_a_carriers_opt_out_is_recorded(line: Leadline, sent: tuple[Queued, Claimed]) -> None:
    texts.report(line, (1, "failed", 21610))

    with pytest.raises(Refused):
        line.send("+13035550142", "Hi again")


def test_a_carriers_opt_out_told_again_does_not_undo_a_start(
    line: Leadline, sent: tuple[Queued, Claimed]
) -> None:
    """Twilio repeats itself, and a captured report stays genuine for ever."""
    texts.report(line, (1, "failed", 21610))
    texts.receive(line, texts.inbound(2, "START"))
    texts.report(line, (1, "failed", 21610))

    line.send("+13035550142", "Welcome back")


def test_a_state_that_twilio_adds_later_is_kept_and_breaks_nothing(
    line: Leadline, sent: tuple[Queued, Claimed]
) -> None:
    texts.report(line, (1, "teleported", 0))
    texts.report(line, (1, "delivered", 0))

    assert texts.now(line, sent[0]).status == "delivered"


@given(said=st.lists(st.sampled_from(SEVEN), min_size=1, max_size=12), seed=st.integers(0, 2**32))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_shown_status_depends_on_the_set_of_reports_only(
    line: Leadline, said: list[tuple[str, int]], seed: int
) -> None:
    """Two texts get the same reports: one each once, in order; the other shuffled, repeated, in batches."""
    dice = random.Random(seed)
    first, second = _accepted(line), _accepted(line)
    for status, code in dict.fromkeys(said):
        texts.report(line, (first[1], status, code))
    shuffled = said * 2
    dice.shuffle(shuffled)
    half = dice.randrange(len(shuffled) + 1)
    for batch in (shuffled[:half], shuffled[half:]):
        texts.report(line, *((second[1], status, code) for status, code in batch))

    one, other = line.message(first[0].id), line.message(second[0].id)
    assert (one.status, one.error_code) == (other.status, other.error_code)


def _accepted(line: Leadline) -> tuple[Queued, int]:
    queued = line.send("+13035550143", "hi")
    number = 1000 + queued.id
    with line.database.write() as tx:
        tx.exec_driver_sql("UPDATE senders SET free_at = 0")
    for claimed in texts.claim(line):
        texts.settle(line, claimed, texts.accepted(number))
    return queued, number
