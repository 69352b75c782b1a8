"""Proof: all that answers a complaint about texts to one number, on one page or as JSON."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from leadline.consent import histories
from leadline.rules.consent import OPTED_OUT, ConsentState, Recorded, derive
from leadline.rules.ledger import Entry, Fault, Head, check
from leadline.store import attempts, consent, conversations, erased
from leadline.store.attempts import Sent
from leadline.store.database import Transaction


@dataclass(frozen=True, slots=True)
class Proof:
    """What the ledger says of a number, and whether the ledger can be believed.

    ``sent_since`` are the create calls that were begun after the opt-out was recorded, if the number stands
    opted out: at most the one confirmation. ``faults`` are those of the whole ledger, and should be none.
    """

    number: str
    made_at: datetime
    state: ConsentState
    unusable_because: str | None
    entries: tuple[Entry, ...]
    sent_since: tuple[Sent, ...]
    head: Head
    faults: tuple[Fault, ...]

    def as_json(self) -> dict[str, Any]:
        """The proof as plain values; moments are ISO 8601 in UTC."""
        return {
            "number": self.number,
            "made_at": self.made_at.isoformat(),
            "consent": self.state.consent,
            "consent_at": _iso(self.state.consent_at),
            "review_since": _iso(self.state.review_since),
            "is_blocked_by_carrier": self.state.is_blocked,
            "unusable_because": self.unusable_because,
            "events": [_event(entry) for entry in self.entries],
            "sent_since_opt_out": [
                {**asdict(sent), "started_at": sent.started_at.isoformat()} for sent in self.sent_since
            ],
            "ledger": {"head": str(self.head), "faults": [asdict(fault) for fault in self.faults]},
        }

    def as_html(self) -> str:
        """The proof as a page of its own, to be printed or sent."""
        return _PAGES.get_template("proof.html").render(proof=self, state=self.state)


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _event(entry: Entry) -> dict[str, Any]:
    event = {**asdict(entry.event), "at": entry.event.at.isoformat()}
    return {
        "position": entry.position,
        **event,
        "recorded_at": entry.recorded_at.isoformat(),
        "hash": entry.hash,
    }


def _moment(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S} UTC"


_PAGES = Environment(
    loader=PackageLoader("leadline", "."), autoescape=True, undefined=StrictUndefined, trim_blocks=True
)
_PAGES.filters["moment"] = _moment


def prove(tx: Transaction, number: str, *, now: datetime, checks_ledger: bool = True) -> Proof:
    """The proof of a number, E.164. Reads the whole ledger, since an edit anywhere counts, unless only where
    the number stands is asked.
    """
    [told] = histories(tx, [number]).values()
    state = derive(told)
    names = [number, *erased.pseudonyms(tx, [number]).values()]
    entries = consent.entries_of(tx, names)
    thread = conversations.by_number(tx, number)
    return Proof(
        number=number,
        made_at=now,
        state=state,
        unusable_because=thread.unusable_because if thread else None,
        entries=tuple(entries),
        sent_since=tuple(_sent_since(tx, names, entries, state)),
        head=consent.head(tx),
        faults=tuple(verify(tx)) if checks_ledger else (),
    )


def _sent_since(
    tx: Transaction, names: Sequence[str], entries: Sequence[Entry], state: ConsentState
) -> list[Sent]:
    """What left after we knew, which may be later than they said it."""
    if state.consent != OPTED_OUT:
        return []
    return attempts.sent_since(tx, names, _known_since(entries))


def _known_since(entries: Sequence[Entry]) -> datetime:
    """When the opt-out was recorded that has stood ever since."""
    told = [Recorded(entry.event, entry.recorded_at) for entry in entries]
    until_in = [count for count in range(len(told)) if derive(told[:count]).consent != OPTED_OUT]
    return told[until_in[-1]].recorded_at


def verify(tx: Transaction, *, head: Head | None = None) -> list[Fault]:
    """What is wrong with the ledger, the first first; nothing as it should be. ``head`` is one that was kept
    elsewhere: without it, nobody notices that the end was cut off.
    """
    return list(check(consent.everything(tx), head=head))
