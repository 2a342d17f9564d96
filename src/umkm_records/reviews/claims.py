"""Claims on texts that wait for a reviewer: several reviewers never mark the same one.

A claim ends by itself, so that a closed laptop keeps nothing from the others.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from umkm_records.clock import moment
from umkm_records.database.rows import claim_person
from umkm_records.database.storage import Records
from umkm_records.tables import ClaimRow, ParticipantRow

#: How long a claim lasts after the last sign of its reviewer.
CLAIM_TIME = timedelta(minutes=10)


class TextToRead(NamedTuple):
    """One answer that a reviewer has to mark. A queue holds tens of thousands: tuples are quick."""

    cohort: str
    participant: str
    assignment: str
    question: str


@dataclass(frozen=True)
class Reviewer:
    """A reviewer in one review session: an open window, named by a key it made up."""

    name: str
    session: str


def claim_text(
    records: Records, wanted: TextToRead, reviewer: Reviewer, now: datetime | None = None
) -> Reviewer:
    """Claim a text for a reviewer for `CLAIM_TIME`, unless another has it; return who has it now.

    Raises:
        UnknownParticipant: nobody has this code.
    """
    at = moment(now)
    with records.transaction() as session:
        row = find_claim(session, wanted)
        if row is None:
            person = claim_person(session, wanted.participant)
            row = ClaimRow(
                cohort_id=wanted.cohort, participant_id=person.id,
                assignment=wanted.assignment, question=wanted.question,
            )  # fmt: skip
            session.add(row)
        elif _is_kept(row, at) and row.desk != reviewer.session:
            return Reviewer(row.grader, row.desk)
        if row.desk != reviewer.session:
            row.since = at
        row.grader, row.desk, row.until = reviewer.name[:80], reviewer.session, at + CLAIM_TIME
    return reviewer


def release_claim(records: Records, wanted: TextToRead, reviewer: Reviewer) -> None:
    """Release the claim of this reviewer; another's stays.

    Raises:
        UnknownParticipant: nobody has this code.
    """
    with records.transaction() as session:
        row = find_claim(session, wanted)
        if row is not None and row.desk == reviewer.session:
            session.delete(row)


def list_claims(records: Records, now: datetime | None = None) -> dict[TextToRead, Reviewer]:
    """Return every text that is claimed now, with its reviewer."""
    with_codes = select(ClaimRow, ParticipantRow.code).join(
        ParticipantRow, ParticipantRow.id == ClaimRow.participant_id
    )
    at = moment(now)
    current = with_codes.where(ClaimRow.since <= at, ClaimRow.until > at)
    with records.read_session() as session:
        return {
            TextToRead(row.cohort_id, code, row.assignment, row.question): Reviewer(
                row.grader, row.desk
            )
            for row, code in session.execute(current)
        }


def _is_kept(row: ClaimRow, at: datetime) -> bool:
    # A clock that was set back would otherwise keep a text for hours.
    return row.since <= at < row.until


def find_claim(session: Session, wanted: TextToRead) -> ClaimRow | None:
    """Return the claim on a text, or None; both and their person are locked.

    Raises:
        UnknownParticipant: nobody has this code.
    """
    # Locked together with its person, so that two who ask at once are answered one by one.
    person = claim_person(session, wanted.participant)
    return session.scalar(
        select(ClaimRow).where(
            and_(
                ClaimRow.cohort_id == wanted.cohort,
                ClaimRow.participant_id == person.id,
                ClaimRow.assignment == wanted.assignment,
                ClaimRow.question == wanted.question,
            )
        )
    )
