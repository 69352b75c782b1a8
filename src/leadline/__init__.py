"""Text your leads from your own Twilio number: never lost, never twice, never after STOP.

``Leadline`` is the whole product in one object; the functions work alone, with Twilio's settings and no
database. Each name is imported when it is first used, so that ``import leadline`` costs nothing.
"""

import importlib
import typing

if typing.TYPE_CHECKING:
    from leadline.app import Leadline
    from leadline.errors import (
        IdempotencyConflict,
        InvalidInput,
        LeadlineError,
        MissingVariables,
        NotFound,
        PayloadError,
        PhoneNumberError,
        SettingsError,
        StoreUnavailable,
        TemplateError,
        TextError,
        TwilioError,
        UnknownTemplate,
    )
    from leadline.rules.grounds import ReplyKind
    from leadline.rules.phone import normalize_phone
    from leadline.rules.replies import ReplyIntent, classify_reply, is_opt_in_message, is_opt_out_message
    from leadline.rules.segments import Segments, count_segments
    from leadline.rules.template import BUILT_IN, Template, render, required_variables
    from leadline.settings import Settings
    from leadline.twilio.client import Create, TwilioClient
    from leadline.twilio.codes import ErrorCode, explain
    from leadline.twilio.outcome import SendKind, SendResult
    from leadline.twilio.payloads import (
        DeliveryStatus,
        InboundSms,
        Media,
        parse_delivery_status,
        parse_inbound_sms,
        parse_incoming_sms,
    )
    from leadline.twilio.signature import validate_webhook_signature, verify_webhook_signature
    from leadline.twilio.sms import (
        is_twilio_configured,
        send_sms,
        send_sms_async,
        send_templated_sms,
        send_templated_sms_async,
    )
    from leadline.twilio.twiml import generate_twiml_response

__version__ = "0.1.0"

__all__ = [
    "BUILT_IN",
    "Create",
    "DeliveryStatus",
    "ErrorCode",
    "IdempotencyConflict",
    "InboundSms",
    "InvalidInput",
    "Leadline",
    "LeadlineError",
    "Media",
    "MissingVariables",
    "NotFound",
    "PayloadError",
    "PhoneNumberError",
    "ReplyIntent",
    "ReplyKind",
    "Segments",
    "SendKind",
    "SendResult",
    "Settings",
    "SettingsError",
    "StoreUnavailable",
    "Template",
    "TemplateError",
    "TextError",
    "TwilioClient",
    "TwilioError",
    "UnknownTemplate",
    "classify_reply",
    "count_segments",
    "explain",
    "generate_twiml_response",
    "is_opt_in_message",
    "is_opt_out_message",
    "is_twilio_configured",
    "normalize_phone",
    "parse_delivery_status",
    "parse_inbound_sms",
    "parse_incoming_sms",
    "render",
    "required_variables",
    "send_sms",
    "send_sms_async",
    "send_templated_sms",
    "send_templated_sms_async",
    "validate_webhook_signature",
    "verify_webhook_signature",
]

_HOMES = {
    "leadline.app": ("Leadline",),
    "leadline.errors": (
        "IdempotencyConflict",
        "InvalidInput",
        "LeadlineError",
        "MissingVariables",
        "NotFound",
        "PayloadError",
        "PhoneNumberError",
        "SettingsError",
        "StoreUnavailable",
        "TemplateError",
        "TextError",
        "TwilioError",
        "UnknownTemplate",
    ),
    "leadline.rules.grounds": ("ReplyKind",),
    "leadline.rules.phone": ("normalize_phone",),
    "leadline.rules.replies": (
        "ReplyIntent",
        "classify_reply",
        "is_opt_in_message",
        "is_opt_out_message",
    ),
    "leadline.rules.segments": (
        "Segments",
        "count_segments",
    ),
    "leadline.rules.template": (
        "BUILT_IN",
        "Template",
        "render",
        "required_variables",
    ),
    "leadline.settings": ("Settings",),
    "leadline.twilio.client": (
        "Create",
        "TwilioClient",
    ),
    "leadline.twilio.codes": (
        "ErrorCode",
        "explain",
    ),
    "leadline.twilio.outcome": (
        "SendKind",
        "SendResult",
    ),
    "leadline.twilio.payloads": (
        "DeliveryStatus",
        "InboundSms",
        "Media",
        "parse_delivery_status",
        "parse_inbound_sms",
        "parse_incoming_sms",
    ),
    "leadline.twilio.signature": (
        "validate_webhook_signature",
        "verify_webhook_signature",
    ),
    "leadline.twilio.sms": (
        "is_twilio_configured",
        "send_sms",
        "send_sms_async",
        "send_templated_sms",
        "send_templated_sms_async",
    ),
    "leadline.twilio.twiml": ("generate_twiml_response",),
}
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> object:
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(_HOME_OF[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
