"""Who gets where: every page behind its door, every change from our own pages only."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from starlette.routing import Route

from leadline import sessions
from leadline.app import Leadline
from leadline.web.app import create_app
from leadline.web.pages import ROUTES
from leadline.web.pages.files import PUBLIC
from leadline.web.sessions import SIGN_IN
from tests import cast, texts
from tests.clock import Clock
from tests.web.conftest import HOST, Client, member, signed_in, signin_secret

VERA = cast.Member("Vera", "vera@example.com", role="viewer", team="North")


def routes() -> Iterator[tuple[str, str]]:
    for route in ROUTES:
        assert isinstance(route, Route)
        for method in (route.methods or set()) - {"HEAD"}:
            yield method, route.path


def address(path: str) -> str:
    return re.sub(r"{\w+}", "1", path)


OPEN = (SIGN_IN, PUBLIC)
BEHIND_THE_DOOR = sorted((method, path) for method, path in routes() if not path.startswith(OPEN))
POSTS = sorted(path for method, path in routes() if method == "POST")


@pytest.fixture(autouse=True)
def _a_conversation(line: Leadline) -> None:
    texts.add_lena(line)
    texts.receive(line, texts.inbound(1, "Hello"))


@pytest.mark.parametrize("cookie", [None, "leadline=wrong", "leadline="])
def test_who_is_signed_out_is_sent_to_the_sign_in(anyone: Client, cookie: str | None) -> None:
    client = anyone.having(cookie=cookie) if cookie else anyone
    for method, path in BEHIND_THE_DOOR:
        call = client.get if method == "GET" else client.post
        answer = call(address(path))
        assert (answer.status, answer.header("location")) == (303, "/signin")


def test_who_is_signed_out_does_not_learn_what_exists(anyone: Client) -> None:
    for path in ("/nothing", "/conversations/99", "/media/1", "/../etc/passwd"):
        assert anyone.get(path).status == 303


@pytest.mark.parametrize(
    "path", ["/conversations/{id}/messages", "/leads/{id}/messages", "/messages/{id}/cancel"]
)
def test_a_viewer_may_not_send(anyone: Client, line: Leadline, path: str) -> None:
    vera = signed_in(anyone, line, VERA)
    refused = vera.post(address(path), {"body": "Hi", "key": "k"})
    assert refused.status == 403
    assert "A viewer reads" in refused.text
    assert texts.claim(line) == []


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "cross-site", "origin": f"http://{HOST}"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": f"http://{HOST}.evil.example"},
        {"origin": ""},
        {},
    ],
)
def test_another_site_can_change_nothing(alice: Client, headers: dict[str, str]) -> None:
    client = alice.having(content_type="application/x-www-form-urlencoded", **headers)
    for path in POSTS:
        assert client.call("POST", address(path), b"body=Hi&key=k").status == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "same-origin"},
        {"sec-fetch-site": "none"},
        {"origin": f"http://{HOST}"},
        {"origin": "http://127.0.0.1:8765", "host": "10.0.0.7:8000"},
    ],
)
def test_our_own_pages_can(alice: Client, headers: dict[str, str]) -> None:
    client = alice.having(content_type="application/x-www-form-urlencoded", **headers)
    assert client.call("POST", "/conversations/1/messages", b"body=Hi&key=k").status == 303


def test_a_link_lets_in_once_and_only_by_the_button(anyone: Client, line: Leadline) -> None:
    secret = signin_secret(line, member(line, cast.BOB))
    for _ in range(3):
        page = anyone.get(f"/signin/{secret}")
        assert (page.status, f'value="{secret}"' in page.text) == (200, True)
        assert page.header("set-cookie") is None

    entered = anyone.post("/signin", {"secret": secret})
    assert (entered.status, entered.header("location")) == (303, "/")
    cookie = entered.header("set-cookie") or ""
    assert cookie.startswith("leadline=")
    assert {"HttpOnly", "SameSite=lax", "Path=/", "Max-Age=7776000"} <= set(cookie.split("; "))
    assert "Secure" not in cookie
    bob = anyone.having(cookie=cookie.partition(";")[0])
    assert "<bdi>Bob</bdi>" in bob.get("/").text

    again = anyone.post("/signin", {"secret": secret})
    assert (again.status, again.header("set-cookie")) == (403, None)
    assert "used before" in again.text


@pytest.mark.parametrize("secret", ["", "wrong", "\0", "x" * 100_000])
def test_a_wrong_link_lets_nobody_in(anyone: Client, secret: str) -> None:
    assert anyone.post("/signin", {"secret": secret}).status == 403


def test_an_old_link_lets_nobody_in(anyone: Client, line: Leadline, clock: Clock) -> None:
    secret = signin_secret(line, member(line, cast.BOB))
    clock.advance(timedelta(hours=25))
    assert anyone.post("/signin", {"secret": secret}).status == 403


def test_over_https_the_cookie_is_for_this_host_only(anyone: Client, line: Leadline) -> None:
    secure = line.settings.model_copy(update={"leadline_public_url": "https://sms.example.com"})
    secret = signin_secret(line, member(line, cast.BOB))
    line.settings = secure
    entered = Client(create_app(line), anyone.loop).post("/signin", {"secret": secret})
    cookie = entered.header("set-cookie") or ""
    assert cookie.startswith("__Host-leadline=")
    assert {"Secure", "HttpOnly", "Path=/"} <= set(cookie.split("; "))
    assert "Domain" not in cookie
    assert (entered.header("strict-transport-security") or "").startswith("max-age=")


def test_signing_out_ends_the_session_itself(alice: Client) -> None:
    left = alice.post("/signout")
    assert (left.status, left.header("location")) == (303, "/signin")
    assert "Max-Age=0" in (left.header("set-cookie") or "")
    assert alice.get("/").status == 303


def test_a_session_ends_by_itself(alice: Client, clock: Clock) -> None:
    clock.advance(sessions.IDLE_LASTS)
    assert alice.get("/").status == 303


@pytest.mark.parametrize(
    "path", ["/", "/conversations/1", "/signin", "/nothing", "/static/base.css", "/leads/x"]
)
def test_every_answer_tells_the_browser_to_be_strict(alice: Client, path: str) -> None:
    answer = alice.get(path)
    policy = answer.header("content-security-policy") or ""
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.header("x-content-type-options") == "nosniff"
    assert answer.header("referrer-policy") == "same-origin"
    assert answer.header("cache-control") == ("no-cache" if "static" in path else "no-store")


def test_a_page_has_no_script_and_no_style_of_its_own(alice: Client) -> None:
    page = alice.get("/conversations/1").text
    assert re.findall(r"<script(?! type=\"module\" src=\"/static/leadline\.js\"></script>)", page) == []
    assert re.findall(r"\s(?:style|on\w+)=", page) == []


def test_a_fault_of_ours_is_a_page_that_tells_nothing(
    alice: Client, line: Leadline, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("the secret sauce")

    monkeypatch.setattr(line, "write", broken)
    answer = alice.post("/conversations/1/messages", {"body": "Hi", "key": "k"})
    assert answer.status == 500
    assert "It was logged" in answer.text
    assert "sauce" not in answer.text
    assert "default-src 'none'" in (answer.header("content-security-policy") or "")


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"body=" + b"x" * 300_000, "application/x-www-form-urlencoded", 413),
        (b"body=Hi", "text/plain", 400),
        (b'{"body": "Hi"}', "application/json", 400),
        (b"\xff\xfe", "application/x-www-form-urlencoded", 400),
        (b"&".join(b"a=1" for _ in range(1000)), "application/x-www-form-urlencoded", 400),
    ],
)
def test_a_form_that_is_none_is_refused(alice: Client, body: bytes, content_type: str, status: int) -> None:
    client = alice.having(content_type=content_type, sec_fetch_site="same-origin")
    assert client.call("POST", "/conversations/1/messages", body).status == status


@pytest.mark.parametrize(
    "path", ["/conversations/99", "/leads/99", "/media/99", "/leads/x", f"/leads/{10**30}", "/x"]
)
def test_what_is_not_there_is_said_on_a_page(alice: Client, path: str) -> None:
    answer = alice.get(path)
    assert answer.status == 404
    assert "There is nothing here" in answer.text


@pytest.mark.parametrize("path", ["/conversations/1/", "/signin/", "/static/mark.svg"])
def test_a_slash_at_the_end_is_no_matter(alice: Client, path: str) -> None:
    assert alice.get(path).status == 200
