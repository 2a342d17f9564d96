"""Participants as the other packages see them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from umkm_records.database.rows import current_enrolment, find_person
from umkm_records.database.storage import COHORT, Records
from umkm_records.errors import UnknownParticipant
from umkm_records.tables import EnrolmentRow, ParticipantRow


@dataclass(frozen=True)
class Participant:
    """A person who registered. A cookie is good only for the `session_version` it was made for.

    `cohort` is empty for somebody who was taken out of their class (`people.removal`).
    """

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
    """Return the participant with this code (in any case), or None; erased people are not found."""
    with records.read_session() as session:
        row = find_person(session, code)
        return None if row is None else profile(session, row)


def half_of_class(records: Records, code: str) -> int:
    """Return 0 or 1: the half of their class that a participant was drawn into when they enrolled.

    Raises:
        UnknownParticipant: nobody has this code.
    """
    with records.read_session() as session:
        row = find_person(session, code)
        if row is None:
            raise UnknownParticipant
        return current_enrolment(session, row.id).half


def halves_of_class(records: Records, cohort: str) -> dict[str, int]:
    """Return the half of everybody in a class by participant code; erased people are left out."""
    drawn = (
        select(ParticipantRow.code, EnrolmentRow.half)
        .join(EnrolmentRow, EnrolmentRow.participant_id == ParticipantRow.id)
        .where(EnrolmentRow.cohort_id == cohort, ParticipantRow.erased_at.is_(None))
    )
    with records.read_session() as session:
        return dict(session.execute(drawn).all())


def class_roster(records: Records, cohort: str) -> list[Participant]:
    """Return everybody of a class by name; empty for a class that does not exist."""
    with records.read_session() as session:
        return profiles(session, members(session, cohort), cohort)


def members(session: Session, cohort: str) -> list[ParticipantRow]:
    """Return the rows of everybody in a class, by name."""
    enrolled = (
        select(ParticipantRow)
        .join(EnrolmentRow, EnrolmentRow.participant_id == ParticipantRow.id)
        .where(EnrolmentRow.cohort_id == cohort, ParticipantRow.erased_at.is_(None))
    )
    rows = session.scalars(enrolled).all()
    return sorted(rows, key=lambda row: (row.name.casefold(), row.code))


def profile(session: Session, row: ParticipantRow) -> Participant:
    """Return the view of one participant."""
    return profiles(session, [row])[0]


def profiles(
    session: Session, rows: Iterable[ParticipantRow], cohort: str | None = None
) -> list[Participant]:
    """Return the views of several participants with one more query, however many they are.

    Each is seen in `cohort`, by default the session's class, if they are in it, else in the class
    they joined last.
    """
    people, asked = list(rows), cohort or session.info.get(COHORT)
    enrolments = session.execute(
        select(EnrolmentRow.participant_id, EnrolmentRow.cohort_id)
        .where(EnrolmentRow.participant_id.in_([row.id for row in people]))
        .order_by(EnrolmentRow.enrolled_at, EnrolmentRow.cohort_id.desc())
    )
    cohorts: dict[int, str] = {}
    for person, joined in enrolments:
        # A later line of the same person replaces an earlier one: the class joined last stays.
        if cohorts.get(person) != asked or asked is None:
            cohorts[person] = joined
    # Who was taken out of their only class is in none.
    return [view_in(row, cohorts.get(row.id, "")) for row in people]


def view_in(row: ParticipantRow, cohort: str) -> Participant:
    """Return the view of one participant in a class."""
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
