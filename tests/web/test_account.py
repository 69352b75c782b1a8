"""One's own account: name, password, second factor, sessions."""

import re
from datetime import timedelta

import pytest

from leadline.app import Leadline
from leadline.store import users
from tests import cast
from tests.clock import Clock
from tests.web.conftest import Client, signed_in, signin_secret
from tests.web.test_people import acts, with_cookie
from tests.web.test_signin import PASSWORD, attempt, code, give_second_factor, ticket_in

NEW = "quite other words now"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def bob(anyone: Client, line: Leadline) -> Client:
    """Bob, who came in by a link."""
    return signed_in(anyone, line, cast.BOB)


def choose(client: Client, password: str = PASSWORD, **more: str) -> tuple[int, str]:
    answer = client.post("/account/password", {"password": password, "repeated": password} | more)
    return answer.status, answer.text


def again(anyone: Client, line: Leadline) -> Client:
    """Bob in another browser."""
    with line.database.read() as tx:
        user = users.by_email(tx, cast.BOB.email)
    assert user
    return with_cookie(anyone, anyone.post("/signin", {"secret": signin_secret(line, user)}))


def test_ones_own_name_is_ones_own(bob: Client) -> None:
    assert bob.post("/account/name", {"name": " Robert  Lindqvist "}).status == 303
    assert 'value="Robert Lindqvist"' in bob.get("/account?done=name").text
    refused = bob.post("/account/name", {"name": ""})
    assert (refused.status, "A name of 1 to 100" in refused.text) == (422, True)


def test_after_a_link_a_password_is_set_and_lets_in(bob: Client, anyone: Client, line: Leadline) -> None:
    assert "None yet" in bob.get("/account").text
    assert choose(bob)[0] == 303
    assert attempt(anyone).status == 303
    assert ("user:1", "password.set", "user:1", {}) in acts(line)
    assert PASSWORD not in str(acts(line))


@pytest.mark.parametrize(
    ("password", "repeated", "said"),
    [
        ("short", "short", "Too short"),
        ("bob@example.com", "bob@example.com", "Not your own name or address"),
        (PASSWORD, NEW, "This is not the same."),
    ],
)
def test_a_password_that_is_not_taken_is_said_beside_the_field(
    bob: Client, anyone: Client, password: str, repeated: str, said: str
) -> None:
    refused = bob.post("/account/password", {"password": password, "repeated": repeated})
    assert (refused.status, said in refused.text) == (422, True)
    assert password not in refused.text.replace("bob@example.com", "") or password == "short"
    assert attempt(anyone, password).status == 403


def test_changing_it_needs_the_old_one(bob: Client, anyone: Client, clock: Clock) -> None:
    choose(bob)
    clock.advance(timedelta(hours=1, seconds=1))
    assert "Password so far" in bob.get("/account").text
    status, page = choose(bob, NEW)
    assert (status, "This is not your password." in page) == (422, True)
    assert choose(bob, NEW, old="not this one, no")[0] == 422
    assert choose(bob, NEW, old=PASSWORD)[0] == 303
    assert (attempt(anyone).status, attempt(anyone, NEW).status) == (403, 303)


def test_a_fresh_link_will_do_for_who_forgot_it(
    bob: Client, anyone: Client, line: Leadline, clock: Clock
) -> None:
    choose(bob)
    clock.advance(timedelta(days=2))
    assert choose(again(anyone, line), NEW)[0] == 303
    assert attempt(anyone, NEW).status == 303


def test_who_came_in_by_password_has_to_show_it_at_once(bob: Client, anyone: Client, clock: Clock) -> None:
    choose(bob)
    clock.advance(1)
    assert choose(with_cookie(anyone, attempt(anyone)), NEW)[0] == 422


def test_who_came_in_by_password_and_code_has_to_show_it_too(
    bob: Client, anyone: Client, line: Leadline, clock: Clock
) -> None:
    choose(bob)
    clock.advance(60)
    with line.database.read() as tx:
        user = users.by_id(tx, 1)
    secret = give_second_factor(line, user)
    ticket = ticket_in(attempt(anyone))
    entered = anyone.post("/signin", {"secret": ticket, "code": code(line, secret)})
    assert choose(with_cookie(anyone, entered), NEW)[0] == 422


def test_a_session_alone_does_not_find_out_the_password(bob: Client, clock: Clock) -> None:
    choose(bob)
    clock.advance(timedelta(hours=2))
    for _ in range(5):
        assert choose(bob, NEW, old="not this one, no")[0] == 422
    assert choose(bob, NEW, old=PASSWORD)[0] == 429


def test_a_new_password_ends_every_other_session_and_link(
    bob: Client, anyone: Client, line: Leadline
) -> None:
    other = again(anyone, line)
    with line.database.read() as tx:
        link = signin_secret(line, users.by_id(tx, 1))
    choose(bob)
    assert (bob.get("/").status, other.get("/").status) == (200, 303)
    assert anyone.post("/signin", {"secret": link}).status == 403


def test_the_second_factor_is_shown_once_confirmed_and_asked_for(
    bob: Client, anyone: Client, line: Leadline, clock: Clock
) -> None:
    choose(bob)
    assert bob.get("/account/second-factor.svg").status == 404
    bob.post("/account/second-factor")
    page = bob.get("/account").text
    secret = re.findall(r">([A-Z2-7]{32})<", page)[0]
    assert (
        f"otpauth://totp/Harbor%20Roofing:bob%40example.com?secret={secret}&amp;issuer=Harbor%20Roofing"
        in page
    )
    drawn = bob.get("/account/second-factor.svg")
    assert (drawn.status, drawn.header("content-type")) == (200, "image/svg+xml")
    assert drawn.header("cache-control") == "no-store"
    assert "default-src 'none'" in (drawn.header("content-security-policy") or "")
    assert attempt(anyone).status == 303

    wrong = bob.post("/account/second-factor/confirm", {"code": "000000"})
    assert (wrong.status, "not the code" in wrong.text) == (422, True)
    assert bob.post("/account/second-factor/confirm", {"code": code(line, secret)}).status == 303
    page = bob.get("/account").text
    assert (secret in page, "Switch it off" in page) == (False, True)
    assert bob.get("/account/second-factor.svg").status == 404
    assert attempt(anyone).status == 200

    bob.post("/account/second-factor")
    with line.database.read() as tx:
        assert users.credentials(tx, 1).totp_secret == secret


def test_switching_it_off_takes_the_password_and_a_code(
    bob: Client, anyone: Client, line: Leadline, clock: Clock
) -> None:
    choose(bob)
    with line.database.read() as tx:
        user = users.by_id(tx, 1)
    secret = give_second_factor(line, user)
    off = "/account/second-factor/off"
    assert bob.post(off, {"old": "wrong wrong wrong", "code": code(line, secret)}).status == 422
    assert bob.post(off, {"old": PASSWORD, "code": "000000"}).status == 422
    assert bob.post(off, {"code": code(line, secret)}).status == 422
    assert bob.post(off, {"old": PASSWORD, "code": code(line, secret)}).status == 303
    assert attempt(anyone).status == 303
    assert [act[1] for act in acts(line)][-3:] == ["second_factor.on", "second_factor.off", "session.begin"]


def test_an_admin_switches_off_that_of_a_lost_phone(alice: Client, anyone: Client, line: Leadline) -> None:
    bob = signed_in(anyone, line, cast.BOB)
    choose(bob)
    with line.database.read() as tx:
        user = users.by_email(tx, cast.BOB.email)
    assert user
    give_second_factor(line, user)
    assert attempt(anyone).status == 200
    assert alice.post(f"/settings/people/{user.id}/reset-second-factor").status == 303
    assert attempt(anyone).status == 303
    assert ("user:1", "second_factor.off", f"user:{user.id}", {}) in acts(line)


def test_sessions_are_listed_with_what_their_owner_knows_them_by(
    anyone: Client, line: Leadline, bob: Client
) -> None:
    with line.database.read() as tx:
        link = signin_secret(line, users.by_id(tx, 1))
    with_cookie(anyone, anyone.post("/signin", {"secret": link}, user_agent=FIREFOX))
    page = bob.get("/account").text
    assert ("Firefox on Linux" in page, "127.0.0.1" in page) == (True, True)
    assert page.count("This one") == 1


def test_one_session_is_ended_and_nobody_elses(alice: Client, anyone: Client, line: Leadline) -> None:
    bob = signed_in(anyone, line, cast.BOB)
    other = again(anyone, line)
    for session_id in (1, 3):
        assert bob.post(f"/account/sessions/{session_id}/end").status == 303
    assert (alice.get("/").status, bob.get("/").status, other.get("/").status) == (200, 200, 303)


def test_all_others_are_ended_at_once(bob: Client, anyone: Client, line: Leadline) -> None:
    others = [again(anyone, line) for _ in range(3)]
    assert "Sign out everywhere else" in bob.get("/account").text
    assert bob.post("/account/sessions/end-others").status == 303
    assert [client.get("/").status for client in (bob, *others)] == [200, 303, 303, 303]
    assert acts(line)[-1] == ("user:1", "session.end", "user:1", {"count": 3})
