"""Twilio over the wire: signatures, webhooks, TwiML, the Messages API.

It works alone and knows nothing of the database. The library functions have their names here too, as in
``leadline``.
"""

import importlib
import typing

if typing.TYPE_CHECKING:
    from leadline.rules.replies import is_opt_in_message, is_opt_out_message
    from leadline.twilio.payloads import parse_delivery_status, parse_inbound_sms, parse_incoming_sms
    from leadline.twilio.signature import validate_webhook_signature, verify_webhook_signature
    from leadline.twilio.sms import is_twilio_configured, send_sms, send_templated_sms
    from leadline.twilio.twiml import generate_twiml_response

__all__ = [
    "generate_twiml_response",
    "is_opt_in_message",
    "is_opt_out_message",
    "is_twilio_configured",
    "parse_delivery_status",
    "parse_inbound_sms",
    "parse_incoming_sms",
    "send_sms",
    "send_templated_sms",
    "validate_webhook_signature",
    "verify_webhook_signature",
]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module("leadline"), name)
