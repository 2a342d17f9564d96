"""What the first cell of every page does: from here on, questions know what was answered."""

from __future__ import annotations

from pathlib import Path

from umkm_widgets import use_answer_store, use_review_source

from .answer_store import PageAnswers
from .api_client import Errands
from .recall import EarlierLessons


def begin_page() -> None:
    """Let the questions of this process be those of the page it serves.

    Raises:
        AnswerStoreError: the server does not say what was answered.
    """
    errands = Errands.of_this_page()
    use_answer_store(PageAnswers(errands))
    use_review_source(EarlierLessons(errands, Path.cwd()))
