"""Decisions: what the gate answered, each time it was asked about a text. Append-only."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from leadline.store import batch, schema
from leadline.store.batch import Batch, Query
from leadline.store.columns import micros
from leadline.store.database import Transaction

decisions = schema.decisions


@dataclass(frozen=True, slots=True)
class Recorded:
    """One answer. ``asked_when`` is queue or claim; ``answer`` as of ``Decision.as_json``."""

    id: int
    message_id: int
    asked_at: datetime
    asked_when: str
    answer: dict[str, Any]


_COLUMNS = [decisions.c[name] for name in Recorded.__dataclass_fields__]
_LAST = Query(
    """WITH v(message_id) AS ({rows})
    SELECT v.message_id, (SELECT MAX(d.id) FROM decisions d WHERE d.message_id = v.message_id) AS id
    FROM v""",
    ("BIGINT",),
    ("message_id", "id"),
)
_ADD_CHANGED = Batch(
    """WITH v(message_id, asked_at, asked_when, answer) AS ({rows})
    INSERT INTO decisions (message_id, asked_at, asked_when, answer)
    SELECT v.message_id, v.asked_at, v.asked_when, v.answer FROM v
    WHERE v.answer <> COALESCE(
      (SELECT d.answer FROM decisions d WHERE d.message_id = v.message_id ORDER BY d.id DESC LIMIT 1), '')""",
    ("BIGINT", "BIGINT", "TEXT", "TEXT"),
)


def add(
    tx: Transaction, answers: Iterable[tuple[int, str]], *, asked_when: str, now: datetime
) -> dict[int, int]:
    """Keep (message id, answer as JSON text), one a message; message id to the decision's."""
    at = micros(now)
    rows = [
        {"message_id": message_id, "asked_at": at, "asked_when": asked_when, "answer": answer}
        for message_id, answer in answers
    ]
    return batch.insert_told(tx, decisions, rows, key="message_id")


def add_changed(
    tx: Transaction, answers: Iterable[tuple[int, str]], *, asked_when: str, now: datetime
) -> None:
    """The same, but for answers that say what the last one said: who waits for a person is asked often."""
    at = micros(now)
    _ADD_CHANGED.run(tx, [(message_id, at, asked_when, answer) for message_id, answer in answers])


def last_ids(tx: Transaction, message_ids: Sequence[int]) -> dict[int, int]:
    """Message id to the id of its last decision."""
    rows = _LAST.run(tx, [(message_id,) for message_id in message_ids])
    return {message_id: decision_id for message_id, decision_id in rows}  # noqa: C416


def of_message(tx: Transaction, message_id: int) -> list[Recorded]:
    """Every answer about a text, the first first."""
    query = select(*_COLUMNS).where(decisions.c.message_id == message_id).order_by(decisions.c.id)
    return [Recorded(*row) for row in tx.execute(query)]
