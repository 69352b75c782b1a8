"""Erasure: forget a person, and keep only that their number must not be texted.

What is personal is blanked wherever it stands; the rows stay, because counts, evidence and the ledger's chain
hang on them. Of an opt-out a keyed hash of the number is left, by which it is known when it comes again.
"""

from dataclasses import dataclass
from datetime import datetime
from secrets import token_hex

from leadline.consent import record
from leadline.errors import NotFound, TooLate
from leadline.rules.consent import OPTED_OUT, ConsentEvent, Kind, Source
from leadline.store import audit, consent, conversations, erased, installation, search
from leadline.store.conversations import Conversation
from leadline.store.database import Transaction


@dataclass(frozen=True, slots=True)
class Erased:
    """What an erasure took away. ``files`` are names in the media folder, which whoever called deletes after
    the commit. ``keeps_opt_out`` is whether the number is still refused.
    """

    leads: int
    messages: int
    events: int
    files: tuple[str, ...]
    keeps_opt_out: bool


def erase(tx: Transaction, number: str, *, actor: str, now: datetime) -> Erased:
    """Blank what is personal about whoever has the number: leads, texts, notes, names, words, files.

    Texts that wait are taken back. Done again, it takes away what came since. Raises NotFound when nothing is
    known of the number, and TooLate while the fate of a text is open, which the number is needed to find out.
    """
    thread = conversations.by_number(tx, number) or _earlier(tx, number)
    search.forget_leads(tx, number)
    gone = erased.blank_leads(tx, number, now=now)
    if thread is None:
        if not gone:
            raise NotFound("lead or conversation with", number)
        return Erased(gone, 0, 0, (), keeps_opt_out=False)
    if erased.is_under_way(tx, thread.id):
        raise TooLate("It is not known yet what became of a text to this number. Erase when it is.")
    pseudonym = _pseudonym(tx, number, thread, now=now)
    search.forget_texts(tx, thread.id)
    texts, files = erased.blank_texts(tx, thread.id, pseudonym=pseudonym, now=now)
    erased.blank_work(tx, thread.id)
    erased.rename(tx, thread.id, pseudonym)
    events = _blank_events(tx, number, pseudonym, actor=actor, now=now)
    audit.add(tx, actor=actor, action="consent.erase", subject=f"conversation:{thread.id}", now=now)
    is_out = conversations.by_id(tx, thread.id).consent == OPTED_OUT
    return Erased(gone, texts, events, tuple(files), keeps_opt_out=is_out)


def _earlier(tx: Transaction, number: str) -> Conversation | None:
    """What an earlier erasure left, if it left something by which the number is known."""
    names = erased.pseudonyms(tx, [number])
    return conversations.by_number(tx, names[number]) if names else None


def _pseudonym(tx: Transaction, number: str, thread: Conversation, *, now: datetime) -> str:
    """A keyed hash for who opted out, now or before an earlier erasure; for anybody else a random name."""
    if erased.is_pseudonym(thread.number):
        return thread.number
    if thread.consent != OPTED_OUT and _earlier(tx, number) is None:
        return erased.random_pseudonym()
    installation.begin(tx, token_hex(8), now=now)
    return erased.new_pseudonym(tx, number)


def _blank_events(tx: Transaction, number: str, pseudonym: str, *, actor: str, now: datetime) -> int:
    """Blank the events and record which, so that the chain can tell this from tampering."""
    consent.lock(tx)
    positions = consent.blank(tx, number, pseudonym=pseudonym)
    event = ConsentEvent(
        number=pseudonym,
        kind=Kind.ERASED,
        source=Source.PERSON,
        words="",
        message_id=None,
        actor=actor,
        at=now,
        reference=" ".join(map(str, positions)),
    )
    record(tx, [event], now=now)
    return len(positions)
