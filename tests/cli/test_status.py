from leadline.app import Leadline
from tests import texts
from tests.cli.conftest import Command
from tests.clock import Clock


def test_all_is_well(leadline: Command, line: Leadline) -> None:
    said = leadline("status")
    assert said.code == 0
    assert "Nothing needs a person." in said.out


def test_what_is_in_doubt_needs_nobody_yet(leadline: Command, line: Leadline) -> None:
    texts.in_doubt(line)
    said = leadline("status")
    assert said.code == 0
    assert "Not known yet        1, the oldest since" in said.out
    assert "Text 1 to +13035550142: in_doubt since" in said.out


def test_what_needs_a_person_ends_with_1(leadline: Command, line: Leadline, clock: Clock) -> None:
    texts.unconfirmed(line, clock)
    said = leadline("status")
    assert said.code == 1
    assert "1 text has left no trace at Twilio." in said.out
    told = leadline("status", "--json")
    assert told.code == 1
    assert [need["code"] for need in told.json["needs"]] == ["unconfirmed"]


def test_a_text_is_sent_again(leadline: Command, line: Leadline, clock: Clock) -> None:
    texts.unconfirmed(line, clock)
    said = leadline("messages", "send-again", 1)
    assert (said.code, said.out) == (0, "Text 1 to +13035550142: queued.\n")
    again = leadline("messages", "send-again", 1)
    assert again.code == 1
    assert "nothing to decide" in again.err
    assert leadline("status").code == 0


def test_a_text_is_left(leadline: Command, line: Leadline, clock: Clock) -> None:
    texts.unconfirmed(line, clock)
    assert leadline("messages", "leave", 1, "--json").json["status"] == "closed_unconfirmed"
    assert "person" in leadline("messages", "show", 1).out


def test_a_text_that_is_looked_for_has_to_wait(leadline: Command, line: Leadline) -> None:
    texts.in_doubt(line)
    said = leadline("messages", "leave", 1)
    assert said.code == 1
    assert "still looking" in said.err


def test_a_double_is_told(leadline: Command, line: Leadline, clock: Clock) -> None:
    texts.sent_twice(line, clock)
    assert "It left twice." in leadline("messages", "show", 1).out
    assert "Text 1 to +13035550142 left twice." in leadline("status").out
