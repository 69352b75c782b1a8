"""What the API refuses, with Twilio's codes: https://www.twilio.com/docs/api/errors.

Where Twilio's wording was seen in public captures the table keeps its shape; programs should look
at the code alone, for Twilio changes the words.
"""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

_DOCS = "https://www.twilio.com/docs/errors/"

# code: (HTTP status, text)
PROBLEMS: Mapping[int, tuple[int, str]] = {
    20003: (401, "Authenticate"),
    20004: (405, "Method not allowed"),
    20007: (400, "Page size must be between 1 and 1000."),
    20009: (409, "Cannot delete message because it is in progress."),
    20404: (404, "The requested resource {path} was not found"),
    20413: (413, "Request entity too large"),
    20429: (429, "Too Many Requests"),
    20500: (500, "Internal Server Error"),
    20503: (503, "Service Unavailable"),
    21211: (400, "The 'To' number {to} is not a valid phone number."),
    21212: (
        400,
        "The 'From' number {from_} is not a valid phone number, shortcode, or alphanumeric sender ID.",
    ),
    21265: (400, "The 'To' number {to} cannot be a Short Code."),
    21266: (400, "'To' and 'From' number cannot be the same: {to}"),
    21408: (400, "Permission to send an SMS has not been enabled for the region of the 'To' number {to}."),
    21602: (400, "Message body is required."),
    21603: (400, "A 'From' phone number or a MessagingServiceSid is required."),
    21604: (400, "A 'To' phone number is required."),
    21606: (
        400,
        "The From phone number {from_} is not a valid, SMS-capable number of your account.",
    ),
    21609: (400, "The 'StatusCallback' URL {url} is not a valid URL."),
    21610: (400, "Attempt to send to unsubscribed recipient"),
    21611: (429, "SMS queue is full."),
    21612: (400, "Message cannot be sent with the current combination of 'To' ({to}) and 'From' ({from_})."),
    21614: (400, "To number: {to}, is not a mobile number"),
    21617: (400, "The message body exceeds the 1600 character limit."),
    21619: (400, "A text message body or media urls must be specified."),
    21620: (400, "Invalid media URL {url}"),
    21621: (400, "The 'From' number {from_} is not enabled for MMS."),
    21623: (400, "Number of media files exceeds allowed limit of 10."),
    21624: (400, "The ValidityPeriod must be an integer from 1 to 36000."),
    21659: (400, "'{from_}' is not a Twilio phone number or Short Code country mismatch"),
    21701: (404, "The Messaging Service {service} does not exist."),
    21703: (400, "The Messaging Service {service} has no sender that can reach {to}."),
    21704: (400, "The Messaging Service {service} contains no phone numbers."),
    21705: (400, "The Messaging Service SID {service} is invalid."),
    30409: (409, "This message cannot be canceled."),
    35111: (400, "SendAt is required when ScheduleType is 'fixed'."),
    35114: (400, "SendAt must be between 900 seconds and 35 days in the future."),
    35118: (400, "MessagingServiceSid is required to schedule a message."),
    35126: (400, "ScheduleType must be 'fixed'."),
}

# The text beside an error_code that a message gets after it was accepted.
FAILURES: Mapping[int, str] = {
    21610: "Attempt to send to unsubscribed recipient",
    30001: "Queue overflow",
    30003: "Unreachable destination handset",
    30004: "Message blocked",
    30005: "Unknown destination handset",
    30006: "Landline or unreachable carrier",
    30007: "Message filtered",
    30008: "Unknown error",
    30022: "US A2P 10DLC - Rate limits exceeded",
    30023: "US A2P 10DLC - Daily message cap reached",
    30034: "US A2P 10DLC - Message from an unregistered number",
    30036: "Validity period expired",
    30410: "Provider timeout error",
    30500: "Internal failure",
}


class Problem(Exception):
    """A request that Twilio refuses with one of its codes."""

    def __init__(self, code: int, **details: object) -> None:
        self.code = code
        self.status, text = PROBLEMS[code]
        self.text = text.format_map(defaultdict(str, details))
        super().__init__(f"{code}: {self.text}")

    def document(self) -> dict[str, Any]:
        """The JSON body that Twilio answers with."""
        detail = {"detail": "Your AccountSid or AuthToken was incorrect."} if self.code == 20003 else {}
        about = {"message": self.text, "more_info": f"{_DOCS}{self.code}", "status": self.status}
        return {"code": self.code, **detail, **about}
