"""Look-up of participants and their classes by the codes that people and pages use."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import CTE, ColumnElement, Select, String, and_, bindparam, case, select
from sqlalchemy.orm import Session

from umkm_records.database.errors import UnknownParticipant
from umkm_records.database.storage import COHORT
from umkm_records.tables import EnrolmentRow, ParticipantRow


def find_person(session: Session, code: str) -> ParticipantRow | None:
    """Return the participant with this code in any case, or None; erased ones are not found."""
    return session.scalar(_by_code(code)) if _storable(code) else None


def known_person(session: Session, code: str) -> ParticipantRow:
    """Return the participant with this code.

    Raises:
        UnknownParticipant: there is none.
    """
    if (person := find_person(session, code)) is None:
        raise UnknownParticipant
    return person


def claim_person(session: Session, code: str) -> ParticipantRow:
    """Return the participant with this code, their row locked until the transaction ends.

    SQLite has one writer at a time anyway; PostgreSQL locks the row.

    Raises:
        UnknownParticipant: there is none.
    """
    statement = _by_code(code).with_for_update()
    if not _storable(code) or (person := session.scalar(statement)) is None:
        raise UnknownParticipant
    return person


def current_cohort(session: Session, participant_id: int) -> str:
    """Return the id of the session's class if the participant is in it, else of the one joined last."""
    return current_enrolment(session, participant_id).cohort_id


def current_enrolment(session: Session, participant_id: int) -> EnrolmentRow:
    """Return the participant's enrolment in the session's class, else the last one.

    Raises:
        UnknownParticipant: they are in no class: a trainer took them out of theirs.
    """
    return _current(session, enrolments(session, participant_id))


def cohort_at(
    session: Session, mine: Sequence[EnrolmentRow], acted_at: datetime, now: datetime
) -> str:
    """Return the class in which a participant did something that arrives only now.

    That is the current one, but for what they did before they joined it. Where this laptop's
    clock was set back since, no earlier time is comparable.

    Args:
        session: of a class's server, or of none.
        mine: their enrolments, the last first.
        acted_at: when they did it.
        now: the time of this laptop.

    Raises:
        UnknownParticipant: they are in no class.
    """
    current = _current(session, mine)
    if not acted_at < current.enrolled_at <= now:
        return current.cohort_id
    return next((row for row in mine if row.enrolled_at <= acted_at), current).cohort_id


def _current(session: Session, mine: Sequence[EnrolmentRow]) -> EnrolmentRow:
    if not mine:
        raise UnknownParticipant
    return next((row for row in mine if row.cohort_id == session.info.get(COHORT)), mine[0])


def enrolments(session: Session, participant_id: int) -> Sequence[EnrolmentRow]:
    """Return a participant's enrolments, the last first."""
    return session.scalars(
        select(EnrolmentRow)
        .where(EnrolmentRow.participant_id == participant_id)
        .order_by(EnrolmentRow.enrolled_at.desc(), EnrolmentRow.cohort_id)
    ).all()


def enrolled_as() -> CTE:
    """Return a participant's `id`, `code`, `cohort_id` and `half` as one row that a statement joins.

    The class is that of `current_enrolment`. There is no row for somebody unknown, erased, or in no
    class. Who it is comes with the parameters (`asked_of`): statements are built once for the process,
    since building one takes several times as long as SQLite takes to answer it.
    """
    person, mine = ParticipantRow, EnrolmentRow
    is_other = case((mine.cohort_id == bindparam("asked_class", type_=String), 0), else_=1)
    return (
        select(person.id, person.code, mine.cohort_id, mine.half)
        .join(mine, mine.participant_id == person.id)
        .where(person.code == bindparam("asked_code"), person.erased_at.is_(None))
        .order_by(is_other, mine.enrolled_at.desc(), mine.cohort_id)
        .limit(1)
        .cte("me")
    )


def asked_of(session: Session, code: str) -> dict[str, str]:
    """Return the parameters of a statement with `enrolled_as`, for the participant with this code."""
    known = code.strip().lower() if _storable(code) else ""
    return {"asked_code": known, "asked_class": session.info.get(COHORT) or ""}


def is_of(me: CTE, row: Any) -> ColumnElement[bool]:
    """Return the condition that a row is a participant's, in the class that `enrolled_as` found."""
    return and_(row.participant_id == me.c.id, row.cohort_id == me.c.cohort_id)


def _by_code(code: str) -> Select[ParticipantRow]:
    return select(ParticipantRow).where(
        ParticipantRow.code == code.strip().lower(), ParticipantRow.erased_at.is_(None)
    )


def _storable(code: str) -> bool:
    # Half of a surrogate pair cannot be sent to any database.
    return code.isascii() and len(code) <= 64
