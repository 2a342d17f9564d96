"""Fees by class, amount and date: amounts worked out from the rates as reported."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.umkm.qris.rates import TARIFF

from umkm.errors import InputError
from umkm.qris import FeeGroup, FeeRule, Rounding, Step, Tariff, fee_group

NOW = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("amount", "group", "on", "fee"),
    [
        # Fortune Indonesia's example of July 2023: Rp10.000 x 0,3% = Rp30.
        (10_000, FeeGroup.MICRO, date(2023, 7, 1), 30),
        (10_000, FeeGroup.MICRO, date(2023, 6, 30), 0),
        (100_000, FeeGroup.MICRO, date(2023, 8, 31), 300),
        (100_000, FeeGroup.MICRO, date(2023, 9, 1), 0),
        (100_001, FeeGroup.MICRO, date(2023, 9, 1), 300),
        (500_000, FeeGroup.MICRO, date(2024, 11, 30), 1_500),
        (500_000, FeeGroup.MICRO, date(2024, 12, 1), 0),
        (500_001, FeeGroup.MICRO, NOW, 1_500),
        (600_000, FeeGroup.MICRO, NOW, 1_800),  # of the whole amount, not of the excess
        (50_000, FeeGroup.REGULAR, NOW, 350),  # small is not micro: from the first Rupiah
        (1_000_000, FeeGroup.EDUCATION, NOW, 6_000),
        (200_000, FeeGroup.FUEL, NOW, 800),
        (100_000, FeeGroup.PUBLIC_SERVICE, date(2021, 5, 31), 700),
        (100_000, FeeGroup.PUBLIC_SERVICE, date(2021, 6, 1), 400),
        (5_000_000, FeeGroup.SOCIAL, NOW, 0),
        (0, FeeGroup.REGULAR, NOW, 0),
    ],
)
def test_fees(amount, group, on, fee):
    result = TARIFF.fee(amount, group, on)
    assert (result.fee, result.net) == (fee, amount - fee)


def test_a_fee_names_the_rule_it_comes_from():
    result = TARIFF.fee(600_000, FeeGroup.MICRO, NOW)
    assert result.rule.valid_from == date(2024, 12, 1)
    assert "antaranews.com/berita/4402101" in result.rule.source
    assert result.percent == Fraction(3, 10)


@pytest.mark.parametrize(
    ("criteria", "category", "group"),
    [
        ("UMI", None, FeeGroup.MICRO),
        ("UKE", None, FeeGroup.REGULAR),
        ("UME", None, FeeGroup.REGULAR),
        ("UBE", None, FeeGroup.REGULAR),
        ("URE", None, FeeGroup.REGULAR),
        ("", None, FeeGroup.REGULAR),
        ("PSO", None, FeeGroup.PUBLIC_SERVICE),
        ("BLU", None, FeeGroup.PUBLIC_SERVICE),
        ("UKE", FeeGroup.FUEL, FeeGroup.FUEL),
        ("UMI", FeeGroup.SOCIAL, FeeGroup.SOCIAL),
    ],
)
def test_groups(criteria, category, group):
    assert fee_group(criteria, category) is group


# Rp1.050 x 0,7% = Rp7,35; Rp1.500 x 0,7% = Rp10,5.
@pytest.mark.parametrize(
    ("rounding", "of_1050", "of_1500"),
    [(Rounding.DOWN, 7, 10), (Rounding.HALF_UP, 7, 11), (Rounding.UP, 8, 11)],
)
def test_rounding_is_the_provider_s(rounding, of_1050, of_1500):
    tariff = Tariff(TARIFF.rules, rounding)
    assert tariff.fee(1_050, FeeGroup.REGULAR, NOW).fee == of_1050
    assert tariff.fee(1_500, FeeGroup.REGULAR, NOW).fee == of_1500


@given(st.integers(0, 10**12), st.sampled_from(FeeGroup), st.sampled_from(Rounding))
def test_what_is_taken_and_what_is_left_is_the_whole(amount, group, rounding):
    result = Tariff(TARIFF.rules, rounding).fee(amount, group, NOW)
    assert result.fee + result.net == amount
    assert 0 <= result.fee <= amount
    assert abs(result.fee - amount * result.percent / 100) < 1


def test_a_day_without_a_known_rate_is_said():
    with pytest.raises(InputError, match="1 Januari 2019"):
        TARIFF.fee(1_000, FeeGroup.MICRO, date(2019, 1, 1))


def test_other_bad_input_is_said():
    with pytest.raises(InputError, match="nol"):
        TARIFF.fee(-1, FeeGroup.MICRO, NOW)
    with pytest.raises(InputError, match="UMI"):
        fee_group("UMKM")


@pytest.mark.parametrize(
    "steps",
    [
        (),
        (Step(Fraction(1), 100),),
        (Step(Fraction(1)), Step(Fraction(2))),
        (Step(Fraction(1), 500), Step(Fraction(1), 100), Step(Fraction(2))),
        (Step(Fraction(-1)),),
        (Step(Fraction(100)),),
    ],
)
def test_rules_that_make_no_sense_are_refused(steps):
    with pytest.raises(ValueError, match=r"step|rate"):
        FeeRule(FeeGroup.MICRO, NOW, steps, "Contoh", NOW)
