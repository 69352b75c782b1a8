import asyncio
import json
from datetime import timedelta

import pytest
from sqlalchemy import update

from leadline.app import Leadline
from leadline.queueing import SendRequest
from leadline.sending import Claimed
from leadline.store import schema
from leadline.twilio.client import SendKind
from tests import cast, texts
from tests.clock import Clock
from tests.web.conftest import Client, member, token

LEADS = "/api/admin/leads"
MESSAGES = "/api/admin/messages"
TEMPLATES = "/api/admin/templates"


@pytest.mark.parametrize("slash", ["", "/"])
def test_a_lead_is_added_read_found_and_changed(api: Client, slash: str) -> None:
    body = {"name": "Lena", "phone": "(303) 555-0142", "company": "Park", "fields": {"roof": "metal"}}
    added = api.send("POST", LEADS + slash, body)
    assert (added.status, added.json["phone"]) == (201, cast.LENA.phone)
    assert added.json["shares_number_with"] == []

    one = f"{LEADS}/{added.json['id']}"
    assert api.get(one + slash).json["fields"] == {"roof": "metal"}
    assert [lead["name"] for lead in api.get(f"{LEADS}{slash}?search=park").json["items"]] == ["Lena"]

    changed = api.send("PATCH", one + slash, {"stage": "demo", "phone": None})
    assert (changed.status, changed.json["stage"], changed.json["phone"]) == (200, "demo", None)
    assert changed.json["company"] == "Park"


def test_a_number_that_another_lead_has_is_told_and_taken(api: Client) -> None:
    first = api.send("POST", LEADS, {"name": "Lena", "phone": cast.LENA.phone}).json
    second = api.send("POST", LEADS, {"name": "Daniel", "phone": cast.LENA.phone}).json
    assert second["shares_number_with"] == [first["id"]]


def test_leads_are_read_page_by_page(api: Client, line: Leadline) -> None:
    wanted = [line.add_lead(f"Lead {number}").name for number in range(5)]
    found, after = [], "0"
    while after:
        page = api.get(f"{LEADS}?limit=2&after={after}").json
        found += [lead["name"] for lead in page["items"]]
        after = page["next"]
    assert found == wanted


def test_a_text_is_queued_and_the_application_told(api: Client, line: Leadline) -> None:
    lena = texts.add_lena(line)
    sent = api.send("POST", f"{LEADS}/{lena.id}/sms", {"body": "Hi"})
    assert (sent.status, sent.header("location")) == (202, f"{MESSAGES}/{sent.json['id']}")
    assert (sent.json["status"], sent.json["number"]) == ("queued", lena.phone)
    assert sent.json["created_by"] == "token:1"
    assert sent.header("idempotent-replayed") is None
    assert [claimed.body for claimed in texts.claim(line)] == ["Hi"]


def test_a_template_is_filled_with_the_lead_and_what_is_given(api: Client, line: Leadline) -> None:
    lena = texts.add_lena(line)
    body = {"template": "callback_reminder", "variables": {"callback_time": "at 3"}}
    sent = api.send("POST", f"{LEADS}/{lena.id}/sms", body)
    assert sent.status == 202
    assert "Lena" in sent.json["body"]
    assert "at 3" in sent.json["body"]
    assert (sent.json["template"], sent.json["category"]) == ("callback_reminder", "transactional")


def test_a_text_for_later_waits(api: Client, line: Leadline) -> None:
    lena = texts.add_lena(line)
    later = line.clock.now() + timedelta(hours=2)
    body = {"body": "Hi", "send_at": later.isoformat()}
    assert api.send("POST", f"{LEADS}/{lena.id}/sms", body).json["status"] == "scheduled"
    assert texts.claim(line) == []


def test_the_same_key_and_content_is_the_same_text(api: Client, line: Leadline) -> None:
    lena = texts.add_lena(line)
    path, body = f"{LEADS}/{lena.id}/sms", {"body": "Hi"}
    first = api.send("POST", path, body, idempotency_key="order 66")
    again = api.send("POST", path, body, idempotency_key="order 66")
    assert (again.status, again.json["id"]) == (202, first.json["id"])
    assert again.header("idempotent-replayed") == "true"

    other = api.send("POST", path, {"body": "Hello"}, idempotency_key="order 66")
    assert (other.status, other.json["code"]) == (409, "idempotency_conflict")
    assert len(api.get(MESSAGES).json["items"]) == 1


def test_a_repeat_is_answered_also_when_the_text_could_not_be_queued_any_more(
    api: Client, line: Leadline
) -> None:
    lena = texts.add_lena(line)
    path, body = f"{LEADS}/{lena.id}/sms", {"body": "Hi"}
    first = api.send("POST", path, body, idempotency_key="k")
    texts.receive(line, texts.inbound(1, "STOP"))

    again = api.send("POST", path, body, idempotency_key="k")
    assert (again.status, again.json["id"]) == (202, first.json["id"])
    assert api.send("POST", path, body, idempotency_key="l").status == 409


def test_two_programs_with_one_key_do_not_meet_nor_does_ours(
    anyone: Client, api: Client, line: Leadline
) -> None:
    lena = texts.add_lena(line)
    path = f"{LEADS}/{lena.id}/sms"
    ours = texts.queue(line, SendRequest(lead_id=lena.id, body="Ours", idempotency_key="k"))
    other = anyone.having(authorization=f"Bearer {token(line, 'other')}")
    sent = [each.send("POST", path, {"body": "Hi"}, idempotency_key="k") for each in (api, other)]
    assert [answer.status for answer in sent] == [202, 202]
    assert len({ours[0].id, *(answer.json["id"] for answer in sent)}) == 3


def test_twenty_identical_requests_at_once_are_one_text(api: Client, line: Leadline) -> None:
    lena = texts.add_lena(line)
    client = api.having(idempotency_key="k", content_type="application/json")

    async def twenty() -> list[tuple[int, int]]:
        body = json.dumps({"body": "Hi"}).encode()
        calls = [client.ask("POST", f"{LEADS}/{lena.id}/sms", body) for _ in range(20)]
        return [(answer.status, answer.json["id"]) for answer in await asyncio.gather(*calls)]

    answers = client.loop.run(twenty())
    assert set(answers) == {(202, answers[0][1])}
    assert len(api.get(MESSAGES).json["items"]) == 1


def test_who_opted_out_gets_no_text_and_the_reason_is_told(api: Client, line: Leadline) -> None:
    lena = texts.add_lena(line)
    texts.receive(line, texts.inbound(1, "STOP"))
    refused = api.send("POST", f"{LEADS}/{lena.id}/sms", {"body": "Hi"})
    assert (refused.status, refused.json["code"]) == (409, "opted_out")
    assert [reason["code"] for reason in refused.json["reasons"]] == ["opted_out"]


def test_a_text_tells_everything_that_is_known_but_the_token(api: Client, line: Leadline) -> None:
    lena = texts.add_lena(line)
    queued = texts.queue(line, SendRequest(lead_id=lena.id, body="Hi"))[0]
    [claimed] = texts.claim(line)
    texts.settle(line, claimed, texts.accepted(7))
    texts.report(line, (7, "sent", 0), (7, "undelivered", 30003))

    found = api.get(f"{MESSAGES}/{queued.id}")
    assert claimed.token not in found.text
    shown = found.json
    assert (shown["status"], shown["state"], shown["twilio_status"]) == (
        "undelivered",
        "accepted",
        "undelivered",
    )
    assert shown["error"]["code"] == 30003
    assert all(shown["error"].values())
    assert [attempt["outcome"] for attempt in shown["attempts"]] == ["accepted"]
    assert [(fact["kind"], fact["status"]) for fact in shown["evidence"]] == [
        ("answer", "queued"),
        ("report", "sent"),
        ("report", "undelivered"),
    ]
    assert shown["evidence"][0]["fields"]["http_status"] == 201
    assert shown["decision"]["verdict"] == "allowed"


def test_texts_are_listed_newest_first_by_lead_and_page_by_page(api: Client, line: Leadline) -> None:
    lena = texts.add_lena(line)
    other = line.add_lead("Daniel", "+13035550143")
    for number in range(3):
        texts.queue(line, SendRequest(lead_id=lena.id, body=f"Text {number}"))
    texts.queue(line, SendRequest(lead_id=other.id, body="Another"))

    page = api.get(f"{LEADS}/{lena.id}/messages?limit=2").json
    assert [message["body"] for message in page["items"]] == ["Text 2", "Text 1"]
    rest = api.get(f"{LEADS}/{lena.id}/messages?limit=2&before={page['next']}").json
    assert ([message["body"] for message in rest["items"]], rest["next"]) == (["Text 0"], None)


def test_the_status_to_filter_by_is_the_one_that_is_shown(api: Client, line: Leadline, clock: Clock) -> None:
    put_a_text_in_every_state(line, clock)
    everything = api.get(MESSAGES).json["items"]
    by_status: dict[str, set[int]] = {}
    for message in everything:
        by_status.setdefault(message["status"], set()).add(message["id"])
    assert sorted(by_status) == [
        *("accepted", "canceled", "delivered", "in_doubt", "queued", "received", "rejected"),
        *("scheduled", "sending"),
    ]
    for status, wanted in by_status.items():
        found = {message["id"] for message in api.get(f"{MESSAGES}?status={status}").json["items"]}
        assert found == wanted, status
    assert api.get(f"{MESSAGES}?status=posting").json["items"] == []


def put_a_text_in_every_state(line: Leadline, clock: Clock) -> None:
    def claimed(number: int) -> Claimed:
        clock.advance(1)
        texts.queue(line, SendRequest(number=f"+1303555011{number}", body="Hi"))
        return texts.claim(line)[0]

    for number, said in enumerate([None, "delivered", "sending", "canceled"]):
        texts.settle(line, claimed(number), texts.accepted(number))
        if said:
            texts.report(line, (number, said, 0))
    texts.settle(line, claimed(5), texts.answered(SendKind.IN_DOUBT))
    texts.settle(line, claimed(6), texts.answered(SendKind.REJECTED, code=21211))
    claimed(7)
    texts.queue(line, SendRequest(number="+13035550118", body="Hi"))
    texts.queue(line, SendRequest(number="+13035550119", body="Hi", due_at=clock.now() + timedelta(days=1)))
    texts.receive(line, texts.inbound(50, "Hello"))


def test_a_queued_text_is_taken_back_and_a_claimed_one_is_not(api: Client, line: Leadline) -> None:
    lena = texts.add_lena(line)
    queued = texts.queue(line, SendRequest(lead_id=lena.id, body="Hi"))[0]
    taken = api.send("POST", f"{MESSAGES}/{queued.id}/cancel")
    assert (taken.status, taken.json["status"]) == (200, "canceled")
    assert texts.claim(line) == []

    again = texts.queue(line, SendRequest(lead_id=lena.id, body="Hi"))[0]
    texts.claim(line)
    late = api.send("POST", f"{MESSAGES}/{again.id}/cancel")
    assert (late.status, late.json["code"]) == (409, "too_late")


def test_templates_are_listed_read_and_replaced(api: Client) -> None:
    names = [template["name"] for template in api.get(TEMPLATES).json["items"]]
    assert names == sorted(names)
    assert "follow_up" in names

    body = {"body": "Hi {{ first_name }}, see you {{ day }}", "category": "transactional"}
    saved = api.send("PUT", f"{TEMPLATES}/see_you", body)
    assert (saved.status, saved.json["variables"]) == (200, ["first_name", "day"])
    assert api.get(f"{TEMPLATES}/see_you").json == saved.json
    assert api.get(f"{TEMPLATES}/nothing").status == 404


def test_conversations_say_whose_they_are_and_follow_each_other(
    api: Client, line: Leadline, clock: Clock
) -> None:
    texts.add_lena(line)
    texts.receive(line, texts.inbound(1, "Hello"))
    clock.advance(1)
    texts.receive(line, texts.inbound(2, "STOP", From="+13035550199"))

    first = api.get("/api/admin/conversations?limit=1").json
    assert [(each["number"], each["consent"]) for each in first["items"]] == [("+13035550199", "opted_out")]
    second = api.get(f"/api/admin/conversations?limit=1&before={first['next']}").json
    [lena] = second["items"]
    assert (lena["leads"], lena["unread"], lena["last_text"]) == ([{"id": 1, "name": "Lena"}], 1, "Hello")
    assert second["next"] is None


def test_a_token_that_was_revoked_or_whose_user_is_gone_lets_nobody_in(
    anyone: Client, line: Leadline
) -> None:
    bob = member(line, cast.BOB)
    mine = anyone.having(authorization=f"Bearer {token(line, user=bob)}")
    assert mine.get(LEADS).status == 200
    with line.database.write() as tx:
        tx.execute(update(schema.users).values(disabled_at=line.clock.now()))
    assert mine.get(LEADS).status == 401

    revoked = anyone.having(authorization=f"Bearer {token(line)}")
    assert revoked.get(LEADS).status == 200
    with line.database.write() as tx:
        tx.execute(update(schema.api_tokens).values(revoked_at=line.clock.now()))
    refused = revoked.get(LEADS)
    assert refused.status == 401
    assert 'error="invalid_token"' in (refused.header("www-authenticate") or "")


def test_a_viewers_token_reads_and_changes_nothing(anyone: Client, line: Leadline) -> None:
    lena = texts.add_lena(line)
    viewer = member(line, cast.Member("Vera", "vera@example.com", role="viewer", team="North"))
    reader = anyone.having(authorization=f"Bearer {token(line, user=viewer)}")
    assert reader.get(LEADS).status == 200
    refused = reader.send("POST", f"{LEADS}/{lena.id}/sms", {"body": "Hi"})
    assert (refused.status, refused.json["code"]) == (403, "forbidden")
