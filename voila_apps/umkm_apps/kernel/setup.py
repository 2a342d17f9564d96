"""The set-up of a page's kernel, called by the first cell of every page."""

from __future__ import annotations

from pathlib import Path

from umkm_apps.answers.earlier_lessons import EarlierLessons
from umkm_apps.runtime.bundle import slim_manifest
from umkm_widgets import use_answer_store, use_review_source
from umkm_widgets.front import use_addresses

from .answer_store import PageAnswers
from .api_client import KernelApiClient


def begin_page() -> None:
    """Set up this process for its page.

    Its questions read the stored answers from the server, and its widgets name files of the server.

    Raises:
        AnswerStoreError: the server does not say what was answered.
    """
    use_addresses(slim_manifest()["widgets"])
    api = KernelApiClient.of_this_page()
    use_answer_store(PageAnswers(api))
    use_review_source(EarlierLessons(api, Path.cwd()))
