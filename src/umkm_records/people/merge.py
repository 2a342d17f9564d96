"""Merging a person who registered twice."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from umkm_records.audit import AuditAction, note
from umkm_records.clock import moment
from umkm_records.database.rows import claim_person
from umkm_records.database.storage import Records
from umkm_records.errors import MergeRefused
from umkm_records.people.privacy import erase_row, truncate_write_ahead_log
from umkm_records.people.removal import has_sent
from umkm_records.tables import (
    BookRow,
    DraftRow,
    EnrolmentRow,
    EventRow,
    ParticipantRow,
    PhotoRow,
    ResultRow,
    StorefrontRow,
)
from umkm_records.tables.classes import FormerEnrolmentRow

#: What is one person's own, and cannot be laid together with another's without asking them.
_OWN = (BookRow, StorefrontRow, PhotoRow)


def merge_people(
    records: Records, double: str, into: str, by: str, now: datetime | None = None
) -> None:
    """Move the answers and classes of a double to the person, and erase the double.

    Of two answers to one question the later one is kept. The double's phone number is free again.

    Raises:
        UnknownParticipant: nobody has one of these codes.
        MergeRefused: they are the same code, or the double has sent assignments or keeps a book, a
            catalogue or photos: nothing was changed.
    """
    at = moment(now)
    with records.transaction() as session:
        kept = claim_person(session, into)
        gone = claim_person(session, double)
        if kept.id == gone.id:
            raise MergeRefused(
                "Kedua kode ini sama. Tulis kode kembarannya dulu, lalu kode yang tetap."
            )
        _check(session, gone)
        _move_classes(session, gone, kept)
        session.flush()
        _move_answers(session, gone, kept)
        session.execute(
            update(EventRow)
            .where(EventRow.participant_id == gone.id)
            .values(participant_id=kept.id)
        )
        # What was moved must be theirs before what is left is erased.
        session.flush()
        erase_row(session, gone, at)
        note(session, AuditAction(by, "merged", gone.code, {"into": kept.code}), at)
    truncate_write_ahead_log(records)


def _check(session: Session, gone: ParticipantRow) -> None:
    if has_sent(session, gone.id):
        raise MergeRefused(
            f"{gone.code} sudah mengirim tugas, jadi tidak bisa digabung. Keluarkan saja dari kelas, "
            "atau jadikan kode itu yang tetap."
        )
    for table in _OWN:
        mine = select(table).where(table.participant_id == gone.id).limit(1)
        if session.scalar(mine) is not None:
            raise MergeRefused(
                f"{gone.code} punya buku kas, katalog, atau foto sendiri, jadi tidak bisa digabung. "
                "Jadikan kode itu yang tetap."
            )


def _move_classes(session: Session, gone: ParticipantRow, kept: ParticipantRow) -> None:
    mine = select(EnrolmentRow).where(EnrolmentRow.participant_id == gone.id)
    for enrolment in session.scalars(mine).all():
        if session.get(EnrolmentRow, (kept.id, enrolment.cohort_id)) is None:
            enrolment.participant_id = kept.id
            former = session.get(FormerEnrolmentRow, (kept.id, enrolment.cohort_id))
            if former is not None:
                session.delete(former)
        else:
            session.delete(enrolment)


def _move_answers(session: Session, gone: ParticipantRow, kept: ParticipantRow) -> None:
    mine = select(DraftRow).where(DraftRow.participant_id == gone.id)
    graded = set(
        session.execute(
            select(ResultRow.cohort_id, ResultRow.assignment).where(
                ResultRow.participant_id == kept.id
            )
        ).all()
    )
    for draft in session.scalars(mine).all():
        if (draft.cohort_id, draft.sheet) in graded:
            continue  # closed: what was graded is what they see
        place = (kept.id, draft.cohort_id, draft.sheet, draft.question)
        theirs = session.get(DraftRow, place)
        if theirs is None:
            draft.participant_id = kept.id
        elif draft.answered and (draft.acted_at > theirs.acted_at or not theirs.answered):
            theirs.answer, theirs.answered = draft.answer, draft.answered
            theirs.acted_at, theirs.saved_at = draft.acted_at, draft.saved_at
            theirs.writer = draft.writer
