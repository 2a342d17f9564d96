"""Who reads which text now, and who gave which points: several graders never read the same one.

A reading lapses by itself, so that a closed laptop keeps nothing from the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from umkm_records.clock import moment
from umkm_records.database.rows import claim_person
from umkm_records.database.storage import Records
from umkm_records.tables import MarkingRow, ParticipantRow, ReadingRow

#: For how long a text is kept for the one who opened it.
READING_TIME = timedelta(minutes=10)
#: Somebody who left the text open over lunch did not mark for an hour.
_LONGEST_SECONDS = 1800


class TextToRead(NamedTuple):
    """One answer that a person has to read. A queue holds tens of thousands: tuples are quick."""

    cohort: str
    participant: str
    assignment: str
    question: str


@dataclass(frozen=True)
class Reader:
    """A grader at one desk: a window of theirs, by a key it made up."""

    grader: str
    desk: str


@dataclass(frozen=True)
class GraderFigures:
    """What one grader gave for one question: how many texts, mean percentage, mean seconds."""

    grader: str
    assignment: str
    question: str
    count: int
    percent: float
    seconds: float


def take_to_read(
    records: Records, wanted: TextToRead, reader: Reader, now: datetime | None = None
) -> Reader:
    """Keep a text for a reader for ten minutes, unless another has it; give who has it now.

    Raises:
        UnknownParticipant: nobody has this code.
    """
    at = moment(now)
    with records.transaction() as session:
        row = _find(session, wanted)
        if row is None:
            person = claim_person(session, wanted.participant)
            row = ReadingRow(
                cohort_id=wanted.cohort, participant_id=person.id,
                assignment=wanted.assignment, question=wanted.question,
            )  # fmt: skip
            session.add(row)
        elif _is_kept(row, at) and row.desk != reader.desk:
            return Reader(row.grader, row.desk)
        if row.desk != reader.desk:
            row.since = at
        row.grader, row.desk, row.until = reader.grader[:80], reader.desk, at + READING_TIME
    return reader


def put_back(records: Records, wanted: TextToRead, reader: Reader) -> None:
    """Let others have a text that this reader had; another's stays theirs.

    Raises:
        UnknownParticipant: nobody has this code.
    """
    with records.transaction() as session:
        row = _find(session, wanted)
        if row is not None and row.desk == reader.desk:
            session.delete(row)


def readings(records: Records, now: datetime | None = None) -> dict[TextToRead, Reader]:
    """Give every text somebody has before them now."""
    with_codes = select(ReadingRow, ParticipantRow.code).join(
        ParticipantRow, ParticipantRow.id == ReadingRow.participant_id
    )
    at = moment(now)
    current = with_codes.where(ReadingRow.since <= at, ReadingRow.until > at)
    with records.reading() as session:
        return {
            TextToRead(row.cohort_id, code, row.assignment, row.question): Reader(
                row.grader, row.desk
            )
            for row, code in session.execute(current)
        }


def note_marking(  # noqa: PLR0913, PLR0917 - what is noted
    records: Records,
    marked: TextToRead,
    reader: Reader,
    points: float,
    out_of: float,
    now: datetime | None = None,
) -> None:
    """Keep that a reader gave points, with the time since they took the text, and put it back.

    Raises:
        UnknownParticipant: nobody has this code.
    """
    at = moment(now)
    with records.transaction() as session:
        row = _find(session, marked)
        mine = row is not None and row.desk == reader.desk
        passed = (at - row.since).total_seconds() if row is not None and mine else 0
        if mine:
            session.delete(row)
        session.add(
            MarkingRow(
                cohort_id=marked.cohort,
                participant_id=claim_person(session, marked.participant).id,
                assignment=marked.assignment,
                question=marked.question,
                grader=reader.grader[:80],
                points=points,
                out_of=out_of,
                seconds=int(min(max(passed, 0), _LONGEST_SECONDS)),
                marked_at=at,
            )
        )


def grader_figures(records: Records, cohorts: Sequence[str] | None = None) -> list[GraderFigures]:
    """Give figures by question and grader; of a text marked twice, the last marking counts."""
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
    with records.reading() as session:
        return [
            GraderFigures(grader, assignment, question, count, float(percent), float(seconds))
            for assignment, question, grader, count, percent, seconds in session.execute(figures)
        ]


def _is_kept(row: ReadingRow, at: datetime) -> bool:
    # A clock that was set back would otherwise keep a text for hours.
    return row.since <= at < row.until


def _find(session: Session, wanted: TextToRead) -> ReadingRow | None:
    # Locked together with its person, so that two who ask at once are answered one by one.
    person = claim_person(session, wanted.participant)
    return session.scalar(
        select(ReadingRow).where(
            and_(
                ReadingRow.cohort_id == wanted.cohort,
                ReadingRow.participant_id == person.id,
                ReadingRow.assignment == wanted.assignment,
                ReadingRow.question == wanted.question,
            )
        )
    )
