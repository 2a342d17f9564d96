"""Takes a parcel over: whose it is, what it holds, and into the records with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from umkm_apps.answers.answer_sheets import assignment_sheet
from umkm_apps.answers.batch import Change, Sheet, keep_changes, read_changes
from umkm_apps.auth.access import Access
from umkm_apps.auth.page_token import is_genuine
from umkm_courses import Assignment, Catalogue, UnknownContent
from umkm_records import (
    Participant,
    Receipt,
    Records,
    SheetClosed,
    get_participant,
    submit,
    write_audit,
)
from umkm_records.errors import NothingToSend

from .bundle import Parcel
from .errors import NotGenuine, Unreadable

#: Who the audit names.
ACTOR = "terima-jawaban"


@dataclass(frozen=True)
class Opened:
    """A parcel that is genuine, ready to be taken."""

    participant: Participant
    assignment: Assignment
    sheet: Sheet
    changes: tuple[Change, ...]
    send: str | None
    #: Why it is not sent, though its owner asked to; empty where it may be.
    unsent: str = ""


@dataclass(frozen=True)
class Taken:
    """What became of a parcel: how many answers stand now, gave way to newer ones, did not fit or wait."""

    saved: int
    replaced: int
    refused: int
    waiting: int
    #: Why some were refused or wait, each reason once.
    reasons: tuple[str, ...]
    receipt: Receipt | None


def open_parcel(
    records: Records,
    catalogue: Catalogue,
    secret: bytes,
    parcel: Parcel,
    now: datetime | None = None,
) -> Opened:
    """Check a parcel; nothing is written.

    Raises:
        NotGenuine: its ticket is not this person's for this sheet.
        Unreadable: the person or the sheet is not here, or the answers are malformed.
        StorageError: the records cannot be read.
    """
    if not is_genuine(secret, parcel.participant, parcel.sheet, parcel.ticket):
        raise NotGenuine
    participant = get_participant(records, parcel.participant)
    if participant is None:
        raise Unreadable("Peserta ini tidak ada di laptop ini.")
    try:
        seen = Access(records, catalogue, participant).assignment(parcel.sheet)
    except UnknownContent:
        raise Unreadable("Tugas ini bukan tugas kelas peserta ini.") from None
    if seen.state == "waiting":
        raise Unreadable(f"{seen.title} belum dibuka untuk peserta ini.")
    assignment = seen.assignment
    try:
        changes = tuple(read_changes(parcel.content, now or datetime.now(UTC)))
    except (ValueError, KeyError, TypeError):
        raise Unreadable("Isi jawaban ini tidak terbaca.") from None
    unsent = ""
    if parcel.send is not None and seen.state == "closed":
        unsent = (
            f"{seen.title} sudah ditutup. Jawabannya disimpan, tidak dikirim. "
            "Bila masih boleh dikirim, buka lagi tesnya, lalu terima sekali lagi."
        )
    sheet = assignment_sheet(assignment)
    return Opened(participant, assignment, sheet, changes, parcel.send, unsent)


def take(records: Records, opened: Opened) -> Taken:
    """Write a parcel's answers, and send them if their owner had asked to; taking it twice is once.

    The newest deed stands, as between two phones.

    Raises:
        StorageError: the audit or the sending could not be written; take it again.
        UnknownParticipant: the person's data was erased meanwhile.
    """
    code = opened.participant.code
    outcomes = keep_changes(records, code, opened.sheet, opened.changes)
    fates = [outcome.fate for outcome in outcomes]
    reasons = {outcome.message for outcome in outcomes if outcome.message}
    receipt = None
    if opened.unsent:
        reasons.add(opened.unsent)
    elif opened.send is not None and not {"refused", "waiting"} & set(fates):
        try:
            receipt = submit(
                records, code, opened.sheet.name, opened.sheet.questions, key=opened.send
            )
        except (NothingToSend, SheetClosed) as error:
            reasons.add(str(error))
    detail = {"sheet": opened.sheet.name} | {fate: fates.count(fate) for fate in set(fates)}
    write_audit(records, ACTOR, "answers_carried", code, detail)
    return Taken(
        saved=fates.count("saved"),
        replaced=fates.count("replaced"),
        refused=fates.count("refused"),
        waiting=fates.count("waiting"),
        reasons=tuple(sorted(reasons)),
        receipt=receipt,
    )
