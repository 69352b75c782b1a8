from datetime import timedelta

import pytest

from leadline import sending
from leadline.app import Leadline
from leadline.errors import IdempotencyConflict, InvalidInput, MissingVariables, NotFound, UnknownTemplate
from leadline.queueing import Refused, SendRequest
from leadline.store import attempts, conversations, evidence, outbox, senders
from leadline.twilio.client import SendKind
from tests import cast, texts
from tests.clock import Clock


def test_a_queued_text_is_kept_with_the_decision_that_let_it_in(line: Leadline) -> None:
    lena = texts.add_lena(line)

    queued = line.send(lena.id, "Hi Lena")

    message = line.message(queued.id)
    assert (message.state, message.number, message.body) == ("queued", cast.LENA.phone, "Hi Lena")
    assert message.decision is not None
    assert message.decision["verdict"] == "allowed"


def test_the_same_key_and_content_is_the_same_message(line: Leadline) -> None:
    lena = texts.add_lena(line)

    first = line.send(lena.id, "Hi Lena", idempotency_key="k1")
    again = line.send(lena.id, "Hi Lena", idempotency_key="k1")

    assert (first.id, first.is_new) == (again.id, True)
    assert not again.is_new


def test_the_same_key_with_other_content_is_refused(line: Leadline) -> None:
    lena = texts.add_lena(line)
    line.send(lena.id, "Hi Lena", idempotency_key="k1")

    with pytest.raises(IdempotencyConflict):
        line.send(lena.id, "Hi again", idempotency_key="k1")


def test_a_template_is_filled_with_what_is_known_of_the_lead(line: Leadline) -> None:
    lena = line.add_lead("Lena Park", cast.LENA.phone, company="Park Realty")

    queued = line.send(lena.id, template="thank_you", variables={"agent_name": "Bob"})

    body = line.message(queued.id).body
    assert "Lena" in body
    assert "Harbor Roofing" in body


@pytest.mark.parametrize(
    ("request_", "error", "field"),
    [
        (SendRequest(number="12", body="hi"), InvalidInput, "to"),
        (SendRequest(number=cast.LENA.phone, body=""), InvalidInput, "body"),
        (SendRequest(number=cast.LENA.phone, body="x" * 1601), InvalidInput, "body"),
        (SendRequest(number=cast.LENA.phone, body="\ud83d"), InvalidInput, "body"),
        (SendRequest(number=cast.LENA.phone), InvalidInput, "body"),
        (SendRequest(number=cast.LENA.phone, body="a", template="thank_you"), InvalidInput, "body"),
        (SendRequest(number=cast.LENA.phone, template="nope"), UnknownTemplate, "template"),
        (SendRequest(number=cast.LENA.phone, template="thank_you"), MissingVariables, "variables"),
        (
            SendRequest(number=cast.LENA.phone, body="a", media_urls=("https://x/y",) * 11),
            InvalidInput,
            "media_urls",
        ),
    ],
)
def test_what_cannot_be_sent_is_refused_by_name_and_nothing_is_queued(
    line: Leadline, request_: SendRequest, error: type[InvalidInput], field: str
) -> None:
    with pytest.raises(error) as caught:
        texts.queue(line, request_)

    assert caught.value.field == field
    assert texts.claim(line) == []


@pytest.mark.parametrize("url", ["https://x/\ud83d", "https://x/\x00", "file:///etc/passwd", "roof.jpg", ""])
def test_an_address_that_twilio_could_not_fetch_is_refused(line: Leadline, url: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        line.send(cast.LENA.phone, "My roof", media_urls=[url])

    assert caught.value.field == "media_urls"


def test_texts_queued_together_keep_their_order_when_one_is_asked_for_twice(line: Leadline) -> None:
    first, second = (
        SendRequest(number=cast.LENA.phone, body=body, idempotency_key=body) for body in ("first", "second")
    )

    texts.queue(line, first, second, first)

    assert [text.body for text in texts.claim(line)] == ["first"]


def test_an_unknown_lead_is_not_found(line: Leadline) -> None:
    with pytest.raises(NotFound):
        line.send(99, "hi")


def test_who_said_stop_is_refused_when_queueing(line: Leadline) -> None:
    lena = texts.add_lena(line)
    texts.receive(line, texts.inbound(1, "STOP"))

    with pytest.raises(Refused) as refused:
        line.send(lena.id, "One more thing")

    assert refused.value.code == "opted_out"


def test_who_said_stop_after_queueing_is_refused_when_claiming(line: Leadline) -> None:
    queued = line.send(texts.add_lena(line).id, "Hi Lena")
    texts.receive(line, texts.inbound(1, "stop"))

    assert texts.claim(line) == []

    message = line.message(queued.id)
    assert message.state == "refused"
    assert message.decision is not None
    assert message.decision["reasons"][0]["code"] == "opted_out"


def test_a_claimed_text_has_its_attempt_before_it_is_posted(line: Leadline) -> None:
    queued = line.send(texts.add_lena(line).id, "Hi Lena")

    [claimed] = texts.claim(line)

    assert line.message(queued.id).state == "posting"
    with line.database.read() as tx:
        [attempt] = attempts.of_message(tx, queued.id)
    assert (attempt.token, attempt.closed_at) == (claimed.token, None)
    assert len(claimed.token) >= 22


def test_a_text_is_claimed_once(line: Leadline) -> None:
    line.send(texts.add_lena(line).id, "Hi Lena")

    assert len(texts.claim(line)) == 1
    assert texts.claim(line, worker="another") == []


def test_the_texts_of_a_conversation_go_one_after_the_other(line: Leadline, clock: Clock) -> None:
    lena = texts.add_lena(line)
    line.send(lena.id, "first")
    line.send(lena.id, "second")
    line.send("+13035550143", "to someone else")

    claimed = texts.claim(line)
    clock.advance(10)
    assert sorted(text.body for text in claimed + texts.claim(line)) == ["first", "to someone else"]

    texts.settle(line, next(text for text in claimed if text.body == "first"), texts.accepted(1))
    clock.advance(10)
    assert [text.body for text in texts.claim(line)] == ["second"]


def test_a_text_that_backs_off_holds_back_the_later_ones_of_its_conversation(
    line: Leadline, clock: Clock
) -> None:
    lena = texts.add_lena(line)
    line.send(lena.id, "first")
    line.send(lena.id, "second")
    [first] = texts.claim(line)
    texts.settle(line, first, texts.answered(SendKind.THROTTLED, code=20429, retry_after=60))

    clock.advance(59)
    assert texts.claim(line) == []
    clock.advance(2)
    assert [text.body for text in texts.claim(line)] == ["first"]


def test_a_text_for_later_waits_and_holds_nothing_back(line: Leadline, clock: Clock) -> None:
    lena = texts.add_lena(line)
    line.send(lena.id, "tomorrow", due_at=clock.now() + timedelta(days=1))
    line.send(lena.id, "now")

    assert [text.body for text in texts.claim(line)] == ["now"]


def test_replies_go_before_campaigns(line: Leadline, clock: Clock) -> None:
    campaign = [SendRequest(number=f"+1303555{n:04}", body="offer", priority=1) for n in range(100, 105)]
    texts.queue(line, *campaign)
    clock.advance(5)
    line.send(texts.add_lena(line).id, "reply")

    assert texts.claim(line, limit=1)[0].body == "reply"


def test_a_sender_sends_no_more_segments_a_second_than_its_rate(line: Leadline, clock: Clock) -> None:
    texts.queue(line, *(SendRequest(number=f"+1303555{n:04}", body="x" * 200) for n in range(100, 110)))

    sent_at = []
    for second in range(12):
        sent_at += [second for _ in texts.claim(line)]
        clock.advance(1)

    # A US number: one segment a second, and each of these texts has two.
    assert sent_at == [0, 2, 4, 6, 8, 10]


def test_an_accepted_text_has_its_sid_and_status(line: Leadline) -> None:
    queued = line.send(texts.add_lena(line).id, "Hi Lena")
    [claimed] = texts.claim(line)

    assert texts.settle(line, claimed, texts.accepted(1))

    message = line.message(queued.id)
    assert (message.state, message.status, message.twilio_sid) == ("accepted", "queued", texts.sid(1))


@pytest.mark.parametrize(
    "kind", [SendKind.THROTTLED, SendKind.QUEUE_FULL, SendKind.UNREACHABLE], ids=lambda kind: kind.value
)
def test_proof_that_nothing_was_sent_brings_a_text_back_to_the_queue(
    line: Leadline, clock: Clock, kind: SendKind
) -> None:
    queued = line.send(texts.add_lena(line).id, "Hi Lena")
    [claimed] = texts.claim(line)

    texts.settle(line, claimed, texts.answered(kind))

    assert line.message(queued.id).state == "queued"
    assert texts.claim(line) == []
    clock.advance(600)
    [again] = texts.claim(line)
    assert again.tries == 2
    assert again.token != claimed.token


def test_a_short_pause_does_not_shorten_a_long_one(line: Leadline, clock: Clock) -> None:
    with line.database.write() as tx:
        senders.ensure(
            tx, cast.OUR_NUMBER, kind="number", rate=None, is_simulated=False, now=line.clock.now()
        )
    texts.queue(line, *(SendRequest(number=f"+1303555{n:04}", body="hi") for n in (100, 101, 102)))
    first, second = texts.claim(line, limit=2)
    texts.settle(line, first, texts.answered(SendKind.THROTTLED, code=20429, retry_after=60))
    texts.settle(line, second, texts.answered(SendKind.THROTTLED, code=20429))

    clock.advance(30)
    assert texts.claim(line) == []


def test_a_final_no_of_twilio_is_final(line: Leadline, clock: Clock) -> None:
    queued = line.send(texts.add_lena(line).id, "Hi Lena")
    texts.settle(line, texts.claim(line)[0], texts.answered(SendKind.REJECTED, code=21211))

    message = line.message(queued.id)
    assert (message.state, message.error_code) == ("rejected", 21211)
    clock.advance(timedelta(days=30))
    assert texts.claim(line) == []


def test_twilio_saying_that_they_opted_out_is_recorded_as_an_opt_out(line: Leadline) -> None:
    lena = texts.add_lena(line)
    line.send(lena.id, "Hi Lena")
    texts.settle(line, texts.claim(line)[0], texts.answered(SendKind.OPTED_OUT, code=21610))

    with pytest.raises(Refused):
        line.send(lena.id, "Hi again")


def test_wrong_credentials_stop_the_sender_and_give_the_text_back(line: Leadline, clock: Clock) -> None:
    queued = line.send(texts.add_lena(line).id, "Hi Lena")
    line.send("+13035550143", "another")
    texts.settle(line, texts.claim(line, limit=1)[0], texts.answered(SendKind.UNAUTHORIZED, code=20003))

    clock.advance(timedelta(hours=1))
    assert texts.claim(line) == []
    assert line.message(queued.id).state == "queued"
    with line.database.read() as tx:
        assert senders.by_address(tx, cast.OUR_NUMBER).stopped_because == "unauthorized"


def test_an_unclear_answer_is_in_doubt_and_never_sent_again(line: Leadline, clock: Clock) -> None:
    queued = line.send(texts.add_lena(line).id, "Hi Lena")
    texts.settle(line, texts.claim(line)[0], texts.answered(SendKind.IN_DOUBT))

    clock.advance(timedelta(days=30))
    assert texts.claim(line) == []
    assert line.message(queued.id).state == "in_doubt"


def test_what_a_dead_worker_left_is_in_doubt_and_never_sent_again(line: Leadline, clock: Clock) -> None:
    queued = line.send(texts.add_lena(line).id, "Hi Lena")
    texts.claim(line)
    clock.advance(sending.LEASE + timedelta(seconds=1))

    with line.database.write() as tx:
        assert sending.recover(tx, ["worker"], now=clock.now()) == [1]

    assert line.message(queued.id).state == "in_doubt"
    assert texts.claim(line) == []


def test_a_live_workers_text_is_left_alone(line: Leadline, clock: Clock) -> None:
    queued = line.send(texts.add_lena(line).id, "Hi Lena")
    texts.claim(line)
    clock.advance(sending.LEASE - timedelta(seconds=1))

    with line.database.write() as tx:
        assert sending.recover(tx, ["worker"], now=clock.now()) == [0]

    assert line.message(queued.id).state == "posting"


def test_the_late_answer_of_a_sleeping_worker_still_counts(line: Leadline, clock: Clock) -> None:
    queued = line.send(texts.add_lena(line).id, "Hi Lena")
    [claimed] = texts.claim(line)
    clock.advance(sending.LEASE + timedelta(seconds=1))
    with line.database.write() as tx:
        sending.recover(tx, ["worker"], now=clock.now())

    assert texts.settle(line, claimed, texts.accepted(1))

    assert line.message(queued.id).state == "accepted"


def test_an_answer_after_the_report_changes_nothing_but_is_kept(line: Leadline) -> None:
    queued = line.send(texts.add_lena(line).id, "Hi Lena")
    [claimed] = texts.claim(line)
    texts.report(line, (1, "delivered", 0), token=claimed.token)

    assert not texts.settle(line, claimed, texts.answered(SendKind.IN_DOUBT))

    message = line.message(queued.id)
    assert (message.state, message.status) == ("accepted", "delivered")
    with line.database.read() as tx:
        [attempt] = attempts.of_message(tx, queued.id)
        kinds = [fact.kind for fact in evidence.of_message(tx, [attempt.id], [texts.sid(1)])]
    assert (attempt.outcome, attempt.twilio_sid, attempt.resolved_by) == ("accepted", texts.sid(1), "report")
    assert kinds == ["report", "answer"]


def test_reports_that_overtook_the_answer_are_not_forgotten(line: Leadline) -> None:
    queued = line.send(texts.add_lena(line).id, "Hi Lena")
    [claimed] = texts.claim(line)
    texts.report(line, (1, "sent", 0), (1, "delivered", 0))

    texts.settle(line, claimed, texts.accepted(1))

    assert line.message(queued.id).status == "delivered"


def test_a_text_can_be_taken_back_until_it_is_claimed(line: Leadline) -> None:
    lena = texts.add_lena(line)
    early, late = line.send(lena.id, "early"), line.send("+13035550143", "late")
    texts.claim(line, limit=1)

    with line.database.write() as tx:
        assert not outbox.cancel(tx, early.id, now=line.clock.now())
        assert outbox.cancel(tx, late.id, now=line.clock.now())

    assert line.message(late.id).state == "canceled"


def test_the_conversation_shows_the_last_text(line: Leadline) -> None:
    line.send(texts.add_lena(line).id, "Hi Lena")

    with line.database.read() as tx:
        conversation = conversations.by_number(tx, cast.LENA.phone)
    assert conversation is not None
    assert (conversation.last_text, conversation.unread) == ("Hi Lena", 0)


def test_a_text_is_queued_while_a_worker_stands_still_in_its_claim(line: Leadline) -> None:
    """On PostgreSQL, where others may write meanwhile: the claim has the sender locked."""
    if line.database.is_sqlite:
        pytest.skip("SQLite has one writer at a time.")
    line.send(cast.LENA.phone, "first")
    with line.database.write() as tx:
        [claims] = line.claim(tx, [sending.ClaimRequest("worker", 1)], now=line.clock.now())
        assert len(claims.texts) == 1
        second = line.send("+13035550143", "second")
    assert texts.now(line, second).state == "queued"
