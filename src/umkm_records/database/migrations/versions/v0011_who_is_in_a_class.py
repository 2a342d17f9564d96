"""What a trainer decides about who is in a class: places, open registration, enrolments that ended."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create the two tables; nothing that is there is touched."""
    op.create_table(
        "registration_rule",
        sa.Column("cohort_id", sa.String(32), nullable=False),
        sa.Column("most_people", sa.Integer, nullable=False),
        sa.Column("open_until", MOMENT),
        sa.PrimaryKeyConstraint("cohort_id", name="pk_registration_rule"),
        sa.ForeignKeyConstraint(
            ["cohort_id"], ["cohort.id"], name="fk_registration_rule_cohort_id_cohort"
        ),
    )
    op.create_table(
        "former_enrolment",
        sa.Column("participant_id", sa.Integer, nullable=False),
        sa.Column("cohort_id", sa.String(32), nullable=False),
        sa.Column("enrolled_at", MOMENT, nullable=False),
        sa.Column("half", sa.Integer, nullable=False),
        sa.Column("removed_at", MOMENT, nullable=False),
        sa.Column("removed_by", sa.String(80), nullable=False),
        sa.PrimaryKeyConstraint("participant_id", "cohort_id", name="pk_former_enrolment"),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name="fk_former_enrolment_participant_id_participant",
        ),
        sa.ForeignKeyConstraint(
            ["cohort_id"], ["cohort.id"], name="fk_former_enrolment_cohort_id_cohort"
        ),
    )
    op.create_index("ix_former_enrolment_cohort_id", "former_enrolment", ["cohort_id"])
