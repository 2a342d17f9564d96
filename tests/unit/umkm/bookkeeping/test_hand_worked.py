"""Ledgers worked by hand, step by step, with pencil and T-accounts; the code must agree.

Warung Bu Siti (dagang), November 2026. Cash / other accounts after each line:

 1  opening: own money 2.000.000           cash 2.000.000; capital 2.000.000
 1  opening: goods 3.000.000               stock 3.000.000; capital 5.000.000
 2  rack for 1.200.000, 24 months          cash 800.000; equipment 1.200.000
 3  buys goods on credit, Pak Haji 900.000 stock 3.900.000; payables 900.000
 3  freight 50.000                         cash 750.000; stock 3.950.000
 5  sells for cash 1.500.000               cash 2.250.000; sales 1.500.000
 6  sells on credit, Bu Ani 400.000        receivables 400.000; sales 1.900.000
 8  sells by QRIS 600.000                  pending 600.000; sales 2.500.000
 9  QRIS arrives, MDR 1.800                bank 598.200; MDR 1.800; pending 0
12  pays Pak Haji 500.000                  cash 1.750.000; payables 400.000
15  Bu Ani pays 150.000                    cash 1.900.000; receivables 250.000
18  takes 300.000 for the home             cash 1.600.000; drawings 300.000
20  electricity 120.000                    cash 1.480.000
22  borrows 2.000.000 from BRI             bank 2.598.200; loan 2.000.000
25  returns goods to Pak Haji 100.000      stock 3.850.000; payables 300.000
26  goods spoilt 40.000                    stock 3.810.000; losses 40.000
28  instalment 220.000, 20.000 interest    cash 1.260.000; loan 1.800.000; interest 20.000
29  a buyer's goods come back, 50.000      cash 1.210.000; returns 50.000
30  counts the stock: 2.200.000            HPP 3.810.000 - 2.200.000 = 1.610.000

Depreciation of November: 1.200.000 / 24 = 50.000.

HPP the other way: 3.000.000 + 900.000 + 50.000 - 100.000 - 40.000 - 2.200.000 = 1.610.000.
Net sales 2.500.000 - 50.000 = 2.450.000; gross profit 840.000.
Expenses: electricity 120.000 + MDR 1.800 + depreciation 50.000 + losses 40.000 = 211.800.
Operating profit 628.200; interest 20.000; profit 608.200.

Assets: cash 1.210.000 + bank 2.598.200 + receivables 250.000 + stock 2.200.000 = 6.258.200;
        equipment 1.200.000 - 50.000 = 1.150.000; together 7.408.200.
Liabilities: 300.000 + 1.800.000 = 2.100.000.
Equity: 5.000.000 - 300.000 + 608.200 = 5.308.200. Together 7.408.200.
"""

from datetime import date

import pytest
from tests.unit.umkm.bookkeeping.books import TODAY, book, tx

from umkm.bookkeeping import cost_of_sales, statements, summary, trial_balance
from umkm.bookkeeping.notes import notes

FIRST = date(2026, 11, 1)


@pytest.fixture(scope="module")
def siti():
    return book(
        tx("setor-modal", 1, 2_000_000),
        tx("awal-stok", 1, 3_000_000),
        tx("beli-alat", 2, 1_200_000, category="peralatan", months=24, note="Rak kayu"),
        tx("beli-stok-utang", 3, 900_000, "Pak Haji"),
        tx("ongkir-stok", 3, 50_000),
        tx("jual-tunai", 5, 1_500_000),
        tx("jual-bon", 6, 400_000, "Bu Ani"),
        tx("jual-qris", 8, 600_000),
        tx("qris-cair", 9, 600_000, fee=1_800),
        tx("bayar-utang", 12, 500_000, "pak haji"),
        tx("terima-bon", 15, 150_000, "Bu  Ani"),
        tx("ambil-pribadi", 18, 300_000),
        tx("bayar-beban", 20, 120_000, category="listrik"),
        tx("pinjaman-masuk", 22, 2_000_000, "BRI", money="bank"),
        tx("retur-beli-utang", 25, 100_000, "Pak Haji"),
        tx("stok-rusak", 26, 40_000),
        tx("angsuran", 28, 220_000, "BRI", interest=20_000),
        tx("retur-jual", 29, 50_000),
        tx("hitung-stok", 30, 2_200_000),
    )


def test_the_month_of_a_shop(siti):
    made = statements(siti, FIRST, TODAY)
    assert made.income.sales == 2_500_000
    assert made.income.cost.total == 1_610_000
    assert made.income.gross_profit == 840_000
    assert made.income.profit == 608_200
    assert made.position.assets == 7_408_200
    assert made.position.liabilities == 2_100_000
    assert made.position.equity == 5_308_200
    assert made.position.ties
    assert made.notices == ()


def test_every_account_of_that_month(siti):
    assert trial_balance(siti, TODAY) == {
        "1101": 1_210_000,
        "1102": 2_598_200,
        "1201": 250_000,
        "1301": 2_200_000,
        "1401": 1_200_000,
        "1409": -50_000,
        "2101": -300_000,
        "2102": -1_800_000,
        "3101": -5_000_000,
        "3102": 300_000,
        "4101": -2_500_000,
        "4109": 50_000,
        "5101": 1_610_000,
        "6103": 120_000,
        "6107": 1_800,
        "6108": 50_000,
        "6109": 40_000,
        "7101": 20_000,
    }


def test_the_rows_people_read(siti):
    made = statements(siti, FIRST, TODAY)
    read = {row.label: row.amount for row in made.income.rows}
    assert read["Persediaan awal"] == 3_000_000
    assert read["Rusak, hilang, dan diambil untuk rumah"] == -40_000
    assert read["Laba kotor"] == 840_000
    assert read["Laba usaha"] == 628_200
    assert read["Laba sebelum pajak"] == read["Laba bersih"] == 608_200
    read = {row.label: row.amount for row in made.position.rows}
    assert read["Jumlah aset"] == read["Jumlah liabilitas dan ekuitas"] == 7_408_200
    assert read["Ambilan pribadi (prive)"] == -300_000
    assert read["Akumulasi penyusutan"] == -50_000


def test_the_notes_say_who_owes_and_what_is_owned(siti):
    said = {note.title: note.lines for note in notes(siti, statements(siti, FIRST, TODAY), "Toko")}
    assert said["Bon pelanggan"] == ("Bu Ani: Rp250.000, sejak 6 November 2026.",)
    assert said["Utang ke pemasok"] == ("Pak Haji: Rp300.000, sejak 3 November 2026.",)
    assert said["Alat"] == ("Rak kayu: dibeli Rp1.200.000, sisa nilai Rp1.150.000.",)


def test_money_at_a_glance(siti):
    # In: 2.000.000 + 1.500.000 + 598.200 + 150.000 + 2.000.000.
    # Out: 1.200.000 + 50.000 + 500.000 + 300.000 + 120.000 + 220.000 + 50.000.
    seen = summary(siti, FIRST, TODAY)
    assert (seen.money_in, seen.money_out, seen.held) == (6_248_200, 2_440_000, 3_808_200)
    assert seen.private == 300_000
    assert next(iter(seen.spent.items())) == ("Beli alat", 1_200_000)
    assert seen.spent["Listrik, air, internet"] == 120_000
    assert seen.by_day[date(2026, 11, 5)] == (1_500_000, 0)
    assert len(seen.by_day) == 30


def test_the_next_month_begins_where_this_one_ended(siti):
    later = siti.with_(tx("jual-tunai", date(2026, 12, 3), 700_000), date(2026, 12, 31))
    later = later.with_(tx("hitung-stok", date(2026, 12, 31), 1_900_000), date(2026, 12, 31))
    made = statements(later, date(2026, 12, 1), date(2026, 12, 31))
    # 700.000 - (2.200.000 - 1.900.000) - 50.000 depreciation.
    assert made.income.profit == 350_000
    read = {row.label: row.amount for row in made.position.rows}
    assert read["Saldo laba sebelum masa ini"] == 608_200
    assert made.position.ties


@pytest.mark.parametrize(
    ("amounts", "hpp"),
    [
        # id.scribd.com/document/689346404, exercises 2 and 3; returns with purchase discounts.
        ((20_000_000, 12_000_000, 50_000, 1_250_000, 8_000_000), 22_800_000),
        ((75_000_000, 115_000_000, 21_500_000, 27_500_000, 96_500_000), 87_500_000),
    ],
)
def test_hpp_of_a_textbook(amounts, hpp):
    opening, purchases, freight, returns, closing = amounts
    ledger = book(
        tx("awal-stok", 1, opening),
        tx("beli-stok", 2, purchases),
        tx("ongkir-stok", 3, freight),
        tx("retur-beli", 4, returns),
        tx("hitung-stok", 30, closing),
    )
    assert cost_of_sales(ledger, FIRST, TODAY).total == hpp
    assert ledger.balance("5101") == hpp


def test_a_service_uses_supplies_and_has_no_hpp():
    """Cukur Mang Udin: 500.000 in, supplies 200.000, earns 900.000, supplies left 80.000."""
    ledger = book(
        tx("setor-modal", 1, 500_000),
        tx("beli-stok", 2, 200_000),
        tx("jual-tunai", 3, 900_000),
        tx("hitung-stok", 30, 80_000),
        business="jasa",
    )
    made = statements(ledger, FIRST, TODAY)
    assert made.income.profit == 900_000 - 120_000
    assert made.position.assets == 500_000 - 200_000 + 900_000 + 80_000
    assert "Laba kotor" not in {row.label for row in made.income.rows}
    assert ledger.balance("6110") == 120_000


def test_food_counts_ingredients_and_packaging_apart():
    """Dapur Teh Lia: flour 300.000, boxes 100.000; left 50.000 of flour, 60.000 of boxes."""
    ledger = book(
        tx("setor-modal", 1, 1_000_000),
        tx("beli-stok", 2, 300_000),
        tx("beli-stok", 2, 100_000, category="kemasan"),
        tx("jual-tunai", 9, 800_000),
        tx("hitung-stok", 30, 50_000),
        tx("hitung-stok", 30, 60_000, category="kemasan"),
        business="kuliner",
    )
    assert (ledger.balance("1302"), ledger.balance("1303")) == (50_000, 60_000)
    assert statements(ledger, FIRST, TODAY).income.profit == 800_000 - 250_000 - 40_000
