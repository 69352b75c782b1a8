import pytest

from leadline.app import Leadline
from leadline.cli import main
from tests.cli.conftest import Command

REAL = {
    "TWILIO_PHONE_NUMBER": "+13035550100",
    "LEADLINE_PUBLIC_URL": "https://sms.example.com",
}


@pytest.fixture
def ready(monkeypatch: pytest.MonkeyPatch, leadline: Command) -> Command:
    """An installation where only warnings are left."""
    for name, value in REAL.items():
        monkeypatch.setenv(name, value)
    return leadline


def test_warnings_alone_do_not_fail(ready: Command, opened: Leadline) -> None:
    said = ready("check")

    assert said.code == 0
    assert "W009  Nobody can sign in yet.\n      Run `leadline user add" in said.out
    assert "0 to mend, " in said.out


def test_an_error_fails(ready: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LEADLINE_PUBLIC_URL")

    said = ready("check")
    assert said.code == 1
    assert "E008  LEADLINE_PUBLIC_URL is not set" in said.out
    assert "1 to mend" in said.out


def test_findings_are_json_for_programs(ready: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TWILIO_PHONE_NUMBER", "303")

    finding = ready("check", "--json").json[0]
    assert (finding["code"], finding["severity"]) == ("E007", "error")
    assert finding.keys() == {"code", "severity", "sentence", "what_to_do"}


def test_settings_that_cannot_be_read_are_a_finding(ready: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TWILIO_AUTH_TOKEN")

    said = ready("check")
    assert said.code == 1
    assert said.out.startswith("E001  The settings cannot be used. settings: ")


def test_main_is_the_command() -> None:
    with pytest.raises(SystemExit):
        main()


def test_a_business_name_that_an_admin_chose_is_not_missed(
    ready: Command, opened: Leadline, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LEADLINE_BUSINESS_NAME")
    assert "W002" in ready("check").out
    with Leadline.open() as line:
        line.choose({"leadline_business_name": "Tidewater Solar"}, actor="user:1")
    assert "W002" not in ready("check").out
