"""What leads wrote while no webhook reached us, fetched from a simulated Twilio's list."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import product
from urllib.parse import unquote

import pytest

from leadline import polling
from leadline.app import Leadline
from leadline.polling import OVERLAP, POLL_EVERY, TAKEN_FOR, TRY_AGAIN, Poll
from leadline.simulator import Plan, Service, Simulator, running
from leadline.simulator.records import Past
from leadline.store import attempts, chores, consent, conversations, media, messages, senders
from leadline.store.messages import Message
from leadline.twilio.client import MessageResource, TwilioClient
from tests import cast, texts
from tests.clock import START, Clock
from tests.doubts import listed
from tests.twilio.scripted_server import Answer, answer, client_of, page, serving

SERVICE = "MG" + "5" * 32
LEO = "+13035550199"
CREDENTIALS = (cast.ACCOUNT_SID, cast.AUTH_TOKEN)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@dataclass
class Outage:
    """Twilio has what leads wrote, and no webhook of ours heard it."""

    line: Leadline
    simulator: Simulator
    client: TwilioClient

    @property
    def clock(self) -> Clock:
        assert isinstance(self.line.clock, Clock)
        return self.line.clock

    async def text(self, body: str, *, from_: str = cast.LENA.phone, media: Sequence[str] = ()) -> str:
        """A lead writes; returns the SID."""
        return (await self.simulator.reply(from_, cast.OUR_NUMBER, body, media)).sid

    async def heard(self, body: str) -> None:
        """A lead writes, and this time the webhook comes."""
        sid = await self.text(body)
        texts.receive(self.line, texts.inbound(0, body, MessageSid=sid))

    async def poll(self) -> int:
        return await polling.poll_due(self.line, self.client)


Story = Callable[[Outage], Awaitable[None]]


@asynccontextmanager
async def outage(line: Leadline) -> AsyncIterator[Outage]:
    simulator = Simulator(
        *CREDENTIALS, numbers=[cast.OUR_NUMBER, "+17205550100"], delay=0, seed=1, clock=line.clock
    )
    async with running(simulator) as url, client_of(url) as client:
        yield Outage(line, simulator, client)


def play(line: Leadline, story: Story) -> None:
    """Run a story with a Twilio that tells the same time."""

    async def performance() -> None:
        async with outage(line) as scene:
            await story(scene)

    asyncio.run(performance())


def stored(line: Leadline) -> list[Message]:
    """All texts of leads, in the order they were stored."""
    with line.database.read() as tx:
        return [text for text in reversed(messages.recent(tx, limit=100)) if text.direction == "inbound"]


def bodies(line: Leadline) -> list[str]:
    return [text.body for text in stored(line)]


def consent_of(line: Leadline, number: str = cast.LENA.phone) -> str:
    with line.database.read() as tx:
        found = conversations.by_number(tx, number)
    return found.consent if found else "none"


def next_poll(line: Leadline) -> datetime | None:
    with line.database.read() as tx:
        chore = chores.by_name(tx, chores.INBOUND)
    return chore.next_at if chore else None


def test_what_no_webhook_brought_is_stored_once_with_the_time_it_was_sent(line: Leadline) -> None:
    async def story(scene: Outage) -> None:
        sid = await scene.text("Thursday works")
        scene.clock.advance(2 * HOUR)

        assert [await scene.poll() for _ in range(3)] == [1, 0, 0]

        [text] = stored(line)
        assert (text.body, text.twilio_sid, text.created_at) == ("Thursday works", sid, START)
        with line.database.read() as tx:
            thread = conversations.by_id(tx, text.conversation_id)
        assert (thread.unread, thread.last_text, thread.last_at) == (1, "Thursday works", START)
        assert thread.last_inbound_at == START

    play(line, story)


def test_what_a_webhook_brought_is_not_stored_again(line: Leadline) -> None:
    async def story(scene: Outage) -> None:
        await scene.heard("hello")
        assert await scene.poll() == 0
        assert bodies(line) == ["hello"]

    play(line, story)


def test_a_webhook_that_comes_after_all_changes_nothing(line: Leadline) -> None:
    async def story(scene: Outage) -> None:
        sid = await scene.text("STOP")
        await scene.poll()
        texts.receive(line, texts.inbound(0, "STOP", MessageSid=sid))

        assert bodies(line) == ["STOP"]
        with line.database.read() as tx:
            assert len(consent.of_number(tx, cast.LENA.phone)) == 1

    play(line, story)


def test_texts_are_stored_in_the_order_they_were_written(line: Leadline) -> None:
    async def story(scene: Outage) -> None:
        for body in ("one", "two", "three"):
            await scene.text(body)
            scene.clock.advance(MINUTE)
        await scene.poll()
        assert bodies(line) == ["one", "two", "three"]

    play(line, story)


def test_a_text_that_is_heard_of_late_does_not_stand_before_a_newer_one(line: Leadline) -> None:
    async def story(scene: Outage) -> None:
        await scene.text("the old one")
        scene.clock.advance(MINUTE)
        await scene.heard("the new one")
        await scene.poll()

        with line.database.read() as tx:
            thread = conversations.by_number(tx, cast.LENA.phone)
        assert thread is not None
        assert (thread.last_text, thread.unread) == ("the new one", 2)
        assert thread.last_inbound_at == START + MINUTE

    play(line, story)


SAID = [("STOP",), ("START", "STOP"), ("STOP", "START", "STOP"), ("STOP", "hello")]
HEARD = [(said, heard) for said in SAID for heard in product((True, False), repeat=len(said))]


@pytest.mark.parametrize(("said", "heard"), HEARD, ids=lambda each: "-".join(str(x)[:5] for x in each))
def test_who_said_stop_last_is_opted_out_whichever_webhooks_came(
    line: Leadline, said: tuple[str, ...], heard: tuple[bool, ...]
) -> None:
    async def story(scene: Outage) -> None:
        for body, is_heard in zip(said, heard, strict=True):
            await (scene.heard if is_heard else scene.text)(body)
            scene.clock.advance(MINUTE)
        await scene.poll()

        assert consent_of(line) == "opted_out"

    play(line, story)


@pytest.mark.parametrize(("pause", "ends"), [(2 * HOUR, "opted_in"), (MINUTE, "opted_out")])
def test_a_start_that_is_heard_late_counts_when_it_is_surely_newer_than_the_stop(
    line: Leadline, pause: timedelta, ends: str
) -> None:
    """Within an hour the clocks may be wrong, and who wrote START may do it again."""

    async def story(scene: Outage) -> None:
        await scene.heard("STOP")
        scene.clock.advance(pause)
        await scene.text("START")
        scene.clock.advance(HOUR)
        await scene.poll()

        assert consent_of(line) == ends

    play(line, story)


def test_a_stop_that_is_heard_late_takes_effect(line: Leadline) -> None:
    async def story(scene: Outage) -> None:
        queued = line.send(cast.LENA.phone, "One more thing")
        await scene.text("STOP")
        scene.clock.advance(HOUR)
        await scene.poll()

        assert texts.claim(line) == []
        assert line.message(queued.id).state == "refused"
        with line.database.read() as tx:
            [event] = consent.of_number(tx, cast.LENA.phone)
        assert (event.kind, event.at, event.words) == ("opt_out", START, "STOP")

    play(line, story)


@pytest.mark.parametrize(("late", "replies"), [(timedelta(0), 1), (25 * MINUTE, 1), (31 * MINUTE, 0)])
def test_an_automatic_reply_is_not_sent_hours_late(
    line: Leadline, clock: Clock, late: timedelta, replies: int
) -> None:
    settings = line.settings.model_copy(update={"leadline_auto_reply_template": "thank_you"})
    answering = Leadline(settings=settings, clock=clock, database=line.database)
    answering.add_lead("Lena", cast.LENA.phone, fields={"agent_name": "Bob"})

    async def story(scene: Outage) -> None:
        await scene.text("hello")
        clock.advance(late)
        await scene.poll()
        assert len(texts.claim(line)) == replies

    play(answering, story)
    answering.writer.close()


def test_the_files_of_a_text_are_noted_to_be_fetched(line: Leadline) -> None:
    async def story(scene: Outage) -> None:
        await scene.text(
            "My roof", media=["data:image/png;base64,iVBORw0KGgo=", "data:image/gif;base64,R0lGOD=="]
        )
        await scene.poll()

        with line.database.read() as tx:
            waiting = media.due(tx, now=line.clock.now(), limit=10)
        account = f"{scene.simulator.base_url}/2010-04-01/Accounts/{cast.ACCOUNT_SID}/Messages/"
        assert [item.url.startswith(account) for item in waiting] == [True, True]

    play(line, story)


def inbound(number: int, body: str, *, after: float = 0, **changes: object) -> MessageResource:
    """A text from Lena in Twilio's list, sent that many seconds after the test began."""
    return listed(
        number,
        after=after,
        direction="inbound",
        sender=cast.LENA.phone,
        to=cast.OUR_NUMBER,
        body=body,
        **changes,
    )


def play_script(line: Leadline, *answers: Answer) -> list[str]:
    """One poll of a Twilio that gives these answers; what it was asked."""

    async def performance() -> list[str]:
        async with serving(*answers) as server, client_of(server.url) as client:
            await polling.poll_due(line, client)
        return [unquote(request.target.partition("/Messages")[2]) for request in server.requests]

    return asyncio.run(performance())


def test_a_text_whose_files_were_deleted_is_stored_without_them(line: Leadline, clock: Clock) -> None:
    play_script(line, page(inbound(1, "My roof", num_media="1")), answer(404))

    assert bodies(line) == ["My roof"]
    assert next_poll(line) == clock.now() + POLL_EVERY


def test_a_text_whose_files_cannot_be_listed_holds_up_no_other(line: Leadline, clock: Clock) -> None:
    texts_found = page(inbound(2, "STOP", after=1), inbound(1, "My roof", num_media="1"))

    play_script(line, texts_found, answer(500))
    assert (bodies(line), next_poll(line)) == (["STOP"], clock.now() + TRY_AGAIN)

    clock.advance(TRY_AGAIN)
    play_script(line, texts_found, answer(200, {"media_list": []}))
    assert bodies(line) == ["STOP", "My roof"]


def test_a_text_that_makes_no_sense_holds_up_no_other(line: Leadline, clock: Clock) -> None:
    play_script(line, page(inbound(2, "hello", after=1), inbound(1, "?", sid="XX1")))

    assert (bodies(line), next_poll(line)) == (["hello"], clock.now() + POLL_EVERY)


@pytest.mark.parametrize(
    "answers",
    [(), (answer(503),), (answer(401),), (page(inbound(1, "hello"), more="Page=1"), answer(500))],
    ids=["silence", "503", "401", "half a list"],
)
def test_when_twilio_does_not_answer_the_poll_is_put_off(
    line: Leadline, clock: Clock, answers: tuple[Answer, ...]
) -> None:
    play_script(line, *answers)

    assert (bodies(line), next_poll(line)) == ([], clock.now() + TRY_AGAIN)
    clock.advance(TRY_AGAIN)
    play_script(line, page(inbound(1, "hello")))
    assert (bodies(line), next_poll(line)) == (["hello"], clock.now() + POLL_EVERY)


def test_a_number_is_asked_about_by_itself_and_from_the_day_of_the_overlap_on(
    line: Leadline, clock: Clock
) -> None:
    clock.set(START.replace(hour=3))

    [asked] = play_script(line, page())

    assert asked == f".json?To={cast.OUR_NUMBER}&DateSent>=2026-03-17&PageSize=1000"


def test_reading_stops_at_the_first_text_from_before_the_overlap(line: Leadline) -> None:
    before = -OVERLAP.total_seconds() - 1

    asked = play_script(line, page(inbound(2, "new"), inbound(1, "old", after=before), more="Page=1"))

    assert (len(asked), bodies(line)) == (1, ["new"])


def test_with_a_service_the_whole_account_is_read_for_texts_to_it(line: Leadline) -> None:
    with line.database.write() as tx:
        senders.ensure(tx, SERVICE, kind="service", rate=None, is_simulated=True, now=START)

    async def story(scene: Outage) -> None:
        pooled = "+17205550100"
        scene.simulator.configure(services=[Service(SERVICE, pool=(pooled,))])
        await scene.text("to our number")
        await scene.simulator.reply(cast.LENA.phone, pooled, "to the service")
        scene.simulator.load(
            [
                Past("outbound-api", cast.LENA.phone, cast.OUR_NUMBER, "from us", START),
                Past("inbound", "+15005550099", cast.LENA.phone, "to a number of somebody else", START),
            ]
        )
        await scene.poll()
        assert sorted(bodies(line)) == ["to our number", "to the service"]

    play(line, story)


def test_what_the_list_shows_late_is_found_by_a_later_poll(line: Leadline) -> None:
    async def story(scene: Outage) -> None:
        scene.simulator.faults.follow(Plan(list_lag=5 * HOUR.total_seconds()))
        await scene.text("hello")
        for _ in range(6):
            assert bodies(line) == []
            await scene.poll()
            scene.clock.advance(HOUR)
        await scene.poll()
        assert bodies(line) == ["hello"]

    play(line, story)


def test_after_days_of_outage_everything_since_is_read(line: Leadline) -> None:
    async def story(scene: Outage) -> None:
        await scene.poll()
        for day in range(4):
            await scene.text(f"day {day}")
            scene.clock.advance(24 * HOUR)
        assert await scene.poll() == 4
        assert bodies(line) == ["day 0", "day 1", "day 2", "day 3"]

    play(line, story)


def test_one_poll_is_made_by_one_of_two_workers(line: Leadline) -> None:
    async def story(scene: Outage) -> None:
        await scene.text("hello")
        assert sorted(await asyncio.gather(scene.poll(), scene.poll())) == [0, 1]
        scene.clock.advance(POLL_EVERY)
        assert [take(line) is not None for _ in range(2)] == [True, False]
        scene.clock.advance(TAKEN_FOR)
        assert await scene.poll() == 0
        scene.clock.advance(POLL_EVERY)
        await scene.text("again")
        assert await scene.poll() == 1

    play(line, story)


def take(line: Leadline) -> Poll | None:
    with line.database.write() as tx:
        [poll] = polling.take(tx, [None], now=line.clock.now())
    return poll


def test_a_worker_that_dies_after_it_took_the_poll_is_made_up_for(line: Leadline) -> None:
    async def story(scene: Outage) -> None:
        await scene.text("hello")
        assert take(line) is not None
        assert await scene.poll() == 0
        scene.clock.advance(TAKEN_FOR)
        assert await scene.poll() == 1

    play(line, story)


def test_a_worker_that_dies_before_it_says_it_is_done_has_stored_nothing_twice(line: Leadline) -> None:
    async def story(scene: Outage) -> None:
        await scene.text("hello")
        poll = take(line)
        assert poll is not None
        assert await polling.fetch_missed(line, scene.client, poll) == 1
        scene.clock.advance(TAKEN_FOR)
        await scene.text("again")
        assert await scene.poll() == 1
        assert bodies(line) == ["hello", "again"]

    play(line, story)


def test_a_slow_worker_does_not_undo_what_a_later_poll_has_read_for_good(
    line: Leadline, clock: Clock
) -> None:
    """It only makes the next one read more."""
    began = clock.now()
    take(line)
    clock.advance(TAKEN_FOR)
    take(line)
    with line.database.write() as tx:
        polling.done(tx, [clock.now()], now=clock.now())
        polling.done(tx, [began], now=clock.now())

    clock.advance(POLL_EVERY)
    poll = take(line)
    assert poll is not None
    assert poll.since == began - OVERLAP


def test_more_texts_are_compared_than_one_statement_can_name(line: Leadline) -> None:
    texts.receive(line, texts.inbound(7, "hello"))

    with line.database.read() as tx:
        known = attempts.known_sids(tx, map(texts.sid, range(40_000)))

    assert known == {texts.sid(7)}
