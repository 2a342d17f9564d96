"""Exercises as widgets: the same question in JupyterLab, in a Voila page and in the gallery.

Importing this package loads no Jupyter library; a widget class loads when it is first used, so
that grading an assignment notebook stays quick.

Errors::

    umkm.UmkmError
    +-- umkm.QuestionError    a question, key or question id that an author wrote wrongly
    +-- AnswerStoreError      an answer that could not be read or stored; in Bahasa Indonesia
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from umkm.exercise import KINDS, vary
from umkm_widgets.answer_store import AnswerReader, AnswerStore, AnswerStoreError
from umkm_widgets.session import (
    ReviewQuestion,
    current_answer_store,
    use_answer_store,
    use_review_source,
)
from umkm_widgets.spaced_review import recall

if TYPE_CHECKING:
    from umkm_widgets.display import assess, practice
    from umkm_widgets.question import QuestionWidget

__all__ = [
    "AnswerReader",
    "AnswerStore",
    "AnswerStoreError",
    "QuestionWidget",
    "ReviewQuestion",
    "assess",
    "current_answer_store",
    "practice",
    "recall",
    "use_answer_store",
    "use_review_source",
    "vary",
]

_LATE = {
    "QuestionWidget": "umkm_widgets.question",
    **dict.fromkeys(("assess", "practice"), "umkm_widgets.display"),
}


# What authors ask questions with; editors learn of them from here, type checkers from `__getattr__`.
globals().update(KINDS)


def __getattr__(name: str) -> Any:
    if name in _LATE:
        return getattr(import_module(_LATE[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*__all__, *KINDS]
