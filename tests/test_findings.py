import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from leadline.app import Leadline
from leadline.errors import SettingsError
from leadline.findings import Check, Finding, as_chosen, finding_of, findings, findings_here
from leadline.findings.of_installation import DATABASE_CHECKS, FOLDER_CHECKS, UNREACHABLE
from leadline.findings.of_settings import CHECKS, UNREADABLE
from leadline.settings import TWILIO_API, Settings
from leadline.store import migrate, senders, users
from leadline.store.database import Database
from tests import cast
from tests.contracts.tree import DOCS

Make = Callable[..., Settings]

OUR_REAL_NUMBER = "+13035550100"
SERVICE = "MG" + "0123456789abcdef" * 2
EVERY_CHECK: list[Check[Any]] = [*CHECKS, *FOLDER_CHECKS, *DATABASE_CHECKS, UNREADABLE, UNREACHABLE]


@pytest.fixture
def ready(settings: Make) -> Make:
    """Settings of an installation with nothing to mend."""

    def make(**changes: object) -> Settings:
        ready = {
            "twilio_phone_number": OUR_REAL_NUMBER,
            "twilio_api_base_url": TWILIO_API,
            "leadline_public_url": "https://sms.example.com",
            "leadline_business_name": "Harbor Roofing",
            "leadline_database_url": "postgresql://db.example.com/leadline",
        }
        return settings(**(ready | changes))

    return make


def codes(found: list[Finding]) -> list[str]:
    return [finding.code for finding in found]


def test_an_installation_that_is_ready_has_no_findings(ready: Make) -> None:
    assert findings(ready()) == []


@pytest.mark.parametrize(
    ("code", "changes", "named"),
    [
        (
            "E002",
            {"twilio_account_sid": None, "twilio_auth_token": None},
            "TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN.",
        ),
        ("E002", {"twilio_phone_number": None}, "no TWILIO_PHONE_NUMBER"),
        ("E003", {"twilio_account_sid": "SK" + "0" * 32}, "SK000"),
        ("E003", {"twilio_account_sid": "AC" + "0" * 31}, "AC000"),
        ("E004", {"twilio_auth_token": "your_auth_token"}, "placeholder"),
        ("E004", {"twilio_auth_token": "x" * 32}, "placeholder"),
        ("E005", {"twilio_messaging_service_sid": "MGabc"}, "MGabc"),
        ("E006", {"twilio_api_key": "abc", "twilio_api_key_secret": "s"}, "abc"),
        ("E007", {"twilio_phone_number": "303-555-0100"}, "303-555-0100"),
        ("E008", {"leadline_public_url": None}, "not set"),
        ("E009", {"leadline_public_url": "http://sms.example.com"}, "http://sms.example.com"),
        ("E010", {"leadline_public_url": "https://localhost:8000"}, "localhost"),
        ("E010", {"leadline_public_url": "http://127.0.0.1:8000"}, "127.0.0.1"),
        ("E010", {"leadline_public_url": "https://192.168.1.7"}, "192.168.1.7"),
        ("E010", {"leadline_public_url": "https://[::1]"}, "::1"),
        ("E011", {"leadline_public_url": "https://my_sms.example.com"}, "my_sms.example.com"),
        ("W001", {"leadline_database_url": "sqlite:////tmp/leadline.db"}, "/tmp/leadline.db"),
        ("W002", {"leadline_business_name": None}, "LEADLINE_BUSINESS_NAME"),
        ("W003", {"twilio_messaging_service_sid": SERVICE, "twilio_phone_number": None}, "Messaging Service"),
        ("W004", {"twilio_auth_token": "fedcba98" * 4 + " x"}, "does not look like"),
        ("W005", {"twilio_api_base_url": "https://proxy.example.com"}, "https://proxy.example.com"),
        ("W006", {"twilio_phone_number": cast.OUR_NUMBER}, cast.OUR_NUMBER),
    ],
)
def test_a_finding_names_what_is_at_fault(
    ready: Make, code: str, changes: dict[str, object], named: str
) -> None:
    [finding] = findings(ready(**changes))

    assert finding.code == code
    assert named in finding.sentence
    assert finding.what_to_do.endswith(".")
    assert finding.severity == {"E": "error", "W": "warning"}[code[0]]


@pytest.mark.parametrize(
    "changes",
    [
        {"twilio_phone_number": "+4915112345678"},
        {"twilio_phone_number": "55512"},
        {"twilio_api_base_url": "https://api.dublin.ie1.twilio.com"},
        {"twilio_messaging_service_sid": SERVICE},
        {"leadline_database_url": "sqlite:////var/lib/leadline/leadline.db"},
    ],
)
def test_what_is_unusual_but_right_is_no_finding(ready: Make, changes: dict[str, object]) -> None:
    assert findings(ready(**changes)) == []


def test_with_a_simulator_the_public_address_may_be_this_machine(ready: Make) -> None:
    found = findings(
        ready(twilio_api_base_url="http://127.0.0.1:8060", leadline_public_url="http://127.0.0.1:8000")
    )

    assert codes(found) == ["W005"]


@pytest.mark.parametrize("token", ["your_auth_token", "hunter2 hunter2"])
def test_no_finding_shows_a_token(ready: Make, token: str) -> None:
    assert token not in str(findings(ready(twilio_auth_token=token)))


def test_settings_that_cannot_be_read_are_a_finding_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TWILIO_API_KEY", "SK" + "0" * 32)
    with pytest.raises(SettingsError) as raised:
        Settings.load()

    finding = finding_of(raised.value)
    assert (finding.code, finding.severity) == ("E001", "error")
    assert "TWILIO_API_KEY and TWILIO_API_KEY_SECRET go together" in finding.sentence


def test_a_database_in_use_has_no_findings_of_its_own(line: Leadline) -> None:
    with line.database.write() as tx:
        users.add(tx, name="Alice", email="alice@example.com", role="admin", now=line.clock.now())

    assert findings_here(line.settings) == []


def test_nobody_who_could_sign_in_is_a_warning(line: Leadline) -> None:
    assert codes(findings_here(line.settings)) == ["W009"]


def test_a_stopped_sender_is_reported_with_its_reason(line: Leadline) -> None:
    with line.database.write() as tx:
        sender = senders.by_address(tx, cast.OUR_NUMBER)
        senders.stop(tx, sender.id, because="Authenticate", now=line.clock.now())

    finding = findings_here(line.settings)[0]
    assert finding.code == "E015"
    assert f"{cast.OUR_NUMBER}: Authenticate" in finding.sentence


def test_looking_does_not_start_a_stopped_sender_again(line: Leadline) -> None:
    with line.database.write() as tx:
        senders.stop(
            tx, senders.by_address(tx, cast.OUR_NUMBER).id, because="Authenticate", now=line.clock.now()
        )

    assert "E015" in codes(findings_here(line.settings))
    assert "E015" in codes(findings_here(line.settings))


def test_an_automatic_reply_needs_its_template(line: Leadline, settings: Make) -> None:
    database_url = line.settings.leadline_database_url
    wrong = settings(leadline_database_url=database_url, leadline_auto_reply_template="thankyou")
    right = settings(leadline_database_url=database_url, leadline_auto_reply_template="thank_you")

    assert "E016" in codes(findings_here(wrong))
    assert "E016" not in codes(findings_here(right))


def test_what_an_admin_chose_is_looked_at_too(line: Leadline) -> None:
    line.choose({"leadline_auto_reply_template": "thank_you"}, actor="user:1")
    assert as_chosen(line.given).leadline_auto_reply_template == "thank_you"


def test_without_a_database_nothing_is_chosen(settings: Make, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear Lena")
    for name in ("new.db", "letter.txt"):
        given = settings(leadline_database_url=f"sqlite:///{tmp_path}/{name}")
        assert as_chosen(given) is given
    assert not (tmp_path / "new.db").exists()


def test_looking_for_a_database_does_not_make_one(settings: Make, tmp_path: Path) -> None:
    file = tmp_path / "none.db"

    found = findings_here(settings(leadline_database_url=f"sqlite:///{file}"))

    assert codes(found) == ["W007"]
    assert not file.exists()


@pytest.mark.parametrize(("version", "code"), [("0000", "W008"), ("9999", "E014")])
def test_another_version_of_the_schema_is_reported(
    database: Database, database_url: str, settings: Make, version: str, code: str
) -> None:
    with database.write() as tx:
        tx.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{version}'")  # noqa: S608

    [finding] = findings_here(settings(leadline_database_url=database_url))
    assert finding.code == code
    assert version in finding.sentence


def test_an_empty_database_is_reported_as_none(empty_database_url: str, settings: Make) -> None:
    assert codes(findings_here(settings(leadline_database_url=empty_database_url))) == ["W007"]
    assert migrate.HEAD not in str(findings_here(settings(leadline_database_url=empty_database_url)))


def test_a_database_that_does_not_answer_is_an_error(settings: Make) -> None:
    nobody_there = "postgresql://leadline@127.0.0.1:1/leadline"

    assert codes(findings_here(settings(leadline_database_url=nobody_there))) == ["E013"]


def test_a_file_that_is_no_database_is_an_error(settings: Make, tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("Call Lena back. " * 100)

    assert codes(findings_here(settings(leadline_database_url=f"sqlite:///{file}"))) == ["E013"]


def test_a_media_folder_that_is_a_file_is_an_error(line: Leadline, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    settings = line.settings.model_copy(update={"leadline_media_dir": str(file)})

    assert "E012" in codes(findings_here(settings))


@pytest.mark.skipif(os.geteuid() == 0, reason="Root may write everywhere.")
def test_a_media_folder_that_cannot_be_written_is_an_error(line: Leadline, tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    settings = line.settings.model_copy(update={"leadline_media_dir": str(tmp_path / "media")})

    assert "E012" in codes(findings_here(settings))


def test_every_check_is_documented_and_nothing_else_is() -> None:
    listed = re.findall(r"^\| `([EW]\d{3})` \|", (DOCS / "check.md").read_text(), re.MULTILINE)

    assert listed == sorted(check.code for check in EVERY_CHECK)


def test_a_code_means_one_thing() -> None:
    assert len({check.code for check in EVERY_CHECK}) == len(EVERY_CHECK)
