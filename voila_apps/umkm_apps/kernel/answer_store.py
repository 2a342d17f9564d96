"""The keeper of a served page: it knows what the server holds; the page itself hands answers in."""

from __future__ import annotations

from collections.abc import Sequence

from umkm_widgets import AnswerStoreError

from .api_client import Errands


class PageKeeper:
    """Recalls one participant's answers to one sheet.

    The participant and the sheet come from the server through the kernel's environment; nothing
    the browser sends can name another. Answers do not come this way: they go from the browser's
    outbox to the server (umkm_apps.web.answers), so that none depends on a living kernel.
    """

    by_page = True

    def __init__(self, errands: Errands) -> None:
        self._errands = errands
        self.participant = errands.participant
        self._stored, self._locked = errands.begin()

    def recall(self, question_id: str) -> object | None:
        """The stored answer, or None."""
        return self._stored.get(question_id)

    def keep(self, question_id: str, answer: object, writer: str, seq: int) -> None:
        """Never called: the page keeps answers.

        Raises:
            AnswerStoreError: always.
        """
        raise AnswerStoreError("Muat ulang halaman ini.")

    def checked(self, question_id: str, verdict: str, shown: Sequence[str] = ()) -> None:
        """Note that a practice answer was checked; a page goes on without it if that fails."""
        self._errands.note_check(self._errands.sheet, question_id, verdict, shown)

    def is_locked(self) -> bool:
        """Whether the sheet is graded and may no longer change; once it is, it stays so."""
        self._locked = self._locked or self._errands.is_locked()
        return self._locked
