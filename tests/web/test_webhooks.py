import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from pydantic import SecretStr

from leadline.app import Leadline
from leadline.errors import TwilioError
from leadline.settings import Settings
from leadline.store import conversations, database, messages
from leadline.twilio.client import TwilioClient
from leadline.twilio.signature import sign
from leadline.understanding import REPEATED_FOR
from leadline.web import webhooks
from leadline.web.webhooks import BODY_AT_MOST, EMPTY_TWIML, FRESH_SECONDS, PREFIX, Call, Webhooks
from tests import cast, texts
from tests.clock import Clock
from tests.texts import TwilioWithTimes

INBOUND = PREFIX
STATUS = f"{PREFIX}/status"
FORM = "application/x-www-form-urlencoded"

TEXT = {
    "MessageSid": texts.sid(1),
    "AccountSid": cast.ACCOUNT_SID,
    "From": cast.LENA.phone,
    "To": cast.OUR_NUMBER,
    "Body": "Hi, 2+3=4 & more",
    "NumMedia": "0",
    "NumSegments": "1",
    "FromCity": "",
}
REPORT = {
    "MessageSid": texts.sid(2),
    "MessageStatus": "delivered",
    "AccountSid": cast.ACCOUNT_SID,
    "From": cast.OUR_NUMBER,
    "To": cast.LENA.phone,
}

Fields = dict[str, str] | list[tuple[str, str]]


class Caller:
    """Calls the webhook surface as a server would, without one."""

    def __init__(self, line: Leadline) -> None:
        self.line = line
        self.changes = 0
        self.waited = 0.0
        self.more_headers: list[tuple[bytes, bytes]] = []
        self.webhooks = self.webhooks_with(None)

    def webhooks_with(self, client: TwilioClient | None) -> Webhooks:
        return Webhooks(self.line, changed=self._changed, client=client)

    def _changed(self, *_ids: int, sid: str = "") -> None:
        self.changes += 1

    def post(self, path: str, fields: Fields, **how: Any) -> int:
        """Post a form, signed as Twilio would; returns the HTTP status."""
        return asyncio.run(self.call(path, fields, **how))[0]

    async def call(
        self,
        path: str,
        fields: Fields,
        *,
        method: str = "POST",
        content_type: str | None = FORM,
        signature: str | None = "right",
        token: str = cast.AUTH_TOKEN,
        body: bytes | None = None,
        query: str = "",
    ) -> tuple[int, bytes]:
        raw = urlencode(fields).encode() if body is None else body
        url = f"{self.line.settings.leadline_public_url}{path}" + (f"?{query}" if query else "")
        headers = [(b"content-type", content_type.encode())] if content_type else []
        if signature is not None:
            value = sign(url, raw, token) if signature == "right" else signature
            headers.append((b"x-twilio-signature", value.encode("latin-1")))
        scope = {
            "type": "http",
            "method": method,
            "path": path,
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "headers": [*headers, *self.more_headers],
        }
        parts = [raw[i : i + 10_000] for i in range(0, len(raw), 10_000)] or [b""]
        events = [
            {"type": "http.request", "body": part, "more_body": part is not parts[-1]} for part in parts
        ]
        sent: list[dict[str, Any]] = []

        async def receive() -> Any:
            return events.pop(0)

        async def send(event: Any) -> None:
            sent.append(event)

        if self.waited:
            answered: asyncio.Future[tuple[int, bytes, bytes]] = asyncio.get_running_loop().create_future()
            self.webhooks.take(Call.of(scope, raw, lambda: self.waited), answered.set_result)
            status, _, said = await answered
            return status, said
        await self.webhooks(scope, receive, send)
        return sent[0]["status"], sent[1].get("body", b"")

    def stored(self) -> list[str]:
        """The bodies of all stored texts."""
        with self.line.database.read() as tx:
            return [message.body for message in messages.recent(tx)]


@pytest.fixture
def caller(line: Leadline) -> Caller:
    return Caller(line)


@pytest.mark.parametrize("slash", ["", "/"])
def test_a_signed_text_is_stored_and_answered_with_empty_twiml(caller: Caller, slash: str) -> None:
    status, body = asyncio.run(caller.call(INBOUND + slash, TEXT))

    assert (status, body) == (200, b'<?xml version="1.0" encoding="UTF-8"?><Response/>')
    assert caller.stored() == ["Hi, 2+3=4 & more"]
    assert caller.changes == 1


@pytest.mark.parametrize("path", [STATUS, f"{STATUS}/", f"{STATUS}/a-token", f"{STATUS}/a-token/"])
def test_a_signed_report_is_answered_with_no_content(caller: Caller, path: str) -> None:
    assert caller.post(path, REPORT) == 204


@pytest.mark.parametrize(
    ("status", "how"),
    [
        (403, {"signature": None}),
        (403, {"signature": ""}),
        (403, {"signature": "x" * 28}),
        (403, {"signature": "ä" * 28}),
        (403, {"signature": "A" * 1_000_000}),
        (403, {"token": "another token"}),
        (405, {"method": "GET"}),
        (405, {"method": "PUT"}),
        (415, {"content_type": "application/json"}),
        (415, {"content_type": "multipart/form-data"}),
        (415, {"content_type": None}),
        (413, {"body": b"Body=" + b"x" * BODY_AT_MOST}),
        (400, {"body": b"&".join(b"a=1" for _ in range(2000)), "signature": "x" * 28}),
    ],
)
@pytest.mark.parametrize("path", [INBOUND, STATUS, f"{STATUS}/token"])
def test_what_twilio_would_not_send_is_refused_and_nothing_is_stored(
    caller: Caller, path: str, status: int, how: dict[str, Any]
) -> None:
    fields = TEXT if path == INBOUND else REPORT

    assert caller.post(path, fields, **how) == status
    assert caller.stored() == []
    assert caller.changes == 0


@pytest.mark.parametrize(
    ("status", "changes"),
    [
        (403, {"AccountSid": "AC" + "f" * 32}),
        (403, {"AccountSid": ""}),
        (403, {"To": "+15005550099"}),
        (400, {"MessageSid": "SM123"}),
        (400, {"NumMedia": "many"}),
    ],
)
def test_a_rightly_signed_text_about_others_or_out_of_shape_is_refused(
    caller: Caller, status: int, changes: dict[str, str]
) -> None:
    assert caller.post(INBOUND, TEXT | changes) == status
    assert caller.stored() == []


def test_fields_shifted_under_the_same_signature_are_refused(caller: Caller) -> None:
    """Names and values are signed without separators, so this form has the signature of TEXT."""
    shifted = {name: value for name, value in TEXT.items() if name not in ("Body", "From", "FromCity")}
    shifted["Body"] = f"{TEXT['Body']}From{cast.LENA.phone}FromCity"
    url = f"{caller.line.settings.leadline_public_url}{INBOUND}"
    signature = sign(url, urlencode(TEXT).encode(), cast.AUTH_TOKEN)
    assert signature == sign(url, urlencode(shifted).encode(), cast.AUTH_TOKEN)

    assert caller.post(INBOUND, shifted, signature=signature) == 400
    assert caller.stored() == []


def test_nobody_but_the_settings_says_what_our_address_is(caller: Caller) -> None:
    """Signed for another host, which every header claims that we are."""
    names = (b"host", b"x-forwarded-host", b"x-original-host", b"forwarded", b"x-forwarded-server")
    caller.more_headers = [(name, b"evil.example") for name in names] + [(b"x-forwarded-proto", b"https")]
    theirs = sign(f"https://evil.example{INBOUND}", urlencode(TEXT).encode(), cast.AUTH_TOKEN)

    assert caller.post(INBOUND, TEXT, signature=theirs) == 403
    assert caller.post(INBOUND, TEXT) == 200


@pytest.mark.parametrize("path", [f"{PREFIX}/nope", f"{PREFIX}/status/a/b", f"{PREFIX}x"])
def test_there_are_no_other_webhooks(caller: Caller, path: str) -> None:
    assert caller.post(path, TEXT) == 404


@pytest.mark.parametrize("query", ["a=1&b=2", "b=%27x%27&a=1+2", "a="])
def test_a_query_in_the_configured_url_is_part_of_what_is_signed(caller: Caller, query: str) -> None:
    assert caller.post(INBOUND, TEXT, query=query) == 200


def test_while_tokens_rotate_either_is_good(line: Leadline) -> None:
    settings = line.settings.model_copy(update={"twilio_auth_token_next": SecretStr("next token")})
    rotating = Leadline(settings=settings, clock=line.clock, database=line.database)
    caller = Caller(rotating)

    assert caller.post(INBOUND, TEXT) == 200
    assert caller.post(INBOUND, TEXT | {"MessageSid": texts.sid(5)}, token="next token") == 200


@pytest.mark.parametrize("missing", ["leadline_public_url", "twilio_auth_token"])
def test_without_address_or_token_every_call_is_refused(line: Leadline, missing: str) -> None:
    settings = line.settings.model_copy(update={missing: None})
    closed = Caller(Leadline(settings=settings, clock=line.clock, database=line.database))

    assert closed.post(INBOUND, TEXT, signature=sign("x", b"", "t")) == 503
    assert closed.stored() == []


@pytest.mark.parametrize("body", ["NUL \0 in it", "\u202egnp.exe", "☎️" * 800, "\ud83d\ude00", "x" * 20_000])
def test_a_strange_text_is_stored_like_any_other(caller: Caller, body: str) -> None:
    raw = urlencode(TEXT | {"Body": body.encode("utf-8", "surrogatepass").decode("utf-8", "replace")})

    assert caller.post(INBOUND, {}, body=raw.encode()) == 200
    assert len(caller.stored()) == 1


def test_twenty_deliveries_at_once_are_one_text(caller: Caller) -> None:
    async def deliver() -> list[int]:
        calls = [caller.call(INBOUND, TEXT) for _ in range(20)]
        return [status for status, _ in await asyncio.gather(*calls)]

    assert asyncio.run(deliver()) == [200] * 20
    assert len(caller.stored()) == 1


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for a lock no longer than a test should take. Ask for it before the database is opened."""
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.05)


@pytest.mark.usefixtures("impatient")
def test_a_locked_database_is_a_503_and_never_a_2xx_without_the_row(
    settings: Callable[..., Settings], database_url: str, clock: Clock
) -> None:
    with Leadline.open(settings(leadline_database_url=database_url), clock=clock) as line:
        _refuse_then_store(Caller(line))


def _refuse_then_store(caller: Caller) -> None:
    with caller.line.database.write() as tx:
        if not caller.line.database.is_sqlite:  # There the open transaction is the lock.
            tx.exec_driver_sql("LOCK TABLE messages, evidence")
        assert caller.post(INBOUND, TEXT) == 503
        assert caller.post(STATUS, REPORT) == 503

    assert caller.stored() == []
    assert caller.post(INBOUND, TEXT) == 200
    assert caller.stored() == [TEXT["Body"]]


def test_one_bad_item_does_not_fail_its_neighbours(caller: Caller) -> None:
    """A batch with an item that breaks a use case is taken apart."""
    original: Callable[..., object] = caller.line.receive

    def breaks_on_poison(tx: object, items: list[object], *, now: object) -> object:
        if any(getattr(item, "body", "") == "poison" for item in items):
            raise RuntimeError("poison")
        return original(tx, items, now=now)

    caller.line.receive = breaks_on_poison  # type: ignore[assignment]

    async def deliver() -> list[int]:
        bodies = ["one", "poison", "two"]
        calls = [
            caller.call(INBOUND, TEXT | {"Body": body, "MessageSid": texts.sid(n)})
            for n, body in enumerate(bodies)
        ]
        return [status for status, _ in await asyncio.gather(*calls)]

    assert asyncio.run(deliver()) == [200, 500, 200]
    assert sorted(caller.stored()) == ["one", "two"]


def test_calls_that_come_together_fare_each_on_its_own(
    caller: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In one turn of the loop, and at different steps of the way."""

    def fails_on(text: str) -> bool:
        if text == "poison":
            raise RuntimeError("poison")
        return False

    monkeypatch.setattr(webhooks, "is_opt_in_message", fails_on)
    odd: list[dict[str, Any]] = [
        {"content_type": "text/plain"},
        {"signature": "forged"},
        {"fields": TEXT | {"NumMedia": "many"}},
        {"fields": TEXT | {"Body": "poison"}},
        {"path": STATUS, "fields": REPORT},
        {"path": f"{PREFIX}/elsewhere"},
        {},
    ]

    async def deliver() -> list[int]:
        calls = [caller.call(**({"path": INBOUND, "fields": TEXT} | each)) for each in odd]
        return [status for status, _ in await asyncio.gather(*calls)]

    assert asyncio.run(deliver()) == [415, 403, 400, 500, 204, 404, 200]
    assert caller.stored() == [TEXT["Body"]]


def test_who_cannot_be_answered_takes_no_answer_from_others(
    caller: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    take = caller.webhooks.take

    def take_first_from_somebody_gone(call: Call, reply: Callable[[Any], object]) -> None:
        def hang_up(_answer: object) -> None:
            raise ConnectionError("gone")

        take(call._replace(body=urlencode(TEXT | {"MessageSid": texts.sid(3)}).encode()), hang_up)
        take(call, reply)

    monkeypatch.setattr(caller.webhooks, "take", take_first_from_somebody_gone)
    assert caller.post(INBOUND, TEXT) == 200


def opted_out(line: Leadline) -> bool:
    with line.database.read() as tx:
        [thread] = conversations.everyone(tx)
    return thread.consent == "opted_out"


@pytest.mark.parametrize(
    "said", [{"Body": "START"}, {"Body": "please text me again"}, {"Body": "OUI", "OptOutType": "START"}]
)
def test_an_opt_in_that_has_lain_unread_is_left_to_twilios_list(
    caller: Caller, clock: Clock, said: Fields
) -> None:
    """The STOP that followed it has been heard by another process meanwhile."""
    caller.post(INBOUND, TEXT | {"Body": "STOP"})
    clock.advance(REPEATED_FOR + timedelta(seconds=1))
    late = TEXT | dict(said) | {"MessageSid": texts.sid(3)}

    caller.waited = FRESH_SECONDS + 1
    assert caller.post(INBOUND, late) == 503
    assert opted_out(caller.line)
    assert caller.stored() == ["STOP"]
    caller.waited = FRESH_SECONDS - 1
    assert caller.post(INBOUND, late) == 200
    assert not opted_out(caller.line)


NINE, TEN = "Wed, 18 Mar 2026 16:00:09 +0000", "Wed, 18 Mar 2026 16:00:10 +0000"
START = TEXT | {"Body": "START", "MessageSid": texts.sid(3)}


@pytest.mark.parametrize(("start", "is_out"), [(TEN, False), (NINE, True)])
def test_a_start_right_behind_a_stop_is_stored_once_twilio_told_the_order(
    caller: Caller, start: str, is_out: bool
) -> None:
    """It may have been sent before the STOP, and be a repetition."""
    caller.webhooks = caller.webhooks_with(TwilioWithTimes({texts.sid(1): NINE, texts.sid(3): start}))
    caller.post(INBOUND, TEXT | {"Body": "STOP"})
    caller.changes = 0

    assert asyncio.run(caller.call(INBOUND, START)) == (200, EMPTY_TWIML[2])
    assert opted_out(caller.line) is is_out
    assert sorted(caller.stored()) == ["START", "STOP"]
    assert caller.changes == 1
    assert caller.line.counters.webhooks["inbound", 200] == 2


@pytest.mark.parametrize(
    "twilio",
    [None, TwilioWithTimes({}), TwilioWithTimes({}, TwilioError("No answer."))],
    ids=["nobody to ask", "unknown to Twilio", "no answer"],
)
def test_a_start_whose_order_nobody_tells_is_left_to_twilios_list(
    caller: Caller, twilio: TwilioWithTimes | None
) -> None:
    caller.webhooks = caller.webhooks_with(twilio)
    caller.post(INBOUND, TEXT | {"Body": "STOP"})

    assert caller.post(INBOUND, START) == 503
    assert opted_out(caller.line)
    assert caller.stored() == ["STOP"]
    assert caller.line.counters.rejects["unordered"] == 1


def test_a_fault_while_asking_for_the_order_is_answered(caller: Caller) -> None:
    caller.webhooks = caller.webhooks_with(TwilioWithTimes({}, RuntimeError("a fault of ours")))
    caller.post(INBOUND, TEXT | {"Body": "STOP"})

    assert caller.post(INBOUND, START) == 500
    assert caller.stored() == ["STOP"]


def test_anything_else_is_stored_however_late_it_is(caller: Caller) -> None:
    caller.waited = FRESH_SECONDS * 100
    for number, body in enumerate(("STOP", "Hi there", "HELP"), 1):
        text = TEXT | {"Body": body, "MessageSid": texts.sid(number)}
        assert caller.post(INBOUND, text) == 200
    assert opted_out(caller.line)
    assert caller.post(STATUS, REPORT) == 204


STRANGE = ["\x00", "a\x00b", "\ud83d", "\uffff", "\u202e", "x" * 5000, "\x1b[31m", "9" * 20, "-1", ""]


@pytest.mark.parametrize("strange", STRANGE, ids=ascii)
@pytest.mark.parametrize(
    ("path", "form", "name"),
    [
        *(
            (INBOUND, TEXT, name)
            for name in ("Body", "From", "NumMedia", "NumSegments", "MessageSid", "MediaUrl0")
        ),
        *((STATUS, REPORT, name) for name in ("MessageStatus", "ErrorCode", "To", "MessageSid")),
    ],
)
def test_no_value_of_a_signed_form_is_a_fault_of_ours(
    caller: Caller, path: str, form: dict[str, str], name: str, strange: str
) -> None:
    raw = urlencode(form | {name: strange}, errors="surrogatepass").encode()

    assert caller.post(path, {}, body=raw) in (200, 204, 400)
