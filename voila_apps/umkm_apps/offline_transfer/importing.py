"""Takes a bundle over: whose it is, what it holds, and into the records with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from umkm_apps.answers.answer_sheets import assignment_sheet
from umkm_apps.answers.batch import AnswerSheet, Change, keep_changes, read_changes
from umkm_apps.auth.access import Access
from umkm_apps.auth.page_token import is_valid_page_token
from umkm_courses import Assignment, Catalogue, UnknownContent
from umkm_records import (
    NothingToSend,
    Participant,
    Receipt,
    Records,
    SheetClosed,
    get_participant,
    submit,
    write_audit,
)

from .bundle import Bundle
from .errors import NotGenuine, Unreadable

#: Who the audit names.
ACTOR = "terima-jawaban"


@dataclass(frozen=True)
class VerifiedBundle:
    """A bundle that is genuine, ready to be taken."""

    participant: Participant
    assignment: Assignment
    sheet: AnswerSheet
    changes: tuple[Change, ...]
    send: str | None
    #: Why it is not sent, though its owner asked to; empty where it may be.
    unsent: str = ""


@dataclass(frozen=True)
class ImportResult:
    """What became of a bundle: how many answers stand now, gave way to newer ones, did not fit or wait."""

    saved: int
    replaced: int
    refused: int
    waiting: int
    #: Why some were refused or wait, each reason once.
    reasons: tuple[str, ...]
    receipt: Receipt | None


def verify_bundle(
    records: Records,
    catalogue: Catalogue,
    secret: bytes,
    bundle: Bundle,
    now: datetime | None = None,
) -> VerifiedBundle:
    """Check a bundle; nothing is written.

    Raises:
        NotGenuine: its ticket is not this person's for this sheet.
        Unreadable: the person or the sheet is not here, or the answers are malformed.
        StorageError: the records cannot be read.
    """
    if not is_valid_page_token(secret, bundle.participant, bundle.sheet, bundle.ticket):
        raise NotGenuine
    participant = get_participant(records, bundle.participant)
    if participant is None:
        raise Unreadable("Peserta ini tidak ada di laptop ini.")
    try:
        seen = Access(records, catalogue, participant).assignment(bundle.sheet)
    except UnknownContent:
        raise Unreadable("Tugas ini bukan tugas kelas peserta ini.") from None
    if seen.state == "waiting":
        raise Unreadable(f"{seen.title} belum dibuka untuk peserta ini.")
    assignment = seen.assignment
    try:
        changes = tuple(read_changes(bundle.content, now or datetime.now(UTC)))
    except (ValueError, KeyError, TypeError):
        raise Unreadable("Isi jawaban ini tidak terbaca.") from None
    unsent = ""
    if bundle.send is not None and seen.state == "closed":
        unsent = (
            f"{seen.title} sudah ditutup. Jawabannya disimpan, tidak dikirim. "
            "Bila masih boleh dikirim, buka lagi tesnya, lalu terima sekali lagi."
        )
    sheet = assignment_sheet(assignment)
    return VerifiedBundle(participant, assignment, sheet, changes, bundle.send, unsent)


def import_bundle(records: Records, opened: VerifiedBundle) -> ImportResult:
    """Write a bundle's answers, and send them if their owner had asked to; taking it twice is once.

    The newest deed stands, as between two phones.

    Raises:
        StorageError: the audit or the sending could not be written; take it again.
        UnknownParticipant: the person's data was erased meanwhile.
    """
    code = opened.participant.code
    outcomes = keep_changes(records, code, opened.sheet, opened.changes)
    statuses = [outcome.status for outcome in outcomes]
    reasons = {outcome.message for outcome in outcomes if outcome.message}
    receipt = None
    if opened.unsent:
        reasons.add(opened.unsent)
    elif opened.send is not None and not {"refused", "waiting"} & set(statuses):
        try:
            receipt = submit(
                records, code, opened.sheet.name, opened.sheet.questions, key=opened.send
            )
        except (NothingToSend, SheetClosed) as error:
            reasons.add(str(error))
    detail = {"sheet": opened.sheet.name} | {
        status: statuses.count(status) for status in set(statuses)
    }
    write_audit(records, ACTOR, "answers_carried", code, detail)
    return ImportResult(
        saved=statuses.count("saved"),
        replaced=statuses.count("replaced"),
        refused=statuses.count("refused"),
        waiting=statuses.count("waiting"),
        reasons=tuple(sorted(reasons)),
        receipt=receipt,
    )
