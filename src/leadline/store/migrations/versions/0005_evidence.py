"""Evidence in two indexes instead of one for all: Twilio's SIDs are random, and an answer is found by its
attempt, so the SID of an answer need not be looked for.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """No row changes; SQLite copies the table, since it cannot drop a constraint."""
    op.drop_index("ix_evidence_attempt_id", "evidence")
    with op.batch_alter_table("evidence") as table:
        table.drop_constraint("uq_evidence_twilio_sid_kind_status_error_code", type_="unique")
    _unique("uq_evidence_sid", "twilio_sid", "kind", "status", "error_code", where="attempt_id IS NULL")
    _unique(
        "uq_evidence_attempt",
        *("attempt_id", "kind", "status", "error_code", "twilio_sid"),
        where="attempt_id IS NOT NULL",
    )


def _unique(name: str, *columns: str, where: str) -> None:
    op.create_index(
        name,
        "evidence",
        columns,
        unique=True,
        sqlite_where=sa.text(where),
        postgresql_where=sa.text(where),
    )
