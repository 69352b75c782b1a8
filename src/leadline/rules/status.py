"""What became of a text, from any set of reports in any order.

Status callbacks come late, twice, in the wrong order, and carry no time of their own
(https://www.twilio.com/docs/messaging/guides/outbound-message-status-in-status-callbacks). The shown
status is therefore the highest of all statuses reported, and an error once reported stays.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

# From the first thing that can be said of a text to the last. "delivered" stands above the failures
# because a carrier's receipt for the handset outweighs a report that something went wrong on the way.
OUTBOUND = (
    "scheduled",
    "accepted",
    "queued",
    "sending",
    "sent",
    "partially_delivered",
    "canceled",
    "undelivered",
    "failed",
    "delivered",
    "read",
)
INBOUND = ("receiving", "received")
FINAL = frozenset({"canceled", "undelivered", "failed", "delivered", "read", "received"})
# It did not arrive.
FAILURES = frozenset({"undelivered", "failed"})
UNKNOWN_RANK = 0

RANK: Mapping[str, int] = MappingProxyType(
    {status: place for order in (OUTBOUND, INBOUND) for place, status in enumerate(order, start=1)}
)

# From here on nothing more is expected, save that a delivered text may yet be read.
FIRST_FINAL_RANK = RANK["canceled"]

Report = tuple[str, int | None]
NO_REPORT: Report = ("", None)


def rank(status: str) -> int:
    """A status's place in the order. One that Twilio adds later has 0, below every other."""
    return RANK.get(status, UNKNOWN_RANK)


def is_final(status: str) -> bool:
    """Whether nothing more is expected, save that a delivered text may yet be read."""
    return status in FINAL


def join(reports: Iterable[Report]) -> Report:
    """The status and error code to show for a set of (status, error code) reports.

    Order and repetition do not matter, so reports can be joined as they come: ``join([shown, *new])``. Of
    several error codes the greatest is kept. Without reports it is ``NO_REPORT``.
    """
    shown, error = NO_REPORT
    for status, code in reports:
        shown = max(shown, status, key=lambda each: (rank(each), each))
        error = code if error is None else max(error, code or error)
    return shown, error
