"""Numbers of erased people: only a keyed hash of each is left, enough to know the number when it comes again.

There are ten thousand million phone numbers, so a plain hash of one is undone within minutes. The key is kept
in the database, not in the settings: who loses a setting would text people who had said stop, and a backup
must know them too. It protects what leaves the database, such as a proof or a log; who has a copy of the
whole database has the key as well.
"""

import hashlib
import hmac
import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Text, cast, delete, or_, select, update

from leadline.rules import state
from leadline.store import schema
from leadline.store.database import Transaction
from leadline.store.evidence import by_sid

installation, leads, conversations = schema.installation, schema.leads, schema.conversations
decisions = schema.decisions
messages, media, attempts, evidence = schema.messages, schema.media, schema.attempts, schema.evidence
entries, drafts, presence, tags, audit = (
    schema.entries,
    schema.drafts,
    schema.presence,
    schema.lead_tags,
    schema.audit,
)

PREFIX = "erased:"


def is_pseudonym(number: str) -> bool:
    """Whether that is what is left of a number."""
    return number.startswith(PREFIX)


def pseudonyms(tx: Transaction, numbers: Iterable[str]) -> dict[str, str]:
    """What each number would be called, had it been erased. Empty while nobody has ever been erased."""
    key = tx.scalar(select(installation.c.erasure_key))
    if key is None:
        return {}
    return {number: _pseudonym(number, key) for number in numbers if not is_pseudonym(number)}


def new_pseudonym(tx: Transaction, number: str) -> str:
    """What the number is called from now on; makes the key when it is the first. The installation's row has
    to be there.
    """
    if tx.scalar(select(installation.c.erasure_key)) is None:
        tx.execute(
            update(installation)
            .where(installation.c.erasure_key.is_(None))
            .values(erasure_key=secrets.token_hex(32))
        )
    return pseudonyms(tx, [number])[number]


def random_pseudonym() -> str:
    """A name that says nothing of the number, for who had not opted out: there is nothing to know again."""
    return PREFIX + secrets.token_hex(32)


def _pseudonym(number: str, key: str) -> str:
    return PREFIX + hmac.new(bytes.fromhex(key), number.encode(), hashlib.sha256).hexdigest()


# What a lead keeps: that there was one, whose it was, and how far it came.
_KEPT_OF_LEAD = frozenset(
    {"id", "name", "stage", "owner_id", "fields", "created_at", "updated_at", "merged_into_id"}
)
_COLUMNS_OF_LEAD = tuple(column.name for column in leads.columns)
ERASED_NAME = "Erased"


def blank_leads(tx: Transaction, number: str, *, now: datetime) -> int:
    """Forget who has the number, with what was merged into them; how many leads that was. A column that is
    added later is forgotten too.
    """
    has_it = select(leads.c.id).where(leads.c.phone == number)
    theirs = list(tx.scalars(has_it.union(select(leads.c.id).where(leads.c.merged_into_id.in_(has_it)))))
    forgotten: Mapping[str, Any] = {name: None for name in _COLUMNS_OF_LEAD if name not in _KEPT_OF_LEAD}
    values = {**forgotten, "name": ERASED_NAME, "fields": {}, "updated_at": now}
    tx.execute(delete(tags).where(tags.c.lead_id.in_(theirs)))
    _blank_audit(tx, number, [f"lead:{lead_id}" for lead_id in theirs])
    return tx.execute(update(leads).where(leads.c.id.in_(theirs)).values(values)).rowcount


def _blank_audit(tx: Transaction, number: str, subjects: Iterable[str]) -> None:
    """That somebody changed them stays, what they changed goes, and so does the number from what was done to
    others, who may have had it before. Reads the whole log: there is no index for what is done so rarely.
    """
    about = or_(audit.c.subject.in_(list(subjects)), cast(audit.c.detail, Text).like(f"%{number}%"))
    tx.execute(update(audit).where(about).values(detail={}))


def blank_work(tx: Transaction, conversation_id: int) -> None:
    """Blank the notes about somebody, and drop what was about to be written to them and by whom."""
    of_theirs = entries.c.conversation_id == conversation_id
    tx.execute(update(entries).where(of_theirs, entries.c.kind == "note").values(body="", detail={}))
    _drop_work(tx, conversation_id)


def _drop_work(tx: Transaction, conversation_id: int) -> None:
    for table in (drafts, presence):
        tx.execute(delete(table).where(table.c.conversation_id == conversation_id))


def is_under_way(tx: Transaction, conversation_id: int) -> bool:
    """Whether the fate of some text of the conversation is still open."""
    is_open = messages.c.state.in_((state.POSTING, state.IN_DOUBT, state.UNCONFIRMED))
    query = select(messages.c.id).where(messages.c.conversation_id == conversation_id, is_open).limit(1)
    return tx.scalar(query) is not None


def blank_texts(
    tx: Transaction, conversation_id: int, *, pseudonym: str, now: datetime
) -> tuple[int, list[str]]:
    """Blank the texts of a conversation, with their files and what Twilio said of them; how many texts, and
    the names of the files. Texts that wait are taken back. The SIDs stay: without them the texts would be
    fetched from Twilio's list again.
    """
    theirs = messages.c.conversation_id == conversation_id
    taken_back = {"state": state.CANCELED, "closed_at": now}
    tx.execute(update(messages).where(theirs, messages.c.state == state.QUEUED).values(taken_back))
    _blank_evidence(tx, theirs)
    _blank_decisions(tx, theirs)
    files = _blank_media(tx, theirs)
    blanks = dict.fromkeys(("idempotency_key", "request_hash", "look_at", "resend_after"))
    values: dict[str, Any] = {**blanks, "number": pseudonym, "body": "", "media_urls": []}
    return tx.execute(update(messages).where(theirs).values(values)).rowcount, files


def _blank_evidence(tx: Transaction, theirs: ColumnElement[bool]) -> None:
    sids = select(messages.c.twilio_sid).where(theirs, messages.c.twilio_sid.is_not(None))
    tries = select(attempts.c.id).join(messages, messages.c.id == attempts.c.message_id).where(theirs)
    of_theirs = or_(by_sid(evidence.c.twilio_sid.in_(sids)), evidence.c.attempt_id.in_(tries))
    # A report is a form, anything else is JSON, and both must stay readable.
    for is_report, nothing in ((evidence.c.kind == "report", ""), (evidence.c.kind != "report", "{}")):
        tx.execute(update(evidence).where(of_theirs, is_report).values(raw=nothing))


def _blank_decisions(tx: Transaction, theirs: ColumnElement[bool]) -> None:
    """Their sentences say where somebody is; verdicts and codes stay."""
    of_theirs = decisions.c.message_id.in_(select(messages.c.id).where(theirs))
    for key, answer in tx.execute(select(decisions.c.id, decisions.c.answer).where(of_theirs)).all():
        codes = [{"code": reason["code"], "sentence": ""} for reason in answer["reasons"]]
        bare = {"verdict": answer["verdict"], "reasons": codes}
        tx.execute(update(decisions).where(decisions.c.id == key).values(answer=bare))


def _blank_media(tx: Transaction, theirs: ColumnElement[bool]) -> list[str]:
    of_theirs = media.c.message_id.in_(select(messages.c.id).where(theirs))
    files = list(tx.scalars(select(media.c.file).where(of_theirs, media.c.file.is_not(None))))
    values = {"url": "", "state": "refused", "file": None, "reason": "It was erased."}
    tx.execute(update(media).where(of_theirs).values(values))
    return files


def rename(tx: Transaction, conversation_id: int, pseudonym: str) -> None:
    """Call a conversation by its pseudonym. One that was called so before, by an earlier erasure of the same
    person, becomes part of it.
    """
    called_so = conversations.c.number == pseudonym, conversations.c.id != conversation_id
    earlier = tx.scalar(select(conversations.c.id).where(*called_so))
    if earlier is not None:
        for table in (messages, entries):
            moved = update(table).where(table.c.conversation_id == earlier)
            tx.execute(moved.values(conversation_id=conversation_id))
        _drop_work(tx, earlier)
        tx.execute(delete(conversations).where(conversations.c.id == earlier))
    values = {"number": pseudonym, "last_text": "", "unread": 0, "unusable_because": None}
    tx.execute(update(conversations).where(conversations.c.id == conversation_id).values(values))
