"""The installation: one row that says which database this is, how old, and whether sending is held."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from leadline.store import batch, schema
from leadline.store.batch import Question, Select
from leadline.store.columns import micros
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
# The generation of a backup: every database that was ever opened is older.
OF_A_COPY = 0
# Makes a backup know that it is one. Written out for those who have no transaction of ours.
MARK_AS_COPY = (
    "UPDATE installation SET generation = {generation}, held_since = {at}, held_because = '{because}'"
)
# Asked before each claim, so it is written out.
_HELD = Select("SELECT id FROM installation WHERE held_since IS NOT NULL", ("id",))


def current(tx: Transaction) -> Installation | None:
    """The row, or None in a database that was never opened."""
    row = tx.execute(select(*_COLUMNS)).one_or_none()
    return Installation(*row) if row else None


def claim(tx: Transaction) -> Installation | None:
    """The row for whoever wants to change it, None while somebody else does."""
    row = tx.execute(select(*_COLUMNS).with_for_update(skip_locked=True, key_share=True)).one_or_none()
    return Installation(*row) if row else None


def begin(tx: Transaction, name: str, *, now: datetime) -> None:
    """Write the row of a new database; one that is there stays, also when two processes begin at once."""
    row = {"id": 1, "name": name, "generation": 1, "beat_at": micros(now)}
    batch.insert(tx, installation, [row], then="ON CONFLICT (id) DO NOTHING")


def grow(tx: Transaction, generation: int, *, now: datetime) -> None:
    """It is that old now."""
    tx.execute(update(installation).values(generation=generation, beat_at=now))


def hold(tx: Transaction, *, because: str, now: datetime) -> None:
    """Let nothing be claimed for sending from this commit on."""
    tx.execute(update(installation).values(held_since=now, held_because=because))


def release(tx: Transaction) -> None:
    """A person has looked: texts may leave again."""
    tx.execute(update(installation).values(held_since=None, held_because=None))


def mark_as_copy(*, now: datetime) -> str:
    """The SQL that makes a backup know that it is one: it is held from the first moment on."""
    because = f"It is a backup of {now:%Y-%m-%d %H:%M} UTC."
    return MARK_AS_COPY.format(generation=OF_A_COPY, at=micros(now), because=because)


def held() -> Question[bool]:
    """Asks whether a person must look before anything is sent."""
    return Question(_HELD, (), bool)
