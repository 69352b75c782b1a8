"""What Twilio's error codes tell of a number."""

import pytest

from leadline.app import Leadline
from leadline.queueing import SendRequest
from leadline.reports import Report
from leadline.store import consent, conversations
from leadline.store.conversations import Conversation
from leadline.twilio.client import SendKind
from tests import cast, texts

TOLL_FREE = "+18885550100"


def thread(line: Leadline) -> Conversation | None:
    with line.database.read() as tx:
        return conversations.by_number(tx, cast.LENA.phone)


def report(line: Leadline, code: int, *, sender: str = cast.OUR_NUMBER, number: int = 1) -> None:
    said = Report(texts.sid(number), "failed", code, cast.LENA.phone, "", sender=sender)
    with line.database.write() as tx:
        line.record(tx, [said], now=line.clock.now())


@pytest.mark.parametrize(("code", "sender"), [(21610, cast.OUR_NUMBER), (30004, TOLL_FREE)])
def test_the_carriers_refusal_is_recorded_as_an_opt_out(line: Leadline, code: int, sender: str) -> None:
    report(line, code, sender=sender)
    found = thread(line)
    assert found is not None
    assert found.consent == "opted_out"
    with line.database.read() as tx:
        [event] = consent.of_number(tx, cast.LENA.phone)
    assert (event.source, event.words, event.actor) == ("carrier", str(code), "twilio")


@pytest.mark.parametrize("code", [30003, 30004, 30007, 0])
def test_other_codes_say_nothing_of_the_number(line: Leadline, code: int) -> None:
    report(line, code)
    assert thread(line) is None


@pytest.mark.parametrize("code", [30005, 30006, 21211, 21614])
def test_a_number_that_texts_cannot_reach_is_marked_with_the_reason(line: Leadline, code: int) -> None:
    report(line, code)
    found = thread(line)
    assert found is not None
    assert found.unusable_because is not None
    assert str(code) in found.unusable_because
    assert found.consent == "none"


@pytest.mark.parametrize("code", [21211, 21614])
def test_so_it_is_when_the_answer_says_it(line: Leadline, code: int) -> None:
    lead = texts.add_lena(line)
    texts.queue(line, SendRequest(lead_id=lead.id, body="Hi"))
    [claimed] = texts.claim(line)
    texts.settle(line, claimed, texts.answered(SendKind.REJECTED, code=code))
    found = thread(line)
    assert found is not None
    assert found.unusable_because is not None


def test_who_writes_to_us_can_be_written_to(line: Leadline) -> None:
    report(line, 30005)
    texts.receive(line, texts.inbound(2, "New phone, hi"))
    report(line, 30005)
    found = thread(line)
    assert found is not None
    assert found.unusable_because is None
