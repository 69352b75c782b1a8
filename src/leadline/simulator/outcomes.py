"""What becomes of a text, decided by magic numbers. Facts only; ``progress`` walks the paths.

FROM_PROBLEMS and TO_PROBLEMS are Twilio's own test numbers
(https://www.twilio.com/docs/iam/test-credentials). RESULTS is ours and **not Twilio's**: Twilio has no
magic number for what happens after a text was accepted.
"""

from collections.abc import Mapping
from dataclasses import dataclass

# The account's number in Twilio's test set, which may always send.
TEST_NUMBER = "+15005550006"

# Twilio's magic senders: what a create from them is refused with.
FROM_PROBLEMS: Mapping[str, int] = {
    "+15005550001": 21212,
    "+15005550007": 21606,
    "+15005550008": 21611,
}

# Twilio's magic recipients: what a create to them is refused with.
TO_PROBLEMS: Mapping[str, int] = {
    "+15005550001": 21211,
    "+15005550002": 21612,
    "+15005550003": 21408,
    "+15005550004": 21610,
    "+15005550009": 21614,
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """The states a text passes after ``queued``, and the error code it ends with."""

    path: tuple[str, ...]
    error: int | None
    about: str


DELIVERED = Outcome(("sending", "sent", "delivered"), None, "arrives")


def undelivered(error: int, about: str) -> Outcome:
    """The carrier took it and then could not hand it over."""
    return Outcome(("sending", "sent", "undelivered"), error, about)


def failed(error: int, about: str) -> Outcome:
    """It never left Twilio."""
    return Outcome(("failed",), error, about)


# The range of all magic numbers. Twilio refuses every other sender in it with 21606.
MAGIC_PREFIX = "+1500555"

# NOT TWILIO'S: the simulator's own magic recipients, MAGIC_PREFIX and these four digits.
RESULTS: Mapping[str, Outcome] = {
    "3000": Outcome(("sending", "sent"), None, "the carrier never reports what became of it"),
    "3001": failed(30001, "the service's queue is full"),
    "3003": undelivered(30003, "the phone is off or out of reach"),
    "3004": undelivered(30004, "blocked by the person or the carrier"),
    "3005": undelivered(30005, "the number is unknown or gone"),
    "3006": undelivered(30006, "a landline, or a carrier that cannot be reached"),
    "3007": undelivered(30007, "filtered by the carrier"),
    "3008": undelivered(30008, "nobody knows why"),
    "3009": Outcome(("sending", "sent", "undelivered"), None, "undelivered without an error code"),
    "3010": failed(21610, "opted out, found only after accepting"),
    "3022": undelivered(30022, "over the carrier's rate for the campaign"),
    "3023": undelivered(30023, "over the carrier's daily cap for the brand"),
    "3034": undelivered(30034, "the sender is not registered for 10DLC"),
    "3036": failed(30036, "the validity period ran out in the queue"),
    "3410": failed(30410, "a provider timed out; given up to avoid a double"),
    "3500": failed(30500, "a fault inside Twilio"),
}

# What a handset on the page can be set to.
PHONE_OUTCOMES: Mapping[str, Outcome] = {
    "on": DELIVERED,
    "off": undelivered(30003, "Texts are sent, then fail with 30003."),
    "filtered": undelivered(30007, "Texts are sent, then fail with 30007."),
    "silent": Outcome(("sending", "sent"), None, "Texts stay sent."),
}

# The states that Twilio reports by a status callback; ``sending`` is seen in the API alone.
# https://www.twilio.com/docs/messaging/guides/outbound-message-status-in-status-callbacks
REPORTED = frozenset({"queued", "sent", "failed", "delivered", "undelivered", "canceled"})

# A message in one of these cannot be deleted yet (error 20009).
IN_PROGRESS = frozenset({"accepted", "scheduled", "queued", "sending", "receiving"})


def result_for(to: str) -> Outcome | None:
    """What the simulator's own magic numbers say of a text to ``to``; None for any other number."""
    return RESULTS.get(to.removeprefix(MAGIC_PREFIX)) if to.startswith(MAGIC_PREFIX) else None
