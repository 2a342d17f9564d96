"""Submissions: a snapshot of the drafts, with one receipt however often it is sent."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, func, select, update
from sqlalchemy.orm import Session

from umkm_records.answers.drafts import is_answered, sheet_answers
from umkm_records.answers.results import is_published
from umkm_records.clock import moment
from umkm_records.database.rows import asked_of, claim_person, current_cohort, enrolled_as, is_of
from umkm_records.database.storage import Records
from umkm_records.errors import NothingToSend, SheetClosed, UnknownReceipt
from umkm_records.tables import EventRow, ParticipantRow, SendRequestRow, SubmissionRow
from umkm_records.tables.columns import dump_json

# Read aloud and copied from a screen: without 0/O, 1/I/L.
_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


@dataclass(frozen=True)
class Receipt:
    """What was sent and when; `new` is True only for the call that made it."""

    code: str
    participant: str
    assignment: str
    attempt: int
    submitted_at: datetime
    answers: Mapping[str, Any]
    answers_hash: str
    new: bool
    cohort: str


def submit(  # noqa: PLR0913
    records: Records,
    participant: str,
    assignment: str,
    question_ids: Iterable[str],
    now: datetime | None = None,
    *,
    key: str | None = None,
) -> Receipt:
    """Submit the answers as they are stored now, and return the receipt.

    Submitting is idempotent by the answers' hash, also from two phones at once, and by `key`;
    changed answers are the next attempt. Attempts are counted in each class from one. A new receipt and its
    event "submitted" are one transaction.

    Args:
        records: the open records.
        participant: whose answers.
        assignment: of which sheet.
        question_ids: what the sheet asks; nothing else is sent.
        now: the moment of sending.
        key: the page's idempotency key. A repeated request, because the first response was lost,
            returns the same receipt, whatever has changed since.

    Raises:
        NothingToSend: no question of these is answered.
        SheetClosed: the assignment's result is published.
        UnknownParticipant: nobody has this code.
        StorageError: nothing was sent.
    """
    questions = sorted(set(question_ids))
    at = moment(now)
    with records.transaction() as session:
        person = claim_person(session, participant)
        if (sent := _submitted_before(session, person.id, assignment, key)) is not None:
            return _view(sent, person.code)
        cohort = current_cohort(session, person.id)
        answers = _snapshot(session, (person.id, cohort, assignment), questions)
        digest = hashlib.sha256(dump_json(answers).encode()).hexdigest()
        row = session.scalar(_attempts(person.id, cohort, assignment).limit(1))
        is_new = row is None or row.answers_hash != digest
        if row is None or is_new:
            row = SubmissionRow(
                receipt=_fresh_receipt(session),
                participant_id=person.id,
                cohort_id=cohort,
                assignment=assignment,
                attempt=row.attempt + 1 if row else 1,
                answers=answers,
                answers_hash=digest,
                submitted_at=at,
            )
            session.add_all([row, _event(row)])
            session.flush()
        if key is not None and session.get(SendRequestRow, (person.id, key)) is None:
            session.add(SendRequestRow(participant_id=person.id, key=key, submission_id=row.id))
        receipt = _view(row, person.code)
    return replace(receipt, new=is_new)


def latest_submission(records: Records, participant: str, assignment: str) -> Receipt | None:
    """Return the receipt of the last attempt, or None where nothing was sent."""
    with records.autocommit() as session:
        asked = asked_of(session, participant) | {"asked_sheet": assignment}
        found = session.execute(_latest_of_sheet(), asked).first()
        return None if found is None else _view(*found)


@cache
def _latest_of_sheet() -> Select[SubmissionRow, str]:
    me = enrolled_as()
    return (
        select(SubmissionRow, me.c.code)
        .where(is_of(me, SubmissionRow), SubmissionRow.assignment == bindparam("asked_sheet"))
        .order_by(SubmissionRow.attempt.desc())
        .limit(1)
    )


def receipt_by_code(records: Records, code: str) -> Receipt | None:
    """Return the receipt with this code (in any case), or None."""
    if not code.isascii():
        return None
    return _first(records, _with_people().where(SubmissionRow.receipt == code.strip().upper()))


def undelivered(records: Records, cohort: str | None = None) -> list[Receipt]:
    """Return the last attempts that are not delivered to grading yet, oldest first.

    An attempt that a newer one replaced is not listed: only the newest is graded.
    """
    waiting = _only_latest(_with_people()).where(SubmissionRow.delivered_at.is_(None))
    return _list(records, waiting, cohort)


def submissions_of(records: Records, cohort: str, assignment: str) -> list[Receipt]:
    """Return everybody's last attempt at an assignment, oldest first."""
    sent = _only_latest(_with_people()).where(SubmissionRow.assignment == assignment)
    return _list(records, sent, cohort)


def mark_delivered(records: Records, receipt_code: str, now: datetime | None = None) -> None:
    """Record that a submission was delivered to grading; the first time counts.

    Raises:
        UnknownReceipt: no submission has this code.
    """
    first = func.coalesce(
        SubmissionRow.delivered_at, moment(now), type_=SubmissionRow.delivered_at.type
    )
    with records.transaction() as session:
        done = session.execute(
            update(SubmissionRow)
            .where(SubmissionRow.receipt == receipt_code)
            .values(delivered_at=first)
            .returning(SubmissionRow.id)
        )
        if done.first() is None:
            raise UnknownReceipt


def _submitted_before(
    session: Session, participant_id: int, assignment: str, key: str | None
) -> SubmissionRow | None:
    """Return the submission that an idempotency key led to the first time, or None."""
    asked = session.get(SendRequestRow, (participant_id, key)) if key is not None else None
    sent = session.get(SubmissionRow, asked.submission_id) if asked else None
    return sent if sent is not None and sent.assignment == assignment else None


def _snapshot(
    session: Session, place: tuple[int, str, str], questions: Iterable[str]
) -> dict[str, Any]:
    if is_published(session, *place):
        raise SheetClosed
    kept = sheet_answers(session, *place)
    answers = {question: kept.get(question) for question in questions}
    if not any(is_answered(answer) for answer in answers.values()):
        raise NothingToSend
    return answers


def _attempts(participant_id: int, cohort: str, assignment: str) -> Select[SubmissionRow]:
    return (
        select(SubmissionRow)
        .where(
            SubmissionRow.participant_id == participant_id,
            SubmissionRow.cohort_id == cohort,
            SubmissionRow.assignment == assignment,
        )
        .order_by(SubmissionRow.attempt.desc())
    )


def _with_people() -> Select[SubmissionRow, str]:
    return select(SubmissionRow, ParticipantRow.code).join(
        ParticipantRow,
        and_(ParticipantRow.id == SubmissionRow.participant_id, ParticipantRow.erased_at.is_(None)),
    )


def _only_latest(statement: Select[SubmissionRow, str]) -> Select[SubmissionRow, str]:
    other = SubmissionRow.__table__.alias("other")
    last = (
        select(func.max(other.c.attempt))
        .where(
            other.c.participant_id == SubmissionRow.participant_id,
            other.c.cohort_id == SubmissionRow.cohort_id,
            other.c.assignment == SubmissionRow.assignment,
        )
        .scalar_subquery()
    )
    return statement.where(SubmissionRow.attempt == last)


def _list(
    records: Records, statement: Select[SubmissionRow, str], cohort: str | None
) -> list[Receipt]:
    if cohort is not None:
        statement = statement.where(SubmissionRow.cohort_id == cohort)
    with records.read_session() as session:
        rows = session.execute(statement.order_by(SubmissionRow.id))
        return [_view(row, code) for row, code in rows]


def _first(records: Records, statement: Select[SubmissionRow, str]) -> Receipt | None:
    with records.autocommit() as session:
        found = session.execute(statement.limit(1)).first()
        return None if found is None else _view(*found)


def _event(row: SubmissionRow) -> EventRow:
    return EventRow(
        participant_id=row.participant_id,
        cohort_id=row.cohort_id,
        verb="submitted",
        object=row.assignment,
        detail={"attempt": row.attempt},
        at=row.submitted_at,
    )


def _fresh_receipt(session: Session) -> str:
    while True:
        letters = "".join(secrets.choice(_LETTERS) for _ in range(8))
        code = f"KRM-{letters[:4]}-{letters[4:]}"
        taken = select(SubmissionRow.id).where(SubmissionRow.receipt == code)
        if session.scalar(taken) is None:
            return code


def _view(row: SubmissionRow, participant: str) -> Receipt:
    return Receipt(
        code=row.receipt,
        participant=participant,
        assignment=row.assignment,
        attempt=row.attempt,
        submitted_at=row.submitted_at,
        answers=row.answers,
        answers_hash=row.answers_hash,
        new=False,
        cohort=row.cohort_id,
    )
