"""Verifies and imports a bundle: stores its answers, and submits them if that was asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from umkm_apps.answers.access import Access
from umkm_apps.answers.answer_sheets import assignment_sheet
from umkm_apps.answers.batch import AnswerSheet, Change, keep_changes, read_changes
from umkm_apps.answers.submission import SubmissionRefused, check_not_closed, submit_sheet
from umkm_apps.auth.page_token import is_valid_page_token
from umkm_courses import Assignment, Catalogue, UnknownContent
from umkm_records import Participant, Receipt, Records, get_participant, write_audit

from .bundle import Bundle
from .errors import NotGenuine, Unreadable

#: Who the audit names.
ACTOR = "terima-jawaban"


@dataclass(frozen=True)
class VerifiedBundle:
    """A genuine bundle, ready to be imported."""

    access: Access
    assignment: Assignment
    sheet: AnswerSheet
    changes: tuple[Change, ...]
    #: The idempotency key of a submission, if the participant had pressed Kirim.
    send: str | None

    @property
    def participant(self) -> Participant:
        """Return whose answers they are."""
        return self.access.reader


@dataclass(frozen=True)
class ImportResult:
    """The result of an import: how many answers were stored, replaced by newer ones, refused, or wait."""

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
        NotGenuine: its page token is not this person's for this sheet.
        Unreadable: the person or the sheet is not here, or the answers are malformed.
        StorageError: the records cannot be read.
    """
    if not is_valid_page_token(secret, bundle.participant, bundle.sheet, bundle.ticket):
        raise NotGenuine
    participant = get_participant(records, bundle.participant)
    if participant is None:
        raise Unreadable("Peserta ini tidak ada di laptop ini.")
    access = Access(records, catalogue, participant)
    try:
        seen = access.assignment(bundle.sheet)
    except UnknownContent:
        raise Unreadable("Tugas ini bukan tugas kelas peserta ini.") from None
    if seen.state == "waiting":
        raise Unreadable(f"{seen.title} belum dibuka untuk peserta ini.")
    assignment = seen.assignment
    try:
        changes = tuple(read_changes(bundle.content, now or datetime.now(UTC)))
    except (ValueError, KeyError, TypeError):
        raise Unreadable("Isi jawaban ini tidak terbaca.") from None
    return VerifiedBundle(access, assignment, assignment_sheet(assignment), changes, bundle.send)


def import_bundle(opened: VerifiedBundle) -> ImportResult:
    """Store a bundle's answers, and submit them if the participant had asked to.

    Importing it twice is importing it once. The newest change stands, as between two phones.

    Raises:
        StorageError: the audit or the submission could not be written; import it again.
        UnknownParticipant: the participant was erased meanwhile.
    """
    records, code = opened.access.records, opened.participant.code
    outcomes = keep_changes(records, code, opened.sheet, opened.changes)
    statuses = [outcome.status for outcome in outcomes]
    reasons = {outcome.message for outcome in outcomes if outcome.message}
    receipt = None
    if opened.send is not None:
        try:
            if {"refused", "waiting"} & set(statuses):
                check_not_closed(opened.access, opened.sheet.name)
            else:
                receipt = submit_sheet(opened.access, opened.sheet.name, opened.send)
        except SubmissionRefused as error:
            reasons.add(error.for_trainer)
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
