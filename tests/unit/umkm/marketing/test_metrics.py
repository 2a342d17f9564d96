"""Figures of advertisements, against the worked examples of those who publish the formulas."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from umkm.marketing import metrics
from umkm.marketing.metrics import Measure

whole = st.integers(-(10**15), 10**15)


def test_shopees_own_click_rate():
    # iklanku.shopee.co.id/learn/faq/57/8: 100 views and 10 clicks are 10 %.
    rate = metrics.click_rate(10, 100)
    assert (rate.value, rate.written) == (Fraction(1, 10), "10%")
    assert rate.sentence == "Dari 100 orang yang melihat, 10 mengetuk."


def test_a_campaign_by_hand():
    # Rp150.000 bought 12.000 views, 300 clicks, 9 orders of Rp630.000 together.
    assert metrics.cost_per_click(150_000, 300).written == "Rp500"
    assert metrics.cost_per_thousand_views(150_000, 12_000).written == "Rp12.500"
    assert metrics.cost_per_order(150_000, 9).written == "Rp16.667"
    assert metrics.conversion(9, 300).written == "3%"
    assert metrics.average_order(630_000, 9).written == "Rp70.000"
    assert metrics.return_on_ads(630_000, 150_000).value == Fraction(21, 5)
    assert metrics.cost_of_sales(150_000, 630_000).written == "23,81%"
    assert metrics.return_on_ads(630_000, 150_000).sentence == (
        "Setiap Rp1.000 biaya iklan membawa omzet Rp4.200. Ini omzet, belum untung."
    )


def test_the_advertisement_that_earns_nothing():
    # Of Rp10.000 a quarter is left: Rp4 of sales for each Rupiah spent bring back Rp1.
    line = metrics.break_even_roas(Fraction(1, 4))
    assert (line.value, line.written) == (4, "4 kali")
    assert line.sentence.endswith("Di bawah itu, berhenti.")
    assert metrics.break_even_roas(Fraction(0)).value is None
    assert "menambah rugi" in metrics.break_even_roas(Fraction(-1, 10)).sentence


def test_roi_is_not_roas():
    # Sales 630.000, goods 400.000 and advertisement 150.000: 80.000 on 550.000.
    roi = metrics.return_on_investment(630_000, 550_000)
    assert roi.value == Fraction(8, 55)
    assert roi.sentence == "Setiap Rp1.000 biaya menjadi untung Rp145."
    assert "rugi Rp200" in metrics.return_on_investment(80, 100).sentence


def test_a_customers_years():
    # onino.web.id: average order x orders a year x years.
    value = metrics.lifetime_value(50_000, Fraction(12), Fraction(2))
    assert (value.value, value.written) == (1_200_000, "Rp1.200.000")


@pytest.mark.parametrize(
    ("measure", "says"),
    [
        (metrics.click_rate(0, 0), "Belum ada tayangan"),
        (metrics.click_rate(11, 10), "tidak bisa lebih banyak dari tayangan"),
        (metrics.cost_per_click(5_000, 0), "Belum ada klik"),
        (metrics.return_on_ads(100, 0), "Belum ada biaya iklan"),
        (metrics.average_order(-1, 3), "Omzet tidak boleh kurang dari nol"),
        (metrics.conversion(1, 0, "pengunjung"), "Belum ada pengunjung"),
        (metrics.cost_per_order(10**15, 3), "1.000.000.000.000.000"),
        (metrics.repeat_rate(5, 4), "tidak bisa lebih banyak"),
        (metrics.return_on_investment(5, 0), "Belum ada biaya"),
        (metrics.lifetime_value(10**12, Fraction(12), Fraction(9)), "terlalu besar"),
        (metrics.break_even_roas(Fraction(3, 2)), "lebih dari 100 persen"),
    ],
)
def test_where_nothing_can_be_reckoned_a_sentence_says_so(measure: Measure, says: str):
    assert measure.value is None
    assert measure.written == "–"
    assert says in measure.sentence


@given(whole, whole)
def test_no_pair_of_numbers_raises(first: int, second: int):
    for figure in (
        metrics.click_rate,
        metrics.cost_per_click,
        metrics.cost_per_thousand_views,
        metrics.cost_per_order,
        metrics.conversion,
        metrics.average_order,
        metrics.return_on_ads,
        metrics.cost_of_sales,
        metrics.return_on_investment,
        metrics.repeat_rate,
    ):
        assert figure(first, second).sentence.endswith(".")
