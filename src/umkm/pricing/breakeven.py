"""Break-even (BEP): how much must be sold before anything is earned.

BEP in pieces = fixed costs / (price - variable cost of one); in Rupiah = fixed costs / (that
contribution / price). Sources: the formulas of cost accounting, as brain.universityku.com has them.
"""

from dataclasses import dataclass
from fractions import Fraction

from umkm.pricing.cost import up
from umkm.pricing.errors import PriceError


@dataclass(frozen=True)
class BreakEven:
    """How much must be sold: pieces rounded up to whole ones, and Rupiah of sales."""

    contribution: int
    units: int
    sales: int


def break_even(fixed: int, price: int, variable: int) -> BreakEven:
    """Return the break-even point of a month, or of whatever time `fixed` is for.

    Raises:
        PriceError: a piece costs as much as it brings, so no number of them is enough.
    """
    return units_for_profit(fixed, price, variable, 0)


def units_for_profit(fixed: int, price: int, variable: int, profit: int) -> BreakEven:
    """Return how much must be sold to earn `profit` beyond the fixed costs.

    Raises:
        PriceError: as `break_even`.
    """
    if fixed < 0 or variable < 0 or profit < 0:
        raise PriceError("Biaya dan target untung tidak boleh kurang dari nol.", "fixed")
    contribution = price - variable
    if contribution <= 0:
        raise PriceError(
            "Harga jual harus lebih tinggi dari biaya tiap barang. "
            "Kalau tidak, makin banyak terjual makin rugi.",
            "price",
        )
    goal = fixed + profit
    units = up(Fraction(goal, contribution))
    return BreakEven(contribution, units, up(Fraction(goal * price, contribution)))
