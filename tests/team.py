"""Short ways to say who is in the team, and what stands in a thread beside the texts."""

from sqlalchemy import insert, select, update

from leadline import accounts
from leadline.app import Leadline
from leadline.store import conversations, entries, schema, users
from leadline.store.conversations import Conversation
from leadline.store.entries import Entry
from leadline.store.scope import Scope
from leadline.store.users import User
from tests import cast, texts


def join(line: Leadline, who: cast.Member) -> User:
    """Make somebody a member of their team, which is made with its first."""
    with line.database.write() as tx:
        query = select(schema.teams.c.id).where(schema.teams.c.name == who.team)
        team = (
            tx.scalar(query)
            or tx.execute(
                insert(schema.teams)
                .values(name=who.team, created_at=line.clock.now())
                .returning(schema.teams.c.id)
            ).scalar_one()
        )
        user = users.by_email(tx, who.email) or accounts.add_user(
            tx, name=who.name, email=who.email, role=who.role, actor="cli", now=line.clock.now()
        )
        tx.execute(update(schema.users).where(schema.users.c.id == user.id).values(team_id=team))
        return users.by_id(tx, user.id)


def sees(user: User) -> Scope:
    """What an agent sees where teams see their own."""
    return Scope(user.id, user.team_id, "team")


def lena_wrote(line: Leadline, body: str = "Hello") -> Conversation:
    """Lena's conversation, after a text of hers."""
    with line.database.write() as tx:
        known = len(list(tx.execute(select(schema.messages.c.id))))
    texts.receive(line, texts.inbound(known + 100, body))
    return conversation(line)


def conversation(line: Leadline, conversation_id: int = 1) -> Conversation:
    """As it is now."""
    with line.database.read() as tx:
        return conversations.by_id(tx, conversation_id)


def said(line: Leadline, conversation_id: int = 1) -> list[Entry]:
    """What stands in the thread beside the texts, the first first."""
    with line.database.read() as tx:
        return entries.newest(tx, conversation_id, limit=100)[::-1]


def acts(line: Leadline) -> list[tuple[str, str, str]]:
    """Who did what, as the audit log has it."""
    log = schema.audit
    with line.database.read() as tx:
        query = select(log.c.actor, log.c.action, log.c.subject).order_by(log.c.id)
        return [(row.actor, row.action, row.subject) for row in tx.execute(query)]
