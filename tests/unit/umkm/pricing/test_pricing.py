"""Costs, margins and break-even, against worked examples found outside."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from umkm.pricing import (
    Ingredient,
    PriceError,
    Recipe,
    break_even,
    discounted,
    margin_of,
    margin_to_markup,
    markup_of,
    markup_to_margin,
    offer_at,
    percent,
    price_for_margin,
    price_for_markup,
    price_for_profit,
    purchase_cost,
    recipe_cost,
    round_up,
    units_for_profit,
)


def test_bread_of_umkm_a():
    # idxchannel.com, "Cara menghitung HPP makanan UMKM": 100 portions, ingredients 500.000,
    # production 300.000: Rp8.000 a portion; 30 % of HPP on top.
    batch = [Ingredient("Bahan", 500_000, Fraction(1), Fraction(1))]
    cost = recipe_cost(Recipe(batch, Fraction(100), overhead=300_000))
    assert (cost.ingredients, cost.batch, cost.portion) == (500_000, 800_000, 8_000)
    assert price_for_markup(8_000, Fraction(30, 100)).price == 10_400


def test_a_recipe_by_hand():
    # Flour 250 g of a 1.000 g pack at 12.000: 3.000. Eggs 3 of 16 at 28.000: 5.250.
    # Labour 6.000, gas 1.750: 16.000. 20 portions, 10 % spoilt: 18 sold, 888,9 each -> 889.
    parts = [
        Ingredient("Tepung", 12_000, Fraction(1000), Fraction(250)),
        Ingredient("Telur", 28_000, Fraction(16), Fraction(3)),
    ]
    cost = recipe_cost(Recipe(parts, Fraction(20), 6_000, 1_750, Fraction(1, 10)))
    assert (cost.ingredients, cost.batch, cost.sellable, cost.portion) == (8_250, 16_000, 18, 889)


def test_a_purchase_by_hand():
    # Two dozen for 288.000 and 12.000 freight: 12.500 each.
    assert purchase_cost(288_000, Fraction(24), 12_000) == 12_500
    assert purchase_cost(100, Fraction(3)) == 34


def test_half_on_top_is_a_third_of_the_price():
    assert markup_to_margin(Fraction(1, 2)) == Fraction(1, 3)
    assert margin_to_markup(Fraction(1, 3)) == Fraction(1, 2)
    assert (markup_of(15_000, 10_000), margin_of(15_000, 10_000)) == (
        Fraction(1, 2),
        Fraction(1, 3),
    )


@pytest.mark.parametrize(
    ("fixed", "price", "variable", "units", "sales"),
    [
        # kalkupro.com: Nasgor Mas Bro, and Hijab Cantik.
        (4_000_000, 18_000, 10_000, 500, 9_000_000),
        (1_500_000, 50_000, 35_000, 100, 5_000_000),
        # kompasiana.com, ceker: 10.000.000 / 6.500 = 1.538,46; a whole piece more. Rupiah exact.
        (10_000_000, 12_000, 5_500, 1_539, 18_461_539),
    ],
)
def test_break_even(fixed, price, variable, units, sales):
    point = break_even(fixed, price, variable)
    assert (point.units, point.sales) == (units, sales)


def test_a_target_beyond_break_even():
    # 4.000.000 + 1.600.000 at 8.000 a portion.
    assert units_for_profit(4_000_000, 18_000, 10_000, 1_600_000).units == 700


def test_a_fee_belongs_below_the_line():
    # Cost 12.000, margin 30 %, fee 10 %: 12.000 / 0,6 = 20.000; fee 2.000, profit 6.000.
    offer = price_for_margin(12_000, Fraction(30, 100), Fraction(10, 100))
    assert (offer.price, offer.fee, offer.profit) == (20_000, 2_000, 6_000)
    assert (offer.margin, offer.markup) == (Fraction(30, 100), Fraction(1, 2))
    assert price_for_profit(12_000, 6_000, Fraction(10, 100)).price == 20_000


def test_ten_percent_off():
    # 20.000 at cost 14.000 earns 6.000; at 18.000 it earns 4.000: half as many again are needed.
    cheaper = discounted(offer_at(20_000, 14_000), Fraction(10, 100))
    assert (cheaper.after.price, cheaper.after.profit) == (18_000, 4_000)
    assert cheaper.times == Fraction(3, 2)
    assert discounted(offer_at(20_000, 18_000), Fraction(10, 100)).times is None


def test_prices_are_rounded_up_as_they_are_written():
    assert round_up(11_327, 500) == 11_500
    assert round_up(11_500, 500) == 11_500
    assert price_for_margin(7_000, Fraction(1, 3), step=500).price == 10_500


money = st.integers(0, 10**9)
shares = st.fractions(0, Fraction(49, 100), max_denominator=1000)


@pytest.mark.slow
@given(money, shares, shares, st.sampled_from([1, 100, 500, 1000]))
def test_a_price_keeps_what_it_promises(cost, share, fee, step):
    offer = price_for_margin(cost, share, fee, step)
    assert offer.price % step == 0
    assert offer.margin >= share
    assert price_for_markup(cost, share, fee, step).profit >= cost * share


@given(st.fractions(0, 100, max_denominator=1000))
def test_markup_and_margin_turn_into_each_other(markup):
    assert margin_to_markup(markup_to_margin(markup)) == markup


@pytest.mark.parametrize(
    ("text", "share"), [("30", 30), ("12,5 %", 12.5), (" 0 ", 0), ("7.5", 7.5)]
)
def test_percent(text, share):
    assert percent(text) == Fraction(share) / 100


@pytest.mark.parametrize(
    "act",
    [
        lambda: percent("tiga"),
        lambda: percent("-5"),
        lambda: percent("²"),
        lambda: percent(""),
        lambda: break_even(1_000, 5_000, 5_000),
        lambda: break_even(-1, 5_000, 4_000),
        lambda: price_for_margin(1_000, Fraction(95, 100), Fraction(5, 100)),
        lambda: price_for_markup(1_000, Fraction(-1, 100)),
        lambda: price_for_profit(1_000, -1),
        lambda: offer_at(0, 10),
        lambda: offer_at(10**15, 10),
        lambda: offer_at(10, 10**15),
        lambda: offer_at(10, 10, Fraction(1)),
        lambda: purchase_cost(10, Fraction(0)),
        lambda: purchase_cost(-1, Fraction(1)),
        lambda: recipe_cost(Recipe([], Fraction(0))),
        lambda: recipe_cost(Recipe([], Fraction(1), waste=Fraction(1))),
        lambda: recipe_cost(Recipe([], Fraction(1), labour=-1)),
        lambda: Ingredient("Gula", 100, Fraction(0), Fraction(1)).cost,
        lambda: Ingredient("Gula", 10**15, Fraction(1), Fraction(1)).cost,
        lambda: margin_of(0, 1),
        lambda: markup_of(1, 0),
        lambda: margin_to_markup(Fraction(1)),
        lambda: discounted(offer_at(10, 5), Fraction(1)),
        lambda: price_for_margin(10, Fraction(0), step=0),
    ],
)
def test_numbers_that_make_no_price(act):
    with pytest.raises(PriceError) as refused:
        act()
    assert refused.value.message.endswith(".")
