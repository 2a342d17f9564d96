"""The pages of the cash book as plain data: all texts that the widget's script draws."""

from datetime import date
from typing import Any

from umkm.bookkeeping import Ledger
from umkm.bookkeeping.kinds import KINDS, STOCKS
from umkm_tools.cash_book.book_store import BookOwner
from umkm_tools.cash_book.screens.debts import debts_page
from umkm_tools.cash_book.screens.look import PAGE, Look, made_up
from umkm_tools.cash_book.screens.reports import reports_page
from umkm_tools.cash_book.screens.stock import stock_page
from umkm_tools.cash_book.screens.writing import book_page, write_page

__all__ = ["PAGE", "Look", "kinds_for", "made_up", "screen"]


def screen(ledger: Ledger, look: Look, today: date, owner: BookOwner) -> dict[str, Any]:
    """Return the page a reader looks at."""
    match look.tab:
        case "buku":
            page = book_page(ledger, look, today)
        case "bon":
            page = debts_page(ledger, today, owner)
        case "stok":
            page = stock_page(ledger, today)
        case "laporan":
            page = reports_page(ledger, look, today, owner)
        case _:
            page = write_page(ledger, today)
    return {"tab": look.tab, "span": look.span, "today": today.isoformat(), **page}


def kinds_for(ledger: Ledger) -> list[dict[str, Any]]:
    """Return the kinds that this business has, as the choices of the first page."""
    supplies = ledger.chart.stock == "1304"
    return [
        {
            "id": name,
            "label": kind.label,
            "hint": kind.hint,
            "section": kind.section,
            "asks": list(kind.asks),
            "personLabel": kind.person_label,
            "categories": [
                [one, label]
                for one, (_, label) in (kind.categories or {}).items()
                if not (supplies and kind.categories is STOCKS and one == "kemasan")
            ],
        }
        for name, kind in KINDS.items()
    ]
