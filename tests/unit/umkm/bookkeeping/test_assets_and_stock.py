"""Straight-line depreciation, stock counts, pieces at average cost."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.umkm.bookkeeping.books import TODAY, book, tx

from umkm.bookkeeping import Asset, Counted, Item, assets, count_value, statements
from umkm.bookkeeping.errors import ItemShort, WrongAmount
from umkm.bookkeeping.kinds import UNDO


@pytest.mark.parametrize(
    ("until", "written_off"),
    [
        # 4.800.000 over 48 months is 100.000 a month.
        (date(2026, 1, 30), 0),
        (date(2026, 1, 31), 100_000),
        (date(2026, 2, 27), 100_000),
        (date(2026, 12, 31), 1_200_000),
        (date(2029, 12, 31), 4_800_000),
        (date(2035, 1, 1), 4_800_000),
    ],
)
def test_a_motorbike(until, written_off):
    motorbike = Asset("Motor", "1402", date(2026, 1, 15), 4_800_000, 48)
    assert motorbike.depreciation(until) == written_off
    assert motorbike.book_value(until) == 4_800_000 - written_off


@given(st.integers(1, 10**9), st.integers(1, 600))
def test_all_of_it_is_written_off_in_the_end_and_never_more(cost, months):
    asset = Asset("x", "1401", date(2026, 1, 1), cost, months)
    off = [asset.depreciation(date(2026 + year, 12, 31)) for year in range(51)]
    assert off == sorted(off)
    assert off[-1] == cost


def test_an_undone_purchase_wears_out_nothing():
    stove = tx("beli-alat", 1, 600_000, category="peralatan", months=12)
    ledger = book(tx("setor-modal", 1, 600_000), stove, tx(UNDO, 5, undoes=stove.id))
    assert assets(ledger, TODAY) == []
    assert statements(ledger, date(2026, 11, 1), TODAY).income.profit == 0


def test_what_a_count_is_worth():
    # 12,5 kg at 14.000 = 175.000; 7 pieces at 3.333 = 23.331.
    lines = [Counted("Beras", Fraction("12.5"), 14_000), Counted("Kecap", Fraction(7), 3_333)]
    assert count_value(lines) == 198_331
    with pytest.raises(WrongAmount, match="Beras"):
        count_value([Counted("Beras", Fraction(-1), 14_000)])


def test_average_cost():
    # 10 for 100.000, then 10 for 120.000: 11.000 each; 5 leave with 55.000.
    rice = Item("Beras").bought(Fraction(10), 100_000).bought(Fraction(10), 120_000)
    rest, cost = rice.issued(Fraction(5))
    assert (cost, rest.quantity, rest.value) == (55_000, 15, 165_000)
    assert rest.text == "Beras: 15 senilai Rp165.000"
    with pytest.raises(ItemShort, match="Beras tinggal 15"):
        rest.issued(Fraction("15.1"))
    with pytest.raises(WrongAmount):
        rest.issued(Fraction(0))
    assert rest.issued(Fraction(15)) == (Item("Beras"), 165_000)


def test_a_month_without_a_count_says_so():
    ledger = book(tx("beli-stok", 1, 50_000), tx("jual-tunai", 2, 80_000))
    notices = statements(ledger, date(2026, 11, 1), TODAY).notices
    assert any("Stok belum dihitung" in notice for notice in notices)


def test_cash_below_nothing_is_told_not_refused():
    ledger = book(tx("bayar-beban", 1, 50_000, category="sewa"))
    (notice,) = statements(ledger, date(2026, 11, 1), TODAY).notices
    assert notice.startswith("Kas menurut catatan kurang dari nol")
