"""Forgetting a person, but not that they said stop."""

import pytest
from sqlalchemy import text

from leadline import erasure, leads, queueing
from leadline.app import Leadline
from leadline.erasure import Erased
from leadline.errors import InvalidInput, NotFound, TooLate
from leadline.leads import NewLead
from leadline.proof import prove, verify
from leadline.queueing import SendRequest
from leadline.store import consent as ledger
from leadline.store import conversations, schema
from leadline.store.database import Transaction
from leadline.twilio.client import SendKind
from tests import cast, texts
from tests.clock import Clock

SECRETS = (cast.LENA.phone, "Lena", "3035550142", "Elm Street", "example.com", "leave me alone")


def erase(line: Leadline) -> Erased:
    with line.database.write() as tx:
        return erasure.erase(tx, cast.LENA.phone, actor="user:1", now=line.clock.now())


@pytest.fixture
def known(line: Leadline, clock: Clock) -> Leadline:
    """Lena was texted, answered with a picture, and said stop; another text was still waiting."""
    lead = line.add_lead(
        "Lena", cast.LENA.phone, company="Elm Street 7", email="lena@example.com", fields={"roof": "Lena's"}
    )
    texts.queue(line, SendRequest(lead_id=lead.id, body="Hi Lena", idempotency_key="Lena-1"))
    [claimed] = texts.claim(line)
    texts.settle(line, claimed, texts.accepted(1))
    texts.report(line, (1, "delivered", 0))
    picture = {
        "NumMedia": "1",
        "MediaUrl0": "https://example.com/roof.jpg",
        "MediaContentType0": "image/jpeg",
    }
    texts.receive(line, texts.inbound(2, "My roof at Elm Street", **picture))
    texts.queue(line, SendRequest(lead_id=lead.id, body="Thanks, Lena", idempotency_key="Lena-2"))
    clock.advance(60)
    texts.receive(line, texts.inbound(3, "leave me alone, stop"), texts.inbound(4, "STOP"))
    return line


def everything(tx: Transaction) -> str:
    """All that the database holds, as text."""
    return "\n".join(
        str(tuple(row)) for table in schema.metadata.sorted_tables for row in tx.execute(table.select())
    )


def test_nothing_personal_is_left_but_the_opt_out_as_a_keyed_hash(known: Leadline) -> None:
    with known.database.read() as tx:
        assert all(secret in everything(tx) for secret in SECRETS)
    gone = erase(known)
    assert (gone.leads, gone.messages, gone.keeps_opt_out) == (1, 5, True)
    with known.database.read() as tx:
        left = everything(tx)
        [thread] = conversations.everyone(tx)
    assert [secret for secret in SECRETS if secret in left] == []
    assert (thread.consent, thread.number[:7], thread.last_text) == ("opted_out", "erased:", "")


def test_the_ledger_stays_whole_and_knows_who_erased(known: Leadline) -> None:
    erase(known)
    with known.database.read() as tx:
        assert verify(tx) == []
        *_, last = ledger.everything(tx)
        proof = prove(tx, cast.LENA.phone, now=known.clock.now())
    assert (last.event.kind, last.event.actor) == ("erased", "user:1")
    assert (proof.state.consent, proof.faults) == ("opted_out", ())
    assert "Erased." in proof.as_html()


def test_the_number_is_refused_when_it_is_texted_or_taken_in_again(known: Leadline) -> None:
    erase(known)
    with pytest.raises(queueing.Refused) as refused:
        texts.queue(known, SendRequest(number=cast.LENA.phone, body="Hi"))
    assert refused.value.code == "opted_out"
    with pytest.raises(InvalidInput) as not_taken:
        texts.add_lena(known)
    assert not_taken.value.code == "person_erased"
    with known.database.write() as tx:
        rows = [(2, NewLead("Lena", cast.LENA.phone)), (3, NewLead("Mia", "+13035550143"))]
        account = leads.import_rows(tx, rows, now=known.clock.now(), settings=known.settings)
    assert [row.outcome for row in account] == ["error", "added"]


def test_they_come_back_by_texting_start(known: Leadline, clock: Clock) -> None:
    erase(known)
    clock.advance(60)
    texts.receive(known, texts.inbound(5, "hello?"))
    with pytest.raises(queueing.Refused):
        texts.queue(known, SendRequest(number=cast.LENA.phone, body="Hi"))
    clock.advance(60)
    texts.receive(known, texts.inbound(6, "START"))
    texts.add_lena(known)
    assert texts.queue(known, SendRequest(number=cast.LENA.phone, body="Hi"))


def test_who_came_back_can_be_erased_again(known: Leadline, clock: Clock) -> None:
    erase(known)
    for number, words in ((5, "START"), (6, "leave me alone"), (7, "STOP")):
        clock.advance(60)
        texts.receive(known, texts.inbound(number, words))
    assert erase(known).keeps_opt_out
    assert erase(known).keeps_opt_out
    with known.database.read() as tx:
        assert len(conversations.everyone(tx)) == 1
        assert verify(tx) == []
        assert cast.LENA.phone not in everything(tx)


def test_of_who_had_not_opted_out_not_even_a_hash_is_left(line: Leadline) -> None:
    texts.receive(line, texts.inbound(1, "Hi"))
    assert not erase(line).keeps_opt_out
    with line.database.read() as tx:
        assert tx.scalar(text("SELECT erasure_key FROM installation")) is None
    texts.add_lena(line)
    assert texts.queue(line, SendRequest(number=cast.LENA.phone, body="Hi"))


def test_a_lead_who_was_never_texted_is_forgotten(line: Leadline) -> None:
    texts.add_lena(line)
    assert erase(line) == Erased(1, 0, 0, (), keeps_opt_out=False)
    with pytest.raises(NotFound):
        erase(line)


def test_nobody_is_erased_while_the_fate_of_a_text_is_open(line: Leadline) -> None:
    lead = texts.add_lena(line)
    texts.queue(line, SendRequest(lead_id=lead.id, body="Hi"))
    [claimed] = texts.claim(line)
    with pytest.raises(TooLate):
        erase(line)
    texts.settle(line, claimed, texts.answered(SendKind.IN_DOUBT))
    with pytest.raises(TooLate):
        erase(line)


def test_a_text_that_waited_is_taken_back(line: Leadline) -> None:
    lead = texts.add_lena(line)
    [queued] = texts.queue(line, SendRequest(lead_id=lead.id, body="Hi"))
    erase(line)
    assert texts.claim(line) == []
    assert texts.now(line, queued).state == "canceled"
