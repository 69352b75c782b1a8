"""What Twilio's list of messages says, in the words of our own records.

https://www.twilio.com/docs/messaging/api/message-resource: dates are RFC 2822 in GMT, numbers are text.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from leadline.twilio.client import MessageResource
from leadline.twilio.payloads import InboundSms, Media, parse_inbound_sms


def moment(date: str | None) -> datetime | None:
    """A resource's date, to the second, in UTC; None for one that is missing or no date.

    >>> moment("Sun, 22 Nov 2026 09:30:00 +0000")
    datetime.datetime(2026, 11, 22, 9, 30, tzinfo=datetime.timezone.utc)
    """
    if not date:
        return None
    try:
        found = parsedate_to_datetime(date)
    except (ValueError, TypeError):
        return None
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


def has_files(resource: MessageResource) -> bool:
    """Whether the message came with pictures or other files, whose addresses are listed elsewhere."""
    return str(resource.get("num_media") or "0") != "0"


def inbound(resource: MessageResource, media: Sequence[Media]) -> InboundSms:
    """A text from a lead, as its webhook would have brought it. Raises PayloadError as the webhook's parser.

    What Advanced Opt-Out made of it is in webhooks only, and so unknown.
    """
    form = {
        "MessageSid": resource["sid"],
        "AccountSid": resource.get("account_sid") or "",
        "MessagingServiceSid": resource.get("messaging_service_sid") or "",
        "From": resource.get("from") or "",
        "To": resource.get("to") or "",
        "Body": resource.get("body") or "",
        "NumSegments": str(resource.get("num_segments") or "1"),
        "NumMedia": str(len(media)),
    }
    for index, item in enumerate(media):
        form |= {f"MediaUrl{index}": item.url, f"MediaContentType{index}": item.content_type}
    when = moment(resource.get("date_sent")) or moment(resource.get("date_created"))
    return replace(parse_inbound_sms(form), date_sent=when)
