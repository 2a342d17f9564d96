"""Tables of drafts, submissions, results and events."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Double, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from umkm_records.tables.base import Base, erased_as, policy
from umkm_records.tables.columns import JsonText
from umkm_records.tables.uids import HasUid


class DraftRow(HasUid, Base):
    """The stored answer: one row a participant, class and question.

    `writer` is the open page it came from, `acted_at` when the person gave it there: a phone
    without signal sends what was done hours ago.
    """

    __tablename__ = "draft"
    __table_args__ = policy(
        "What a person wrote.", personal=True, exported="drafts", erased="delete"
    )
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
    __table_args__ = policy(
        "Numbers of open pages, no words of the person's.",
        personal=True,
        exported=None,
        erased="delete",
    )
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id"), primary_key=True)
    cohort_id: Mapped[str] = mapped_column(ForeignKey("cohort.id"), primary_key=True)
    sheet: Mapped[str] = mapped_column(String(100), primary_key=True)
    question: Mapped[str] = mapped_column(String(100), primary_key=True)
    writer: Mapped[str] = mapped_column(String(64), primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)


class SubmissionRow(HasUid, Base):
    """A snapshot that was sent; its idempotency key is who, in which class, what, which attempt."""

    __tablename__ = "submission"
    __table_args__ = (
        UniqueConstraint("participant_id", "cohort_id", "assignment", "attempt"),
        policy("What a person wrote.", personal=True, exported="submissions", erased="delete"),
    )
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
    """An idempotency key of a page: a repeated request returns the same receipt."""

    __tablename__ = "send_request"
    __table_args__ = policy(
        "A page's key and a number of ours; the submission is exported.",
        personal=True,
        exported=None,
        erased="delete",
    )
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id"), primary_key=True)
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"))


class ResultRow(Base):
    """A published grade; while there is one, the sheet is closed."""

    __tablename__ = "result"
    __table_args__ = policy(
        "Points of a class are counted; words about a person go.",
        personal=True,
        exported="results",
        erased="anonymise",
    )
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id"), primary_key=True)
    cohort_id: Mapped[str] = mapped_column(ForeignKey("cohort.id"), primary_key=True)
    assignment: Mapped[str] = mapped_column(String(100), primary_key=True)
    attempt: Mapped[int]
    points: Mapped[float] = mapped_column(Double)
    out_of: Mapped[float] = mapped_column(Double)
    items: Mapped[Any] = mapped_column(JsonText, info=erased_as([]))
    comments: Mapped[Any] = mapped_column(JsonText, info=erased_as([]))
    published_at: Mapped[datetime]


class EventRow(HasUid, Base):
    """Something a person did, as an xAPI statement has it: actor, verb, object, when."""

    __tablename__ = "event"
    __table_args__ = (
        Index(None, "participant_id", "object"),
        policy("What a person did.", personal=True, exported="events", erased="delete"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id"))
    cohort_id: Mapped[str] = mapped_column(ForeignKey("cohort.id"))
    verb: Mapped[str] = mapped_column(String(16))
    object: Mapped[str] = mapped_column(String(200))
    detail: Mapped[Any] = mapped_column(JsonText)
    at: Mapped[datetime] = mapped_column(index=True)
