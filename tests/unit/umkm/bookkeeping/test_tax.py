"""PPh final month by month, against worked examples."""

from datetime import date
from fractions import Fraction

from tests.unit.umkm.bookkeeping.books import book, tx

from umkm.bookkeeping import FinalTaxRule, final_tax, turnover_by_month

RULE = FinalTaxRule(
    Fraction(1, 200), 500_000_000, 4_800_000_000, date(2022, 1, 1), date(2026, 11, 23), "PP 55/2022"
)


def months(*turnover, year=2023):
    return {date(year, number, 1): amount for number, amount in enumerate(turnover, 1)}


def test_tuan_h():
    # sudutpandang.id, "Penetapan batas PTKP PPh final": 100 million each month of a year;
    # nothing until May, 0,5 % of 100 million from June on, 3.500.000 altogether.
    rows = final_tax(months(*[100_000_000] * 12), RULE)
    assert [row.tax for row in rows] == [0] * 5 + [500_000] * 7
    assert sum(row.tax for row in rows) == 3_500_000


def test_only_what_passes_the_exempt_amount_is_taxed():
    # 450 million, then 120: 70 million of the second month, 350.000.
    rows = final_tax(months(450_000_000, 120_000_000, 10_000_000), RULE)
    assert [(row.taxed, row.tax) for row in rows] == [
        (0, 0),
        (70_000_000, 350_000),
        (10_000_000, 50_000),
    ]


def test_exactly_at_the_limit_nothing_is_due():
    assert final_tax(months(500_000_000), RULE)[0].tax == 0
    assert final_tax(months(500_000_199), RULE)[0].tax == 0
    assert final_tax(months(500_000_200), RULE)[0].tax == 1


def test_a_company_has_no_exempt_amount():
    assert final_tax(months(10_000_000), RULE, person=False)[0].tax == 50_000


def test_a_year_starts_anew():
    turnover = months(0, 600_000_000) | months(300_000_000, year=2024)
    assert [row.tax for row in final_tax(turnover, RULE)] == [0, 500_000, 0]


def test_beyond_the_ceiling_is_said():
    rows = final_tax(months(4_800_000_000, 1), RULE)
    assert [row.beyond for row in rows] == [False, True]


def test_turnover_is_gross_and_however_it_is_paid():
    ledger = book(
        tx("jual-tunai", date(2026, 9, 30), 100),
        tx("jual-qris", 1, 20_000),
        tx("qris-cair", 2, 20_000, fee=60),
        tx("jual-bon", 3, 7_000, "Bu Ani"),
        tx("retur-bon", 4, 2_000, "Bu Ani"),
    )
    assert turnover_by_month(ledger) == {date(2026, 9, 1): 100, date(2026, 11, 1): 27_000}
