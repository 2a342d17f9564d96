"""Exercises as widgets: the same question in JupyterLab, in a Voila page and in the gallery.

Importing this package loads no Jupyter library; a widget class loads when it is first used, so
that grading an assignment notebook stays quick.

Errors::

    umkm.UmkmError
    +-- umkm.QuestionError    a question, key or question id that an author wrote wrongly
    +-- KeepError             an answer that could not be kept; in Bahasa Indonesia
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from umkm.exercise import KINDS, vary
from umkm_widgets.keeping import Keeper, KeepError, current_keeper, use_keeper
from umkm_widgets.recalling import Recalled, recall, use_recaller

if TYPE_CHECKING:
    from umkm_widgets.ad_game.widget import AdGame
    from umkm_widgets.cash_book.widget import CashBook
    from umkm_widgets.code_reader.widget import CodeReader
    from umkm_widgets.content_desk.widget import ContentDesk
    from umkm_widgets.customer_desk.widget import CustomerDesk
    from umkm_widgets.fee_desk.widget import FeeDesk
    from umkm_widgets.listing_desk.widget import ListingDesk
    from umkm_widgets.market_desk.widget import MarketDesk
    from umkm_widgets.photo_desk.widget import PhotoDesk
    from umkm_widgets.posing import assess, practice
    from umkm_widgets.price_desk.widget import PriceDesk
    from umkm_widgets.question import QuestionWidget
    from umkm_widgets.settlement_desk.widget import SettlementDesk
    from umkm_widgets.storefront.widget import StorefrontDesk
    from umkm_widgets.till.widget import Till

__all__ = [
    "AdGame",
    "CashBook",
    "CodeReader",
    "ContentDesk",
    "CustomerDesk",
    "FeeDesk",
    "KeepError",
    "Keeper",
    "ListingDesk",
    "MarketDesk",
    "PhotoDesk",
    "PriceDesk",
    "QuestionWidget",
    "Recalled",
    "SettlementDesk",
    "StorefrontDesk",
    "Till",
    "assess",
    "current_keeper",
    "practice",
    "recall",
    "use_keeper",
    "use_recaller",
    "vary",
]

_LATE = {
    "AdGame": "umkm_widgets.ad_game.widget",
    "CashBook": "umkm_widgets.cash_book.widget",
    "CodeReader": "umkm_widgets.code_reader.widget",
    "ContentDesk": "umkm_widgets.content_desk.widget",
    "CustomerDesk": "umkm_widgets.customer_desk.widget",
    "FeeDesk": "umkm_widgets.fee_desk.widget",
    "ListingDesk": "umkm_widgets.listing_desk.widget",
    "MarketDesk": "umkm_widgets.market_desk.widget",
    "PhotoDesk": "umkm_widgets.photo_desk.widget",
    "PriceDesk": "umkm_widgets.price_desk.widget",
    "QuestionWidget": "umkm_widgets.question",
    **dict.fromkeys(("assess", "practice"), "umkm_widgets.posing"),
    "SettlementDesk": "umkm_widgets.settlement_desk.widget",
    "StorefrontDesk": "umkm_widgets.storefront.widget",
    "Till": "umkm_widgets.till.widget",
}


# What authors ask questions with; editors learn of them from here, type checkers from `__getattr__`.
globals().update(KINDS)


def __getattr__(name: str) -> Any:
    if name in _LATE:
        return getattr(import_module(_LATE[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*__all__, *KINDS]
