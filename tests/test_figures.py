"""Figures are what anybody would count by hand, in random histories, whenever the days were counted."""

import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any

import pytest

from leadline import figures, queueing, reconciling
from leadline.app import Leadline
from leadline.errors import LeadlineError
from leadline.queueing import SendRequest
from leadline.rules.zones import zone
from leadline.settings import Settings
from leadline.store import chores, schema
from leadline.store import figures as stored
from leadline.store.scope import EVERYTHING, Scope
from leadline.store.since import first_id
from leadline.twilio.client import SendKind
from tests import cast, texts
from tests.clock import Clock

Make = Callable[..., Settings]
Cell = tuple[str, int | None, str | None, str, int]

ZONES = ("UTC", "America/Denver", "Asia/Kathmandu")
NUMBERS = tuple(f"+1303555014{digit}" for digit in range(6))
BODIES = ("Hello?", "ok thanks", "STOP", "How much?", "START", "When?")
KINDS = (SendKind.ACCEPTED, SendKind.REJECTED, SendKind.IN_DOUBT, SendKind.THROTTLED)
ALICE_AND_HERS = Scope(1, 1, "team")
HERS_ALONE = Scope(1, 1, "own")


class History:
    """Something happens, again and again: texts in and out, reports, opt-outs, and days that are counted."""

    def __init__(self, line: Leadline, clock: Clock, seed: int) -> None:
        self.line, self.clock, self.draw = line, clock, random.Random(seed)
        self.sids = 0
        self.sent: list[str] = []
        self.queued: list[int] = []

    def go_on(self, steps: int) -> None:
        """Some steps of it."""
        often = (self.receive, self.queue, self.send)
        happenings = [*often, *often, self.queue, self.report, self.cancel, self.count]
        for _ in range(steps):
            self.draw.choice(happenings)()
            self.clock.advance(self.draw.choice((1, 40, 600, 9_000, 40_000)))

    def receive(self) -> None:
        self.sids += 1
        sender = self.draw.choice(NUMBERS)
        body = self.draw.choice(BODIES)
        texts.receive(self.line, texts.inbound(self.sids, body, From=sender))
        self.give_away()

    def give_away(self) -> None:
        """Conversations are given to somebody once: figures go by whose they were when they were counted."""
        whose = {index: (index % 3 or None, index % 4 or None) for index in range(len(NUMBERS))}
        with self.line.database.write() as tx:
            for index, (team_id, user_id) in whose.items():
                tx.execute(
                    schema.conversations.update()
                    .where(schema.conversations.c.number == NUMBERS[index])
                    .values(team_id=team_id, assignee_id=user_id)
                )

    def queue(self) -> None:
        request = SendRequest(
            number=self.draw.choice(NUMBERS),
            created_by=self.draw.choice(("user:1", "user:2", "auto_reply", "cli")),
            priority=self.draw.choice((0, 0, 0, 1)),
            due_at=self.clock.now() + timedelta(hours=30) if self.draw.random() < 0.2 else None,
        )
        body, template = self.draw.choice((("Hi", None), (None, "plain"), (None, "other")))
        request = replace(request, body=body, template=template)
        with suppress(LeadlineError):
            self.queued += [queued.id for queued in texts.queue(self.line, request)]
        self.give_away()

    def send(self) -> None:
        for claimed in texts.claim(self.line):
            self.sids += 1
            kind = self.draw.choices(KINDS, (6, 1, 1, 1))[0]
            if kind is SendKind.ACCEPTED:
                texts.settle(self.line, claimed, texts.accepted(self.sids))
                self.sent.append(str(self.sids))
            else:
                code = 21211 if kind is SendKind.REJECTED else None
                texts.settle(self.line, claimed, texts.answered(kind, code=code))

    def report(self) -> None:
        if self.sent:
            status, code = self.draw.choice((("delivered", 0), ("undelivered", 30003), ("sent", 0)))
            texts.report(self.line, (int(self.draw.choice(self.sent)), status, code))

    def cancel(self) -> None:
        if self.queued:
            with suppress(LeadlineError), self.line.database.write() as tx:
                queueing.cancel(tx, self.draw.choice(self.queued), actor="cli", now=self.clock.now())

    def count(self) -> None:
        figures.count_due(self.line.database, now=self.clock.now())

    def end(self) -> None:
        """What was heard last is counted too."""
        self.clock.advance(figures.COUNT_EVERY)
        self.count()


@pytest.fixture
def open_line(settings: Make, database_url: str, clock: Clock) -> Iterator[Leadline]:
    """Without hours, rates and caps, so that much happens."""
    told = settings(
        leadline_database_url=database_url,
        leadline_quiet_hours=False,
        leadline_sender_rate=0,
        leadline_automatic_per_hour=1000,
        leadline_automatic_per_day=1000,
    )
    with Leadline.open(told, clock=clock) as line:
        add_people(line)
        yield line


def add_people(line: Leadline) -> None:
    """Teams, users and templates that the history speaks of."""
    now = line.clock.now()
    with line.database.write() as tx:
        for key in (1, 2):
            tx.execute(schema.teams.insert().values(id=key, name=f"Team {key}", created_at=now))
        for key in (1, 2, 3):
            tx.execute(
                schema.users.insert().values(
                    id=key, name=f"User {key}", email=f"{key}@example.com", role="agent", created_at=now
                )
            )
        for name in ("plain", "other"):
            tx.execute(
                schema.templates.insert().values(
                    name=name,
                    body="Hi",
                    category="conversational",
                    description="",
                    created_at=now,
                    updated_at=now,
                )
            )


class ByHand:
    """The same figures, by reading every row and thinking."""

    def __init__(self, line: Leadline, here: tzinfo, scope: Scope) -> None:
        self.here, self.scope = here, scope
        with line.database.read() as tx:
            self.messages = list(tx.execute(schema.messages.select().order_by(schema.messages.c.id)))
            self.attempts = list(tx.execute(schema.attempts.select().order_by(schema.attempts.c.id)))
            self.threads = {row.id: row for row in tx.execute(schema.conversations.select())}
            self.events = list(tx.execute(schema.consent_events.select()))
        self.found: Counter[Cell] = Counter()
        for row in self.messages:
            (self.ours if row.direction == "outbound" else self.theirs)(row)
        for event in self.events:
            self.opt_out(event)

    def add(self, at: datetime, thread: int, of: Any, kind: str, value: int = 0) -> None:
        if is_seen(self.threads[thread], self.scope):
            day = at.astimezone(self.here).date().isoformat()
            self.found[(day, of and of.sender_id, of and of.template, kind, value)] += 1

    def ours(self, row: Any) -> None:
        kind, value = outcome(row)
        if kind:
            tried = [attempt.started_at for attempt in self.attempts if attempt.message_id == row.id]
            self.add(tried[-1], row.conversation_id, row, kind, value)

    def theirs(self, row: Any) -> None:
        self.add(row.created_at, row.conversation_id, row, "received")
        thread = [each for each in self.messages if each.conversation_id == row.conversation_id]
        before = [each for each in thread if each.id < row.id and self.was_there(each, row.created_at)]
        if before and before[-1].direction == "outbound":
            self.add(row.created_at, row.conversation_id, before[-1], "reply")
        counting = [each for each in before if each.direction == "inbound" or is_persons(each)]
        is_stop = any(each.message_id == row.id and each.kind == "opt_out" for each in self.events)
        if not is_stop and not (counting and counting[-1].direction == "inbound"):
            self.wait(row, [each for each in thread if each.id > row.id and is_persons(each)])

    def went(self, row: Any) -> list[datetime]:
        """When a text of ours left, or may have."""
        mine = [each for each in self.attempts if each.message_id == row.id]
        return [each.started_at for each in mine if each.outcome in ("accepted", "in_doubt")]

    def was_there(self, row: Any, at: datetime) -> bool:
        """Whether somebody who wrote then could have read it."""
        return row.direction == "inbound" or any(went < at for went in self.went(row))

    def wait(self, row: Any, answers: list[Any]) -> None:
        until = row.created_at + timedelta(hours=48)
        soon = [went for each in answers for went in self.went(each) if went < until]
        if soon:
            took = (soon[0] - row.created_at) // timedelta(minutes=1)
            self.add(row.created_at, row.conversation_id, None, "answered", took)
        else:
            self.add(row.created_at, row.conversation_id, None, "unanswered")

    def opt_out(self, event: Any) -> None:
        if event.kind == "opt_out":
            [thread] = [each.id for each in self.threads.values() if each.number == event.number]
            texts_ = [each for each in self.messages if each.conversation_id == thread]
            ours = [each for each in texts_ if each.direction == "outbound" and each.id < event.message_id]
            before = [each for each in ours if self.was_there(each, event.recorded_at)]
            self.add(event.recorded_at, thread, before[-1] if before else None, "opt_out")


def by_hand(line: Leadline, here: tzinfo, scope: Scope) -> Counter[Cell]:
    """What ``ByHand`` comes to."""
    return ByHand(line, here, scope).found


def is_persons(row: Any) -> bool:
    return bool(row.direction == "outbound" and row.created_by != "auto_reply" and row.priority == 0)


def outcome(row: Any) -> tuple[str, int]:
    """The kind and the value of a text of ours, or nothing while it has not left."""
    if row.state in ("in_doubt", "unconfirmed", "closed_unconfirmed"):
        return "unknown", 0
    if row.state == "rejected" or (row.state == "accepted" and row.status in ("undelivered", "failed")):
        return "failed", row.error_code
    if row.state != "accepted":
        return "", 0
    return ("delivered" if row.status in ("delivered", "read") else "sent"), 0


def is_seen(thread: Any, scope: Scope) -> bool:
    if scope.reach == "all":
        return True
    is_theirs = thread.assignee_id == scope.user_id
    of_team = thread.team_id in (None, scope.team_id)
    if scope.reach == "team":
        return is_theirs or of_team
    return is_theirs or (thread.assignee_id is None and of_team)


def counted(line: Leadline, here: tzinfo, scope: Scope, mine: int | None = None) -> Counter[Cell]:
    """The figures of all days until today."""
    now = line.clock.now()
    today = now.astimezone(here).date()
    with line.database.read() as tx:
        read = figures.read(tx, today - timedelta(days=60), today, zone=here, now=now, scope=scope, mine=mine)
    assert read.missing == 0
    return summed(read.figures)


def summed(cells: Iterable[stored.Kept]) -> Counter[Cell]:
    found: Counter[Cell] = Counter()
    for cell in cells:
        found[(cell.day, cell.sender_id, cell.template, cell.kind, cell.value)] += cell.count
    return found


def kept_days(line: Leadline) -> set[tuple[str, str]]:
    with line.database.read() as tx:
        return {(row.zone, row.day) for row in tx.execute(schema.figures.select())}


def here_of(name: str) -> tzinfo:
    found = zone(name)
    assert found is not None
    return found


@pytest.mark.parametrize("seed", range(4))
def test_figures_are_what_one_counts_by_hand(open_line: Leadline, clock: Clock, seed: int) -> None:
    history = History(open_line, clock, seed)
    history.go_on(30)
    with open_line.database.write() as tx:
        for name in ZONES[: 1 + seed % 3]:
            figures.keep_for(tx, here_of(name), now=clock.now())
    history.go_on(40)
    history.end()
    for name in ZONES:
        for scope in (EVERYTHING, ALICE_AND_HERS, HERS_ALONE):
            here = here_of(name)
            assert counted(open_line, here, scope) == by_hand(open_line, here, scope), (name, scope)


def test_days_that_are_over_are_read_from_what_was_kept(open_line: Leadline, clock: Clock) -> None:
    history, here = History(open_line, clock, 99), here_of("America/Denver")
    with open_line.database.write() as tx:
        figures.keep_for(tx, here, now=clock.now())
    history.go_on(60)
    history.end()
    assert len(kept_days(open_line)) > 3
    expected = by_hand(open_line, here, EVERYTHING)
    first = min({day for _, day in kept_days(open_line)} & {cell[0] for cell in expected})
    with open_line.database.write() as tx:
        tx.execute(schema.figures.delete().where(schema.figures.c.day == first))
    missing = {cell for cell in expected if cell[0] == first}
    assert missing
    assert counted(open_line, here, EVERYTHING) == Counter(
        {cell: count for cell, count in expected.items() if cell not in missing}
    )


def test_what_is_heard_of_a_text_later_changes_the_day_it_was_sent(open_line: Leadline, clock: Clock) -> None:
    with open_line.database.write() as tx:
        figures.keep_for(tx, UTC, now=clock.now())
    claimed = texts.claim_one(open_line)
    texts.settle(open_line, claimed, texts.accepted(1))
    day = clock.now().date().isoformat()
    clock.advance(timedelta(days=5))
    figures.count_due(open_line.database, now=clock.now())
    assert ("UTC", day) in kept_days(open_line)
    assert counted(open_line, UTC, EVERYTHING) == {(day, 1, None, "sent", 0): 1}
    texts.report(open_line, (1, "delivered", 0))
    clock.advance(timedelta(minutes=6))
    assert figures.count_due(open_line.database, now=clock.now()) == 1
    assert counted(open_line, UTC, EVERYTHING) == {(day, 1, None, "delivered", 0): 1}


def test_a_text_that_is_sent_again_moves_to_that_day(open_line: Leadline, clock: Clock) -> None:
    with open_line.database.write() as tx:
        figures.keep_for(tx, UTC, now=clock.now())
    day = clock.now().date().isoformat()
    doubtful = texts.unconfirmed(open_line, clock)
    clock.advance(timedelta(days=5))
    figures.count_due(open_line.database, now=clock.now())
    assert counted(open_line, UTC, EVERYTHING) == {(day, 1, None, "unknown", 0): 1}
    with open_line.database.write() as tx:
        reconciling.send_again(tx, doubtful.message_id, actor="cli", now=clock.now())
    [again] = texts.claim(open_line)
    texts.settle(open_line, again, texts.accepted(2))
    clock.advance(timedelta(minutes=6))
    figures.count_due(open_line.database, now=clock.now())
    today = clock.now().date().isoformat()
    assert counted(open_line, UTC, EVERYTHING) == {(today, 1, None, "sent", 0): 1}


def test_only_ones_own_are_counted_when_asked_for(open_line: Leadline, clock: Clock) -> None:
    history = History(open_line, clock, 5)
    history.go_on(40)
    with open_line.database.write() as tx:
        figures.keep_for(tx, UTC, now=clock.now())
    clock.advance(timedelta(days=6))
    history.count()
    history.go_on(20)
    history.end()
    mine = counted(open_line, UTC, EVERYTHING, mine=1)
    assert mine
    assert mine == by_hand(open_line, UTC, Scope(1, -1, "own")) - nobodys(open_line)


def nobodys(line: Leadline) -> Counter[Cell]:
    """What belongs to nobody at all."""
    return by_hand(line, UTC, Scope(-1, -1, "own"))


def test_one_worker_of_several_counts_and_not_before_it_is_time(open_line: Leadline, clock: Clock) -> None:
    assert figures.count_due(open_line.database, now=clock.now()) == 0
    texts.claim_one(open_line)
    with open_line.database.write() as tx:
        figures.keep_for(tx, UTC, now=clock.now())
    clock.advance(timedelta(days=30))
    done = [figures.count_due(open_line.database, now=clock.now()) for _ in range(3)]
    assert done == [20, 8, 0]


def test_a_worker_that_dies_meanwhile_is_followed_by_another(open_line: Leadline, clock: Clock) -> None:
    with open_line.database.write() as tx:
        figures.keep_for(tx, UTC, now=clock.now())
        assert chores.take(tx, "figures", now=clock.now(), until=clock.now() + timedelta(minutes=10))
    clock.advance(timedelta(days=4))
    assert figures.count_due(open_line.database, now=clock.now()) == 2


def test_there_are_zones_enough_some_day(open_line: Leadline, clock: Clock) -> None:
    names = [f"Etc/GMT{offset:+}" for offset in range(-14, 13) if offset]
    with open_line.database.write() as tx:
        for name in names:
            if not figures.is_kept(tx, here_of(name)):
                figures.keep_for(tx, here_of(name), now=clock.now())
        assert figures.is_kept(tx, here_of("Asia/Tokyo"))
        assert len([row for row in tx.execute(schema.chores.select()) if ":" in row.name]) == 24


def test_more_than_can_be_counted_at_once_is_said_to_be_missing(
    open_line: Leadline, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    History(open_line, clock, 3).go_on(60)
    monkeypatch.setattr(figures, "LIVE_AT_MOST", 10)
    today = clock.now().date()
    with open_line.database.read() as tx:
        read = figures.read(
            tx, today - timedelta(days=29), today, zone=UTC, now=clock.now(), scope=EVERYTHING
        )
    assert 0 < read.missing < 30
    counted_from = (today - timedelta(days=29 - read.missing)).isoformat()
    expected = Counter(
        {cell: n for cell, n in by_hand(open_line, UTC, EVERYTHING).items() if cell[0] >= counted_from}
    )
    assert summed(read.figures) == expected


@pytest.mark.parametrize("deleted", [(), (1, 2, 3), (4, 5, 9), (10,)])
def test_a_moment_is_found_among_ids_with_gaps(
    open_line: Leadline, clock: Clock, deleted: tuple[int, ...]
) -> None:
    begun = clock.now()
    for _ in range(10):
        with open_line.database.write() as tx:
            tx.execute(
                schema.audit.insert().values(
                    at=clock.now(), actor="cli", action="x", subject="x", detail=None
                )
            )
        clock.advance(60)
    with open_line.database.write() as tx:
        tx.execute(schema.audit.delete().where(schema.audit.c.id.in_(deleted)))
        rows = list(tx.execute(schema.audit.select().order_by(schema.audit.c.id)))
        for minutes in range(-1, 12):
            since = begun + timedelta(minutes=minutes)
            found = first_id(tx, schema.audit.c.at, since)
            assert [row.id for row in rows if row.at >= since] == [row.id for row in rows if row.id >= found]


def test_days_begin_at_midnight_where_somebody_looks() -> None:
    denver = here_of("America/Denver")
    assert figures.midnight(date(2026, 3, 8), denver) == datetime(2026, 3, 8, 7, tzinfo=UTC)
    assert figures.midnight(date(2026, 3, 9), denver) == datetime(2026, 3, 9, 6, tzinfo=UTC)


def test_a_wait_ends_when_a_persons_answer_leaves(open_line: Leadline, clock: Clock) -> None:
    texts.receive(open_line, texts.inbound(1, "Hello?"))
    day = clock.now().date().isoformat()
    automatic = SendRequest(number=cast.LENA.phone, body="We heard you", created_by="auto_reply")
    texts.queue(open_line, automatic)
    [claimed] = texts.claim(open_line)
    texts.settle(open_line, claimed, texts.accepted(2))
    clock.advance(5 * 60)
    texts.queue(open_line, SendRequest(number=cast.LENA.phone, body="Hi", created_by="user:1"))
    clock.advance(3 * 60 + 59)
    assert counted(open_line, UTC, EVERYTHING)[(day, None, None, stored.UNANSWERED, 0)] == 1
    [claimed] = texts.claim(open_line)
    texts.settle(open_line, claimed, texts.accepted(3))
    assert counted(open_line, UTC, EVERYTHING)[(day, None, None, stored.ANSWERED, 8)] == 1


def test_who_opts_out_does_not_wait_for_an_answer(open_line: Leadline, clock: Clock) -> None:
    texts.receive(open_line, texts.inbound(1, "STOP"))
    day = clock.now().date().isoformat()
    assert counted(open_line, UTC, EVERYTHING) == {
        (day, 1, None, stored.RECEIVED, 0): 1,
        (day, None, None, stored.OPT_OUT, 0): 1,
    }
