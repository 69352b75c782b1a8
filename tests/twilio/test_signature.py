"""The signature check, against Twilio's published vectors and against its own SDK."""

import hashlib
import json
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadline.errors import PayloadError
from leadline.twilio.signature import (
    Params,
    genuine,
    parse_form,
    sign,
    validate_webhook_signature,
    verify_webhook_signature,
)

RequestValidator: Any = pytest.importorskip("twilio.request_validator").RequestValidator
VECTORS = json.loads((Path(__file__).parents[1] / "data" / "twilio-vectors.json").read_text())["signature"]
TOKEN = "0123456789abcdef0123456789abcdef"
URL = "https://sms.example.com/webhooks/twilio/status"
REPORT = [
    ("SmsSid", "SM00000000000000000000000000000002"),
    ("MessageStatus", "delivered"),
    ("To", "+14155550100"),
    ("FromCity", ""),
]
JSON_BODY = b'{"property": "value", "boolean": true}'
JSON_URL = f"https://sms.example.com/hook?bodySHA256={hashlib.sha256(JSON_BODY).hexdigest()}"


def params_of(vector: dict[str, Any]) -> Params:
    if "raw_body" in vector:
        return str(vector["raw_body"]).encode()
    return [(name, value) for name, value in vector.get("post_params", [])]


@pytest.mark.parametrize("vector", VECTORS["vectors"] + VECTORS["derived"], ids=lambda vector: vector["id"])
def test_every_published_vector_is_judged_as_twilio_judges_it(vector: dict[str, Any]) -> None:
    verdict = verify_webhook_signature(
        vector["request_url"], params_of(vector), vector["signature"], vector["auth_token"]
    )
    assert verdict is vector["should_validate"]


@pytest.mark.parametrize("vector", VECTORS["node_property_tests"], ids=lambda vector: vector["request_url"])
def test_urls_that_twilio_may_have_written_otherwise_still_match(vector: dict[str, Any]) -> None:
    assert sign(vector["signed_url"], None, vector["auth_token"]) == vector["signature"]
    verdict = verify_webhook_signature(vector["request_url"], [], vector["signature"], vector["auth_token"])
    assert verdict is vector["should_validate"]


@pytest.mark.parametrize(
    "vector",
    [v for v in VECTORS["vectors"] if v["should_validate"] and "signed_url" in v],
    ids=lambda vector: vector["id"],
)
def test_signing_gives_the_published_signature(vector: dict[str, Any]) -> None:
    assert sign(vector["signed_url"], params_of(vector), vector["auth_token"]) == vector["signature"]


@pytest.mark.parametrize("vector", VECTORS["body_hash"], ids=lambda vector: vector["sha256_hex"][:8])
def test_a_json_body_must_be_the_one_that_was_hashed(vector: dict[str, Any]) -> None:
    url = f"https://sms.example.com/hook?bodySHA256={vector['sha256_hex']}"
    body = vector["raw_body"].encode()
    signature = sign(url, body, TOKEN)
    assert verify_webhook_signature(url, body, signature, TOKEN)
    assert not verify_webhook_signature(url, body + b" ", signature, TOKEN)


@pytest.mark.parametrize(
    "params",
    [
        pytest.param(urlencode(REPORT).encode(), id="raw body"),
        pytest.param(REPORT, id="pairs"),
        pytest.param(dict(REPORT), id="mapping"),
        pytest.param({name: [value] for name, value in REPORT}, id="mapping of lists"),
        pytest.param(list(reversed(REPORT)), id="any order"),
    ],
)
def test_the_fields_may_come_in_any_shape(params: Params) -> None:
    assert verify_webhook_signature(URL, params, sign(URL, REPORT, TOKEN), TOKEN)


@pytest.mark.parametrize("nothing", [None, [], {}, b""], ids=repr)
def test_a_request_without_fields_is_signed_by_its_url_alone(nothing: Params) -> None:
    assert verify_webhook_signature(URL, nothing, sign(URL, None, TOKEN), TOKEN)


def test_a_repeated_field_is_signed_once_for_each_value_in_order_of_value() -> None:
    once = [("Digits", "1234"), ("Digits", "5678"), ("Sid", "CA123"), ("SidAccount", "AC123")]
    repeated = [("Digits", "5678"), ("Digits", "1234"), ("Digits", "1234"), *once[2:]]
    assert sign(URL, repeated, TOKEN) == sign(URL, once, TOKEN)
    assert verify_webhook_signature(URL, repeated, sign(URL, repeated, TOKEN), TOKEN)


@pytest.mark.parametrize(
    "signature",
    [None, "", " ", "x", "é" * 28, "=" * 28, "A" * 27, "A" * 1_000_000, "\ud83d" + "A" * 27, "A" * 27 + "\0"],
    ids=lambda value: repr(value)[:12],
)
def test_a_header_that_is_no_signature_is_refused_without_a_fault(signature: str | None) -> None:
    assert not verify_webhook_signature(URL, REPORT, signature, TOKEN)
    assert not genuine(URL, REPORT, signature, [TOKEN])


@pytest.mark.parametrize("token", ["", " ", (), ("",), ("", "\t")], ids=repr)
def test_a_blank_token_matches_nothing(token: str | tuple[str, ...]) -> None:
    assert not verify_webhook_signature(URL, REPORT, sign(URL, REPORT, ""), token)
    assert not verify_webhook_signature(URL, REPORT, sign(URL, REPORT, " "), token)


def test_either_token_is_good_while_one_replaces_the_other() -> None:
    tokens = (TOKEN, "f" * 32)
    assert verify_webhook_signature(URL, REPORT, sign(URL, REPORT, "f" * 32), tokens)
    assert verify_webhook_signature(URL, REPORT, sign(URL, REPORT, TOKEN), tokens)
    assert not verify_webhook_signature(URL, REPORT, sign(URL, REPORT, "e" * 32), tokens)


@pytest.mark.parametrize(
    ("signed", "called"),
    [
        ("https://sms.example.com/hook", "https://sms.example.com:443/hook"),
        ("https://sms.example.com:443/hook", "https://sms.example.com/hook"),
        ("http://sms.example.com:80/hook", "http://sms.example.com/hook"),
        ("https://sms.example.com/hook", "https://sms.example.com:8443/hook"),
        ("https://[2001:db8::1]/hook", "https://[2001:db8::1]:8443/hook"),
        ("https://[2001:db8::1]:443/hook", "https://[2001:db8::1]/hook"),
        ("https://sms.example.com/hook", "https://user:secret@sms.example.com/hook"),
        ("https://sms.example.com/hook", "https://user:secret@sms.example.com:8443/hook"),
        ("https://user:secret@sms.example.com/hook", "https://user:secret@sms.example.com:443/hook"),
        ("https://sms.example.com/hook?name=O'Neil", "https://sms.example.com:443/hook?name=O%27Neil"),
        ("https://sms.example.com/hook?name=O%27Neil", "https://sms.example.com/hook?name=O'Neil"),
        ("https://sms.example.com/hook?", "https://sms.example.com/hook?"),
        ("https://sms.example.com/hook", "https://sms.example.com/hook#rc=5&rp=all"),
    ],
)
def test_ports_users_apostrophes_and_fragments_do_not_decide(signed: str, called: str) -> None:
    assert verify_webhook_signature(called, REPORT, sign(signed, REPORT, TOKEN), TOKEN)


@pytest.mark.parametrize(
    "called",
    [
        "http://sms.example.com/hook?a=1&b=2",
        "https://SMS.example.com/hook?a=1&b=2",
        "https://sms.example.com/hook/?a=1&b=2",
        "https://sms.example.com//hook?a=1&b=2",
        "https://sms.example.com/hook?b=2&a=1",
        "https://sms.example.com/hook?a=1&b=2&",
        "https://sms.example.com/hook?a=1&b=%32",
        "https://sms.example.com.evil.example/hook?a=1&b=2",
        "https://evil.example/@sms.example.com/hook?a=1&b=2",
        "/hook?a=1&b=2",
        "https://[/hook?a=1&b=2",
        "",
    ],
)
def test_another_address_does_not_match(called: str) -> None:
    signature = sign("https://sms.example.com/hook?a=1&b=2", REPORT, TOKEN)
    assert not verify_webhook_signature(called, REPORT, signature, TOKEN)


@pytest.mark.parametrize(
    "changed",
    [
        REPORT[:-1],
        [*REPORT, ("Extra", "")],
        [*REPORT, ("Extra", "1")],
        [*REPORT[:1], ("MessageStatus", "failed"), *REPORT[2:]],
        [*REPORT[:1], ("MessageStatus", "delivered "), *REPORT[2:]],
        [*REPORT[:1], ("messageStatus", "delivered"), *REPORT[2:]],
        [("To", "\ud83d")],
    ],
    ids=["blank dropped", "blank added", "added", "changed", "not trimmed", "other case", "lone surrogate"],
)
def test_changed_fields_do_not_match(changed: list[tuple[str, str]]) -> None:
    signature = sign(URL, REPORT, TOKEN)
    assert not verify_webhook_signature(URL, changed, signature, TOKEN)
    assert not genuine(URL, changed, signature, [TOKEN])


def test_a_json_body_without_its_hash_in_the_url_is_refused() -> None:
    assert not verify_webhook_signature(URL, JSON_BODY, sign(URL, None, TOKEN), TOKEN)


@pytest.mark.parametrize("params", [[], {}, None, REPORT, b"Body=swapped"], ids=repr)
def test_a_url_with_a_body_hash_needs_the_body_that_was_hashed(params: Params) -> None:
    signature = sign(JSON_URL, JSON_BODY, TOKEN)
    assert verify_webhook_signature(JSON_URL, JSON_BODY, signature, TOKEN)
    assert not verify_webhook_signature(JSON_URL, params, signature, TOKEN)
    assert not genuine(JSON_URL, [], signature, [TOKEN])


def test_fields_that_are_not_text_are_refused() -> None:
    hostile: Any = {"NumMedia": 0}
    assert not verify_webhook_signature(URL, hostile, sign(URL, REPORT, TOKEN), TOKEN)


def test_a_missing_value_is_signed_as_a_blank_one() -> None:
    absent: Any = {"Digits": None}
    assert verify_webhook_signature(URL, absent, sign(URL, [("Digits", "")], TOKEN), TOKEN)


def test_both_names_of_the_check_are_one_function() -> None:
    assert validate_webhook_signature is verify_webhook_signature


def test_a_form_keeps_blanks_order_and_repeats() -> None:
    body = b"Body=&To=%2B1+2&A=2&A=1&Emoji=%F0%9F%98%80&Bad=%FF"
    assert parse_form(body) == [
        ("Body", ""),
        ("To", "+1 2"),
        ("A", "2"),
        ("A", "1"),
        ("Emoji", "😀"),
        ("Bad", "\ufffd"),
    ]


def test_a_form_of_a_hundred_thousand_fields_is_refused() -> None:
    body = b"&".join(b"a=1" for _ in range(100_000))
    with pytest.raises(PayloadError):
        parse_form(body)
    assert not verify_webhook_signature(URL, body, "A" * 28, TOKEN)


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
FIELDS = st.lists(st.tuples(TEXT, TEXT), max_size=8)
HOSTS = st.sampled_from(["sms.example.com", "sms.example.com:8443", "Example.COM:443", "localhost:80"])
URLS = st.builds(
    "{}://{}{}".format,
    st.sampled_from(["http", "https"]),
    HOSTS,
    st.sampled_from(["/", "/a//b", "/hook?x=1&y=%20", "/año?q=ñ", "/hook?a=b&a=c"]),
)


def grouped(fields: list[tuple[str, str]]) -> dict[str, list[str]]:
    names = dict.fromkeys(name for name, _ in fields)
    return {name: [value for other, value in fields if other == name] for name in names}


class Form(dict[str, list[str]]):
    """The one shape in which the SDK reads repeated fields."""

    def getlist(self, name: str) -> list[str]:
        return self[name]


@given(URLS, FIELDS, TEXT.filter(str.strip))
def test_we_sign_what_the_official_sdk_signs(url: str, fields: list[tuple[str, str]], token: str) -> None:
    official = RequestValidator(token).compute_signature(url, Form(grouped(fields)))
    assert sign(url, fields, token) == official


@given(URLS, URLS, FIELDS, FIELDS)
def test_we_accept_and_refuse_what_the_official_sdk_does(
    signed_url: str, called_url: str, signed: list[tuple[str, str]], got: list[tuple[str, str]]
) -> None:
    signature = sign(signed_url, signed, TOKEN)
    for fields in (signed, got):
        official = RequestValidator(TOKEN).validate(called_url, Form(grouped(fields)), signature)
        assert verify_webhook_signature(called_url, fields, signature, TOKEN) is official


@given(st.text(max_size=60), st.binary(max_size=60), st.text(max_size=40))
def test_nothing_hostile_is_accepted_or_raises(url: str, body: bytes, signature: str) -> None:
    assert not verify_webhook_signature(url, body, signature, TOKEN)
