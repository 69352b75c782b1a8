"""Twilio's own Python library works against the simulator with nothing changed but the address."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from tests.simulator.stage import LENA, OURS, SERVICE, Stage, play


def test_a_text_is_created_and_fetched() -> None:
    async def story(stage: Stage) -> None:
        created = await asyncio.to_thread(
            lambda: stage.sdk.messages.create(to=LENA, from_=OURS, body="Hello", validity_period=600)
        )
        await stage.simulator.idle()
        fetched = await asyncio.to_thread(lambda: stage.sdk.messages(created.sid).fetch())
        assert (created.status, created.num_segments, created.price) == ("queued", "1", None)
        assert (fetched.status, fetched.error_code, fetched.price) == ("delivered", None, "-0.00790")
        assert fetched.date_sent is not None
        assert fetched.date_sent - created.date_created < timedelta(minutes=1)

    play(story)


def test_the_list_is_read_page_by_page() -> None:
    async def story(stage: Stage) -> None:
        for number in range(7):
            await stage.create(Body=f"Text {number}")
        listed = await asyncio.to_thread(lambda: stage.sdk.messages.list(to=LENA, page_size=3))
        assert [message.body for message in listed] == [f"Text {number}" for number in reversed(range(7))]

    play(story)


def test_the_list_can_be_walked_back() -> None:
    async def story(stage: Stage) -> None:
        for number in range(5):
            await stage.create(Body=f"Text {number}")
        await asyncio.to_thread(_walk_to_and_fro, stage.sdk)

    play(story)


def _walk_to_and_fro(sdk: Client) -> None:
    first = sdk.messages.page(page_size=2)
    second = first.next_page()
    assert second is not None
    third = second.next_page()
    assert third is not None
    assert third.next_page() is None
    back = third.previous_page()
    assert back is not None
    assert [message.body for message in back] == [message.body for message in second] == ["Text 2", "Text 1"]


def test_the_list_is_filtered_by_day() -> None:
    async def story(stage: Stage) -> None:
        await stage.create()
        await stage.simulator.idle()
        now = datetime.now(UTC)
        day = timedelta(days=1)
        today = await asyncio.to_thread(lambda: stage.sdk.messages.list(date_sent=now))
        since = await asyncio.to_thread(lambda: stage.sdk.messages.list(date_sent_after=now - day))
        until = await asyncio.to_thread(lambda: stage.sdk.messages.list(date_sent_before=now - day))
        assert [len(today), len(since), len(until)] == [1, 1, 0]

    play(story)


def test_a_text_is_redacted_and_deleted() -> None:
    async def story(stage: Stage) -> None:
        _, document = await stage.create()
        await stage.simulator.idle()
        message = stage.sdk.messages(document["sid"])
        redacted = await asyncio.to_thread(lambda: message.update(body=""))
        assert redacted.body == ""
        assert await asyncio.to_thread(message.delete)
        with pytest.raises(TwilioRestException) as missing:
            await asyncio.to_thread(message.fetch)
        assert (missing.value.status, missing.value.code) == (404, 20404)

    play(story)


def test_a_scheduled_text_is_cancelled() -> None:
    async def story(stage: Stage) -> None:
        stage.simulator.configure(services=[{"sid": SERVICE, "pool": [OURS]}])
        created = await asyncio.to_thread(
            lambda: stage.sdk.messages.create(
                to=LENA,
                messaging_service_sid=SERVICE,
                body="Later",
                schedule_type="fixed",
                send_at=datetime.now(UTC) + timedelta(hours=1),
            )
        )
        message = stage.sdk.messages(created.sid)
        cancelled = await asyncio.to_thread(lambda: message.update(status="canceled"))
        assert (created.status, cancelled.status) == ("scheduled", "canceled")
        with pytest.raises(TwilioRestException) as again:
            await asyncio.to_thread(lambda: message.update(status="canceled"))
        assert again.value.code == 30409
        await stage.simulator.idle()
        assert stage.app.statuses == ["canceled"]

    play(story)


def test_media_are_listed_fetched_and_deleted() -> None:
    async def story(stage: Stage) -> None:
        created = await asyncio.to_thread(
            lambda: stage.sdk.messages.create(
                to=LENA, from_=OURS, media_url=["https://example.com/roof.png", "https://example.com/b.pdf"]
            )
        )
        media = await asyncio.to_thread(stage.sdk.messages(created.sid).media.list)
        assert [each.content_type for each in media] == ["image/png", "application/pdf"]
        assert created.num_media == "2"
        assert (await asyncio.to_thread(media[0].fetch)).parent_sid == created.sid
        await asyncio.to_thread(media[0].delete)
        left = await asyncio.to_thread(stage.sdk.messages(created.sid).media.list)
        assert [each.sid for each in left] == [media[1].sid]

    play(story)


def test_feedback_is_taken() -> None:
    async def story(stage: Stage) -> None:
        _, document = await stage.create()
        feedback = await asyncio.to_thread(
            lambda: stage.sdk.messages(document["sid"]).feedback.create(outcome="confirmed")
        )
        assert (feedback.message_sid, feedback.outcome) == (document["sid"], "confirmed")

    play(story)


def test_wrong_credentials_are_refused() -> None:
    async def story(stage: Stage) -> None:
        stranger = Client(stage.simulator.account_sid, "0" * 32)
        stranger.api.base_url = stage.url
        with pytest.raises(TwilioRestException) as refused:
            await asyncio.to_thread(stranger.messages("SM" + "0" * 32).fetch)
        assert (refused.value.status, refused.value.code) == (401, 20003)

    play(story)


def test_an_api_key_is_as_good_as_the_token() -> None:
    async def story(stage: Stage) -> None:
        stage.simulator.add_api_key("SK" + "1" * 32, "secret")
        client = Client("SK" + "1" * 32, "secret", account_sid=stage.simulator.account_sid)
        client.api.base_url = stage.url
        assert await asyncio.to_thread(client.messages.list) == []

    play(story)
