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
from umkm_records.tables import ParticipantRow, ReadingRow

#: For how long a text is kept for the one who opened it.
READING_TIME = timedelta(minutes=10)


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


def take_to_read(
    records: Records, wanted: TextToRead, reader: Reader, now: datetime | None = None
) -> Reader:
    """Keep a text for a reader for ten minutes, unless another has it; give who has it now.

    Raises:
        UnknownParticipant: nobody has this code.
    """
    at = moment(now)
    with records.transaction() as session:
        row = find_claim(session, wanted)
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
        row = find_claim(session, wanted)
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


def _is_kept(row: ReadingRow, at: datetime) -> bool:
    # A clock that was set back would otherwise keep a text for hours.
    return row.since <= at < row.until


def find_claim(session: Session, wanted: TextToRead) -> ReadingRow | None:
    """Return the claim on a text, or None; both and their person are locked.

    Raises:
        UnknownParticipant: nobody has this code.
    """
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
