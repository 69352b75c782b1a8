"""The connection: what Twilio itself says of the account and the number that the settings name."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from leadline.errors import TwilioError
from leadline.settings import Settings
from leadline.simulation import is_simulated
from leadline.twilio.client import TwilioClient

# Where Twilio is to bring texts from leads, after the public address.
INBOUND_PATH = "/api/webhooks/twilio"
_REFUSED = (401, 403)


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that was asked: ``state`` is good, wrong or unknown; ``what_to_do`` is empty when good."""

    name: str
    state: str
    sentence: str
    what_to_do: str = ""


async def ask(client: TwilioClient, settings: Settings) -> list[Point]:
    """Ask Twilio, in two questions. What it does not answer is told as unknown; nothing is changed there."""
    try:
        points = [_of_account(await client.account())]
    except TwilioError as error:
        return [_not_answered("Account", error)]
    if settings.twilio_phone_number is None:
        return points
    try:
        number = await client.own_number(settings.twilio_phone_number)
    except TwilioError as error:
        return [*points, _not_answered("Number", error)]
    return [*points, *_of_number(number, settings)]


def _not_answered(name: str, error: TwilioError) -> Point:
    if error.http_status in _REFUSED:
        return Point(
            name,
            "wrong",
            "Twilio does not take these credentials.",
            "Compare TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN, or the API key, with Twilio’s console.",
        )
    return Point(name, "unknown", str(error), "Nothing is known from this. Ask again in a minute.")


def _of_account(account: Mapping[str, Any]) -> Point:
    status, name = str(account.get("status", "")), str(account.get("friendly_name", ""))
    if status != "active":
        what_to_do = "Twilio’s console says why, and what opens it again."
        return Point(
            "Account", "wrong", f"The account {name} is {status or 'in no known state'}.", what_to_do
        )
    if account.get("type") == "Trial":
        return Point(
            "Account",
            "wrong",
            f"{name} is a trial account: it texts only numbers that were verified in Twilio’s console.",
            "Upgrade the account before you text leads.",
        )
    return Point("Account", "good", f"{name} is active.")


def _of_number(number: Mapping[str, Any] | None, settings: Settings) -> list[Point]:
    if number is None:
        return [
            Point(
                "Number",
                "wrong",
                f"{settings.twilio_phone_number} is not a number of this account.",
                "Set TWILIO_PHONE_NUMBER to one of the account’s numbers, or buy it in Twilio’s console.",
            )
        ]
    return [_of_capability(number), _of_webhook(number, settings)]


def _of_capability(number: Mapping[str, Any]) -> Point:
    capabilities = number.get("capabilities")
    if not isinstance(capabilities, Mapping) or "sms" not in capabilities:
        return Point("Number", "unknown", "Twilio did not say whether the number can text.")
    if not capabilities["sms"]:
        return Point("Number", "wrong", "The number cannot send or receive texts.", "Use a number that can.")
    return Point("Number", "good", "The number can send and receive texts.")


def _of_webhook(number: Mapping[str, Any], settings: Settings) -> Point:
    wanted = f"{settings.leadline_public_url or ''}{INBOUND_PATH}"
    there = str(number.get("sms_url") or "").partition("#")[0]
    if settings.twilio_messaging_service_sid:
        sentence = "Texts come in by way of the Messaging Service, whose webhook this does not look at."
        return Point("Texts in", "unknown", sentence, f"It should be {wanted}, with HTTP POST.")
    is_post = str(number.get("sms_method", "")).upper() == "POST"
    if there == wanted and is_post:
        return Point("Texts in", "good", f"Twilio brings them to {wanted}.")
    where = f"go to {there}" if there else "are not brought anywhere"
    if there == wanted:
        where += ", but not with HTTP POST"
    what_to_do = f"Set “A message comes in” of the number to {wanted}, with HTTP POST."
    if is_simulated(settings):
        what_to_do = f"Set the simulator’s inbound_url to {wanted}."
    return Point("Texts in", "wrong", f"Texts to the number {where}.", what_to_do)
