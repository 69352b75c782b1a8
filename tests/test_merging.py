"""Two leads that are the same person become one; its change, its tags, and what is told of them."""

import pytest
from sqlalchemy import select

from leadline import leads as use_case
from leadline import merging
from leadline.app import Leadline
from leadline.errors import InvalidInput, NotFound
from leadline.queueing import SendRequest
from leadline.store import conversations, leads, messages, schema, tags
from leadline.store.leads import Lead
from tests import cast, team, texts


def merge(line: Leadline, lead: Lead, other: Lead) -> Lead:
    with line.database.write() as tx:
        return merging.merge(tx, lead.id, other.id, actor="user:1", now=line.clock.now())


def change(line: Leadline, lead: Lead, **values: object) -> Lead:
    with line.database.write() as tx:
        return use_case.change(
            tx, lead.id, values, actor="user:1", now=line.clock.now(), settings=line.settings
        )


def tag(line: Leadline, lead: Lead, *words: str) -> None:
    with line.database.write() as tx:
        for word in words:
            use_case.tag(tx, lead.id, word, actor="user:1", now=line.clock.now())


def tags_of(line: Leadline, lead: Lead) -> list[str]:
    with line.database.read() as tx:
        return tags.of_lead(tx, lead.id)


@pytest.fixture
def twins(line: Leadline) -> tuple[Lead, Lead]:
    """Lena came in twice, and was texted as both."""
    lena = line.add_lead(
        "Lena", cast.LENA.phone, company="Elm Street 7", fields={"roof": "metal", "town": ""}
    )
    again = line.add_lead(
        "Lena P.",
        cast.LENA.phone,
        email="lena@example.com",
        zip="80226",
        fields={"roof": "?", "town": "Lakewood"},
    )
    texts.queue(line, SendRequest(lead_id=again.id, body="Hi Lena"))
    return lena, again


def test_the_one_that_stays_takes_what_it_lacks(line: Leadline, twins: tuple[Lead, Lead]) -> None:
    lena = merge(line, *twins)
    assert (lena.name, lena.company, lena.email, lena.zip) == (
        "Lena",
        "Elm Street 7",
        "lena@example.com",
        "80226",
    )
    assert lena.fields == {"roof": "metal", "town": "Lakewood"}


def test_tags_are_united_and_texts_are_of_the_one_that_stays(
    line: Leadline, twins: tuple[Lead, Lead]
) -> None:
    lena, again = twins
    tag(line, lena, "metal roof")
    tag(line, again, "HOA", "metal roof")
    merge(line, lena, again)
    assert tags_of(line, lena) == ["metal roof", "HOA"]
    with line.database.read() as tx:
        assert [text.body for text in messages.recent(tx, lead_id=lena.id)] == ["Hi Lena"]
        assert messages.recent(tx, lead_id=again.id) == []


def test_the_other_is_found_nowhere_and_its_id_means_the_one_that_stays(
    line: Leadline, twins: tuple[Lead, Lead]
) -> None:
    lena, again = twins
    merge(line, lena, again)
    with line.database.read() as tx:
        assert [lead.id for lead in leads.search(tx, "lena")] == [lena.id]
        assert [lead.id for lead in leads.with_phone(tx, cast.LENA.phone)] == [lena.id]
        assert leads.owners([cast.LENA.phone]).ask(tx) == {cast.LENA.phone: lena.id}
        assert leads.by_id(tx, again.id).id == lena.id
    [queued] = texts.queue(line, SendRequest(lead_id=again.id, body="Hi again"))
    assert texts.now(line, queued).lead_id == lena.id


def test_what_was_merged_before_comes_along(line: Leadline, twins: tuple[Lead, Lead]) -> None:
    lena, again = twins
    third = line.add_lead("L. Park", cast.LENA.phone)
    merge(line, again, third)
    merge(line, lena, again)
    assert merge(line, lena, third).id == lena.id
    with line.database.read() as tx:
        assert leads.by_id(tx, third.id).id == lena.id


def test_the_thread_and_the_audit_log_tell_of_it(line: Leadline, twins: tuple[Lead, Lead]) -> None:
    lena, again = twins
    merge(line, lena, again)
    [told] = team.said(line)
    assert (told.kind, told.author, told.detail) == ("merged", "user:1", {"lead": lena.id, "other": again.id})
    with line.database.read() as tx:
        detail = tx.scalar(select(schema.audit.c.detail).where(schema.audit.c.action == "lead.merge"))
    assert detail
    assert detail["said"]["name"] == "Lena P."
    assert detail["said"]["email"] == "lena@example.com"


def test_two_numbers_are_not_made_one(line: Leadline) -> None:
    lena, mia = texts.add_lena(line), line.add_lead("Mia", "+13035550143")
    with pytest.raises(InvalidInput, match="two numbers"):
        merge(line, lena, mia)
    assert merge(line, line.add_lead("Lena"), lena).phone == cast.LENA.phone


def test_a_lead_of_another_team_is_not_merged(line: Leadline) -> None:
    bob, charlie = team.join(line, cast.BOB), team.join(line, cast.CHARLIE)
    mine, theirs = line.add_lead("Lena", owner_id=bob.id), line.add_lead("Lena", owner_id=charlie.id)
    with line.database.write() as tx, pytest.raises(NotFound):
        merging.merge(tx, mine.id, theirs.id, actor="user:1", now=line.clock.now(), scope=team.sees(bob))


def test_another_stage_is_said_in_the_thread_and_every_change_in_the_audit_log(line: Leadline) -> None:
    lena = texts.add_lena(line)
    team.lena_wrote(line)
    change(line, lena, stage="qualified", company="Park household")
    change(line, lena, stage="qualified")
    [told] = team.said(line)
    assert (told.kind, told.detail) == ("stage", {"lead": lena.id, "was": "new", "is": "qualified"})
    with line.database.read() as tx:
        details = list(
            tx.scalars(select(schema.audit.c.detail).where(schema.audit.c.action == "lead.change"))
        )
    assert details == [
        {"company": {"was": None, "is": "Park household"}, "stage": {"was": "new", "is": "qualified"}}
    ]


def test_a_tag_is_put_on_once_and_taken_off(line: Leadline) -> None:
    lena = texts.add_lena(line)
    tag(line, lena, " metal  roof ", "Metal Roof", "HOA")
    assert tags_of(line, lena) == ["metal roof", "HOA"]
    with line.database.read() as tx:
        assert tags.known(tx) == ["HOA", "metal roof"]
        assert tags.known(tx, limit=1) == ["HOA"]
    with line.database.write() as tx:
        use_case.untag(tx, lena.id, "HOA", actor="user:1", now=line.clock.now())
    assert tags_of(line, lena) == ["metal roof"]
    for word in ("", "x" * 41):
        with pytest.raises(InvalidInput):
            tag(line, lena, word)
    with pytest.raises(InvalidInput, match="at most 30"):
        tag(line, lena, *(f"tag {number}" for number in range(30)))


def test_a_new_conversation_is_given_to_the_owner_of_what_was_merged(line: Leadline) -> None:
    bob, charlie = team.join(line, cast.BOB), team.join(line, cast.CHARLIE)
    mine = line.add_lead("Lena", cast.LENA.phone, owner_id=bob.id)
    theirs = line.add_lead("Lena", cast.LENA.phone, owner_id=charlie.id)
    merge(line, mine, theirs)
    with line.database.write() as tx:
        conversations.open_for(tx, [cast.LENA.phone], now=line.clock.now())
    assert team.conversation(line).assignee_id == bob.id
