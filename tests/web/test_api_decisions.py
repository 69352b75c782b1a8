"""What the API says of texts of unknown fate, and what may be decided of them."""

from datetime import timedelta

import pytest

from leadline.app import Leadline
from leadline.rules.looks import STATUS_LOOKS
from leadline.store import outbox
from tests import cast, texts
from tests.clock import Clock
from tests.web.conftest import Client, member, token

MESSAGES = "/api/admin/messages"
STATUS = "/api/admin/status"
DECISIONS = ("send-again", "leave")


def test_all_is_well(api: Client, line: Leadline) -> None:
    status = api.get(STATUS)
    assert status.status == 200
    assert (status.json["needs"], status.json["open"], status.json["in_doubt"]) == ([], [], 0)
    assert status.json["resolved"] == {"report": 0, "answer": 0, "list": 0, "person": 0, "policy": 0}


def test_what_is_in_doubt_leads_to_its_text(api: Client, line: Leadline) -> None:
    lost = texts.in_doubt(line)
    status = api.get(STATUS).json
    [found] = status["open"]
    assert (found["message_id"], found["state"], found["looks"]) == (lost.message_id, "in_doubt", 0)
    assert found["next_look_at"]
    assert (status["in_doubt"], status["needs"]) == (1, [])


def test_what_is_unconfirmed_needs_a_person(api: Client, line: Leadline, clock: Clock) -> None:
    texts.unconfirmed(line, clock)
    status = api.get(STATUS).json
    assert [(need["code"], bool(need["what_to_do"])) for need in status["needs"]] == [("unconfirmed", True)]


def test_a_text_is_sent_again_by_a_persons_decision(api: Client, line: Leadline, clock: Clock) -> None:
    lost = texts.unconfirmed(line, clock)
    again = api.send("POST", f"{MESSAGES}/{lost.message_id}/send-again")
    assert (again.status, again.json["status"]) == (200, "queued")
    assert [claimed.message_id for claimed in texts.claim(line)] == [lost.message_id]
    first, second = api.get(f"{MESSAGES}/{lost.message_id}").json["attempts"]
    assert (first["resolved_by"], second["resolved_by"]) == ("person", None)


def test_a_text_is_left_at_that(api: Client, line: Leadline, clock: Clock) -> None:
    lost = texts.unconfirmed(line, clock)
    left = api.send("POST", f"{MESSAGES}/{lost.message_id}/leave")
    assert (left.status, left.json["status"]) == (200, "closed_unconfirmed")
    assert texts.claim(line) == []
    assert api.get(STATUS).json["needs"] == []


@pytest.mark.parametrize("decision", DECISIONS)
def test_nothing_is_decided_of_what_is_still_looked_for(api: Client, line: Leadline, decision: str) -> None:
    lost = texts.in_doubt(line)
    refused = api.send("POST", f"{MESSAGES}/{lost.message_id}/{decision}")
    assert (refused.status, refused.json["code"]) == (409, "too_late")
    assert "still looking" in refused.json["detail"]
    assert texts.now(line, lost).state == "in_doubt"


@pytest.mark.parametrize("decision", DECISIONS)
def test_nothing_is_decided_of_what_is_known(api: Client, line: Leadline, decision: str) -> None:
    sent = texts.claim_one(line)
    texts.settle(line, sent, texts.accepted(1))
    refused = api.send("POST", f"{MESSAGES}/{sent.message_id}/{decision}")
    assert (refused.status, refused.json["code"]) == (409, "too_late")


@pytest.mark.parametrize("decision", DECISIONS)
def test_a_decision_is_made_once(api: Client, line: Leadline, clock: Clock, decision: str) -> None:
    lost = texts.unconfirmed(line, clock)
    path = f"{MESSAGES}/{lost.message_id}/{decision}"
    assert [api.send("POST", path).status for _ in range(2)] == [200, 409]


@pytest.mark.parametrize("decision", DECISIONS)
def test_a_viewers_token_looks_and_does_not_decide(
    anyone: Client, line: Leadline, clock: Clock, decision: str
) -> None:
    vera = member(line, cast.Member("Vera", "vera@example.com", role="viewer", team="North"))
    client = anyone.having(authorization=f"Bearer {token(line, user=vera)}")
    lost = texts.unconfirmed(line, clock)
    assert client.get(STATUS).status == 200
    refused = client.send("POST", f"{MESSAGES}/{lost.message_id}/{decision}")
    assert (refused.status, refused.json["code"]) == (403, "forbidden")
    assert texts.now(line, lost).state == "unconfirmed"


def test_a_double_is_told(api: Client, line: Leadline, clock: Clock) -> None:
    twice = texts.sent_twice(line, clock)
    detail = api.get(f"{MESSAGES}/{twice.message_id}").json
    assert detail["is_double"] is True
    assert sorted(attempt["is_double"] for attempt in detail["attempts"]) == [False, True]
    status = api.get(STATUS).json
    assert (status["doubles"], status["last_doubles"][0]["message_id"]) == (1, twice.message_id)


def test_the_looks_at_twilios_list_are_told(api: Client, line: Leadline, clock: Clock) -> None:
    lost = texts.in_doubt(line)
    clock.advance(timedelta(seconds=21))
    texts.nothing_found(line)
    [attempt] = api.get(f"{MESSAGES}/{lost.message_id}").json["attempts"]
    assert attempt["looks"] == 1
    assert attempt["doubted_at"] < attempt["next_look_at"]


def test_a_text_whose_last_status_never_came_has_no_delivery_report(
    api: Client, line: Leadline, clock: Clock
) -> None:
    sent = texts.claim_one(line)
    texts.settle(line, sent, texts.accepted(1))
    assert api.get(f"{MESSAGES}/{sent.message_id}").json["no_delivery_report"] is False
    with line.database.write() as tx:
        outbox.look_again(tx, sent.message_id, look_at=None, looks=len(STATUS_LOOKS))
    assert api.get(f"{MESSAGES}/{sent.message_id}").json["no_delivery_report"] is True


def test_a_text_may_be_sent_again_without_asking_if_its_sender_said_so(api: Client, line: Leadline) -> None:
    lena = texts.add_lena(line)
    body = {"body": "Hi", "resend_after_minutes": 45}
    sent = api.send("POST", f"/api/admin/leads/{lena.id}/sms", body)
    assert (sent.status, sent.json["resend_after_minutes"]) == (202, 45)


@pytest.mark.parametrize(
    ("minutes", "code"),
    [
        (29, "resend_after_too_soon"),
        (-1, "resend_after_too_soon"),
        (10**6, "less_than_equal"),
        ("x", "int_parsing"),
    ],
)
def test_sooner_than_half_an_hour_is_refused(api: Client, line: Leadline, minutes: object, code: str) -> None:
    lena = texts.add_lena(line)
    body = {"body": "Hi", "resend_after_minutes": minutes}
    refused = api.send("POST", f"/api/admin/leads/{lena.id}/sms", body)
    assert refused.status == 422
    assert [(fault["field"], fault["code"]) for fault in refused.json["errors"]] == [
        ("resend_after_minutes", code)
    ]
    assert texts.claim(line) == []
