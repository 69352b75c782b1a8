"""Leads: the people and companies the team wants to sell to.

Of two that turned out to be the same person one was merged into the other: it is in no list, search or count
any more, and its id stands for the other one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, or_, select, update

from leadline.errors import NotFound
from leadline.rules.words import endings, wanted
from leadline.rules.words import words as words_in
from leadline.store import schema, words
from leadline.store.batch import Query, Question
from leadline.store.database import Transaction
from leadline.store.scope import EVERYTHING, Scope, sees_lead
from leadline.store.words import Kind

leads = schema.leads


@dataclass(frozen=True, slots=True)
class Lead:
    """A lead as it is stored; ``phone`` is E.164."""

    id: int
    name: str
    phone: str | None
    company: str | None
    email: str | None
    stage: str
    owner_id: int | None
    time_zone: str | None
    state: str | None
    zip: str | None
    fields: dict[str, Any]
    created_at: datetime
    updated_at: datetime


IS_THERE = leads.c.merged_into_id.is_(None)
_asked = leads.alias("asked")
COLUMNS = [leads.c[name] for name in Lead.__dataclass_fields__]
_OWNERS = Query(
    """WITH v(phone) AS ({rows})
    SELECT v.phone, MIN(leads.id) AS id, COUNT(*) AS sharing
    FROM v JOIN leads ON leads.phone = v.phone AND leads.merged_into_id IS NULL GROUP BY v.phone""",
    ("TEXT",),
    ("phone", "id", "sharing"),
)


def add(tx: Transaction, values: Mapping[str, Any], *, now: datetime) -> Lead:
    """Store a lead; ``values`` are column values, checked by the use case."""
    row = tx.execute(insert(leads).values(created_at=now, updated_at=now, **values).returning(*COLUMNS)).one()
    _index(tx, lead := Lead(*row))
    return lead


def change(tx: Transaction, lead_id: int, values: Mapping[str, Any], *, now: datetime) -> Lead:
    """Change some fields of a lead. Raises NotFound."""
    query = update(leads).where(leads.c.id == lead_id).values(updated_at=now, **values).returning(*COLUMNS)
    row = tx.execute(query).one_or_none()
    if row is None:
        raise NotFound("lead", lead_id)
    _index(tx, lead := Lead(*row))
    return lead


def by_id(tx: Transaction, lead_id: int, *, scope: Scope = EVERYTHING, for_update: bool = False) -> Lead:
    """The lead, or the one that it was merged into. Raises NotFound, also for one that is out of scope.

    ``for_update`` keeps others from changing it until the transaction ends.
    """
    if for_update:
        tx.execute(select(leads.c.id).where(leads.c.id == lead_id).with_for_update(key_share=True))
    found = by_ids(tx, [lead_id], scope=scope)
    if not found:
        raise NotFound("lead", lead_id)
    return found[lead_id]


def by_ids(tx: Transaction, lead_ids: Iterable[int], *, scope: Scope = EVERYTHING) -> dict[int, Lead]:
    """The leads there are among these ids, as far as they are in scope; of one that was merged, the other."""
    wanted = set(lead_ids)
    if not wanted:
        return {}
    is_meant = leads.c.id == func.coalesce(_asked.c.merged_into_id, _asked.c.id)
    query = select(_asked.c.id, *COLUMNS).join(leads, is_meant).where(_asked.c.id.in_(wanted))
    return {asked: Lead(*row) for asked, *row in tx.execute(query.where(sees_lead(scope)))}


def with_phone(tx: Transaction, phone: str, *, scope: Scope = EVERYTHING) -> list[Lead]:
    """Every lead with that number; more than one may share it."""
    return with_phones(tx, [phone], scope=scope).get(phone, [])


def with_phones(
    tx: Transaction, phones: Iterable[str], *, scope: Scope = EVERYTHING
) -> dict[str, list[Lead]]:
    """Number to every lead that has it, for the numbers that some lead has."""
    has_one = leads.c.phone.in_(set(phones))
    query = select(*COLUMNS).where(has_one, IS_THERE, sees_lead(scope)).order_by(leads.c.id)
    found: dict[str, list[Lead]] = {}
    for row in tx.execute(query):
        found.setdefault(row.phone, []).append(Lead(*row))
    return found


def known_phones(tx: Transaction, phones: Iterable[str]) -> set[str]:
    """Those of these numbers that some lead has."""
    return {phone for phone, _, _ in _OWNERS.run(tx, [(phone,) for phone in sorted(set(phones))])}


def owners(phones: Iterable[str]) -> Question[dict[str, int]]:
    """Asks for number to lead id, where exactly one lead has the number: a shared one is nobody's, never
    guessed.
    """
    return Question(_OWNERS, [(phone,) for phone in sorted(set(phones))], _sole)


def _sole(rows: Sequence[Sequence[Any]]) -> dict[str, int]:
    return {phone: lead_id for phone, lead_id, sharing in rows if sharing == 1}


def mark_merged(tx: Transaction, lead_id: int, *, into: int, now: datetime) -> None:
    """From now on the id stands for the other lead, and so does every id that stood for this one."""
    was = or_(leads.c.id == lead_id, leads.c.merged_into_id == lead_id)
    tx.execute(update(leads).where(was).values(merged_into_id=into, updated_at=now))
    words.drop(tx, Kind.LEAD, [lead_id])


def search(
    tx: Transaction,
    text: str | None = None,
    *,
    scope: Scope = EVERYTHING,
    stage: str | None = None,
    after: int = 0,
    limit: int = 50,
) -> list[Lead]:
    """Leads in the order they were added. With ``text`` those whose name, company, email or number has words
    that begin so; of a number any three digits or more.
    """
    query = select(*COLUMNS).where(leads.c.id > after, IS_THERE, sees_lead(scope)).limit(limit)
    if stage:
        query = query.where(leads.c.stage == stage)
    if not (text and text.strip()):
        return [Lead(*row) for row in tx.execute(query.order_by(leads.c.id))]
    terms = wanted(text)
    if not terms:
        return []
    # In the order of the index, which is that of the ids: else all that is found would be sorted.
    index = words.index_of(Kind.LEAD, tx.dialect.name)
    key = words.key_of(index)
    query = query.join(index, key == leads.c.id).where(words.has(tx, Kind.LEAD, terms), key > after)
    return [Lead(*row) for row in tx.execute(query.order_by(key))]


def words_of(name: str | None, company: str | None, email: str | None, phone: str | None) -> list[str]:
    """What a lead is found by."""
    said = " ".join(part for part in (name, company, email) if part)
    return list(dict.fromkeys(words_in(said) + endings(phone or "")))


def _index(tx: Transaction, lead: Lead) -> None:
    found = words_of(lead.name, lead.company, lead.email, lead.phone)
    if found:
        words.put(tx, Kind.LEAD, [(lead.id, found)])
    else:
        words.drop(tx, Kind.LEAD, [lead.id])
