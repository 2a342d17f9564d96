"""Drafts: the answer to each question as it stands now, durable before anybody says "saved"."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from umkm_records.clock import moment
from umkm_records.columns import dump_json
from umkm_records.errors import AnswerTooLarge, DraftRefused, SheetClosed
from umkm_records.results import is_published
from umkm_records.rows import claim_person, find_person
from umkm_records.schema import DraftRow, DraftWriterRow
from umkm_records.storage import Records

MAX_ANSWER_BYTES = 20_000
_MAX_SEQ = 2**53 - 1  # the largest whole number a browser counts exactly
_BROKEN = "Jawaban ini berisi tanda yang tidak bisa disimpan. Hapus tanda itu, lalu tulis lagi."


@dataclass(frozen=True)
class DraftKey:
    """Which answer: `sheet` is an assignment's name, or `<course>/<lesson>` for practice."""

    participant: str
    sheet: str
    question: str


@dataclass(frozen=True)
class Stamp:
    """Which change: `writer` is one open page, `seq` its own count of changes."""

    writer: str
    seq: int


@dataclass(frozen=True)
class Saved:
    """What came of a change: `applied` is False where a newer one of the same page stands."""

    applied: bool
    at: datetime


def save_draft(
    records: Records, key: DraftKey, answer: object, stamp: Stamp, now: datetime | None = None
) -> Saved:
    """Keep an answer; returns only once it would survive a power cut.

    A change of a page that comes late or twice never undoes a newer one of that page, also when
    another page wrote in between. Between two pages the later arrival stands.

    Raises:
        AnswerTooLarge: more than `MAX_ANSWER_BYTES` as JSON.
        DraftRefused: no JSON, or a key or stamp nothing of ours sends.
        SheetClosed: the assignment's result is published.
        UnknownParticipant: nobody has this code.
        StorageError: it is not kept; what was acknowledged before still is.
    """
    _check(key, stamp)
    _check_answer(answer)
    at = moment(now)
    with records.transaction() as session:
        person = claim_person(session, key.participant)
        if is_published(session, person.id, key.sheet):
            raise SheetClosed
        place = (person.id, key.sheet, key.question)
        draft = session.get(DraftRow, place)
        if not _is_news(session, place, stamp) and draft is not None:
            return Saved(applied=False, at=draft.saved_at)
        if draft is None:
            draft = DraftRow(participant_id=person.id, sheet=key.sheet, question=key.question)
            session.add(draft)
        draft.answer, draft.answered, draft.saved_at = answer, is_answered(answer), at
    return Saved(applied=True, at=at)


def load_drafts(records: Records, participant: str, sheet: str) -> dict[str, Any]:
    """Give the kept answers of a sheet by question; empty for a participant nobody knows."""
    with records.reading() as session:
        person = find_person(session, participant)
        return {} if person is None else sheet_answers(session, person.id, sheet)


def sheet_answers(session: Session, participant_id: int, sheet: str) -> dict[str, Any]:
    """Give the kept answers of a sheet by question, as part of a transaction."""
    kept = select(DraftRow.question, DraftRow.answer).where(
        DraftRow.participant_id == participant_id, DraftRow.sheet == sheet
    )
    return dict(session.execute(kept).all())


def is_answered(answer: object) -> bool:
    """Tell whether an answer says anything: not null, not blank, not an empty list or object."""
    if isinstance(answer, str):
        return bool(answer.strip())
    return answer is not None and answer not in ([], {})


def _is_news(session: Session, place: tuple[int, str, str], stamp: Stamp) -> bool:
    """Note a change of a writer; gives False for one that is not newer than its last."""
    last = session.get(DraftWriterRow, (*place, stamp.writer))
    if last is None:
        participant_id, sheet, question = place
        session.add(
            DraftWriterRow(
                participant_id=participant_id,
                sheet=sheet,
                question=question,
                writer=stamp.writer,
                seq=stamp.seq,
            )
        )
        return True
    if stamp.seq <= last.seq:
        return False
    last.seq = stamp.seq
    return True


def _check(key: DraftKey, stamp: Stamp) -> None:
    names = ((key.sheet, 100), (key.question, 100), (stamp.writer, 64))
    fits = all(0 < len(name) <= most and name.isprintable() for name, most in names)
    # bool is an int to Python, but no count.
    counts = type(stamp.seq) is int and 0 <= stamp.seq <= _MAX_SEQ
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
