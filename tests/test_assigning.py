"""Who answers a conversation."""

from dataclasses import replace

import pytest
from sqlalchemy import update

from leadline import assigning
from leadline.app import Leadline
from leadline.errors import InvalidInput, NotFound, TooLate
from leadline.store import conversations, schema
from leadline.store.conversations import Conversation
from leadline.store.users import User
from tests import cast, team

VERA = replace(cast.BOB, name="Vera", email="vera@example.com", role="viewer")


@pytest.fixture
def bob(line: Leadline) -> User:
    team.lena_wrote(line)
    return team.join(line, cast.BOB)


@pytest.fixture
def charlie(line: Leadline) -> User:
    return team.join(line, cast.CHARLIE)


def assign(line: Leadline, user: User, *, by: User) -> Conversation:
    with line.database.write() as tx:
        return assigning.assign(
            tx, 1, user.id, actor=f"user:{by.id}", now=line.clock.now(), scope=team.sees(by)
        )


def claim(line: Leadline, user: User) -> Conversation:
    with line.database.write() as tx:
        return assigning.claim(tx, 1, user.id, now=line.clock.now(), scope=team.sees(user))


def test_a_conversation_belongs_to_whom_it_is_given_and_to_their_team(line: Leadline, bob: User) -> None:
    given = assign(line, bob, by=bob)
    assert (given.assignee_id, given.team_id) == (bob.id, bob.team_id)
    [told] = team.said(line)
    assert (told.kind, told.author, told.detail) == ("assigned", f"user:{bob.id}", {"user": bob.id})
    assert (f"user:{bob.id}", "conversation.assign", "conversation:1") in team.acts(line)


def test_given_to_who_has_it_nothing_is_said_twice(line: Leadline, bob: User) -> None:
    assign(line, bob, by=bob)
    assign(line, bob, by=bob)
    assert len(team.said(line)) == 1


def test_what_was_given_to_another_team_is_seen_no_more(line: Leadline, bob: User, charlie: User) -> None:
    assert assign(line, charlie, by=bob).team_id == charlie.team_id
    with line.database.read() as tx, pytest.raises(NotFound):
        conversations.by_id(tx, 1, scope=team.sees(bob))
    with pytest.raises(NotFound):
        assign(line, bob, by=bob)


def test_it_can_be_given_to_a_team_and_to_everybody(line: Leadline, bob: User, charlie: User) -> None:
    assert charlie.team_id
    with line.database.write() as tx:
        given = assigning.give_to_team(tx, 1, charlie.team_id, actor="user:1", now=line.clock.now())
    assert (given.assignee_id, given.team_id) == (None, charlie.team_id)
    with line.database.write() as tx:
        free = assigning.give_to_all(tx, 1, actor="user:1", now=line.clock.now())
    assert (free.assignee_id, free.team_id) == (None, None)
    assert [entry.detail for entry in team.said(line)] == [{"team": charlie.team_id}, {}]


def test_of_two_who_claim_it_the_first_gets_it(line: Leadline, bob: User) -> None:
    alice = team.join(line, cast.ALICE)
    assert claim(line, bob).assignee_id == bob.id
    with pytest.raises(TooLate, match="Bob has this conversation"):
        claim(line, alice)
    assert claim(line, bob).assignee_id == bob.id
    assert len(team.said(line)) == 1


def test_who_cannot_answer_is_given_none(line: Leadline, bob: User) -> None:
    vera = team.join(line, VERA)
    with pytest.raises(InvalidInput, match="Vera cannot answer"):
        assign(line, vera, by=bob)
    with line.database.write() as tx:
        tx.execute(update(schema.users).values(disabled_at=line.clock.now()))
    with pytest.raises(InvalidInput):
        claim(line, bob)
    with line.database.write() as tx, pytest.raises(NotFound):
        assigning.assign(tx, 1, 99, actor="cli", now=line.clock.now())
