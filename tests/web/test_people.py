"""The settings pages about people, teams and tokens."""

import re
from typing import Any

import pytest
from sqlalchemy import select

from leadline.app import Leadline
from leadline.store import conversations, schema, teams, users
from leadline.web.api import PREFIX
from tests import cast, texts
from tests.clock import Clock
from tests.web.conftest import Answer, Client, member, signed_in, token

PEOPLE = "/settings/people"
NORA = {"name": "Nora Weiss", "email": "Nora@Example.com", "role": "agent", "team": ""}


def link_in(page: Answer) -> str:
    """The path of the sign-in link that the page shows."""
    found = re.search(r'value="http://127\.0\.0\.1:8765(/signin/[\w-]+)"', page.text)
    assert found
    return found[1]


def enter(client: Client, path: str) -> Answer:
    return client.post("/signin", {"secret": path.rpartition("/")[2]})


def with_cookie(client: Client, entered: Answer) -> Client:
    return client.having(cookie=(entered.header("set-cookie") or "").partition(";")[0])


def acts(line: Leadline) -> list[tuple[str, str, str, Any]]:
    with line.database.read() as tx:
        columns = schema.audit.c
        query = select(columns.actor, columns.action, columns.subject, columns.detail).order_by(columns.id)
        return [tuple(row) for row in tx.execute(query)]


def team(line: Leadline, name: str) -> int:
    with line.database.read() as tx:
        found = teams.by_name(tx, name)
    assert found
    return found.id


def test_who_is_added_comes_in_with_the_link_that_is_shown_once(
    alice: Client, anyone: Client, line: Leadline
) -> None:
    added = alice.post(PEOPLE, NORA)
    assert added.status == 200
    path = link_in(added)
    assert path not in alice.get(PEOPLE).text
    nora = with_cookie(anyone, enter(anyone, path))
    assert "nora@example.com" in nora.get("/account").text
    assert ("user:1", "user.add", "user:2", {"role": "agent"}) in acts(line)
    assert enter(anyone, path).status == 403


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"email": "alice@example.com"}, "There is a user with this address."),
        ({"email": "ALICE@example.com "}, "There is a user with this address."),
        ({"email": "nora"}, "Write it like alice@example.com."),
        ({"email": "@example.com"}, "Write it like alice@example.com."),
        ({"name": " \u200b "}, "A name of 1 to 100 characters."),
        ({"name": "x" * 101}, "A name of 1 to 100 characters."),
        ({"role": "boss"}, "One of: admin, agent, viewer."),
    ],
)
def test_who_cannot_be_added_is_said_beside_the_field(
    alice: Client, line: Leadline, wrong: dict[str, str], said: str
) -> None:
    refused = alice.post(PEOPLE, NORA | wrong)
    assert (refused.status, said in refused.text, 'aria-invalid="true"' in refused.text) == (422, True, True)
    with line.database.read() as tx:
        assert len(users.everyone(tx)) == 1


def test_a_team_that_is_not_there_is_not_found(alice: Client) -> None:
    assert alice.post(PEOPLE, NORA | {"team": "99"}).status == 404


def test_the_list_says_who_they_are_and_when_they_last_came_by(
    alice: Client, anyone: Client, line: Leadline, clock: Clock
) -> None:
    member(line, cast.BOB)
    clock.advance(3 * 24 * 3600)
    alice.get("/")
    page = alice.get(PEOPLE).text
    assert "Never" in page
    assert f'title="{"Saturday 21 March 2026"}' in page
    assert "All but other teams’" in page


def test_a_change_of_role_and_team_holds_at_once_and_takes_conversations_along(
    alice: Client, anyone: Client, line: Leadline
) -> None:
    bob = signed_in(anyone, line, cast.BOB)
    alice.post("/settings/teams", {"name": "South"})
    line.add_lead("Lena", cast.LENA.phone, owner_id=2)
    texts.receive(line, texts.inbound(1, "Hello"))
    fields = {"name": "Bob Lindqvist", "role": "viewer", "team": str(team(line, "South"))}
    assert alice.post(f"{PEOPLE}/2", fields).status == 303
    assert bob.post("/conversations/1/messages", {"body": "Hi"}).status == 403
    with line.database.read() as tx:
        assert conversations.by_id(tx, 1).team_id == team(line, "South")
    told = {"name": ["Bob", "Bob Lindqvist"], "role": ["agent", "viewer"], "team_id": [None, 1]}
    assert acts(line)[-1] == ("user:1", "user.change", "user:2", told)


def test_what_changes_nothing_is_not_in_the_audit_log(alice: Client, line: Leadline) -> None:
    member(line, cast.BOB)
    before = acts(line)
    assert alice.post(f"{PEOPLE}/2", {"name": "Bob", "role": "agent", "team": ""}).status == 303
    assert acts(line) == before


def test_who_is_disabled_is_out_at_once_with_all_they_had(
    alice: Client, anyone: Client, line: Leadline
) -> None:
    bob = signed_in(anyone, line, cast.BOB)
    with line.database.read() as tx:
        user = users.by_id(tx, 2)
    program = anyone.having(authorization=f"Bearer {token(line, user=user)}")
    link = link_in(alice.post(f"{PEOPLE}/2/link"))
    assert (bob.get("/").status, program.get(f"{PREFIX}/leads").status) == (200, 200)

    assert alice.post(f"{PEOPLE}/2/disable").status == 303
    assert (bob.get("/").status, program.get(f"{PREFIX}/leads").status) == (303, 401)
    assert enter(anyone, link).status == 403
    assert "Disabled" in alice.get(PEOPLE).text
    assert "Its owner is disabled" in alice.get("/settings/tokens").text

    assert alice.post(f"{PEOPLE}/2/enable").status == 303
    assert (bob.get("/").status, program.get(f"{PREFIX}/leads").status) == (303, 200)
    assert enter(anyone, link_in(alice.post(f"{PEOPLE}/2/link"))).status == 303
    assert [act[1] for act in acts(line) if act[2] == "user:2"][-4:] == [
        "user.disable",
        "user.enable",
        "user.link",
        "session.begin",
    ]


def test_the_last_admin_stays_one(alice: Client, line: Leadline) -> None:
    member(line, cast.BOB)
    demoted = alice.post(f"{PEOPLE}/1", {"name": "Alice", "role": "agent", "team": ""})
    disabled = alice.post(f"{PEOPLE}/1/disable")
    for refused in (demoted, disabled):
        assert (refused.status, "Somebody has to be an admin" in refused.text) == (422, True)
    assert alice.post(f"{PEOPLE}/2", {"name": "Bob", "role": "admin", "team": ""}).status == 303
    assert alice.post(f"{PEOPLE}/2/disable").status == 303
    assert alice.post(f"{PEOPLE}/1/disable").status == 422
    assert alice.post(f"{PEOPLE}/2/enable").status == 303
    assert alice.post(f"{PEOPLE}/1", {"name": "Alice", "role": "agent", "team": ""}).status == 303
    assert alice.get(PEOPLE).status == 403


def test_teams_are_added_renamed_and_deleted_when_empty(alice: Client, line: Leadline) -> None:
    assert alice.post("/settings/teams", {"name": "North"}).status == 303
    assert "There is a team of this name." in alice.post("/settings/teams", {"name": "north"}).text
    assert alice.post("/settings/teams/1", {"name": "West"}).status == 303
    assert "West" in alice.get(PEOPLE).text
    alice.post(PEOPLE, NORA | {"team": "1"})
    refused = alice.post("/settings/teams/1/delete")
    assert (refused.status, "West has people or conversations" in refused.text) == (422, True)
    alice.post(f"{PEOPLE}/2", {"name": "Nora", "role": "agent", "team": ""})
    assert alice.post("/settings/teams/1/delete").status == 303
    assert alice.post("/settings/teams/1/delete").status == 404
    assert [act[1] for act in acts(line) if act[2] == "team:1"] == ["team.add", "team.change", "team.remove"]


def test_a_token_is_shown_once_does_what_its_owner_may_and_is_revoked(
    alice: Client, anyone: Client, line: Leadline, clock: Clock
) -> None:
    member(line, cast.BOB)
    made = alice.post("/settings/tokens", {"name": "Web form", "user": "2"})
    secret = re.findall(r'value="(leadline_[\w-]+)"', made.text)[0]
    page = alice.get("/settings/tokens").text
    assert (secret in page, "What Bob may" in page, "Never" in page) == (False, True, True)

    program = anyone.having(authorization=f"Bearer {secret}")
    assert program.get(f"{PREFIX}/leads").status == 200
    assert program.send("PUT", f"{PREFIX}/templates/x", {"body": "Hi"}).status == 403
    assert "Never" not in alice.get("/settings/tokens").text

    assert alice.post("/settings/tokens/1/revoke").status == 303
    assert program.get(f"{PREFIX}/leads").status == 401
    assert "Revoked" in alice.get("/settings/tokens").text
    assert alice.post("/settings/tokens/1/revoke").status == 404
    assert [act[1:] for act in acts(line)[-2:]] == [
        ("token.create", "token:1", {"name": "Web form", "user_id": 2}),
        ("token.revoke", "token:1", {"name": "Web form"}),
    ]


def test_a_token_needs_a_name(alice: Client) -> None:
    refused = alice.post("/settings/tokens", {"name": " "})
    assert (refused.status, "A name of 1 to 100 characters." in refused.text) == (422, True)
    assert alice.post("/settings/tokens", {"name": "x", "user": "99"}).status == 404


def test_names_are_only_text(alice: Client) -> None:
    alice.post(PEOPLE, NORA | {"name": "<script>alert(1)</script>"})
    alice.post("/settings/teams", {"name": '"><img src=x onerror=alert(1)>'})
    alice.post("/settings/tokens", {"name": "<b>bold</b>"})
    for path in (PEOPLE, "/settings/tokens"):
        page = alice.get(path).text
        assert ("<script>alert" in page, "<img src=x" in page, "<b>bold" in page) == (False, False, False)
