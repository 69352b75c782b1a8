"""Each fault, as a caller with a plain socket sees it, and as the ledger has it."""

import asyncio
import contextlib
import json
from urllib.parse import urlencode

import pytest

from leadline.errors import InvalidInput
from leadline.simulator import Plan
from leadline.simulator.faults import ABOUT, CREATE_FAULTS
from leadline.simulator.plan import Faults
from tests.clock import Clock
from tests.simulator.stage import LENA, OURS, Stage, play, staged, until

CREATED = 201
ANSWERS = {
    "refuse_401": (401, 20003),
    "refuse_429": (429, 20429),
    "refuse_429_retry_after": (429, 20429),
    "refuse_queue_full": (429, 21611),
    "refuse_500": (500, 20500),
    "refuse_503": (503, 20503),
    "accept_500": (500, 20500),
    "accept_503": (503, 20503),
}
PAGES = {"refuse_proxy": 403, "accept_proxy": 502}
BROKEN = {"refuse_reset", "accept_reset"}
SILENT = {"refuse_withheld", "accept_withheld"}


def _next(stage: Stage, *names: str) -> None:
    stage.simulator.faults.follow(Plan(next=(names,)))


async def _raw_create(stage: Stage) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """Send a create over a bare socket; answers with its two ends."""
    host, port = stage.url.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    body = urlencode({"To": LENA, "From": OURS, "Body": "Hello"})
    path = stage.messages_url.removeprefix(stage.url)
    head = [
        f"POST {path} HTTP/1.1",
        f"Host: {host}:{port}",
        f"Authorization: {stage.credentials['Authorization']}",
        "Content-Type: application/x-www-form-urlencoded",
        f"Content-Length: {len(body)}",
    ]
    writer.write("\r\n".join([*head, "", body]).encode())
    return reader, writer


async def _close(writer: asyncio.StreamWriter) -> None:
    writer.close()
    with contextlib.suppress(ConnectionError):
        await writer.wait_closed()


def test_every_fault_of_a_create_is_tested_here() -> None:
    whole = {"accept_half", "accept_no_sid", "accept_garbage", "accept_late"}
    assert CREATE_FAULTS.keys() == ANSWERS.keys() | PAGES.keys() | BROKEN | SILENT | whole


@pytest.mark.parametrize("name", CREATE_FAULTS)
def test_the_name_tells_whether_the_text_was_accepted(name: str) -> None:
    assert CREATE_FAULTS[name].accepted == name.startswith("accept_")


@pytest.mark.parametrize(("name", "answer"), ANSWERS.items())
def test_an_error_is_answered(name: str, answer: tuple[int, int]) -> None:
    async def story(stage: Stage) -> None:
        _next(stage, name)
        status, document = await stage.create()
        assert (status, document["code"]) == answer
        assert len(stage.simulator.ledger) == CREATE_FAULTS[name].accepted

    play(story)


@pytest.mark.parametrize(("name", "seconds"), [("refuse_429", None), ("refuse_429_retry_after", "7")])
def test_too_many_requests_may_say_when_to_come_back(name: str, seconds: str | None) -> None:
    async def story(stage: Stage) -> None:
        stage.simulator.faults.follow(Plan(next=((name,),), retry_after=7))
        async with stage.http.post(stage.messages_url, data={}, headers=stage.credentials) as answer:
            assert answer.headers.get("Retry-After") == seconds

    play(story)


@pytest.mark.parametrize(("name", "status"), PAGES.items())
def test_a_proxy_answers_with_a_page(name: str, status: int) -> None:
    async def story(stage: Stage) -> None:
        _next(stage, name)
        form = {"To": LENA, "From": OURS, "Body": "Hello"}
        async with stage.http.post(stage.messages_url, data=form, headers=stage.credentials) as answer:
            assert (answer.status, answer.content_type) == (status, "text/html")
        assert len(stage.simulator.ledger) == CREATE_FAULTS[name].accepted

    play(story)


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_a_reset_connection_gives_no_byte(name: str) -> None:
    async def story(stage: Stage) -> None:
        _next(stage, name)
        reader, writer = await _raw_create(stage)
        with pytest.raises(ConnectionResetError):
            await reader.read()
        await _close(writer)
        assert len(stage.simulator.ledger) == CREATE_FAULTS[name].accepted

    play(story)


def test_a_caller_that_is_gone_needs_no_reset(caplog: pytest.LogCaptureFixture) -> None:
    clock = Clock()

    async def story(stage: Stage) -> None:
        stage.simulator.faults.follow(Plan(delay=3, next=(("accept_reset",),)))
        _, writer = await _raw_create(stage)
        await until(lambda: clock.sleeping > 0)
        await _close(writer)
        await stage.call("GET", "/_simulator/ledger")  # Meanwhile the simulator hears of it.
        clock.advance(3)
        await stage.call("GET", "/_simulator/ledger")
        assert len(stage.simulator.ledger) == 1

    play(story, clock=clock)
    assert caplog.messages == []


@pytest.mark.parametrize("name", sorted(SILENT))
def test_a_withheld_answer_never_comes(name: str) -> None:
    async def story(stage: Stage) -> None:
        _next(stage, name)
        reader, writer = await _raw_create(stage)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(reader.read(1), 0.1)
        await _close(writer)
        assert len(stage.simulator.ledger) == CREATE_FAULTS[name].accepted

    play(story)


def test_the_simulator_ends_while_an_answer_is_withheld() -> None:
    async def performance() -> None:
        async with staged() as stage:
            _next(stage, "accept_withheld")
            reader, writer = await _raw_create(stage)
            await until(lambda: len(stage.simulator.ledger) == 1)
        with contextlib.suppress(ConnectionError):
            assert await reader.read() == b""
        await _close(writer)

    asyncio.run(performance())


def test_half_an_answer_breaks_off() -> None:
    async def story(stage: Stage) -> None:
        _next(stage, "accept_half")
        reader, writer = await _raw_create(stage)
        head, _, body = (await reader.read()).partition(b"\r\n\r\n")
        length = next(line for line in head.split(b"\r\n") if line.startswith(b"content-length"))
        await _close(writer)
        assert head.startswith(b"HTTP/1.1 201")
        assert 0 < len(body) < int(length.partition(b":")[2])
        assert len(stage.simulator.ledger) == 1

    play(story)


def test_an_answer_may_lack_its_sid() -> None:
    async def story(stage: Stage) -> None:
        _next(stage, "accept_no_sid")
        status, document = await stage.create()
        assert (status, document["sid"], len(stage.simulator.ledger)) == (CREATED, None, 1)

    play(story)


def test_an_answer_may_be_garbage() -> None:
    async def story(stage: Stage) -> None:
        _next(stage, "accept_garbage")
        with pytest.raises(ValueError, match=r"codec|JSON|Expecting"):
            await stage.create()
        assert len(stage.simulator.ledger) == 1

    play(story)


def test_a_late_answer_is_the_right_one() -> None:
    clock = Clock()

    async def story(stage: Stage) -> None:
        _next(stage, "accept_late", "callback_dropped")
        answer = asyncio.create_task(stage.create())
        await until(lambda: clock.sleeping > 0)
        assert len(stage.simulator.ledger) == 1
        clock.advance(20)
        status, document = await answer
        assert (status, document["sid"]) == (CREATED, stage.simulator.ledger[0].sid)

    play(story, clock=clock)


def test_every_answer_waits_for_the_plans_delay() -> None:
    clock = Clock()

    async def story(stage: Stage) -> None:
        stage.simulator.faults.follow(Plan(delay=3))
        answer = asyncio.create_task(stage.create())
        await until(lambda: clock.sleeping > 0)
        clock.advance(3)
        assert (await answer)[0] == CREATED

    play(story, clock=clock)


def test_too_many_creates_at_once_are_refused() -> None:
    clock = Clock()

    async def story(stage: Stage) -> None:
        stage.simulator.faults.follow(Plan(delay=3, concurrency=1))
        first = asyncio.create_task(stage.create())
        await until(lambda: clock.sleeping > 0)
        status, document = await stage.create()
        clock.advance(3)
        assert (status, document["code"], (await first)[0]) == (429, 20429, CREATED)

    play(story, clock=clock)


def test_the_list_lags() -> None:
    clock = Clock()

    async def story(stage: Stage) -> None:
        stage.simulator.faults.follow(Plan(list_lag=60))
        _, document = await stage.create()
        _, hidden = await stage.call("GET", stage.messages_url)
        fetched, _ = await stage.call("GET", document["uri"])
        clock.advance(60)
        _, shown = await stage.call("GET", stage.messages_url)
        assert (len(hidden["messages"]), fetched, len(shown["messages"])) == (0, 200, 1)

    play(story, clock=clock)


def test_next_applies_in_order_and_then_all_is_well() -> None:
    async def story(stage: Stage) -> None:
        stage.simulator.faults.follow(Plan(next=(("refuse_500",), (), ("accept_503", "callback_dropped"))))
        statuses = [(await stage.create())[0] for _ in range(4)]
        await stage.simulator.idle()
        assert statuses == [500, CREATED, 503, CREATED]
        assert len(stage.simulator.ledger) == 3
        assert len(stage.app.received) == 4

    play(story)


def test_a_refused_create_uses_its_fault_up_all_the_same() -> None:
    async def story(stage: Stage) -> None:
        _next(stage, "accept_500")
        assert (await stage.create(Body=""))[0] == 400
        assert (await stage.create())[0] == CREATED

    play(story)


def test_chance_draws_each_fault_as_often_as_it_says() -> None:
    faults = Faults(seed=1)
    faults.follow(Plan(chance={"accept_500": 0.25, "refuse_429": 0.25, "callback_dropped": 0.5}))
    draws = [faults.draw() for _ in range(4000)]
    accepted = sum(draw.create is CREATE_FAULTS["accept_500"] for draw in draws)
    refused = sum(draw.create is CREATE_FAULTS["refuse_429"] for draw in draws)
    dropped = sum("callback_dropped" in draw.callback(0) for draw in draws)
    assert (accepted, refused, dropped) == pytest.approx((1000, 1000, 2000), rel=0.1)


def test_the_same_seed_draws_the_same() -> None:
    chance = dict.fromkeys(ABOUT, 0.02)
    first, second, other = (Faults(seed=seed) for seed in (1, 2, 3))
    for faults, seed in ((first, 5), (second, 5), (other, 6)):
        faults.follow(Plan(chance=chance, seed=seed))
    draws = [[faults.draw() for _ in range(200)] for faults in (first, second, other)]
    assert draws[0] == draws[1] != draws[2]


def test_a_plan_is_read_back_as_it_was_written() -> None:
    document = {
        "next": ["accept_500", None, ["accept_half", "callback_early"]],
        "chance": {"callback_doubled": 0.5},
        "seed": 7,
        "delay": 0.1,
        "rate": None,
        "copies": 20,
    }
    plan = Plan.read(json.loads(json.dumps(document)))
    assert plan.next == (("accept_500",), (), ("accept_half", "callback_early"))
    assert Plan.read(plan.document()) == plan


@pytest.mark.parametrize(
    ("document", "field"),
    [
        ({"nex": []}, "nex"),
        ({"next": "accept_500"}, "next"),
        ({"next": ["no such fault"]}, "next"),
        ({"next": [5]}, "next"),
        ({"chance": []}, "chance"),
        ({"chance": {"accept_500": 2}}, "chance"),
        ({"chance": {"accept_500": "often"}}, "chance"),
        ({"chance": {"no such fault": 0.5}}, "chance"),
        ({"delay": -1}, "delay"),
        ({"delay": None}, "delay"),
        ({"rate": "fast"}, "rate"),
        ({"copies": True}, "copies"),
    ],
)
def test_a_plan_that_cannot_be_names_what_is_at_fault(document: dict[str, object], field: str) -> None:
    with pytest.raises(InvalidInput) as fault:
        Plan.read(document)
    assert fault.value.field == field
