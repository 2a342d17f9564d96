"""Registration rules of a class, set by its trainer: its size, and the limit per address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from umkm_records.audit import AuditAction, note
from umkm_records.clock import moment
from umkm_records.database.storage import Records
from umkm_records.errors import FormError, UnknownCohort
from umkm_records.tables import CohortRow, EnrolmentRow, ParticipantRow
from umkm_records.tables.classes import RegistrationRuleRow

#: People a class takes until its trainer says otherwise.
MOST_PEOPLE = 60
#: More than any class has; who needs more has mistyped.
LARGEST_CLASS = 1_000
#: How long registration from one address stays open when the trainer opens it.
OPEN_FOR = timedelta(hours=2)


@dataclass(frozen=True)
class RegistrationRules:
    """What holds in a class now.

    Attributes:
        enrolled: People in it.
        most_people: How many it takes.
        open_until: Until when no address is limited; None where each is.
    """

    enrolled: int
    most_people: int
    open_until: datetime | None

    @property
    def places(self) -> int:
        """Return how many more people may register."""
        return max(0, self.most_people - self.enrolled)


def registration_rules(
    records: Records, cohort: str, now: datetime | None = None
) -> RegistrationRules:
    """Return what holds in a class now.

    Raises:
        StorageError: the records could not be read.
    """
    with records.read_session() as session:
        return rules_of(session, cohort, moment(now))


def set_most_people(
    records: Records, cohort: str, most: int, by: str, now: datetime | None = None
) -> None:
    """Set how many people a class takes; who is in it stays, also where they are more.

    Raises:
        FormError: no number of people that a class may have.
        UnknownCohort: no class has this id.
    """
    if not 1 <= most <= LARGEST_CLASS:
        raise FormError({"most_people": f"Tulis angka dari 1 sampai {LARGEST_CLASS}."})
    with records.transaction() as session:
        _claim(session, cohort).most_people = most
        note(session, AuditAction(by, "class_places_set", cohort, {"most": most}), moment(now))


def open_registration(
    records: Records, cohort: str, by: str, now: datetime | None = None
) -> datetime:
    """Suspend the limit per address for `OPEN_FOR`; return until when.

    For a class whose people all come over one Wi-Fi router, or register at the trainer's laptop.

    Raises:
        UnknownCohort: no class has this id.
    """
    at = moment(now)
    with records.transaction() as session:
        _claim(session, cohort).open_until = at + OPEN_FOR
        note(session, AuditAction(by, "registration_opened", cohort), at)
    return at + OPEN_FOR


def rules_of(session: Session, cohort: str, at: datetime) -> RegistrationRules:
    """Return what holds in a class, as part of a transaction."""
    row = session.get(RegistrationRuleRow, cohort)
    until = row.open_until if row else None
    # Beyond what was given: the laptop's clock has been set back since.
    is_open = until is not None and at < until <= at + OPEN_FOR
    return RegistrationRules(
        enrolled=_enrolled(session, cohort),
        most_people=row.most_people if row else MOST_PEOPLE,
        open_until=until if is_open else None,
    )


def _enrolled(session: Session, cohort: str) -> int:
    return session.scalars(
        select(func.count())
        .select_from(EnrolmentRow)
        .join(ParticipantRow, ParticipantRow.id == EnrolmentRow.participant_id)
        .where(EnrolmentRow.cohort_id == cohort, ParticipantRow.erased_at.is_(None))
    ).one()


def _claim(session: Session, cohort: str) -> RegistrationRuleRow:
    # The class's own row is what others wait for: the rule's row may not be there yet.
    if session.get(CohortRow, cohort, with_for_update=True) is None:
        raise UnknownCohort
    row = session.get(RegistrationRuleRow, cohort)
    if row is None:
        row = RegistrationRuleRow(cohort_id=cohort, most_people=MOST_PEOPLE, open_until=None)
        session.add(row)
    return row
