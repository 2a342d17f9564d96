"""Fees of a marketplace on a sale, and the lowest price that leaves the wanted profit.

No rate stands here: they change several times a year, so they come in as data with their date and
source. A fee of `percent` is calculated from the price less the seller's own discount; postage and
discounts the platform pays are outside it (seller-id.tokopedia.com 5411650459305729). Each part is
rounded up to a whole Rupiah, so that a calculation never promises more than arrives.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil, floor
from typing import Final

from umkm.marketing.errors import MarketingError
from umkm.marketing.metrics import LARGEST

_NOT_YET: Final = "Tarif ini belum punya tanggal berlaku untuk hari itu."


@dataclass(frozen=True)
class Part:
    """One line of a marketplace's fee: a share of the price, with its cap, or a fixed sum.

    `percent` is in percent (`Fraction("7.5")`); `most` is the largest Rupiah it may take of one
    item; `fixed` is Rupiah an order.
    """

    name: str
    percent: Fraction = Fraction(0)
    most: int | None = None
    fixed: int = 0

    def __post_init__(self) -> None:
        if not 0 <= self.percent < 100 or self.fixed < 0 or (self.most or 0) < 0:
            raise ValueError("a fee is 0 to less than 100 percent, and no negative sum")

    def fee_on(self, price: int) -> int:
        """Return what this part takes of one item sold at `price`, its fixed sum left out."""
        return ceil(self.exactly(price))

    def exactly(self, price: int) -> Fraction:
        """Return the same before it is rounded."""
        share = price * self.percent / 100
        return share if self.most is None else min(share, Fraction(self.most))


@dataclass(frozen=True)
class FeeModel:
    """The fees of one platform for one kind of goods from a day on, and who says so."""

    platform: str
    goods: str
    parts: tuple[Part, ...]
    valid_from: date
    source: str
    source_date: date
    official: bool = False

    def __post_init__(self) -> None:
        if sum((part.percent for part in self.parts), Fraction(0)) >= 100:
            raise ValueError("all parts together leave nothing of the price")


@dataclass(frozen=True)
class FeeLine:
    """One line of the calculation of a sale."""

    name: str
    amount: int


@dataclass(frozen=True)
class Sale:
    """What becomes of one item: what the buyer pays, what is taken, what it cost."""

    price: int
    discount: int
    cost: int
    fees: tuple[FeeLine, ...]

    @property
    def paid(self) -> int:
        """Return the price less the seller's discount."""
        return self.price - self.discount

    @property
    def fee(self) -> int:
        """Return all that the marketplace keeps."""
        return sum(line.amount for line in self.fees)

    @property
    def received(self) -> int:
        """Return what arrives in the shop's balance."""
        return self.paid - self.fee

    @property
    def profit(self) -> int:
        """Return what is left after the goods and their packaging; less than nothing is a loss."""
        return self.received - self.cost


def in_force(models: Sequence[FeeModel], platform: str, goods: str, on: date) -> FeeModel:
    """Return the youngest model of a platform and kind of goods that is valid on a day.

    Raises:
        MarketingError: none is known for that day.
    """
    known = [
        model
        for model in models
        if (model.platform, model.goods) == (platform, goods) and model.valid_from <= on
    ]
    if not known:
        raise MarketingError(_NOT_YET, "platform")
    return max(known, key=lambda model: model.valid_from)


def sale_at(price: int, cost: int, model: FeeModel, discount: int = 0, items: int = 1) -> Sale:
    """Return what becomes of one item; `items` share the order's fixed sums.

    Raises:
        MarketingError: a price, cost, discount or number of items that makes no sense.
    """
    _check(price, cost, discount, items)
    base = price - discount
    lines = [
        FeeLine(part.name, part.fee_on(base) + ceil(Fraction(part.fixed, items)))
        for part in model.parts
    ]
    return Sale(price, discount, cost, tuple(lines))


def price_to_keep(profit: int, cost: int, model: FeeModel, items: int = 1, step: int = 1) -> Sale:
    """Return the lowest price, a multiple of `step`, that leaves at least `profit` Rupiah an item.

    Without caps this is P = (cost + fixed sums + profit) / (1 - all shares). A cap bends that line,
    so the price is searched for: first on the exact line, which only rises, and from there upwards
    past the few Rupiah that rounding takes.

    Raises:
        MarketingError: as `sale_at`, a target below nothing, or a price beyond all reason.
    """
    if profit < 0:
        raise MarketingError("Untung yang diinginkan tidak boleh kurang dari nol.", "profit")
    if step < 1:
        raise MarketingError("Pembulatan harus Rp1 atau lebih.", "step")
    _check(1, cost, 0, items)
    prices = range(step, LARGEST + 1, step)
    first = bisect_left(
        prices, cost + profit, key=lambda price: floor(_left_exactly(price, model, items))
    )
    for price in prices[first:]:
        sale = sale_at(price, cost, model, items=items)
        if sale.profit >= profit:
            return sale
    raise MarketingError("Harga sebesar itu tidak masuk akal. Periksa nolnya.", "profit")


def _left_exactly(price: int, model: FeeModel, items: int) -> Fraction:
    taken = (part.exactly(price) + Fraction(part.fixed, items) for part in model.parts)
    return price - sum(taken, Fraction(0))


def _check(price: int, cost: int, discount: int, items: int) -> None:
    if not 0 < price <= LARGEST:
        raise MarketingError("Harga jual harus lebih dari nol, dan jangan kelebihan nol.", "price")
    if not 0 <= cost <= LARGEST:
        raise MarketingError("Modal tidak boleh kurang dari nol, dan jangan kelebihan nol.", "cost")
    if not 0 <= discount < price:
        raise MarketingError("Diskon harus lebih kecil dari harga.", "discount")
    if items < 1:
        raise MarketingError("Satu pesanan berisi paling sedikit satu barang.", "items")
