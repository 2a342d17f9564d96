"""Drafts: the stored answer to each question, durable before it is acknowledged."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    and_,
    bindparam,
    delete,
    func,
    literal_column,
    select,
)
from sqlalchemy.orm import Session, aliased

from umkm_records.clock import moment
from umkm_records.database.rows import asked_of, claim_person, cohort_at, enrolled_as, is_of
from umkm_records.database.storage import Records
from umkm_records.errors import AnswerTooLarge, DraftRefused, SheetClosed
from umkm_records.tables import DraftRow, DraftWriterRow, EnrolmentRow, ResultRow
from umkm_records.tables.columns import dump_json

MAX_ANSWER_BYTES = 20_000
#: Pages whose last change of a question is stored; a phone opens one each time it loads the page.
MOST_WRITERS = 20
#: Orders rows by age in either database; the table has no column for it.
_AGE = {"sqlite": "draft_writer.rowid", "postgresql": "draft_writer.ctid"}
#: Whose, in which class, on which sheet, to which question.
_Place = tuple[int, str, str, str]
_MAX_SEQ = 2**53 - 1  # the largest whole number a browser counts exactly
_BROKEN = "Jawaban ini berisi tanda yang tidak bisa disimpan. Hapus tanda itu, lalu tulis lagi."


@dataclass(frozen=True)
class DraftKey:
    """Which answer: `sheet` is an assignment's name, or `<course>/<lesson>` for practice."""

    participant: str
    sheet: str
    question: str


@dataclass(frozen=True)
class ChangeId:
    """Identity of one change: `writer` is an open page, `seq` its own count of changes.

    `acted_at` is when the person made it, as well as the page can tell; None means just now.
    """

    writer: str
    seq: int
    acted_at: datetime | None = None


@dataclass(frozen=True)
class SaveResult:
    """Result of `save_draft`, with the answer that is stored after it.

    `applied` is False where the change was late, doubled, or older than another page's.
    `conflict` is True where the stored answer is another page's, that of `writer`, and differs.
    """

    applied: bool
    at: datetime
    answer: Any
    writer: str
    conflict: bool = False


@dataclass(frozen=True)
class StoredAnswer:
    """The stored answer to a question, the page it came from, and when it was given."""

    answer: Any
    writer: str
    acted_at: datetime


class _Stored(NamedTuple):
    """What is stored of a question in one of a participant's classes."""

    enrolment: EnrolmentRow
    #: The assignment, where its result is published.
    closed: str | None
    draft: DraftRow | None
    #: The last change of the writer who asks.
    last: DraftWriterRow | None
    #: How many writers' last changes are stored.
    writers: int


def save_draft(
    records: Records, key: DraftKey, answer: object, change: ChangeId, now: datetime | None = None
) -> SaveResult:
    """Write an answer; return only once it would survive a power cut.

    A change that arrives late or twice never overwrites a newer one of the same page, also when
    another page wrote in between. Between two pages the last write wins, by the time of the action;
    ties go to the later arrival. An answer that a phone held back since before its owner joined
    this class is stored in the class they were in then.

    Raises:
        AnswerTooLarge: more than `MAX_ANSWER_BYTES` as JSON.
        DraftRefused: no JSON, or a key or change id that no page of ours sends.
        SheetClosed: the assignment's result is published.
        UnknownParticipant: nobody has this code.
        StorageError: it is not kept; what was acknowledged before still is.
    """
    _check(key, change)
    _check_answer(answer)
    at = moment(now)
    acted_at = min(moment(change.acted_at), at) if change.acted_at else at
    with records.transaction() as session:
        person = claim_person(session, key.participant)
        found = _stored(session, person.id, key, change.writer)
        cohort = cohort_at(session, [each.enrolment for each in found.values()], acted_at, at)
        stored = found[cohort]
        if stored.closed is not None:
            raise SheetClosed
        draft = stored.draft
        is_new = _is_new_change(
            session, (person.id, cohort, key.sheet, key.question), change, stored
        )
        if draft is not None and not (is_new and _is_newer(draft, change.writer, acted_at, at)):
            return _unchanged(draft, change.writer, answer)
        if draft is None:
            draft = DraftRow(
                participant_id=person.id, cohort_id=cohort, sheet=key.sheet, question=key.question
            )
            session.add(draft)
        draft.answer, draft.answered, draft.saved_at = answer, is_answered(answer), at
        draft.acted_at, draft.writer = acted_at, change.writer
    return SaveResult(applied=True, at=at, answer=answer, writer=change.writer)


def load_drafts(records: Records, participant: str, sheet: str) -> dict[str, Any]:
    """Return the stored answers of a sheet by question; empty for an unknown participant."""
    with records.autocommit() as session:
        rows = session.scalars(_of_sheet(), asked_of(session, participant) | {"asked_sheet": sheet})
        return {row.question: row.answer for row in rows}


def stored_answers(records: Records, participant: str, sheet: str) -> dict[str, StoredAnswer]:
    """Return what is stored of a sheet by question, with where and when each answer was given."""
    with records.autocommit() as session:
        rows = session.scalars(_of_sheet(), asked_of(session, participant) | {"asked_sheet": sheet})
        return {row.question: StoredAnswer(row.answer, row.writer, row.acted_at) for row in rows}


@cache
def _of_sheet() -> Select[DraftRow]:
    return select(DraftRow).where(
        is_of(enrolled_as(), DraftRow), DraftRow.sheet == bindparam("asked_sheet")
    )


def sheet_answers(session: Session, participant_id: int, cohort: str, sheet: str) -> dict[str, Any]:
    """Return the answers stored in a class for a sheet by question, as part of a transaction."""
    kept = select(DraftRow.question, DraftRow.answer).where(
        DraftRow.participant_id == participant_id,
        DraftRow.cohort_id == cohort,
        DraftRow.sheet == sheet,
    )
    return dict(session.execute(kept).all())


def is_answered(answer: object) -> bool:
    """Return whether an answer says anything: not null, not blank, not an empty list or object."""
    if isinstance(answer, str):
        return bool(answer.strip())
    return answer is not None and answer not in ([], {})


def _is_newer(draft: DraftRow, writer: str, acted_at: datetime, now: datetime) -> bool:
    """Return whether a change replaces the stored answer."""
    if draft.writer == writer:
        return True  # a page counts its own changes
    # A time later than now was taken before somebody set this laptop's clock back: such an answer
    # must not win against everything that is written until then.
    return acted_at >= draft.acted_at or draft.acted_at > now


def _unchanged(draft: DraftRow, writer: str, answer: object) -> SaveResult:
    differs = dump_json(draft.answer) != dump_json(answer)
    conflict = differs and draft.writer not in ("", writer)
    return SaveResult(
        applied=False,
        at=draft.saved_at,
        answer=draft.answer,
        writer=draft.writer,
        conflict=conflict,
    )


def _stored(
    session: Session, participant_id: int, key: DraftKey, writer: str
) -> dict[str, _Stored]:
    """Return what is stored of a question in each of a participant's classes, the last joined first."""
    asked = {
        "asked_id": participant_id,
        "asked_sheet": key.sheet,
        "asked_question": key.question,
        "asked_writer": writer,
    }
    rows = session.execute(_in_classes(), asked)
    return {row[0].cohort_id: _Stored(*row) for row in rows}


@cache
def _in_classes() -> Select[Any]:
    sheet, question = (bindparam(name, type_=String) for name in ("asked_sheet", "asked_question"))
    mine, draft, last, result = EnrolmentRow, DraftRow, DraftWriterRow, ResultRow

    def here(row: Any) -> ColumnElement[bool]:
        return and_(row.participant_id == mine.participant_id, row.cohort_id == mine.cohort_id)

    def asked(row: Any) -> ColumnElement[bool]:
        return and_(here(row), row.sheet == sheet, row.question == question)

    writers = select(func.count()).select_from(last).where(asked(last)).scalar_subquery()
    mark = aliased(DraftWriterRow)
    return (
        select(mine, result.assignment, draft, mark, writers)
        .outerjoin(result, and_(here(result), result.assignment == sheet))
        .outerjoin(draft, asked(draft))
        .outerjoin(mark, and_(asked(mark), mark.writer == bindparam("asked_writer")))
        .where(mine.participant_id == bindparam("asked_id"))
        .order_by(mine.enrolled_at.desc(), mine.cohort_id)
    )


def _is_new_change(session: Session, place: _Place, change: ChangeId, stored: _Stored) -> bool:
    """Record a change of a writer; return False for one that is not newer than its last."""
    last = stored.last
    if last is None:
        participant_id, cohort, sheet, question = place
        kept = (stored.draft.writer if stored.draft else "", change.writer)
        if stored.writers + len(kept) > MOST_WRITERS:
            _prune_writers(session, place, kept=kept)
        session.add(
            DraftWriterRow(
                participant_id=participant_id,
                cohort_id=cohort,
                sheet=sheet,
                question=question,
                writer=change.writer,
                seq=change.seq,
            )
        )
        return True
    if change.seq <= last.seq:
        return False
    last.seq = change.seq
    return True


def _prune_writers(session: Session, place: _Place, *, kept: tuple[str, str]) -> None:
    """Delete the oldest writers of a question, so that `MOST_WRITERS` remain with the new one.

    A late change of a deleted writer is still recognised by its time, which is older than that of
    the stored answer. The writer of that one is never deleted: its changes are ordered by count.
    """
    row = DraftWriterRow
    columns = (row.participant_id, row.cohort_id, row.sheet, row.question)
    here = [column == value for column, value in zip(columns, place, strict=True)]
    age: ColumnElement[Any] = literal_column(_AGE[session.get_bind().dialect.name])
    others = session.scalars(
        select(row.writer).where(*here, row.writer.not_in(kept)).order_by(age)
    ).all()
    if surplus := others[: max(0, len(others) + len(kept) - MOST_WRITERS)]:
        session.execute(delete(row).where(*here, row.writer.in_(surplus)))


def _check(key: DraftKey, change: ChangeId) -> None:
    names = ((key.sheet, 100), (key.question, 100), (change.writer, 64))
    fits = all(0 < len(name) <= most and name.isprintable() for name, most in names)
    # bool is an int to Python, but no count.
    counts = type(change.seq) is int and 0 <= change.seq <= _MAX_SEQ
    if not fits or not counts:
        raise DraftRefused("Jawaban ini tidak bisa disimpan. Muat ulang halaman, lalu coba lagi.")


def _check_answer(answer: object) -> None:
    try:
        size = len(dump_json(answer).encode())
    except (TypeError, ValueError, RecursionError) as error:
        # UnicodeEncodeError, half an emoji, is a ValueError too.
        raise DraftRefused(_BROKEN) from error
    if size > MAX_ANSWER_BYTES:
        raise AnswerTooLarge
