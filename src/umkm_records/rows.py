"""Finding rows by the codes that people and pages use."""

from __future__ import annotations

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from umkm_records.errors import UnknownParticipant
from umkm_records.schema import EnrolmentRow, ParticipantRow


def find_person(session: Session, code: str) -> ParticipantRow | None:
    """Give the participant with this code in any case, or None; erased ones are not found."""
    return session.scalar(_by_code(code)) if _storable(code) else None


def known_person(session: Session, code: str) -> ParticipantRow:
    """Give the participant with this code.

    Raises:
        UnknownParticipant: there is none.
    """
    if (person := find_person(session, code)) is None:
        raise UnknownParticipant
    return person


def claim_person(session: Session, code: str) -> ParticipantRow:
    """Give the participant with this code, and keep others from changing their things meanwhile.

    SQLite lets one writer in at a time anyway; PostgreSQL needs to be told.

    Raises:
        UnknownParticipant: there is none.
    """
    statement = _by_code(code).with_for_update()
    if not _storable(code) or (person := session.scalar(statement)) is None:
        raise UnknownParticipant
    return person


def current_cohort(session: Session, participant_id: int) -> str:
    """Give the id of the class a participant joined last."""
    return session.scalars(
        select(EnrolmentRow.cohort_id)
        .where(EnrolmentRow.participant_id == participant_id)
        .order_by(EnrolmentRow.enrolled_at.desc(), EnrolmentRow.cohort_id)
        .limit(1)
    ).one()


def _by_code(code: str) -> Select[ParticipantRow]:
    return select(ParticipantRow).where(
        ParticipantRow.code == code.strip().lower(), ParticipantRow.erased_at.is_(None)
    )


def _storable(code: str) -> bool:
    # Half of a surrogate pair cannot be sent to any database.
    return code.isascii() and len(code) <= 64
