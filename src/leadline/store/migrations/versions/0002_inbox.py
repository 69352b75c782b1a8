"""The inbox: teams, passwords, assignment, notes, drafts, presence, tags, and choices of an admin."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add to what there is; nothing that is there changes."""
    _teams()
    _users()
    _leads()
    _conversations()
    _threads()
    has_file = sa.text("file IS NOT NULL")
    op.create_index("ix_media_file", "media", ["file"], sqlite_where=has_file, postgresql_where=has_file)
    op.create_table(
        "preferences",
        sa.Column("id", _ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("changed_by", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_preferences")),
        sa.UniqueConstraint("name", name=op.f("uq_preferences_name")),
    )


def _teams() -> None:
    op.create_table(
        "teams",
        sa.Column("id", _ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_teams")),
        sa.UniqueConstraint("name", name=op.f("uq_teams_name")),
    )


def _users() -> None:
    _refer("users", "team_id", "teams")
    for name in ("password_hash", "totp_secret"):
        op.add_column("users", sa.Column(name, sa.Text(), nullable=True))
    for name in ("totp_since", "totp_step"):
        op.add_column("users", sa.Column(name, sa.BigInteger(), nullable=True))
    op.add_column("sessions", sa.Column("last_seen_at", sa.BigInteger(), nullable=True))
    for name in ("address", "browser"):
        op.add_column("sessions", sa.Column(name, sa.Text(), nullable=True))
    op.create_table(
        "signin_failures",
        sa.Column("id", _ID, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signin_failures")),
    )
    op.create_index("ix_signin_failures", "signin_failures", ["kind", "name", "at"])


def _leads() -> None:
    _refer("leads", "merged_into_id", "leads")
    op.create_table(
        "lead_tags",
        sa.Column("id", _ID, nullable=False),
        sa.Column("lead_id", _ID, nullable=False),
        sa.Column("tag", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["lead_id"], ["leads.id"], name=op.f("fk_lead_tags_lead_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lead_tags")),
        sa.UniqueConstraint("lead_id", "tag", name=op.f("uq_lead_tags_lead_id_tag")),
    )
    op.create_index(op.f("ix_lead_tags_tag"), "lead_tags", ["tag"])


def _conversations() -> None:
    _refer("conversations", "assignee_id", "users")
    _refer("conversations", "team_id", "teams")
    for name in ("waiting_since", "failed_id", "closed_at"):
        op.add_column("conversations", sa.Column(name, sa.BigInteger(), nullable=True))
    _list("unread", "last_at", where="unread > 0")
    _list("assignee", "assignee_id", "last_at", where="assignee_id IS NOT NULL")
    nobodys = "assignee_id IS NULL AND team_id IS NULL AND closed_at IS NULL"
    _list("unassigned", "last_at", where=nobodys)
    _list("waiting", "waiting_since", where="waiting_since IS NOT NULL")
    _list("failed", "last_at", where="failed_id IS NOT NULL")
    _list("closed", "last_at", where="closed_at IS NOT NULL")


def _threads() -> None:
    op.create_table(
        "entries",
        sa.Column("id", _ID, nullable=False),
        sa.Column("conversation_id", _ID, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name=op.f("fk_entries_conversation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entries")),
    )
    op.create_index("ix_entries_thread", "entries", ["conversation_id", "at"])
    for table, own in (
        ("drafts", (("body", sa.Text()), ("template", sa.Text()), ("updated_at", sa.BigInteger()))),
        ("presence", (("seen_at", sa.BigInteger()), ("writing_at", sa.BigInteger()))),
    ):
        op.create_table(
            table,
            sa.Column("id", _ID, nullable=False),
            sa.Column("user_id", _ID, nullable=False),
            sa.Column("conversation_id", _ID, nullable=False),
            *(sa.Column(name, kind, nullable=name in ("template", "writing_at")) for name, kind in own),
            sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f(f"fk_{table}_user_id")),
            sa.ForeignKeyConstraint(
                ["conversation_id"], ["conversations.id"], name=op.f(f"fk_{table}_conversation_id")
            ),
            sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
            sa.UniqueConstraint(
                "user_id", "conversation_id", name=op.f(f"uq_{table}_user_id_conversation_id")
            ),
        )
    op.create_index("ix_presence_conversation", "presence", ["conversation_id", "seen_at"])


def _refer(table: str, column: str, to: str) -> None:
    """A column that refers to another table. Alembic would copy the whole table for it on SQLite."""
    kind = "INTEGER" if op.get_bind().dialect.name == "sqlite" else "BIGINT"
    op.execute(
        f"ALTER TABLE {table} ADD COLUMN {column} {kind} CONSTRAINT fk_{table}_{column} REFERENCES {to} (id)"
    )


def _list(name: str, *columns: str, where: str) -> None:
    op.create_index(
        f"ix_conversations_{name}",
        "conversations",
        list(columns),
        sqlite_where=sa.text(where),
        postgresql_where=sa.text(where),
    )
