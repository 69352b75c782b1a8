"""Searches through leads, conversations and texts, each as far as somebody may see it.

Nothing here takes longer the more rows there are: a search looks at so many hits, the newest first, and says
where it ended.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select

from leadline.rules.words import endings, words
from leadline.store import schema
from leadline.store import words as index
from leadline.store.conversations import COLUMNS, Conversation
from leadline.store.database import Transaction
from leadline.store.erased import is_pseudonym
from leadline.store.leads import COLUMNS as LEAD_COLUMNS
from leadline.store.leads import IS_THERE, Lead, words_of
from leadline.store.scope import Scope, sees_conversation, sees_lead
from leadline.store.words import Kind

conversations, leads, messages = schema.conversations, schema.leads, schema.messages

# How many hits are looked at for those that somebody may see.
LOOKS = 4000
# How many of the newest texts, which the worker has not indexed yet, are read through.
UNINDEXED = 500
_AT_ONCE = 200
# On PostgreSQL a row may be committed after others with greater ids.
_LATE = 2000


@dataclass(frozen=True, slots=True)
class Text:
    """A text that has what was asked for."""

    id: int
    conversation_id: int
    number: str
    body: str
    at: datetime
    created_by: str


@dataclass(frozen=True, slots=True)
class Texts:
    """Texts that were found, the newest first. ``before`` is the id to go on before, if there may be more."""

    found: tuple[Text, ...] = ()
    before: int | None = None


def find_leads(tx: Transaction, terms: Sequence[str], *, scope: Scope, limit: int) -> list[Lead]:
    """Leads with all of these words in name, company, email or number. Whose words they are comes before
    whose words only begin so, and who was added last before the others.
    """
    hits = list(
        dict.fromkeys(
            lead_id
            for whole in (True, False)
            for lead_id in index.newest(tx, Kind.LEAD, terms, whole=whole, limit=LOOKS)
        )
    )
    found: list[Lead] = []
    for part in _parts(hits):
        query = select(*LEAD_COLUMNS).where(leads.c.id.in_(part), IS_THERE, sees_lead(scope))
        seen = {row.id: Lead(*row) for row in tx.execute(query)}
        found += [seen[lead_id] for lead_id in part if lead_id in seen]
        if len(found) >= limit:
            break
    return found[:limit]


def find_conversations(
    tx: Transaction, terms: Sequence[str], *, scope: Scope, limit: int
) -> list[Conversation]:
    """Conversations whose number has these digits, the last begun first."""
    found: list[Conversation] = []
    for part in _parts(index.newest(tx, Kind.CONVERSATION, terms, limit=LOOKS)):
        is_seen = conversations.c.id.in_(part), sees_conversation(scope)
        query = select(*COLUMNS).where(*is_seen).order_by(conversations.c.id.desc())
        found += [Conversation(*row) for row in tx.execute(query)]
        if len(found) >= limit:
            break
    return found[:limit]


def find_texts(
    tx: Transaction, terms: Sequence[str], *, scope: Scope, before: int | None = None, limit: int
) -> Texts:
    """Texts with all of these words, the newest first; ``before`` is that of the page before."""
    through = index.through(tx, Kind.MESSAGE)
    fresh = [] if before is not None and before <= through else _unindexed(tx, through, before, terms)
    hits = fresh + index.newest(tx, Kind.MESSAGE, terms, before=before, limit=LOOKS)
    found: list[Text] = []
    for part in _parts(hits):
        found += _seen(tx, part, scope)
        if len(found) > limit:
            return Texts(tuple(found[:limit]), found[limit - 1].id)
    return Texts(tuple(found), hits[-1] if len(hits) >= LOOKS else None)


def _unindexed(tx: Transaction, through: int, before: int | None, terms: Sequence[str]) -> list[int]:
    """The newest texts that are not in the index yet, read through."""
    query = select(messages.c.id, messages.c.body).where(messages.c.id > through)
    if before is not None:
        query = query.where(messages.c.id < before)
    rows = tx.execute(query.order_by(messages.c.id.desc()).limit(UNINDEXED))
    return [key for key, body in rows if _has_all(words(body), terms)]


def _has_all(there: Sequence[str], terms: Sequence[str]) -> bool:
    """Whether each term is, or begins, a word: what the index would say."""
    return all(
        any(
            word == term if index.stands_alone(term, Kind.MESSAGE) else word.startswith(term)
            for word in there
        )
        for term in terms
    )


def _seen(tx: Transaction, message_ids: Sequence[int], scope: Scope) -> list[Text]:
    query = (
        select(
            messages.c.id,
            messages.c.conversation_id,
            conversations.c.number,
            messages.c.body,
            messages.c.created_at,
            messages.c.created_by,
        )
        .join(conversations, conversations.c.id == messages.c.conversation_id)
        .where(messages.c.id.in_(message_ids), sees_conversation(scope))
        .order_by(messages.c.id.desc())
    )
    return [Text(*row) for row in tx.execute(query)]


def _parts(ids: Sequence[int]) -> list[Sequence[int]]:
    return [ids[start : start + _AT_ONCE] for start in range(0, len(ids), _AT_ONCE)]


_INDEXED: dict[Kind, Select[Any]] = {
    Kind.LEAD: select(leads.c.id, leads.c.name, leads.c.company, leads.c.email, leads.c.phone),
    Kind.CONVERSATION: select(conversations.c.id, conversations.c.number),
    Kind.MESSAGE: select(messages.c.id, messages.c.body),
}


def index_more(tx: Transaction, limit: int) -> int:
    """Index what has come since, as many rows of each kind at most; how many that was."""
    return sum(_index_kind(tx, kind, limit) for kind in index.behind(tx))


def _index_kind(tx: Transaction, kind: Kind, limit: int) -> int:
    [key, *_] = _INDEXED[kind].selected_columns
    rows = tx.execute(_INDEXED[kind].where(key > index.through(tx, kind)).order_by(key).limit(limit)).all()
    index.put(tx, kind, [(row[0], _words_of(kind, row[1:])) for row in rows])
    index.come_through(tx, kind, rows[-1][0])
    return len(rows)


def index_late(tx: Transaction) -> None:
    """Index what was committed after what came after it; on SQLite, with one writer at a time, nothing is."""
    if tx.dialect.name != "sqlite":
        for kind in Kind:
            late = _late(tx, kind, index.through(tx, kind))
            index.put(tx, kind, [(row[0], _words_of(kind, row[1:])) for row in late])


def _late(tx: Transaction, kind: Kind, through: int) -> list[Any]:
    """What was committed after what came after it."""
    [key, *_] = _INDEXED[kind].selected_columns
    known = index.index_of(kind, tx.dialect.name)
    is_missing = ~select(1).where(index.key_of(known) == key).correlate(key.table).exists()
    return list(tx.execute(_INDEXED[kind].where(key > through - _LATE, key <= through, is_missing)))


def _words_of(kind: Kind, said: Sequence[str | None]) -> list[str]:
    if kind is Kind.LEAD:
        return words_of(*said)
    [text] = said
    if kind is Kind.MESSAGE or not text:
        return words(text or "")
    return [] if is_pseudonym(text) else endings(text) or words(text)


def forget_leads(tx: Transaction, number: str) -> None:
    """Take the leads with that number out of the index, with what was merged into them."""
    has_it = select(leads.c.id).where(leads.c.phone == number)
    gone = has_it.union(select(leads.c.id).where(leads.c.merged_into_id.in_(has_it)))
    index.drop(tx, Kind.LEAD, list(tx.scalars(gone)))


def forget_texts(tx: Transaction, conversation_id: int) -> None:
    """Take the texts of a conversation out of the index, and its number."""
    theirs = select(messages.c.id).where(messages.c.conversation_id == conversation_id)
    index.drop(tx, Kind.MESSAGE, list(tx.scalars(theirs)))
    index.drop(tx, Kind.CONVERSATION, [conversation_id])
