"""Figures of an advertisement and of a shop, each with a sentence that explains it.

No function here raises. Where a figure has no meaning (nothing to divide by, more clicks than
views, an amount with zeros too many) its `value` is None and `sentence` says why and what to do.
Shares are `Fraction`s of one; money is whole Rupiah.

Sources: click rate and how orders are counted, iklanku.shopee.co.id/learn/faq/57/8; cost per click
and per order, axeeltechnology.com and iklans.com; ROAS, ROI and lifetime value, onino.web.id/?p=3825.
CPM, conversion, ACoS, average order and repeat rate are the trade's common formulas. The break-even
ROAS follows from its definition: each Rupiah spent must bring back one Rupiah of contribution.
"""

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from typing import Final

from umkm.money import format_rupiah, group_digits
from umkm.quantities import format_quantity

LARGEST: Final = 10**12

_TOO_LARGE: Final = "Angkanya terlalu besar. Periksa apakah nolnya kelebihan."


class Unit(Enum):
    """How a figure is written."""

    SHARE = "persen"
    RUPIAH = "rupiah"
    TIMES = "kali"


@dataclass(frozen=True)
class Measure:
    """A figure and what it says; `value` is None where there is nothing to calculate."""

    value: Fraction | None
    unit: Unit
    sentence: str

    @property
    def written(self) -> str:
        """Return the figure as it is shown: `2,5%`, `Rp1.250`, `3,2 kali`, or a dash."""
        return "–" if self.value is None else _written(self.value, self.unit)


@dataclass(frozen=True)
class _Part:
    """One number that goes in, and what a shopkeeper calls it."""

    number: int
    name: str


def click_rate(clicks: int, views: int) -> Measure:
    """Return CTR: of those who saw it, how many tapped (clicks / views)."""
    if clicks > views >= 0:
        return _without(Unit.SHARE, "Klik tidak bisa lebih banyak dari tayangan. Periksa angkanya.")
    return _divide(
        _Part(clicks, "klik"),
        _Part(views, "tayangan"),
        Unit.SHARE,
        "Dari 100 orang yang melihat, {hundred} mengetuk.",
    )


def cost_per_click(cost: int, clicks: int) -> Measure:
    """Return CPC: cost / clicks."""
    return _divide(
        _Part(cost, "biaya iklan"),
        _Part(clicks, "klik"),
        Unit.RUPIAH,
        "Satu ketukan pada iklan Anda bayar {value}.",
    )


def cost_per_thousand_views(cost: int, views: int) -> Measure:
    """Return CPM: cost / views x 1,000."""
    return _divide(
        _Part(cost, "biaya iklan"),
        _Part(views, "tayangan"),
        Unit.RUPIAH,
        "Iklan yang tampil 1.000 kali Anda bayar {value}.",
        times=1000,
    )


def cost_per_order(cost: int, orders: int) -> Measure:
    """Return CPA: cost / orders that came through the advertisement."""
    return _divide(
        _Part(cost, "biaya iklan"),
        _Part(orders, "pesanan"),
        Unit.RUPIAH,
        "Satu pesanan dari iklan memakan biaya {value}. Bandingkan dengan untung satu pesanan.",
    )


def conversion(orders: int, visits: int, visit: str = "klik") -> Measure:
    """Return the conversion rate; `visit` names what it is divided by, which is always said.

    Orders may outnumber visits: Shopee counts orders within seven days after a click, of other
    products too.
    """
    return _divide(
        _Part(orders, "pesanan"),
        _Part(visits, visit),
        Unit.SHARE,
        f"Dari 100 {visit}, {{hundred}} menjadi pesanan.",
    )


def average_order(sales: int, orders: int) -> Measure:
    """Return AOV: sales / orders."""
    return _divide(
        _Part(sales, "omzet"),
        _Part(orders, "pesanan"),
        Unit.RUPIAH,
        "Sekali pesan, pembeli rata-rata berbelanja {value}.",
    )


def return_on_ads(sales: int, cost: int) -> Measure:
    """Return ROAS: sales that came through advertisements / their cost. Sales, not profit."""
    return _divide(
        _Part(sales, "omzet dari iklan"),
        _Part(cost, "biaya iklan"),
        Unit.TIMES,
        "Setiap Rp1.000 biaya iklan membawa omzet {thousand}. Ini omzet, belum untung.",
    )


def cost_of_sales(cost: int, sales: int) -> Measure:
    """Return ACoS: the cost of advertisements / the sales they brought; 1 / ROAS."""
    return _divide(
        _Part(cost, "biaya iklan"),
        _Part(sales, "omzet dari iklan"),
        Unit.SHARE,
        "Dari setiap Rp1.000 omzet iklan, {thousand} habis untuk iklannya.",
    )


def break_even_roas(contribution: Fraction) -> Measure:
    """Return the ROAS at which an advertisement pays for itself: 1 / contribution margin.

    `contribution` is the share of the price that is left after HPP, packaging, the marketplace's
    fee and what the shop pays of the postage.
    """
    if contribution <= 0:
        return _without(
            Unit.TIMES,
            "Tiap penjualan belum menyisakan untung, jadi iklan sebesar apa pun menambah rugi. "
            "Perbaiki dulu harga atau modalnya.",
        )
    if contribution > 1:
        return _without(Unit.TIMES, "Sisa tiap penjualan tidak bisa lebih dari 100 persen harga.")
    value = 1 / contribution
    return Measure(
        value,
        Unit.TIMES,
        f"Iklan baru balik modal bila omzetnya paling sedikit {_written(value, Unit.TIMES)} biaya "
        "iklan. Di bawah itu, berhenti.",
    )


def return_on_investment(income: int, cost: int) -> Measure:
    """Return ROI: (income - all costs) / all costs. Not ROAS, which knows one cost only."""
    wrong = _absurd(_Part(income, "pendapatan"), _Part(cost, "biaya"))
    if wrong or cost == 0:
        return _without(Unit.SHARE, wrong or "Belum ada biaya, jadi belum bisa dihitung.")
    value = Fraction(income - cost, cost)
    gained = "untung" if value >= 0 else "rugi"
    return Measure(
        value,
        Unit.SHARE,
        f"Setiap Rp1.000 biaya menjadi {gained} {format_rupiah(round(abs(value) * 1000))}.",
    )


def repeat_rate(returned: int, customers: int) -> Measure:
    """Return the share of customers who ordered twice or more."""
    if returned > customers >= 0:
        return _without(
            Unit.SHARE, "Yang kembali tidak bisa lebih banyak dari semua pelanggan. Periksa lagi."
        )
    return _divide(
        _Part(returned, "pelanggan yang kembali"),
        _Part(customers, "pelanggan"),
        Unit.SHARE,
        "Dari 100 pelanggan, {hundred} membeli lagi.",
    )


def lifetime_value(order: int, orders_a_year: Fraction, years: Fraction) -> Measure:
    """Return LTV: average order x orders a year x years a customer stays."""
    if order < 0 or orders_a_year < 0 or years < 0:
        return _without(Unit.RUPIAH, "Angkanya tidak boleh kurang dari nol.")
    value = order * orders_a_year * years
    if value > LARGEST:
        return _without(Unit.RUPIAH, _TOO_LARGE)
    return Measure(
        value,
        Unit.RUPIAH,
        f"Selama menjadi pelanggan, satu orang berbelanja sekitar {format_rupiah(round(value))}.",
    )


def _divide(over: _Part, under: _Part, unit: Unit, reading: str, times: int = 1) -> Measure:
    if wrong := _absurd(over, under):
        return _without(unit, wrong)
    if under.number == 0:
        return _without(unit, f"Belum ada {under.name}, jadi belum bisa dihitung.")
    value = Fraction(over.number * times, under.number)
    sentence = reading.format(
        value=_written(value, unit),
        hundred=format_quantity(round(value * 100, 1)),
        thousand=format_rupiah(round(value * 1000)),
    )
    return Measure(value, unit, sentence)


def _absurd(*parts: _Part) -> str:
    for part in parts:
        if part.number < 0:
            return f"{part.name.capitalize()} tidak boleh kurang dari nol."
        if part.number > LARGEST:
            return f"{part.name.capitalize()} tertulis {group_digits(part.number)}. {_TOO_LARGE}"
    return ""


def _without(unit: Unit, sentence: str) -> Measure:
    return Measure(None, unit, sentence)


def _written(value: Fraction, unit: Unit) -> str:
    if unit is Unit.RUPIAH:
        return format_rupiah(round(value))
    if unit is Unit.SHARE:
        return format_quantity(round(value * 100, 2), "%")
    return format_quantity(round(value, 2), "kali")
