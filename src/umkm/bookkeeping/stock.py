"""Goods: what a count is worth, and the cost of what was sold by the periodic method.

HPP = opening stock + purchases + freight in - returns - lost or taken home - closing stock.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Final

from umkm.bookkeeping import accounts as code
from umkm.bookkeeping.errors import ItemShort, WrongAmount
from umkm.bookkeeping.ledger import Ledger
from umkm.money import format_rupiah

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
class Counted:
    """One line of a stock count: how many there are, and what one cost."""

    name: str
    quantity: Fraction
    unit_cost: int

    @property
    def value(self) -> int:
        """Give what it is worth, in whole Rupiah, halves rounded up."""
        return int(self.quantity * self.unit_cost + Fraction(1, 2))


def count_value(lines: Iterable[Counted]) -> int:
    """Give what counted goods are worth.

    Raises:
        WrongAmount: there is less than nothing of something.
    """
    total = 0
    for line in lines:
        if line.quantity < 0 or line.unit_cost < 0:
            raise WrongAmount(f"Jumlah {line.name} tidak boleh kurang dari nol.", "quantity")
        total += line.value
    return total


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
        """Give HPP."""
        ready = self.opening + self.purchases + self.freight - self.returns - self.lost
        return ready - self.closing


def cost_of_sales(ledger: Ledger, since: date, until: date) -> CostOfSales:
    """Give HPP from one day to another, both included; for a service, supplies used."""
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


@dataclass(frozen=True)
class Item:
    """A thing in stock by pieces, at its weighted average cost (SAK EMKM ¶9)."""

    name: str
    quantity: Fraction = Fraction(0)
    value: int = 0

    def bought(self, quantity: Fraction, cost: int) -> "Item":
        """Give the item after buying more of it for `cost` altogether."""
        if quantity <= 0 or cost < 0:
            raise WrongAmount(f"Jumlah {self.name} harus lebih dari nol.", "quantity")
        return Item(self.name, self.quantity + quantity, self.value + cost)

    def taken(self, quantity: Fraction) -> tuple["Item", int]:
        """Give the item after some of it left, and what that part had cost.

        Raises:
            ItemShort: there is not so much of it.
        """
        if quantity <= 0:
            raise WrongAmount(f"Jumlah {self.name} harus lebih dari nol.", "quantity")
        if quantity > self.quantity:
            raise ItemShort(self.name, _plain(self.quantity))
        cost = int(self.value * quantity / self.quantity + Fraction(1, 2))
        return Item(self.name, self.quantity - quantity, self.value - cost), cost

    @property
    def text(self) -> str:
        """Give it in words: `Beras: 12,5 senilai Rp150.000`."""
        return f"{self.name}: {_plain(self.quantity)} senilai {format_rupiah(self.value)}"


def _plain(quantity: Fraction) -> str:
    return f"{float(quantity):g}".replace(".", ",")
