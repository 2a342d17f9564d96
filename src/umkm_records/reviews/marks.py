"""Points that reviewers gave texts, the seconds it took them, and figures of both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from umkm_records.clock import moment
from umkm_records.database.rows import claim_person
from umkm_records.database.storage import Records
from umkm_records.reviews.claims import Reviewer, TextToRead, find_claim
from umkm_records.tables import MarkingRow

#: Somebody who left the text open over lunch did not mark for an hour.
_LONGEST_SECONDS = 1800


@dataclass(frozen=True)
class GraderFigures:
    """What one reviewer gave for one question: number of texts, mean percentage, mean seconds."""

    grader: str
    assignment: str
    question: str
    count: int
    percent: float
    seconds: float


def record_marking(  # noqa: PLR0913, PLR0917 - what is noted
    records: Records,
    marked: TextToRead,
    reviewer: Reviewer,
    points: float,
    out_of: float,
    now: datetime | None = None,
) -> None:
    """Record that a reviewer gave points, with the time since they claimed the text; release it.

    Raises:
        UnknownParticipant: nobody has this code.
    """
    at = moment(now)
    with records.transaction() as session:
        row = find_claim(session, marked)
        mine = row is not None and row.desk == reviewer.session
        passed = (at - row.since).total_seconds() if row is not None and mine else 0
        if mine:
            session.delete(row)
        session.add(
            MarkingRow(
                cohort_id=marked.cohort,
                participant_id=claim_person(session, marked.participant).id,
                assignment=marked.assignment,
                question=marked.question,
                grader=reviewer.name[:80],
                points=points,
                out_of=out_of,
                seconds=int(min(max(passed, 0), _LONGEST_SECONDS)),
                marked_at=at,
            )
        )


def grader_figures(records: Records, cohorts: Sequence[str] | None = None) -> list[GraderFigures]:
    """Return figures by question and grader; of a text marked twice, the last marking counts."""
    last = select(func.max(MarkingRow.id)).group_by(
        MarkingRow.cohort_id,
        MarkingRow.participant_id,
        MarkingRow.assignment,
        MarkingRow.question,
        MarkingRow.grader,
    )
    of = (MarkingRow.assignment, MarkingRow.question, MarkingRow.grader)
    figures = (
        select(
            *of,
            func.count(),
            func.avg(100 * MarkingRow.points / MarkingRow.out_of),
            func.avg(MarkingRow.seconds),
        )
        .where(MarkingRow.id.in_(last))
        .group_by(*of)
        .order_by(*of)
    )
    if cohorts is not None:
        figures = figures.where(MarkingRow.cohort_id.in_(cohorts))
    with records.read_session() as session:
        return [
            GraderFigures(grader, assignment, question, count, float(percent), float(seconds))
            for assignment, question, grader, count, percent, seconds in session.execute(figures)
        ]
