"""Marketplace fees: the platforms' own examples, and prices that keep what they promise."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from umkm.marketing import FeeModel, MarketingError, Part, in_force, price_to_keep, sale_at
from umkm.marketing.marketplace import Sale


def model(*parts: Part, since: date = date(2026, 2, 13)) -> FeeModel:
    return FeeModel("Tokopedia", "makanan", parts, since, "contoh", date(2026, 11, 23))


COMMISSION = Part("Komisi platform", Fraction("7.5"))


def test_tokopedias_own_example():
    # seller-id.tokopedia.com 5411650459305729: (10.000 - 1.000) x 7,5 % = 675.
    sale = sale_at(10_000, 6_000, model(COMMISSION), discount=1_000)
    assert (sale.paid, sale.fee, sale.received, sale.profit) == (9_000, 675, 8_325, 2_325)


def test_a_cap_and_a_fixed_sum_by_hand():
    # 5 % of 900.000 would be 45.000; no more than 40.000 are taken. Rp1.250 an order of two items.
    dynamic = Part("Komisi dinamis", Fraction(5), most=40_000)
    handling = Part("Biaya proses pesanan", fixed=1_250)
    sale = sale_at(900_000, 500_000, model(dynamic, handling), items=2)
    assert [line.amount for line in sale.fees] == [40_000, 625]


def test_the_price_that_leaves_the_target_by_hand():
    # (20.000 + 1.250 + 8.750) / (1 - 0,10) = 33.333,3; in steps of 500: 33.500.
    shop = model(Part("Admin", Fraction(10)), Part("Proses", fixed=1_250))
    assert price_to_keep(8_750, 20_000, shop).price == 33_334
    assert price_to_keep(8_750, 20_000, shop, step=500).price == 33_500


def test_the_youngest_rule_of_a_day():
    old, new = model(COMMISSION, since=date(2025, 1, 1)), model(COMMISSION)
    assert in_force([old, new], "Tokopedia", "makanan", date(2026, 2, 12)) is old
    assert in_force([old, new], "Tokopedia", "makanan", date(2026, 2, 13)) is new
    with pytest.raises(MarketingError, match="belum punya tanggal berlaku"):
        in_force([new], "Tokopedia", "makanan", date(2020, 1, 1))


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"price": 0}, "price"),
        ({"price": 10**15}, "price"),
        ({"cost": -1}, "cost"),
        ({"discount": 10_000}, "discount"),
        ({"items": 0}, "items"),
    ],
)
def test_numbers_that_make_no_sense(change: dict[str, int], field: str):
    with pytest.raises(MarketingError) as refused:
        sale_at(**{"price": 10_000, "cost": 5_000, "model": model(COMMISSION), **change})  # type: ignore[arg-type]
    assert refused.value.field == field


parts = st.builds(
    Part,
    st.just("bagian"),
    st.decimals(0, 24, places=2).map(Fraction),
    st.none() | st.integers(0, 50_000),
    st.integers(0, 5_000),
)


@pytest.mark.slow
@given(st.lists(parts, max_size=4), st.integers(0, 10**6), st.integers(0, 10**6))
def test_the_price_keeps_the_target_and_no_lower_one_does(fees: list[Part], cost: int, profit: int):
    shop = model(*fees)
    sale = price_to_keep(profit, cost, shop)
    assert sale.profit >= profit
    below = range(max(sale.price - 300, 1), sale.price)
    assert all(_left(sale_at(price, cost, shop)) < profit for price in below)


def _left(sale: Sale) -> int:
    return sale.price - sum(line.amount for line in sale.fees) - sale.cost
