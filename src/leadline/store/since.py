"""Where in a table a moment lies. Ids grow with time, so that no index of moments has to be kept for it."""

from datetime import datetime
from typing import Any

from sqlalchemy import Column, func, select

from leadline.store.database import Transaction


def first_id(tx: Transaction, moments: Column[Any], since: datetime) -> int:
    """The id of the first row of a table whose moment, in that column, is not before ``since``; one more than
    the last id if there is none. Takes some twenty looks at the primary key.

    Right as far as moments grow with ids. Rows that were stored late, with a moment of before, may lead it
    astray by as much as they are late: who cares asks for an earlier moment.
    """
    ids = moments.table.c.id
    # One by one: asked for both, SQLite reads the whole table.
    low, high = tx.scalar(select(func.min(ids))), tx.scalar(select(func.max(ids)))
    if low is None or high is None:
        return 1
    high += 1
    while low < high:
        middle = (low + high) // 2
        row = tx.execute(select(ids, moments).where(ids >= middle).order_by(ids).limit(1)).one_or_none()
        if row is not None and row[1] < since:
            low = row[0] + 1
        else:
            high = middle
    return int(low)
