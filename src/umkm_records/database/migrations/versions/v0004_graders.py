"""Graders: the text each has before them, and the points they gave."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create the two tables; nothing that is there is touched."""
    op.create_table(
        "reading",
        *_whose("reading"),
        sa.Column("grader", sa.String(80), nullable=False),
        sa.Column("desk", sa.String(32), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint(
            "cohort_id", "participant_id", "assignment", "question", name="pk_reading"
        ),
    )
    op.create_table(
        "marking",
        sa.Column("id", sa.Integer, nullable=False),
        *_whose("marking"),
        sa.Column("grader", sa.String(80), nullable=False),
        sa.Column("points", sa.Double, nullable=False),
        sa.Column("out_of", sa.Double, nullable=False),
        sa.Column("seconds", sa.Integer, nullable=False),
        sa.Column("marked_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_marking"),
    )
    op.create_index("ix_marking_cohort_id", "marking", ["cohort_id"])
    op.create_index("ix_marking_participant_id", "marking", ["participant_id"])


def _whose(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("cohort_id", sa.String(32), nullable=False),
        sa.Column("participant_id", sa.Integer, nullable=False),
        sa.Column("assignment", sa.String(100), nullable=False),
        sa.Column("question", sa.String(100), nullable=False),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name=f"fk_{table}_cohort_id_cohort"),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=f"fk_{table}_participant_id_participant"
        ),
    )
