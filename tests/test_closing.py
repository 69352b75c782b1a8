"""A conversation is closed when nothing is left to do, and opened by the lead's next text."""

from leadline import closing
from leadline.app import Leadline
from leadline.queueing import SendRequest
from tests import cast, team, texts
from tests.clock import Clock


def close(line: Leadline) -> None:
    with line.database.write() as tx:
        closing.close(tx, 1, actor="user:1", now=line.clock.now())


def reopen(line: Leadline) -> None:
    with line.database.write() as tx:
        closing.reopen(tx, 1, actor="user:1", now=line.clock.now())


def told(line: Leadline) -> list[tuple[str, str]]:
    return [(entry.kind, entry.author) for entry in team.said(line)]


def test_what_waited_has_been_seen_to(line: Leadline, clock: Clock) -> None:
    thread = team.lena_wrote(line)
    assert (thread.unread, thread.waiting_since) == (1, clock.now())
    close(line)
    closed = team.conversation(line)
    assert (closed.closed_at, closed.unread, closed.waiting_since) == (clock.now(), 0, None)
    assert closed.failed_id is None


def test_closing_and_opening_again_are_said_once_each(line: Leadline) -> None:
    team.lena_wrote(line)
    for act in (close, close, reopen, reopen):
        act(line)
    assert told(line) == [("closed", "user:1"), ("opened", "user:1")]
    assert [action for _, action, _ in team.acts(line)] == ["conversation.close", "conversation.open"]


def test_the_next_text_opens_it_and_the_thread_says_so(line: Leadline) -> None:
    team.lena_wrote(line)
    close(line)
    texts.receive(line, texts.inbound(2, "One more thing"), texts.inbound(3, "Are you there?"))
    opened = team.conversation(line)
    assert (opened.closed_at, opened.unread) == (None, 2)
    assert told(line) == [("closed", "user:1"), ("opened", "lead")]
    texts.receive(line, texts.inbound(4, "Hello?"))
    assert len(told(line)) == 2


def test_a_text_of_ours_leaves_it_closed(line: Leadline) -> None:
    team.lena_wrote(line)
    close(line)
    texts.queue(line, SendRequest(number=cast.LENA.phone, body="Thanks, Lena"))
    assert team.conversation(line).closed_at is not None
    assert told(line) == [("closed", "user:1")]
