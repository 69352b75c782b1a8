"""Who is answered what: every route of every surface, and what each role gets there.

A new route gets a line here. Bob, the agent, owns the lead and the conversation that a line is about. Vera,
the viewer, is in his team; Charlie, the other agent, is in another one, to whom all of it does not exist.
"""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest

from leadline.app import Leadline
from leadline.web.api import PREFIX
from leadline.web.app import create_app
from leadline.web.csrf import SAFE_METHODS
from leadline.web.webhooks import PREFIX as TWILIO
from tests.clock import Clock
from tests.web.conftest import HOST, Client
from tests.web.world import ROLES, Row, World, routes_of

CONVERSATION = "/conversations/{conversation_id}"
LEAD = "/leads/{lead_id}"
TEXT = "/messages/{message_id}"
PEOPLE = "/settings/people"
TEAMS = "/settings/teams"
PASSWORD = {"password": "four words that fit", "repeated": "four words that fit"}
NEW_USER = {"name": "Nora", "email": "nora@example.com", "role": "agent"}
WRITTEN = {"body": "Hi", "key": "{key}"}
STATEMENT = {"kind": "opt_out"}
TEMPLATE = {"body": "Hi"}
LIMITS = {"leadline_marketing_per_day": "2"}

# No browser shows these, and none of them has anything about anybody.
FOR_MACHINES = {"/health", "/ready", "/metrics", TWILIO, f"{TWILIO}/status", f"{TWILIO}/status/{{token}}"}
# All else is kept nowhere.
KEPT = {"/static/{file}": ("no-cache",), "/media/{media_id}": ("private, max-age=3600",)}

# In each line: nobody, a viewer, the agent whose it is, an agent of another team, an admin.
TABLE = (
    # Whether it works, and how well.
    Row("GET", "/health", (200, 200, 200, 200, 200)),
    Row("GET", "/ready", (200, 200, 200, 200, 200)),
    Row("GET", "/metrics", (401, 200, 200, 200, 200)),
    Row("GET", "/static/{file}", (200, 200, 200, 200, 200)),
    # Twilio's own; nobody here has its signature.
    Row("POST", TWILIO, (403, 403, 403, 403, 403)),
    Row("POST", f"{TWILIO}/status", (403, 403, 403, 403, 403)),
    Row("POST", f"{TWILIO}/status/{{token}}", (403, 403, 403, 403, 403)),
    # In and out.
    Row("GET", "/signin", (200, 200, 200, 200, 200)),
    Row("POST", "/signin", (403, 403, 403, 403, 403), form={"secret": "wrong"}),
    Row("GET", "/signin/{secret}", (200, 200, 200, 200, 200)),
    Row("POST", "/signout", (303, 303, 303, 303, 303)),
    # One's own account.
    Row("GET", "/account", (303, 200, 200, 200, 200)),
    Row("POST", "/account/name", (303, 303, 303, 303, 303), form={"name": "Robin"}),
    Row("POST", "/account/password", (303, 303, 303, 303, 303), form=PASSWORD),
    Row("POST", "/account/second-factor", (303, 303, 303, 303, 303)),
    Row("GET", "/account/second-factor.svg", (303, 200, 200, 200, 200)),
    Row("POST", "/account/second-factor/confirm", (303, 422, 422, 422, 422), form={"code": "no"}),
    Row("POST", "/account/second-factor/off", (303, 422, 422, 422, 422), form={"code": "no"}),
    Row("POST", "/account/sessions/end-others", (303, 303, 303, 303, 303)),
    Row("POST", "/account/sessions/{session_id}/end", (303, 303, 303, 303, 303)),
    # Settings: who may come in.
    Row("GET", PEOPLE, (303, 403, 403, 403, 200)),
    Row("POST", PEOPLE, (303, 403, 403, 403, 200), form=NEW_USER),
    Row("POST", f"{PEOPLE}/{{user_id}}", (303, 403, 403, 403, 303), form=NEW_USER),
    Row("POST", f"{PEOPLE}/{{user_id}}/disable", (303, 403, 403, 403, 303)),
    Row("POST", f"{PEOPLE}/{{user_id}}/enable", (303, 403, 403, 403, 303)),
    Row("POST", f"{PEOPLE}/{{user_id}}/link", (303, 403, 403, 403, 200)),
    Row("POST", f"{PEOPLE}/{{user_id}}/reset-second-factor", (303, 403, 403, 403, 303)),
    Row("POST", TEAMS, (303, 403, 403, 403, 303), form={"name": "West"}),
    Row("POST", f"{TEAMS}/{{team_id}}", (303, 403, 403, 403, 303), form={"name": "East"}),
    Row("POST", f"{TEAMS}/{{team_id}}/delete", (303, 403, 403, 403, 303)),
    Row("GET", "/settings/tokens", (303, 403, 403, 403, 200)),
    Row("POST", "/settings/tokens", (303, 403, 403, 403, 200), form={"name": "Form"}),
    Row("POST", "/settings/tokens/{token_id}/revoke", (303, 403, 403, 403, 303)),
    # The inbox.
    Row("GET", "/", (303, 200, 200, 200, 200)),
    Row("GET", "/new", (303, 403, 200, 200, 200)),
    Row("POST", "/new", (303, 403, 200, 200, 200), form={"to": "Len"}),
    Row("POST", "/new/lead", (303, 403, 303, 303, 303), form={"to": "+13035550177", "name": "Zoe"}),
    Row("GET", CONVERSATION, (303, 200, 200, 404, 200)),
    Row("POST", f"{CONVERSATION}/messages", (303, 403, 303, 404, 303), form=WRITTEN),
    Row("POST", f"{CONVERSATION}/notes", (303, 403, 303, 404, 303), form=WRITTEN),
    Row("POST", f"{CONVERSATION}/draft", (303, 403, 204, 404, 204), form=WRITTEN),
    Row("POST", f"{CONVERSATION}/read", (303, 204, 204, 404, 204)),
    Row("POST", f"{CONVERSATION}/opted-out", (303, 403, 303, 404, 303)),
    Row("POST", f"{CONVERSATION}/keep-texting", (303, 403, 303, 404, 303)),
    Row("GET", LEAD, (303, 303, 303, 404, 303)),
    Row("POST", f"{LEAD}/messages", (303, 403, 303, 404, 303), form=WRITTEN),
    Row("POST", f"{TEXT}/cancel", (303, 403, 303, 404, 303)),
    Row("POST", f"{TEXT}/undo", (303, 403, 303, 404, 303)),
    Row("POST", f"{TEXT}/send-now", (303, 403, 303, 404, 303)),
    Row("POST", f"{TEXT}/send-again", (303, 403, 303, 404, 303), message="unconfirmed"),
    Row("POST", f"{TEXT}/leave", (303, 403, 303, 404, 303), message="unconfirmed"),
    Row("POST", f"{CONVERSATION}/presence", (303, 403, 204, 404, 204)),
    Row("GET", f"{CONVERSATION}/proof", (303, 200, 200, 404, 200)),
    Row("POST", f"{CONVERSATION}/assign", (303, 403, 303, 404, 303), form={"to": ""}),
    Row("POST", f"{CONVERSATION}/claim", (303, 403, 303, 404, 409)),
    Row("POST", f"{CONVERSATION}/close", (303, 403, 303, 404, 303)),
    Row("POST", f"{CONVERSATION}/open", (303, 403, 303, 404, 303)),
    Row("POST", f"{CONVERSATION}/lead", (303, 403, 303, 404, 303), form={"name": "Lena"}),
    Row("POST", LEAD, (303, 403, 303, 404, 303), form={"stage": "won"}),
    Row("POST", f"{LEAD}/tags", (303, 403, 303, 404, 303), form={"tag": "metal roof"}),
    Row("POST", f"{LEAD}/untag", (303, 403, 303, 404, 303), form={"tag": "metal roof"}),
    Row("POST", f"{LEAD}/merge", (303, 403, 303, 404, 303), form={"other": "{lead_id}"}),
    Row("GET", "/media/{media_id}", (303, 200, 200, 404, 200)),
    Row("POST", "/files", (303, 403, 200, 200, 200), form={}),
    # What goes with a text is for Twilio to fetch.
    Row("GET", "/m/{token}", (404, 404, 404, 404, 404)),
    Row("GET", "/live", (303, 200, 200, 404, 200), query="conversation={conversation_id}", is_stream=True),
    Row("GET", "/status", (303, 200, 200, 200, 200)),
    # Templates. The one of the table is built in, so nobody deletes it.
    Row("GET", "/templates", (303, 303, 303, 303, 303)),
    Row("POST", "/templates", (303, 403, 403, 403, 303), form={"title": "Hello", "body": "Hi"}),
    Row("POST", "/templates/preview", (303, 200, 200, 200, 200), form=TEMPLATE),
    Row("GET", "/templates/{name}", (303, 200, 200, 200, 200)),
    Row("POST", "/templates/{name}", (303, 403, 403, 403, 303), form=TEMPLATE),
    Row("POST", "/templates/{name}/delete", (303, 403, 403, 403, 422)),
    Row("POST", "/templates/{name}/restore", (303, 403, 403, 403, 303)),
    # Figures, of what each of them sees.
    Row("GET", "/dashboard", (303, 200, 200, 200, 200)),
    Row("GET", "/dashboard.csv", (303, 200, 200, 200, 200)),
    # Settings.
    Row("GET", "/settings", (303, 403, 403, 403, 200)),
    Row("POST", "/settings/check", (303, 403, 403, 403, 200)),
    Row("GET", "/settings/hours", (303, 403, 403, 403, 200)),
    Row("POST", "/settings/hours/{part}", (303, 403, 403, 403, 303), form=LIMITS),
    Row("GET", "/settings/senders", (303, 403, 403, 403, 200)),
    Row("POST", "/settings/senders/rate", (303, 403, 403, 403, 303)),
    Row("POST", "/settings/senders/{sender_id}/start", (303, 403, 403, 403, 303)),
    Row("GET", "/settings/audit", (303, 403, 403, 403, 200)),
    # The API.
    Row("GET", f"{PREFIX}/openapi.json", (200, 200, 200, 200, 200)),
    Row("POST", f"{PREFIX}/leads", (401, 403, 201, 201, 201), json={"name": "Lena"}),
    Row("GET", f"{PREFIX}/leads", (401, 200, 200, 200, 200)),
    Row("GET", f"{PREFIX}{LEAD}", (401, 200, 200, 404, 200)),
    Row("PATCH", f"{PREFIX}{LEAD}", (401, 403, 200, 404, 200), json={"stage": "won"}),
    Row("POST", f"{PREFIX}{LEAD}/sms", (401, 403, 202, 404, 202), json={"body": "Hi"}),
    Row("GET", f"{PREFIX}{LEAD}/messages", (401, 200, 200, 404, 200)),
    Row("GET", f"{PREFIX}/messages", (401, 200, 200, 200, 200)),
    Row("GET", f"{PREFIX}{TEXT}", (401, 200, 200, 404, 200)),
    Row("POST", f"{PREFIX}{TEXT}/cancel", (401, 403, 200, 404, 200)),
    Row("POST", f"{PREFIX}{TEXT}/send-again", (401, 403, 200, 404, 200), message="unconfirmed"),
    Row("POST", f"{PREFIX}{TEXT}/leave", (401, 403, 200, 404, 200), message="unconfirmed"),
    Row("GET", f"{PREFIX}/conversations", (401, 200, 200, 200, 200)),
    Row("GET", f"{PREFIX}/consent/{{number}}", (401, 200, 200, 404, 200)),
    Row("GET", f"{PREFIX}/consent/{{number}}/proof", (401, 200, 200, 404, 200)),
    Row("POST", f"{PREFIX}/consent/{{number}}", (401, 403, 200, 404, 200), json=STATEMENT),
    Row("GET", f"{PREFIX}/reviews", (401, 200, 200, 200, 200)),
    Row("POST", f"{PREFIX}/reviews/{{number}}", (401, 403, 200, 404, 200), json={"is_opt_out": True}),
    Row("GET", f"{PREFIX}/templates", (401, 200, 200, 200, 200)),
    Row("GET", f"{PREFIX}/templates/{{name}}", (401, 200, 200, 200, 200)),
    Row("PUT", f"{PREFIX}/templates/{{name}}", (401, 403, 403, 403, 200), json=TEMPLATE),
    Row("DELETE", f"{PREFIX}/templates/{{name}}", (401, 403, 403, 403, 422)),
    Row("POST", f"{PREFIX}/templates/{{name}}/restore", (401, 403, 403, 403, 200)),
    Row("GET", f"{PREFIX}/status", (401, 200, 200, 200, 200)),
)


@pytest.fixture
def world(line: Leadline, clock: Clock) -> Iterator[World]:
    with asyncio.Runner() as loop:
        yield World(line, clock, Client(create_app(line), loop))


def test_every_route_is_in_the_table_and_the_table_has_no_other(world: World) -> None:
    listed = [(row.method, row.path) for row in TABLE]
    assert sorted(listed) == sorted(set(routes_of(world.client.app)))
    assert len(listed) == len(set(listed))


def test_the_walk_misses_no_route_that_the_api_describes(world: World) -> None:
    document: dict[str, Any] = world.client.get(f"{PREFIX}/openapi.json").json
    described = {(method.upper(), PREFIX + path) for path, at in document["paths"].items() for method in at}
    assert described < set(routes_of(world.client.app))


@pytest.mark.parametrize("path", [f"{TWILIO}/", f"{TWILIO}/other", f"{TWILIO}/status/a/b", f"{TWILIO}s"])
def test_twilio_has_no_other_routes(world: World, path: str) -> None:
    expected = 403 if path == f"{TWILIO}/" else 404
    assert world.client.post(path).status == expected


@pytest.mark.parametrize("role", ROLES)
def test_each_role_is_answered_as_the_table_says(world: World, role: str) -> None:
    place = list(ROLES).index(role)
    expected = {f"{row.method} {row.path}": row.answers[place] for row in TABLE}
    assert {f"{row.method} {row.path}": world.answer(row, role) for row in TABLE} == expected


@pytest.mark.parametrize(
    "headers",
    [
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
        {"sec_fetch_site": "cross-site", "origin": f"http://{HOST}"},
    ],
)
def test_another_site_can_post_nothing_in_an_admins_name(world: World, headers: dict[str, str]) -> None:
    """Programs show a token, which no browser sends by itself, and Twilio a signature."""
    posts = [row for row in TABLE if row.method not in SAFE_METHODS and not row.path.startswith("/api/")]
    answers = {row.path: world.ask(row, "admin", **headers).status for row in posts}
    assert answers == dict.fromkeys(answers, 403)
    assert len(answers) == len(posts) > 10


@pytest.mark.parametrize("role", ["anonymous", "admin"])
def test_every_answer_tells_the_browser_to_be_strict(world: World, role: str) -> None:
    for row in TABLE:
        if row.path in FOR_MACHINES:
            continue
        answer = world.ask(row, role)
        policy = answer.header("content-security-policy") or ""
        told = [
            answer.header(name) for name in ("x-content-type-options", "x-frame-options", "referrer-policy")
        ]
        assert (row.path, told) == (row.path, ["nosniff", "DENY", "same-origin"])
        assert (row.path, "default-src 'none'" in policy, "unsafe" in policy) == (row.path, True, False)
        kept = answer.header("cache-control")
        assert kept in ("no-store", *KEPT.get(row.path, ()))
