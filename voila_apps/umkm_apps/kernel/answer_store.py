"""The stored answers of a served page; the page itself stores new ones (web/answers.py)."""

from __future__ import annotations

from collections.abc import Sequence

from umkm_widgets import KeepError

from .api_client import KernelApiClient


class PageKeeper:
    """The stored answers of one participant to one sheet.

    The participant and the sheet come from the server through the kernel's environment; nothing
    the browser sends can name another. Answers do not come this way: they go from the browser's
    outbox to the server (umkm_apps.web.answers), so that none depends on a living kernel.
    """

    by_page = True

    def __init__(self, api: KernelApiClient) -> None:
        self._api = api
        self.participant = api.participant
        self._stored, self._locked = api.begin()

    def recall(self, question_id: str) -> object | None:
        """Return the stored answer, or None."""
        return self._stored.get(question_id)

    def keep(self, question_id: str, answer: object, writer: str, seq: int) -> None:
        """Raise KeepError: a page stores its answers by itself (web/answers.py).

        Raises:
            KeepError: always.
        """
        raise KeepError("Muat ulang halaman ini.")

    def checked(self, question_id: str, verdict: str, shown: Sequence[str] = ()) -> None:
        """Note that a practice answer was checked; a page goes on without it if that fails."""
        self._api.note_check(self._api.sheet, question_id, verdict, shown)

    def is_locked(self) -> bool:
        """Return whether the sheet is graded and may no longer change; once it is, it stays so."""
        self._locked = self._locked or self._api.is_locked()
        return self._locked
