"""The cash book's workbook, opened by a real LibreOffice, comes to the same sums as the book."""

import subprocess
from datetime import date

import pytest
from openpyxl import load_workbook
from tests.support.find_office import find_office

from umkm.bookkeeping import Ledger, Transaction, receivables, statements, trial_balance
from umkm_tools.cash_book.book_store import BookOwner
from umkm_tools.cash_book.exporting import exported
from umkm_tools.cash_book.importing import read_list
from umkm_tools.cash_book.sample import sample_book_store
from umkm_tools.cash_book.screens import Look

TODAY = date(2026, 11, 25)
SITI = BookOwner("Siti", "Warung Bu Siti")


@pytest.fixture(scope="module")
def office():
    path = find_office()
    assert path, "run `make .cache/office` first"
    return path


@pytest.fixture(scope="module")
def shop():
    book = sample_book_store(TODAY).read()
    extra = [
        Transaction("1", "pinjaman-masuk", TODAY, 2_000_000, "BRI", money="bank"),
        Transaction("2", "angsuran", TODAY, 220_000, "bri", interest=20_000),
        Transaction("3", "retur-jual", TODAY, 15_000),
        Transaction("4", "qris-cair", TODAY, 180_000, fee=540),
        Transaction("5", "jual-bon", TODAY, 9_000, "BU  ANI", "=1+1"),
        Transaction("6", "jual-tunai", TODAY, 999_999),
        Transaction("7", "beli-stok", TODAY, 30_000, category="kemasan"),
    ]
    for transaction in [*extra, Transaction("8", "batal", TODAY, undoes="6")]:
        book = book.with_(transaction, TODAY)
    return book


@pytest.fixture(scope="module")
def opened(shop, office, tmp_path_factory):
    """Sheet by sheet, rows of what LibreOffice reckons."""
    folder = tmp_path_factory.mktemp("kantor")
    path = folder / "buku.xlsx"
    path.write_bytes(exported("xlsx", shop, Look(day=TODAY), TODAY, SITI).content)
    subprocess.run(
        [office, f"-env:UserInstallation=file://{folder}/profil", "--headless", "--convert-to",
         "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder / "hasil"), str(path)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    book = load_workbook(folder / "hasil" / "buku.xlsx", data_only=True)
    return {sheet.title: [[c.value for c in row] for row in sheet.iter_rows()] for sheet in book}


def labelled(rows):
    return {row[0]: row[1] for row in rows if row[0]}


def test_the_statements_are_the_same(opened, shop):
    made = statements(shop, date(2026, 11, 1), TODAY)
    income, position = labelled(opened["Laba rugi"]), labelled(opened["Posisi keuangan"])
    assert income["Laba bersih"] == made.income.profit
    assert income["Laba kotor"] == made.income.gross_profit
    for row in (*made.income.rows, *made.position.rows):
        if row.code:
            found = income if row.label in income else position
            assert found[row.label] == row.amount, row.label
    assert position["Jumlah aset"] == made.position.assets
    assert position["Jumlah liabilitas"] == made.position.liabilities
    assert position["Jumlah ekuitas"] == made.position.equity
    assert position["Selisih (harus 0)"] == 0


def test_the_trial_balance_is_the_same(opened, shop):
    rows = opened["Neraca saldo"]
    found = {str(row[0]): row[5] for row in rows[1:] if row[0] and row[5]}
    assert found == trial_balance(shop, TODAY)
    assert rows[-1][3] == rows[-1][4]


def test_debts_and_cash_are_the_same(opened, shop):
    owed = {d.person.lower().replace("  ", " "): d.amount for d in receivables(shop, TODAY)}
    found = {row[0].lower().replace("  ", " "): row[1] for row in opened["Bon"][1:-1]}
    assert {name: amount for name, amount in found.items() if amount} == owed
    held = shop.balance("1101") + shop.balance("1102")
    assert opened["Buku kas"][-1][10] == held


def test_what_a_person_wrote_is_never_a_formula(opened):
    notes = [row[4] for row in opened["Buku kas"]]
    assert "=1+1" in notes


def test_our_own_workbook_can_be_taken_in_again(shop):
    file = exported("xlsx", shop, Look(day=TODAY), TODAY, SITI).content
    found = read_list(file, TODAY)
    # What needs more than a row says (an asset's life, interest) is refused in words.
    reasons = {reason for _, reason in found.refused}
    assert reasons == {"Jenis ini perlu keterangan lain. Catat lewat halaman Catat."}
    again, refused = Ledger.of("dagang").with_all(found.transactions, TODAY)
    assert refused == []
    assert again.balance("1201") == shop.balance("1201")
    assert again.balance("4101") == shop.balance("4101")
