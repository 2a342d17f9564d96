"""Counted goods: the value of a count, and the cost of what was issued."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from umkm.bookkeeping.errors import ItemShort, WrongAmount
from umkm.money import format_rupiah


@dataclass(frozen=True)
class Counted:
    """One line of a stock count: how many there are, and what one cost."""

    name: str
    quantity: Fraction
    unit_cost: int

    @property
    def value(self) -> int:
        """Return what it is worth, in whole Rupiah, halves rounded up."""
        return int(self.quantity * self.unit_cost + Fraction(1, 2))


def count_value(lines: Iterable[Counted]) -> int:
    """Return what counted goods are worth.

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
class Item:
    """A thing in stock by pieces, at its weighted average cost (SAK EMKM ¶9)."""

    name: str
    quantity: Fraction = Fraction(0)
    value: int = 0

    def bought(self, quantity: Fraction, cost: int) -> "Item":
        """Return the item after buying more of it for `cost` altogether."""
        if quantity <= 0 or cost < 0:
            raise WrongAmount(f"Jumlah {self.name} harus lebih dari nol.", "quantity")
        return Item(self.name, self.quantity + quantity, self.value + cost)

    def issued(self, quantity: Fraction) -> tuple["Item", int]:
        """Return the item after some of it left, and what that part had cost.

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
        """Return it in words: `Beras: 12,5 senilai Rp150.000`."""
        return f"{self.name}: {_plain(self.quantity)} senilai {format_rupiah(self.value)}"


def _plain(quantity: Fraction) -> str:
    return f"{float(quantity):g}".replace(".", ",")
