"""The cost of what was sold, by the periodic method.

HPP = opening stock + purchases + freight in - returns - lost or taken home - closing stock.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from umkm.bookkeeping import accounts as code
from umkm.bookkeeping.ledger import Ledger

_STEP_OF: Final = {
    "awal-stok": "opening",
    "beli-stok": "purchases",
    "beli-stok-utang": "purchases",
    "ongkir-stok": "freight",
    "retur-beli": "returns",
    "retur-beli-utang": "returns",
    "stok-rusak": "lost",
    "stok-pribadi": "lost",
}


@dataclass(frozen=True)
class CostOfSales:
    """How the cost of what was sold comes about, step by step.

    `opening` includes the stock with which a book begins within the period.
    """

    opening: int
    purchases: int
    freight: int
    returns: int
    lost: int
    closing: int
    counted: date | None
    """The last day within the period on which the stock was counted."""

    @property
    def total(self) -> int:
        """Return HPP."""
        ready = self.opening + self.purchases + self.freight - self.returns - self.lost
        return ready - self.closing


def cost_of_sales(ledger: Ledger, since: date, until: date) -> CostOfSales:
    """Return HPP from one day to another, both included; for a service, supplies used."""
    stocks = {ledger.chart.stock, code.PACKAGING}
    sums = dict.fromkeys(("opening", "purchases", "freight", "returns", "lost"), 0)
    sums["opening"] = _stock(ledger, stocks, since - timedelta(days=1))
    counted: date | None = None
    for entry in ledger.between(since, until):
        kind = entry.transaction.kind
        if kind == "hitung-stok":
            counted = entry.transaction.on
        elif (step := _STEP_OF.get(kind)) is not None:
            sums[step] += abs(sum(line.amount for line in entry.lines if line.account in stocks))
    return CostOfSales(closing=_stock(ledger, stocks, until), counted=counted, **sums)


def _stock(ledger: Ledger, stocks: set[str], until: date) -> int:
    held = ledger.balances(until=until)
    return sum(held.get(account, 0) for account in stocks)
