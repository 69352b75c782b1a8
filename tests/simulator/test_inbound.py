"""A person texts us: the webhook, what is done with its answer, and Twilio's own keywords."""

import json
from pathlib import Path

import pytest
from aiohttp import web

from leadline.errors import InvalidInput, PhoneNumberError
from leadline.simulator import Number
from tests.simulator.stage import BOB, LENA, LOCAL, OURS, SERVICE, TOLL_FREE, Answer, Stage, play, xml

VECTORS = json.loads((Path(__file__).parents[1] / "data" / "twilio-vectors.json").read_text())
ORDER = VECTORS["observed_payload_field_order"]
PIXEL = "data:image/png;base64,iVBORw0KGgo="
SHORT_CODE = "55555"


def _always(document: str, *, status: int = 200) -> Answer:
    return lambda _: xml(document, status=status)


def test_a_text_is_told_with_its_fields_in_the_observed_order() -> None:
    async def story(stage: Stage) -> None:
        reply = await stage.text_us("Hello & welcome + é")
        (told,) = stage.app.received
        assert [name for name, _ in told.pairs] == [name for name in ORDER["inbound_sms"] if name[-1] != "?"]
        assert told.fields["MessageSid"] == told.fields["SmsSid"] == reply.sid
        assert told.fields["Body"] == "Hello & welcome + é"
        assert (told.fields["SmsStatus"], told.fields["FromCity"]) == ("received", "")
        assert (reply.status, reply.error) == (200, None)

    play(story)


def test_a_picture_is_told_with_its_fields_in_the_observed_order() -> None:
    async def story(stage: Stage) -> None:
        reply = await stage.simulator.reply(LENA, OURS, "", [PIXEL])
        (told,) = stage.app.received
        assert [name for name, _ in told.pairs] == ORDER["inbound_mms"]
        assert (told.fields["NumMedia"], told.fields["MediaContentType0"]) == ("1", "image/png")
        assert reply.sid.startswith("MM")
        assert told.fields["MediaUrl0"].startswith(f"{stage.url}/2010-04-01/Accounts/")

    play(story)


def test_a_text_to_a_pool_names_its_service() -> None:
    async def story(stage: Stage) -> None:
        stage.simulator.configure(services=[{"sid": SERVICE, "pool": [OURS]}])
        await stage.text_us("Hello")
        names = [name for name, _ in stage.app.received[0].pairs]
        assert names[names.index("To") : names.index("ToZip")] == ["To", "MessagingServiceSid"]

    play(story)


@pytest.mark.parametrize("defers", [True, False])
def test_a_service_has_its_own_webhook_or_defers_to_the_number(*, defers: bool) -> None:
    async def story(stage: Stage) -> None:
        stage.simulator.configure(
            numbers=[Number(OURS, inbound_url=f"{stage.app.url}/number")],
            services=[
                {
                    "sid": SERVICE,
                    "pool": [OURS],
                    "inbound_url": f"{stage.app.url}/service",
                    "defer_to_number": defers,
                }
            ],
        )
        await stage.text_us("Hello")
        assert stage.app.received[0].path == ("/number" if defers else "/service")

    play(story)


def test_without_a_webhook_the_text_is_in_the_list_all_the_same() -> None:
    async def story(stage: Stage) -> None:
        stage.simulator.configure(inbound_url=None)
        reply = await stage.text_us("Hello")
        _, listed = await stage.call("GET", f"{stage.messages_url}?To={OURS.replace('+', '%2B')}")
        assert reply.status is None
        assert [(message["sid"], message["direction"]) for message in listed["messages"]] == [
            (reply.sid, "inbound")
        ]

    play(story)


def test_a_text_to_somebody_elses_number_is_refused() -> None:
    async def story(stage: Stage) -> None:
        with pytest.raises(PhoneNumberError):
            await stage.text_us("Hello", to=BOB)
        with pytest.raises(InvalidInput):
            await stage.text_us("")

    play(story)


def test_a_text_may_come_from_what_is_no_number() -> None:
    async def story(stage: Stage) -> None:
        await stage.text_us("Your code is 1234", from_="Bank")
        assert stage.app.received[0].fields["From"] == "Bank"

    play(story)


REPLIES = [
    ("<Response/>", []),
    ("<Response></Response>", []),
    ("<Response><Message>Hi</Message></Response>", ["Hi"]),
    ("<?xml version='1.0'?><Response><Sms>Old</Sms></Response>", ["Old"]),
    ("<Response><Message><Body>One </Body><Body>two</Body></Message></Response>", ["One two"]),
    ("<Response><Message>A</Message><Message>B</Message></Response>", ["A", "B"]),
    ("<Response><!-- a comment --><Message>&lt;ok&gt;</Message><Play>x</Play></Response>", ["<ok>"]),
    ("<Response><Message action='/next'>A</Message><Message>unreached</Message></Response>", ["A"]),
    ("<Response><Redirect>/next</Redirect><Message>unreached</Message></Response>", []),
]


@pytest.mark.parametrize(("document", "bodies"), REPLIES)
def test_the_answer_is_carried_out(document: str, bodies: list[str]) -> None:
    async def story(stage: Stage) -> None:
        stage.app.answers["/inbound"] = _always(document)
        reply = await stage.text_us("Hello")
        sent = [
            each for each in stage.simulator.account.messages.values() if each.direction == "outbound-reply"
        ]
        assert reply.error is None
        assert [message.body for message in sent] == bodies
        assert all((message.to, message.from_) == (LENA, OURS) for message in sent)
        assert stage.simulator.ledger == ()

    play(story)


def test_a_reply_may_name_its_sender_its_reader_and_its_callback() -> None:
    async def story(stage: Stage) -> None:
        callback = f"{stage.app.url}/told"
        document = (
            f"<Response><Message to='{BOB}' from='{LOCAL}' statusCallback='{callback}'>"
            "<Body>Hi</Body><Media>https://example.com/a.png</Media></Message></Response>"
        )
        stage.app.answers["/inbound"] = _always(document)
        await stage.text_us("Hello")
        await stage.simulator.idle()
        told = stage.app.at("/told")[0].fields
        assert (told["To"], told["From"]) == (BOB, LOCAL)
        assert told["MessageSid"].startswith("MM")

    play(story)


def test_a_plain_text_is_the_reply() -> None:
    async def story(stage: Stage) -> None:
        stage.app.answers["/inbound"] = lambda _: web.Response(text="Thank you")
        await stage.text_us("Hello")
        assert [message.body for message in stage.simulator.account.newest_first()] == ["Thank you", "Hello"]

    play(story)


def test_a_redirect_hands_the_same_fields_on() -> None:
    async def story(stage: Stage) -> None:
        stage.app.answers["/inbound"] = _always("<Response><Redirect>/next</Redirect></Response>")
        stage.app.answers["/next"] = _always("<Response><Message>There</Message></Response>")
        await stage.text_us("Hello")
        first, second = stage.app.received[:2]
        assert (second.path, second.pairs) == ("/next", first.pairs)

    play(story)


FAULTS = [
    ("<Response>", 200, 12100),
    (" not xml", 200, 12100),
    ("<Answer/>", 200, 12100),
    ("<Response><Message></Message></Response>", 200, 14103),
    (f"<Response><Message>{'x' * 1601}</Message></Response>", 200, 14103),
    ("<Response><Message statusCallback='nowhere'>x</Message></Response>", 200, 14105),
    ("<Response><Message>x</Message></Response>" + " " * 65_536, 200, 11750),
    ("<Response/>", 500, 11200),
    ("<Response/>", 404, 11200),
    ("<Response><Redirect>/inbound</Redirect></Response>", 200, 14106),
    (f"<Response>{'<Message>x</Message>' * 11}</Response>", 200, 14109),
]


@pytest.mark.parametrize(("document", "status", "code"), FAULTS)
def test_an_answer_that_twilio_could_not_use_is_an_error(document: str, status: int, code: int) -> None:
    async def story(stage: Stage) -> None:
        stage.app.answers["/inbound"] = _always(document, status=status)
        reply = await stage.text_us("Hello")
        assert (reply.status, reply.error) == (status, code)

    play(story)


def test_an_answer_of_an_unknown_type_is_an_error() -> None:
    async def story(stage: Stage) -> None:
        stage.app.answers["/inbound"] = lambda _: web.json_response({"message": "Hi"})
        assert (await stage.text_us("Hello")).error == 12300

    play(story)


def test_a_reply_has_at_most_ten_texts() -> None:
    async def story(stage: Stage) -> None:
        stage.app.answers["/inbound"] = _always(f"<Response>{'<Message>x</Message>' * 11}</Response>")
        await stage.text_us("Hello")
        assert len(stage.simulator.account.messages) == 11

    play(story)


def test_the_fallback_is_told_what_went_wrong() -> None:
    async def story(stage: Stage) -> None:
        stage.simulator.configure(fallback_url=f"{stage.app.url}/fallback")
        stage.app.answers["/inbound"] = _always("<Response/>", status=503)
        reply = await stage.text_us("Hello")
        (told,) = stage.app.at("/fallback")
        assert told.pairs[-2:] == [("ErrorCode", "11200"), ("ErrorUrl", f"{stage.app.url}/inbound")]
        assert (reply.status, reply.error) == (200, None)

    play(story)


async def _blocked(stage: Stage, sender: str = OURS) -> bool:
    status, document = await stage.create(From=sender)
    return status == 400 and document["code"] == 21610


def _notices(stage: Stage) -> list[str]:
    return [notice.body.split()[2] for notice in stage.simulator.account.notices[LENA]]


@pytest.mark.parametrize(
    "word", ["STOP", "stop", " Stop ", "STOPALL", "unsubscribe", "End", "revoke", "OptOut"]
)
def test_a_stop_word_blocks_that_sender(word: str) -> None:
    async def story(stage: Stage) -> None:
        await stage.text_us(word)
        assert await _blocked(stage)
        assert not await _blocked(stage, LOCAL)
        assert stage.app.at("/inbound")[0].fields["Body"] == word
        assert _notices(stage) == ["unsubscribed"]

    play(story)


@pytest.mark.parametrize("words", ["Stop.", "please stop", "opt out", "ARRET", "stop texting me", "no"])
def test_twilio_does_not_understand_other_words(words: str) -> None:
    async def story(stage: Stage) -> None:
        await stage.text_us(words)
        assert not await _blocked(stage)

    play(story)


@pytest.mark.parametrize("word", ["START", "yes", "Unstop"])
def test_a_start_word_ends_the_block(word: str) -> None:
    async def story(stage: Stage) -> None:
        await stage.text_us("STOP")
        await stage.text_us(word)
        assert not await _blocked(stage)
        assert _notices(stage) == ["unsubscribed", "subscribed"]

    play(story)


def test_help_is_answered_and_a_second_stop_is_not() -> None:
    async def story(stage: Stage) -> None:
        for words in ("HELP", "STOP", "STOP"):
            await stage.text_us(words)
        assert len(_notices(stage)) == 2

    play(story)


def test_yes_does_not_reopen_a_toll_free_number() -> None:
    async def story(stage: Stage) -> None:
        await stage.text_us("STOP", to=TOLL_FREE)
        await stage.text_us("YES", to=TOLL_FREE)
        await stage.text_us("HELP", to=TOLL_FREE)
        assert await _blocked(stage, TOLL_FREE)
        assert len(_notices(stage)) == 1
        await stage.text_us("START", to=TOLL_FREE)
        assert not await _blocked(stage, TOLL_FREE)

    play(story)


def test_a_short_code_leaves_keywords_to_the_application() -> None:
    async def story(stage: Stage) -> None:
        stage.simulator.configure(numbers=[SHORT_CODE])
        await stage.text_us("STOP", to=SHORT_CODE)
        assert not await _blocked(stage, SHORT_CODE)
        assert _notices(stage) == []

    play(story)


def test_a_stop_to_one_number_of_a_pool_stops_the_service() -> None:
    async def story(stage: Stage) -> None:
        stage.simulator.configure(services=[{"sid": SERVICE, "pool": [OURS, LOCAL]}])
        await stage.text_us("STOP", to=LOCAL)
        assert await _blocked(stage, OURS)

    play(story)


def test_through_a_service_the_opt_out_is_found_after_accepting() -> None:
    async def story(stage: Stage) -> None:
        stage.simulator.configure(services=[{"sid": SERVICE, "pool": [OURS]}])
        await stage.text_us("STOP")
        status, _ = await stage.create(From="", MessagingServiceSid=SERVICE)
        await stage.simulator.idle()
        assert status == 201
        assert stage.app.statuses == ["queued", "failed"]
        assert stage.app.received[-1].fields["ErrorCode"] == "21610"

    play(story)


@pytest.mark.parametrize(
    ("word", "kind"), [("STOP", "STOP"), ("yes", "START"), ("Info", "HELP"), ("ok", None)]
)
def test_advanced_opt_out_tells_what_was_said(word: str, kind: str | None) -> None:
    async def story(stage: Stage) -> None:
        service = {"sid": SERVICE, "pool": [OURS, SHORT_CODE], "advanced_opt_out": True}
        stage.simulator.configure(numbers=[OURS, SHORT_CODE], services=[service])
        await stage.text_us(word, to=SHORT_CODE)
        assert stage.app.received[0].fields.get("OptOutType") == kind

    play(story)


def test_a_twiml_reply_to_a_stop_fails() -> None:
    async def story(stage: Stage) -> None:
        stage.app.answers["/inbound"] = _always("<Response><Message>Sorry to see you go</Message></Response>")
        await stage.text_us("STOP")
        await stage.simulator.idle()
        (failed,) = (each.fields for each in stage.app.received if "MessageStatus" in each.fields)
        assert (failed["MessageStatus"], failed["ErrorCode"]) == ("failed", "21610")

    play(story)
