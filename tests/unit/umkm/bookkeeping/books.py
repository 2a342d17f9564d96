"""Writing down a transaction in one line."""

from datetime import date
from itertools import count

from umkm.bookkeeping import Ledger, Transaction

TODAY = date(2026, 11, 30)
_ids = count(1)


def tx(kind, day, amount=0, person="", **more):
    """A transaction; `day` is a day of November 2026, or a date."""
    on = day if isinstance(day, date) else date(2026, 11, day)
    return Transaction(f"t{next(_ids)}", kind, on, amount, person, **more)


def book(*transactions, business="dagang", today=TODAY):
    ledger = Ledger.of(business)
    for transaction in transactions:
        ledger = ledger.with_(transaction, today)
    return ledger
