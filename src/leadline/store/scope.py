"""Whose conversations and leads somebody may see: a condition of every query that a person or a token asks.

What is out of scope does not exist: it is in no list, no search and no count, and asking for it by its id
raises NotFound.
"""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, case, false, or_, select, true

from leadline.store import schema
from leadline.store.database import Transaction

REACHES = ("all", "team", "own")
conversations, leads, messages, users = schema.conversations, schema.leads, schema.messages, schema.users


@dataclass(frozen=True, slots=True)
class Scope:
    """What one user sees. ``reach``: all; team, which hides what belongs to another team; or own, which hides
    also what is assigned to a colleague. What belongs to nobody is everybody's.
    """

    user_id: int | None = None
    team_id: int | None = None
    reach: str = "all"


EVERYTHING = Scope()


def shared(scope: Scope) -> Scope | None:
    """What everybody sees who has this reach and is of this team; None where each sees something else.

    Of leads it is all they see. A conversation may be beyond it that is assigned to one of them and yet of
    another team; see ``inbox.beyond``.
    """
    if scope.reach == "own":
        return None
    return EVERYTHING if scope.reach == "all" else Scope(team_id=scope.team_id, reach=scope.reach)


def sees_conversation(scope: Scope) -> ColumnElement[bool]:
    """Which rows of ``conversations``."""
    return sees(scope, conversations.c.assignee_id, conversations.c.team_id)


def sees(
    scope: Scope, assignee_id: ColumnElement[int | None], team_id: ColumnElement[int | None]
) -> ColumnElement[bool]:
    """The same for whatever says whose conversation it is about."""
    if scope.reach == "all":
        return true()
    is_theirs = _is(assignee_id, scope.user_id)
    is_their_teams = or_(team_id.is_(None), _is(team_id, scope.team_id))
    if scope.reach == "team":
        return or_(is_theirs, is_their_teams)
    return or_(is_theirs, and_(assignee_id.is_(None), is_their_teams))


def sees_text(scope: Scope) -> ColumnElement[bool]:
    """Which rows of ``messages``: by their conversation."""
    if scope.reach == "all":
        return true()
    is_its = conversations.c.id == messages.c.conversation_id
    return select(conversations.c.id).where(is_its, sees_conversation(scope)).exists()


def sees_lead(scope: Scope) -> ColumnElement[bool]:
    """Which rows of ``leads``: by the owner, as a conversation by its assignee."""
    if scope.reach == "all":
        return true()
    is_theirs = or_(leads.c.owner_id.is_(None), _is(leads.c.owner_id, scope.user_id))
    if scope.reach == "own":
        return is_theirs
    of_their_team = or_(users.c.team_id.is_(None), _is(users.c.team_id, scope.team_id))
    return or_(is_theirs, leads.c.owner_id.in_(select(users.c.id).where(of_their_team)))


def sees_number(tx: Transaction, number: str, *, scope: Scope) -> bool:
    """Whether somebody may know what is on record about a number: by its conversation or, before there is
    one, by the leads that have it. A number that nobody has heard of is everybody's.
    """
    if scope.reach == "all":
        return True
    threads = select(_as_bit(sees_conversation(scope))).where(conversations.c.number == number)
    owners = select(_as_bit(sees_lead(scope))).where(leads.c.phone == number)
    found = tx.scalars(threads).all() or tx.scalars(owners).all()
    return not found or 1 in found


def _as_bit(condition: ColumnElement[bool]) -> ColumnElement[int]:
    """So that an unknown, which SQL makes of a comparison with nothing, is a no."""
    return case((condition, 1), else_=0)


def _is(column: ColumnElement[int | None], key: int | None) -> ColumnElement[bool]:
    return false() if key is None else column == key
