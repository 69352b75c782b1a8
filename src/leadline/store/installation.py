"""The installation: one row that says which database this is, how old, and whether sending is held."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, insert, select, update

from leadline.store import schema
from leadline.store.batch import Select
from leadline.store.database import Transaction

installation = schema.installation


@dataclass(frozen=True, slots=True)
class Installation:
    """``generation`` grows with time. While ``held_since`` is set, nothing is claimed for sending."""

    name: str
    generation: int
    beat_at: datetime
    held_since: datetime | None
    held_because: str | None


_COLUMNS = [installation.c[name] for name in Installation.__dataclass_fields__]
# Asked before each claim, so it is written out.
_HELD = Select("SELECT id FROM installation WHERE held_since IS NOT NULL", ("id",))


def current(tx: Transaction) -> Installation | None:
    """The row, or None in a database that was never served."""
    row = tx.execute(select(*_COLUMNS)).one_or_none()
    return Installation(*row) if row else None


def begin(tx: Transaction, name: str, *, now: datetime) -> None:
    """Write the row of a new database; one that is there stays."""
    if tx.scalar(select(func.count()).select_from(installation)) == 0:
        tx.execute(insert(installation).values(name=name, generation=1, beat_at=now))


def beat(tx: Transaction, *, now: datetime) -> int:
    """Grow older by one; the new generation."""
    values = {"generation": installation.c.generation + 1, "beat_at": now}
    return int(
        tx.execute(update(installation).values(values).returning(installation.c.generation)).scalar_one()
    )


def hold(tx: Transaction, *, because: str, now: datetime) -> None:
    """Let nothing be claimed for sending from this commit on."""
    tx.execute(update(installation).values(held_since=now, held_because=because))


def release(tx: Transaction) -> None:
    """A person has looked: texts may leave again."""
    tx.execute(update(installation).values(held_since=None, held_because=None))


def is_held(tx: Transaction) -> bool:
    """Whether a person must look before anything is sent."""
    return bool(_HELD.run(tx))
