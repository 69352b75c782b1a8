import pytest

from leadline.app import Leadline
from leadline.cli import messages as commands
from leadline.simulator import Simulator
from leadline.store import attempts, decisions, senders
from leadline.twilio.client import SendKind
from tests import cast, texts
from tests.cli.conftest import Command


@pytest.fixture(autouse=True)
def _no_look_for_a_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    """There is none in these tests."""
    monkeypatch.setattr(commands, "_SECONDS_TO_BE_TAKEN", 0)


def test_a_text_to_a_number_is_queued_and_who_will_send_it_is_said(
    leadline: Command, opened: Leadline
) -> None:
    said = leadline("send", "(303) 555-0142", "Hi Lena")

    assert said.code == 0
    assert said.out.splitlines() == [
        "Text 1 to +13035550142: queued.",
        "No worker has taken it yet. `leadline serve` and `leadline worker` send what is queued.",
    ]
    message = opened.message(1)
    assert (message.body, message.state, message.created_by) == ("Hi Lena", "queued", "cli")


def test_a_few_digits_are_a_lead(leadline: Command, opened: Leadline) -> None:
    lena = texts.add_lena(opened)

    shown = leadline("send", lena.id, "--template", "follow_up", "--json").json
    assert (shown["lead_id"], shown["template"], shown["status"]) == (lena.id, "follow_up", "queued")
    assert shown["body"].startswith("Hi Lena, Harbor Roofing again.")


def test_values_and_pictures_go_along(leadline: Command, opened: Leadline) -> None:
    lena = texts.add_lena(opened)
    picture = "https://example.com/roof.jpg"

    leadline(
        *("send", lena.id, "--template", "demo_confirmation", "--var", "demo_time=Friday, 2 pm"),
        *("--media", picture, "--json"),
    )
    message = opened.message(1)
    assert "Friday, 2 pm" in message.body
    assert message.media_urls == [picture]


def test_the_same_key_queues_one_text(leadline: Command) -> None:
    first = leadline("send", cast.LENA.phone, "Hi", "--key", "monday", "--json").json
    again = leadline("send", cast.LENA.phone, "Hi", "--key", "monday")

    assert again.code == 0
    assert again.out.startswith("This key was used before; nothing was queued again.\n")
    assert f"Text {first['id']} " in again.out
    other = leadline("send", cast.LENA.phone, "Bye", "--key", "monday")
    assert (other.code, other.out) == (1, "")


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("7", "Hi"), "There is no lead 7."),
        (("5550142", "Hi"), "to: Too short"),
        ((cast.LENA.phone,), "body: Give either a body or a template."),
        ((cast.LENA.phone, " "), "body: The text is empty."),
        ((cast.LENA.phone, "--template", "hello"), "template: There is no template named 'hello'."),
    ],
)
def test_what_cannot_be_sent_is_refused_in_a_sentence(
    leadline: Command, arguments: tuple[str, ...], complaint: str
) -> None:
    said = leadline("send", *arguments)

    assert (said.code, said.out) == (1, "")
    assert said.err.startswith(complaint)


def test_a_text_after_stop_is_refused(leadline: Command, opened: Leadline) -> None:
    texts.receive(opened, texts.inbound(1, "STOP"))

    said = leadline("send", cast.LENA.phone, "Hi")
    assert said.code == 1
    assert said.err.startswith("This person asked for no more texts.")


def test_waiting_sends_from_here_and_says_how_it_went(leadline: Command, pretence: Simulator) -> None:
    said = leadline("send", cast.LENA.phone, "Hi Lena", "--wait")

    assert (said.code, said.out) == (0, "Text 1 to +13035550142: accepted.\n")
    assert [(sent.to, sent.body) for sent in pretence.ledger] == [(cast.LENA.phone, "Hi Lena")]


def test_what_the_command_line_sends_left_under_a_decision(
    leadline: Command, pretence: Simulator, opened: Leadline
) -> None:
    leadline("send", cast.LENA.phone, "Hi Lena", "--wait")

    with opened.database.read() as tx:
        [attempt] = attempts.of_message(tx, 1)
        last = decisions.last_ids(tx, [1])
        begun_under = tx.exec_driver_sql("SELECT decision_id FROM attempts").scalars().all()
    assert [attempt.twilio_sid] == [sent.sid for sent in pretence.ledger]
    assert begun_under == [last[1]]


def test_waiting_tells_why_twilio_said_no(leadline: Command, pretence: Simulator) -> None:
    pretence.account.block(cast.LENA.phone, cast.OUR_NUMBER)

    said = leadline("send", cast.LENA.phone, "Hi Lena", "--wait")
    assert said.code == 1
    assert said.out.startswith("Text 1 to +13035550142: rejected.\n21610: ")


def test_waiting_ends_when_the_account_is_refused(
    leadline: Command, pretence: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TWILIO_AUTH_TOKEN", "0" * 32)

    said = leadline("send", cast.LENA.phone, "Hi Lena", "--wait")
    assert said.code == 1
    assert said.out.startswith("Text 1 to +13035550142: queued.\n")
    assert "Sending has stopped: " in said.out
    assert pretence.ledger == ()


def test_without_an_account_a_text_is_queued_for_the_simulator_and_it_says_so(
    leadline: Command, opened: Leadline, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_PHONE_NUMBER"):
        monkeypatch.delenv(name)

    said = leadline("send", cast.LENA.phone, "Hi", "--json")
    assert said.json["status"] == "queued"
    assert "There is no Twilio account in the settings" in said.err
    with opened.database.read() as tx:
        assert senders.by_address(tx, cast.OUR_NUMBER).is_simulated
    waiting = leadline("send", cast.LENA.phone, "Hi", "--wait")
    assert (waiting.code, waiting.out) == (1, "")


def test_texts_are_listed_newest_first(leadline: Command, opened: Leadline) -> None:
    lena = texts.add_lena(opened)
    opened.send(lena.id, "Hi Lena")
    opened.send("+13035550143", "Hi Tom")

    assert [text["body"] for text in leadline("messages", "--json").json] == ["Hi Tom", "Hi Lena"]
    assert [text["body"] for text in leadline("messages", "--lead", lena.id, "--json").json] == ["Hi Lena"]
    assert [text["body"] for text in leadline("messages", "--limit", 1, "--json").json] == ["Hi Tom"]
    assert leadline("messages", "--status", "failed").out == "There are no texts.\n"
    assert len(leadline("messages", "--status", "queued", "--json").json) == 2
    assert leadline("messages", "--lead", lena.id, "--status", "queued").code == 2


def test_a_text_is_shown_with_attempts_evidence_and_what_its_error_means(
    leadline: Command, opened: Leadline
) -> None:
    opened.send(cast.LENA.phone, "Hi Lena")
    [claimed] = texts.claim(opened)
    texts.settle(opened, claimed, texts.accepted(1))
    texts.report(opened, (1, "undelivered", 30003), token=claimed.token)

    said = leadline("messages", "show", 1)
    assert said.out.startswith("Text 1 to +13035550142: undelivered\n  Hi Lena\n")
    assert "30003: " in said.out
    assert "gate, when asked to claim: allowed. This person has not asked to stop." in said.out
    assert texts.sid(1) in said.out
    assert claimed.token not in said.out
    attempts, _, evidence = said.out.partition("Attempts")[2].partition("Evidence")
    assert "accepted" in attempts
    assert "report" in evidence
    document = leadline("messages", "show", 1, "--json").json
    assert [fact["kind"] for fact in document["evidence"]] == ["answer", "report"]
    assert document["attempts"][0]["outcome"] == "accepted"


def test_a_text_in_doubt_is_shown_as_that(leadline: Command, opened: Leadline) -> None:
    opened.send(cast.LENA.phone, "Hi Lena")
    texts.settle(opened, texts.claim(opened)[0], texts.answered(SendKind.IN_DOUBT))

    assert leadline("messages", "show", 1).out.startswith("Text 1 to +13035550142: in_doubt\n")
    assert [text["id"] for text in leadline("messages", "--status", "in_doubt", "--json").json] == [1]
