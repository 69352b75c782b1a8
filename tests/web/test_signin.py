"""Coming in: by password, with a second factor, the first of all; and what holds up who guesses."""

import asyncio
import re
from datetime import timedelta
from typing import Any

import pytest
from argon2 import PasswordHasher
from sqlalchemy import func, select

from leadline import passwords, signin
from leadline.app import Leadline
from leadline.rules import totp
from leadline.store import schema, sessions, users
from leadline.store.users import User
from leadline.web.app import create_app
from leadline.web.hashing import WAITING_AT_MOST
from tests import cast
from tests.clock import Clock
from tests.web.conftest import Answer, Client, member, signed_in, signin_secret
from tests.web.test_people import with_cookie

PASSWORD = "four words that fit"
NO_MATCH = "Email and password do not match."


@pytest.fixture
def bob(line: Leadline) -> User:
    """Bob, who has a password."""
    user = member(line, cast.BOB)
    with line.database.write() as tx:
        return users.change(tx, user.id, {"password_hash": passwords.hashed(PASSWORD)})


def attempt(client: Client, password: str = PASSWORD, *, email: str = cast.BOB.email, **more: str) -> Answer:
    return client.post("/signin", {"email": email, "password": password}, **more)


def fail(client: Client, times: int, **more: Any) -> None:
    for _ in range(times):
        assert attempt(client, "not this one, no", **more).status == 403


def give_second_factor(line: Leadline, user: User) -> str:
    """A second factor that counts; its secret."""
    with line.database.write() as tx:
        signin.begin_second_factor(tx, user)
        secret = users.credentials(tx, user.id).totp_secret
        assert secret
        signin.confirm_second_factor(tx, user, code(line, secret, steps=-1), now=line.clock.now())
    return secret


def code(line: Leadline, secret: str, *, steps: int = 0) -> str:
    return totp.code_at(secret, int(line.clock.now().timestamp()) // totp.SECONDS + steps)


def ticket_in(page: Answer) -> str:
    found = re.search(r'name="secret" value="([\w-]+)"', page.text)
    assert found
    return found[1]


def failures(line: Leadline) -> int:
    with line.database.read() as tx:
        return int(tx.scalar(select(func.count()).select_from(schema.signin_failures)) or 0)


def test_a_password_lets_in(anyone: Client, bob: User) -> None:
    entered = attempt(anyone, email="BOB@example.com ")
    assert (entered.status, entered.header("location")) == (303, "/")
    assert "Max-Age" not in (entered.header("set-cookie") or "")
    assert "<bdi>Bob</bdi>" in with_cookie(anyone, entered).get("/").text


def test_who_stays_signed_in_has_a_cookie_that_stays(anyone: Client, bob: User) -> None:
    form = {"email": cast.BOB.email, "password": PASSWORD, "stay": "yes"}
    assert "Max-Age=7776000" in (anyone.post("/signin", form).header("set-cookie") or "")


@pytest.mark.parametrize(
    ("email", "password"),
    [
        (cast.BOB.email, "not this one, no"),
        (cast.BOB.email, ""),
        (cast.BOB.email, PASSWORD.upper()),
        (cast.ALICE.email, PASSWORD),
        ("nobody@example.com", PASSWORD),
        ("nobody@example.com\0", PASSWORD),
        ("", ""),
        ("x" * 5000, "x" * 50_000),
    ],
)
def test_nobody_learns_what_was_wrong(
    anyone: Client, line: Leadline, bob: User, email: str, password: str
) -> None:
    """Alice has no password. The pages differ in the address that was typed and in nothing else."""
    member(line, cast.ALICE)
    refused = attempt(anyone, password, email=email)
    expected = attempt(anyone, "not this one, no")
    assert (refused.status, refused.header("set-cookie")) == (403, None)
    assert NO_MATCH in refused.text
    plain = [re.sub(r'type="email" value="[^"]*"', "", page.text) for page in (refused, expected)]
    assert plain[0] == plain[1]


def test_a_disabled_user_is_nobody(anyone: Client, line: Leadline, bob: User) -> None:
    with line.database.write() as tx:
        users.change(tx, bob.id, {"disabled_at": line.clock.now()})
    assert NO_MATCH in attempt(anyone).text


def test_as_much_work_is_done_for_an_unknown_address(
    anyone: Client, bob: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    verified = []
    real = passwords._hasher.verify

    def counting(stored: str, password: str) -> bool:
        verified.append(stored.rpartition("$")[0].rpartition("$")[0])
        return real(stored, password)

    monkeypatch.setattr(passwords, "_hasher", _Counting(passwords._hasher, counting))
    for email in (cast.BOB.email, "nobody@example.com"):
        attempt(anyone, "not this one, no", email=email)
    assert len(verified) == 2
    assert verified[0] == verified[1]


class _Counting:
    def __init__(self, hasher: Any, verify: Any) -> None:
        self._hasher = hasher
        self.verify = verify

    def __getattr__(self, name: str) -> Any:
        return getattr(self._hasher, name)


def test_after_five_failures_even_the_right_password_waits(
    anyone: Client, line: Leadline, bob: User, clock: Clock
) -> None:
    fail(anyone, 5)
    held_up = attempt(anyone)
    assert (held_up.status, held_up.header("retry-after")) == (429, "900")
    assert "Too many tries failed. Try again in 15 minutes" in held_up.text
    clock.advance(timedelta(minutes=14, seconds=59))
    assert attempt(anyone).status == 429
    clock.advance(1)
    assert attempt(anyone).status == 303


def test_an_unknown_address_is_held_up_alike(anyone: Client) -> None:
    fail(anyone, 5, email="nobody@example.com")
    assert attempt(anyone, email="Nobody@example.com").status == 429


def test_a_success_clears_the_account(anyone: Client, line: Leadline, bob: User) -> None:
    fail(anyone, 4)
    assert attempt(anyone).status == 303
    fail(anyone, 4)
    assert attempt(anyone).status == 303


def test_from_one_address_twenty_may_fail(anyone: Client, bob: User) -> None:
    for number in range(20):
        fail(anyone, 1, email=f"guess{number}@example.com")
    assert attempt(anyone).status == 429


def test_success_does_not_clear_what_the_address_failed(anyone: Client, bob: User) -> None:
    for number in range(19):
        fail(anyone, 1, email=f"guess{number}@example.com")
    assert attempt(anyone).status == 303
    fail(anyone, 1, email="last@example.com")
    assert attempt(anyone).status == 429


def test_old_failures_are_forgotten(anyone: Client, line: Leadline, bob: User, clock: Clock) -> None:
    fail(anyone, 3)
    assert failures(line) == 6
    clock.advance(timedelta(minutes=16))
    assert attempt(anyone).status == 303
    assert failures(line) == 0


def test_many_guesses_at_once_are_counted_one_by_one(anyone: Client, line: Leadline, bob: User) -> None:
    form = b"email=bob%40example.com&password=not+this+one%2C+no"
    client = anyone.having(content_type="application/x-www-form-urlencoded", sec_fetch_site="same-origin")

    async def story() -> list[int]:
        answers = await asyncio.gather(*(client.ask("POST", "/signin", form) for _ in range(12)))
        return sorted(answer.status for answer in answers)

    assert anyone.loop.run(story()) == [403] * 5 + [429] * 7


def test_who_guesses_cannot_make_the_service_hash_without_end(anyone: Client, bob: User) -> None:
    hashing = anyone.app.routes[-1].app.state.site.hashing

    async def story() -> int:
        hashing._waiting = WAITING_AT_MOST
        client = anyone.having(content_type="application/x-www-form-urlencoded", sec_fetch_site="same-origin")
        answer = await client.ask("POST", "/signin", b"email=a%40example.com&password=x")
        hashing._waiting = 0
        return answer.status

    assert anyone.loop.run(story()) == 429
    assert attempt(anyone).status == 303


@pytest.mark.parametrize(
    ("trusted", "forwarded", "address"),
    [
        ("", "203.0.113.9", "127.0.0.1"),
        ("127.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("127.0.0.0/8", "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        ("127.0.0.1, 203.0.113.0/24", "198.51.100.1, 203.0.113.9", "198.51.100.1"),
        ("127.0.0.1", "<script>", "127.0.0.1"),
        ("127.0.0.1", "203.0.113.9, nonsense", "127.0.0.1"),
        ("127.0.0.1", "2001:db8::1", "2001:db8::1"),
        ("10.0.0.1", "203.0.113.9", "127.0.0.1"),
    ],
)
def test_only_our_own_proxy_is_believed_about_the_address(
    anyone: Client, line: Leadline, bob: User, trusted: str, forwarded: str, address: str
) -> None:
    line.settings = line.settings.model_copy(update={"leadline_trusted_proxies": trusted})
    attempt(anyone, x_forwarded_for=forwarded)
    with line.database.read() as tx:
        [session] = sessions.alive(tx, bob.id, now=line.clock.now())
    assert session.address == address


def test_with_a_second_factor_a_password_alone_opens_nothing(
    anyone: Client, line: Leadline, bob: User
) -> None:
    secret = give_second_factor(line, bob)
    asked = attempt(anyone)
    assert (asked.status, asked.header("set-cookie"), "Six digits" in asked.text) == (200, None, True)
    ticket = ticket_in(asked)
    wrong = anyone.post("/signin", {"secret": ticket, "code": "000000"})
    assert (wrong.status, ticket_in(wrong)) == (403, ticket)
    entered = anyone.post("/signin", {"secret": ticket, "code": code(line, secret)})
    assert (entered.status, "Max-Age" in (entered.header("set-cookie") or "")) == (303, False)
    assert "<bdi>Bob</bdi>" in with_cookie(anyone, entered).get("/").text


def test_with_a_second_factor_a_link_alone_opens_nothing_and_is_not_spent(
    anyone: Client, line: Leadline, bob: User
) -> None:
    secret = give_second_factor(line, bob)
    link = signin_secret(line, bob)
    assert "Six digits" in anyone.get(f"/signin/{link}").text
    assert anyone.post("/signin", {"secret": link}).status == 200
    assert anyone.post("/signin", {"secret": link, "code": "123"}).status == 403
    assert anyone.post("/signin", {"secret": link, "code": code(line, secret)}).status == 303
    assert anyone.post("/signin", {"secret": link, "code": code(line, secret, steps=1)}).status == 403


def test_no_code_lets_in_twice(anyone: Client, line: Leadline, bob: User, clock: Clock) -> None:
    secret = give_second_factor(line, bob)
    used = code(line, secret)
    for expected in (303, 403):
        ticket = ticket_in(attempt(anyone))
        assert anyone.post("/signin", {"secret": ticket, "code": used}).status == expected
    ticket = ticket_in(attempt(anyone))
    earlier = anyone.post("/signin", {"secret": ticket, "code": code(line, secret, steps=-1)})
    assert earlier.status == 403
    clock.advance(30)
    assert anyone.post("/signin", {"secret": ticket, "code": code(line, secret)}).status == 303


def test_five_wrong_codes_are_enough(anyone: Client, line: Leadline, bob: User, clock: Clock) -> None:
    """More passwords do not buy more codes, and wrong passwords of a stranger take none away."""
    secret = give_second_factor(line, bob)
    for _ in range(5):
        ticket = ticket_in(attempt(anyone))
        assert anyone.post("/signin", {"secret": ticket, "code": "000000"}).status == 403
    ticket = ticket_in(attempt(anyone))
    assert anyone.post("/signin", {"secret": ticket, "code": code(line, secret)}).status == 429
    clock.advance(timedelta(minutes=15))
    fail(anyone, 5)
    link = signin_secret(line, bob)
    assert anyone.post("/signin", {"secret": link, "code": code(line, secret)}).status == 303


def test_a_ticket_is_old_after_ten_minutes(anyone: Client, line: Leadline, bob: User, clock: Clock) -> None:
    secret = give_second_factor(line, bob)
    ticket = ticket_in(attempt(anyone))
    clock.advance(timedelta(minutes=10))
    assert anyone.post("/signin", {"secret": ticket, "code": code(line, secret)}).status == 403


def test_a_password_that_was_hashed_with_less_work_is_hashed_anew(
    anyone: Client, line: Leadline, bob: User
) -> None:
    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    with line.database.write() as tx:
        users.change(tx, bob.id, {"password_hash": weak})
    assert attempt(anyone).status == 303
    with line.database.read() as tx:
        stored = users.credentials(tx, bob.id).password_hash
    assert stored != weak
    assert passwords.fits(PASSWORD, stored)
    assert not passwords.is_weak(stored or "")


def test_who_is_first_becomes_the_admin_by_the_link_of_the_start(anyone: Client, line: Leadline) -> None:
    first = Client(create_app(line, first_run="start-secret"), anyone.loop)
    assert "Nobody is here yet" in first.get("/signin").text
    assert "You will be the first admin" in first.get("/signin/start-secret").text
    refused = first.post("/signin", {"secret": "start-secret", "name": "Alice", "email": "alice"})
    assert (refused.status, "Write it like alice@example.com." in refused.text) == (422, True)
    form = {"secret": "start-secret", "name": "Alice", "email": "alice@example.com"}
    entered = first.post("/signin", form)
    assert entered.status == 303
    alice = with_cookie(first, entered)
    assert alice.get("/settings/people").status == 200
    again = first.post("/signin", form | {"email": "eve@example.com"})
    assert (again.status, again.header("set-cookie")) == (403, None)
    assert "You will be the first admin" not in first.get("/signin/start-secret").text


def test_there_is_no_first_admin_where_somebody_is(alice: Client, anyone: Client, line: Leadline) -> None:
    late = Client(create_app(line, first_run="start-secret"), anyone.loop)
    form = {"secret": "start-secret", "name": "Eve", "email": "eve@example.com"}
    assert late.post("/signin", form).status == 403
    assert anyone.post("/signin", form).status == 403


def test_a_session_goes_on_while_it_is_used_and_ends_for_good(
    anyone: Client, line: Leadline, clock: Clock
) -> None:
    bob = signed_in(anyone, line, cast.BOB)
    for _ in range(6):
        clock.advance(timedelta(days=13))
        assert bob.get("/").status == 200
    clock.advance(timedelta(days=11))
    assert bob.get("/").status == 200
    clock.advance(timedelta(days=2))
    assert bob.get("/").status == 303


def test_that_somebody_came_by_is_written_once_a_minute(anyone: Client, line: Leadline, clock: Clock) -> None:
    bob = signed_in(anyone, line, cast.BOB)

    def seen_at() -> Any:
        with line.database.read() as tx:
            return sessions.alive(tx, 1, now=clock.now())[0].last_seen_at

    began = seen_at()
    clock.advance(59)
    bob.get("/")
    assert seen_at() == began
    clock.advance(1)
    bob.get("/")
    assert seen_at() == clock.now()
