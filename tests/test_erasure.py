"""Forgetting a person, but not that they said stop."""

from dataclasses import replace

import pytest
from sqlalchemy import insert, select, text

from leadline import erasure, leads, merging, queueing
from leadline.app import Leadline
from leadline.erasure import Erased
from leadline.errors import InvalidInput, NotFound, TooLate
from leadline.leads import NewLead
from leadline.proof import prove, verify
from leadline.queueing import SendRequest
from leadline.store import consent as ledger
from leadline.store import conversations, entries, schema
from leadline.store.database import Transaction
from leadline.twilio.client import SendKind
from tests import cast, team, texts
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


def work_on(line: Leadline, conversation_id: int) -> None:
    """Bob has it open, has noted something about Lena, and has begun to write to her."""
    bob, now = team.join(line, replace(cast.BOB, email="bob@harbor.test")), line.clock.now()
    about = {"user_id": bob.id, "conversation_id": conversation_id}
    with line.database.write() as tx:
        entries.add(
            tx, conversation_id, "note", author=f"user:{bob.id}", body="Lena is at Elm Street", now=now
        )
        entries.add(tx, conversation_id, "closed", author=f"user:{bob.id}", now=now)
        tx.execute(insert(schema.drafts).values(**about, body="Hi Lena", updated_at=now))
        tx.execute(insert(schema.presence).values(**about, seen_at=now))


def count(line: Leadline, *tables: str) -> list[int]:
    with line.database.read() as tx:
        return [len(list(tx.execute(schema.metadata.tables[name].select()))) for name in tables]


def test_notes_drafts_and_tags_are_forgotten_too(known: Leadline) -> None:
    work_on(known, 1)
    with known.database.write() as tx:
        leads.tag(tx, 1, "Lena's friend", actor="user:1", now=known.clock.now())
        leads.change(
            tx, 1, {"name": "Lena Elm Street"}, actor="user:1", now=known.clock.now(), settings=known.settings
        )
    erase(known)
    with known.database.read() as tx:
        left = everything(tx)
    assert [secret for secret in SECRETS if secret in left] == []
    assert [(entry.kind, entry.body) for entry in team.said(known)] == [("note", ""), ("closed", "")]
    assert count(known, "drafts", "presence", "lead_tags") == [0, 0, 0]


def test_who_was_merged_into_them_and_a_number_they_had_before_are_forgotten(line: Leadline) -> None:
    lena = line.add_lead("Lena", cast.LENA.phone)
    twin = line.add_lead("Lena Elm Street", email="lena@example.com")
    mia = line.add_lead("Mia", cast.LENA.phone)
    with line.database.write() as tx:
        now = line.clock.now()
        merging.merge(tx, lena.id, twin.id, actor="user:1", now=now)
        other = {"phone": "+13035550143"}
        leads.change(tx, mia.id, other, actor="user:1", now=now, settings=line.settings)
    assert erase(line).leads == 2
    with line.database.read() as tx:
        left = everything(tx)
        assert tx.scalar(select(schema.leads.c.name).where(schema.leads.c.id == mia.id)) == "Mia"
    assert [secret for secret in SECRETS if secret in left] == []


def test_what_the_team_did_with_who_came_back_stays_in_one_thread(known: Leadline, clock: Clock) -> None:
    work_on(known, 1)
    erase(known)
    for number, words in ((5, "START"), (6, "STOP")):
        clock.advance(60)
        texts.receive(known, texts.inbound(number, words))
    work_on(known, 2)
    erase(known)
    assert count(known, "conversations", "entries", "drafts", "presence") == [1, 4, 0, 0]
