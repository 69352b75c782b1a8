"""Where a list goes on: the moment and the id of the last row of the page before, as an address says it."""

import re
from datetime import datetime

from leadline.store.columns import instant, micros

PATTERN = r"^[0-9]{1,17}-[0-9]{1,18}$"


def mark_of(at: datetime, row_id: int) -> str:
    """What ``place_of`` reads again."""
    return f"{micros(at)}-{row_id}"


def place_of(mark: str | None) -> tuple[datetime, int] | None:
    """The moment and the id; None for anything that is no such place."""
    if mark is None or not re.match(PATTERN, mark):
        return None
    at, _, row_id = mark.partition("-")
    return instant(int(at)), int(row_id)
