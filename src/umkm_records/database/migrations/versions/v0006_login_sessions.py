"""Logins that are open. Whoever is logged in while this is made logs in once more."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create the table; nothing that is there is touched."""
    op.create_table(
        "login_session",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("participant_id", sa.Integer, nullable=False),
        sa.Column("began_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_login_session"),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name="fk_login_session_participant_id_participant",
        ),
    )
    op.create_index("ix_login_session_participant_id", "login_session", ["participant_id"])
