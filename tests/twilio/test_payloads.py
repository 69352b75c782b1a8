"""What we read from Twilio's webhooks."""

import contextlib
import json
from dataclasses import fields, replace
from pathlib import Path
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadline.errors import PayloadError
from leadline.twilio.payloads import (
    INBOUND_TEXTS,
    STATUS_TEXTS,
    DeliveryStatus,
    InboundSms,
    Media,
    parse_delivery_status,
    parse_inbound_sms,
    parse_incoming_sms,
)

VECTORS = json.loads((Path(__file__).parents[1] / "data" / "twilio-vectors.json").read_text())
SID = "SM" + "0a" * 16
ACCOUNT = "AC" + "1b" * 16
INBOUND = {
    "MessageSid": SID,
    "SmsSid": SID,
    "AccountSid": ACCOUNT,
    "From": "+13035550142",
    "To": "+15005550006",
    "Body": "Is Saturday still good?",
    "NumMedia": "0",
    "NumSegments": "1",
}
REPORT = {
    "MessageSid": SID,
    "MessageStatus": "delivered",
    "AccountSid": ACCOUNT,
    "From": "+15005550006",
    "To": "+13035550142",
}


def test_an_inbound_text_is_read() -> None:
    text = parse_inbound_sms(INBOUND | {"FromCity": "DENVER", "ToCity": "", "MessagingServiceSid": "MG1"})
    assert text.message_sid == SID
    assert text.account_sid == ACCOUNT
    assert (text.from_, text.to) == ("+13035550142", "+15005550006")
    assert text.body == "Is Saturday still good?"
    assert (text.num_media, text.num_segments, text.media) == (0, 1, ())
    assert (text.from_city, text.to_city) == ("DENVER", None)
    assert text.messaging_service_sid == "MG1"
    assert (text.channel, text.from_address) == ("sms", "+13035550142")
    assert text.unknown == {}


@pytest.mark.parametrize("name", ["inbound_sms", "inbound_mms"])
def test_every_field_twilio_was_seen_to_send_is_known(name: str) -> None:
    seen = {field.rstrip("?"): "1" for field in VECTORS["observed_payload_field_order"][name]}
    assert parse_inbound_sms(seen | INBOUND).unknown == {}


def test_every_known_text_field_reaches_its_own_attribute() -> None:
    text = parse_inbound_sms(INBOUND | {name: f"value of {name}" for name, _ in INBOUND_TEXTS})
    report = parse_delivery_status(REPORT | {name: f"value of {name}" for name, _ in STATUS_TEXTS})
    for parsed, table in ((text, INBOUND_TEXTS), (report, STATUS_TEXTS)):
        assert {ours: getattr(parsed, ours) for _, ours in table} == {
            ours: f"value of {name}" for name, ours in table
        }
        assert parsed.unknown == {}


def test_no_attribute_is_left_out_of_the_tables() -> None:
    for kind, table in ((InboundSms, INBOUND_TEXTS), (DeliveryStatus, STATUS_TEXTS)):
        optional = {field.name for field in fields(kind) if field.default is None}
        assert optional - {"error_code", "date_sent"} == {ours for _, ours in table}


@pytest.mark.parametrize(
    "params",
    [urlencode(INBOUND).encode(), list(INBOUND.items()), INBOUND, {k: [v] for k, v in INBOUND.items()}],
    ids=["raw body", "pairs", "mapping", "mapping of lists"],
)
def test_the_fields_may_come_in_any_shape(params: bytes) -> None:
    assert parse_inbound_sms(params) == parse_inbound_sms(INBOUND)


def test_fields_twilio_adds_later_are_kept() -> None:
    assert parse_inbound_sms(INBOUND | {"Sentiment": "calm"}).unknown == {"Sentiment": "calm"}
    assert parse_delivery_status(REPORT | {"Handset": "on\0"}).unknown == {"Handset": "on\ufffd"}


@pytest.mark.parametrize(
    ("count", "sent", "kept"),
    [("0", 0, 0), ("1", 1, 1), ("3", 3, 3), ("99", 12, 10), ("2", 1, 1), ("1", 3, 1)],
)
def test_all_files_that_came_are_kept_up_to_ten(count: str, sent: int, kept: int) -> None:
    files = {f"MediaUrl{i}": f"https://api.twilio.com/{i}" for i in range(sent)}
    types = {f"MediaContentType{i}": "image/jpeg" for i in range(sent)}
    text = parse_inbound_sms(INBOUND | files | types | {"NumMedia": count})
    assert text.media == tuple(Media(f"https://api.twilio.com/{i}", "image/jpeg") for i in range(kept))


def test_a_picture_without_words_is_a_text() -> None:
    without_body = {name: value for name, value in INBOUND.items() if name not in ("Body", "NumMedia")}
    assert parse_inbound_sms(without_body).body == ""
    assert parse_inbound_sms(INBOUND | {"Body": ""}).body == ""


@pytest.mark.parametrize(
    ("from_", "channel", "address"),
    [
        ("+13035550142", "sms", "+13035550142"),
        ("whatsapp:+13035550142", "whatsapp", "+13035550142"),
        ("rcs:acme_agent", "rcs", "acme_agent"),
        ("messenger:1234567", "messenger", "1234567"),
        ("68849", "sms", "68849"),
        ("SUPPORT", "sms", "SUPPORT"),
        ("anonymous", "sms", "anonymous"),
        ("+1210", "sms", "+1210"),
        ("Acme: Sales", "sms", "Acme: Sales"),
        ("", "sms", ""),
    ],
)
def test_any_sender_is_accepted_and_its_channel_split_off(from_: str, channel: str, address: str) -> None:
    text = parse_inbound_sms(INBOUND | {"From": from_})
    assert (text.from_, text.channel, text.from_address) == (from_, channel, address)


def test_characters_a_database_cannot_hold_are_replaced() -> None:
    text = parse_inbound_sms(INBOUND | {"Body": "a\0b\ud83dc 😀", "ProfileName": "\0"})
    assert text.body == "a\ufffdb\ufffdc 😀"
    assert text.profile_name == "\ufffd"
    text.body.encode()


@pytest.mark.parametrize("name", ["MessageSid", "AccountSid", "From", "To"])
def test_an_inbound_text_without_a_mandatory_field_is_refused(name: str) -> None:
    with pytest.raises(PayloadError, match=name):
        parse_inbound_sms({other: value for other, value in INBOUND.items() if other != name})


@pytest.mark.parametrize("name", ["MessageSid", "AccountSid", "To", "MessageStatus"])
def test_a_report_without_a_mandatory_field_is_refused(name: str) -> None:
    with pytest.raises(PayloadError, match=name):
        parse_delivery_status({other: value for other, value in REPORT.items() if other != name})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MessageSid", "SM123"),
        ("MessageSid", "XX" + "0a" * 16),
        ("MessageSid", SID + "\n"),
        ("MessageSid", SID + "NumMedia0"),
        ("MessageSid", "SM" + "\u0660" * 32),
        ("MessageSid", ""),
        ("AccountSid", SID),
        ("NumMedia", "one"),
        ("NumMedia", "-1"),
        ("NumMedia", "1" * 5000),
        ("NumMedia", "0NumSegments1"),
        ("NumMedia", "\u0661"),
        ("NumSegments", "x"),
    ],
)
def test_a_field_of_the_wrong_shape_is_refused(name: str, value: str) -> None:
    with pytest.raises(PayloadError, match=name):
        parse_inbound_sms(INBOUND | {name: value})


def test_a_form_whose_field_boundaries_were_moved_is_refused() -> None:
    shifted = {name: value for name, value in INBOUND.items() if name != "From"}
    with pytest.raises(PayloadError):
        parse_inbound_sms(shifted | {"Body": INBOUND["Body"] + "From" + INBOUND["From"]})


def test_a_report_is_read() -> None:
    report = parse_delivery_status(
        REPORT | {"ErrorCode": "30005", "MessageStatus": "undelivered", "RawDlrDoneDate": "2610011530"}
    )
    assert (report.message_sid, report.account_sid) == (SID, ACCOUNT)
    assert (report.status, report.error_code) == ("undelivered", 30005)
    assert (report.from_, report.to) == ("+15005550006", "+13035550142")
    assert report.raw_dlr_done_date == "2610011530"


def test_a_status_that_twilio_invents_tomorrow_is_kept() -> None:
    assert parse_delivery_status(REPORT | {"MessageStatus": "teleported"}).status == "teleported"


def test_the_older_name_of_the_status_is_understood() -> None:
    report = {name: value for name, value in REPORT.items() if name != "MessageStatus"}
    assert parse_delivery_status(report | {"SmsStatus": "sent"}).status == "sent"


def test_a_report_may_come_before_a_sender_is_chosen() -> None:
    report = {name: value for name, value in REPORT.items() if name != "From"}
    assert parse_delivery_status(report).from_ == ""


@pytest.mark.parametrize(("sent", "read"), [("", None), ("0", None), ("30005", 30005), ("63018", 63018)])
def test_an_error_code_is_a_number_or_nothing(sent: str, read: int | None) -> None:
    assert parse_delivery_status(REPORT | {"ErrorCode": sent}).error_code == read


@pytest.mark.parametrize("sent", ["abc", "30005From", "-1", "1e3", "9" * 400, " 30005"])
def test_an_error_code_that_is_no_number_is_refused(sent: str) -> None:
    with pytest.raises(PayloadError, match="ErrorCode"):
        parse_delivery_status(REPORT | {"ErrorCode": sent})


def test_both_names_of_the_inbound_parser_are_one_function() -> None:
    assert parse_incoming_sms is parse_inbound_sms


@given(st.dictionaries(st.sampled_from([*INBOUND, "ErrorCode", "MediaUrl0"]), st.text()), st.binary())
def test_rubbish_is_refused_with_one_kind_of_error(fields: dict[str, str], body: bytes) -> None:
    for params in (fields, body, INBOUND | fields, REPORT | fields):
        for parse in (parse_inbound_sms, parse_delivery_status):
            with contextlib.suppress(PayloadError):
                parse(params)


@pytest.mark.parametrize(
    "parsed", [parse_inbound_sms(INBOUND), parse_delivery_status(REPORT)], ids=["inbound", "status"]
)
def test_what_is_parsed_is_what_calling_its_class_would_make(parsed: InboundSms | DeliveryStatus) -> None:
    """It is made without ``__init__``: ``replace`` asks for every field and calls it."""
    assert replace(parsed) == parsed
    assert repr(replace(parsed)) == repr(parsed)
