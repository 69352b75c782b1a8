"""The JSON of the 2010 API. Types are as Twilio's: counts and prices are strings, error codes integers.

https://www.twilio.com/docs/messaging/api/message-resource#message-properties
"""

from datetime import UTC, datetime
from typing import Any

from leadline.simulator.problems import FAILURES
from leadline.simulator.records import Media, Message, Number

API_VERSION = "2010-04-01"
_PRICE_PER_SEGMENT = 0.0079

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def account_path(account_sid: str) -> str:
    """Where everything of an account begins."""
    return f"/{API_VERSION}/Accounts/{account_sid}"


def rfc_2822(moment: datetime) -> str:
    """The moment as ``Tue, 24 Aug 2021 05:52:49 +0000``, whatever the locale."""
    at = moment.astimezone(UTC)
    return f"{_DAYS[at.weekday()]}, {at.day:02} {_MONTHS[at.month - 1]} {at:%Y %H:%M:%S} +0000"


def message_document(message: Message, account_sid: str) -> dict[str, Any]:
    """One Message resource."""
    uri = f"{account_path(account_sid)}/Messages/{message.sid}"
    price = f"-{_PRICE_PER_SEGMENT * max(1, message.segments):.5f}" if message.priced else None
    return {
        "sid": message.sid,
        "account_sid": account_sid,
        "messaging_service_sid": message.service,
        "to": message.to,
        "from": message.from_,
        "body": message.body,
        "status": message.status,
        "direction": message.direction,
        "num_segments": str(message.segments),
        "num_media": str(len(message.media)),
        "price": price,
        "price_unit": "USD",
        "error_code": message.error_code,
        "error_message": None if message.error_code is None else FAILURES.get(message.error_code),
        "date_created": rfc_2822(message.created),
        "date_updated": rfc_2822(message.updated),
        "date_sent": rfc_2822(message.sent) if message.sent else None,
        "api_version": API_VERSION,
        "uri": f"{uri}.json",
        "subresource_uris": {"media": f"{uri}/Media.json", "feedback": f"{uri}/Feedback.json"},
    }


def media_document(media: Media, message: Message, account_sid: str) -> dict[str, Any]:
    """One Media resource."""
    return {
        "sid": media.sid,
        "account_sid": account_sid,
        "parent_sid": message.sid,
        "content_type": media.content_type,
        "date_created": rfc_2822(media.created),
        "date_updated": rfc_2822(media.created),
        "uri": f"{account_path(account_sid)}/Messages/{message.sid}/Media/{media.sid}.json",
    }


def feedback_document(message: Message, account_sid: str, *, outcome: str, at: datetime) -> dict[str, Any]:
    """What the Feedback subresource answers."""
    return {
        "account_sid": account_sid,
        "message_sid": message.sid,
        "outcome": outcome,
        "date_created": rfc_2822(at),
        "date_updated": rfc_2822(at),
        "uri": f"{account_path(account_sid)}/Messages/{message.sid}/Feedback.json",
    }


def number_document(number: Number, account_sid: str, *, inbound_url: str | None) -> dict[str, Any]:
    """One number of the account, with where its texts go."""
    return {
        "account_sid": account_sid,
        "phone_number": number.number,
        "capabilities": {"sms": number.sms, "mms": number.mms, "voice": False, "fax": False},
        "sms_url": number.inbound_url or inbound_url or "",
        "sms_method": "POST",
    }


def account_document(account_sid: str) -> dict[str, Any]:
    """The account itself, which programs fetch to try their credentials."""
    return {
        "sid": account_sid,
        "friendly_name": "Leadline simulator",
        "status": "active",
        "type": "Full",
        "owner_account_sid": account_sid,
        "uri": f"{account_path(account_sid)}.json",
    }
