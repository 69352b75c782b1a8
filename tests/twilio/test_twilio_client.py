"""The Messages API client, over real sockets."""

import asyncio
import base64
import gzip
import json
import socket
from collections.abc import Coroutine
from datetime import UTC, date, datetime
from typing import Any, NoReturn, TypeVar
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadline.errors import InvalidInput, TwilioError
from leadline.twilio.client import Create, MessageResource, Permit, SendKind, SendResult, TwilioClient
from leadline.twilio.create import PARAMETERS
from tests.twilio.scripted_server import Answer, Fault, ScriptedServer, answer, serving

T = TypeVar("T")
ACCOUNT = "AC" + "1b" * 16
SID = "SM" + "0a" * 16
TEXT = Create(to="+13035550142", from_="+15005550006", body="Hi Lena")
PERMIT = Permit("a decision")
CREATED = {"sid": SID, "status": "queued", "num_segments": "1"}
PATH = f"/2010-04-01/Accounts/{ACCOUNT}/Messages"


def client(url: str, *, timeout: float = 5.0) -> TwilioClient:
    return TwilioClient(ACCOUNT, ("SKuser", "s3cret"), base_url=url, timeout=timeout)


def sent_to(*answers: Answer, timeout: float = 5.0) -> tuple[SendResult, ScriptedServer]:
    async def story() -> tuple[SendResult, ScriptedServer]:
        async with serving(*answers) as server, client(server.url, timeout=timeout) as twilio:
            return await twilio.create(TEXT, PERMIT), server

    return asyncio.run(story())


def test_a_text_is_posted_once_as_twilio_wants_it() -> None:
    result, server = sent_to(answer(201, CREATED))
    assert result == SendResult(True, SendKind.ACCEPTED, SID, "queued", segments=1, http_status=201)
    [request] = server.requests
    assert (request.method, request.target) == ("POST", f"{PATH}.json")
    assert request.form == [("To", "+13035550142"), ("From", "+15005550006"), ("Body", "Hi Lena")]
    assert request.headers["content-type"] == "application/x-www-form-urlencoded"
    assert request.headers["authorization"] == "Basic " + base64.b64encode(b"SKuser:s3cret").decode()
    assert request.headers["user-agent"] == "leadline"


@pytest.mark.parametrize(
    ("played", "kind"),
    [
        (answer(400, {"code": 21211}), SendKind.REJECTED),
        (answer(400, {"code": 21610}), SendKind.OPTED_OUT),
        (answer(401, {"code": 20003}), SendKind.UNAUTHORIZED),
        (answer(429, {"code": 21611}), SendKind.QUEUE_FULL),
        (answer(429, b"", headers={"Retry-After": "2"}), SendKind.THROTTLED),
        (answer(500, b"<html>fault</html>"), SendKind.IN_DOUBT),
        (answer(307, b"", headers={"Location": "/elsewhere"}), SendKind.IN_DOUBT),
        (answer(201, {"status": "queued"}), SendKind.IN_DOUBT),
        (
            answer(201, gzip.compress(b"x" * 9_000_000), headers={"Content-Encoding": "gzip"}),
            SendKind.IN_DOUBT,
        ),
        (
            b"HTTP/1.1 201 X\r\nContent-Length: 900\r\nConnection: close\r\n\r\n" + b'{"sid":',
            SendKind.IN_DOUBT,
        ),
        (b"HTTP/1.1 400 X\r\nContent-Length: 900\r\nConnection: close\r\n\r\n{}", SendKind.IN_DOUBT),
        (b"HTTP/1.1 201 X\r\nContent-Le", SendKind.IN_DOUBT),
        (b"this is not HTTP at all\r\n\r\n", SendKind.IN_DOUBT),
        (Fault.RESET_BEFORE_READING, SendKind.IN_DOUBT),
        (Fault.RESET_AFTER_READING, SendKind.IN_DOUBT),
        (Fault.CLOSE_AFTER_READING, SendKind.IN_DOUBT),
        (Fault.HANG, SendKind.IN_DOUBT),
    ],
    ids=lambda value: str(value)[:30],
)
def test_each_answer_and_each_fault_has_its_kind_and_is_never_repeated(
    played: Answer, kind: SendKind
) -> None:
    result, server = sent_to(played, answer(201, CREATED), timeout=0.3)
    assert result.kind is kind
    assert not result.ok
    assert len(server.requests) <= 1


def test_how_long_to_wait_is_passed_on() -> None:
    result, _ = sent_to(answer(429, b"", headers={"Retry-After": "2"}))
    assert result.retry_after == 2.0


def test_a_reset_on_a_connection_used_before_is_in_doubt_and_not_repeated() -> None:
    async def story() -> tuple[list[SendKind], ScriptedServer]:
        script = (answer(201, CREATED), Fault.RESET_AFTER_READING, answer(201, CREATED))
        async with serving(*script) as server, client(server.url) as twilio:
            return [(await twilio.create(TEXT, PERMIT)).kind for _ in range(2)], server

    kinds, server = asyncio.run(story())
    assert kinds == [SendKind.ACCEPTED, SendKind.IN_DOUBT]
    assert server.connections == 1
    assert len(server.requests) == 2


def test_connections_are_used_again() -> None:
    async def story() -> ScriptedServer:
        async with serving(*[answer(201, CREATED)] * 5) as server, client(server.url) as twilio:
            for _ in range(5):
                assert (await twilio.create(TEXT, PERMIT)).ok
            return server

    assert asyncio.run(story()).connections == 1


def closed_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def test_a_refused_connection_proves_that_nothing_was_sent() -> None:
    async def story() -> SendResult:
        async with client(f"http://127.0.0.1:{closed_port()}") as twilio:
            return await twilio.create(TEXT, PERMIT)

    assert asyncio.run(story()).kind is SendKind.UNREACHABLE


def test_a_failed_tls_handshake_proves_that_nothing_was_sent() -> None:
    async def story() -> tuple[SendResult, ScriptedServer]:
        async with serving(b"no TLS here\r\n") as server, client(f"https{server.url[4:]}") as twilio:
            return await twilio.create(TEXT, PERMIT), server

    result, server = asyncio.run(story())
    assert result.kind is SendKind.UNREACHABLE
    assert server.requests == []


@pytest.mark.parametrize("hangs", [False, True], ids=["fails", "hangs"])
def test_a_name_that_is_not_found_proves_that_nothing_was_sent(
    hangs: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def look_up(*_question: object, **_options: object) -> NoReturn:
        if hangs:
            await asyncio.Event().wait()
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    async def story() -> SendResult:
        monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", look_up)
        async with client("http://api.twilio.invalid", timeout=1.0) as twilio:
            return await twilio.create(TEXT, PERMIT)

    assert asyncio.run(story()).kind is SendKind.UNREACHABLE


def test_cancelling_a_call_is_left_to_the_caller_to_judge() -> None:
    async def story() -> ScriptedServer:
        async with serving(Fault.HANG) as server, client(server.url) as twilio:
            call = asyncio.ensure_future(twilio.create(TEXT, PERMIT))
            await server.asked.wait()
            call.cancel()
            with pytest.raises(asyncio.CancelledError):
                await call
            return server

    assert len(asyncio.run(story()).requests) == 1


EVERYTHING = Create(
    to="+13035550142",
    from_="+15005550006",
    messaging_service_sid="MG" + "0" * 32,
    body="Tea & cake + 😀",
    media_urls=("https://example.com/a.jpg", "https://example.com/b.jpg"),
    status_callback="https://sms.example.com/status/abc#rc=5&rp=all",
    validity_period=3600,
    send_at=datetime(2026, 3, 9, 13, 4, tzinfo=UTC),
    content_sid="HX1",
    content_variables='{"1": "Lena"}',
    application_sid="AP1",
    smart_encoded=True,
    send_as_mms=False,
    shorten_urls=False,
    attempt=2,
    provide_feedback=True,
    content_retention="retain",
    address_retention="obfuscate",
    risk_check="enable",
    persistent_actions=("geo:37.7,-122.4|Office",),
    traffic_type="free",
    fallback_from="+15005550006",
    max_price="0.1",
    force_delivery=False,
    tags='{"campaign": "spring"}',
    message_intent="marketing",
)


def test_every_parameter_is_written_under_twilios_name() -> None:
    pairs = EVERYTHING.pairs()
    assert {name for name, _ in pairs} == {name for _, name in PARAMETERS} | {"ScheduleType"}
    assert [value for name, value in pairs if name == "MediaUrl"] == list(EVERYTHING.media_urls)
    assert dict(pairs)["SendAt"] == "2026-03-09T13:04:00Z"
    assert (dict(pairs)["SmartEncoded"], dict(pairs)["SendAsMms"]) == ("true", "false")


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_survives_the_form(body: str) -> None:
    form = Create(to="+13035550142", body=body).form()
    assert form == urlencode([("To", "+13035550142"), ("Body", body)]).encode()


def test_what_the_form_says_is_what_arrives() -> None:
    async def story() -> ScriptedServer:
        async with serving(answer(201, CREATED)) as server, client(server.url) as twilio:
            await twilio.create(EVERYTHING, PERMIT)
            return server

    assert asyncio.run(story()).requests[0].form == EVERYTHING.pairs()


def test_the_official_sdk_writes_the_same_form() -> None:
    rest: Any = pytest.importorskip("twilio.rest")

    class Stop(Exception):
        pass

    class Recorder:
        sent: dict[str, Any]

        def request(self, method: str, uri: str, *, data: dict[str, Any], **_: object) -> NoReturn:
            self.sent = data
            raise Stop

    recorder = Recorder()
    official = rest.Client("SKuser", "s3cret", ACCOUNT, http_client=recorder)
    unknown_to_it = {"tags", "message_intent"}
    renamed = {"media_urls": "media_url", "persistent_actions": "persistent_action"}
    arguments = {
        renamed.get(ours, ours): list(value) if isinstance(value, tuple) else value
        for ours, _ in PARAMETERS
        if (value := getattr(EVERYTHING, ours)) is not None and ours not in unknown_to_it
    }
    with pytest.raises(Stop):
        official.messages.create(schedule_type="fixed", **arguments)
    as_sent = {
        name: value
        if isinstance(value, list)
        else [str(value).lower() if isinstance(value, bool) else str(value)]
        for name, value in recorder.sent.items()
    }
    pairs = [pair for pair in EVERYTHING.pairs() if pair[0] not in ("Tags", "MessageIntent")]
    assert as_sent == {name: [v for n, v in pairs if n == name] for name, _ in pairs}


def test_a_text_that_cannot_be_written_is_refused_before_anything_is_sent() -> None:
    with pytest.raises(InvalidInput):
        Create(to="+13035550142", body="half an emoji \ud83d").form()
    with pytest.raises(InvalidInput) as refusal:
        Create(to="+13035550142", send_at=datetime.fromisoformat("2026-03-09T13:04")).form()
    assert refusal.value.field == "send_at"


@pytest.mark.parametrize("account", ["", "AC1", "SK" + "1b" * 16, ACCOUNT + "/../.."])
def test_an_account_sid_of_the_wrong_shape_is_refused(account: str) -> None:
    with pytest.raises(InvalidInput):
        TwilioClient(account, ("a", "b"))


@pytest.mark.parametrize("url", ["", "api.twilio.com", "ftp://api.twilio.com", "https://"])
def test_an_api_address_of_the_wrong_shape_is_refused(url: str) -> None:
    with pytest.raises(InvalidInput):
        TwilioClient(ACCOUNT, ("a", "b"), base_url=url)


def run(story: Coroutine[Any, Any, T]) -> T:
    return asyncio.run(story)


async def fetched(*answers: Answer) -> tuple[MessageResource | None, ScriptedServer]:
    async with serving(*answers) as server, client(server.url) as twilio:
        return await twilio.fetch(SID), server


def test_one_message_is_fetched_by_its_sid() -> None:
    message, server = run(fetched(answer(200, CREATED | {"status": "delivered"})))
    assert message is not None
    assert message["status"] == "delivered"
    assert (server.requests[0].method, server.requests[0].target) == ("GET", f"{PATH}/{SID}.json")
    assert server.requests[0].headers["authorization"].startswith("Basic ")


def test_a_message_twilio_does_not_have_is_none() -> None:
    assert run(fetched(answer(404, {"code": 20404})))[0] is None


@pytest.mark.parametrize(
    ("played", "status", "code"),
    [
        (answer(401, {"code": 20003}), 401, 20003),
        (answer(500, b"<html>"), 500, None),
        (answer(200, b"<html>"), 200, None),
        (answer(200, {"status": "sent"}), 200, None),
        (answer(302, b"", headers={"Location": "https://evil.example"}), 302, None),
        (Fault.HANG, None, None),
    ],
    ids=str,
)
def test_no_usable_answer_to_a_question_is_an_error(
    played: Answer, status: int | None, code: int | None
) -> None:
    async def story() -> None:
        async with serving(played) as server, client(server.url, timeout=0.3) as twilio:
            await twilio.fetch(SID)

    with pytest.raises(TwilioError) as error:
        run(story())
    assert (error.value.http_status, error.value.error_code) == (status, code)


def page(sids: list[str], following: object) -> bytes:
    return answer(200, {"messages": [{"sid": sid} for sid in sids], "next_page_uri": following})


async def listed(*answers: Answer, **filters: Any) -> tuple[list[str], list[str]]:
    async with serving(*answers) as server, client(server.url) as twilio:
        sids = [message["sid"] async for message in twilio.list_messages(**filters)]
        return sids, [request.target for request in server.requests]


def test_a_list_is_followed_page_by_page() -> None:
    following = f"{PATH}.json?To=%2B13035550142&PageSize=2&Page=1&PageToken=PASM1"
    sids, targets = run(listed(page(["SM1", "SM2"], following), page(["SM3"], None), to="+13035550142"))
    assert sids == ["SM1", "SM2", "SM3"]
    assert targets == [f"{PATH}.json?To=%2B13035550142&PageSize=50", following]


def test_a_list_is_filtered_with_twilios_own_spelling() -> None:
    days = {"date_sent_after": date(2026, 1, 31), "date_sent_before": date(2026, 2, 1)}
    _, [target] = run(listed(page([], None), from_="+15005550006", page_size=1000, **days))
    query = "From=%2B15005550006&DateSent%3E=2026-01-31&DateSent%3C=2026-02-01&PageSize=1000"
    assert target == f"{PATH}.json?{query}"


@pytest.mark.parametrize(
    "following",
    ["https://evil.example/", "//evil.example/", "/2010-04-01/Accounts/AC2/Messages.json", f"{PATH}/../x", 7],
)
def test_a_list_that_leads_elsewhere_is_not_followed(following: object) -> None:
    with pytest.raises(TwilioError):
        run(listed(page(["SM1"], following), page(["SM2"], None)))


def test_a_list_that_goes_in_circles_ends() -> None:
    with pytest.raises(TwilioError):
        run(listed(*[page(["SM1"], f"{PATH}.json?Page=1")] * 5))


@pytest.mark.parametrize("odd", [{"messages": None}, {}, {"messages": [1]}, {"messages": [{"sid": None}]}])
def test_a_list_of_an_unexpected_shape_is_an_error(odd: dict[str, Any]) -> None:
    with pytest.raises(TwilioError):
        run(listed(answer(200, json.dumps(odd).encode())))


@pytest.mark.parametrize("size", [0, 1001])
def test_a_page_has_at_most_a_thousand_messages(size: int) -> None:
    with pytest.raises(InvalidInput):
        run(listed(page_size=size))
