"""Participants as the rest of the kit sees them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from umkm_records.errors import UnknownParticipant
from umkm_records.rows import find_person
from umkm_records.schema import EnrolmentRow, ParticipantRow
from umkm_records.storage import Records


@dataclass(frozen=True)
class Participant:
    """A person who registered. A cookie is good only for the `session_version` it was made for."""

    code: str
    name: str
    business_name: str
    business_kind: str
    kelurahan: str
    phone: str = field(repr=False)
    cohort: str
    session_version: int
    joined_at: datetime


def get_participant(records: Records, code: str) -> Participant | None:
    """Give the participant with this code (in any case), or None; erased people are not found."""
    with records.reading() as session:
        row = find_person(session, code)
        return None if row is None else profile(session, row)


def half_of_class(records: Records, code: str) -> int:
    """Give 0 or 1: which half of their class a participant belongs to, for as long as they exist.

    Who registers next gets the other half, so that a class is split evenly whenever it is looked at.

    Raises:
        UnknownParticipant: nobody has this code.
    """
    with records.reading() as session:
        row = find_person(session, code)
        if row is None:
            raise UnknownParticipant
        return row.id % 2


def class_roster(records: Records, cohort: str) -> list[Participant]:
    """Give everybody of a class by name; empty for a class that does not exist."""
    with records.reading() as session:
        return profiles(session, members(session, cohort))


def members(session: Session, cohort: str) -> list[ParticipantRow]:
    """Give the rows of everybody in a class, by name."""
    enrolled = (
        select(ParticipantRow)
        .join(EnrolmentRow, EnrolmentRow.participant_id == ParticipantRow.id)
        .where(EnrolmentRow.cohort_id == cohort, ParticipantRow.erased_at.is_(None))
    )
    rows = session.scalars(enrolled).all()
    return sorted(rows, key=lambda row: (row.name.casefold(), row.code))


def profile(session: Session, row: ParticipantRow) -> Participant:
    """Give the view of one participant."""
    return profiles(session, [row])[0]


def profiles(session: Session, rows: Iterable[ParticipantRow]) -> list[Participant]:
    """Give the views of several participants with one more query, however many they are."""
    people = list(rows)
    enrolments = session.execute(
        select(EnrolmentRow.participant_id, EnrolmentRow.cohort_id)
        .where(EnrolmentRow.participant_id.in_([row.id for row in people]))
        .order_by(EnrolmentRow.enrolled_at, EnrolmentRow.cohort_id.desc())
    )
    # A later line of the same person replaces an earlier one: the class joined last stays.
    cohorts = dict(enrolments.all())
    return [_view(row, cohorts[row.id]) for row in people]


def _view(row: ParticipantRow, cohort: str) -> Participant:
    return Participant(
        code=row.code,
        name=row.name,
        business_name=row.business_name,
        business_kind=row.business_kind,
        kelurahan=row.kelurahan,
        phone=row.phone or "",
        cohort=cohort,
        session_version=row.session_version,
        joined_at=row.joined_at,
    )
