"""Stored answers of a served page, read from the server; the browser sends answers itself."""

from __future__ import annotations

from collections.abc import Sequence

from .api_client import KernelApiClient


class PageAnswers:
    """One participant's stored answers to one answer sheet.

    The participant and the sheet come from the server through the kernel's environment; nothing
    the browser sends can name another. Answers do not come this way: the browser sends them to the
    server (umkm_apps.web.answers), so that none depends on a living kernel.
    """

    def __init__(self, api: KernelApiClient) -> None:
        self._api = api
        self.participant = api.participant
        self._stored, self._locked = api.begin()

    def load(self, question_id: str) -> object | None:
        """Return the stored answer, or None."""
        return self._stored.get(question_id)

    def note_check(
        self, question_id: str, verdict: str, shown: Sequence[str] = (), key: str = ""
    ) -> None:
        """Record that a practice answer was checked; once for each `key`."""
        self._api.note_check_of(self._api.sheet, question_id, verdict, shown, key)

    def is_locked(self) -> bool:
        """Return whether the sheet may no longer change; once it may not, it stays so."""
        self._locked = self._locked or self._api.is_locked()
        return self._locked
