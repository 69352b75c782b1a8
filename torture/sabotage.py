"""The product broken on purpose, one way at a time: the torture run must notice each.

Each breaks a rule of docs/sending.md in the process that calls it, from outside. What shows only when one of
several chores comes first is tried in ``simulation``, where that can be repeated.
"""

from collections.abc import Callable, Mapping
from typing import Any

from leadline import asking, polling, reconciling
from leadline.rules import gate
from leadline.twilio import outcome
from leadline.twilio.outcome import SendKind


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
        repeat_what_got_an_error,
        take_an_error_for_a_refusal,
        forget_who_said_stop,
        never_look_for_lost_texts,
        never_look_for_missed_texts,
    )
}
