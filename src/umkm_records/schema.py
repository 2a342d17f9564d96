"""The tables, in the field's words. `migrations/` holds the same as steps; a test compares them.

Those of the class's games are in `game_tables`. Nothing outside this package sees these rows:
functions give frozen dataclasses.
"""

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import (
    BigInteger,
    Double,
    ForeignKey,
    Index,
    LargeBinary,
    MetaData,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from umkm_records.columns import JsonText, UtcDateTime

# The newest migration. Kept here so that a kernel can tell "nothing to do" without Alembic,
# whose import alone costs more than opening the records.
HEAD = "0013"
#: The longest slug of a course.
COURSE_LENGTH = 64


class Base(DeclarativeBase):
    """The declarative base; names every constraint, so that later migrations can find it."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: UtcDateTime(), Any: JsonText()}


class CohortRow(Base):
    """A class (angkatan)."""

    __tablename__ = "cohort"
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
    __table_args__ = (UniqueConstraint("cohort_id", "position"),)
    cohort_id: Mapped[str] = mapped_column(ForeignKey("cohort.id"), primary_key=True)
    course: Mapped[str] = mapped_column(String(COURSE_LENGTH), primary_key=True)
    position: Mapped[int]


class ParticipantRow(Base):
    """A person; after an erasure only `id`, `code` and the times are left (a tombstone)."""

    __tablename__ = "participant"
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(32), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    business_name: Mapped[str] = mapped_column(String(80))
    business_kind: Mapped[str] = mapped_column(String(32))
    kelurahan: Mapped[str] = mapped_column(String(16))
    phone: Mapped[str | None] = mapped_column(String(20), unique=True)
    pin_hash: Mapped[str | None] = mapped_column(String(200))
    session_version: Mapped[int] = mapped_column(default=1)
    joined_at: Mapped[datetime]
    erased_at: Mapped[datetime | None]


class LoginGuardRow(Base):
    """Wrong PINs of one identifier, whether or not anybody has it (see `people.login`)."""

    __tablename__ = "login_guard"
    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    tries: Mapped[int]
    locked_until: Mapped[datetime | None]
    last_at: Mapped[datetime] = mapped_column(index=True)


class LoginSessionRow(Base):
    """A login that is open (see `people.sessions`)."""

    __tablename__ = "login_session"
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id"), index=True)
    began_at: Mapped[datetime]


class ConsentRow(Base):
    """Proof of which text a person agreed to, and when (UU 27/2022 Ps. 22-24)."""

    __tablename__ = "consent"
    id: Mapped[int] = mapped_column(primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id"), index=True)
    version: Mapped[str] = mapped_column(String(40))
    given_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class EnrolmentRow(Base):
    """A person in a class. What they answer, send and get back there belongs to that class alone.

    Where nobody says which class is meant (`Records.of_class`), it is the one joined last.
    """

    __tablename__ = "enrolment"
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id"), primary_key=True)
    cohort_id: Mapped[str] = mapped_column(ForeignKey("cohort.id"), primary_key=True, index=True)
    enrolled_at: Mapped[datetime]
    # Which form of a test comes first (umkm_records.people.enrolling), drawn once and kept.
    half: Mapped[int]


class SittingWindowRow(Base):
    """When a class may take the test before ("before") or after ("after") a course.

    Open from `opened_at` until `closed_at`; a class without a row has not been told otherwise
    (`umkm_records.sitting_windows`).
    """

    __tablename__ = "test_window"
    cohort_id: Mapped[str] = mapped_column(ForeignKey("cohort.id"), primary_key=True)
    course: Mapped[str] = mapped_column(String(64), primary_key=True)
    sitting: Mapped[str] = mapped_column(String(8), primary_key=True)
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]


class DraftRow(Base):
    """The answer that stands now: one row a participant, class and question.

    `writer` is the open page it came from, `acted_at` when the person gave it there: a phone
    without signal sends what was done hours ago.
    """

    __tablename__ = "draft"
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id"), primary_key=True)
    cohort_id: Mapped[str] = mapped_column(ForeignKey("cohort.id"), primary_key=True)
    sheet: Mapped[str] = mapped_column(String(100), primary_key=True)
    question: Mapped[str] = mapped_column(String(100), primary_key=True)
    answer: Mapped[Any] = mapped_column(JsonText)
    answered: Mapped[bool]
    saved_at: Mapped[datetime]
    acted_at: Mapped[datetime]
    writer: Mapped[str] = mapped_column(String(64))


class DraftWriterRow(Base):
    """The last change taken from each writer (an open page), so that its late ones are known."""

    __tablename__ = "draft_writer"
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id"), primary_key=True)
    cohort_id: Mapped[str] = mapped_column(ForeignKey("cohort.id"), primary_key=True)
    sheet: Mapped[str] = mapped_column(String(100), primary_key=True)
    question: Mapped[str] = mapped_column(String(100), primary_key=True)
    writer: Mapped[str] = mapped_column(String(64), primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)


class EventRow(Base):
    """Something a person did, as an xAPI statement has it: actor, verb, object, when."""

    __tablename__ = "event"
    __table_args__ = (Index(None, "participant_id", "object"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id"))
    cohort_id: Mapped[str] = mapped_column(ForeignKey("cohort.id"))
    verb: Mapped[str] = mapped_column(String(16))
    object: Mapped[str] = mapped_column(String(200))
    detail: Mapped[Any] = mapped_column(JsonText)
    at: Mapped[datetime] = mapped_column(index=True)


class SubmissionRow(Base):
    """A snapshot that was sent; its idempotency key is who, in which class, what, which attempt."""

    __tablename__ = "submission"
    __table_args__ = (UniqueConstraint("participant_id", "cohort_id", "assignment", "attempt"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    receipt: Mapped[str] = mapped_column(String(16), unique=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id"))
    cohort_id: Mapped[str] = mapped_column(ForeignKey("cohort.id"), index=True)
    assignment: Mapped[str] = mapped_column(String(100))
    attempt: Mapped[int]
    answers: Mapped[Any] = mapped_column(JsonText)
    answers_hash: Mapped[str] = mapped_column(String(64))
    submitted_at: Mapped[datetime]
    delivered_at: Mapped[datetime | None]


class SendRequestRow(Base):
    """A page's wish to send, by the key the page made up: asked again, it gives the same receipt."""

    __tablename__ = "send_request"
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id"), primary_key=True)
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"))


class ResultRow(Base):
    """What a person sees of their grade; while it stands, the sheet is closed."""

    __tablename__ = "result"
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id"), primary_key=True)
    cohort_id: Mapped[str] = mapped_column(ForeignKey("cohort.id"), primary_key=True)
    assignment: Mapped[str] = mapped_column(String(100), primary_key=True)
    attempt: Mapped[int]
    points: Mapped[float] = mapped_column(Double)
    out_of: Mapped[float] = mapped_column(Double)
    items: Mapped[Any] = mapped_column(JsonText)
    comments: Mapped[Any] = mapped_column(JsonText)
    published_at: Mapped[datetime]


class ReadingRow(Base):
    """A text a grader has before them now: nobody else is given it until then."""

    __tablename__ = "reading"
    cohort_id: Mapped[str] = mapped_column(ForeignKey("cohort.id"), primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id"), primary_key=True)
    assignment: Mapped[str] = mapped_column(String(100), primary_key=True)
    question: Mapped[str] = mapped_column(String(100), primary_key=True)
    grader: Mapped[str] = mapped_column(String(80))
    # One grader may have two windows open; they are two readers.
    desk: Mapped[str] = mapped_column(String(32))
    since: Mapped[datetime]
    until: Mapped[datetime]


class MarkingRow(Base):
    """Points a grader gave a text, and the seconds it took; one row each time."""

    __tablename__ = "marking"
    id: Mapped[int] = mapped_column(primary_key=True)
    cohort_id: Mapped[str] = mapped_column(ForeignKey("cohort.id"), index=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id"), index=True)
    assignment: Mapped[str] = mapped_column(String(100))
    question: Mapped[str] = mapped_column(String(100))
    grader: Mapped[str] = mapped_column(String(80))
    points: Mapped[float] = mapped_column(Double)
    out_of: Mapped[float] = mapped_column(Double)
    seconds: Mapped[int]
    marked_at: Mapped[datetime]


class BookRow(Base):
    """A person's own cash book (Buku kas), kept only while their consent to that stands."""

    __tablename__ = "book"
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id"), primary_key=True)
    business: Mapped[str] = mapped_column(String(16))
    consent_id: Mapped[int] = mapped_column(ForeignKey("consent.id"))
    opened_at: Mapped[datetime]


class BookEntryRow(Base):
    """A transaction of such a book: added, never changed; `entry_id` comes from the phone."""

    __tablename__ = "book_entry"
    __table_args__ = (UniqueConstraint("participant_id", "entry_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("book.participant_id"))
    entry_id: Mapped[str] = mapped_column(String(40))
    entry: Mapped[Any] = mapped_column(JsonText)
    written_at: Mapped[datetime]


class StorefrontRow(Base):
    """A person's own catalogue (Katalog), kept only while their consent to that stands."""

    __tablename__ = "storefront"
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id"), primary_key=True)
    content: Mapped[Any] = mapped_column(JsonText)
    consent_id: Mapped[int] = mapped_column(ForeignKey("consent.id"))
    opened_at: Mapped[datetime]
    changed_at: Mapped[datetime]


class PhotoRow(Base):
    """A photo a person sent, made anew by us; `name` is the SHA-256 of `jpeg`.

    `upload` is what the phone called the sending: asked again, it is told the same photo.
    """

    __tablename__ = "photo"
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    upload: Mapped[str] = mapped_column(String(64))
    jpeg: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    size: Mapped[int]
    width: Mapped[int]
    height: Mapped[int]
    kept_at: Mapped[datetime]


class PhotoPieceRow(Base):
    """A piece of a file that is still on its way from a phone: as sent, looked at by nobody yet."""

    __tablename__ = "photo_piece"
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id"), primary_key=True)
    upload: Mapped[str] = mapped_column(String(64), primary_key=True)
    start: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    size: Mapped[int]
    arrived_at: Mapped[datetime]


class AuditRow(Base):
    """Who did what to whom; holds participant codes, never names, phones or answers."""

    __tablename__ = "audit"
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    actor: Mapped[str] = mapped_column(String(80))
    action: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(100), index=True)
    detail: Mapped[Any] = mapped_column(JsonText)
