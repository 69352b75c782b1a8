"""Drafts: one a person and conversation."""

from leadline.store import conversations, drafts, users
from leadline.store.database import Database, Transaction
from tests import cast
from tests.clock import Clock


def begin(tx: Transaction, clock: Clock) -> tuple[int, int, int]:
    """Alice's and Bob's ids, and a conversation's."""
    alice, bob = (
        users.add(tx, name=who.name, email=who.email, role=who.role, now=clock.now())
        for who in (cast.ALICE, cast.BOB)
    )
    [thread] = conversations.open_for(tx, [cast.LENA.phone], now=clock.now()).values()
    return alice.id, bob.id, thread.id


def test_a_later_draft_takes_the_place_of_the_earlier(database: Database, clock: Clock) -> None:
    with database.write() as tx:
        alice, bob, thread = begin(tx, clock)
        drafts.put(tx, alice, thread, body="Hi", template="follow_up", now=clock.now())
        clock.advance(1)
        drafts.put(tx, alice, thread, body="Hi Lena", template=None, now=clock.now())
        kept = drafts.of(tx, alice, thread)
        assert kept == drafts.Draft(alice, thread, "Hi Lena", None, clock.now())
        assert drafts.of(tx, bob, thread) is None


def test_clearing_ones_own_draft_leaves_the_others(database: Database, clock: Clock) -> None:
    with database.write() as tx:
        alice, bob, thread = begin(tx, clock)
        for user_id in (alice, bob):
            drafts.put(tx, user_id, thread, body="Hi", template=None, now=clock.now())
        drafts.clear(tx, alice, thread)
        assert drafts.of(tx, alice, thread) is None
        assert drafts.of(tx, bob, thread) is not None
