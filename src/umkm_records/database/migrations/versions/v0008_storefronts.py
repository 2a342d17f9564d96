"""Participants' own catalogues: one row a person."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create the table; nothing that is there is touched."""
    op.create_table(
        "storefront",
        sa.Column("participant_id", sa.Integer, nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("consent_id", sa.Integer, nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("participant_id", name="pk_storefront"),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name="fk_storefront_participant_id_participant"
        ),
        sa.ForeignKeyConstraint(
            ["consent_id"], ["consent.id"], name="fk_storefront_consent_id_consent"
        ),
    )
