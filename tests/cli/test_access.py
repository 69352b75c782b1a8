import pytest

from leadline import accounts
from leadline.app import Leadline
from tests.cli.conftest import Command


def test_a_new_user_gets_a_link_that_signs_them_in_once(leadline: Command, opened: Leadline) -> None:
    said = leadline("user", "add", "Alice", "alice@example.com", "--role", "admin", "--json").json

    base, _, secret = said["link"].rpartition("/")
    assert base == "http://127.0.0.1:8000/signin"
    now = opened.clock.now()
    with opened.database.write() as tx:
        session = accounts.sign_in(tx, secret, now=now)
        assert session is not None
        assert accounts.user_of_session(tx, session, now=now) is not None
        assert accounts.sign_in(tx, secret, now=now) is None


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
