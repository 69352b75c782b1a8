"""What a create is answered with, and what the ledger says of it."""

import json
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from leadline.simulator import Number
from leadline.simulator.outcomes import FROM_PROBLEMS, TO_PROBLEMS
from leadline.simulator.problems import Problem
from tests.simulator.stage import LENA, OURS, SERVICE, TOLL_FREE, Stage, play

VECTORS = json.loads((Path(__file__).parents[1] / "data" / "twilio-vectors.json").read_text())
SHORT_CODE, SILENT, TEXT_ONLY = "55555", "+17205550101", "+17205550102"

# The fields that differ from a good create, and the code that Twilio has for it.
REFUSALS: list[tuple[int, dict[str, str | list[str]]]] = [
    (21604, {"To": ""}),
    (21603, {"From": ""}),
    (21602, {"Body": ""}),
    (21619, {"Body": "", "From": "", "MessagingServiceSid": SERVICE}),
    (21617, {"Body": "x" * 1601}),
    (21617, {"Body": "🏠" * 801}),
    (21623, {"MediaUrl": ["https://example.com/a.png"] * 11}),
    (21620, {"MediaUrl": ["a.png"]}),
    (21621, {"From": TEXT_ONLY, "MediaUrl": ["https://example.com/a.png"]}),
    (21609, {"StatusCallback": "not an address"}),
    (21609, {"StatusCallback": "https://my_host.example.com/"}),
    (21609, {"StatusCallback": "https://example.com/" + "x" * 4000}),
    (21624, {"ValidityPeriod": "0"}),
    (21624, {"ValidityPeriod": "36001"}),
    (21624, {"ValidityPeriod": "soon"}),
    (21211, {"To": "+1720"}),
    (21211, {"To": "Lena"}),
    (21265, {"To": "55512"}),
    (21266, {"To": OURS}),
    (21212, {"From": "+1"}),
    (21606, {"From": SILENT}),
    (21606, {"From": "+15005550019"}),
    (21659, {"From": "+17205559999"}),
    (21659, {"From": "12345"}),
    (21612, {"From": "Tidewater"}),
    (21705, {"From": "", "MessagingServiceSid": "MG1"}),
    (21701, {"From": "", "MessagingServiceSid": "MG" + "6" * 32}),
    (21704, {"From": "", "MessagingServiceSid": "MG" + "7" * 32}),
    (35118, {"ScheduleType": "fixed", "SendAt": "2099-01-01T00:00:00Z"}),
    (35126, {"ScheduleType": "some day"}),
    (35111, {"ScheduleType": "fixed", "MessagingServiceSid": SERVICE}),
    (35114, {"ScheduleType": "fixed", "SendAt": "tomorrow", "MessagingServiceSid": SERVICE}),
    (35114, {"ScheduleType": "fixed", "SendAt": "2099-01-01T00:00:00Z", "MessagingServiceSid": SERVICE}),
]


def _configure(stage: Stage) -> None:
    stage.simulator.configure(
        numbers=[
            OURS,
            TOLL_FREE,
            Number(SHORT_CODE),
            Number(SILENT, sms=False),
            Number(TEXT_ONLY, mms=False),
        ],
        services=[{"sid": SERVICE, "pool": [OURS]}, {"sid": "MG" + "7" * 32, "pool": []}],
    )


@pytest.mark.parametrize(("code", "form"), REFUSALS)
def test_a_create_that_twilio_would_refuse_is_refused(code: int, form: dict[str, str | list[str]]) -> None:
    async def story(stage: Stage) -> None:
        _configure(stage)
        status, document = await stage.create(**form)
        assert (document["code"], document["status"]) == (code, status)
        assert document["more_info"] == f"https://www.twilio.com/docs/errors/{code}"
        assert stage.simulator.ledger == ()

    play(story)


MAGIC = [({"From": number}, code) for number, code in FROM_PROBLEMS.items()]
MAGIC += [({"To": number}, code) for number, code in TO_PROBLEMS.items()]


@pytest.mark.parametrize(("form", "code"), MAGIC)
def test_twilios_magic_numbers_do_what_twilio_says(form: dict[str, Any], code: int) -> None:
    async def story(stage: Stage) -> None:
        _, document = await stage.create(**form)
        assert document["code"] == code
        assert stage.simulator.ledger == ()

    play(story)


def test_the_table_of_magic_numbers_is_twilios() -> None:
    listed = VECTORS["test_credentials"]
    assert dict(FROM_PROBLEMS) == {
        number: code for number, code in listed["from_numbers"].items() if code and number != "any other"
    }
    assert dict(TO_PROBLEMS) == {
        number: code for number, code in listed["to_numbers"].items() if number != "any other"
    }


# The simulator's account is no trial account, so nothing is ever refused with 21608.
OBSERVED = [item for item in VECTORS["observed_error_bodies"]["items"] if item["body"]["code"] != 21608]


@pytest.mark.parametrize("observed", OBSERVED, ids=lambda item: item["body"]["code"])
def test_errors_have_the_shape_that_was_observed(observed: dict[str, Any]) -> None:
    document = Problem(observed["body"]["code"]).document()
    assert document.keys() == observed["body"].keys()
    assert document["status"] == observed["http"]


def test_an_accepted_create_is_in_the_ledger() -> None:
    async def story(stage: Stage) -> None:
        status, document = await stage.create(StatusCallback=f"{stage.app.url}/mine#rc=5&rp=all")
        (entry,) = stage.simulator.ledger
        assert status == 201
        assert (entry.index, entry.sid, entry.to, entry.from_) == (0, document["sid"], LENA, OURS)
        assert (entry.body, entry.status_callback) == ("Hello Lena", f"{stage.app.url}/mine#rc=5&rp=all")
        assert ("Body", "Hello Lena") in entry.form

    play(story)


def test_the_document_has_twilios_types() -> None:
    async def story(stage: Stage) -> None:
        _, document = await stage.create(Body="Ω" * 161)
        assert document["num_segments"] == "2"
        assert document["num_media"] == "0"
        assert document["error_code"] is None
        assert document["price"] is None
        assert document["date_sent"] is None
        assert document["date_created"].endswith(" +0000")
        assert document["uri"] == f"{stage.messages_url.removeprefix(stage.url)[:-5]}/{document['sid']}.json"

    play(story)


@pytest.mark.parametrize("written", ["(720) 555-0142", "720.555.0142", "1 720 555 0142", "+1 720-555-0142"])
def test_a_number_may_be_written_as_people_write_it(written: str) -> None:
    async def story(stage: Stage) -> None:
        _, document = await stage.create(To=written)
        assert document["to"] == LENA

    play(story)


def test_a_json_body_lacks_its_to() -> None:
    async def story(stage: Stage) -> None:
        body = {"To": LENA, "From": OURS, "Body": "Hello"}
        async with stage.http.post(stage.messages_url, json=body, headers=stage.credentials) as answer:
            assert (await answer.json())["code"] == 21604

    play(story)


def test_a_name_may_text_abroad() -> None:
    async def story(stage: Stage) -> None:
        status, document = await stage.create(From="Tidewater", To="+447700900123")
        assert (status, document["from"]) == (201, "Tidewater")

    play(story)


def test_answers_carry_twilios_headers() -> None:
    async def story(stage: Stage) -> None:
        async with stage.http.get(stage.messages_url, headers=stage.credentials) as answer:
            assert answer.headers["Twilio-Request-Id"].startswith("RQ")
            assert answer.headers["Twilio-Concurrent-Requests"] == "1"
            assert float(answer.headers["Twilio-Request-Duration"]) < 1

    play(story)


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/2010-04-01/Accounts/AC00000000000000000000000000000000/Messages.json", 404, 20404),
        ("GET", "{root}/Messages/SM00000000000000000000000000000000.json", 404, 20404),
        ("GET", "{root}/Messages/nothing.json", 404, 20404),
        ("GET", "{root}/Calls.json", 404, 20404),
        ("DELETE", "{root}/Messages.json", 405, 20004),
        ("GET", "{root}/Messages.json?PageSize=1001", 400, 20007),
        ("GET", "{root}/Messages.json?PageSize=none", 400, 20007),
    ],
)
def test_what_is_not_there_is_refused(method: str, path: str, status: int, code: int) -> None:
    async def story(stage: Stage) -> None:
        root = stage.messages_url.removeprefix(stage.url).removesuffix("/Messages.json")
        answered, document = await stage.call(method, path.format(root=root))
        assert (answered, document["code"]) == (status, code)

    play(story)


def test_without_credentials_nothing_is_answered() -> None:
    async def story(stage: Stage) -> None:
        async with stage.http.post(stage.messages_url, data={"To": LENA}) as answer:
            assert answer.status == 401
            assert answer.headers["WWW-Authenticate"].startswith("Basic")
            assert (await answer.json())["code"] == 20003

    play(story)


def test_a_body_that_is_too_large_is_not_read() -> None:
    async def story(stage: Stage) -> None:
        try:
            status, document = await stage.create(Body="x" * 300_000)
        except aiohttp.ClientOSError:
            return
        assert (status, document["code"]) == (413, 20413)

    play(story)


def test_a_text_on_its_way_is_not_deleted() -> None:
    async def story(stage: Stage) -> None:
        _, document = await stage.create()
        status, refusal = await stage.call("DELETE", document["uri"])
        assert (status, refusal["code"]) == (409, 20009)
        await stage.simulator.reset()

    play(story, delay=3600)


def test_the_account_can_be_fetched() -> None:
    async def story(stage: Stage) -> None:
        status, document = await stage.call("GET", stage.messages_url.replace("/Messages.json", ".json"))
        assert (status, document["sid"], document["status"]) == (200, stage.simulator.account_sid, "active")

    play(story)


def test_the_same_seed_gives_the_same_sids() -> None:
    seen = []

    async def story(stage: Stage) -> None:
        seen.append([(await stage.create())[1]["sid"] for _ in range(3)])

    play(story, seed=7)
    play(story, seed=7)
    play(story, seed=8)
    assert seen[0] == seen[1] != seen[2]
