"""Participants' own cash books: one row a book, one row a transaction."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create the two tables; nothing that is there is touched."""
    op.create_table(
        "book",
        sa.Column("participant_id", sa.Integer, nullable=False),
        sa.Column("business", sa.String(16), nullable=False),
        sa.Column("consent_id", sa.Integer, nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("participant_id", name="pk_book"),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name="fk_book_participant_id_participant"
        ),
        sa.ForeignKeyConstraint(["consent_id"], ["consent.id"], name="fk_book_consent_id_consent"),
    )
    op.create_table(
        "book_entry",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("participant_id", sa.Integer, nullable=False),
        sa.Column("entry_id", sa.String(40), nullable=False),
        sa.Column("entry", sa.Text, nullable=False),
        sa.Column("written_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_book_entry"),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["book.participant_id"], name="fk_book_entry_participant_id_book"
        ),
        sa.UniqueConstraint(
            "participant_id", "entry_id", name="uq_book_entry_participant_id_entry_id"
        ),
    )
