"""Exercises as widgets: the same question in JupyterLab, in a Voila page and in the gallery.

Importing this package loads no Jupyter library; a widget class loads when it is first used, so
that grading an assignment notebook stays quick.

Errors::

    umkm.UmkmError
    +-- umkm.QuestionError    a question, key or question id that an author wrote wrongly
    +-- KeepError             an answer that could not be kept; in Bahasa Indonesia
"""

from importlib import import_module
from typing import TYPE_CHECKING

from umkm.exercise import long_text, rupiah, single_choice
from umkm_widgets.keeping import Keeper, KeepError, current_keeper, use_keeper

if TYPE_CHECKING:
    from umkm_widgets.cash_book.widget import CashBook
    from umkm_widgets.price_desk.widget import PriceDesk
    from umkm_widgets.question import QuestionWidget, assess, practice

__all__ = [
    "CashBook",
    "KeepError",
    "Keeper",
    "PriceDesk",
    "QuestionWidget",
    "assess",
    "current_keeper",
    "long_text",
    "practice",
    "rupiah",
    "single_choice",
    "use_keeper",
]

_LATE = {
    "CashBook": "umkm_widgets.cash_book.widget",
    "PriceDesk": "umkm_widgets.price_desk.widget",
    **dict.fromkeys(("QuestionWidget", "assess", "practice"), "umkm_widgets.question"),
}


def __getattr__(name: str) -> object:
    if name in _LATE:
        return getattr(import_module(_LATE[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
