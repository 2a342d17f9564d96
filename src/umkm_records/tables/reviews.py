"""Tables of reviewers' claims and marks."""

from datetime import datetime

from sqlalchemy import Double, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from umkm_records.tables.base import Base, policy
from umkm_records.tables.uids import HasUid


class ClaimRow(Base):
    """A reviewer's claim on a text, so that nobody else marks it before `until`."""

    __tablename__ = "reading"
    __table_args__ = policy(
        "Which grader has a text open now.", personal=True, exported=None, erased="delete"
    )
    cohort_id: Mapped[str] = mapped_column(ForeignKey("cohort.id"), primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id"), primary_key=True)
    assignment: Mapped[str] = mapped_column(String(100), primary_key=True)
    question: Mapped[str] = mapped_column(String(100), primary_key=True)
    grader: Mapped[str] = mapped_column(String(80))
    # The review session: one reviewer may have two windows open.
    desk: Mapped[str] = mapped_column(String(32))
    since: Mapped[datetime]
    until: Mapped[datetime]


class MarkingRow(HasUid, Base):
    """Points a reviewer gave a text, and the seconds it took; one row each time."""

    __tablename__ = "marking"
    __table_args__ = policy(
        "Points and seconds of graders are counted.",
        personal=True,
        exported="markings",
        erased="keep",
    )
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
