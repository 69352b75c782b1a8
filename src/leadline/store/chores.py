"""Chores: what one of several workers does from time to time, and how far it has come."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update

from leadline.store import batch, schema
from leadline.store.batch import Select
from leadline.store.columns import micros
from leadline.store.database import Transaction

chores = schema.chores

# Reading Twilio's list for texts from leads whose webhook never came.
INBOUND = "inbound"
# Putting new texts into the index that searches use.
WORDS = "words"


@dataclass(frozen=True, slots=True)
class Chore:
    """``through``: what happened until then has been seen to."""

    name: str
    next_at: datetime
    through: datetime


def ensure(tx: Transaction, name: str, *, now: datetime) -> None:
    """Begin a chore that there was not: due at once, with nothing to catch up on."""
    row = {"name": name, "next_at": micros(now), "through": micros(now)}
    batch.insert(tx, chores, [row], then="ON CONFLICT (name) DO NOTHING")


# Asked far more often than anything is due, so it is written out.
_IS_DUE = Select("SELECT name FROM chores WHERE name = ? AND next_at <= ?", ("name",))


def take(tx: Transaction, name: str, *, now: datetime, until: datetime) -> Chore | None:
    """The chore, if it is due; nobody else gets it before ``until``, should this worker die meanwhile."""
    if not _IS_DUE.run(tx, name, micros(now)):
        return None
    row = tx.execute(
        update(chores)
        .where(chores.c.name == name, chores.c.next_at <= now)
        .values(next_at=until)
        .returning(chores.c.name, chores.c.next_at, chores.c.through)
    ).one_or_none()
    return Chore(*row) if row else None


def done(tx: Transaction, name: str, *, through: datetime, next_at: datetime) -> None:
    """It was done for everything until ``through``."""
    tx.execute(update(chores).where(chores.c.name == name).values(through=through, next_at=next_at))


def put_off(tx: Transaction, name: str, *, next_at: datetime) -> None:
    """It could not be done now."""
    tx.execute(update(chores).where(chores.c.name == name).values(next_at=next_at))


def begin_again(tx: Transaction, name: str, *, through: datetime, now: datetime) -> None:
    """Everything since ``through`` must be seen to again, at once."""
    ensure(tx, name, now=now)
    done(tx, name, through=through, next_at=now)


def end(tx: Transaction, name: str, *, through: datetime | None = None) -> None:
    """Nobody need do it any more; with ``through`` only if it was not begun again from another moment."""
    gone = delete(chores).where(chores.c.name == name)
    tx.execute(gone if through is None else gone.where(chores.c.through == through))


def by_name(tx: Transaction, name: str) -> Chore | None:
    """How far it has come, if it was ever begun."""
    query = select(chores.c.name, chores.c.next_at, chores.c.through).where(chores.c.name == name)
    row = tx.execute(query).one_or_none()
    return Chore(*row) if row else None


def named(tx: Transaction, prefix: str) -> list[Chore]:
    """The chores whose names begin so."""
    query = select(chores.c.name, chores.c.next_at, chores.c.through).where(chores.c.name.startswith(prefix))
    return [Chore(*row) for row in tx.execute(query.order_by(chores.c.name))]
