"""Our own numbers: what kind of sender each is, and how fast carriers let it send."""

from collections.abc import Mapping
from datetime import datetime

from leadline.settings import Settings
from leadline.simulation import is_simulated
from leadline.store import audit, senders
from leadline.store.database import Transaction

# Message segments a second by kind of sender; None is no limit of ours
# (https://support.twilio.com/hc/en-us/articles/115002943027).
RATES: Mapping[str, float | None] = {
    "number": 1,
    "number_abroad": 10,
    "toll_free": 3,
    "short_code": 100,
    "service": None,
}
_TOLL_FREE = ("+1800", "+1833", "+1844", "+1855", "+1866", "+1877", "+1888")
_SHORT_CODE_DIGITS = 6


def kind_of(address: str) -> str:
    """What kind of sender that is: service, toll_free, number, number_abroad or short_code.

    >>> kind_of("+18885550100")
    'toll_free'
    """
    if address.startswith("MG"):
        return "service"
    if not address.startswith("+") and len(address) <= _SHORT_CODE_DIGITS:
        return "short_code"
    if address.startswith(_TOLL_FREE):
        return "toll_free"
    return "number" if address.startswith("+1") else "number_abroad"


def note_sender(tx: Transaction, settings: Settings, *, now: datetime) -> None:
    """Make sure that the senders of the settings are known, with their present rates; none is no fault.

    Beside a Messaging Service the number is noted too, though nothing is sent from it: Twilio does not name
    the service with every text that comes in.
    """
    for address in {settings.sender, settings.twilio_phone_number} - {None}:
        _note(tx, str(address), settings, now=now)


def _note(tx: Transaction, address: str, settings: Settings, *, now: datetime) -> None:
    kind = kind_of(address)
    rate = RATES[kind]
    if settings.leadline_sender_rate is not None:
        rate = float(settings.leadline_sender_rate) or None
    senders.ensure(tx, address, kind=kind, rate=rate, is_simulated=is_simulated(settings), now=now)


def let_send(tx: Transaction, sender_id: int, *, actor: str, now: datetime) -> bool:
    """Let a stopped sender try again; false if it was not stopped. Raises NotFound."""
    sender = senders.by_id(tx, sender_id)
    if not senders.start_again(tx, sender.id):
        return False
    detail = {"address": sender.address, "because": sender.stopped_because}
    audit.add(tx, actor=actor, action="sender.start", subject=f"sender:{sender.id}", detail=detail, now=now)
    return True
