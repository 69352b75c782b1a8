"""The life of a text after it was accepted, and the callbacks that tell of it."""

import asyncio
from datetime import timedelta

import pytest

from leadline.simulator import Plan
from leadline.simulator.outcomes import MAGIC_PREFIX, RESULTS
from tests.clock import Clock
from tests.simulator.stage import BOB, LENA, LOCAL, OURS, SERVICE, Stage, play

THROUGH_SERVICE = {"From": "", "MessagingServiceSid": SERVICE}


def _with_service(stage: Stage, **options: object) -> None:
    stage.simulator.configure(services=[{"sid": SERVICE, "pool": [OURS, LOCAL], **options}])


def test_a_text_is_sent_and_delivered() -> None:
    async def story(stage: Stage) -> None:
        await stage.create()
        await stage.simulator.idle()
        assert stage.app.statuses == ["sent", "delivered"]

    play(story)


def test_a_report_has_its_fields_in_the_observed_order() -> None:
    async def story(stage: Stage) -> None:
        _, document = await stage.create()
        await stage.simulator.idle()
        sent, delivered = stage.app.received
        names = [
            "SmsSid",
            "SmsStatus",
            "MessageStatus",
            "To",
            "MessageSid",
            "AccountSid",
            "From",
            "ApiVersion",
        ]
        assert [name for name, _ in sent.pairs] == names
        assert [name for name, _ in delivered.pairs] == [*names, "RawDlrDoneDate"]
        assert sent.fields["MessageSid"] == sent.fields["SmsSid"] == document["sid"]
        assert len(delivered.fields["RawDlrDoneDate"]) == 10

    play(story)


def test_a_report_has_twilios_headers() -> None:
    async def story(stage: Stage) -> None:
        await stage.create()
        await stage.simulator.idle()
        first, second = (request.headers for request in stage.app.received)
        assert first["user-agent"] == "TwilioProxy/1.1"
        assert first["content-type"] == "application/x-www-form-urlencoded; charset=UTF-8"
        assert first["i-twilio-idempotency-token"] != second["i-twilio-idempotency-token"]

    play(story)


def test_a_text_through_a_service_is_accepted_then_queued() -> None:
    async def story(stage: Stage) -> None:
        _with_service(stage)
        _, document = await stage.create(**THROUGH_SERVICE)
        assert (document["status"], document["from"], document["num_segments"]) == ("accepted", None, "0")
        await stage.simulator.idle()
        assert stage.app.statuses == ["queued", "sent", "delivered"]
        assert stage.app.received[0].fields["MessagingServiceSid"] == SERVICE
        assert stage.app.received[0].fields["From"] in (OURS, LOCAL)

    play(story)


def test_a_service_keeps_one_sender_for_a_person() -> None:
    async def story(stage: Stage) -> None:
        _with_service(stage)
        for to in (LENA, BOB, LENA, LENA):
            await stage.create(To=to, **THROUGH_SERVICE)
        await stage.simulator.idle()
        senders = {(request.fields["To"], request.fields["From"]) for request in stage.app.received}
        assert len(senders) == 2

    play(story)


def test_a_service_sid_may_stand_in_from() -> None:
    async def story(stage: Stage) -> None:
        _with_service(stage)
        _, document = await stage.create(From=SERVICE)
        assert document["messaging_service_sid"] == SERVICE

    play(story)


def test_the_texts_own_callback_comes_before_the_services() -> None:
    async def story(stage: Stage) -> None:
        _with_service(stage, status_callback=f"{stage.app.url}/service")
        await stage.create(**THROUGH_SERVICE)
        await stage.create(StatusCallback=f"{stage.app.url}/own", **THROUGH_SERVICE)
        await stage.simulator.idle()
        assert (len(stage.app.at("/service")), len(stage.app.at("/own"))) == (3, 3)

    play(story)


@pytest.mark.parametrize(("digits", "outcome"), RESULTS.items())
def test_our_own_magic_numbers_end_as_the_table_says(digits: str, outcome: object) -> None:
    async def story(stage: Stage) -> None:
        _, document = await stage.create(To=f"{MAGIC_PREFIX}{digits}")
        await stage.simulator.idle()
        expected = RESULTS[digits]
        message = stage.simulator.account.messages[document["sid"]]
        assert (message.status, message.error_code) == (expected.path[-1], expected.error)
        last = stage.app.received[-1].fields
        assert last["MessageStatus"] == expected.path[-1]
        assert last.get("ErrorCode") == (str(expected.error) if expected.error else None)

    play(story)
    assert outcome is RESULTS[digits]


def test_a_phone_that_is_off_gets_nothing() -> None:
    async def story(stage: Stage) -> None:
        stage.simulator.add_phone(LENA, "Lena", outcome="off")
        await stage.create()
        await stage.simulator.idle()
        assert stage.app.statuses == ["sent", "undelivered"]
        assert stage.app.received[-1].fields["ErrorCode"] == "30003"

    play(story)


def test_a_scheduled_text_waits_for_its_moment() -> None:
    clock = Clock()

    async def story(stage: Stage) -> None:
        _with_service(stage)
        at = (clock.now() + timedelta(hours=1)).isoformat()
        _, document = await stage.create(ScheduleType="fixed", SendAt=at, **THROUGH_SERVICE)
        await stage.simulator.idle()
        assert (document["status"], stage.app.received) == ("scheduled", [])
        clock.advance(timedelta(hours=1))
        await stage.app.has_received(3)
        assert stage.app.statuses == ["queued", "sent", "delivered"]

    play(story, clock=clock)


def test_a_withdrawn_text_is_not_sent_at_its_moment() -> None:
    clock = Clock()

    async def story(stage: Stage) -> None:
        _with_service(stage)
        at = (clock.now() + timedelta(hours=1)).isoformat()
        _, document = await stage.create(ScheduleType="fixed", SendAt=at, **THROUGH_SERVICE)
        await stage.call("POST", document["uri"], [("Status", "canceled")])
        clock.advance(timedelta(hours=2))
        await stage.simulator.idle()
        assert stage.app.statuses == ["canceled"]

    play(story, clock=clock)


def test_a_scheduled_text_is_stopped_by_an_opt_out() -> None:
    clock = Clock()

    async def story(stage: Stage) -> None:
        _with_service(stage)
        at = (clock.now() + timedelta(hours=1)).isoformat()
        await stage.create(ScheduleType="fixed", SendAt=at, **THROUGH_SERVICE)
        await stage.text_us("STOP")
        clock.advance(timedelta(hours=1))
        await stage.app.has_received(3)
        assert stage.app.statuses == ["queued", "failed"]
        assert stage.app.received[-1].fields["ErrorCode"] == "21610"

    play(story, clock=clock)


def test_a_sender_passes_segments_on_at_its_rate() -> None:
    clock = Clock()

    async def story(stage: Stage) -> None:
        stage.simulator.faults.follow(Plan(rate=1.0))
        for _ in range(3):
            await stage.create()
        await stage.app.has_received(2)
        assert clock.sleeping == 2
        clock.advance(1)
        await stage.app.has_received(4)
        clock.advance(1)
        await stage.app.has_received(6)
        assert stage.app.statuses == ["sent", "delivered"] * 3

    play(story, clock=clock)


def test_a_full_queue_refuses_more() -> None:
    async def story(stage: Stage) -> None:
        stage.simulator.faults.follow(Plan(rate=1.0, limit=3))
        answers = [await stage.create(Body="x" * 161) for _ in range(2)]
        assert [status for status, _ in answers] == [201, 429]
        assert answers[1][1]["code"] == 21611
        assert len(stage.simulator.ledger) == 1

    play(story, clock=Clock())


def test_a_full_queue_of_a_service_is_reported_afterwards() -> None:
    async def story(stage: Stage) -> None:
        stage.simulator.configure(services=[{"sid": SERVICE, "pool": [OURS]}])
        stage.simulator.faults.follow(Plan(rate=1.0, limit=1))
        for _ in range(2):
            await stage.create(**THROUGH_SERVICE)
        await stage.app.has_received(4)
        assert sorted(stage.app.statuses) == ["delivered", "failed", "queued", "sent"]
        (failed,) = (each.fields for each in stage.app.received if each.fields["MessageStatus"] == "failed")
        assert failed["ErrorCode"] == "30001"

    play(story, clock=Clock())


def test_a_text_that_waits_too_long_expires() -> None:
    clock = Clock()

    async def story(stage: Stage) -> None:
        stage.simulator.faults.follow(Plan(rate=0.1))
        await stage.create()
        await stage.create(ValidityPeriod="5")
        await stage.app.has_received(2)
        clock.advance(5)
        await stage.app.has_received(3)
        assert stage.app.received[-1].fields["ErrorCode"] == "30036"

    play(story, clock=clock)


def test_idle_waits_for_the_last_callback() -> None:
    async def story(stage: Stage) -> None:
        await asyncio.gather(*(stage.create() for _ in range(5)))
        await stage.simulator.idle()
        assert len(stage.app.received) == 10

    play(story, delay=(0.001, 0.005))


def test_a_text_to_a_number_of_ours_comes_back_in() -> None:
    async def story(stage: Stage) -> None:
        await stage.create(To=LOCAL)
        await stage.simulator.idle()
        (inbound,) = stage.app.at("/inbound")
        assert (inbound.fields["From"], inbound.fields["To"]) == (OURS, LOCAL)
        assert inbound.fields["Body"] == "Hello Lena"

    play(story)
