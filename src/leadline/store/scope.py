"""Whose conversations and leads somebody may see: a condition of every query that a person or a token asks.

What is out of scope does not exist: it is in no list, no search and no count, and asking for it by its id
raises NotFound.
"""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, false, or_, select, true

from leadline.store import schema

REACHES = ("all", "team", "own")
conversations, leads, users = schema.conversations, schema.leads, schema.users


@dataclass(frozen=True, slots=True)
class Scope:
    """What one user sees. ``reach``: all; team, which hides what belongs to another team; or own, which hides
    also what is assigned to a colleague. What belongs to nobody is everybody's.
    """

    user_id: int | None = None
    team_id: int | None = None
    reach: str = "all"


EVERYTHING = Scope()


def sees_conversation(scope: Scope) -> ColumnElement[bool]:
    """Which rows of ``conversations``."""
    if scope.reach == "all":
        return true()
    is_theirs = _is(conversations.c.assignee_id, scope.user_id)
    is_their_teams = or_(conversations.c.team_id.is_(None), _is(conversations.c.team_id, scope.team_id))
    if scope.reach == "team":
        return or_(is_theirs, is_their_teams)
    return or_(is_theirs, and_(conversations.c.assignee_id.is_(None), is_their_teams))


def sees_lead(scope: Scope) -> ColumnElement[bool]:
    """Which rows of ``leads``: by the owner, as a conversation by its assignee."""
    if scope.reach == "all":
        return true()
    is_theirs = or_(leads.c.owner_id.is_(None), _is(leads.c.owner_id, scope.user_id))
    if scope.reach == "own":
        return is_theirs
    of_their_team = or_(users.c.team_id.is_(None), _is(users.c.team_id, scope.team_id))
    return or_(is_theirs, leads.c.owner_id.in_(select(users.c.id).where(of_their_team)))


def _is(column: ColumnElement[int | None], key: int | None) -> ColumnElement[bool]:
    return false() if key is None else column == key
