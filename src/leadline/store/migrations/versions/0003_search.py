"""The lists of the inbox, each with an index of its own that also has what the scope asks for; and the index
of words that searches use, which the worker fills.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_GONE = ("last_at", "review", "unread", "assignee", "unassigned", "waiting", "failed", "closed")
_LISTS = (
    ("open", "last_at", "closed_at IS NULL"),
    ("unread", "last_at", "unread > 0 AND closed_at IS NULL"),
    ("unassigned", "last_at", "assignee_id IS NULL AND closed_at IS NULL"),
    ("failed", "last_at", "failed_id IS NOT NULL AND closed_at IS NULL"),
    ("review", "review_since", "review_since IS NOT NULL"),
    ("closed", "last_at", "closed_at IS NOT NULL"),
    (
        "waiting",
        "waiting_since",
        "waiting_since IS NOT NULL AND consent <> 'opted_out' AND closed_at IS NULL",
    ),
)


def upgrade() -> None:
    """Make the indexes anew; no row changes."""
    for name in _GONE:
        op.drop_index(f"ix_conversations_{name}", "conversations")
    for name, column, where in _LISTS:
        _index("conversations", name, (column, "id", "assignee_id", "team_id"), where=where)
    is_mine = "assignee_id IS NOT NULL AND closed_at IS NULL"
    _index("conversations", "mine", ("assignee_id", "last_at", "id", "team_id"), where=is_mine)
    is_later = "state = 'queued' AND not_before > created_at"
    _index("messages", "scheduled", ("not_before", "id", "conversation_id"), where=is_later)
    _words()


# The beginnings of words that SQLite finds without looking through all words that begin so.
_PREFIXES = {"lead": "1 2 3", "conversation": "3", "message": "2 3"}


def _words() -> None:
    op.execute("CREATE TABLE words_through (kind TEXT NOT NULL PRIMARY KEY, id BIGINT NOT NULL)")
    for kind, prefixes in _PREFIXES.items():
        name = f"{kind}_words"
        if op.get_bind().dialect.name == "sqlite":
            # Words are matched one by one, so where they stand and how many there are need not be kept.
            options = f"tokenize = 'ascii', prefix = '{prefixes}', detail = none, columnsize = 0"
            op.execute(f"CREATE VIRTUAL TABLE {name} USING fts5(words, {options})")
        else:
            op.execute(f"CREATE TABLE {name} (id BIGINT PRIMARY KEY, words tsvector NOT NULL)")
            op.execute(f"CREATE INDEX ix_{name} ON {name} USING gin (words)")


def _index(table: str, name: str, columns: tuple[str, ...], *, where: str) -> None:
    op.create_index(
        f"ix_{table}_{name}",
        table,
        list(columns),
        sqlite_where=sa.text(where),
        postgresql_where=sa.text(where),
    )
