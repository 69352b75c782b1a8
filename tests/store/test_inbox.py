"""The lists: what is in each, in which order, for whom; read by an index whatever the list and the page."""

import random
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import product
from typing import Any

import pytest
from sqlalchemy import Select, insert, select

from leadline.store import inbox, schema
from leadline.store.conversations import Conversation
from leadline.store.database import Database, Transaction
from leadline.store.inbox import LISTS, SOON, Asked, Place
from leadline.store.scope import EVERYTHING, Scope
from tests.clock import START

NORTH, SOUTH = 1, 2
ALICE, BOB, CHARLIE = 1, 2, 3
TEAMS = {ALICE: NORTH, BOB: NORTH, CHARLIE: SOUTH}
SCOPES = {
    "admin": EVERYTHING,
    "team": Scope(BOB, NORTH, "team"),
    "own": Scope(BOB, NORTH, "own"),
    "no team": Scope(BOB, None, "team"),
}
EVERY_LIST = [(name, order) for name, each in LISTS.items() for order in each.orders]


def asked_by(who: str) -> Asked:
    return Asked(SCOPES[who], START, BOB)


def add_team(tx: Transaction) -> None:
    for team, name in ((NORTH, "North"), (SOUTH, "South")):
        tx.execute(insert(schema.teams).values(id=team, name=name, created_at=START))
    for user, team in TEAMS.items():
        of_user = {"name": f"User {user}", "email": f"{user}@example.com", "role": "agent", "team_id": team}
        tx.execute(insert(schema.users).values(id=user, created_at=START, **of_user))


def fill(database: Database, count: int) -> None:
    """Conversations of every kind, drawn from a seed; many share a moment, so that ids must decide."""
    drawn = random.Random(20)
    with database.write() as tx:
        add_team(tx)
        for number in range(count):
            tx.execute(insert(schema.conversations).values(**_drawn(drawn, number)))
            if drawn.random() < 0.3:
                for _ in range(drawn.randint(1, 3)):
                    add_text(tx, number + 1, after=drawn.choice([None, 0, 1, 3]), drawn=drawn)


def _drawn(drawn: random.Random, number: int) -> dict[str, Any]:
    def maybe(share: float, value: Any) -> Any:
        return value if drawn.random() < share else None

    def moment() -> datetime:
        return START - timedelta(minutes=drawn.randint(0, 20))

    assignee = maybe(0.6, drawn.choice([ALICE, BOB, CHARLIE]))
    return {
        "number": f"+1303555{number:04}",
        "consent": drawn.choice(["none", "opted_in", "opted_out"]),
        "review_since": maybe(0.3, moment()),
        "unread": drawn.choice([0, 0, 2]),
        "last_at": moment(),
        "last_text": "Hello",
        "assignee_id": assignee,
        "team_id": TEAMS[assignee] if assignee else maybe(0.4, drawn.choice([NORTH, SOUTH])),
        "waiting_since": maybe(0.5, moment()),
        "failed_id": maybe(0.3, number),
        "closed_at": maybe(0.4, moment()),
        "created_at": START,
    }


def add_text(tx: Transaction, conversation: int, *, after: int | None, drawn: random.Random) -> None:
    """A text of ours that leaves after so many hours, or, with None, one that left."""
    due = START + timedelta(hours=after or 0)
    tx.execute(
        insert(schema.messages).values(
            conversation_id=conversation,
            direction="outbound",
            number="",
            body="Hi",
            media_urls=[],
            segments=1,
            category="conversational",
            state="accepted" if after is None else "queued",
            rank=0,
            error_code=0,
            created_by="user:2",
            priority=0,
            tries=0,
            looks=0,
            due_at=due,
            not_before=due + timedelta(minutes=drawn.randint(0, 90)),
            created_at=START - timedelta(hours=1),
        )
    )


def everyone(database: Database) -> list[Conversation]:
    names = Conversation._fields
    with database.read() as tx:
        return [Conversation(*row) for row in tx.execute(select(*(schema.conversations.c[n] for n in names)))]


def next_texts(database: Database) -> dict[int, Place]:
    """When the next scheduled text of each conversation leaves, and its id: said once more, by hand."""
    found: dict[int, Place] = {}
    with database.read() as tx:
        for each in tx.execute(select(schema.messages).where(schema.messages.c.state == "queued")):
            if each.due_at > START and each.not_before > START + SOON:
                place = (each.not_before, each.id)
                found[each.conversation_id] = min(found.get(each.conversation_id, place), place)
    return found


IS_IN: dict[str, Callable[[Conversation], object]] = {
    "open": lambda c: not c.closed_at,
    "unread": lambda c: c.unread and not c.closed_at,
    "mine": lambda c: c.assignee_id == BOB and not c.closed_at,
    "unassigned": lambda c: c.assignee_id is None and not c.closed_at,
    "failed": lambda c: c.failed_id is not None and not c.closed_at,
    "review": lambda c: c.review_since,
    "closed": lambda c: c.closed_at,
}
SEES: dict[str, Callable[[Conversation], object]] = {
    "admin": lambda c: True,
    "team": lambda c: c.team_id in (None, NORTH) or c.assignee_id == BOB,
    "own": lambda c: c.assignee_id == BOB or (c.assignee_id is None and c.team_id in (None, NORTH)),
    "no team": lambda c: c.team_id is None or c.assignee_id == BOB,
}


def expected(database: Database, name: str, order: str, who: str) -> list[int]:
    seen = [each for each in everyone(database) if SEES[who](each)]
    if name == "scheduled":
        nexts = next_texts(database)
        return sorted((each.id for each in seen if each.id in nexts), key=nexts.__getitem__)
    found = [each for each in seen if IS_IN[name](each)]
    if name == "review":
        return [each.id for each in sorted(found, key=lambda c: (c.review_since, c.id))]
    if order == "waiting":
        found = [each for each in found if each.waiting_since and each.consent != "opted_out"]
        return [each.id for each in sorted(found, key=lambda c: (c.waiting_since, c.id))]
    return [each.id for each in sorted(found, key=lambda c: (c.last_at, c.id), reverse=order == "newest")]


def read(database: Database, name: str, order: str, asked: Asked, size: int = 7) -> list[int]:
    """The whole list, page by page."""
    found: list[int] = []
    after: Place | None = None
    while True:
        with database.read() as tx:
            page = inbox.page(tx, name, asked, order=order, after=after, limit=size)
        found += [each.conversation.id for each in page]
        if len(page) < size:
            return found
        after = page[-1].place


@pytest.mark.parametrize("who", SCOPES)
def test_each_list_has_its_conversations_in_order_on_every_page(database: Database, who: str) -> None:
    fill(database, 120)
    for name, order in EVERY_LIST:
        wanted = expected(database, name, order, who)
        assert read(database, name, order, asked_by(who)) == wanted, (name, order)
        assert wanted or (name, who) == ("mine", "nobody"), (name, order)


@pytest.mark.parametrize("who", SCOPES)
def test_what_is_counted_is_what_is_listed(database: Database, who: str) -> None:
    fill(database, 120)
    with database.read() as tx:
        counted = inbox.counts(tx, asked_by(who), LISTS)
    assert counted == {
        name: len(expected(database, name, next(iter(each.orders)), who)) for name, each in LISTS.items()
    }


def test_a_count_ends_where_nobody_counts_any_more(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(database, 60)
    monkeypatch.setattr(inbox, "COUNT_AT_MOST", 5)
    with database.read() as tx:
        assert set(inbox.counts(tx, asked_by("admin"), LISTS).values()) == {5}


def test_a_token_of_nobody_has_nothing_of_its_own(database: Database) -> None:
    fill(database, 20)
    assert read(database, "mine", "newest", Asked(EVERYTHING, START)) == []


def test_a_row_says_what_came_last_what_comes_next_and_what_is_being_written(database: Database) -> None:
    fill(database, 3)
    with database.write() as tx:
        add_text(tx, 1, after=2, drawn=random.Random(1))
        for user, body in ((BOB, "I was going to"), (ALICE, "So was I")):
            tx.execute(
                insert(schema.drafts).values(user_id=user, conversation_id=1, body=body, updated_at=START)
            )
        of_last = {"position": 0, "url": "", "claimed_type": "image/png", "state": "waiting", "tries": 0}
        last = max(tx.scalars(select(schema.messages.c.id).where(schema.messages.c.conversation_id == 1)))
        tx.execute(insert(schema.media).values(message_id=last, due_at=START, **of_last))

    with database.read() as tx:
        said = inbox.lasts(tx, [1, 2, 3], asked_by("team"))
    assert set(said) == {1, 2, 3}
    assert (said[1].direction, said[1].state, said[1].created_by) == ("outbound", "queued", "user:2")
    assert (said[1].file, said[1].draft) == ("image/png", "I was going to")
    assert said[1].next_at == next_texts(database)[1][0]
    assert said[2].draft is None


_READS = re.compile(r"(?:SCAN|SEARCH) (\w+)(?: AS \w+)?(.*)")


def test_a_page_is_read_from_its_index_and_never_sorted(database: Database) -> None:
    if not database.is_sqlite:
        pytest.skip("PostgreSQL chooses its indexes by the rows there are.")
    for (name, order), who in product(EVERY_LIST, SCOPES):
        first = inbox.page_query(name, asked_by(who), order=order)
        later = inbox.page_query(name, asked_by(who), order=order, after=(START, 100))
        for plan in (explained(database, first), explained(database, later)):
            index = "ix_messages_scheduled" if name == "scheduled" else _index_of(name, order)
            assert any(index in step for step in plan), plan
            assert not any("TEMP B-TREE" in step for step in plan), plan
            assert_nothing_is_read_whole(plan)


def test_counts_and_rows_are_read_from_indexes(database: Database) -> None:
    if not database.is_sqlite:
        pytest.skip("PostgreSQL chooses its indexes by the rows there are.")
    for name, who in product(LISTS, SCOPES):
        assert_nothing_is_read_whole(explained(database, inbox.count_query(name, asked_by(who))))
    assert_nothing_is_read_whole(explained(database, inbox.lasts_query(range(1, 51), asked_by("team"))))


def _index_of(name: str, order: str) -> str:
    is_by_waiting = order == "waiting" and name != "review"
    return "ix_conversations_waiting" if is_by_waiting else f"ix_conversations_{name}"


def explained(database: Database, query: Select[Any]) -> list[str]:
    """SQLite's plan, step by step."""
    with database.read() as tx:
        said = query.compile(tx, compile_kwargs={"literal_binds": True})
        return [row[3] for row in tx.exec_driver_sql(f"EXPLAIN QUERY PLAN {said}")]


def assert_nothing_is_read_whole(plan: list[str]) -> None:
    for step in plan:
        found = _READS.match(step)
        if found and found[1] in ("conversations", "messages", "of_this", "waiting", "earlier"):
            assert "USING" in found[2], step
            assert "SCAN" not in step or "ix_" in step, step
