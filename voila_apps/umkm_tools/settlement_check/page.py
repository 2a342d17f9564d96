"""The page of the settlement check: files end with the page; the cash book is read when asked for."""

from __future__ import annotations

from umkm_tools.base.page import ToolPage
from umkm_tools.cash_book.page import RecordsBookStore
from umkm_tools.qris_fees.rates import rates_from
from umkm_widgets.session import display_here

from .widget import SettlementCheck


def show(page: ToolPage) -> None:
    """Display the check of the participant whose page this is."""
    rates = rates_from(page.rates)
    if page.records is None or page.reader is None:
        display_here(SettlementCheck(rates=rates, apart=page.apart))
        return
    store = RecordsBookStore(page.records, page.reader, None)
    display_here(SettlementCheck(store, rates, apart=page.apart))
