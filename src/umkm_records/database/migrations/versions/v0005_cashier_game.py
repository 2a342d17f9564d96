"""The cashier game of a class: its round, its players, its sales in play money."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the three tables; nothing that is there is touched."""
    op.create_table(
        "till_game",
        sa.Column("cohort_id", sa.String(32), nullable=False),
        sa.Column("seed", sa.String(32), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("is_open", sa.Boolean, nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("cohort_id", name="pk_till_game"),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name="fk_till_game_cohort_id_cohort"),
    )
    op.create_table(
        "till_player",
        sa.Column("cohort_id", sa.String(32), nullable=False),
        sa.Column("participant_id", sa.Integer, nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("visits", sa.Integer, nullable=True),
        sa.PrimaryKeyConstraint("cohort_id", "participant_id", name="pk_till_player"),
        _of_game("till_player"),
        _of_person("till_player", "participant_id"),
    )
    op.create_index("ix_till_player_participant_id", "till_player", ["participant_id"])
    op.create_table(
        "till_sale",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("cohort_id", sa.String(32), nullable=False),
        sa.Column("participant_id", sa.Integer, nullable=False),
        sa.Column("buyer_id", sa.Integer, nullable=True),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("code", sa.String(8), nullable=False),
        sa.Column("sale", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_till_sale"),
        _of_game("till_sale"),
        _of_person("till_sale", "participant_id"),
        _of_person("till_sale", "buyer_id"),
        sa.UniqueConstraint("cohort_id", "code", name="uq_till_sale_cohort_id_code"),
    )
    op.create_index("ix_till_sale_participant_id", "till_sale", ["participant_id"])
    op.create_index("ix_till_sale_buyer_id", "till_sale", ["buyer_id"])


def _of_game(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["cohort_id"], ["till_game.cohort_id"], name=f"fk_{table}_cohort_id_till_game"
    )


def _of_person(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], ["participant.id"], name=f"fk_{table}_{column}_participant"
    )
