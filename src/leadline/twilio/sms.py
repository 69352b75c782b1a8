"""The library's verbs: send a text with nothing but Twilio settings, no database and no worker.

What is sent this way is sent at once and remembered by nobody, so the gate is asked only what can be told
without a database: that there is a text of an allowed length, and that its country is allowed. Consent,
quiet hours and caps are not asked, and nothing is tried again. An application that needs those opens a
``Leadline``.
"""

import asyncio
import json
import secrets
from collections.abc import Coroutine, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any, TypedDict, Unpack
from urllib.parse import urlsplit

from leadline.clock import SystemClock
from leadline.errors import InvalidInput, SettingsError, UnknownTemplate
from leadline.rules.phone import normalize_phone
from leadline.rules.template import BUILT_IN, Template, render
from leadline.rules.text import check_body
from leadline.settings import Settings
from leadline.twilio.client import Create, Permit, SendKind, SendResult, TwilioClient

MAX_MEDIA = 10
LONGEST_URL = 4000
LONGEST_VALIDITY = 36_000
# https://www.twilio.com/docs/api/errors/35114 and 35117
NEAREST_SEND_AT = timedelta(minutes=15)
FURTHEST_SEND_AT = timedelta(days=35)


class SendOptions(TypedDict, total=False):
    """What a send can be told besides the number and the text; Twilio's create parameters by Python names.

    Without ``from_`` or ``messaging_service_sid`` the settings' sender is used. ``settings`` stands in for
    the environment. ``validity_period`` is in seconds, by default that of the settings.
    https://www.twilio.com/docs/messaging/api/message-resource#create-a-message-resource
    """

    from_: str | None
    messaging_service_sid: str | None
    media_urls: Sequence[str]
    status_callback: str | None
    validity_period: int | None
    send_at: datetime | None
    smart_encoded: bool | None
    send_as_mms: bool | None
    shorten_urls: bool | None
    content_sid: str | None
    content_variables: Mapping[str, str] | str | None
    application_sid: str | None
    attempt: int | None
    provide_feedback: bool | None
    risk_check: str | None
    content_retention: str | None
    address_retention: str | None
    persistent_actions: Sequence[str]
    fallback_from: str | None
    settings: Settings | None


def is_twilio_configured(settings: Settings | None = None) -> bool:
    """Whether there is an account, its token and a sender to text from. Never raises."""
    try:
        return (settings or Settings.load()).is_twilio_configured
    except (SettingsError, OSError, ValueError):
        # A value that does not fit, or an .env file that cannot be read.
        return False


def send_sms(to: str, body: str | None = None, **options: Unpack[SendOptions]) -> SendResult:
    """Send one text and say what is known of it.

    What Twilio or the network does is in the result: ``ok`` with a SID, or a ``kind`` that says whether it
    was certainly not sent or is in doubt. Nothing is sent a second time. Without credentials the kind is
    ``not_configured``. Raises InvalidInput, naming the field, for what cannot be sent, a number of a country
    that ``LEADLINE_COUNTRIES`` does not list among it, and SettingsError for settings that do not fit
    together, both before anything is sent.
    Works with or without a running event loop; it opens a connection each time, so for many texts use
    ``TwilioClient``.
    """
    return _finished(send_sms_async(to, body, **options))


async def send_sms_async(to: str, body: str | None = None, **options: Unpack[SendOptions]) -> SendResult:
    """``send_sms`` for asynchronous code."""
    settings = options.get("settings") or Settings.load()
    message = _message(to, body, options, settings)
    permit = _permit(message, settings)
    try:
        credentials = settings.api_credentials
    except SettingsError:
        return _not_configured()
    if not settings.twilio_account_sid or not (message.from_ or message.messaging_service_sid):
        return _not_configured()
    base_url = settings.twilio_api_base_url
    async with TwilioClient(settings.twilio_account_sid, credentials, base_url=base_url) as client:
        return await client.create(message, permit)


def send_templated_sms(
    to: str,
    template: str | Template,
    variables: Mapping[str, Any] | None = None,
    **options: Unpack[SendOptions],
) -> SendResult:
    """Render a template, by name or given, and send the text as ``send_sms`` does.

    ``business_name`` comes from the settings unless given. Raises MissingVariables with every name that has
    no value, and UnknownTemplate for a name that is not one of ``initial_outreach``, ``follow_up``,
    ``demo_confirmation``, ``thank_you`` and ``callback_reminder``.
    """
    return _finished(send_templated_sms_async(to, template, variables, **options))


async def send_templated_sms_async(
    to: str,
    template: str | Template,
    variables: Mapping[str, Any] | None = None,
    **options: Unpack[SendOptions],
) -> SendResult:
    """``send_templated_sms`` for asynchronous code."""
    settings = options.get("settings") or Settings.load()
    values = {"business_name": settings.leadline_business_name} | dict(variables or {})
    body = render(_template(template), values)
    return await send_sms_async(to, body, **options)


def _finished(sending: Coroutine[Any, Any, SendResult]) -> SendResult:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(sending)
    # The caller's loop cannot be entered twice; a loop in a thread of its own can be waited for.
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(asyncio.run, sending).result()


def _not_configured() -> SendResult:
    needed = "Set TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN and TWILIO_PHONE_NUMBER."
    return SendResult(ok=False, kind=SendKind.NOT_CONFIGURED, error_message=f"Nothing was sent. {needed}")


def _template(template: str | Template) -> Template:
    if isinstance(template, Template):
        return template
    if template not in BUILT_IN:
        raise UnknownTemplate(template, BUILT_IN)
    return BUILT_IN[template]


def _message(to: str, body: str | None, options: SendOptions, settings: Settings) -> Create:
    """The create call, with every argument checked."""
    given: dict[str, Any] = {name: value for name, value in options.items() if name != "settings"}
    media_urls = tuple(given.pop("media_urls", ()))
    variables = given.pop("content_variables", None)
    validity = given.pop("validity_period", None)
    from_, service = _sender(given, settings)
    message = Create(
        to=normalize_phone(to, settings.leadline_region, field="to"),
        body=_body(body, has_media=bool(media_urls), has_content=bool(given.get("content_sid"))),
        media_urls=media_urls,
        content_variables=json.dumps(variables) if isinstance(variables, Mapping) else variables,
        persistent_actions=tuple(given.pop("persistent_actions", ())),
        validity_period=settings.leadline_validity_period if validity is None else validity,
        from_=from_,
        messaging_service_sid=service,
        **given,
    )
    _check_urls(message)
    _check_times(message)
    message.form()
    return message


def _permit(message: Create, settings: Settings) -> Permit:
    """The decision for a text that no database knows: by its country; ``_body`` has seen to its content."""
    # It brings all areas and their hours along, which an import of the library should not wait for.
    from leadline.rules.whereabouts import candidates  # noqa: PLC0415

    country = candidates(message.to, home=settings.leadline_region).country
    allowed = settings.countries
    if allowed is not None and country not in allowed:
        raise InvalidInput(
            f"Texts to {country or 'this number'} are not allowed here. LEADLINE_COUNTRIES lists where.",
            field="to",
            code="country_not_allowed",
        )
    return Permit(f"alone:{secrets.token_hex(8)}")


def _body(body: str | None, *, has_media: bool, has_content: bool) -> str | None:
    if not body and (has_media or has_content):
        return None
    return check_body(body or "", has_media=has_media or has_content)


def _sender(given: dict[str, Any], settings: Settings) -> tuple[str | None, str | None]:
    """The sender asked for, else the settings'; a Messaging Service goes before a number."""
    from_, service = given.pop("from_", None), given.pop("messaging_service_sid", None)
    if from_ is not None and not from_.strip():
        raise InvalidInput("The sender is blank. Leave it out to use the one in the settings.", field="from_")
    if not from_ and not service:
        service = settings.twilio_messaging_service_sid
        from_ = None if service else settings.twilio_phone_number
    return from_, service


def _check_urls(message: Create) -> None:
    if len(message.media_urls) > MAX_MEDIA:
        raise InvalidInput(f"A text can carry {MAX_MEDIA} files.", field="media_urls")
    if not all(map(_is_web_address, message.media_urls)):
        raise InvalidInput("A file needs an address that begins with https://.", field="media_urls")
    callback = message.status_callback
    # Twilio refuses a host with an underscore: https://www.twilio.com/docs/api/errors/21609
    if callback is not None and (not _is_web_address(callback) or "_" in (urlsplit(callback).hostname or "")):
        raise InvalidInput(
            "Status reports need an address that begins with https://.", field="status_callback"
        )


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    plain = len(url) <= LONGEST_URL and not any(c.isspace() or not c.isprintable() for c in url)
    return plain and parts.scheme in ("http", "https") and bool(parts.hostname)


def _check_times(message: Create) -> None:
    if not 1 <= (message.validity_period or 0) <= LONGEST_VALIDITY:
        raise InvalidInput(f"1 to {LONGEST_VALIDITY} seconds.", field="validity_period")
    if message.send_at is None:
        return
    if message.send_at.tzinfo is None:
        raise InvalidInput("The time to send at needs a time zone.", field="send_at")
    if not message.messaging_service_sid:
        # Twilio would send it at once: https://www.twilio.com/docs/messaging/features/message-scheduling
        raise InvalidInput("Twilio schedules texts only through a Messaging Service.", field="send_at")
    ahead = message.send_at - SystemClock().now()
    if not NEAREST_SEND_AT <= ahead <= FURTHEST_SEND_AT:
        raise InvalidInput("Twilio schedules texts 15 minutes to 35 days ahead.", field="send_at")
