"""The advertising game of a class: its round, its players, what they chose with play money."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the three tables; nothing that is there is touched."""
    op.create_table(
        "ad_game",
        sa.Column("cohort_id", sa.String(32), nullable=False),
        sa.Column("seed", sa.String(32), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("is_shown", sa.Boolean, nullable=False),
        sa.Column("is_open", sa.Boolean, nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("cohort_id", name="pk_ad_game"),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name="fk_ad_game_cohort_id_cohort"),
    )
    op.create_table(
        "ad_player",
        sa.Column("cohort_id", sa.String(32), nullable=False),
        sa.Column("participant_id", sa.Integer, nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("cohort_id", "participant_id", name="pk_ad_player"),
        *_of_game_and_person("ad_player"),
    )
    op.create_index("ix_ad_player_participant_id", "ad_player", ["participant_id"])
    op.create_table(
        "ad_choice",
        sa.Column("cohort_id", sa.String(32), nullable=False),
        sa.Column("participant_id", sa.Integer, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("budget", sa.Integer, nullable=False),
        sa.Column("audience", sa.String(16), nullable=False),
        sa.Column("creative", sa.String(16), nullable=False),
        sa.PrimaryKeyConstraint("cohort_id", "participant_id", "number", name="pk_ad_choice"),
        *_of_game_and_person("ad_choice"),
    )
    op.create_index("ix_ad_choice_participant_id", "ad_choice", ["participant_id"])


def _of_game_and_person(table: str) -> tuple[sa.ForeignKeyConstraint, sa.ForeignKeyConstraint]:
    return (
        sa.ForeignKeyConstraint(
            ["cohort_id"], ["ad_game.cohort_id"], name=f"fk_{table}_cohort_id_ad_game"
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=f"fk_{table}_participant_id_participant"
        ),
    )
