"""Sending with nothing but settings."""

import asyncio
import base64
import inspect
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from leadline.errors import InvalidInput, MissingVariables, UnknownTemplate
from leadline.rules.template import Template
from leadline.settings import Settings
from leadline.twilio.create import Create
from leadline.twilio.outcome import SendKind, SendResult
from leadline.twilio.sms import (
    SendOptions,
    is_twilio_configured,
    send_sms,
    send_sms_async,
    send_templated_sms,
    send_templated_sms_async,
)
from tests import cast
from tests.twilio.scripted_server import Answer, Fault, ScriptedServer, answer, serving

MakeSettings = Callable[..., Settings]
SID = "SM" + "0a" * 16
SERVICE = "MG" + "0b" * 16
CREATED = answer(201, {"sid": SID, "status": "queued", "num_segments": "1"})
LENA = cast.LENA.phone


@pytest.fixture
def sent(settings: MakeSettings) -> Callable[..., tuple[SendResult, dict[str, str]]]:
    """Send through a server that answers, and give the result and the form it got."""

    def send(
        call: Callable[..., SendResult], *arguments: Any, played: Answer = CREATED, **options: Any
    ) -> tuple[SendResult, dict[str, str]]:
        changes = options.pop("changes", {})

        async def story() -> tuple[SendResult, ScriptedServer]:
            async with serving(played) as server:
                ours = settings(twilio_api_base_url=server.url, **changes)
                return await asyncio.to_thread(call, *arguments, settings=ours, **options), server

        result, server = asyncio.run(story())
        [request] = server.requests
        return result, dict(request.form) | {"Authorization": request.headers["authorization"]}

    return send


Sent = Callable[..., tuple[SendResult, dict[str, str]]]


def test_a_text_is_sent_from_our_number(sent: Sent) -> None:
    result, form = sent(send_sms, "(303) 555-0142", "Hi Lena\r\nStill good?")
    assert result == SendResult(True, SendKind.ACCEPTED, SID, "queued", segments=1, http_status=201)
    assert form.pop("Authorization") == basic(cast.ACCOUNT_SID, cast.AUTH_TOKEN)
    assert form == {
        "To": LENA,
        "From": cast.OUR_NUMBER,
        "Body": "Hi Lena\nStill good?",
        "ValidityPeriod": "14400",
    }


def basic(user: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


def test_an_api_key_goes_before_the_auth_token(sent: Sent) -> None:
    changes = {"twilio_api_key": "SKuser", "twilio_api_key_secret": "s3cret"}
    _, form = sent(send_sms, LENA, "Hi", changes=changes)
    assert form["Authorization"] == basic("SKuser", "s3cret")


@pytest.mark.parametrize(
    ("changes", "options", "sender"),
    [
        ({}, {}, {"From": cast.OUR_NUMBER}),
        ({"twilio_messaging_service_sid": SERVICE}, {}, {"MessagingServiceSid": SERVICE}),
        ({"twilio_messaging_service_sid": SERVICE}, {"from_": "68849"}, {"From": "68849"}),
        ({}, {"messaging_service_sid": SERVICE}, {"MessagingServiceSid": SERVICE}),
        (
            {},
            {"messaging_service_sid": SERVICE, "from_": "+1"},
            {"From": "+1", "MessagingServiceSid": SERVICE},
        ),
        ({"twilio_phone_number": None}, {"from_": "68849"}, {"From": "68849"}),
    ],
)
def test_the_sender_is_the_one_asked_for_or_the_settings(
    sent: Sent, changes: dict[str, Any], options: dict[str, Any], sender: dict[str, str]
) -> None:
    _, form = sent(send_sms, LENA, "Hi", changes=changes, **options)
    assert {name: form[name] for name in ("From", "MessagingServiceSid") if name in form} == sender


def test_every_option_reaches_twilio(sent: Sent) -> None:
    later = datetime.now(UTC) + timedelta(hours=1)
    _, form = sent(
        send_sms,
        LENA,
        "Hi",
        messaging_service_sid=SERVICE,
        media_urls=["https://example.com/a.jpg"],
        status_callback="https://sms.example.com/status#rc=5",
        validity_period=60,
        send_at=later,
        smart_encoded=True,
        send_as_mms=False,
        shorten_urls=True,
        content_sid="HX1",
        content_variables={"1": "Lena"},
        application_sid="AP1",
        attempt=2,
        provide_feedback=True,
        risk_check="disable",
        content_retention="discard",
        address_retention="obfuscate",
        persistent_actions=["geo:1,2"],
        fallback_from="+15005550006",
    )
    assert form["SendAt"] == later.strftime("%Y-%m-%dT%H:%M:%SZ")
    assert form["ContentVariables"] == '{"1": "Lena"}'
    assert {"MediaUrl", "StatusCallback", "ScheduleType", "RiskCheck", "Attempt", "FallbackFrom"} <= set(form)
    assert (form["SmartEncoded"], form["SendAsMms"], form["ValidityPeriod"]) == ("true", "false", "60")


def test_every_option_is_a_parameter_of_the_create_call() -> None:
    assert set(SendOptions.__annotations__) - {"settings"} <= set(inspect.signature(Create).parameters)


def test_a_picture_or_a_content_template_needs_no_words(sent: Sent) -> None:
    assert "Body" not in sent(send_sms, LENA, media_urls=["https://example.com/a.jpg"])[1]
    assert "Body" not in sent(send_sms, LENA, content_sid="HX1")[1]


@pytest.mark.parametrize(
    ("played", "kind"),
    [
        (answer(400, {"code": 21610}), SendKind.OPTED_OUT),
        (answer(500), SendKind.IN_DOUBT),
        (Fault.CLOSE_AFTER_READING, SendKind.IN_DOUBT),
    ],
)
def test_what_goes_wrong_is_a_result(sent: Sent, played: Answer, kind: SendKind) -> None:
    result, _ = sent(send_sms, LENA, "Hi", played=played)
    assert (result.ok, result.kind) == (False, kind)


def test_it_can_be_called_from_code_that_runs_in_an_event_loop(sent: Sent) -> None:
    def call(*arguments: Any, **options: Any) -> SendResult:
        async def caller() -> SendResult:
            return send_sms(*arguments, **options)

        return asyncio.run(caller())

    assert sent(call, LENA, "Hi")[0].ok


def test_asynchronous_code_can_wait_for_it(sent: Sent) -> None:
    def call(*arguments: Any, **options: Any) -> SendResult:
        return asyncio.run(send_sms_async(*arguments, **options))

    assert sent(call, LENA, "Hi")[0].ok


@pytest.mark.parametrize(
    "missing",
    [
        {"twilio_account_sid": None, "twilio_auth_token": None},
        {"twilio_phone_number": None},
    ],
)
def test_without_credentials_or_sender_nothing_is_sent_and_nothing_breaks(
    settings: MakeSettings, missing: dict[str, Any]
) -> None:
    result = send_sms(LENA, "Hi", settings=settings(**missing))
    assert (result.ok, result.kind, result.sid) == (False, SendKind.NOT_CONFIGURED, None)
    assert "TWILIO_ACCOUNT_SID" in (result.error_message or "")
    assert not is_twilio_configured(settings(**missing))


def test_the_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not is_twilio_configured()
    assert send_sms(LENA, "Hi").kind is SendKind.NOT_CONFIGURED
    monkeypatch.setenv("TWILIO_ACCOUNT_SID", cast.ACCOUNT_SID)
    monkeypatch.setenv("TWILIO_AUTH_TOKEN", cast.AUTH_TOKEN)
    assert not is_twilio_configured()
    monkeypatch.setenv("TWILIO_PHONE_NUMBER", cast.OUR_NUMBER)
    assert is_twilio_configured()


def test_settings_that_do_not_fit_are_not_configured(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TWILIO_ACCOUNT_SID", cast.ACCOUNT_SID)
    assert not is_twilio_configured()
    (tmp_path / ".env").write_bytes(b"\xff\xfe")
    monkeypatch.setitem(Settings.model_config, "env_file", tmp_path / ".env")
    assert not is_twilio_configured()


IN_AN_HOUR = datetime.now(UTC) + timedelta(hours=1)


@pytest.mark.parametrize(
    ("to", "body", "options", "field"),
    [
        ("555-0142", "Hi", {}, "to"),
        ("", "Hi", {}, "to"),
        ("whatsapp:+13035550142", "Hi", {}, "to"),
        (LENA, None, {}, "body"),
        (LENA, " ", {}, "body"),
        (LENA, "x" * 1601, {}, "body"),
        (LENA, "half \ud83d", {}, "body"),
        (LENA, "Hi", {"from_": " "}, "from_"),
        (LENA, "Hi", {"media_urls": ["https://example.com/a"] * 11}, "media_urls"),
        (LENA, "Hi", {"media_urls": ["/a.jpg"]}, "media_urls"),
        (LENA, "Hi", {"media_urls": ["https://[/a"]}, "media_urls"),
        (LENA, "Hi", {"status_callback": "sms.example.com/status"}, "status_callback"),
        (LENA, "Hi", {"status_callback": "https://my_host.example.com/"}, "status_callback"),
        (LENA, "Hi", {"status_callback": "https://example.com/" + "x" * 4000}, "status_callback"),
        (LENA, "Hi", {"validity_period": 36_001}, "validity_period"),
        (LENA, "Hi", {"validity_period": 0}, "validity_period"),
        (LENA, "Hi", {"validity_period": -1}, "validity_period"),
        (LENA, "Hi", {"send_at": IN_AN_HOUR}, "send_at"),
        (
            LENA,
            "Hi",
            {"send_at": IN_AN_HOUR.replace(tzinfo=None), "messaging_service_sid": SERVICE},
            "send_at",
        ),
        (
            LENA,
            "Hi",
            {"send_at": IN_AN_HOUR - timedelta(hours=2), "messaging_service_sid": SERVICE},
            "send_at",
        ),
        (
            LENA,
            "Hi",
            {"send_at": IN_AN_HOUR + timedelta(days=36), "messaging_service_sid": SERVICE},
            "send_at",
        ),
    ],
    ids=lambda value: repr(value)[:40],
)
def test_what_cannot_be_sent_is_refused_before_anything_leaves(
    settings: MakeSettings, to: str, body: str | None, options: dict[str, Any], field: str
) -> None:
    nowhere = settings(twilio_api_base_url="http://127.0.0.1:1")
    with pytest.raises(InvalidInput) as refusal:
        send_sms(to, body, settings=nowhere, **options)
    assert refusal.value.field == field


def test_an_option_that_does_not_exist_is_a_mistake_of_the_caller(settings: MakeSettings) -> None:
    wrong: Any = {"status_calback": "https://sms.example.com/"}
    with pytest.raises(TypeError, match="status_calback"):
        send_sms(LENA, "Hi", settings=settings(), **wrong)


def test_a_template_is_rendered_and_sent(sent: Sent) -> None:
    changes = {"leadline_business_name": "Northside Windows"}
    _, form = sent(send_templated_sms, LENA, "thank_you", {"first_name": "Lena"}, changes=changes)
    assert form["Body"] == "Thank you for your time today, Lena. Questions? Just reply. Northside Windows"


def test_a_template_of_the_applications_own_is_sent(sent: Sent) -> None:
    own = Template("own", "Hi {{ name }}")
    assert sent(send_templated_sms, LENA, own, {"name": "Lena"})[1]["Body"] == "Hi Lena"


def test_asynchronous_code_can_send_a_template(sent: Sent) -> None:
    def call(*arguments: Any, **options: Any) -> SendResult:
        return asyncio.run(send_templated_sms_async(*arguments, **options))

    assert sent(call, LENA, Template("own", "Hi"))[1]["Body"] == "Hi"


def test_every_missing_value_is_named_before_anything_leaves(settings: MakeSettings) -> None:
    with pytest.raises(MissingVariables) as missing:
        send_templated_sms(LENA, "demo_confirmation", {"first_name": " "}, settings=settings())
    assert missing.value.names == ("business_name", "demo_time", "first_name")


def test_an_unknown_template_names_those_there_are(settings: MakeSettings) -> None:
    with pytest.raises(UnknownTemplate, match="callback_reminder, demo_confirmation, follow_up"):
        send_templated_sms(LENA, "spring_sale", settings=settings())
