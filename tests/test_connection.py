"""What Twilio says of the account and the number, and that nothing is guessed from what it does not say."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from leadline import connection
from leadline.connection import Point
from leadline.serving import client_for
from leadline.settings import Settings
from leadline.simulator import Simulator, running
from leadline.twilio.client import TwilioClient
from tests import cast
from tests.twilio.scripted_server import Answer, answer, serving

Make = Callable[..., Settings]
PUBLIC = "https://sms.example.com"
INBOUND = f"{PUBLIC}/api/webhooks/twilio"
ACTIVE = answer(200, {"friendly_name": "Harbor Roofing", "status": "active", "type": "Full"})


def number(**changes: Any) -> Answer:
    """Twilio's list of numbers with ours in it."""
    ours = {
        "phone_number": cast.OUR_NUMBER,
        "sms_url": INBOUND,
        "sms_method": "POST",
        "capabilities": {"sms": True, "mms": True},
    }
    return answer(200, {"incoming_phone_numbers": [ours | changes]})


def told(settings: Settings, *answers: Answer) -> dict[str, Point]:
    """What the connection says when Twilio answers so."""

    async def story() -> list[Point]:
        async with serving(*answers) as server:
            credentials = settings.api_credentials
            async with TwilioClient(cast.ACCOUNT_SID, credentials, base_url=server.url) as client:
                return await connection.ask(client, settings)

    return {point.name: point for point in asyncio.run(story())}


@pytest.fixture
def real(settings: Make) -> Settings:
    """Settings of an account at Twilio."""
    return settings(leadline_public_url=PUBLIC)


def test_a_good_connection_is_good_in_every_point(real: Settings) -> None:
    points = told(real, ACTIVE, number())
    assert {name: point.state for name, point in points.items()} == {
        "Account": "good",
        "Number": "good",
        "Texts in": "good",
    }
    assert all(not point.what_to_do for point in points.values())


def test_the_retries_that_an_address_asks_for_are_no_part_of_it(real: Settings) -> None:
    assert told(real, ACTIVE, number(sms_url=f"{INBOUND}#rc=5"))["Texts in"].state == "good"


@pytest.mark.parametrize(
    ("changes", "name", "says"),
    [
        ({"sms_url": "https://old.example.com/sms"}, "Texts in", "go to https://old.example.com/sms"),
        ({"sms_url": ""}, "Texts in", "are not brought anywhere"),
        ({"sms_url": None}, "Texts in", "are not brought anywhere"),
        ({"sms_method": "GET"}, "Texts in", "not with HTTP POST"),
        ({"capabilities": {"sms": False}}, "Number", "cannot send or receive"),
        ({"phone_number": "+15005550001"}, "Number", "is not a number of this account"),
    ],
)
def test_what_is_wrong_with_the_number_is_told_with_what_to_do(
    real: Settings, changes: dict[str, Any], name: str, says: str
) -> None:
    point = told(real, ACTIVE, number(**changes))[name]
    assert point.state == "wrong"
    assert says in point.sentence
    assert point.what_to_do


@pytest.mark.parametrize(
    ("account", "says"),
    [
        ({"status": "suspended", "friendly_name": "Harbor Roofing"}, "is suspended"),
        ({"status": "active", "type": "Trial"}, "trial account"),
        ({}, "in no known state"),
    ],
)
def test_what_is_wrong_with_the_account_is_told(real: Settings, account: dict[str, str], says: str) -> None:
    point = told(real, answer(200, account), number())["Account"]
    assert (point.state, says in point.sentence) == ("wrong", True)


def test_credentials_that_twilio_does_not_take_are_told_and_no_more_is_asked(real: Settings) -> None:
    points = told(real, answer(401, {"code": 20003}))
    assert list(points) == ["Account"]
    assert "does not take these credentials" in points["Account"].sentence


@pytest.mark.parametrize("broken", [answer(500, {}), answer(200, []), answer(503, {"code": 20503})])
def test_no_usable_answer_is_not_known_rather_than_wrong(real: Settings, broken: Answer) -> None:
    assert told(real, broken)["Account"].state == "unknown"
    assert told(real, ACTIVE, broken)["Number"].state == "unknown"


def test_a_list_of_numbers_without_a_list_is_not_known(real: Settings) -> None:
    assert told(real, ACTIVE, answer(200, {"incoming_phone_numbers": None}))["Number"].state == "unknown"


def test_what_twilio_does_not_say_of_a_number_is_not_known(real: Settings) -> None:
    assert told(real, ACTIVE, number(capabilities=None))["Number"].state == "unknown"


def test_a_messaging_services_webhook_is_not_guessed_at(settings: Make) -> None:
    through = settings(leadline_public_url=PUBLIC, twilio_messaging_service_sid="MG" + "5" * 32)
    assert told(through, ACTIVE, number(sms_url=""))["Texts in"].state == "unknown"


def test_without_a_number_only_the_account_is_asked_about(settings: Make) -> None:
    through = settings(twilio_phone_number=None, twilio_messaging_service_sid="MG" + "5" * 32)
    assert list(told(through, ACTIVE)) == ["Account"]


@pytest.mark.parametrize("path", ["/api/webhooks/twilio", "/elsewhere"])
def test_the_simulator_answers_as_twilio_does(settings: Make, path: str) -> None:
    async def story() -> list[Point]:
        pretence = Simulator(numbers=[cast.OUR_NUMBER], inbound_url=f"http://127.0.0.1:1{path}")
        async with running(pretence, port=0):
            told = settings(
                twilio_account_sid=pretence.account_sid,
                twilio_auth_token=pretence.auth_token,
                twilio_api_base_url=pretence.base_url,
                leadline_public_url="http://127.0.0.1:1",
            )
            async with client_for(told) as client:
                return await connection.ask(client, told)

    points = asyncio.run(story())
    is_good = path == "/api/webhooks/twilio"
    assert [point.state for point in points] == ["good", "good", "good" if is_good else "wrong"]
