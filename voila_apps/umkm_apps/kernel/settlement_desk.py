"""The settlement desk's page: files end with the page; the cash book is read when asked for."""

from __future__ import annotations

import os

from IPython.display import display

from umkm_apps.runtime.settings import DATABASE, PARTICIPANT, RATES, SESSION
from umkm_records import open_records
from umkm_widgets import SettlementDesk
from umkm_widgets.fee_desk.rates import rates_from

from .cash_book import RecordsShelf
from .reader import Reader


def show_settlement_desk() -> None:
    """Display the settlement desk of the participant whose page this is."""
    rates = rates_from(os.environ.get(RATES, ""))
    if DATABASE not in os.environ:
        display(SettlementDesk(rates=rates))
        return
    reader = Reader(os.environ[PARTICIPANT], int(os.environ[SESSION]))
    shelf = RecordsShelf(open_records(os.environ[DATABASE]), reader, None)
    display(SettlementDesk(shelf, rates))
