"""The status page, and what a conversation shows of texts whose fate was not known."""

import re
from datetime import timedelta

import pytest

from leadline.app import Leadline
from leadline.queueing import SendRequest
from leadline.rules.looks import LIST_LOOKS, STATUS_LOOKS
from leadline.store import chores, installation, outbox, rejects, senders
from leadline.web.pages.words import REJECTS, RESOLVED
from leadline.web.webhooks import REASONS
from tests import cast, texts
from tests.clock import Clock
from tests.web.conftest import Client, signed_in

VERA = cast.Member("Vera", "vera@example.com", role="viewer", team="North")
DECISIONS = ("send-again", "leave")


def seen(page: str) -> str:
    """The words of a page, without its markup."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def conversation(client: Client) -> str:
    return seen(client.get("/conversations/1").text)


def status(client: Client) -> str:
    answer = client.get("/status")
    assert answer.status == 200
    return seen(answer.text)


def test_a_new_installation_needs_nobody(alice: Client) -> None:
    page = status(alice)
    assert "Nothing needs a person" in page
    assert "No text has come from Twilio since this was installed" in page


def test_the_rail_says_where_one_is(alice: Client) -> None:
    for path in ("/", "/status"):
        assert re.findall(r'<a href="([^"]+)" aria-current="page"', alice.get(path).text) == [path]


def test_what_waits_too_long_is_slow(alice: Client, line: Leadline, clock: Clock) -> None:
    texts.queue(line, SendRequest(number=cast.LENA.phone, body="Hi"))
    assert "Slow" not in status(alice)
    clock.advance(timedelta(minutes=6))
    page = status(alice)
    assert "Waiting to leave 1 oldest for 6 min" in page
    assert "Slow" in page


def test_what_is_held_or_stopped_says_why_and_since_when(alice: Client, line: Leadline, clock: Clock) -> None:
    with line.database.write() as tx:
        installation.begin(tx, "here", now=clock.now())
        installation.hold(tx, because="a <b>restore</b>", now=clock.now())
        senders.stop(tx, 1, because="Twilio says 20003", now=clock.now())
    page = alice.get("/status").text
    assert "Sending is held: a &lt;b&gt;restore&lt;/b&gt;." in page
    assert "does not send: Twilio says 20003." in page
    assert "Nothing needs a person" not in page


def test_a_text_without_a_trace_leads_to_its_conversation(
    alice: Client, line: Leadline, clock: Clock
) -> None:
    texts.unconfirmed(line, clock)
    page = alice.get("/status").text
    assert "1 text has left no trace at Twilio." in page
    assert '<a href="/conversations/1#end">Decide</a>' in page
    assert "this month, 1 to decide" in page


def test_webhooks_and_polls_are_told(alice: Client, line: Leadline, clock: Clock) -> None:
    with line.database.write() as tx:
        rejects.note_heard(tx, {"inbound": clock.now()})
        rejects.count(tx, {"signature": 7, "of_a_newer_version": 1}, now=clock.now())
        chores.ensure(tx, chores.INBOUND, now=clock.now())
    clock.advance(timedelta(minutes=20))
    page = status(alice)
    assert "The last text came 20 min ago" in page
    assert "The signature does not match 7 7" in page
    assert "Everything until 20 min ago has been fetched; Twilio does not answer" in page


def test_every_reason_and_way_out_has_its_words() -> None:
    assert set(REJECTS) == set(REASONS)
    assert set(RESOLVED) == {"report", "answer", "list", "person", "policy"}


def test_a_viewer_sees_the_status(anyone: Client, line: Leadline, clock: Clock) -> None:
    texts.unconfirmed(line, clock)
    assert "1 text has left no trace" in status(signed_in(anyone, line, VERA))


def test_a_text_in_doubt_says_how_far_the_search_is(alice: Client, line: Leadline, clock: Clock) -> None:
    texts.in_doubt(line)
    page = conversation(alice)
    assert "We do not know yet whether this text left." in page
    assert "0 of 7 checks done, next in 1 min." in page
    for look in LIST_LOOKS[:3]:
        clock.advance(look - (clock.now() - line.message(1).created_at) + timedelta(seconds=1))
        texts.nothing_found(line)
    page = conversation(alice)
    assert "Checking with Twilio: 3 of 7 checks done, next in 10 min." in page
    assert "Send again" not in page
    assert "The text above may already have arrived" in page
    assert alice.get("/conversations/1").text.count('<circle class="done"') == 3


def test_a_search_that_began_late_has_fewer_checks(alice: Client, line: Leadline, clock: Clock) -> None:
    texts.in_doubt(line)
    clock.advance(timedelta(minutes=30))
    texts.nothing_found(line)
    assert "1 of 4 checks done, next in 30 min." in conversation(alice)


def test_an_unconfirmed_text_asks_for_a_decision(alice: Client, line: Leadline, clock: Clock) -> None:
    texts.unconfirmed(line, clock)
    page = conversation(alice)
    assert "may already have arrived" not in page
    assert "No trace at Twilio after 24 h. It was most likely not sent. Send again Leave it" in page
    assert "No answer that says whether it was sent" in page


def test_a_viewer_is_not_asked(anyone: Client, line: Leadline, clock: Clock) -> None:
    texts.unconfirmed(line, clock)
    page = conversation(signed_in(anyone, line, VERA))
    assert "It was most likely not sent." in page
    assert "Send again" not in page


def test_it_is_sent_again(alice: Client, line: Leadline, clock: Clock) -> None:
    lost = texts.unconfirmed(line, clock)
    again = alice.post(f"/messages/{lost.message_id}/send-again")
    assert (again.status, again.header("location")) == (303, "/conversations/1")
    assert "Queued" in conversation(alice)
    assert [claimed.message_id for claimed in texts.claim(line)] == [lost.message_id]


def test_it_is_left_at_that(alice: Client, line: Leadline, clock: Clock) -> None:
    lost = texts.unconfirmed(line, clock)
    assert alice.post(f"/messages/{lost.message_id}/leave").status == 303
    page = conversation(alice)
    assert "No trace, left at that" in page
    assert "A person decided to leave it at that" in page
    assert texts.claim(line) == []


@pytest.mark.parametrize("decision", DECISIONS)
def test_nothing_is_decided_while_it_is_looked_for(alice: Client, line: Leadline, decision: str) -> None:
    lost = texts.in_doubt(line)
    refused = alice.post(f"/messages/{lost.message_id}/{decision}")
    assert refused.status == 409
    assert "We are still looking for this text" in refused.text


def test_a_double_is_shown_as_such(alice: Client, line: Leadline, clock: Clock) -> None:
    texts.sent_twice(line, clock)
    page = conversation(alice)
    assert "This text left twice." in page
    assert "A person decided to send it again" in page
    assert "Sent twice 1 since the start" in status(alice)
    assert '<a href="/conversations/1">(303) 555-0142</a>' in alice.get("/status").text


def test_a_last_status_that_never_came_is_said_in_words(alice: Client, line: Leadline) -> None:
    sent = texts.claim_one(line)
    texts.settle(line, sent, texts.accepted(1))
    texts.report(line, (1, "sent", 0))
    with line.database.write() as tx:
        outbox.look_again(tx, sent.message_id, look_at=None, looks=len(STATUS_LOOKS))
    assert "Sent, no delivery report" in conversation(alice)
