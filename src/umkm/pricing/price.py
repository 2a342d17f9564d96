"""Prices: margin and markup, a marketplace's share, a target, and what a discount does.

margin = (price - cost) / price; markup = (price - cost) / cost; margin = markup / (1 + markup).
A fee is a share of the price, so it belongs below the fraction line: to keep a margin of 30 % where
10 % go to the marketplace, the cost is the 60 % that are left.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from umkm.pricing.cost import LARGEST, up
from umkm.pricing.errors import PriceError

_NO_SHARE: Final = "Tulis persen dengan angka, misalnya 30 atau 12,5."


@dataclass(frozen=True)
class Offer:
    """A price and what becomes of it; `fee` is the marketplace's part, in whole Rupiah."""

    price: int
    cost: int
    fee: int

    @property
    def profit(self) -> int:
        """Return what is left of one sale."""
        return self.price - self.cost - self.fee

    @property
    def margin(self) -> Fraction:
        """Return the profit as a share of the price."""
        return Fraction(self.profit, self.price)

    @property
    def markup(self) -> Fraction | None:
        """Return the profit as a share of the cost; None for what costs nothing."""
        return Fraction(self.profit, self.cost) if self.cost else None


@dataclass(frozen=True)
class Discount:
    """The same thing at a lower price.

    `times` is how many times as many must be sold for the same profit; None where no number is
    enough, since each sale loses money or earns nothing.
    """

    before: Offer
    after: Offer
    times: Fraction | None


def percent(text: str, field: str = "") -> Fraction:
    """Return the share that a percentage of a form means: `12,5` and `12.5 %` are 1/8.

    Raises:
        PriceError: it is no number.
    """
    bare = text.strip().removesuffix("%").strip().replace(",", ".")
    if len(bare) > 12 or not bare.isascii() or not bare.replace(".", "", 1).isdigit():
        raise PriceError(_NO_SHARE, field)
    return Fraction(bare) / 100


def margin_of(price: int, cost: int) -> Fraction:
    """Return the margin of a price.

    Raises:
        PriceError: the price is nothing.
    """
    if price <= 0:
        raise PriceError("Harga jual harus lebih dari nol.", "price")
    return Fraction(price - cost, price)


def markup_of(price: int, cost: int) -> Fraction:
    """Return the markup of a price.

    Raises:
        PriceError: the cost is nothing.
    """
    if cost <= 0:
        raise PriceError("HPP harus lebih dari nol.", "cost")
    return Fraction(price - cost, cost)


def markup_to_margin(markup: Fraction) -> Fraction:
    """Return the margin that a markup is: 1/2 is 1/3."""
    return markup / (1 + markup)


def margin_to_markup(margin: Fraction) -> Fraction:
    """Return the markup that a margin is: 1/3 is 1/2.

    Raises:
        PriceError: a margin of all or more, which no price has.
    """
    if margin >= 1:
        raise PriceError("Margin harus kurang dari 100 persen.", "margin")
    return margin / (1 - margin)


def offer_at(price: int, cost: int, fee: Fraction = Fraction(0)) -> Offer:
    """Return what becomes of a price.

    Raises:
        PriceError: the price is nothing or too large, or the cost or fee make no sense.
    """
    _check(cost, fee)
    if not 0 < price <= LARGEST:
        raise PriceError("Harga jual harus lebih dari nol, dan jangan kelebihan nol.", "price")
    return Offer(price, cost, int(price * fee))


def price_for_margin(
    cost: int, margin: Fraction, fee: Fraction = Fraction(0), step: int = 1
) -> Offer:
    """Return the lowest price, a multiple of `step`, that keeps at least a margin after the fee.

    Raises:
        PriceError: margin and fee together leave nothing for the cost.
    """
    _check(cost, fee)
    left = 1 - margin - fee
    if margin < 0 or left <= 0:
        raise PriceError("Margin dan potongan bersama harus kurang dari 100 persen.", "margin")
    return _at_least(Fraction(cost) / left, cost, fee, step)


def price_for_markup(
    cost: int, markup: Fraction, fee: Fraction = Fraction(0), step: int = 1
) -> Offer:
    """Return the lowest price, a multiple of `step`, that earns at least a markup after the fee."""
    _check(cost, fee)
    if markup < 0:
        raise PriceError("Markup tidak boleh kurang dari nol.", "markup")
    return _at_least(cost * (1 + markup) / (1 - fee), cost, fee, step)


def price_for_profit(cost: int, profit: int, fee: Fraction = Fraction(0), step: int = 1) -> Offer:
    """Return the lowest price, a multiple of `step`, that leaves at least `profit` Rupiah a piece."""
    _check(cost, fee)
    if profit < 0:
        raise PriceError("Untung yang diinginkan tidak boleh kurang dari nol.", "profit")
    return _at_least((cost + profit) / (1 - fee), cost, fee, step)


def discounted(offer: Offer, share: Fraction, fee: Fraction = Fraction(0)) -> Discount:
    """Return what a discount of `share` does to an offer.

    Raises:
        PriceError: a discount of everything or less than nothing.
    """
    if not 0 <= share < 1:
        raise PriceError("Diskon harus antara 0 dan 99 persen.", "discount")
    after = offer_at(up(offer.price * (1 - share)), offer.cost, fee)
    times = Fraction(offer.profit, after.profit) if after.profit > 0 else None
    return Discount(offer, after, times)


def round_up(amount: Fraction | int, step: int) -> int:
    """Return the next multiple of `step`, as prices are written: 11.327 by 500 is 11.500."""
    return up(Fraction(amount) / step) * step


def _at_least(price: Fraction, cost: int, fee: Fraction, step: int) -> Offer:
    if step < 1:
        raise PriceError("Pembulatan harus Rp1 atau lebih.", "step")
    return offer_at(max(round_up(price, step), step), cost, fee)


def _check(cost: int, fee: Fraction) -> None:
    if not 0 <= cost <= LARGEST:
        raise PriceError("HPP tidak boleh kurang dari nol, dan jangan kelebihan nol.", "cost")
    if not 0 <= fee < 1:
        raise PriceError("Potongan marketplace harus antara 0 dan 99 persen.", "fee")
