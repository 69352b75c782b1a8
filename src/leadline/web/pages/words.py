"""What pages call things: states, authors, answers and errors, in tables."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mark:
    """How a status is shown: always an icon and words. ``look`` is the style's name for it."""

    look: str
    icon: str
    words: str


# By the status that is shown, ours or Twilio's; see rules/state.py.
MARKS: Mapping[str, Mark] = {
    "scheduled": Mark("scheduled", "clock", "Scheduled"),
    "queued": Mark("queued", "clock", "Queued"),
    "sending": Mark("queued", "clock", "Sending"),
    "accepted": Mark("sent", "tick", "Accepted"),
    "sent": Mark("sent", "tick", "Sent"),
    "partially_delivered": Mark("sent", "tick", "Partly delivered"),
    "delivered": Mark("delivered", "ticks", "Delivered"),
    # That a person looked at it is theirs to tell.
    "read": Mark("delivered", "ticks", "Delivered"),
    "undelivered": Mark("failed", "alert", "Not delivered"),
    "failed": Mark("failed", "alert", "Not sent"),
    "rejected": Mark("failed", "alert", "Not sent"),
    "refused": Mark("failed", "stop", "Not sent"),
    "canceled": Mark("canceled", "x", "Taken back"),
    "in_doubt": Mark("doubt", "doubt", "Not known yet"),
    "unconfirmed": Mark("doubt", "doubt", "No trace after 24 h"),
    "closed_unconfirmed": Mark("canceled", "doubt", "No trace, left at that"),
}
# Twilio may add a status; that it has the text is all we know then.
OTHER_MARK = MARKS["accepted"]


def in_few_letters(count: int, at_most: int) -> str:
    """A count that was made up to so many; nothing for none.

    >>> in_few_letters(1000, 1000), in_few_letters(0, 1000)
    ('999+', '')
    """
    return f"{at_most - 1}+" if count >= at_most else str(count or "")


AUTHORS: Mapping[str, str] = {
    "auto_reply": "Automatic reply",
    "cli": "Command line",
    "library": "A program",
    "token": "API",
}

NO_REPORT = "no delivery report"

# Of texts whose fate nobody knows, or that left twice: what is so, and what happens or may be done.
IN_DOUBT = (
    "We do not know yet whether this text left.",
    "Checking with Twilio: {done} of {all} checks done, next {when}. Nothing is sent twice meanwhile.",
)
UNCONFIRMED = ("No trace at Twilio after 24 h.", "It was most likely not sent.")
LEFT = ("No trace at Twilio after 24 h.", "It was most likely not sent, and was left at that.")
TWICE = ("This text left twice.", "It was sent again, and then the first turned out to have left too.")

# What a deferred text waits for, by the code of the gate's first reason.
WAITS_FOR: Mapping[str, str] = {
    "quiet_hours": "quiet hours",
    "zone_unknown": "nobody knows their time",
    "no_allowed_hour": "no hour is good everywhere they may be",
    "marketing_per_day": "enough marketing for a day",
    "marketing_per_week": "enough marketing for a week",
    "automatic_per_hour": "enough automatic texts for an hour",
    "automatic_per_day": "enough automatic texts for a day",
    "sender_stopped": "sending has stopped",
    "sender_rate": "the number's rate",
}

# What became of an attempt, or what was answered to it; see twilio/outcome.py.
OUTCOMES: Mapping[str, str] = {
    "accepted": "Accepted by Twilio",
    "rejected": "Twilio refused it",
    "opted_out": "Twilio refused it: the person opted out",
    "throttled": "Twilio asked us to slow down",
    "queue_full": "Twilio's queue for the number was full",
    "unauthorized": "Twilio did not accept our credentials",
    "unreachable": "Twilio could not be reached; nothing was sent",
    "not_begun": "Given back to the queue before it was sent",
    "in_doubt": "No answer that says whether it was sent",
    "not_configured": "Twilio is not set up here",
}
REPORTS: Mapping[str, str] = {
    "queued": "Queued at Twilio",
    "sending": "Twilio is sending it",
    "sent": "Sent to the carrier",
    "delivered": "Delivered, says the carrier",
    "undelivered": "Not delivered",
    "failed": "Not sent",
}

# What the search of Twilio's list came to, and what a person or a policy decided.
SEARCHES: Mapping[str, str] = {
    "nothing": "Not in Twilio's list",
    "too_few": "Twilio's list has fewer of these texts than were tried; nobody can say which left",
    "too_many": "Twilio's list has more of these texts than were tried: something else sends them too",
    "under_way": "A like text is under way; looking again after it",
}
DECISIONS: Mapping[tuple[str, str], str] = {
    ("person", "send_again"): "A person decided to send it again",
    ("person", "leave"): "A person decided to leave it at that",
    ("policy", "send_again"): "Sent again, as its sender had asked for",
}

CONSENT_KINDS: Mapping[str, str] = {
    "opt_out": "Opted out",
    "opt_in": "Opted in",
    "possible_stop": "May have opted out",
    "not_a_stop": "Read: no opt-out",
    "erased": "Erased",
}
CONSENT_SOURCES: Mapping[str, str] = {
    "keyword": "by text",
    "free_text": "by text",
    "carrier": "told to Twilio or the carrier",
    "person": "noted by a person",
    "import": "imported",
    "web_form": "on a web form",
    "api": "told by a program",
}

# Why webhooks were turned away, and what to do about it; see REASONS in web/webhooks.py.
REJECTS: Mapping[str, tuple[str, str]] = {
    "signature": (
        "The signature does not match",
        "A few are scanners. If no texts come in, compare the token and the public address with Twilio's.",
    ),
    "other_account": ("About another Twilio account", "Point that account's webhooks elsewhere."),
    "other_number": (
        "For a number that is not ours",
        "Point that number's webhook elsewhere.",
    ),
    "not_configured": ("Webhooks are not set up here", "Set LEADLINE_PUBLIC_URL and TWILIO_AUTH_TOKEN."),
    "method": ("Not a POST", "If it is Twilio, set the webhook to HTTP POST in its console."),
    "not_a_form": ("Not a form", "Twilio sends forms; this is somebody else."),
    "form": ("A form that cannot be read", "Twilio sends none such; this is somebody else."),
    "fields": (
        "Signed, with fields that make no sense",
        "Report it to Leadline, please.",
    ),
    "too_large": ("Longer than a webhook is", "Twilio sends none such; this is somebody else."),
    "late": ("An opt-in that waited too long here", "Nothing: it is read from Twilio's list instead."),
    "unordered": (
        "An opt-in that may be older than the opt-out before it",
        "If there are many, see whether Twilio's API answers: it is asked which came first.",
    ),
    "hung_up": ("The caller hung up", "Nothing, unless there are many: then look at the proxy."),
    "path": (
        "No such webhook",
        "Compare the address in Twilio's console with the one in the README.",
    ),
}
RESOLVED: Mapping[str, str] = {
    "report": "by report",
    "answer": "by a late answer",
    "list": "by Twilio's list",
    "person": "by a person",
    "policy": "sent again",
}

STAGES: Mapping[str, str] = {
    "new": "New",
    "contacted": "Contacted",
    "qualified": "Qualified",
    "demo": "Demo booked",
    "won": "Won",
    "lost": "Lost",
}

# By HTTP status: what is so, and what to do.
ERRORS: Mapping[int, tuple[str, str]] = {
    400: ("This cannot be read", "Go back, load the page again, and try once more."),
    403: ("This is not for you to do", "Ask somebody who may."),
    404: ("There is nothing here", "It may have been a mistyped address."),
    405: ("This is not for this address", "Go back and use the page's own buttons."),
    413: ("This is too long", "Go back and shorten it."),
    429: ("Too many tries", "Wait a few minutes, then try again."),
    500: ("Something is wrong on our side", "It was logged. Try again; your texts are safe."),
    503: ("The database does not answer", "Nothing was changed. Try again in a moment."),
}
OTHER_ERROR = ("This does not work", "Go back and try again.")


def mark_of(shown: str) -> Mark:
    """How that status is shown."""
    return MARKS.get(shown, OTHER_MARK)
