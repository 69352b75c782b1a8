"""How far a text of ours has come, and the one word that is shown for it.

``state`` is what we know from our own doing; Twilio's ``status`` counts once it has accepted the text.
The machine, with its reasons, is drawn in docs/sending.md.
"""

from typing import Final

QUEUED: Final = "queued"  # accepted from the caller; nothing has been sent
POSTING: Final = "posting"  # an attempt is recorded: from here on the text may have left
ACCEPTED: Final = "accepted"  # Twilio gave it a SID
REJECTED: Final = "rejected"  # Twilio said no, for good
REFUSED: Final = "refused"  # the gate said no when the time came
IN_DOUBT: Final = "in_doubt"  # the answer was lost; evidence will tell
UNCONFIRMED: Final = "unconfirmed"  # no trace at Twilio after a day; a person decides
CLOSED_UNCONFIRMED: Final = "closed_unconfirmed"  # a person decided to leave it at that
CANCELED: Final = "canceled"  # a person took it back before it was claimed
RECEIVED: Final = "received"  # a text from a lead

# Nothing more happens to these by our doing; reports may still raise the status of an accepted one.
CLOSED: Final = frozenset({REJECTED, REFUSED, CANCELED, RECEIVED, CLOSED_UNCONFIRMED})

# The word of each state that is shown by itself, whatever the time and Twilio's status.
WORDS: Final = {
    "sending": POSTING,
    "rejected": REJECTED,
    "refused": REFUSED,
    "in_doubt": IN_DOUBT,
    "unconfirmed": UNCONFIRMED,
    "closed_unconfirmed": CLOSED_UNCONFIRMED,
    "canceled": CANCELED,
    "received": RECEIVED,
}

# Twilio's own waiting words would read as ours: a text that Twilio has taken is "accepted" until it left.
WAITING_AT_TWILIO: Final = frozenset({"accepted", "scheduled", "queued"})


def shown(state: str, status: str | None, *, is_due: bool = True) -> str:
    """The one word for pages and API, from our state and Twilio's status.

    >>> shown("accepted", "delivered")
    'delivered'
    >>> shown("queued", None, is_due=False)
    'scheduled'
    """
    if state == QUEUED:
        return QUEUED if is_due else "scheduled"
    if state == POSTING:
        return "sending"
    if state == ACCEPTED and status and status not in WAITING_AT_TWILIO:
        return status
    return state
