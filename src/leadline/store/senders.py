"""Our numbers and Messaging Services."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from leadline.errors import NotFound
from leadline.store import batch, schema
from leadline.store.batch import Question, Select
from leadline.store.columns import instant, micros
from leadline.store.database import Transaction

senders = schema.senders


@dataclass(frozen=True, slots=True)
class Sender:
    """A number or Messaging Service of ours; ``rate`` is message segments a second, None is no limit."""

    id: int
    address: str
    kind: str
    rate: float | None
    free_at: datetime
    stopped_because: str | None
    is_simulated: bool


@dataclass(frozen=True, slots=True)
class Stop:
    """Why a sender sends nothing, and since when."""

    address: str
    because: str
    since: datetime


_COLUMNS = [senders.c[name] for name in Sender.__dataclass_fields__]


def ensure(
    tx: Transaction, address: str, *, kind: str, rate: float | None, is_simulated: bool, now: datetime
) -> Sender:
    """The sender of that address, made or brought up to date; one that is stopped stays so."""
    row = {
        "address": address,
        "kind": kind,
        "rate": rate,
        "is_simulated": is_simulated,
        "free_at": micros(now),
        "created_at": micros(now),
    }
    # Looked at first: on PostgreSQL to write what is there already waits for whoever is claiming, and a
    # process that is frozen in a claim would let no other one start.
    if not _is_known(tx, row):
        news = ", ".join(f"{name} = excluded.{name}" for name in _TOLD)
        batch.insert(tx, senders, [row], then=f"ON CONFLICT (address) DO UPDATE SET {news}")
    return by_address(tx, address)


# What the settings say of a sender.
_TOLD = ("kind", "rate", "is_simulated")


def _is_known(tx: Transaction, row: Mapping[str, Any]) -> bool:
    told = [senders.c[name] for name in _TOLD]
    found = tx.execute(select(*told).where(senders.c.address == row["address"])).one_or_none()
    return found is not None and tuple(found) == tuple(row[name] for name in _TOLD)


def by_address(tx: Transaction, address: str) -> Sender:
    """Raises NotFound."""
    row = tx.execute(select(*_COLUMNS).where(senders.c.address == address)).one_or_none()
    if row is None:
        raise NotFound("sender", address)
    return Sender(*row)


def by_id(tx: Transaction, sender_id: int) -> Sender:
    """Raises NotFound."""
    row = tx.execute(select(*_COLUMNS).where(senders.c.id == sender_id)).one_or_none()
    if row is None:
        raise NotFound("sender", sender_id)
    return Sender(*row)


def everyone(tx: Transaction) -> list[Sender]:
    """All senders, the oldest first."""
    return [Sender(*row) for row in tx.execute(select(*_COLUMNS).order_by(senders.c.id))]


# Asked with every batch of texts that come in, so it is written out.
_IDS = Select("SELECT address, id FROM senders", ("address", "id"))


def ids() -> Question[dict[str, int]]:
    """Asks for the senders' ids, by address."""
    return Question(_IDS, (), _by_address)


def _by_address(rows: Sequence[Sequence[Any]]) -> dict[str, int]:
    return {address: sender_id for address, sender_id in rows}  # noqa: C416


def _from_raw(row: Sequence[Any]) -> Sender:
    """Driver SQL knows no ``Instant``, so its integers are turned here."""
    sender_id, address, kind, rate, free_at, stopped_because, is_simulated = row
    return Sender(sender_id, address, kind, rate, instant(free_at), stopped_because, bool(is_simulated))


def stops(tx: Transaction) -> list[Stop]:
    """The senders that may not send."""
    columns = (senders.c.address, senders.c.stopped_because, senders.c.stopped_at)
    query = select(*columns).where(senders.c.stopped_because.is_not(None)).order_by(senders.c.id)
    return [Stop(*row) for row in tx.execute(query)]


# A stronger lock would also keep out who queues a text, since its row refers to the sender.
_READY = Select(
    """SELECT id, address, kind, rate, free_at, stopped_because, is_simulated FROM senders
    WHERE stopped_because IS NULL AND free_at <= ? ORDER BY id""",
    tuple(Sender.__dataclass_fields__),
    lock="FOR NO KEY UPDATE SKIP LOCKED",
)


def ready(tx: Transaction, *, now: datetime) -> list[Sender]:
    """The senders that may send a segment now. On PostgreSQL this locks them until the transaction ends,
    so that two workers cannot spend the same second of a sender's rate.
    """
    return [_from_raw(row) for row in _READY.run(tx, micros(now))]


_NEXT_FREE = Select(
    "SELECT MIN(free_at) AS at FROM senders WHERE stopped_because IS NULL AND free_at > ?", ("at",)
)


def next_free(tx: Transaction, *, now: datetime) -> datetime | None:
    """When the first of the senders whose rate is used up may send again."""
    [[at]] = _NEXT_FREE.run(tx, micros(now))
    return None if at is None else instant(at)


def spend(tx: Transaction, sender_id: int, *, free_at: datetime) -> None:
    """Note that the sender's rate is used up until then; a longer pause stays."""
    tx.execute(
        update(senders).where(senders.c.id == sender_id, senders.c.free_at < free_at).values(free_at=free_at)
    )


def stop(tx: Transaction, sender_id: int, *, because: str, now: datetime) -> None:
    """Let nothing more be claimed for this sender until a worker starts, with mended settings it is hoped."""
    values = {"stopped_because": because, "stopped_at": now}
    tx.execute(update(senders).where(senders.c.id == sender_id).values(values))


def start_again(tx: Transaction, sender_id: int | None = None) -> bool:
    """Forget what stopped senders, or this one; whether any was. A worker that starts is a new try."""
    query = (
        update(senders)
        .where(senders.c.stopped_because.is_not(None))
        .values(stopped_because=None, stopped_at=None)
    )
    if sender_id is not None:
        query = query.where(senders.c.id == sender_id)
    return bool(tx.execute(query).rowcount)
