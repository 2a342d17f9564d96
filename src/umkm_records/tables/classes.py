"""Tables of classes: what is taught, who is in them, what a trainer decided."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from umkm_records.tables.base import Base, policy
from umkm_records.tables.uids import HasUid

#: The longest slug of a course.
COURSE_LENGTH = 64


class CohortRow(Base):
    """A class (angkatan)."""

    __tablename__ = "cohort"
    __table_args__ = policy("About a class, not about a person.")
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    title: Mapped[str] = mapped_column(String(120))
    join_code: Mapped[str] = mapped_column(String(32))
    # The join code without case, blanks and dashes: what people's typing is compared with.
    join_key: Mapped[str] = mapped_column(String(32), unique=True)
    venue: Mapped[str] = mapped_column(String(200))
    starts_on: Mapped[date]
    created_at: Mapped[datetime]


class CohortCourseRow(Base):
    """A course that a class is taught; its people see them in the order of `position`, from 0."""

    __tablename__ = "cohort_course"
    __table_args__ = (
        UniqueConstraint("cohort_id", "position"),
        policy("About a class, not about a person."),
    )
    cohort_id: Mapped[str] = mapped_column(ForeignKey("cohort.id"), primary_key=True)
    course: Mapped[str] = mapped_column(String(COURSE_LENGTH), primary_key=True)
    position: Mapped[int]


class EnrolmentRow(HasUid, Base):
    """A person in a class. What they answer, send and get back there belongs to that class alone.

    Where nobody says which class is meant (`Records.of_class`), it is the one joined last.
    """

    __tablename__ = "enrolment"
    __table_args__ = policy(
        "Heads of a class are counted.", personal=True, exported="enrolments", erased="keep"
    )
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id"), primary_key=True)
    cohort_id: Mapped[str] = mapped_column(ForeignKey("cohort.id"), primary_key=True, index=True)
    enrolled_at: Mapped[datetime]
    # Which form of a test comes first (umkm_records.people.enrolment), drawn once and kept.
    half: Mapped[int]


class FormerEnrolmentRow(HasUid, Base):
    """An enrolment that a trainer ended: moved here whole, so that it can be put back."""

    __tablename__ = "former_enrolment"
    __table_args__ = policy(
        "Nobody is put back after an erasure.",
        personal=True,
        exported="former_enrolments",
        erased="delete",
    )
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id"), primary_key=True)
    cohort_id: Mapped[str] = mapped_column(ForeignKey("cohort.id"), primary_key=True, index=True)
    enrolled_at: Mapped[datetime]
    half: Mapped[int]
    removed_at: Mapped[datetime]
    removed_by: Mapped[str] = mapped_column(String(80))


class RegistrationRuleRow(Base):
    """How many people a class takes, and until when no address is limited; no row: the defaults."""

    __tablename__ = "registration_rule"
    __table_args__ = policy("About a class, not about a person.")
    cohort_id: Mapped[str] = mapped_column(ForeignKey("cohort.id"), primary_key=True)
    most_people: Mapped[int]
    open_until: Mapped[datetime | None]


class CourseTestWindowRow(Base):
    """When a class may take the test before ("before") or after ("after") a course.

    Open from `opened_at` until `closed_at`; without a row the default holds
    (`umkm_records.classes.test_schedule`).
    """

    __tablename__ = "test_window"
    __table_args__ = policy("About a class, not about a person.")
    cohort_id: Mapped[str] = mapped_column(ForeignKey("cohort.id"), primary_key=True)
    course: Mapped[str] = mapped_column(String(64), primary_key=True)
    sitting: Mapped[str] = mapped_column(String(8), primary_key=True)
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
