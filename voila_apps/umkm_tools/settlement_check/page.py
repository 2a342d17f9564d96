"""The page of the settlement check: files end with the page; the cash book is read when asked for."""

from __future__ import annotations

from IPython.display import display

from umkm_records import open_records
from umkm_tools.base.page import ToolPage
from umkm_tools.cash_book.page import RecordsBookStore
from umkm_tools.qris_fees.rates import rates_from

from .widget import SettlementCheck


def show(page: ToolPage) -> None:
    """Display the check of the participant whose page this is."""
    rates = rates_from(page.rates)
    if page.reader is None:
        display(SettlementCheck(rates=rates))
        return
    store = RecordsBookStore(open_records(page.database), page.reader, None)
    display(SettlementCheck(store, rates))
