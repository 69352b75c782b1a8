"""Beside the texts: the lead, changed in place; who answers; what is done with a conversation."""

from datetime import UTC, datetime

import pytest

from leadline.app import Leadline
from leadline.queueing import SendRequest
from leadline.store import leads, tags
from leadline.store.leads import Lead
from tests import cast, team, texts
from tests.clock import Clock
from tests.web.conftest import Client, signed_in


@pytest.fixture
def lena(line: Leadline) -> Lead:
    """Lena, who wrote."""
    lead = line.add_lead("Lena", cast.LENA.phone, fields={"roof": "metal"})
    team.lena_wrote(line)
    return lead


@pytest.fixture
def bob(anyone: Client, line: Leadline) -> Client:
    client = signed_in(anyone, line, cast.BOB)
    team.join(line, cast.BOB)
    return client


def now(line: Leadline, lead: Lead) -> Lead:
    with line.database.read() as tx:
        return leads.by_id(tx, lead.id)


def test_fields_are_changed_where_they_stand(alice: Client, line: Leadline, lena: Lead) -> None:
    answer = alice.post(
        f"/leads/{lena.id}",
        {"conversation": "1", "company": "Park household", "f.roof": "", "phone": "303 555 0142"},
    )
    assert (answer.status, answer.header("location")) == (303, "/conversations/1")
    changed = now(line, lena)
    assert (changed.company, changed.fields, changed.phone) == ("Park household", {}, cast.LENA.phone)
    page = alice.get("/conversations/1").text
    assert 'value="Park household"' in page
    assert 'value="(303) 555-0142"' in page


def test_a_field_of_the_teams_own_is_added(alice: Client, line: Leadline, lena: Lead) -> None:
    alice.post(f"/leads/{lena.id}", {"new_name": "Power bill", "new_value": "$184"})
    assert now(line, lena).fields == {"roof": "metal", "Power bill": "$184"}
    assert 'value="$184"' in alice.get("/conversations/1").text


def test_what_is_wrong_stands_beside_its_field_with_what_was_typed(alice: Client, lena: Lead) -> None:
    answer = alice.post(f"/leads/{lena.id}", {"conversation": "1", "email": "lena at home"})
    assert answer.status == 422
    assert 'data-view="lead"' in answer.text
    field = answer.text.partition('name="email"')[2]
    assert field.startswith(' value="lena at home"')
    assert "Write it like lena@example.com." in field.partition("</form>")[0]
    assert 'aria-invalid="true"' in field.partition(">")[0]


def test_a_script_gets_the_parts_that_changed(alice: Client, lena: Lead) -> None:
    fields = {"conversation": "1", "stage": "qualified"}
    answer = alice.post(f"/leads/{lena.id}", fields, accept="application/json")
    assert answer.status == 200
    assert '<option value="qualified" selected>' in answer.json["lead"]
    wrong = alice.post(f"/leads/{lena.id}", fields | {"zip": "no"}, accept="application/json")
    assert wrong.status == 422
    assert "Write it like 80203" in wrong.json["lead"]


def test_the_owner_and_the_stage_are_chosen(alice: Client, line: Leadline, lena: Lead) -> None:
    bob = team.join(line, cast.BOB)
    alice.post(f"/leads/{lena.id}", {"owner_id": str(bob.id), "stage": "won"})
    assert (now(line, lena).owner_id, now(line, lena).stage) == (bob.id, "won")
    alice.post(f"/leads/{lena.id}", {"owner_id": ""})
    assert now(line, lena).owner_id is None


def test_tags_are_put_on_and_taken_off(alice: Client, line: Leadline, lena: Lead) -> None:
    alice.post(f"/leads/{lena.id}/tags", {"tag": "<b>metal</b> roof"})
    page = alice.get("/conversations/1").text
    assert "<bdi>&lt;b&gt;metal&lt;/b&gt; roof</bdi>" in page
    assert alice.post(f"/leads/{lena.id}/tags", {"tag": " "}).status == 422
    alice.post(f"/leads/{lena.id}/untag", {"tag": "<b>metal</b> roof"})
    with line.database.read() as tx:
        assert tags.of_lead(tx, lena.id) == []


def test_a_lead_is_made_of_an_unknown_number(alice: Client, line: Leadline) -> None:
    team.lena_wrote(line)
    page = alice.get("/conversations/1").text
    assert "No lead has this number." in page
    assert alice.post("/conversations/1/lead", {"name": " "}).status == 422
    assert alice.post("/conversations/1/lead", {"name": "Lena"}).status == 303
    with line.database.read() as tx:
        [lead] = leads.with_phone(tx, cast.LENA.phone)
    assert lead.name == "Lena"
    assert ("user:1", "lead.add", f"lead:{lead.id}") in team.acts(line)


def test_who_shares_a_number_can_be_merged(alice: Client, line: Leadline, lena: Lead) -> None:
    again = line.add_lead("Lena P.", cast.LENA.phone)
    page = alice.get(f"/conversations/1?lead={lena.id}").text
    assert f'action="/leads/{lena.id}/merge"' in page
    answer = alice.post(
        f"/leads/{lena.id}/merge", {"conversation": "1", "lead": str(lena.id), "other": str(again.id)}
    )
    assert answer.status == 303
    assert "Same number" not in alice.get("/conversations/1").text
    assert alice.get(f"/leads/{again.id}").header("location") == "/conversations/1"
    assert alice.get(f"/conversations/1?lead={again.id}").status == 200


def test_the_page_of_a_lead_without_texts_moves_to_what_it_was_merged_into(
    alice: Client, line: Leadline
) -> None:
    mia, again = line.add_lead("Mia"), line.add_lead("Mia K.")
    alice.post(f"/leads/{mia.id}/merge", {"other": str(again.id)})
    assert alice.get(f"/leads/{again.id}").header("location") == f"/leads/{mia.id}"
    assert 'value="Mia"' in alice.get(f"/leads/{mia.id}").text


def test_the_time_is_told_as_the_gate_sees_it(alice: Client, line: Leadline, lena: Lead) -> None:
    page = alice.get("/conversations/1").text
    assert "10:00 in Denver" in page
    assert "by area code 303" in page
    assert "It is 10:00 in Denver. Texts are allowed from 8:00 to 21:00." in page
    assert '<circle class="now" cx="41.67%"' in page
    alice.post(f"/leads/{lena.id}", {"zip": "96813"})
    assert "by ZIP code 96813" in alice.get("/conversations/1").text
    alice.post(f"/leads/{lena.id}", {"time_zone": "America/New_York"})
    assert "12:00 in New York" in alice.get("/conversations/1").text


def test_of_who_may_live_by_several_clocks_all_are_told(alice: Client, line: Leadline, clock: Clock) -> None:
    line.add_lead("Free", "+18005550100")
    texts.receive(line, texts.inbound(1, "Hi", From="+18005550100"))
    clock.set(datetime(2026, 3, 18, 14, 0, tzinfo=UTC))
    page = alice.get("/conversations/1").text
    assert "4:00 to 10:00 for them" in page
    assert "by the country alone, US" in page


def test_a_conversation_is_given_and_claimed(alice: Client, bob: Client, line: Leadline, lena: Lead) -> None:
    assert 'action="/conversations/1/claim"' in bob.get("/conversations/1").text
    assert bob.post("/conversations/1/claim").status == 303
    bobs_id = team.join(line, cast.BOB).id
    assert team.conversation(line).assignee_id == bobs_id
    late = alice.post("/conversations/1/claim", accept="application/json")
    assert (late.status, late.json["said"]) == (409, "Bob has this conversation already.")
    assert "/claim" not in late.json["head"]
    alice.post("/conversations/1/assign", {"to": ""})
    assert team.conversation(line).assignee_id is None
    assert alice.post("/conversations/1/assign", {"to": "everybody:1"}).status == 400


def test_who_gave_it_to_another_team_is_back_at_the_list(bob: Client, line: Leadline, lena: Lead) -> None:
    charlie = team.join(line, cast.CHARLIE)
    answer = bob.post("/conversations/1/assign", {"conversation": "1", "to": f"user:{charlie.id}"})
    assert (answer.status, answer.header("location")) == (303, "/")
    assert bob.get("/conversations/1").status == 404
    assert bob.post("/conversations/1/close").status == 404
    assert bob.get("/conversations/1/proof").status == 404


def test_a_script_is_told_to_go_back_to_the_list(bob: Client, line: Leadline, lena: Lead) -> None:
    charlie = team.join(line, cast.CHARLIE)
    answer = bob.post("/conversations/1/assign", {"to": f"team:{charlie.team_id}"}, accept="application/json")
    assert (answer.status, answer.json["goto"]) == (200, "/")


def test_a_conversation_is_closed_and_opened(alice: Client, line: Leadline, lena: Lead) -> None:
    assert alice.post("/conversations/1/close", {"conversation": "1"}).status == 303
    assert team.conversation(line).closed_at is not None
    assert "Open again" in alice.get("/conversations/1").text
    alice.post("/conversations/1/open")
    assert team.conversation(line).closed_at is None


def test_the_proof_is_a_page_of_its_own_that_runs_nothing(alice: Client, line: Leadline, lena: Lead) -> None:
    texts.receive(line, texts.inbound(7, "STOP"))
    assert "/conversations/1/proof" in alice.get("/conversations/1").text
    answer = alice.get("/conversations/1/proof")
    assert "Opted out" in answer.text
    assert "sandbox; default-src 'none'; style-src 'sha256-" in (
        answer.header("content-security-policy") or ""
    )


def test_a_viewer_sees_the_lead_and_changes_nothing(anyone: Client, line: Leadline, lena: Lead) -> None:
    viewer = signed_in(anyone, line, cast.Member("Vera", "vera@example.com", role="viewer", team="North"))
    page = viewer.get("/conversations/1").text
    assert "data-act " not in page.replace('id="lead-form"', "").partition('class="lead"')[0]
    assert "readonly" in page
    for path in ("/leads/1", "/leads/1/tags", "/conversations/1/close", "/conversations/1/presence"):
        assert viewer.post(path, {"tag": "x", "name": "x"}).status == 403
    assert now(line, lena).name == "Lena"


def test_a_lead_of_another_team_is_not_changed(bob: Client, line: Leadline) -> None:
    charlie = team.join(line, cast.CHARLIE)
    theirs = line.add_lead("Mia", owner_id=charlie.id)
    assert bob.post(f"/leads/{theirs.id}", {"name": "Mine"}).status == 404
    assert bob.get(f"/leads/{theirs.id}").status == 404
    assert now(line, theirs).name == "Mia"


def test_a_text_that_waits_finds_the_merged_lead(alice: Client, line: Leadline, lena: Lead) -> None:
    again = line.add_lead("Lena P.", cast.LENA.phone, zip="80203")
    [queued] = texts.queue(line, SendRequest(lead_id=again.id, body="Hi"))
    alice.post(f"/leads/{lena.id}/merge", {"other": str(again.id)})
    assert texts.now(line, queued).lead_id == lena.id
