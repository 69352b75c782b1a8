"""What an operator is shown, on each kind of database."""

from datetime import timedelta

from leadline import reconciling, sending, standing
from leadline.app import Leadline
from leadline.queueing import SendRequest
from leadline.rules.looks import LIST_LOOKS
from leadline.standing import Standing
from leadline.store import chores, installation, rejects, senders
from leadline.store import standing as figures
from leadline.store.database import Database
from tests import texts
from tests.clock import Clock

A_SEGMENT = timedelta(seconds=1)  # is what the number may send one in


def read(line: Leadline) -> Standing:
    with line.database.read() as tx:
        return standing.read(tx, now=line.clock.now())


def test_nothing_has_happened_yet(line: Leadline) -> None:
    now = read(line)
    assert (now.in_doubt, now.unconfirmed, now.doubles, now.due, now.posting) == (0, 0, 0, 0, 0)
    assert (now.oldest_due_at, now.last_inbound_at, now.polled_through) == (None, None, None)
    assert now.resolved == dict.fromkeys(standing.RESOLVED_BY, 0)
    assert now.needs == ()


def test_the_queue_is_what_may_leave_now_and_later(line: Leadline, clock: Clock) -> None:
    began = clock.now()
    later = began + timedelta(hours=1)
    texts.queue(line, SendRequest(number="+13035550142", body="Hi"))
    texts.queue(line, SendRequest(number="+13035550143", body="Later", due_at=later))
    clock.advance(timedelta(minutes=5))
    now = read(line)
    assert (now.due, now.scheduled, now.oldest_due_at) == (1, 1, began)
    texts.claim(line)
    now = read(line)
    assert (now.due, now.posting, now.oldest_due_at) == (0, 1, None)


def test_a_lost_answer_is_in_doubt_and_then_unconfirmed(line: Leadline, clock: Clock) -> None:
    began = clock.now()
    lost = texts.in_doubt(line)
    now = read(line)
    assert (now.in_doubt, now.in_doubt_since, now.posting, now.needs) == (1, began, 0, ())
    assert [(text.message_id, text.state, text.looks) for text in now.open] == [
        (lost.message_id, "in_doubt", 0)
    ]
    clock.advance(LIST_LOOKS[-1] + timedelta(minutes=1))
    texts.nothing_found(line)
    now = read(line)
    assert (now.in_doubt, now.unconfirmed, now.unconfirmed_since) == (0, 1, began)
    assert now.unconfirmed_this_month == 1
    [need] = now.needs
    assert (need.code, need.since) == ("unconfirmed", began)


def test_what_a_person_decided_still_counts_for_the_month(line: Leadline, clock: Clock) -> None:
    lost = texts.unconfirmed(line, clock)
    with line.database.write() as tx:
        reconciling.leave(tx, lost.message_id, actor="cli", now=clock.now())
    now = read(line)
    assert (now.unconfirmed, now.unconfirmed_this_month, now.resolved["person"]) == (0, 1, 1)
    clock.advance(timedelta(days=40))
    now = read(line)
    assert (now.unconfirmed_this_month, now.resolved["person"]) == (0, 0)


def test_each_way_out_of_doubt_is_counted_and_the_usual_way_is_not(line: Leadline, clock: Clock) -> None:
    texts.settle(line, texts.claim_one(line, "Hello"), texts.accepted(1))
    clock.advance(A_SEGMENT)
    early = texts.claim_one(line, "Early")
    texts.report(line, (2, "sent", 0), token=early.token)
    assert read(line).resolved == dict.fromkeys(standing.RESOLVED_BY, 0)

    clock.advance(A_SEGMENT)
    texts.report(line, (3, "sent", 0), token=texts.in_doubt(line, "Reported").token)
    clock.advance(A_SEGMENT)
    forgotten = texts.claim_one(line, "Late")
    clock.advance(timedelta(minutes=3))
    with line.database.write() as tx:
        assert sending.recover(tx, ["worker"], now=clock.now()) == [1]
    texts.settle(line, forgotten, texts.accepted(4))
    now = read(line)
    assert (now.resolved["report"], now.resolved["answer"], now.in_doubt) == (1, 1, 0)


def test_a_double_is_recorded_and_leads_to_its_text(line: Leadline, clock: Clock) -> None:
    first = texts.sent_twice(line, clock)
    now = read(line)
    assert now.doubles == 1
    assert [double.message_id for double in now.last_doubles] == [first.message_id]


def test_what_is_held_or_stopped_needs_a_person(line: Leadline, clock: Clock) -> None:
    at = clock.now()
    with line.database.write() as tx:
        installation.begin(tx, "here", now=at)
        installation.hold(tx, because="a restore", now=at)
        sender = senders.everyone(tx)[0]
        senders.stop(tx, sender.id, because="Twilio says 20003", now=at)
    now = read(line)
    assert [(need.code, need.since) for need in now.needs] == [("held", at), ("sender_stopped", at)]
    assert now.held_because == "a restore"
    assert "20003" in now.needs[1].sentence


def test_rejects_are_counted_by_day_and_reason(line: Leadline, clock: Clock) -> None:
    with line.database.write() as tx:
        rejects.count(tx, {"signature": 3, "method": 1}, now=clock.now())
    clock.advance(timedelta(days=3))
    with line.database.write() as tx:
        rejects.count(tx, {"signature": 2}, now=clock.now())
        rejects.count(tx, {"signature": 2}, now=clock.now())
    found = [(each.reason, each.today, each.week) for each in read(line).rejects]
    assert found == [("signature", 4, 7), ("method", 0, 1)]
    clock.advance(timedelta(days=5))
    assert [(each.reason, each.today, each.week) for each in read(line).rejects] == [("signature", 0, 4)]


def test_the_last_webhook_and_poll_are_told(line: Leadline, clock: Clock) -> None:
    at = clock.now()
    with line.database.write() as tx:
        rejects.note_heard(tx, {"inbound": at, "status": at})
        rejects.note_heard(tx, {"inbound": at - timedelta(hours=1)})
        chores.ensure(tx, chores.INBOUND, now=at)
    now = read(line)
    assert (now.last_inbound_at, now.last_report_at, now.polled_through) == (at, at, at)


def test_looking_writes_nothing_and_reads_no_whole_table(database: Database) -> None:
    """A statement that names no index's condition would read a million texts each time somebody looks."""
    with database.read() as tx:
        for statement in figures.STATEMENTS:
            sql = statement.sql.replace("m.state = ?", "m.state = 'in_doubt'")
            values = tuple(0 for _ in range(sql.count("?")))
            if database.is_sqlite:
                plan = tx.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values)
                steps = [row[-1] for row in plan if row[-1].startswith(("SCAN", "SEARCH"))]
                # "queue" is what two indexes found, put together.
                fine = ("INDEX", "PRIMARY KEY", "SCAN queue")
                whole = [step for step in steps if not any(word in step for word in fine)]
            else:
                # Small tables are read whole whatever there is; this leaves that for want of an index.
                tx.exec_driver_sql("SET LOCAL enable_seqscan = off")
                plan = tx.exec_driver_sql(f"EXPLAIN {sql.replace('?', '%s')}", values)
                steps = [row[0] for row in plan if "Scan" in row[0]]
                whole = [step for step in steps if "Seq Scan" in step]
            assert steps, statement.sql
            assert whole == [], statement.sql
