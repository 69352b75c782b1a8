"""The lists of the inbox: which conversations somebody has before them, in which order, and how many.

Each list in each of its orders is read from one index, which also has what the scope asks for: what somebody
may not see is passed over without looking at its row, and a page costs the same however deep it is.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Select,
    and_,
    case,
    func,
    literal,
    literal_column,
    or_,
    select,
    text,
    true,
    tuple_,
    union_all,
)
from sqlalchemy.sql.selectable import NamedFromClause

from leadline.store import schema
from leadline.store.columns import Instant
from leadline.store.conversations import COLUMNS, Conversation
from leadline.store.database import Transaction
from leadline.store.scope import Scope, sees_conversation

conversations, messages = schema.conversations, schema.messages
drafts, media, users = schema.drafts, schema.media, schema.users

# More than this nobody counts: 999+ says as much.
COUNT_AT_MOST = 1000
# What leaves within a minute is as good as sent.
SOON = timedelta(minutes=1)
# In a list of what is to be sent, the campaign of a colleague must not be read to its end to be counted.
SCHEDULED_LOOKS = 5000

# The moment of a row that an order goes by, and the id of the row.
Place = tuple[datetime, int]


@dataclass(frozen=True, slots=True)
class Order:
    """``column`` of ``conversations``, and whether the latest comes first. ``only`` is what else is asked:
    who waits for nothing, and who said stop, do not wait. Written out, or no database would know its index.
    """

    column: str
    is_falling: bool = False
    only: str = "true"


_NEWEST = Order("last_at", is_falling=True)
_OLDEST = Order("last_at")
_WAITING = Order(
    "waiting_since",
    only="conversations.waiting_since IS NOT NULL AND conversations.consent <> 'opted_out'"
    " AND conversations.closed_at IS NULL",
)
_BY_TIME = {"newest": _NEWEST, "oldest": _OLDEST}
_AS_WANTED = {"newest": _NEWEST, "waiting": _WAITING, "oldest": _OLDEST}


@dataclass(frozen=True, slots=True)
class List:
    """``condition`` is that of the list's index; the first of ``orders`` is the one nobody has to ask for."""

    condition: str
    orders: Mapping[str, Order]


LISTS: Mapping[str, List] = {
    "open": List("conversations.closed_at IS NULL", _AS_WANTED),
    "unread": List("conversations.unread > 0 AND conversations.closed_at IS NULL", _AS_WANTED),
    "mine": List("conversations.assignee_id IS NOT NULL AND conversations.closed_at IS NULL", _AS_WANTED),
    "unassigned": List("conversations.assignee_id IS NULL AND conversations.closed_at IS NULL", _AS_WANTED),
    "scheduled": List(
        "messages.state = 'queued' AND messages.not_before > messages.created_at",
        {"soonest": Order("not_before")},
    ),
    "failed": List("conversations.failed_id IS NOT NULL AND conversations.closed_at IS NULL", _BY_TIME),
    "review": List("conversations.review_since IS NOT NULL", {"waiting": Order("review_since")}),
    "closed": List("conversations.closed_at IS NOT NULL", _BY_TIME),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks for a list, and when. "mine" is ``user_id``'s; nobody's, if that is None."""

    scope: Scope
    now: datetime
    user_id: int | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """A conversation and where it stands in the order."""

    conversation: Conversation
    place: Place


@dataclass(frozen=True, slots=True)
class Last:
    """What a row says besides its conversation. ``file`` is the type of what came with the last text, if it
    brought something; ``next_at`` when the next scheduled text leaves; ``draft`` what the asker is writing.
    """

    direction: str | None
    state: str | None
    status: str | None
    created_by: str | None
    file: str | None
    next_at: datetime | None
    draft: str | None


def page(
    tx: Transaction, name: str, asked: Asked, *, order: str, after: Place | None = None, limit: int = 50
) -> list[Listed]:
    """A page of that list of ``LISTS``. ``after`` is the place of the last row of the page before."""
    query = page_query(name, asked, order=order, after=after, limit=limit)
    return [Listed(Conversation(*row[:-2]), (row[-2], row[-1])) for row in tx.execute(query)]


def page_query(
    name: str, asked: Asked, *, order: str, after: Place | None = None, limit: int = 50
) -> Select[Any]:
    """What ``page`` asks the database."""
    if name == "scheduled":
        return _scheduled(asked, after).limit(limit)
    which, by = LISTS[name], LISTS[name].orders[order]
    column, key = conversations.c[by.column], conversations.c.id
    return (
        select(*COLUMNS, column.label("place_at"), key.label("place_id"))
        .where(
            _is_in(name, asked, by), text(which.condition), text(by.only), _is_after(column, key, by, after)
        )
        .order_by(*(each.desc() if by.is_falling else each for each in (column, key)))
        .limit(limit)
    )


def _is_in(name: str, asked: Asked, by: Order | None = None) -> ColumnElement[bool]:
    """What the condition of the list's index does not say."""
    sees = sees_conversation(asked.scope)
    if name != "mine":
        return sees
    # One's own that wait are few among those that wait; SQLite would sort all one's own instead.
    assignee = conversations.c.assignee_id
    return and_((assignee + 0 if by is _WAITING else assignee) == asked.user_id, sees)


def _is_after(
    column: ColumnElement[datetime], key: ColumnElement[int], by: Order, after: Place | None
) -> ColumnElement[bool]:
    if after is None:
        return true()
    here, there = tuple_(column, key), tuple_(literal(after[0], Instant()), literal(after[1]))
    return here < there if by.is_falling else here > there


def _scheduled(asked: Asked, after: Place | None) -> Select[Any]:
    """The texts to come, the next first; of each conversation the next one only."""
    by = LISTS["scheduled"].orders["soonest"]
    earlier = messages.alias("earlier")
    has_earlier = (
        select(literal(1))
        .where(_is_to_come(earlier, asked.now), _is_open(earlier))
        .where(earlier.c.conversation_id == messages.c.conversation_id)
        .where(tuple_(earlier.c.not_before, earlier.c.id) < tuple_(messages.c.not_before, messages.c.id))
        .exists()
    )
    place = messages.c.not_before, messages.c.id
    return (
        select(*COLUMNS, *place)
        .join(messages, messages.c.conversation_id == conversations.c.id)
        .where(_is_to_come(messages, asked.now), _is_in("scheduled", asked), ~has_earlier)
        .where(_is_after(*place, by, after))
        .order_by(*place)
    )


def _is_to_come(texts: NamedFromClause, now: datetime) -> ColumnElement[bool]:
    """Whether a text waits for its hour: what only waits for Twilio to answer again does not."""
    is_later = text(LISTS["scheduled"].condition.replace("messages.", f"{texts.name}."))
    waits = or_(texts.c.due_at > now, texts.c.deferred_until.is_not(None))
    return and_(is_later, texts.c.not_before > now + SOON, waits)


def _is_open(texts: NamedFromClause) -> ColumnElement[bool]:
    """What ix_messages_open says of its rows, which finds those of one conversation."""
    return literal_column(f"{texts.name}.state IN ('queued', 'posting')", Boolean)


def counts(tx: Transaction, asked: Asked, names: Iterable[str]) -> dict[str, int]:
    """How many conversations are in each of these lists; COUNT_AT_MOST stands for that many or more."""
    wanted = list(names)
    row = tx.execute(select(*(count_query(name, asked).scalar_subquery() for name in wanted))).one()
    return dict(zip(wanted, row, strict=True))


def count_query(name: str, asked: Asked) -> Select[Any]:
    """What ``counts`` asks the database for one list."""
    if name == "scheduled":
        theirs = select(conversations.c.id).where(
            conversations.c.id.in_(_to_come(asked.now)), sees_conversation(asked.scope)
        )
        return select(func.count()).select_from(theirs.limit(COUNT_AT_MOST).subquery())
    found: Select[Any] = select(literal_column("1").label("one")).select_from(conversations)
    found = found.where(_is_in(name, asked), text(LISTS[name].condition)).limit(COUNT_AT_MOST)
    return select(func.count()).select_from(found.subquery())


def _to_come(now: datetime) -> Select[Any]:
    """The conversations with texts to come, as far as that is looked."""
    return select(messages.c.conversation_id).where(_is_to_come(messages, now)).limit(SCHEDULED_LOOKS)


def own_counts(tx: Transaction, user_ids: Iterable[int]) -> dict[int, int]:
    """How many each of them has in "mine", as ``counts`` says it. Index: ix_conversations_mine."""
    theirs: Select[Any] = select(literal_column("1").label("one")).where(
        conversations.c.assignee_id == users.c.id, text(LISTS["mine"].condition)
    )
    found = theirs.correlate(users).limit(COUNT_AT_MOST).subquery()
    count = select(func.count()).select_from(found).scalar_subquery()
    query = select(users.c.id, count).where(users.c.id.in_(list(user_ids)))
    return {row[0]: row[1] for row in tx.execute(query)}


def beyond(tx: Transaction, user_ids: Iterable[int], shared: Scope, now: datetime) -> set[int]:
    """Those of them who have a conversation in a list, but in that of closed ones, that others with that
    scope do not see: see ``scope.shared``.
    """
    if shared.reach == "all":
        return set()
    # What belongs to no team is everybody's.
    others = conversations.c.team_id.is_not(None), conversations.c.team_id.is_distinct_from(shared.team_id)
    theirs = select(conversations.c.assignee_id).where(
        conversations.c.assignee_id.in_(list(user_ids)), *others
    )
    parts = (
        text(LISTS["mine"].condition),
        text(LISTS["review"].condition),
        conversations.c.id.in_(_to_come(now)),
    )
    return set(tx.scalars(union_all(*(theirs.where(part) for part in parts))))


def lasts(tx: Transaction, conversation_ids: Sequence[int], asked: Asked) -> dict[int, Last]:
    """What the rows of these conversations say, by id."""
    return {row[0]: Last(*row[1:]) for row in tx.execute(lasts_query(conversation_ids, asked))}


def lasts_query(conversation_ids: Sequence[int], asked: Asked) -> Select[Any]:
    """What ``lasts`` asks the database. Each row looks once into ix_messages_thread and ix_messages_open."""
    of_this = messages.alias("of_this")
    last_id = (
        select(of_this.c.id)
        .where(of_this.c.conversation_id == conversations.c.id)
        .order_by(of_this.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    return (
        select(
            conversations.c.id,
            messages.c.direction,
            messages.c.state,
            messages.c.status,
            messages.c.created_by,
            _file().label("file"),
            _next_at(asked.now).label("next_at"),
            drafts.c.body,
        )
        .select_from(conversations)
        .outerjoin(messages, messages.c.id == last_id)
        .outerjoin(
            drafts, and_(drafts.c.conversation_id == conversations.c.id, drafts.c.user_id == asked.user_id)
        )
        .where(conversations.c.id.in_(conversation_ids))
    )


def _file() -> ColumnElement[str | None]:
    """The type of the first file that came with the last text; of ours only that there was one."""
    received = (
        select(func.coalesce(media.c.content_type, media.c.claimed_type))
        .where(media.c.message_id == messages.c.id)
        .order_by(media.c.position)
        .limit(1)
        .scalar_subquery()
    )
    sent = case((messages.c.media_urls != literal_column("'[]'"), "image"))
    return func.coalesce(received, sent)


def _next_at(now: datetime) -> ColumnElement[datetime | None]:
    """When the next scheduled text of a conversation leaves."""
    waiting = messages.alias("waiting")
    return (
        select(func.min(waiting.c.not_before, type_=Instant()))
        .where(waiting.c.conversation_id == conversations.c.id)
        .where(_is_to_come(waiting, now), _is_open(waiting))
        .scalar_subquery()
    )
