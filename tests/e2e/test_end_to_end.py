"""The whole product over real sockets: the API, the worker, Twilio's webhooks, a person with a phone.

Twilio's own Python library judges every signature that comes, and speaks for us where that matters.
"""

import asyncio
import base64
from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import pytest
from twilio.request_validator import RequestValidator
from twilio.rest import Client

from leadline import accounts, sending, serving, signin
from leadline.settings import Settings
from leadline.simulator import Plan, Simulator, running
from leadline.store import media
from leadline.twilio.client import TwilioClient
from leadline.web.webhooks import PREFIX
from leadline.worker import Worker
from tests import cast, texts
from tests.clock import Clock
from tests.e2e.office import TICK, Office, Story, opened
from tests.e2e.waiting import AT_MOST, until

PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)
Play = Callable[..., None]


@pytest.fixture
def open_office(settings: Callable[..., Settings], database_url: str, clock: Clock) -> Callable[..., Any]:
    """Open an office on the test's database: ``async with open_office(simulator) as office``."""
    return partial(opened, partial(settings, leadline_database_url=database_url), clock=clock)


@pytest.fixture
def play(open_office: Callable[..., Any], clock: Clock) -> Play:
    """Run a story in an office whose Twilio is up. Every webhook must be genuine, unless told otherwise."""

    def run(story: Story, *, plan: Plan | None = None, has_forgeries: bool = False, **changes: Any) -> None:
        async def performance() -> None:
            simulator = simulator_at(clock, plan)
            async with running(simulator), open_office(simulator, **changes) as office:
                await story(office)
                await simulator.idle()
                assert has_forgeries or all(each.is_genuine for each in office.front.passed)

        serving.run(performance())

    return run


def simulator_at(clock: Clock, plan: Plan | None = None) -> Simulator:
    simulator = Simulator(
        cast.ACCOUNT_SID, cast.AUTH_TOKEN, numbers=[cast.OUR_NUMBER], delay=0, seed=1, clock=clock
    )
    simulator.faults.follow(plan or Plan())
    return simulator


async def post(url: str, fields: dict[str, str], **headers: str) -> int:
    """Post a form to a webhook or a page; the HTTP status."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    async with (
        aiohttp.ClientSession() as http,
        http.post(url, data=fields, headers=named, allow_redirects=False) as answer,
    ):
        return answer.status


# Sending.


def test_a_text_sent_by_the_api_reaches_twilio_once_and_is_shown_as_delivered(play: Play) -> None:
    async def story(office: Office) -> None:
        lena = await office.add_lead()
        message_id = await office.send(lena, body="Hi Lena, is Thursday still good?")
        shown = await office.is_shown(message_id, "delivered")

        [accepted] = office.simulator.ledger
        assert (accepted.to, accepted.from_) == (cast.LENA.phone, cast.OUR_NUMBER)
        assert accepted.body == shown["body"] == "Hi Lena, is Thursday still good?"
        assert shown["twilio_sid"] == accepted.sid
        await office.simulator.idle()
        assert office.front.statuses == ["sent", "delivered"]

    play(story)


def test_the_api_shows_the_attempt_and_all_evidence_but_never_the_token(play: Play) -> None:
    async def story(office: Office) -> None:
        message_id = await office.send(await office.add_lead(), body="Hi Lena")
        await office.is_shown(message_id, "delivered")
        await office.simulator.idle()
        # The reports may overtake our own writing of the answer.
        await until(lambda: office.line.message(message_id).state == "accepted")
        shown = await office.get(f"/messages/{message_id}")

        [attempt] = shown["attempts"]
        assert attempt["outcome"] == "accepted"
        [accepted] = office.simulator.ledger
        assert accepted.status_callback is not None
        token = urlsplit(accepted.status_callback).path.rpartition("/")[2]
        assert token not in str(shown)
        said = Counter((fact["kind"], fact["status"]) for fact in shown["evidence"])
        assert said[("report", "sent")] == said[("report", "delivered")] == 1

    play(story)


def test_one_key_is_one_text_however_often_and_however_fast_it_is_asked_for(play: Play) -> None:
    async def story(office: Office) -> None:
        path = f"/leads/{await office.add_lead()}/sms"
        answers = await asyncio.gather(
            *(office.call("POST", path, {"body": "Hi Lena"}, Idempotency_Key="k1") for _ in range(8))
        )
        assert {status for status, _ in answers} == {202}
        [message_id] = {document["id"] for _, document in answers}
        await office.is_shown(message_id, "delivered")
        status, problem = await office.call("POST", path, {"body": "Hi Leo"}, Idempotency_Key="k1")
        assert (status, problem["code"]) == (409, "idempotency_conflict")
        assert office.sent == ["Hi Lena"]

    play(story)


def test_many_texts_at_once_are_each_sent_once(play: Play) -> None:
    async def story(office: Office) -> None:
        leads = [await office.add_lead(name=f"Lead {n}", phone=f"+1303555{n:04}") for n in range(100, 120)]
        ids = await asyncio.gather(*(office.send(lead, body=f"Hi {lead}") for lead in leads))
        await asyncio.gather(*(office.is_shown(message_id, "delivered") for message_id in ids))
        assert sorted(office.sent) == sorted(f"Hi {lead}" for lead in leads)

    play(story)


def test_a_template_is_filled_and_sent(play: Play) -> None:
    async def story(office: Office) -> None:
        lena = await office.add_lead(name="Lena Park")
        values = {"demo_time": "Thursday at 10"}
        message_id = await office.send(lena, template="demo_confirmation", variables=values)
        shown = await office.is_shown(message_id, "delivered")
        [body] = office.sent
        assert body == (
            "Hi Lena, your demo with Harbor Roofing is set for Thursday at 10. "
            "Reply here if you need another time."
        )
        assert (shown["template"], shown["category"]) == ("demo_confirmation", "transactional")

    play(story)


def test_texts_to_one_lead_arrive_in_the_order_they_were_written(play: Play) -> None:
    async def story(office: Office) -> None:
        lena = await office.add_lead()
        ids = [await office.send(lena, body=f"part {n}") for n in range(4)]
        for message_id in ids:
            await office.is_shown(message_id, "delivered")
        assert office.sent == ["part 0", "part 1", "part 2", "part 3"]

    play(story)


def test_a_text_that_the_carrier_could_not_deliver_says_why(play: Play) -> None:
    async def story(office: Office) -> None:
        office.simulator.add_phone(cast.LENA.phone, outcome="off")
        message_id = await office.send(await office.add_lead(), body="Hi Lena")
        shown = await office.is_shown(message_id, "undelivered")
        assert shown["error"]["code"] == 30003

    play(story)


def test_what_twilio_refuses_is_shown_as_rejected_with_the_reason(play: Play) -> None:
    async def story(office: Office) -> None:
        # Twilio's magic number for one that cannot get texts; no person has it.
        leo = await office.add_lead(name="Leo", phone="+15005550009")
        shown = await office.is_shown(await office.send(leo, body="Hi Leo"), "rejected")
        assert (shown["error"]["code"], office.sent) == (21614, [])

    play(story)


def test_what_was_queued_before_a_restart_is_sent_after_it(
    open_office: Callable[..., Any], clock: Clock
) -> None:
    async def story() -> None:
        simulator = simulator_at(clock)
        async with running(simulator):
            async with open_office(simulator, with_worker=False) as office:
                message_id = await office.send(await office.add_lead(), body="Hi Lena")
            assert simulator.ledger == ()
            async with open_office(simulator) as office:
                await office.is_shown(message_id, "delivered")
                assert office.sent == ["Hi Lena"]

    serving.run(story())


# What a lead texts.


def test_a_reply_from_the_phone_lands_in_the_leads_conversation(play: Play) -> None:
    async def story(office: Office) -> None:
        lena = await office.add_lead()
        await office.is_shown(await office.send(lena, body="Is Thursday good?"), "delivered")
        form = {"From": cast.LENA.phone, "To": cast.OUR_NUMBER, "Body": "Thursday works 👍🏽 & thanks"}
        assert await post(f"{office.simulator.base_url}/_simulator/reply", form) == 200

        [conversation] = (await office.get("/conversations"))["items"]
        assert (conversation["number"], conversation["unread"]) == (cast.LENA.phone, 1)
        assert conversation["leads"] == [{"id": lena, "name": "Lena"}]
        reply, _ours = (await office.get(f"/leads/{lena}/messages"))["items"]
        assert (reply["direction"], reply["body"]) == ("inbound", "Thursday works 👍🏽 & thanks")

    play(story)


@pytest.mark.parametrize("lost", [1, 5])
def test_a_text_whose_answer_twilio_lost_is_told_again_and_kept_once(play: Play, lost: int) -> None:
    async def story(office: Office) -> None:
        await office.add_lead()
        office.front.lost_answers = lost
        reply = await office.lena_texts("hello?")

        assert (reply.status, reply.error) == (200, None)
        assert [passed.status for passed in office.front.passed] == [200] * (lost + 1)
        [conversation] = (await office.get("/conversations"))["items"]
        assert conversation["unread"] == 1
        assert len((await office.get("/messages"))["items"]) == 1

    play(story)


@pytest.mark.parametrize("seconds", [2, 7200])
def test_stop_makes_the_next_text_a_conflict_and_start_undoes_it(play: Play, seconds: int) -> None:
    """Soon after the STOP, Twilio is asked whether the START really came after it."""

    async def story(office: Office) -> None:
        lena = await office.add_lead()
        await office.lena_texts("STOP")
        status, problem = await office.call("POST", f"/leads/{lena}/sms", {"body": "One more thing"})
        assert (status, problem["code"]) == (409, "opted_out")
        office.clock.advance(seconds)
        await office.lena_texts("START")
        await office.is_shown(await office.send(lena, body="Welcome back"), "delivered")
        assert office.sent == ["Welcome back"]

    play(story)


def test_a_start_that_may_have_come_before_the_stop_is_kept_and_opts_nobody_in(play: Play) -> None:
    """Twilio's times are whole seconds; of these two within one nobody knows the order."""

    async def story(office: Office) -> None:
        lena = await office.add_lead()
        await office.lena_texts("STOP")
        reply = await office.lena_texts("START")
        assert reply.status == 200
        assert [text["body"] for text in (await office.get("/messages"))["items"]] == ["START", "STOP"]
        status, problem = await office.call("POST", f"/leads/{lena}/sms", {"body": "One more thing"})
        assert (status, problem["code"]) == (409, "opted_out")

    play(story)


def test_a_text_that_waits_is_not_sent_when_stop_comes_before_its_time(play: Play) -> None:
    async def story(office: Office) -> None:
        lena = await office.add_lead()
        tomorrow = office.clock.now().replace(day=19).isoformat()
        message_id = await office.send(lena, body="Good morning", send_at=tomorrow)
        assert (await office.get(f"/messages/{message_id}"))["status"] == "scheduled"
        await office.lena_texts("stop")
        office.clock.advance(25 * 3600)
        shown = await office.is_shown(message_id, "refused", tick=TICK)
        assert shown["decision"]["reasons"][0]["code"] == "opted_out"
        assert office.sent == []

    play(story)


def test_an_opt_out_that_only_the_carrier_knew_of_is_heard(play: Play) -> None:
    async def story(office: Office) -> None:
        lena = await office.add_lead()
        office.simulator.account.block(cast.LENA.phone, cast.OUR_NUMBER)
        shown = await office.is_shown(await office.send(lena, body="Hi Lena"), "rejected")
        assert shown["error"]["code"] == 21610
        status, problem = await office.call("POST", f"/leads/{lena}/sms", {"body": "Hi again"})
        assert (status, problem["code"]) == (409, "opted_out")

    play(story)


def test_a_picture_is_fetched_and_served_to_those_who_are_signed_in(play: Play) -> None:
    async def story(office: Office) -> None:
        await office.add_lead()
        await office.lena_texts("my roof", f"data:image/png;base64,{base64.b64encode(PNG).decode()}")
        [item] = await _kept(office)
        assert (item.state, item.content_type) == ("stored", "image/png")

        url = f"{office.front.behind}/media/{item.id}"
        async with _alice(office) as alice, alice.get(url) as answer:
            assert (answer.status, answer.content_type, await answer.read()) == (200, "image/png", PNG)
        async with office.http.get(url, allow_redirects=False) as answer:
            assert answer.status == 303

    play(story)


async def _kept(office: Office) -> list[media.Media]:
    """The files of the first text, once nothing of it is waited for."""
    async with asyncio.timeout(AT_MOST):
        while True:
            with office.line.database.read() as tx:
                found = media.of_messages(tx, [1])
            if all(item.state != "waiting" for item in found):
                return found
            office.clock.advance(TICK)
            await office.get("/messages")


def _alice(office: Office) -> aiohttp.ClientSession:
    """A browser in which Alice is signed in."""
    now = office.clock.now()
    with office.line.database.write() as tx:
        alice = accounts.add_user(
            tx, name=cast.ALICE.name, email=cast.ALICE.email, role="admin", actor="cli", now=now
        )
        entered = signin.by_link(tx, signin.make_link(tx, alice.id, now=now), now=now)
    return aiohttp.ClientSession(headers={"Cookie": f"leadline={entered.secret}"})


def test_the_first_text_of_the_day_gets_the_automatic_reply(play: Play) -> None:
    async def story(office: Office) -> None:
        await office.add_lead()
        await office.lena_texts("hello")
        await until(lambda: len(office.sent) == 1)
        await office.lena_texts("anyone there?")
        await office.lena_texts("STOP")
        await office.simulator.idle()
        [reply] = (await office.get("/messages?status=delivered"))["items"]
        assert (reply["created_by"], reply["template"]) == ("auto_reply", "thank_you")
        assert office.sent == [reply["body"]]

    play(story, leadline_auto_reply_template="thank_you")


# Twilio's own library as the judge.


def test_what_the_official_library_signs_is_taken_and_what_it_did_not_sign_is_not(play: Play) -> None:
    async def story(office: Office) -> None:
        url = f"{office.front.url}{PREFIX}"
        text = {
            "MessageSid": texts.sid(1),
            "AccountSid": cast.ACCOUNT_SID,
            "From": cast.LENA.phone,
            "To": cast.OUR_NUMBER,
            "Body": "Grüße & a question?",
            "NumMedia": "0",
        }
        signature = RequestValidator(cast.AUTH_TOKEN).compute_signature(url, text)
        foreign = RequestValidator("0" * 32).compute_signature(url, text)

        assert await post(url, text, X_Twilio_Signature=foreign) == 403
        assert await post(url, {**text, "Body": "other words"}, X_Twilio_Signature=signature) == 403
        assert await post(url, text) == 403
        assert await post(url, text, X_Twilio_Signature=signature) == 200
        [stored] = (await office.get("/messages"))["items"]
        assert stored["body"] == "Grüße & a question?"

    play(story, has_forgeries=True)


def test_our_create_says_the_same_as_the_official_librarys(play: Play) -> None:
    async def story(office: Office) -> None:
        body, picture = "Hi Lena & co: 50% off? ✓\n", "https://example.com/a b.png".replace(" ", "%20")
        sdk = Client(cast.ACCOUNT_SID, cast.AUTH_TOKEN)
        sdk.api.base_url = office.simulator.base_url
        await office.is_shown(
            await office.send(await office.add_lead(), body=body, media_urls=[picture]), "delivered"
        )
        [ours] = office.simulator.ledger
        official = partial(
            sdk.messages.create,
            to=cast.LENA.phone,
            from_=cast.OUR_NUMBER,
            body=body,
            media_url=[picture],
            status_callback=ours.status_callback,
            validity_period=14400,
        )
        created = await asyncio.to_thread(official)

        theirs = office.simulator.ledger[1]
        assert created.sid == theirs.sid
        assert sorted(ours.form) == sorted(theirs.form)

    play(story)


def test_the_official_library_finds_what_we_sent(play: Play) -> None:
    async def story(office: Office) -> None:
        sdk = Client(cast.ACCOUNT_SID, cast.AUTH_TOKEN)
        sdk.api.base_url = office.simulator.base_url
        message_id = await office.send(await office.add_lead(), body="Hi Lena")
        shown = await office.is_shown(message_id, "delivered")
        [found] = await asyncio.to_thread(sdk.messages.list, to=cast.LENA.phone)
        assert (found.sid, found.body, found.status) == (shown["twilio_sid"], "Hi Lena", "delivered")

    play(story)


# Faults on the way.


@pytest.mark.parametrize(
    "fault", ["accept_500", "accept_proxy", "accept_reset", "accept_half", "accept_no_sid"]
)
def test_a_text_whose_answer_was_lost_is_in_doubt_until_its_report_comes(play: Play, fault: str) -> None:
    async def story(office: Office) -> None:
        message_id = await office.send(await office.add_lead(), body="Hi Lena")
        shown = await office.is_shown(message_id, "in_doubt")
        assert shown["twilio_sid"] is None
        shown = await office.is_shown(message_id, "delivered", tick=TICK)

        [accepted] = office.simulator.ledger
        assert shown["twilio_sid"] == accepted.sid
        assert shown["attempts"][0]["resolved_by"] == "report"
        office.clock.advance(600)
        await office.simulator.idle()
        assert office.sent == ["Hi Lena"]

    play(story, plan=Plan(next=((fault, "callback_delayed"),)))


@pytest.mark.parametrize("fault", ["accept_500", "accept_reset"])
def test_reports_that_come_before_the_lost_answer_are_as_good(play: Play, fault: str) -> None:
    async def story(office: Office) -> None:
        message_id = await office.send(await office.add_lead(), body="Hi Lena")
        shown = await office.is_shown(message_id, "delivered")
        await office.is_answered(message_id)
        again = await office.get(f"/messages/{message_id}")
        assert (again["status"], again["twilio_sid"]) == ("delivered", shown["twilio_sid"])
        assert office.sent == ["Hi Lena"]

    play(story, plan=Plan(next=((fault, "callback_early"),)))


def test_a_text_whose_answer_never_comes_is_resolved_by_its_report(play: Play) -> None:
    """The worker is one of its own, with a shorter patience than ours, beside a service without one."""

    async def story(office: Office) -> None:
        message_id = await office.send(await office.add_lead(), body="Hi Lena")
        settings = office.line.settings
        async with TwilioClient(
            cast.ACCOUNT_SID, settings.api_credentials, base_url=settings.twilio_api_base_url, timeout=0.4
        ) as client:
            worker = Worker(office.line, client)
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(worker.run())
                await office.is_shown(message_id, "in_doubt")
                await office.is_shown(message_id, "delivered", tick=TICK)
                worker.stop()
        assert office.sent == ["Hi Lena"]

    play(story, plan=Plan(next=(("accept_withheld", "callback_delayed"),)), with_worker=False)


@pytest.mark.parametrize("fault", ["refuse_500", "refuse_reset"])
def test_a_text_that_nobody_can_tell_of_stays_in_doubt_and_is_not_sent_again(play: Play, fault: str) -> None:
    """Twilio did not take it, but we cannot know that."""

    async def story(office: Office) -> None:
        message_id = await office.send(await office.add_lead(), body="Hi Lena")
        await office.is_shown(message_id, "in_doubt")
        office.clock.advance(sending.LEASE)
        other = await office.send(await office.add_lead(phone="+13035550143"), body="Hi Leo")
        await office.is_shown(other, "delivered")
        await office.is_shown(message_id, "in_doubt")
        assert office.sent == ["Hi Leo"]

    play(story, plan=Plan(next=((fault,),)))


def test_a_throttled_text_is_sent_once_when_twilio_allows_it(play: Play) -> None:
    async def story(office: Office) -> None:
        message_id = await office.send(await office.add_lead(), body="Hi Lena")
        await office.is_answered(message_id)
        shown = await office.get(f"/messages/{message_id}")
        assert (shown["status"], shown["attempts"][0]["http_status"]) == ("queued", 429)
        throttled_at = office.clock.now()
        shown = await office.is_shown(message_id, "delivered", tick=TICK)
        [accepted] = office.simulator.ledger
        assert 30 <= (accepted.at - throttled_at).total_seconds() < 40
        assert [attempt["outcome"] for attempt in shown["attempts"]] == ["throttled", "accepted"]

    play(story, plan=Plan(next=(("refuse_429_retry_after",),), retry_after=30))


def test_a_text_waits_while_twilio_cannot_be_reached_and_is_sent_once_it_can(
    open_office: Callable[..., Any], clock: Clock
) -> None:
    async def story() -> None:
        simulator = simulator_at(clock)
        async with running(simulator) as url:
            port = urlsplit(url).port
            assert port is not None
        async with open_office(simulator) as office:
            message_id = await office.send(await office.add_lead(), body="Hi Lena")
            await office.is_answered(message_id)
            shown = await office.get(f"/messages/{message_id}")
            assert (shown["status"], shown["attempts"][0]["outcome"]) == ("queued", "unreachable")
            async with running(simulator, port=port):
                await office.is_shown(message_id, "delivered", tick=TICK)
                assert office.sent == ["Hi Lena"]

    serving.run(story())


@pytest.mark.parametrize("fault", ["callback_doubled", "callback_reordered", "callback_concurrent"])
def test_the_order_and_number_of_the_reports_change_nothing(play: Play, fault: str) -> None:
    async def story(office: Office) -> None:
        message_id = await office.send(await office.add_lead(), body="Hi Lena")
        await office.is_shown(message_id, "delivered")
        await office.simulator.idle()
        shown = await office.is_shown(message_id, "delivered")
        assert {"sent", "delivered"} <= set(office.front.statuses)
        reports = [fact["status"] for fact in shown["evidence"] if fact["kind"] == "report"]
        assert sorted(reports) == ["delivered", "sent"]

    play(story, plan=Plan(next=((fault,),), copies=3))


@pytest.mark.parametrize("fault", ["callback_unsigned", "callback_corrupted"])
def test_a_forged_report_changes_nothing(play: Play, fault: str) -> None:
    async def story(office: Office) -> None:
        message_id = await office.send(await office.add_lead(), body="Hi Lena")
        await office.is_answered(message_id)
        await office.simulator.idle()
        shown = await office.get(f"/messages/{message_id}")
        assert (shown["status"], shown["twilio_status"]) == ("accepted", "queued")
        assert {passed.status for passed in office.front.passed} == {403}

    play(story, plan=Plan(next=((fault,),)), has_forgeries=True)
