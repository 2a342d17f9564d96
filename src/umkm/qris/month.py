"""A month of sales with QRIS and without: what it costs, what arrives, what would be missed."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from umkm.errors import InputError
from umkm.qris.mdr import Fee, FeeGroup, Tariff
from umkm.qris.settlement import Provider, payout_time
from umkm.wib import WIB

LONGEST_MONTH = 31


@dataclass(frozen=True)
class Sales:
    """Sales by QRIS: `a_day` payments of `amount` Rupiah each, on `days` days from `since` on.

    Of ten who pay so, `would_leave` would not buy where they cannot.
    """

    since: date
    a_day: int
    amount: int
    days: int
    would_leave: int = 0


@dataclass(frozen=True)
class MonthOfSales:
    """Rupiah of a month: `gross` sold by QRIS, its costs, and `without`: sold if there were none."""

    each: Fee
    payments: int
    gross: int
    mdr: int
    payouts: int
    payout_fees: int
    without: int

    @property
    def cost(self) -> int:
        """Return what QRIS costs in all."""
        return self.mdr + self.payout_fees

    @property
    def net(self) -> int:
        """Return what arrives in the account."""
        return self.gross - self.cost

    @property
    def gained(self) -> int:
        """Return how much more arrives than without QRIS; below zero where it is less."""
        return self.net - self.without


def month_of_sales(
    sales: Sales, tariff: Tariff, group: FeeGroup, provider: Provider
) -> MonthOfSales:
    """Return the figures of such a month by the rate of its first day; fees are rounded one by one.

    Days follow each other, each with one payout, except where a weekend brings several together.

    Raises:
        InputError: no rate is known for that day, or a number makes no sense; `field` says which.
    """
    _check(sales)
    each = tariff.fee(sales.amount, group, sales.since)
    payments = sales.a_day * sales.days
    noons = (
        datetime.combine(sales.since + timedelta(days=day), time(12), WIB)
        for day in range(sales.days)
    )
    payouts = len({payout_time(noon, provider) for noon in noons}) if sales.a_day else 0
    gross = payments * sales.amount
    return MonthOfSales(
        each=each,
        payments=payments,
        gross=gross,
        mdr=payments * each.fee,
        payouts=payouts,
        payout_fees=payouts * provider.payout_fee,
        without=gross * (10 - sales.would_leave) // 10,
    )


def _check(sales: Sales) -> None:
    if not 1 <= sales.days <= LONGEST_MONTH:
        raise InputError(f"Hari jualan sebulan: 1 sampai {LONGEST_MONTH}.", "days")
    if sales.amount < 0 or sales.a_day < 0:
        raise InputError("Jumlahnya tidak boleh kurang dari nol.", "amount")
    if not 0 <= sales.would_leave <= 10:
        raise InputError("Dari 10 pembeli: tulis 0 sampai 10.", "would_leave")
