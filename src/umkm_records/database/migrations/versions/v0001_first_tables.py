"""The first tables: people, classes, drafts, submissions, results, events, audit."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# Written out rather than taken from `columns`: a step must not change when the code does.
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create the tables."""
    _people()
    _entry()
    _class_days()
    _drafts()
    _submissions()
    _grades()
    _traces()


def _people() -> None:
    op.create_table(
        "cohort",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("join_code", sa.String(32), nullable=False),
        sa.Column("join_key", sa.String(32), nullable=False),
        sa.Column("venue", sa.String(200), nullable=False),
        sa.Column("starts_on", sa.Date, nullable=False),
        sa.Column("course", sa.String(64), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_cohort"),
        sa.UniqueConstraint("join_key", name="uq_cohort_join_key"),
    )
    op.create_table(
        "participant",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("code", sa.String(32), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("business_name", sa.String(80), nullable=False),
        sa.Column("business_kind", sa.String(32), nullable=False),
        sa.Column("kelurahan", sa.String(16), nullable=False),
        sa.Column("phone", sa.String(20)),
        sa.Column("pin_hash", sa.String(200)),
        sa.Column("session_version", sa.Integer, nullable=False),
        sa.Column("joined_at", MOMENT, nullable=False),
        sa.Column("erased_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_participant"),
        sa.UniqueConstraint("code", name="uq_participant_code"),
        sa.UniqueConstraint("phone", name="uq_participant_phone"),
    )


def _entry() -> None:
    op.create_table(
        "login_guard",
        sa.Column("key", sa.String(80), nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("locked_until", MOMENT),
        sa.Column("last_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_login_guard"),
    )
    op.create_index("ix_login_guard_last_at", "login_guard", ["last_at"])
    op.create_table(
        "consent",
        sa.Column("id", sa.Integer, nullable=False),
        _participant("consent"),
        sa.Column("version", sa.String(40), nullable=False),
        sa.Column("given_at", MOMENT, nullable=False),
        sa.Column("withdrawn_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_consent"),
    )
    op.create_index("ix_consent_participant_id", "consent", ["participant_id"])
    op.create_table(
        "enrolment",
        _participant("enrolment"),
        _cohort("enrolment"),
        sa.Column("enrolled_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("participant_id", "cohort_id", name="pk_enrolment"),
    )
    op.create_index("ix_enrolment_cohort_id", "enrolment", ["cohort_id"])


def _class_days() -> None:
    op.create_table(
        "session_day",
        sa.Column("id", sa.Integer, nullable=False),
        _cohort("session_day"),
        sa.Column("held_on", sa.Date, nullable=False),
        sa.Column("topic", sa.String(200), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_session_day"),
        sa.UniqueConstraint("cohort_id", "held_on", name="uq_session_day_cohort_id_held_on"),
    )
    op.create_table(
        "attendance",
        sa.Column(
            "session_day_id",
            sa.Integer,
            sa.ForeignKey("session_day.id", name="fk_attendance_session_day_id_session_day"),
            nullable=False,
        ),
        _participant("attendance"),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("noted_at", MOMENT, nullable=False),
        sa.Column("noted_by", sa.String(80), nullable=False),
        sa.PrimaryKeyConstraint("session_day_id", "participant_id", name="pk_attendance"),
    )
    op.create_index("ix_attendance_participant_id", "attendance", ["participant_id"])


def _drafts() -> None:
    op.create_table(
        "draft",
        _participant("draft"),
        sa.Column("sheet", sa.String(100), nullable=False),
        sa.Column("question", sa.String(100), nullable=False),
        sa.Column("answer", sa.Text, nullable=False),
        sa.Column("answered", sa.Boolean, nullable=False),
        sa.Column("saved_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("participant_id", "sheet", "question", name="pk_draft"),
    )
    op.create_table(
        "draft_writer",
        _participant("draft_writer"),
        sa.Column("sheet", sa.String(100), nullable=False),
        sa.Column("question", sa.String(100), nullable=False),
        sa.Column("writer", sa.String(64), nullable=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint(
            "participant_id", "sheet", "question", "writer", name="pk_draft_writer"
        ),
    )


def _submissions() -> None:
    op.create_table(
        "submission",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("receipt", sa.String(16), nullable=False),
        _participant("submission"),
        _cohort("submission"),
        sa.Column("assignment", sa.String(100), nullable=False),
        sa.Column("attempt", sa.Integer, nullable=False),
        sa.Column("answers", sa.Text, nullable=False),
        sa.Column("answers_hash", sa.String(64), nullable=False),
        sa.Column("submitted_at", MOMENT, nullable=False),
        sa.Column("delivered_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_submission"),
        sa.UniqueConstraint("receipt", name="uq_submission_receipt"),
        sa.UniqueConstraint(
            "participant_id",
            "assignment",
            "attempt",
            name="uq_submission_participant_id_assignment_attempt",
        ),
    )
    op.create_index("ix_submission_cohort_id", "submission", ["cohort_id"])


def _grades() -> None:
    op.create_table(
        "result",
        _participant("result"),
        sa.Column("assignment", sa.String(100), nullable=False),
        sa.Column("attempt", sa.Integer, nullable=False),
        sa.Column("points", sa.Double, nullable=False),
        sa.Column("out_of", sa.Double, nullable=False),
        sa.Column("items", sa.Text, nullable=False),
        sa.Column("comments", sa.Text, nullable=False),
        sa.Column("published_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("participant_id", "assignment", name="pk_result"),
    )
    op.create_table(
        "certificate",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("number", sa.String(40), nullable=False),
        _participant("certificate"),
        _cohort("certificate"),
        sa.Column("course", sa.String(64), nullable=False),
        sa.Column("issued_at", MOMENT, nullable=False),
        sa.Column("revoked_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_certificate"),
        sa.UniqueConstraint("number", name="uq_certificate_number"),
    )
    op.create_index("ix_certificate_participant_id", "certificate", ["participant_id"])


def _traces() -> None:
    op.create_table(
        "event",
        sa.Column("id", sa.Integer, nullable=False),
        _participant("event"),
        sa.Column("verb", sa.String(16), nullable=False),
        sa.Column("object", sa.String(200), nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_event"),
    )
    op.create_index("ix_event_participant_id_object", "event", ["participant_id", "object"])
    op.create_index("ix_event_at", "event", ["at"])
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("actor", sa.String(80), nullable=False),
        sa.Column("action", sa.String(40), nullable=False),
        sa.Column("subject", sa.String(100), nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
    )
    op.create_index("ix_audit_at", "audit", ["at"])
    op.create_index("ix_audit_subject", "audit", ["subject"])


def _participant(table: str) -> sa.Column[int]:
    key = sa.ForeignKey("participant.id", name=f"fk_{table}_participant_id_participant")
    return sa.Column("participant_id", sa.Integer, key, nullable=False)


def _cohort(table: str) -> sa.Column[str]:
    key = sa.ForeignKey("cohort.id", name=f"fk_{table}_cohort_id_cohort")
    return sa.Column("cohort_id", sa.String(32), key, nullable=False)
