"""The tables of what a trainer decides about who is in a class."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from umkm_records.schema import Base


class RegistrationRuleRow(Base):
    """How many people a class takes, and until when no address is limited; no row: the defaults."""

    __tablename__ = "registration_rule"
    cohort_id: Mapped[str] = mapped_column(ForeignKey("cohort.id"), primary_key=True)
    most_people: Mapped[int]
    open_until: Mapped[datetime | None]


class FormerEnrolmentRow(Base):
    """An enrolment that a trainer ended: moved here whole, so that it can be put back."""

    __tablename__ = "former_enrolment"
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id"), primary_key=True)
    cohort_id: Mapped[str] = mapped_column(ForeignKey("cohort.id"), primary_key=True, index=True)
    enrolled_at: Mapped[datetime]
    half: Mapped[int]
    removed_at: Mapped[datetime]
    removed_by: Mapped[str] = mapped_column(String(80))
