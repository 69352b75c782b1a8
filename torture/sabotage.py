"""The product broken on purpose, one way at a time: the torture run must notice each.

Each breaks a rule of docs/sending.md in the process that calls it, from outside.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import update

from leadline import asking, polling, reconciling
from leadline.rules import gate
from leadline.store import attempts, outbox
from leadline.store.database import Transaction
from leadline.store.schema import attempts as attempts_table
from leadline.store.schema import messages as messages_table
from leadline.twilio import outcome
from leadline.twilio.outcome import SendKind


def queue_what_dead_workers_left() -> None:
    """Against rule 4: their texts may have left."""

    def close(tx: Transaction, attempt_ids: Iterable[int], *, now: datetime) -> None:
        ids = attempts_table.c.id.in_(list(attempt_ids))
        tx.execute(update(attempts_table).where(ids).values(outcome="lost", closed_at=now))

    def queue(tx: Transaction, message_ids: Iterable[int]) -> None:
        ids = messages_table.c.id.in_(list(message_ids))
        tx.execute(update(messages_table).where(ids).values(state="queued"))

    _replace(attempts, "mark_in_doubt", close)
    _replace(outbox, "mark_in_doubt", queue)


def repeat_what_got_an_error() -> None:
    """Against rule 2: a 500 proves nothing."""
    _replace(outcome, "_refusal", lambda _status, _code: SendKind.THROTTLED)


def take_an_error_for_a_refusal() -> None:
    """Against rule 2: a text that is shown as not sent may have been sent."""
    _replace(outcome, "_refusal", lambda _status, _code: SendKind.REJECTED)


def forget_who_said_stop() -> None:
    """Against the gate, when a text is queued and when it is claimed."""
    allowed = gate.Decision(gate.Verdict.ALLOWED, (gate.NOT_OPTED_OUT,))
    _replace(asking, "decide", lambda *_: allowed)


def never_look_for_lost_texts() -> None:
    """Twilio's list is not read for texts in doubt."""
    _replace(reconciling, "search_due", _do_nothing)


def never_look_for_missed_texts() -> None:
    """Twilio's list is not read for texts of leads whose webhooks never came."""
    _replace(polling, "poll_due", _do_nothing)


async def _do_nothing(*_: Any, **__: Any) -> int:
    return 0


def _replace(owner: Any, name: str, by: Callable[..., Any]) -> None:
    """Raises AttributeError when there is nothing of that name to break any more."""
    getattr(owner, name)
    setattr(owner, name, by)


SABOTAGE: Mapping[str, Callable[[], None]] = {
    each.__name__: each
    for each in (
        queue_what_dead_workers_left,
        repeat_what_got_an_error,
        take_an_error_for_a_refusal,
        forget_who_said_stop,
        never_look_for_lost_texts,
        never_look_for_missed_texts,
    )
}
