"""The keeper of a served page: it knows what the records hold; the page itself hands answers in."""

from __future__ import annotations

from collections.abc import Sequence

from umkm_records import (
    DraftKey,
    Records,
    RecordsError,
    load_drafts,
    record_event,
    result_of,
)
from umkm_widgets import KeepError


class RecordsKeeper:
    """Recalls one participant's answers to one sheet from the records.

    The participant and the sheet come from the server through the kernel's environment; nothing
    the browser sends can name another. Answers do not come this way: they go from the browser's
    outbox to the server (umkm_apps.web.answers), so that none depends on a living kernel.
    """

    by_page = True

    def __init__(self, records: Records, participant: str, sheet: str) -> None:
        self.records = records
        self.participant = participant
        self.sheet = sheet
        self._stored = load_drafts(records, participant, sheet)

    def recall(self, question_id: str) -> object | None:
        """The stored answer, or None."""
        return self._stored.get(question_id)

    def keep(self, question_id: str, answer: object, writer: str, seq: int) -> None:
        """Never called: the page keeps answers.

        Raises:
            KeepError: always.
        """
        raise KeepError("Muat ulang halaman ini.")

    def checked(self, question_id: str, verdict: str, shown: Sequence[str] = ()) -> None:
        """Note that a practice answer was checked; a page goes on without it if that fails."""
        note_check(
            self.records, DraftKey(self.participant, self.sheet, question_id), verdict, shown
        )

    def is_locked(self) -> bool:
        """Whether the sheet is graded and may no longer change."""
        return result_of(self.records, self.participant, self.sheet) is not None


def note_check(
    records: Records, exercise: DraftKey, verdict: str, shown: Sequence[str] = ()
) -> None:
    """Note a check where its exercise stands; `shown` names the misunderstandings it showed.

    Raises:
        KeepError: it is not noted.
    """
    detail: dict[str, object] = {"question": exercise.question, "verdict": verdict}
    if shown:
        detail["misunderstandings"] = list(shown)
    try:
        record_event(records, exercise.participant, "checked", exercise.sheet, detail)
    except RecordsError as error:
        raise KeepError("Catatan latihan belum tersimpan.") from error
