"""Texts that Twilio took and whose last status never came, and looks over a real socket."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from urllib.parse import unquote

import pytest

from leadline import reconciling
from leadline.app import Leadline
from leadline.reconciling import AT_ONCE, TAKEN_FOR, Fetched
from leadline.rules.looks import FAILED_LOOK_AGAIN, LIST_LOOKS, STATUS_LOOKS
from leadline.store.messages import Queued
from leadline.twilio.client import TwilioClient
from tests import cast, texts
from tests.clock import START, Clock
from tests.doubts import attempts_of, doubt, free_rate, listed, state
from tests.twilio.scripted_server import Answer, Fault, answer, client_of, page, serving


@pytest.fixture
def line(line: Leadline) -> Leadline:
    return free_rate(line)


def accepted(line: Leadline, *numbers: int) -> list[Queued]:
    """Texts that Twilio took under these numbers."""
    queued = [line.send(f"+1303555{number:04}", "Hi Lena") for number in numbers]
    claimed = sorted(texts.claim(line), key=lambda text: text.message_id)
    for text, number in zip(claimed, numbers, strict=True):
        texts.settle(line, text, texts.accepted(number, status="queued"))
    return queued


def take(line: Leadline) -> list[tuple[int, str, int]]:
    with line.database.write() as tx:
        [taken] = reconciling.take_unreported(tx, [AT_ONCE], now=line.clock.now())
    return taken


def fetch(line: Leadline, *, status: str | None, error_code: int | None = None) -> int:
    """Twilio says this of every text that is due, None for one it does not have; how many those were."""
    found = None if status is None else listed(100, status=status, error_code=error_code)
    taken = take(line)
    with line.database.write() as tx:
        for message_id, sid, looked in taken:
            if found is not None:
                found["sid"] = sid
            reconciling.record_fetched(tx, [Fetched(message_id, looked, found)], now=line.clock.now())
    return len(taken)


def test_a_status_that_nobody_reports_is_asked_for_until_no_report_can_be_expected(
    line: Leadline, clock: Clock
) -> None:
    [queued] = accepted(line, 101)

    for moment in STATUS_LOOKS:
        clock.advance(START + moment - clock.now() - timedelta(seconds=1))
        assert (fetch(line, status="sent"), texts.now(line, queued).is_unreported) == (0, False)
        clock.advance(1)
        assert fetch(line, status="sent") == 1

    message = texts.now(line, queued)
    assert (message.status, message.looks, message.is_unreported) == ("sent", 4, True)
    clock.advance(timedelta(days=30))
    assert fetch(line, status="sent") == 0


@pytest.mark.parametrize(
    ("status", "code"), [("delivered", None), ("undelivered", 30003), ("canceled", None)]
)
def test_a_last_status_that_is_fetched_ends_the_asking(
    line: Leadline, clock: Clock, status: str, code: int | None
) -> None:
    [queued] = accepted(line, 101)

    clock.advance(STATUS_LOOKS[0])
    fetch(line, status=status, error_code=code)

    message = texts.now(line, queued)
    assert (message.status, message.error_code, message.look_at) == (status, code or 0, None)
    assert not message.is_unreported


def test_a_last_status_that_is_reported_ends_the_asking(line: Leadline, clock: Clock) -> None:
    accepted(line, 101)
    texts.report(line, (101, "delivered", 0))

    clock.advance(timedelta(days=30))

    assert fetch(line, status="sent") == 0


def test_a_report_that_comes_while_twilio_is_asked_is_not_undone(line: Leadline, clock: Clock) -> None:
    [queued] = accepted(line, 101)
    clock.advance(STATUS_LOOKS[0])
    [(message_id, _, looked)] = take(line)

    texts.report(line, (101, "delivered", 0))
    with line.database.write() as tx:
        old = Fetched(message_id, looked, listed(101, status="sent"))
        reconciling.record_fetched(tx, [old], now=clock.now())

    assert (texts.now(line, queued).status, texts.now(line, queued).look_at) == ("delivered", None)


def test_a_text_that_twilio_does_not_have_any_more_keeps_its_status(line: Leadline, clock: Clock) -> None:
    [queued] = accepted(line, 101)
    texts.report(line, (101, "sent", 0))

    for moment in STATUS_LOOKS:
        clock.advance(START + moment - clock.now())
        fetch(line, status=None)

    assert (texts.now(line, queued).status, texts.now(line, queued).is_unreported) == ("sent", True)


def test_a_worker_that_dies_while_it_asks_is_made_up_for(line: Leadline, clock: Clock) -> None:
    accepted(line, 101)
    clock.advance(STATUS_LOOKS[0])
    taken = take(line)

    assert take(line) == []
    clock.advance(TAKEN_FOR)

    assert take(line) == taken


# What the client is told, over a socket.

Errand = Callable[[TwilioClient], Awaitable[None]]


def play(line: Leadline, errand: Errand, *answers: Answer) -> list[str]:
    """Run an errand with a Twilio that gives these answers; returns what it was asked."""

    async def performance() -> list[str]:
        async with serving(*answers) as server, client_of(server.url) as client:
            await errand(client)
        return [unquote(request.target.partition("/Messages")[2]) for request in server.requests]

    return asyncio.run(performance())


def test_one_that_twilio_cannot_speak_of_holds_up_no_other(line: Leadline, clock: Clock) -> None:
    troubled, gone, there = accepted(line, 101, 102, 103)
    clock.advance(STATUS_LOOKS[0])

    async def errand(client: TwilioClient) -> None:
        await reconciling.fetch_unreported(writer=line.writer, client=client)

    said = (answer(500), answer(404), answer(200, dict(listed(103, status="delivered"))))
    assert play(line, errand, *said) == [f"/{texts.sid(number)}.json" for number in (101, 102, 103)]

    assert [texts.now(line, text).looks for text in (troubled, gone)] == [0, 1]
    assert texts.now(line, there).status == "delivered"


def test_when_twilio_does_not_answer_the_others_are_not_asked_about(line: Leadline, clock: Clock) -> None:
    queued = accepted(line, 101, 102)
    clock.advance(STATUS_LOOKS[0])

    async def errand(client: TwilioClient) -> None:
        await reconciling.fetch_unreported(writer=line.writer, client=client)

    # The client asks a question once more when its connection breaks; never a create.
    asked = play(line, errand, Fault.RESET_AFTER_READING, Fault.RESET_AFTER_READING, answer(404))
    assert set(asked) == {f"/{texts.sid(101)}.json"}

    assert [texts.now(line, text).looks for text in queued] == [0, 0]
    clock.advance(TAKEN_FOR)
    assert len(take(line)) == 2


def test_the_list_is_read_by_number_and_by_day_and_page_by_page(line: Leadline, clock: Clock) -> None:
    """A day has passed at midnight in Greenwich, which is when Twilio's days begin."""
    clock.set(START.replace(hour=23, minute=59, second=50))
    queued, _ = doubt(line)
    clock.advance(LIST_LOOKS[0])

    made, old = "Thu, 19 Mar 2026 00:00:01 +0000", "Wed, 18 Mar 2026 20:00:00 +0000"
    asked = play(
        line,
        _search(line),
        page(listed(3, body="else", date_created=made), more="Page=1"),
        page(listed(2, date_created=old)),  # Everything after it is older still.
        page(),
        page(listed(1, date_created=made)),
    )

    number = f"To={cast.LENA.phone}&PageSize=200"
    by_day = [f"To={cast.LENA.phone}&DateSent={day}&PageSize=200" for day in ("2026-03-18", "2026-03-19")]
    assert asked == [f".json?{query}" for query in (number, "Page=1", *by_day)]
    assert (state(line, queued), texts.now(line, queued).twilio_sid) == ("accepted", texts.sid(1))


@pytest.mark.parametrize(
    "answers",
    [
        (Fault.RESET_AFTER_READING,),
        (answer(503),),
        (answer(429),),
        (page(more="Page=1"), answer(500)),
        (page(), answer(500)),
        (answer(200, b"<html>"),),
    ],
)
def test_a_list_of_which_any_page_is_missing_does_not_count(
    line: Leadline, clock: Clock, answers: tuple[Answer, ...]
) -> None:
    queued, _ = doubt(line)
    clock.advance(timedelta(days=2))

    play(line, _search(line), *answers)

    [attempt] = attempts_of(line, queued)
    assert (state(line, queued), attempt.looks) == ("in_doubt", 0)
    assert attempt.next_look_at == clock.now() + FAILED_LOOK_AGAIN


def _search(line: Leadline) -> Errand:
    async def errand(client: TwilioClient) -> None:
        await reconciling.search_due(writer=line.writer, client=client)

    return errand
