import pytest

from leadline import accounts, sessions, signin
from leadline.app import Leadline
from leadline.signin import Door
from tests.cli.conftest import Command


def test_a_new_user_gets_a_link_that_signs_them_in_once(leadline: Command, opened: Leadline) -> None:
    said = leadline("user", "add", "Alice", "alice@example.com", "--role", "admin", "--json").json

    base, _, secret = said["link"].rpartition("/")
    assert base == "http://127.0.0.1:8000/signin"
    now = opened.clock.now()
    with opened.database.write() as tx:
        entered = signin.by_link(tx, secret, now=now)
        assert entered.door is Door.ENTERED
        assert sessions.find(tx, entered.secret, now=now) is not None
        assert signin.by_link(tx, secret, now=now).door is Door.REFUSED


def test_the_link_names_the_public_address(leadline: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEADLINE_PUBLIC_URL", "https://sms.example.com")

    said = leadline("user", "add", "Alice", "alice@example.com")
    assert said.out.splitlines()[1].startswith("https://sms.example.com/signin/")


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("Alice", "alice"), "email: Write it like alice@example.com."),
        (("Alice", "alice@example.com", "--role", "boss"), "role: One of: admin, agent, viewer."),
    ],
)
def test_a_user_that_cannot_be_is_refused(
    leadline: Command, arguments: tuple[str, ...], complaint: str
) -> None:
    said = leadline("user", "add", *arguments)

    assert (said.code, said.out, said.err.strip()) == (1, "", complaint)


def test_a_token_is_printed_once_and_lets_in(leadline: Command, opened: Leadline) -> None:
    secret = leadline("token", "create", "website").out.splitlines()[1]

    with opened.database.read() as tx:
        token = accounts.token_of(tx, secret)
    assert token is not None
    assert token.name == "website"


def test_somebody_is_found_by_address_or_id_and_followed_through_their_time(
    leadline: Command, opened: Leadline
) -> None:
    leadline("user", "add", "Alice", "alice@example.com", "--role", "admin")
    leadline("team", "add", "North")
    assert leadline("user", "add", "Bob", "bob@example.com", "--team", "north").code == 0
    assert leadline("user", "role", "Bob@example.com", "viewer").out == "Bob is viewer now.\n"
    assert leadline("user", "disable", 2).code == 0
    [alice, bob] = leadline("user", "list", "--json").json
    assert (alice["role"], alice["team"], alice["disabled_at"]) == ("admin", None, None)
    assert (bob["role"], bob["team"], bob["last_seen_at"]) == ("viewer", "North", None)
    assert bob["disabled_at"]
    assert "viewer, disabled" in leadline("user", "list").out
    assert leadline("user", "enable", "bob@example.com").code == 0
    assert leadline("user", "list", "--json").json[1]["disabled_at"] is None

    secret = leadline("user", "link", "bob@example.com", "--json").json["link"].rpartition("/")[2]
    with opened.database.write() as tx:
        assert signin.by_link(tx, secret, now=opened.clock.now()).door is Door.ENTERED
    assert leadline("user", "list", "--json").json[1]["last_seen_at"] is not None


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("user", "role", "alice@example.com", "agent"), "role: Somebody has to be an admin."),
        (("user", "disable", "1"), "user: Somebody has to be an admin."),
        (("user", "disable", "nobody@example.com"), "There is no user nobody@example.com."),
        (("user", "link", "99"), "There is no user 99."),
        (("user", "add", "Bob", "bob@example.com", "--team", "South"), "There is no team South."),
        (("team", "add", "north"), "name: There is a team of this name."),
        (("token", "create", "x", "--user", "bob@example.com"), "There is no user bob@example.com."),
        (("token", "revoke", "7"), "There is no token 7."),
    ],
)
def test_what_cannot_be_is_said(leadline: Command, arguments: tuple[str, ...], complaint: str) -> None:
    leadline("user", "add", "Alice", "alice@example.com", "--role", "admin")
    leadline("team", "add", "North")
    said = leadline(*arguments)
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith(complaint)


def test_a_token_may_be_somebodys_and_is_revoked(leadline: Command, opened: Leadline) -> None:
    leadline("user", "add", "Bob", "bob@example.com")
    made = leadline("token", "create", "form", "--user", "bob@example.com", "--json").json
    assert made["user_id"] == 1
    assert "Bob" in leadline("token", "list").out
    assert leadline("token", "revoke", made["id"]).code == 0
    with opened.database.read() as tx:
        assert accounts.token_of(tx, made["token"]) is None
    [listed] = leadline("token", "list", "--json").json
    assert (listed["name"], bool(listed["revoked_at"])) == ("form", True)


def test_teams_are_listed_by_name(leadline: Command) -> None:
    assert leadline("team", "list").out == "There are no teams.\n"
    for name in ("south", "North"):
        leadline("team", "add", name)
    assert [team["name"] for team in leadline("team", "list", "--json").json] == ["North", "south"]
