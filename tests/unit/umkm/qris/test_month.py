"""A month of sales, by sums done by hand."""

import json
from datetime import date

import pytest
from tests.unit.umkm.qris.rates import TARIFF

from umkm.errors import InputError
from umkm.qris import FeeGroup, tariff_from_plain, tariff_to_plain
from umkm.qris.month import Sales, month_of_sales
from umkm.qris.settlement import Provider

MONDAY = date(2026, 11, 2)
NEXT_DAY = Provider("contoh", days=1, payout_fee=2_500)


def test_a_small_business_pays_from_the_first_rupiah():
    # 20 a day of 25.000 on 26 days: 520 payments, 13.000.000. 0,7 % of 25.000 is 175: 91.000.
    # 26 days from Monday 2 November, Friday to Sunday together on Monday: paid out on 3-6, 9-13,
    # 16-20, 23-27 and 30 November, 20 payouts.
    month = month_of_sales(Sales(MONDAY, 20, 25_000, 26), TARIFF, FeeGroup.REGULAR, NEXT_DAY)
    assert (month.payments, month.gross, month.mdr) == (520, 13_000_000, 91_000)
    assert month.payouts == 20
    assert month.payout_fees == 50_000
    assert month.net == 13_000_000 - 91_000 - 50_000
    assert month.without == 13_000_000
    assert month.gained == -month.cost


def test_a_micro_business_pays_nothing_up_to_500_000():
    free = Provider("contoh", days=0, working_days=False)
    month = month_of_sales(Sales(MONDAY, 20, 25_000, 26, 2), TARIFF, FeeGroup.MICRO, free)
    # Two of ten would leave: 10.400.000 without QRIS.
    assert (month.cost, month.net, month.without) == (0, 13_000_000, 10_400_000)
    assert month.gained == 2_600_000
    large = month_of_sales(Sales(MONDAY, 1, 600_000, 1), TARIFF, FeeGroup.MICRO, free)
    assert large.mdr == 1_800


def test_nothing_sold_costs_nothing():
    month = month_of_sales(Sales(MONDAY, 0, 25_000, 26), TARIFF, FeeGroup.REGULAR, NEXT_DAY)
    assert (month.gross, month.cost, month.payouts) == (0, 0, 0)


@pytest.mark.parametrize(
    "sales",
    [
        Sales(MONDAY, 1, 1, 0),
        Sales(MONDAY, 1, 1, 32),
        Sales(MONDAY, -1, 1, 1),
        Sales(MONDAY, 1, -1, 1),
        Sales(MONDAY, 1, 1, 1, 11),
        Sales(date(2019, 1, 1), 1, 1, 1),
    ],
)
def test_what_makes_no_sense_is_refused(sales):
    with pytest.raises(InputError):
        month_of_sales(sales, TARIFF, FeeGroup.REGULAR, NEXT_DAY)


def test_a_tariff_survives_being_told():
    assert tariff_from_plain(json.loads(json.dumps(tariff_to_plain(TARIFF)))) == TARIFF
