"""Fewer indexes of Twilio's SIDs. They are random, and an answer is found by its attempt, an attempt by its
message: what is looked for is the SID of a message, of a report or of a double.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """No row changes; SQLite copies the evidence, since it cannot drop a constraint."""
    op.drop_index("ix_evidence_attempt_id", "evidence")
    with op.batch_alter_table("evidence") as table:
        table.drop_constraint("uq_evidence_twilio_sid_kind_status_error_code", type_="unique")
    said = ("kind", "status", "error_code")
    _unique("sid", ("twilio_sid", *said), where="attempt_id IS NULL")
    _unique("attempt", ("attempt_id", *said, "twilio_sid"), where="attempt_id IS NOT NULL")
    op.drop_index("uq_attempts_twilio_sid", "attempts")


def _unique(name: str, columns: tuple[str, ...], *, where: str) -> None:
    op.create_index(
        f"uq_evidence_{name}",
        "evidence",
        columns,
        unique=True,
        sqlite_where=sa.text(where),
        postgresql_where=sa.text(where),
    )
