"""The page of the settlement check: files end with the page; the cash book is read when asked for."""

from __future__ import annotations

from IPython.display import display

from umkm_records import open_records
from umkm_tools.base.page import ToolPage
from umkm_tools.cash_book.page import RecordsShelf
from umkm_tools.qris_fees.rates import rates_from

from .widget import SettlementDesk


def show(page: ToolPage) -> None:
    """Display the check of the participant whose page this is."""
    rates = rates_from(page.rates)
    if page.reader is None:
        display(SettlementDesk(rates=rates))
        return
    shelf = RecordsShelf(open_records(page.database), page.reader, None)
    display(SettlementDesk(shelf, rates))
