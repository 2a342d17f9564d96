"""The courses of a class: a table in place of slugs with blanks between them."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table, fill it from the slugs in their order, and drop those."""
    taught = op.create_table(
        "cohort_course",
        sa.Column("cohort_id", sa.String(32), nullable=False),
        sa.Column("course", sa.String(64), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("cohort_id", "course", name="pk_cohort_course"),
        sa.UniqueConstraint("cohort_id", "position", name="uq_cohort_course_cohort_id_position"),
        sa.ForeignKeyConstraint(
            ["cohort_id"], ["cohort.id"], name="fk_cohort_course_cohort_id_cohort"
        ),
    )
    cohort = sa.table("cohort", sa.column("id"), sa.column("course"))
    there = op.get_bind().execute(sa.select(cohort)).all()
    rows = [
        {"cohort_id": name, "course": course, "position": position}
        for name, courses in there
        for position, course in enumerate(dict.fromkeys(courses.split()))
    ]
    if rows:
        op.bulk_insert(taught, rows)
    with op.batch_alter_table("cohort") as batch:
        batch.drop_column("course")
