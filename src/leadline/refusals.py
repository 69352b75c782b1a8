"""What Twilio's error codes tell of a number: that its person opted out, or that texts cannot arrive there.

The codes come in the answer to a create call, in a status report, or when Twilio is asked. The same fact is
acted upon once: told again later, it may have been undone meanwhile, by a START or by a person.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

import structlog

from leadline import consent
from leadline.numbers import kind_of
from leadline.rules.consent import ConsentEvent, Kind, Source
from leadline.store import conversations, evidence
from leadline.store.database import Transaction
from leadline.twilio.codes import OPT_OUT, explain

log = structlog.get_logger("leadline.refusals")

# Texts to a number for which one of these came will not arrive either
# (https://www.twilio.com/docs/api/errors). Other codes of bad numbers say nothing of the number for good.
UNUSABLE = frozenset({21211, 21614, 21635, 30005, 30006})
# On toll-free numbers the network itself keeps the opt-outs, and says so only by blocking
# (https://support.twilio.com/hc/en-us/articles/360058144374).
BLOCKED = 30004


class Refusal(NamedTuple):
    """An error code that Twilio gave for a text from ``sender`` to ``number``; 0 is none."""

    number: str
    code: int
    sender: str = ""
    message_id: int | None = None

    @property
    def is_opt_out(self) -> bool:
        return self.code in OPT_OUT or (self.code == BLOCKED and kind_of(self.sender) == "toll_free")

    @property
    def tells_something(self) -> bool:
        return self.is_opt_out or self.code in UNUSABLE


def unheard(tx: Transaction, told: Sequence[tuple[str, str, Refusal]]) -> list[Refusal]:
    """Of (SID, status, refusal) those that tell something of their number and are not in the evidence yet.
    To be asked before they are put there.
    """
    telling = [each for each in told if each[2].tells_something]
    if not telling:
        return []
    known = {(sid, status, code) for sid, status, code in evidence.reports_about(tx, {t[0] for t in telling})}
    return [refusal for sid, status, refusal in telling if (sid, status, refusal.code) not in known]


def learn(tx: Transaction, refusals: Sequence[Refusal], *, now: datetime) -> None:
    """Record the opt-outs of these, and mark the numbers that texts cannot reach."""
    consent.record(tx, [_opt_out(each, now=now) for each in refusals if each.is_opt_out], now=now)
    unusable = {each.number: each.code for each in refusals if each.code in UNUSABLE}
    for number, thread in conversations.open_for(tx, unusable, now=now).items():
        because = f"{explain(unusable[number]).sentence} (Twilio's code {unusable[number]})"
        conversations.set_unusable(tx, thread.id, because)
        log.info("number_unusable", conversation=thread.id, code=unusable[number])


def _opt_out(refusal: Refusal, *, now: datetime) -> ConsentEvent:
    return ConsentEvent(
        number=refusal.number,
        kind=Kind.OPT_OUT,
        source=Source.CARRIER,
        words=str(refusal.code),
        message_id=refusal.message_id,
        actor="twilio",
        at=now,
    )
