"""People who should not be in a class: found, removed from it, put back.

Removing erases nothing: roster, gradebook and reports leave the person out, and what they wrote stays
stored, so that a mistake can be undone. Erasing is `people.privacy`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from umkm_records.audit import AuditAction, note
from umkm_records.clock import moment
from umkm_records.database.rows import claim_person, known_person
from umkm_records.database.storage import Records
from umkm_records.errors import NotInClass
from umkm_records.people.profiles import Participant, members, profiles
from umkm_records.tables import DraftRow, EnrolmentRow, EventRow, ParticipantRow, SubmissionRow
from umkm_records.tables.classes import FormerEnrolmentRow


@dataclass(frozen=True)
class Silent:
    """Somebody in a class with no answer, perhaps with nothing but the registration.

    Attributes:
        participant: Who.
        has_come: Whether they opened anything after they had registered.
    """

    participant: Participant
    has_come: bool


@dataclass(frozen=True)
class Removed:
    """Somebody who was taken out of a class."""

    code: str
    name: str
    removed_at: datetime


def silent_people(records: Records, cohort: str) -> list[Silent]:
    """Return those of a class who never answered or sent anything, those who never came first.

    Raises:
        StorageError: the records could not be read.
    """
    with records.read_session() as session:
        people = members(session, cohort)
        drafts = select(DraftRow.participant_id).where(
            DraftRow.cohort_id == cohort, DraftRow.answered.is_(True)
        )
        sent = select(SubmissionRow.participant_id).where(SubmissionRow.cohort_id == cohort)
        events = select(EventRow.participant_id).where(
            EventRow.cohort_id == cohort, EventRow.verb != "registered"
        )
        answered = {*session.scalars(drafts.distinct()), *session.scalars(sent.distinct())}
        came = set(session.scalars(events.distinct()))
        silent = [person for person in people if person.id not in answered]
        views = profiles(session, silent)
    found = [Silent(view, person.id in came) for person, view in zip(silent, views, strict=True)]
    return sorted(found, key=lambda one: one.has_come)


def remove_from_class(
    records: Records, code: str, cohort: str, by: str, now: datetime | None = None
) -> None:
    """Remove a person from a class; what they wrote stays, and `put_back_in_class` undoes it.

    Raises:
        UnknownParticipant: nobody has this code.
        NotInClass: they are not in this class.
    """
    at = moment(now)
    with records.transaction() as session:
        person = claim_person(session, code)
        enrolment = session.get(EnrolmentRow, (person.id, cohort))
        if enrolment is None:
            raise NotInClass
        session.merge(
            FormerEnrolmentRow(
                participant_id=person.id,
                cohort_id=cohort,
                enrolled_at=enrolment.enrolled_at,
                half=enrolment.half,
                removed_at=at,
                removed_by=by[:80],
                uid=enrolment.uid,
            )
        )
        session.delete(enrolment)
        note(session, AuditAction(by, "removed_from_class", person.code, {"class": cohort}), at)


def put_back_in_class(
    records: Records, code: str, cohort: str, by: str, now: datetime | None = None
) -> None:
    """Undo `remove_from_class`.

    Raises:
        UnknownParticipant: nobody has this code.
        NotInClass: they were not taken out of this class.
    """
    with records.transaction() as session:
        person = claim_person(session, code)
        former = session.get(FormerEnrolmentRow, (person.id, cohort))
        if former is None:
            raise NotInClass
        session.add(
            EnrolmentRow(
                participant_id=person.id,
                cohort_id=cohort,
                enrolled_at=former.enrolled_at,
                half=former.half,
                uid=former.uid,
            )
        )
        session.delete(former)
        note(
            session,
            AuditAction(by, "put_back_in_class", person.code, {"class": cohort}),
            moment(now),
        )


def removed_people(records: Records, cohort: str) -> list[Removed]:
    """Return those who were taken out of a class and are not in it, the last one first."""
    query = (
        select(ParticipantRow, FormerEnrolmentRow.removed_at)
        .join(FormerEnrolmentRow, FormerEnrolmentRow.participant_id == ParticipantRow.id)
        .outerjoin(
            EnrolmentRow,
            (EnrolmentRow.participant_id == ParticipantRow.id)
            & (EnrolmentRow.cohort_id == FormerEnrolmentRow.cohort_id),
        )
        .where(
            FormerEnrolmentRow.cohort_id == cohort,
            EnrolmentRow.participant_id.is_(None),
            ParticipantRow.erased_at.is_(None),
        )
        .order_by(FormerEnrolmentRow.removed_at.desc(), ParticipantRow.id)
    )
    with records.read_session() as session:
        return [Removed(row.code, row.name, at) for row, at in session.execute(query)]


def has_ever_sent(records: Records, code: str) -> bool:
    """Return whether a person has ever sent an assignment, in any class.

    Raises:
        UnknownParticipant: nobody has this code.
    """
    with records.read_session() as session:
        return has_sent(session, known_person(session, code).id)


def has_sent(session: Session, participant_id: int) -> bool:
    """Return whether a person has ever sent an assignment, as part of a transaction."""
    sent = select(func.count()).where(SubmissionRow.participant_id == participant_id)
    return session.scalars(sent).one() > 0
