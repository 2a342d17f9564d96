"""Published results: what a participant sees of a grade. While there is one, its sheet is closed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import Session

from umkm_records.clock import moment
from umkm_records.database.rows import asked_of, claim_person, current_cohort, enrolled_as, is_of
from umkm_records.database.storage import Records
from umkm_records.tables import ResultRow, SubmissionRow


@dataclass(frozen=True)
class Result:
    """Points and words for one attempt; holds no key.

    `items`: {question, points, of, message} each; `comments` of staff: {question, text} each.
    """

    participant: str
    assignment: str
    attempt: int
    points: float
    out_of: float
    items: Sequence[dict[str, Any]] = ()
    comments: Sequence[dict[str, Any]] = ()


def publish(records: Records, result: Result, now: datetime | None = None) -> bool:
    """Publish a result to its participant, in place of an earlier one; close the sheet.

    Return False, and publish nothing, where the participant has sent a newer attempt meanwhile:
    its questions can still be answered, so nothing may be shown of them, and it has to be graded.

    Raises:
        UnknownParticipant: nobody has this code.
    """
    with records.transaction() as session:
        person = claim_person(session, result.participant)
        place = (person.id, current_cohort(session, person.id), result.assignment)
        if latest_attempt(session, *place) > result.attempt:
            return False
        row = session.get(ResultRow, place)
        if row is None:
            row = ResultRow(
                participant_id=person.id, cohort_id=place[1], assignment=result.assignment
            )
            session.add(row)
        row.attempt, row.points, row.out_of = result.attempt, result.points, result.out_of
        row.items, row.comments = list(result.items), list(result.comments)
        row.published_at = moment(now)
    return True


def withdraw(records: Records, participant: str, assignment: str) -> bool:
    """Withdraw a published result, which opens the sheet again; return False if there was none.

    Raises:
        UnknownParticipant: nobody has this code.
    """
    with records.transaction() as session:
        person = claim_person(session, participant)
        place = (person.id, current_cohort(session, person.id), assignment)
        row = session.get(ResultRow, place)
        if row is not None:
            session.delete(row)
    return row is not None


def result_of(records: Records, participant: str, assignment: str) -> Result | None:
    """Return the published result of a participant's assignment, or None."""
    with records.autocommit() as session:
        asked = asked_of(session, participant) | {"asked_sheet": assignment}
        found = session.execute(_of_sheet(), asked).first()
        return None if found is None else _view(*found)


@cache
def _of_sheet() -> Select[ResultRow, str]:
    me = enrolled_as()
    return select(ResultRow, me.c.code).where(
        is_of(me, ResultRow), ResultRow.assignment == bindparam("asked_sheet")
    )


def is_published(session: Session, participant_id: int, cohort: str, assignment: str) -> bool:
    """Return whether a sheet of somebody in a class is closed, as part of a transaction."""
    return session.get(ResultRow, (participant_id, cohort, assignment)) is not None


def latest_attempt(session: Session, participant_id: int, cohort: str, assignment: str) -> int:
    """Return the number of the last attempt that was sent in a class; 0 before the first."""
    last = select(func.max(SubmissionRow.attempt)).where(
        SubmissionRow.participant_id == participant_id,
        SubmissionRow.cohort_id == cohort,
        SubmissionRow.assignment == assignment,
    )
    return session.scalar(last) or 0


def _view(row: ResultRow, code: str) -> Result:
    return Result(
        participant=code,
        assignment=row.assignment,
        attempt=row.attempt,
        points=row.points,
        out_of=row.out_of,
        items=row.items,
        comments=row.comments,
    )
