"""Callbacks that go wrong on purpose, and the retries that an address asks for."""

import asyncio
from collections import Counter

import pytest
from aiohttp import web

from leadline.simulator import Plan
from leadline.simulator.faults import CALLBACK_FAULTS, TEXT_FAULTS
from leadline.simulator.overrides import Overrides, split
from tests.clock import Clock
from tests.simulator.stage import Received, Stage, play, staged, xml


def _next(stage: Stage, *names: str, copies: int = 2) -> None:
    stage.simulator.faults.follow(Plan(next=(names,), copies=copies))


def test_a_dropped_callback_never_comes() -> None:
    async def story(stage: Stage) -> None:
        _next(stage, "callback_dropped")
        await stage.create()
        await stage.create()
        await stage.simulator.idle()
        assert stage.app.statuses == ["sent", "delivered"]

    play(story)


def test_a_doubled_callback_comes_as_often_as_the_plan_says() -> None:
    async def story(stage: Stage) -> None:
        _next(stage, "callback_doubled", copies=7)
        await stage.create()
        await stage.simulator.idle()
        assert Counter(stage.app.statuses) == {"sent": 7, "delivered": 7}
        assert len({request.headers["i-twilio-idempotency-token"] for request in stage.app.received}) == 2

    play(story)


def test_a_delayed_callback_does_not_hold_up_the_text() -> None:
    clock = Clock()

    async def story(stage: Stage) -> None:
        _next(stage, "callback_delayed")
        _, document = await stage.create()
        _, fetched = await stage.call("GET", document["uri"])
        assert (fetched["status"], stage.app.statuses) == ("delivered", [])
        clock.advance(5)
        await stage.app.has_received(2)

    play(story, clock=clock)


def test_reordered_callbacks_come_backwards() -> None:
    async def story(stage: Stage) -> None:
        _next(stage, "callback_reordered")
        await stage.create()
        await stage.simulator.idle()
        assert stage.app.statuses == ["delivered", "sent"]

    play(story)


def test_early_callbacks_come_before_the_answer() -> None:
    async def story(stage: Stage) -> None:
        _next(stage, "callback_early")
        await stage.create()
        assert stage.app.statuses == ["sent", "delivered"]

    play(story, delay=3600)


def test_concurrent_callbacks_do_not_wait_for_one_another() -> None:
    async def story(stage: Stage) -> None:
        both = asyncio.Barrier(2)

        async def wait_for_the_other() -> web.Response:
            await both.wait()
            return web.Response(status=204)

        async def answer(_: web.BaseRequest) -> web.Response:
            return await wait_for_the_other()

        server = web.Server(answer)
        runner = web.ServerRunner(server)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        _next(stage, "callback_concurrent")
        await stage.create(StatusCallback=f"http://127.0.0.1:{runner.addresses[0][1]}/")
        await stage.simulator.idle()
        assert [call.status for call in stage.simulator.account.calls] == [204, 204]
        await runner.cleanup()

    play(story)


@pytest.mark.parametrize("fault", ["callback_unsigned", "callback_corrupted"])
def test_a_forged_callback_bears_no_genuine_signature(fault: str) -> None:
    async def performance() -> None:
        async with staged() as stage:
            _next(stage, fault)
            await stage.create()
            await stage.simulator.idle()
            assert [request.is_genuine for request in stage.app.received] == [False, False]

    asyncio.run(performance())


def test_the_same_seed_meets_the_same_faults() -> None:
    runs: list[Counter[tuple[int, str]]] = []
    chance = dict.fromkeys([*CALLBACK_FAULTS, *TEXT_FAULTS], 0.3) | {"callback_delayed": 0.0}

    async def performance() -> None:
        async with staged() as stage:
            stage.simulator.faults.follow(Plan(chance=chance, seed=42))
            sids = [(await stage.create())[1]["sid"] for _ in range(30)]
            await stage.simulator.idle()
            heard = [
                (sids.index(each.fields["MessageSid"]), each.fields["MessageStatus"])
                for each in stage.app.received
            ]
            runs.append(Counter(heard))

    asyncio.run(performance())
    asyncio.run(performance())
    assert runs[0] == runs[1]
    assert max(runs[0].values()) > 1
    assert len({place for place, _ in runs[0]}) < 30


@pytest.mark.parametrize(
    ("fragment", "tries"),
    [("", 1), ("#rc=3", 1), ("#rc=3&rp=5xx", 4), ("#rc=2&rp=4xx", 1), ("#rc=5&rp=all", 6), ("#rp=5xx,rt", 2)],
)
def test_a_failing_webhook_is_tried_as_often_as_its_address_says(fragment: str, tries: int) -> None:
    async def story(stage: Stage) -> None:
        stage.app.answers["/failing"] = lambda _: web.Response(status=500)
        await stage.create(To="+15005553000", StatusCallback=f"{stage.app.url}/failing{fragment}")
        await stage.simulator.idle()
        assert len(stage.app.received) == tries
        assert len({request.headers["i-twilio-idempotency-token"] for request in stage.app.received}) == 1

    play(story)


def test_a_retry_that_succeeds_is_the_last() -> None:
    answers = iter([web.Response(status=503), web.Response(status=204)])

    async def story(stage: Stage) -> None:
        stage.app.answers["/recovering"] = lambda _: next(answers)
        await stage.create(To="+15005553000", StatusCallback=f"{stage.app.url}/recovering#rc=5&rp=all")
        await stage.simulator.idle()
        assert [call.status for call in stage.simulator.account.calls] == [503, 204]

    play(story)


def test_a_refused_connection_is_tried_once_more() -> None:
    async def story(stage: Stage) -> None:
        await stage.create(To="+15005553000", StatusCallback="http://127.0.0.1:1/status")
        await stage.simulator.idle()
        assert [call.fault for call in stage.simulator.account.calls] == ["ct", "ct"]

    play(story)


def test_a_slow_webhook_runs_into_the_read_timeout() -> None:
    async def listen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    async def story(stage: Stage) -> None:
        silent = await asyncio.start_server(listen, "127.0.0.1", 0)
        port = silent.sockets[0].getsockname()[1]
        await stage.create(To="+15005553000", StatusCallback=f"http://127.0.0.1:{port}/#rt=100&rc=1&rp=rt")
        await stage.simulator.idle()
        assert [call.fault for call in stage.simulator.account.calls] == ["rt", "rt"]
        silent.close()

    play(story)


def test_a_connection_that_breaks_is_no_answer() -> None:
    async def hang_up(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.close()

    async def story(stage: Stage) -> None:
        rude = await asyncio.start_server(hang_up, "127.0.0.1", 0)
        port = rude.sockets[0].getsockname()[1]
        await stage.create(To="+15005553000", StatusCallback=f"http://127.0.0.1:{port}/")
        await stage.simulator.idle()
        assert [call.fault for call in stage.simulator.account.calls] == ["broken"]
        rude.close()

    play(story)


def test_the_fragment_is_neither_sent_nor_signed_and_the_password_neither() -> None:
    async def story(stage: Stage) -> None:
        address = stage.app.url.replace("://", "://user:pass@")
        await stage.create(StatusCallback=f"{address}/status?a=1&b=%20x#rc=5&rp=all")
        await stage.simulator.idle()
        assert [request.path for request in stage.app.received] == ["/status", "/status"]
        assert "authorization" not in stage.app.received[0].headers

    play(story)


def test_a_redirect_is_a_failure() -> None:
    def elsewhere(_: Received) -> web.Response:
        return web.Response(status=301, headers={"Location": "/status"})

    async def story(stage: Stage) -> None:
        stage.app.answers["/moved"] = elsewhere
        await stage.create(To="+15005553000", StatusCallback=f"{stage.app.url}/moved")
        await stage.simulator.idle()
        assert [call.fault for call in stage.simulator.account.calls] == ["3xx"]

    play(story)


@pytest.mark.parametrize(
    ("fragment", "expected"),
    [
        ("", Overrides()),
        ("#", Overrides()),
        ("#ct=100&rt=200&tt=300", Overrides(connect=0.1, read=0.2, total=0.3)),
        ("#ct=1&rt=99999&rc=9", Overrides(connect=0.1, read=15.0, retries=5)),
        ("#rc=soon&e=dublin&sni=n", Overrides()),
        ("#rp=4xx,never", Overrides(policy=frozenset({"4xx"}))),
    ],
)
def test_a_fragment_is_read_within_twilios_limits(fragment: str, expected: Overrides) -> None:
    assert split(f"https://example.com/hook?x=1{fragment}") == ("https://example.com/hook?x=1", expected)


def test_an_answer_may_be_anything() -> None:
    async def story(stage: Stage) -> None:
        stage.app.answers["/status"] = lambda _: xml("<not closed")
        await stage.create()
        await stage.simulator.idle()
        assert stage.app.statuses == ["sent", "delivered"]

    play(story)
