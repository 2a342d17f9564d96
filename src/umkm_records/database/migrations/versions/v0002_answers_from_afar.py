"""When and on which page an answer was given, and which wish to send led to which receipt."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add the columns; what stood before was acted on when it was saved, on a page unknown."""
    with op.batch_alter_table("draft") as draft:
        draft.add_column(sa.Column("acted_at", MOMENT))
        draft.add_column(sa.Column("writer", sa.String(64)))
    op.execute("UPDATE draft SET acted_at = saved_at, writer = ''")
    with op.batch_alter_table("draft") as draft:
        draft.alter_column("acted_at", existing_type=MOMENT, nullable=False)
        draft.alter_column("writer", existing_type=sa.String(64), nullable=False)
    op.create_table(
        "send_request",
        _key("participant_id", "participant"),
        sa.Column("key", sa.String(64), nullable=False),
        _key("submission_id", "submission"),
        sa.PrimaryKeyConstraint("participant_id", "key", name="pk_send_request"),
    )


def _key(column: str, table: str) -> sa.Column[int]:
    name = f"fk_send_request_{column}_{table}"
    return sa.Column(column, sa.Integer, sa.ForeignKey(f"{table}.id", name=name), nullable=False)
