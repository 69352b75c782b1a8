"""The control API, and who may use it."""

import asyncio
from typing import Any

import pytest

from leadline.errors import SettingsError
from leadline.simulator import Past, Simulator, running, serve
from leadline.simulator.faults import ABOUT
from tests.clock import START
from tests.simulator.stage import BOB, LENA, LOCAL, OURS, SERVICE, Stage, play


async def _ask(stage: Stage, method: str, path: str, **options: Any) -> tuple[int, Any]:
    async with stage.http.request(method, f"{stage.url}/_simulator/{path}", **options) as answer:
        is_json = answer.content_type == "application/json"
        return answer.status, await answer.json() if is_json else await answer.text()


def test_the_ledger_is_read_from_where_one_left_off() -> None:
    async def story(stage: Stage) -> None:
        for number in range(3):
            await stage.create(Body=f"Text {number}")
        _, all_of_it = await _ask(stage, "GET", "ledger")
        _, rest = await _ask(stage, "GET", "ledger?since=2")
        assert [entry["body"] for entry in all_of_it] == ["Text 0", "Text 1", "Text 2"]
        assert [(entry["index"], entry["body"]) for entry in rest] == [(2, "Text 2")]
        assert rest[0]["at"].endswith("+00:00")

    play(story)


@pytest.mark.parametrize("form", ["data", "json"])
def test_a_reply_is_sent_by_form_or_json(form: str) -> None:
    async def story(stage: Stage) -> None:
        pixel = ["data:image/png,x", "data:image/gif,y"]
        text = {"From": LENA, "To": OURS, "Body": "Hello", "MediaUrl": pixel}
        pairs = [("From", LENA), ("To", OURS), ("Body", "Hello"), *(("MediaUrl", url) for url in pixel)]
        status, reply = await _ask(stage, "POST", "reply", **{form: text if form == "json" else pairs})
        told = stage.app.received[0].fields
        assert (status, reply["status"], reply["sid"]) == (200, 200, told["MessageSid"])
        assert (told["Body"], told["NumMedia"]) == ("Hello", "2")

    play(story)


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ({"To": OURS, "Body": "x"}, "from"),
        ({"From": LENA, "To": OURS}, "body"),
        ({"From": LENA, "To": OURS, "Body": "x" * 1601}, "body"),
        ({"From": LENA, "To": BOB, "Body": "x"}, "to"),
    ],
)
def test_a_reply_that_cannot_be_is_refused(text: dict[str, str], field: str) -> None:
    async def story(stage: Stage) -> None:
        status, refusal = await _ask(stage, "POST", "reply", json=text)
        assert (status, refusal["field"]) == (400, field)

    play(story)


def test_the_plan_is_put_and_read() -> None:
    async def story(stage: Stage) -> None:
        status, plan = await _ask(stage, "PUT", "faults", json={"next": ["refuse_500", "accept_500"]})
        assert (status, plan["next"], plan["delay"]) == (200, [["refuse_500"], ["accept_500"]], 0.0)
        await stage.create()
        await _ask(stage, "POST", "faults", data={"next": "accept_half"})
        _, left = await _ask(stage, "GET", "faults")
        assert left["next"] == [["accept_500"], ["accept_half"]]

    play(story)


def test_every_fault_is_explained() -> None:
    async def story(stage: Stage) -> None:
        _, names = await _ask(stage, "GET", "fault-names")
        assert names.keys() == ABOUT.keys()
        assert all(names.values())

    play(story)


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"next": ["x"]}'])
def test_a_plan_that_cannot_be_read_changes_nothing(body: bytes) -> None:
    async def story(stage: Stage) -> None:
        status, refusal = await _ask(stage, "PUT", "faults", data=body)
        assert status == 400
        assert refusal["error"]

    play(story)


def test_the_numbers_are_put_and_read() -> None:
    async def story(stage: Stage) -> None:
        changes = {
            "numbers": [LOCAL, {"number": OURS, "inbound_url": f"{stage.app.url}/number"}],
            "services": [{"sid": SERVICE, "pool": [LOCAL]}],
            "status_callback": None,
        }
        status, configuration = await _ask(stage, "PUT", "numbers", json=changes)
        assert (status, configuration["status_callback"]) == (200, None)
        assert [number["number"] for number in configuration["numbers"]] == [LOCAL, OURS]
        await stage.text_us("Hello")
        assert stage.app.received[0].path == "/number"

    play(story)


@pytest.mark.parametrize(
    "changes",
    [
        {"inbound_url": "nowhere"},
        {"numbers": OURS},
        {"numbers": [{"inbound_url": None}]},
        {"numbers": [{"number": OURS, "colour": "red"}]},
        {"services": [5]},
        {"colour": "red"},
    ],
)
def test_numbers_that_cannot_be_change_nothing(changes: dict[str, Any]) -> None:
    async def story(stage: Stage) -> None:
        before = stage.simulator.account.configuration
        status, _ = await _ask(stage, "PUT", "numbers", json=changes)
        assert (status, stage.simulator.account.configuration) == (400, before)

    play(story)


def test_handsets_show_both_sides() -> None:
    async def story(stage: Stage) -> None:
        stage.simulator.add_phone(LENA, "Lena Park")
        await stage.create()
        await stage.text_us("STOP")
        await stage.simulator.idle()
        _, (handset,) = await _ask(stage, "GET", "handsets")
        assert (handset["phone"], handset["name"], handset["opted_out"]) == (LENA, "Lena Park", [OURS])
        sides = [(text["is_theirs"], text["status"]) for text in handset["texts"]]
        assert sides == [(False, "delivered"), (True, "received"), (False, "notice")]
        assert handset["texts"][1]["answer"] == 200

    play(story)


def test_history_is_on_the_handset_and_in_the_list_but_not_in_the_ledger() -> None:
    async def story(stage: Stage) -> None:
        stage.simulator.load(
            [
                Past("outbound-api", LENA, OURS, "Hi Lena", START, sid="SM" + "a" * 32),
                Past("inbound", OURS, LENA, "Hi", START),
            ]
        )
        _, listed = await stage.call("GET", stage.messages_url)
        _, (handset,) = await _ask(stage, "GET", "handsets")
        assert [message["body"] for message in listed["messages"]] == ["Hi", "Hi Lena"]
        assert listed["messages"][1]["date_sent"] == "Wed, 18 Mar 2026 16:00:00 +0000"
        assert [text["body"] for text in handset["texts"]] == ["Hi Lena", "Hi"]
        assert (stage.simulator.ledger, stage.app.received) == ((), [])

    play(story)


def test_calls_tell_what_the_application_answered() -> None:
    async def story(stage: Stage) -> None:
        await stage.text_us("Hello")
        _, (call,) = await _ask(stage, "GET", "calls")
        assert (call["kind"], call["status"], call["fault"]) == ("inbound", 200, None)

    play(story)


def test_reset_forgets_everything_but_the_account() -> None:
    async def story(stage: Stage) -> None:
        await stage.create()
        await stage.text_us("STOP")
        await _ask(stage, "PUT", "faults", json={"next": ["refuse_500"]})
        status, _ = await _ask(stage, "POST", "reset")
        assert status == 204
        assert (await _ask(stage, "GET", "ledger"))[1] == []
        assert (await _ask(stage, "GET", "handsets"))[1] == []
        assert (await stage.create())[0] == 201

    play(story)


@pytest.mark.parametrize("host", ["example.com", "127.0.0.1.example.com", "192.168.1.5", "[::2]", ""])
@pytest.mark.parametrize("path", ["/_simulator/ledger", "/", "/static/handsets.js"])
def test_only_this_machine_is_served(host: str, path: str) -> None:
    async def story(stage: Stage) -> None:
        async with stage.http.get(f"{stage.url}{path}", headers={"Host": host}) as answer:
            assert answer.status == 403

    play(story)


@pytest.mark.parametrize("host", ["localhost", "localhost:8060", "127.0.0.1:1", "[::1]:8060", "127.8.9.1"])
def test_this_machine_has_several_names(host: str) -> None:
    async def story(stage: Stage) -> None:
        async with stage.http.get(f"{stage.url}/_simulator/ledger", headers={"Host": host}) as answer:
            assert answer.status == 200

    play(story)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 204),
        ({"Sec-Fetch-Site": "same-origin"}, 204),
        ({"Sec-Fetch-Site": "none"}, 204),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "https://example.com"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://127.0.0.1:1"}, 403),
    ],
)
def test_another_sites_page_changes_nothing(headers: dict[str, str], status: int) -> None:
    async def story(stage: Stage) -> None:
        assert (await _ask(stage, "POST", "reset", headers=headers))[0] == status

    play(story)


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "example.com", "::", ""])  # noqa: S104
def test_it_is_never_served_where_others_could_reach_it(host: str) -> None:
    async def performance() -> None:
        async with running(Simulator(), host):
            pass

    with pytest.raises(SettingsError):
        asyncio.run(performance())
    with pytest.raises(SettingsError):
        serve(Simulator(), host)
