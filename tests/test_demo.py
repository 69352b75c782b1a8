import json
import re
import signal
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from leadline.app import Leadline
from leadline.demo import history
from leadline.demo.story import PEOPLE, TEAM
from leadline.settings import Settings
from leadline.simulation import NUMBER
from leadline.simulator import Simulator
from leadline.store import conversations, leads, media, messages, users
from tests import cast
from tests.process import leadline

NOW = datetime(2026, 3, 18, 16, 0, tzinfo=UTC)


@pytest.fixture
def told(settings: Callable[..., Settings], database_url: str) -> tuple[Settings, Simulator]:
    """The demo's story, in a database and on a simulator's phones."""
    ours = settings(leadline_database_url=database_url, twilio_api_base_url="http://127.0.0.1:8001")
    pretence = Simulator(cast.ACCOUNT_SID, cast.AUTH_TOKEN, numbers=[NUMBER])
    story = history.entries(NOW)
    history.load_phones(pretence, story, our_number=NUMBER)
    history.write(ours, story, pretence, now=NOW)
    return ours, pretence


def test_every_number_is_one_kept_for_fiction() -> None:
    phones = [person.phone for person in PEOPLE]

    assert len(set(phones)) == len(phones)
    assert [phone for phone in phones if not re.fullmatch(r"\+1[2-9]\d\d55501\d\d", phone)] == []


@pytest.mark.parametrize("hour", range(0, 24, 4))
def test_at_any_hour_all_of_it_has_happened(hour: int) -> None:
    now = NOW.replace(hour=hour, minute=1)
    story = history.entries(now)

    assert len(story) > 20
    assert all(now - history.BEGINNING < entry.at < now - timedelta(minutes=1) for entry in story)


def test_leads_and_team_are_there(told: tuple[Settings, Simulator]) -> None:
    with Leadline.open(told[0]) as line, line.database.read() as tx:
        team = users.everyone(tx)
        found = leads.search(tx)
    assert [(user.name, user.role) for user in team] == [(name, role) for name, _, role in TEAM]
    assert [lead.name for lead in found] == [person.name for person in PEOPLE]
    assert {lead.owner_id for lead in found} == {user.id for user in team}


def test_texts_ended_in_every_way_that_the_demo_shows(told: tuple[Settings, Simulator]) -> None:
    with Leadline.open(told[0]) as line, line.database.read() as tx:
        found = messages.recent(tx, limit=100)
        threads = conversations.newest(tx)
    assert {(text.status, text.error_code) for text in found} == {
        ("delivered", 0),
        ("undelivered", 30003),
        ("undelivered", 30005),
        ("received", 0),
    }
    assert [thread.consent for thread in threads].count("opted_out") == 1
    assert sum(thread.unread for thread in threads) == 2
    assert {text.state for text in found} == {"accepted", "received"}


def test_the_phones_show_what_the_database_has(told: tuple[Settings, Simulator]) -> None:
    ours, pretence = told
    with Leadline.open(ours) as line, line.database.read() as tx:
        stored = messages.recent(tx, limit=100)
        [picture] = media.of_messages(tx, [text.id for text in stored])
    shown = {
        text.sid: (text.body, text.status, text.error_code or 0)
        for text in pretence.account.messages.values()
    }
    assert shown == {text.twilio_sid: (text.body, text.status, text.error_code) for text in stored}
    assert picture.url.startswith("http://127.0.0.1:8060/2010-04-01/Accounts/")


def test_who_opted_out_is_blocked_at_the_simulator_too(told: tuple[Settings, Simulator]) -> None:
    account = told[1].account
    blocked = [person.name for person in PEOPLE if account.is_blocked(person.phone, NUMBER)]

    assert blocked == ["Priya Natarajan"]


@contextmanager
def asked(
    address: str, method: str, path: str, body: str | None = None, **headers: str
) -> Iterator[HTTPResponse]:
    """One request; the answer may be a stream."""
    with closing(HTTPConnection(address, timeout=30)) as connection:
        connection.request(method, path, body, {name.replace("_", "-"): headers[name] for name in headers})
        yield connection.getresponse()


def page(address: str, path: str, **headers: str) -> str:
    with asked(address, "GET", path, **headers) as answer:
        return answer.read().decode()


def sign_in(app: str, path: str) -> str:
    """Follow a sign-in link; the session's cookie."""
    secret = path.rpartition("/")[2]
    form = {"Content_Type": "application/x-www-form-urlencoded", "Origin": f"http://{app}"}
    with asked(app, "POST", "/signin", f"secret={secret}", **form) as answer:
        assert answer.status == 303
        return (answer.headers["Set-Cookie"] or "").partition(";")[0]


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_the_demo_can_be_used_and_leaves_nothing_behind(how: signal.Signals, tmp_path: Path) -> None:
    account = {"TWILIO_ACCOUNT_SID": cast.ACCOUNT_SID, "TWILIO_AUTH_TOKEN": cast.AUTH_TOKEN}
    with leadline("demo", folder=tmp_path, PORT="0", TMPDIR=str(tmp_path), **account) as demo:
        assert "account in the settings is not used" in demo.read_until("Twilio")
        link = urlsplit(demo.read_until("/signin/").strip())
        phones = urlsplit(demo.read_until("?phone=").strip())
        token = demo.read_until("curl ").partition("Bearer ")[2].partition("'")[0]
        demo.read_until("Ctrl-C")
        assert list(tmp_path.iterdir())

        cookie = sign_in(link.netloc, link.path)
        assert "Lena Park" in page(link.netloc, "/", Cookie=cookie)
        assert "This is above the garage" in page(phones.netloc, f"/?{phones.query}")
        with asked(link.netloc, "GET", "/live", Cookie=cookie) as live:
            assert send(link.netloc, token) == 202
            seen = next(event for event in live if b"a word about your roof" in event)
            assert b"Ray Kowalski" in seen
            assert demo.ended(by=how) == (0, "")
    assert list(tmp_path.iterdir()) == []


def send(app: str, token: str) -> int:
    """Send Ray his first text by the API; the HTTP status."""
    headers = {"Authorization": f"Bearer {token}", "Content_Type": "application/json"}
    body = json.dumps({"body": "Hi Ray, a word about your roof?"})
    with asked(app, "POST", "/api/admin/leads/10/sms", body, **headers) as answer:
        return answer.status
