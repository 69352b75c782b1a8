"""Everything a caller can get wrong: which status, which code, which field."""

import json
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from leadline.app import Leadline
from leadline.web.api import BODY_AT_MOST
from leadline.web.problems import MEDIA_TYPE
from tests import texts
from tests.web.conftest import Answer, Client, token

LEADS = "/api/admin/leads"
SMS = f"{LEADS}/1/sms"
HALF = "\ud83d"
CALLBACK = {"template": "callback_reminder"}
TOO_LARGE = 2**63

Case = tuple[str, str, Any, int, str, str | None]  # method, path, body, status, code, field

BAD_FIELDS: list[Case] = [
    ("POST", LEADS, {}, 422, "missing", "name"),
    ("POST", LEADS, {"name": ""}, 422, "name_missing", "name"),
    ("POST", LEADS, {"name": " \u200b\0"}, 422, "name_missing", "name"),
    ("POST", LEADS, {"name": "x" * 201}, 422, "too_long", "name"),
    ("POST", LEADS, {"name": 5}, 422, "string_type", "name"),
    ("POST", LEADS, {"name": "Lena", "phone": "12"}, 422, "phone_invalid", "phone"),
    ("POST", LEADS, {"name": "Lena", "phone": "+13035550142 x12"}, 422, "phone_invalid", "phone"),
    ("POST", LEADS, {"name": "Lena", "email": "lena"}, 422, "email_invalid", "email"),
    ("POST", LEADS, {"name": "Lena", "stage": "hot"}, 422, "stage_unknown", "stage"),
    ("POST", LEADS, {"name": "Lena", "time_zone": "Mars/Base"}, 422, "time_zone_unknown", "time_zone"),
    ("POST", LEADS, {"name": "Lena", "time_zone": "../x"}, 422, "time_zone_unknown", "time_zone"),
    ("POST", LEADS, {"name": "Lena", "owner_id": 99}, 422, "owner_unknown", "owner_id"),
    ("POST", LEADS, {"name": "Lena", "owner_id": TOO_LARGE}, 422, "less_than_equal", "owner_id"),
    ("POST", LEADS, {"name": "Lena", "fields": {"a": 1}}, 422, "string_type", "fields.a"),
    ("POST", LEADS, {"name": "Lena", "fields": {"a": HALF}}, 422, "string_unicode", "fields.a"),
    ("POST", LEADS, {"name": "Lena", "nmae": "x"}, 422, "extra_forbidden", "nmae"),
    ("POST", LEADS, {"name": "Lena", HALF: 1}, 422, "string_unicode", "body"),
    ("PATCH", f"{LEADS}/1", {"name": None}, 422, "string_type", "name"),
    ("PATCH", f"{LEADS}/1", {"name": ""}, 422, "name_missing", "name"),
    ("PATCH", f"{LEADS}/1", {"fields": None}, 422, "dict_type", "fields"),
    ("GET", f"{LEADS}?limit=0", None, 422, "greater_than_equal", "limit"),
    ("GET", f"{LEADS}?limit=201", None, 422, "less_than_equal", "limit"),
    ("GET", f"{LEADS}?after=x", None, 422, "int_parsing", "after"),
    ("GET", f"{LEADS}?search=%00", None, 422, "string_pattern_mismatch", "search"),
    ("GET", f"{LEADS}?stage={'x' * 201}", None, 422, "string_too_long", "stage"),
    ("GET", f"{LEADS}/{TOO_LARGE}", None, 422, "less_than_equal", "lead_id"),
    ("GET", f"{LEADS}/x", None, 422, "int_parsing", "lead_id"),
    ("GET", "/api/admin/messages?status=%00", None, 422, "string_pattern_mismatch", "status"),
    ("GET", "/api/admin/conversations?before=9-9-9", None, 422, "string_pattern_mismatch", "before"),
    ("POST", SMS, {}, 422, "body_or_template", "body"),
    ("POST", SMS, {"body": "Hi", "template": "follow_up"}, 422, "body_or_template", "body"),
    ("POST", SMS, {"body": ""}, 422, "text_invalid", "body"),
    ("POST", SMS, {"body": " \n\u200b"}, 422, "text_invalid", "body"),
    ("POST", SMS, {"body": "\0\0"}, 422, "text_invalid", "body"),
    ("POST", SMS, {"body": "x" * 1601}, 422, "text_invalid", "body"),
    ("POST", SMS, {"body": "x" * 100_000}, 422, "text_invalid", "body"),
    ("POST", SMS, {"body": "\U0001f60a" * 801}, 422, "text_invalid", "body"),
    ("POST", SMS, {"body": HALF}, 422, "text_invalid", "body"),
    ("POST", SMS, {"body": ["Hi"]}, 422, "string_type", "body"),
    ("POST", SMS, {"template": "nothing"}, 422, "template_unknown", "template"),
    ("POST", SMS, {"template": "no\0thing"}, 422, "string_pattern_mismatch", "template"),
    ("POST", SMS, {"template": "callback_reminder"}, 422, "template_variables_missing", "variables"),
    (
        "POST",
        SMS,
        {"template": "callback_reminder", "variables": {"callback_time": "x" * 1600}},
        422,
        "text_invalid",
        "template",
    ),
    ("POST", SMS, CALLBACK | {"variables": {"callback_time": []}}, 422, "template_invalid", "variables"),
    ("POST", SMS, CALLBACK | {"variables": {"callback_time": HALF}}, 422, "template_invalid", "body"),
    ("POST", SMS, CALLBACK | {"variables": {HALF: "x"}}, 422, "string_unicode", None),
    ("POST", SMS, {"body": "Hi", "variables": []}, 422, "dict_type", "variables"),
    (
        "POST",
        SMS,
        {"body": "Hi", "media_urls": ["http://example.com/a.jpg"]},
        422,
        "media_url_invalid",
        "media_urls",
    ),
    ("POST", SMS, {"body": "Hi", "media_urls": ["/a.jpg"]}, 422, "media_url_invalid", "media_urls"),
    ("POST", SMS, {"body": "Hi", "media_urls": ["https://"]}, 422, "media_url_invalid", "media_urls"),
    ("POST", SMS, {"body": "Hi", "media_urls": ["https://[x/"]}, 422, "media_url_invalid", "media_urls"),
    ("POST", SMS, {"body": "Hi", "media_urls": ["https://a.b:x/"]}, 422, "media_url_invalid", "media_urls"),
    ("POST", SMS, {"body": "Hi", "media_urls": ["https://a.b/\0"]}, 422, "media_url_invalid", "media_urls"),
    ("POST", SMS, {"body": "Hi", "media_urls": ["https://a.b/"] * 11}, 422, "media_too_many", "media_urls"),
    ("POST", SMS, {"body": "Hi", "send_at": "2026-03-18T10:00"}, 422, "timezone_aware", "send_at"),
    ("POST", SMS, {"body": "Hi", "send_at": "soon"}, 422, "datetime_from_date_parsing", "send_at"),
    ("POST", SMS, {"body": "Hi", "send_at": "2036-03-18T10:00Z"}, 422, "send_at_too_far", "send_at"),
    ("PUT", "/api/admin/templates/x", {"body": "{% if %}"}, 422, "template_invalid", "body"),
    ("PUT", "/api/admin/templates/x", {"body": "x" * 9000}, 422, "template_invalid", "body"),
    ("PUT", "/api/admin/templates/x", {"body": "\0"}, 422, "string_pattern_mismatch", "body"),
    ("PUT", "/api/admin/templates/x", {"body": "Hi", "category": "spam"}, 422, "literal_error", "category"),
    ("PUT", "/api/admin/templates/x%20y", {"body": "Hi"}, 422, "string_pattern_mismatch", "name"),
]

BAD_ADDRESSES: list[tuple[str, str, int, str]] = [
    ("GET", f"{LEADS}/99", 404, "not_found"),
    ("PATCH", f"{LEADS}/99", 404, "not_found"),
    ("POST", f"{LEADS}/99/sms", 404, "not_found"),
    ("GET", f"{LEADS}/99/messages", 404, "not_found"),
    ("GET", "/api/admin/messages/99", 404, "not_found"),
    ("POST", "/api/admin/messages/99/cancel", 404, "not_found"),
    ("POST", "/api/admin/messages/99/send-again", 404, "not_found"),
    ("POST", "/api/admin/messages/99/leave", 404, "not_found"),
    ("GET", "/api/admin/templates/nothing", 404, "not_found"),
    ("GET", "/api/admin/nothing", 404, "not_found"),
    ("GET", "/api/admin/docs", 404, "not_found"),
    ("DELETE", f"{LEADS}/1", 405, "method_not_allowed"),
    ("GET", SMS, 405, "method_not_allowed"),
]


@pytest.fixture(autouse=True)
def _a_lead(line: Leadline) -> None:
    texts.add_lena(line)


def problem(answer: Answer) -> dict[str, Any]:
    """The problem document that an answer is."""
    assert answer.header("content-type") == MEDIA_TYPE
    found: dict[str, Any] = answer.json
    assert {"type", "title", "status", "detail", "code"} <= found.keys()
    assert found["status"] == answer.status
    return found


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "code", "field"),
    BAD_FIELDS,
    ids=lambda value: ascii(value)[:40] if isinstance(value, dict | str) else None,
)
def test_a_bad_field_is_named(
    api: Client, method: str, path: str, body: Any, status: int, code: str, field: str | None
) -> None:
    answer = api.send(method, path, body)
    found = problem(answer)
    assert answer.status == status
    assert (code, field) in [(fault["code"], field and fault["field"]) for fault in found["errors"]], found


@pytest.mark.parametrize(("method", "path", "status", "code"), BAD_ADDRESSES)
def test_a_bad_address_is_a_problem_too(api: Client, method: str, path: str, status: int, code: str) -> None:
    answer = api.send(method, path, {"body": "Hi"} if method == "POST" else {})
    assert (answer.status, problem(answer)["code"]) == (status, code)


@pytest.mark.parametrize("key", ["", "x" * 256, "a\tb", "\xe9", "a\x7f"])
def test_a_key_of_odd_characters_is_refused(api: Client, key: str) -> None:
    found = problem(api.send("POST", SMS, {"body": "Hi"}, idempotency_key=key))
    assert (found["status"], found["code"]) == (400, "idempotency_key_invalid")
    assert found["errors"][0]["field"] == "Idempotency-Key"


@pytest.mark.parametrize(
    ("body", "content_type", "status", "code"),
    [
        (b"{", "application/json", 400, "json_invalid"),
        (b"\xff", "application/json", 400, "bad_request"),
        (b"[" * 100_000, "application/json", 400, "bad_request"),
        (b"1" * 5_000, "application/json", 400, "bad_request"),
        (b'{"body": "Hi"}', "text/plain", 415, "not_json"),
        (b"body=Hi", "application/x-www-form-urlencoded", 415, "not_json"),
        (b"[]", "application/json", 422, "invalid"),
        (b"null", "application/json", 422, "invalid"),
        (b"", "application/json", 422, "invalid"),
        (b'{"body": "' + b"x" * BODY_AT_MOST + b'"}', "application/json", 413, "too_large"),
    ],
)
def test_a_body_that_is_none_is_refused(
    api: Client, body: bytes, content_type: str, status: int, code: str
) -> None:
    answer = api.having(content_type=content_type).call("POST", SMS, body)
    assert (answer.status, problem(answer)["code"]) == (status, code)


def test_half_a_character_in_a_name_is_shown_as_lost(api: Client) -> None:
    added = api.send("POST", LEADS, {"name": f"Lena {HALF}"})
    assert (added.status, added.json["name"]) == (201, "Lena \ufffd")


@pytest.mark.parametrize(
    "body",
    [
        "a\0b",
        "\u202egnp.exe",
        "\u2066x",
        "x" * 1600,
        "\U0001f60a" * 800,
        "{{ name }}",
        "<script>",
        "\r\n.",
        "NaN",
    ],
)
def test_an_odd_text_is_no_fault(api: Client, body: str) -> None:
    assert api.send("POST", SMS, {"body": body}).status == 202


def test_nothing_of_what_was_sent_comes_back(api: Client) -> None:
    secret = "4111111111111111"
    for body in (
        {"body": {"x": secret}},
        {"send_at": secret},
        {"media_urls": [secret]},
        {"template": [secret]},
    ):
        answer = api.send("POST", SMS, body)
        assert answer.status == 422
        assert secret not in answer.text


def test_nobody_comes_in_without_a_token(anyone: Client, line: Leadline) -> None:
    right = token(line)
    for header in ("", "Bearer", "Bearer ", f"Basic {right}", f"Bearer {right}x", "Bearer \xff", right):
        answer = anyone.get(LEADS, authorization=header)
        assert (answer.status, problem(answer)["code"]) == (401, "unauthorized"), header
        assert (answer.header("www-authenticate") or "").startswith("Bearer")


def test_a_database_that_does_not_answer_is_a_503(
    api: Client, line: Leadline, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_: object) -> None:
        raise OperationalError("SELECT", {}, Exception("host db.internal is gone"))

    monkeypatch.setattr(line.database._reader, "connect", gone)
    monkeypatch.setattr(line.database._reader, "begin", gone)
    answer = api.get(LEADS)
    found = problem(answer)
    assert (answer.status, found["code"], answer.header("retry-after")) == (503, "store_unavailable", "5")
    assert "db.internal" not in answer.text


def test_a_fault_of_ours_is_a_500_that_tells_nothing(
    api: Client, line: Leadline, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("the secret sauce")

    monkeypatch.setattr(line, "queue", broken)
    answer = api.send("POST", SMS, {"body": "Hi"})
    assert (answer.status, problem(answer)["code"]) == (500, "internal")
    assert "sauce" not in answer.text


def test_an_unfinished_setup_is_said_plainly(
    api: Client, line: Leadline, monkeypatch: pytest.MonkeyPatch
) -> None:
    bare = line.settings.model_copy(update={"twilio_phone_number": None})
    monkeypatch.setattr(line, "settings", bare)
    found = problem(api.send("POST", SMS, {"body": "Hi"}))
    assert (found["status"], found["code"]) == (503, "settings")
    assert "TWILIO_PHONE_NUMBER" in found["detail"]


def test_refusals_can_be_read_where_only_ascii_can(api: Client) -> None:
    body = json.dumps({"name": "Lena", "\U0001f60a" * 200: 1}).encode()
    answer = api.having(content_type="application/json").call("POST", LEADS, body)
    assert len(problem(answer)["errors"][0]["field"]) <= 100
