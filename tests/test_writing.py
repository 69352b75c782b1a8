"""What members of the team write: texts that cross, texts that are taken back, notes."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest

from leadline import accounts, notes, queueing, writing
from leadline.app import Leadline
from leadline.errors import InvalidInput, TooLate
from leadline.queueing import SendRequest
from leadline.store import conversations, drafts, entries, messages
from leadline.store.conversations import Conversation
from leadline.store.messages import Queued
from leadline.writing import Crossed, Writing
from tests import cast, texts
from tests.clock import Clock

UNDO = timedelta(seconds=5)


@pytest.fixture
def team(line: Leadline) -> tuple[int, int]:
    """The ids of Alice and Bob, to whom Lena has written."""
    texts.receive(line, texts.inbound(1, "Do you do metal roofs?"))
    with line.database.write() as tx:
        alice, bob = (
            accounts.add_user(
                tx, name=who.name, email=who.email, role=who.role, actor="cli", now=line.clock.now()
            )
            for who in (cast.ALICE, cast.BOB)
        )
    return alice.id, bob.id


def written(
    user_id: int, body: str, *, seen: int = 1, key: str | None = None, held: timedelta = UNDO
) -> Writing:
    """A text to Lena; ``seen`` is the last one that the page showed."""
    request = SendRequest(
        number=cast.LENA.phone,
        body=body,
        idempotency_key=f"{user_id}:{body}",
        created_by=f"user:{user_id}",
        held=held,
    )
    return Writing(user_id, request, seen)


def write(line: Leadline, writing: Writing) -> Queued:
    return line.writer.submit(line.write, writing).result()


def thread(line: Leadline) -> Conversation:
    with line.database.read() as tx:
        return conversations.by_id(tx, 1)


def undo(line: Leadline, message_id: int, user_id: int) -> None:
    with line.database.write() as tx:
        writing.undo(tx, message_id, user_id, now=line.clock.now())


def bodies(line: Leadline) -> list[str]:
    with line.database.read() as tx:
        return [text.body for text in messages.thread(tx, 1) if text.direction == "outbound"][::-1]


def test_a_text_that_crosses_a_colleagues_is_not_queued(line: Leadline, team: tuple[int, int]) -> None:
    alice, bob = team
    first = write(line, written(alice, "We do."))
    with pytest.raises(Crossed) as crossed:
        write(line, written(bob, "Yes!"))
    assert (crossed.value.message.id, crossed.value.message.body) == (first.id, "We do.")
    assert bodies(line) == ["We do."]

    write(line, written(bob, "Yes!", seen=first.id))
    assert bodies(line) == ["We do.", "Yes!"]


def test_ones_own_text_a_taken_back_one_and_a_programs_cross_nothing(
    line: Leadline, team: tuple[int, int]
) -> None:
    alice, bob = team
    write(line, written(alice, "We do."))
    write(line, written(alice, "Steel ones too."))
    texts.queue(line, SendRequest(number=cast.LENA.phone, body="Hello", created_by="token:1"))
    for message_id in (2, 3):
        undo(line, message_id, alice)
    write(line, written(bob, "Yes!"))
    assert bodies(line)[-1] == "Yes!"


def test_the_same_form_again_is_the_text_of_the_first_time_whatever_came_since(
    line: Leadline, team: tuple[int, int], clock: Clock
) -> None:
    alice, bob = team
    first = write(line, written(bob, "Yes!"))
    write(line, written(alice, "We do.", seen=first.id))
    clock.advance(3)  # The second press comes later; it is the same text all the same.
    again = write(line, written(bob, "Yes!"))
    assert (again.id, again.is_new) == (first.id, False)


def test_of_two_at_once_one_is_shown_the_other(line: Leadline, team: tuple[int, int]) -> None:
    both = [line.writer.submit(line.write, written(user_id, f"From {user_id}")) for user_id in team]
    outcomes = [future.exception() for future in both]
    assert [type(outcome) for outcome in outcomes].count(Crossed) == 1
    assert len(bodies(line)) == 1


def test_of_two_processes_at_once_one_is_shown_the_other(line: Leadline, team: tuple[int, int]) -> None:
    begin = Barrier(2)

    def one(user_id: int) -> bool:
        begin.wait()
        try:
            with line.database.write() as tx:
                line.write(tx, [written(user_id, f"From {user_id}")], now=line.clock.now())
        except Crossed:
            return True
        return False

    with ThreadPoolExecutor(2) as pool:
        crossed = list(pool.map(one, team))
    assert sorted(crossed) == [False, True]
    assert len(bodies(line)) == 1


def test_a_text_waits_so_long_that_its_writer_can_take_it_back(
    line: Leadline, team: tuple[int, int], clock: Clock
) -> None:
    write(line, written(team[0], "We do."))
    assert texts.claim(line) == []
    clock.advance(UNDO)
    assert [claimed.body for claimed in texts.claim(line)] == ["We do."]
    with pytest.raises(TooLate):
        undo(line, 2, team[0])


def test_what_is_taken_back_stands_before_what_was_begun_since(
    line: Leadline, team: tuple[int, int], clock: Clock
) -> None:
    alice, _ = team
    with line.database.write() as tx:
        drafts.put(tx, alice, 1, body="We d", template=None, now=clock.now())
    write(line, written(alice, "We do."))
    with line.database.read() as tx:
        assert drafts.of(tx, alice, 1) is None
    with line.database.write() as tx:
        drafts.put(tx, alice, 1, body="And", template=None, now=clock.now())
    undo(line, 2, alice)
    with line.database.read() as tx:
        begun = drafts.of(tx, alice, 1)
    assert begun is not None
    assert begun.body == "We do.\nAnd"


def test_after_a_text_was_taken_back_the_lists_are_as_they_were(
    line: Leadline, team: tuple[int, int], clock: Clock
) -> None:
    before = thread(line)
    clock.advance(60)
    write(line, written(team[0], "We do."))
    answered = thread(line)
    assert (answered.waiting_since, answered.last_text) == (None, "We do.")
    undo(line, 2, team[0])
    after = thread(line)
    assert (after.waiting_since, after.last_text, after.last_at) == (
        before.waiting_since,
        "Do you do metal roofs?",
        before.last_at,
    )
    assert before.waiting_since is not None


def test_a_failure_and_an_earlier_answer_come_back_to_the_lists_too(
    line: Leadline, team: tuple[int, int], clock: Clock
) -> None:
    alice, _ = team
    write(line, written(alice, "We do.", held=timedelta(0)))
    [claimed] = texts.claim(line)
    texts.settle(line, claimed, texts.accepted(5))
    texts.report(line, (5, "undelivered", 30008))
    assert thread(line).failed_id == 2
    again = write(line, written(alice, "We do!", seen=2))
    assert thread(line).failed_id is None
    undo(line, again.id, alice)
    assert (thread(line).failed_id, thread(line).waiting_since) == (2, None)


def test_a_planned_text_can_be_sent_now(line: Leadline, team: tuple[int, int], clock: Clock) -> None:
    due_at = clock.now() + timedelta(hours=3)
    [planned] = texts.queue(line, SendRequest(number=cast.LENA.phone, body="Later", due_at=due_at))
    with line.database.write() as tx:
        queueing.send_now(tx, planned.id, actor="user:1", now=clock.now())
    assert [claimed.body for claimed in texts.claim(line)] == ["Later"]
    with line.database.write() as tx, pytest.raises(TooLate):
        queueing.send_now(tx, planned.id, actor="user:1", now=clock.now())


def test_a_note_stands_in_the_thread_and_goes_to_nobody(line: Leadline, team: tuple[int, int]) -> None:
    alice, _ = team
    with line.database.write() as tx:
        drafts.put(tx, alice, 1, body="Call", template=None, now=line.clock.now())
        note = notes.add(tx, 1, " Call her\r\ntomorrow ", user_id=alice, now=line.clock.now())
        assert entries.newest(tx, 1) == [note]
        assert drafts.of(tx, alice, 1) is None
    assert (note.kind, note.author, note.body) == ("note", f"user:{alice}", "Call her\ntomorrow")
    assert bodies(line) == []


@pytest.mark.parametrize(
    ("body", "code"), [(" \n", "note_empty"), ("\u200b\0", "note_empty"), ("x" * 4001, "note_too_long")]
)
def test_a_note_has_words_and_an_end(line: Leadline, team: tuple[int, int], body: str, code: str) -> None:
    with line.database.write() as tx, pytest.raises(InvalidInput) as refused:
        notes.add(tx, 1, body, user_id=team[0], now=line.clock.now())
    assert refused.value.code == code


def test_who_answers_what_nobody_has_has_it_from_then_on(line: Leadline, team: tuple[int, int]) -> None:
    alice, bob = team
    write(line, written(alice, "We do."))
    assert thread(line).assignee_id == alice
    write(line, written(bob, "Yes!", seen=2))
    assert thread(line).assignee_id == alice
    with line.database.read() as tx:
        assert [(entry.kind, entry.author) for entry in entries.newest(tx, 1)] == [
            ("assigned", f"user:{alice}")
        ]


def test_claiming_by_an_answer_can_be_switched_off(line: Leadline, team: tuple[int, int]) -> None:
    off = line.settings.model_copy(update={"leadline_claim_on_reply": False})
    with line.database.write() as tx:
        writing.write(tx, [written(team[0], "We do.")], now=line.clock.now(), settings=off)
    assert thread(line).assignee_id is None
