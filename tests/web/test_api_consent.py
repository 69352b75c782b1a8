"""Consent over the API."""

import pytest

from leadline.app import Leadline
from tests import cast, texts
from tests.web.conftest import Client

LENA = f"/api/admin/consent/%2B{cast.LENA.phone[1:]}"
REVIEW = LENA.replace("/consent/", "/reviews/")
AGREED = {
    "kind": "opt_in",
    "when": "2026-01-05T10:00:00Z",
    "words": "I agree",
    "disclosure": "By ticking this you agree to texts.",
    "source": "web_form",
    "reference": "https://example.com/quote",
}


def test_a_number_that_nothing_is_known_of_stands_at_none(api: Client) -> None:
    answer = api.get(LENA)
    assert (answer.status, answer.json["consent"], answer.json["events"]) == (200, "none", [])


def test_a_statement_is_recorded_once(api: Client) -> None:
    answers = [api.send("POST", LENA, AGREED) for _ in range(2)]
    assert [(answer.status, answer.json["consent"]) for answer in answers] == [(200, "opted_in")] * 2
    [event] = answers[-1].json["events"]
    assert (event["words"], event["source"], event["reference"]) == (
        AGREED["words"],
        "web_form",
        AGREED["reference"],
    )
    assert event["actor"].startswith("token:")


def test_an_opt_in_cannot_undo_what_came_after_it(api: Client, line: Leadline) -> None:
    texts.receive(line, texts.inbound(1, "STOP"))
    answer = api.send("POST", LENA, AGREED)
    assert (answer.status, answer.json["code"]) == (409, "opted_out_since")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"words": ""}, "evidence_missing"),
        ({"when": "soon"}, "consent_date_invalid"),
        ({"kind": "erased"}, "invalid"),
        ({"source": "carrier"}, "invalid"),
        ({"words": "\x00"}, "invalid"),
        ({"more": 1}, "invalid"),
    ],
)
def test_what_cannot_be_used_is_refused(api: Client, change: dict[str, object], code: str) -> None:
    answer = api.send("POST", LENA, AGREED | change)
    assert (answer.status, answer.json["code"]) == (422, code)


@pytest.mark.parametrize("address", [LENA[:-5], LENA[:-5] + "/proof", "/api/admin/consent/Lena"])
def test_what_is_no_number_is_refused(api: Client, address: str) -> None:
    answer = api.get(address)
    assert (answer.status, answer.json["code"]) == (422, "phone_invalid")


def test_the_proof_tells_whether_the_ledger_is_whole(api: Client, line: Leadline) -> None:
    texts.receive(line, texts.inbound(1, "STOP"))
    proof = api.get(f"{LENA}/proof").json
    assert (proof["consent"], proof["sent_since_opt_out"], proof["ledger_faults"]) == ("opted_out", [], [])
    assert proof["ledger_head"] == f"1:{proof['events'][0]['hash']}"


@pytest.mark.parametrize(("is_opt_out", "state"), [(True, "opted_out"), (False, "none")])
def test_a_possible_opt_out_is_listed_and_decided(
    api: Client, line: Leadline, is_opt_out: bool, state: str
) -> None:
    texts.receive(line, texts.inbound(1, "wrong number"))
    [review] = api.get("/api/admin/reviews").json["items"]
    assert (review["number"], review["words"]) == (cast.LENA.phone, "wrong number")
    for _ in range(2):
        answer = api.send("POST", REVIEW, {"is_opt_out": is_opt_out})
        assert (answer.status, answer.json["consent"]) == (200, state)
        assert len(answer.json["events"]) == 2
    assert api.get("/api/admin/reviews").json["items"] == []


def test_the_queue_is_read_by_page_the_longest_waiting_first(api: Client, line: Leadline) -> None:
    numbers = [f"+130355501{number}" for number in range(40, 45)]
    for index, number in enumerate(numbers):
        texts.receive(line, texts.inbound(index, "wrong number", From=number))
    found: list[str] = []
    after: str | None = ""
    while after is not None:
        page = api.get(f"/api/admin/reviews?limit=2{after and f'&after={after}'}").json
        found += [review["number"] for review in page["items"]]
        after = page["next"]
    assert found == numbers


def test_nobody_decides_about_a_number_that_nothing_is_known_of(api: Client) -> None:
    answer = api.send("POST", REVIEW, {"is_opt_out": True})
    assert (answer.status, answer.json["code"]) == (404, "not_found")


def test_that_it_is_no_opt_out_comes_too_late_once_they_opted_out(api: Client, line: Leadline) -> None:
    texts.receive(line, texts.inbound(1, "STOP"))
    answer = api.send("POST", REVIEW, {"is_opt_out": False})
    assert (answer.status, answer.json["code"]) == (409, "too_late")
