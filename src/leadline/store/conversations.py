"""Conversations: everything exchanged with one phone number, and whether it may be texted."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from heapq import merge
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import and_, literal, or_, select, text, tuple_, update

from leadline.errors import NotFound
from leadline.rules.consent import OPTED_OUT, ConsentState
from leadline.store import erased, schema, stops
from leadline.store.batch import Batch, Query, Question
from leadline.store.columns import Instant, instant, micros
from leadline.store.database import Transaction
from leadline.store.scope import EVERYTHING, Scope, sees_conversation

conversations = schema.conversations


class Conversation(NamedTuple):
    """One number's thread. ``consent`` is none, opted_in or opted_out, derived from the consent events.

    Since ``review_since`` a person should read what may have been an opt-out; null when there is none. Texts
    cannot arrive at the number while there is an ``unusable_because``. ``waiting_since`` is their first text
    that no person has answered; ``failed_id`` the text that did not arrive, while nobody has written since.
    """

    id: int
    number: str
    consent: str
    consent_at: datetime | None
    review_since: datetime | None
    unusable_because: str | None
    unread: int
    last_at: datetime
    last_text: str
    last_inbound_at: datetime | None
    assignee_id: int | None
    team_id: int | None
    waiting_since: datetime | None
    failed_id: int | None
    closed_at: datetime | None


class Touch(NamedTuple):
    """What a new text changes about its conversation. ``unread`` is how many inbound texts it brings;
    ``is_answer`` that a person wrote it, who has thereby seen what waited and what had failed.
    """

    conversation_id: int
    text: str
    unread: int
    at: datetime
    is_answer: bool = False


COLUMNS = [conversations.c[name] for name in Conversation._fields]

_FIND = Query(
    """WITH v(number) AS ({rows})
    SELECT c.id, c.number, c.consent, c.consent_at, c.review_since, c.unusable_because,
      c.unread, c.last_at, c.last_text, c.last_inbound_at, c.assignee_id, c.team_id,
      c.waiting_since, c.failed_id, c.closed_at
    FROM v JOIN conversations c ON c.number = v.number""",
    ("TEXT",),
    tuple(Conversation._fields),
)
_ADD = Batch(
    """WITH v(number, at) AS ({rows})
    INSERT INTO conversations (number, consent, unread, last_at, last_text, created_at)
    SELECT number, 'none', 0, at, '', at FROM v WHERE true
    ON CONFLICT (number) DO NOTHING""",
    ("TEXT", "BIGINT"),
)
# A text may be heard of hours late; what came after it stays the last. Who writes can be written to.
_TOUCH = Batch(
    """WITH v(id, at, text, unread, inbound_at, is_answer) AS ({rows})
    UPDATE conversations SET
      last_at = CASE WHEN v.at >= conversations.last_at THEN v.at ELSE conversations.last_at END,
      last_text = CASE WHEN v.at >= conversations.last_at THEN v.text ELSE conversations.last_text END,
      unread = conversations.unread + v.unread,
      last_inbound_at = CASE
        WHEN v.inbound_at IS NULL OR v.inbound_at < conversations.last_inbound_at
        THEN conversations.last_inbound_at ELSE v.inbound_at END,
      unusable_because = CASE WHEN v.inbound_at IS NULL THEN conversations.unusable_because END,
      waiting_since = CASE WHEN v.is_answer = 0
        THEN COALESCE(conversations.waiting_since, v.inbound_at) END,
      failed_id = CASE WHEN v.is_answer = 0 THEN conversations.failed_id END,
      closed_at = CASE WHEN v.inbound_at IS NULL THEN conversations.closed_at END
    FROM v WHERE conversations.id = v.id""",
    ("BIGINT", "BIGINT", "TEXT", "INTEGER", "BIGINT", "INTEGER"),
)
_SET_CONSENT = Batch(
    """WITH v(id, consent, consent_at, review_since) AS ({rows})
    UPDATE conversations SET
      consent = v.consent, consent_at = v.consent_at, review_since = v.review_since
    FROM v WHERE conversations.id = v.id""",
    ("BIGINT", "TEXT", "BIGINT", "BIGINT"),
)
PREVIEW_LENGTH = 140


# Where every lead with the number has the same owner, it begins as theirs.
_GIVE_TO_OWNERS = Batch(
    """WITH v(number) AS ({rows}),
      o(number, user_id) AS (
        SELECT v.number, MIN(l.owner_id) FROM v
        JOIN leads l ON l.phone = v.number AND l.merged_into_id IS NULL
        GROUP BY v.number HAVING MIN(l.owner_id) = MAX(l.owner_id) AND COUNT(*) = COUNT(l.owner_id))
    UPDATE conversations SET assignee_id = u.id, team_id = u.team_id
    FROM o JOIN users u ON u.id = o.user_id WHERE conversations.number = o.number""",
    ("TEXT",),
)


def of_numbers(numbers: Iterable[str]) -> Question[dict[str, Conversation]]:
    """Asks for the conversations that there are with these numbers."""
    return Question(_FIND, [(number,) for number in sorted(set(numbers))], _by_number)


def open_for(
    tx: Transaction,
    numbers: Iterable[str],
    *,
    now: datetime,
    known: Mapping[str, Conversation] | None = None,
) -> dict[str, Conversation]:
    """The conversation of each number, made where there is none: then it is the lead's owner's. One of a
    person who was erased begins with the opt-out that is left of them. ``known`` are those that there are,
    from who has asked for them.
    """
    wanted = sorted(set(numbers))
    found = dict(of_numbers(wanted).ask(tx) if known is None else known)
    missing = [number for number in wanted if number not in found]
    if missing:
        _ADD.run(tx, [(number, micros(now)) for number in missing])
        _GIVE_TO_OWNERS.run(tx, [(number,) for number in missing])
        found |= of_numbers(missing).ask(tx)
        found |= _with_old_opt_outs(tx, [found[number] for number in missing])
    return found


def _with_old_opt_outs(tx: Transaction, new: Sequence[Conversation]) -> dict[str, Conversation]:
    names = erased.pseudonyms(tx, [conversation.number for conversation in new])
    before = of_numbers(names.values()).ask(tx)
    known = [(each, before[names[each.number]]) for each in new if names.get(each.number) in before]
    changed = {each.id: ConsentState(old.consent, old.consent_at) for each, old in known}
    if changed:
        set_consent(tx, changed)
    return {each.number: each._replace(consent=old.consent, consent_at=old.consent_at) for each, old in known}


def _by_number(rows: Sequence[Sequence[Any]]) -> dict[str, Conversation]:
    return {conversation.number: conversation for conversation in map(_from_raw, rows)}


def _from_raw(row: Sequence[Any]) -> Conversation:
    """Driver SQL knows no ``Instant``, so its integers are turned here."""
    key, number, consent, consent_at, review_since, unusable_because, *rest = row
    unread, last_at, last_text, last_inbound_at, assignee_id, team_id, *rest = rest
    waiting_since, failed_id, closed_at = rest
    return Conversation(
        id=key,
        number=number,
        consent=consent,
        consent_at=consent_at and instant(consent_at),
        review_since=review_since and instant(review_since),
        unusable_because=unusable_because,
        unread=unread,
        last_at=instant(last_at),
        last_text=last_text,
        last_inbound_at=last_inbound_at and instant(last_inbound_at),
        assignee_id=assignee_id,
        team_id=team_id,
        waiting_since=waiting_since and instant(waiting_since),
        failed_id=failed_id,
        closed_at=closed_at and instant(closed_at),
    )


def touch(tx: Transaction, touches: Sequence[Touch]) -> None:
    """Show new texts in the lists: one entry a conversation, or the last one would win."""
    _TOUCH.run(
        tx,
        [
            (
                t.conversation_id,
                micros(t.at),
                t.text[:PREVIEW_LENGTH],
                t.unread,
                micros(t.at) if t.unread else None,
                int(t.is_answer),
            )
            for t in touches
        ],
    )


def follow_assignee(tx: Transaction, user_id: int, team_id: int | None) -> None:
    """What is assigned to somebody is of their team, also when they change it."""
    is_theirs = conversations.c.assignee_id == user_id
    tx.execute(update(conversations).where(is_theirs).values(team_id=team_id))


def lock(tx: Transaction, conversation_ids: Iterable[int]) -> None:
    """Let nobody else change these until the commit. Who adds to the ledger locks them first, so that no two
    wait for each other. SQLite has one writer anyway.
    """
    if tx.dialect.name == "sqlite":
        return
    rows = conversations.c.id.in_(sorted(conversation_ids))
    tx.execute(
        select(conversations.c.id).where(rows).order_by(conversations.c.id).with_for_update(key_share=True)
    )


def set_consent(tx: Transaction, states: Mapping[int, ConsentState]) -> None:
    """Cache what the consent events now say of these conversations. Until an opt-out is committed no text
    leaves, so that each leaves before it or not at all.
    """
    if any(state.consent == OPTED_OUT for state in states.values()):
        stops.hold(tx)
    _SET_CONSENT.run(
        tx,
        [
            (key, state.consent, _micros(state.consent_at), _micros(state.review_since))
            for key, state in states.items()
        ],
    )


def _micros(moment: datetime | None) -> int | None:
    return None if moment is None else micros(moment)


def set_unusable(tx: Transaction, conversation_id: int, because: str | None) -> None:
    """Texts cannot arrive at the number, or, with None, they can again."""
    tx.execute(
        update(conversations).where(conversations.c.id == conversation_id).values(unusable_because=because)
    )


def in_review(
    tx: Transaction,
    *,
    scope: Scope = EVERYTHING,
    after: tuple[datetime, int] | None = None,
    limit: int = 50,
) -> list[Conversation]:
    """Conversations with a possible opt-out that nobody has judged, the longest waiting first. ``after`` is
    the (review_since, id) of the last of the page before.
    """
    order = (conversations.c.review_since, conversations.c.id)
    is_open = conversations.c.review_since.is_not(None)
    query = select(*COLUMNS).where(is_open, sees_conversation(scope)).order_by(*order).limit(limit)
    if after is not None:
        since, last_id = after
        is_later = conversations.c.review_since > since
        query = query.where(or_(is_later, and_(order[0] == since, order[1] > last_id)))
    return [Conversation(*row) for row in tx.execute(query)]


def everyone(tx: Transaction, *, after: int = 0, limit: int = 1000) -> list[Conversation]:
    """All conversations by id, page by page."""
    query = select(*COLUMNS).where(conversations.c.id > after).order_by(conversations.c.id).limit(limit)
    return [Conversation(*row) for row in tx.execute(query)]


def mark_read(tx: Transaction, conversation_id: int) -> None:
    """Someone has looked at the thread."""
    tx.execute(update(conversations).where(conversations.c.id == conversation_id).values(unread=0))


def assign(
    tx: Transaction,
    conversation_id: int,
    *,
    assignee_id: int | None,
    team_id: int | None,
    is_free: bool = False,
) -> bool:
    """Give it to somebody, or to a team; whether that was done, for with ``is_free`` it is done only while
    nobody has it.
    """
    meant = [conversations.c.id == conversation_id]
    if is_free:
        meant.append(conversations.c.assignee_id.is_(None))
    query = update(conversations).where(*meant).values(assignee_id=assignee_id, team_id=team_id)
    return tx.execute(query).rowcount > 0


def close(tx: Transaction, conversation_id: int, *, now: datetime) -> bool:
    """Nothing is left to do there; whether it was open until now."""
    done = {"closed_at": now, "unread": 0, "waiting_since": None, "failed_id": None}
    is_open = conversations.c.id == conversation_id, conversations.c.closed_at.is_(None)
    return tx.execute(update(conversations).where(*is_open).values(done)).rowcount > 0


def reopen(tx: Transaction, conversation_id: int) -> bool:
    """There is something to do again; whether it was closed until now."""
    is_closed = conversations.c.id == conversation_id, conversations.c.closed_at.is_not(None)
    return tx.execute(update(conversations).where(*is_closed).values(closed_at=None)).rowcount > 0


def by_id(tx: Transaction, conversation_id: int, *, scope: Scope = EVERYTHING) -> Conversation:
    """Raises NotFound, also for one that is out of scope."""
    query = select(*COLUMNS).where(conversations.c.id == conversation_id, sees_conversation(scope))
    row = tx.execute(query).one_or_none()
    if row is None:
        raise NotFound("conversation", conversation_id)
    return Conversation(*row)


def seen(tx: Transaction, conversation_ids: Iterable[int], *, scope: Scope) -> set[int]:
    """Those of these that are in scope."""
    query = select(conversations.c.id)
    return set(
        tx.scalars(query.where(conversations.c.id.in_(set(conversation_ids)), sees_conversation(scope)))
    )


def by_number(tx: Transaction, number: str, *, scope: Scope = EVERYTHING) -> Conversation | None:
    """The conversation with that number, if a text was ever exchanged and it is in scope."""
    query = select(*COLUMNS).where(conversations.c.number == number, sees_conversation(scope))
    row = tx.execute(query).one_or_none()
    return Conversation(*row) if row else None


def by_numbers(
    tx: Transaction, numbers: Iterable[str], *, scope: Scope = EVERYTHING
) -> dict[str, Conversation]:
    """Number to its conversation, for those that texts were exchanged with and that are in scope."""
    query = select(*COLUMNS).where(conversations.c.number.in_(set(numbers)), sees_conversation(scope))
    return {row.number: Conversation(*row) for row in tx.execute(query)}


def newest(
    tx: Transaction,
    *,
    scope: Scope = EVERYTHING,
    before: tuple[datetime, int] | None = None,
    limit: int = 50,
) -> list[Conversation]:
    """The conversations last written in first; ``before`` is the (last_at, id) of the page before.

    Those that are open and those that are closed each have their index; one of all would cost every text.
    """
    place = (conversations.c.last_at, conversations.c.id)
    query = select(*COLUMNS).where(sees_conversation(scope)).limit(limit)
    query = query.order_by(*(column.desc() for column in place))
    if before is not None:
        query = query.where(tuple_(*place) < tuple_(literal(before[0], Instant()), literal(before[1])))
    parts = [
        [Conversation(*row) for row in tx.execute(query.where(text(f"conversations.closed_at IS {which}")))]
        for which in ("NULL", "NOT NULL")
    ]
    return list(islice(merge(*parts, key=lambda each: (each.last_at, each.id), reverse=True), limit))
