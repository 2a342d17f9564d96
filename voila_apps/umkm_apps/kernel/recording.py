"""The keeper of a served page: each change of an answer is in the records before it counts as saved."""

from __future__ import annotations

from dataclasses import dataclass

from umkm_records import (
    DraftKey,
    Records,
    RecordsError,
    Stamp,
    get_participant,
    load_drafts,
    record_event,
    result_of,
    save_draft,
)
from umkm_widgets import KeepError

SIGNED_OUT = "PIN Anda sudah diganti. Muat ulang halaman ini, lalu masuk lagi."


@dataclass(frozen=True)
class Reader:
    """Whose page this is, and with which login it was opened."""

    code: str
    session_version: int


class RecordsKeeper:
    """Keeps one participant's answers to one sheet in the records.

    The participant and the sheet come from the server through the kernel's environment; nothing
    the browser sends can name another.
    """

    def __init__(self, records: Records, reader: Reader, sheet: str) -> None:
        self.records = records
        self.reader = reader
        self.participant = reader.code
        self.sheet = sheet
        self._stored = load_drafts(records, reader.code, sheet)

    def recall(self, question_id: str) -> object | None:
        """The stored answer, or None."""
        return self._stored.get(question_id)

    def keep(self, question_id: str, answer: object, writer: str, seq: int) -> None:
        """Store an answer; returns once it would survive a power cut.

        Raises:
            KeepError: it is not stored; the message says why and what to do.
        """
        key = DraftKey(self.participant, self.sheet, question_id)
        try:
            # A new PIN ends every page that was opened with the old one, also those still open.
            person = get_participant(self.records, self.participant)
            if person is None or person.session_version != self.reader.session_version:
                raise KeepError(SIGNED_OUT)
            save_draft(self.records, key, answer, Stamp(writer, seq))
        except RecordsError as error:
            raise KeepError(str(error)) from error

    def checked(self, question_id: str, verdict: str) -> None:
        """Note that a practice answer was checked; a page goes on without it if that fails."""
        try:
            record_event(
                self.records,
                self.participant,
                "checked",
                self.sheet,
                {"question": question_id, "verdict": verdict},
            )
        except RecordsError as error:
            raise KeepError("Catatan latihan belum tersimpan.") from error

    def is_locked(self) -> bool:
        """Whether the sheet is graded and may no longer change."""
        return result_of(self.records, self.participant, self.sheet) is not None
