"""A person in several classes: what belongs to which; and when a class may take its tests."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
#: The primary keys that get the class.
KEYS = {
    "draft": ["participant_id", "cohort_id", "sheet", "question"],
    "draft_writer": ["participant_id", "cohort_id", "sheet", "question", "writer"],
    "result": ["participant_id", "cohort_id", "assignment"],
}


def upgrade() -> None:
    """Set for every answer, result and event the class its person is in; nothing else changes."""
    _draw_halves()
    for table in (*KEYS, "event"):
        _add_class(table)
    with op.batch_alter_table("submission") as submission:
        submission.drop_constraint(
            "uq_submission_participant_id_assignment_attempt", type_="unique"
        )
        submission.create_unique_constraint(
            "uq_submission_participant_id_cohort_id_assignment_attempt",
            ["participant_id", "cohort_id", "assignment", "attempt"],
        )
    _make_windows()


def _draw_halves() -> None:
    """Write down the halves that people had until now: their number's last bit."""
    with op.batch_alter_table("enrolment") as enrolment:
        enrolment.add_column(sa.Column("half", sa.Integer))
    op.execute("UPDATE enrolment SET half = participant_id % 2")
    with op.batch_alter_table("enrolment") as enrolment:
        enrolment.alter_column("half", existing_type=sa.Integer, nullable=False)


def _add_class(table: str) -> None:
    with op.batch_alter_table(table) as batch:
        batch.add_column(sa.Column("cohort_id", sa.String(32)))
    rows = sa.table(table, sa.column("participant_id"), sa.column("cohort_id"))
    joined = sa.table(
        "enrolment", sa.column("participant_id"), sa.column("cohort_id"), sa.column("enrolled_at")
    )
    last = (
        sa.select(joined.c.cohort_id)
        .where(joined.c.participant_id == rows.c.participant_id)
        .order_by(joined.c.enrolled_at.desc(), joined.c.cohort_id)
        .limit(1)
        .scalar_subquery()
    )
    op.execute(sa.update(rows).values(cohort_id=last))
    with op.batch_alter_table(table) as batch:
        batch.alter_column("cohort_id", existing_type=sa.String(32), nullable=False)
        batch.create_foreign_key(f"fk_{table}_cohort_id_cohort", "cohort", ["cohort_id"], ["id"])
        if table in KEYS:
            batch.drop_constraint(f"pk_{table}", type_="primary")
            batch.create_primary_key(f"pk_{table}", KEYS[table])


def _make_windows() -> None:
    """Create the table; classes that are there keep *Tes akhir* open as it was, new ones open it."""
    windows = op.create_table(
        "test_window",
        sa.Column("cohort_id", sa.String(32), nullable=False),
        sa.Column("course", sa.String(64), nullable=False),
        sa.Column("sitting", sa.String(8), nullable=False),
        sa.Column("opened_at", MOMENT),
        sa.Column("closed_at", MOMENT),
        sa.PrimaryKeyConstraint("cohort_id", "course", "sitting", name="pk_test_window"),
        sa.ForeignKeyConstraint(
            ["cohort_id"], ["cohort.id"], name="fk_test_window_cohort_id_cohort"
        ),
    )
    cohort = sa.table(
        "cohort", sa.column("id"), sa.column("course"), sa.column("created_at", MOMENT)
    )
    there = op.get_bind().execute(sa.select(cohort)).all()
    rows = [
        {"cohort_id": name, "course": course, "sitting": "after", "opened_at": made}
        for name, courses, made in there
        for course in courses.split()
    ]
    if rows:
        op.bulk_insert(windows, rows)
