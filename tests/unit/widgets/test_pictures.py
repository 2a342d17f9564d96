"""The fictional shop's month: its pictures, and the figures that lessons tell of it."""

from datetime import date

import pytest

from umkm import InputError
from umkm.bookkeeping import statements
from umkm_widgets import pictures

BOOK = "kas-warung-bu-siti.csv"


@pytest.fixture
def lessons(request, monkeypatch):
    """What pictures display while a lesson of the course runs."""
    folder = request.config.rootpath / "courses" / "pembukuan" / "lessons"
    monkeypatch.chdir(folder)
    shown = []

    def show(data, *, raw, metadata):
        assert (raw, metadata) == (True, {})
        shown.append(data)

    monkeypatch.setattr("IPython.display.display", show)
    return folder, shown


def _said(folder, slug):
    return (folder / f"{slug}.ipynb").read_text(encoding="utf-8")


def test_the_lessons_tell_the_figures_of_the_cash_book(lessons):
    folder, _ = lessons
    book = pictures.read_book(BOOK)
    first, last = date(2026, 10, 1), date(2026, 10, 31)
    found = statements(book, first, last)
    # By hand: 3.200.000 + 21.100.000 + 100.000 - 2.950.000 = 21.450.000 of goods sold; expenses
    # 300.000 + 180.000 + 2 x 60.000; drawings 31 x 75.000 + 650.000.
    assert found.income.sales == 25_455_000 == found.income.gross_profit + 21_450_000
    assert found.income.profit == 3_405_000 == 4_005_000 - 600_000
    assert book.balance("1101", last) == 1_495_000
    assert book.balance("3102", last) == 2_975_000
    assert book.balance("1201", last) == 85_000
    assert found.position.ties
    for amount in ("25.455.000", "1.495.000"):
        assert amount in _said(folder, "06-untung-atau-ramai")
    for amount in ("25.455.000", "21.450.000", "600.000", "3.405.000", "2.975.000", "595.000"):
        assert amount in _said(folder, "07-laporan-sebulan")
    # Profit 3.405.000 less 2.975.000 taken home less 85.000 lent, plus 250.000 less of stock.
    assert 1_495_000 - 900_000 == 595_000 == 3_405_000 - 2_975_000 - 85_000 + 250_000


def test_a_month_is_drawn_with_its_numbers_beside_it(lessons):
    _, shown = lessons
    pictures.month_cash(BOOK)
    (data,) = shown
    assert "<svg" in data["text/html"]
    assert data["text/html"].count("<tr>") == 31
    assert data["text/plain"].startswith("Isi laci usaha setiap tutup: 1 Oktober Rp1.605.000; ")
    assert data["text/plain"].endswith("31 Oktober Rp1.495.000")


def test_where_money_went_begins_with_the_most(lessons):
    _, shown = lessons
    pictures.money_went(BOOK)
    assert shown[0]["text/plain"].startswith(
        "Ke mana uang kas pergi: Beli stok tunai Rp21.100.000; Ambil uang pribadi Rp2.975.000; "
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "tanggal,jenis,jumlah,nama,golongan,catatan\n",
        "tanggal,jenis\n2026-10-01,jual-tunai\n",
        "tanggal,jenis,jumlah,nama,golongan,catatan\n2026-13-01,jual-tunai,5,,,\n",
        "tanggal,jenis,jumlah,nama,golongan,catatan\n2026-10-01,curi,5,,,\n",
        "tanggal,jenis,jumlah,nama,golongan,catatan\n2026-10-01,jual-tunai,lima,,,\n",
    ],
)
def test_a_book_that_says_nothing_is_refused(tmp_path, monkeypatch, text):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "buku.csv").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError, match=r"buku\.csv"):
        pictures.read_book("buku.csv")


def test_a_book_that_is_not_there_is_named(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError, match=r"Buku kas lain\.csv tidak ada"):
        pictures.read_book("lain.csv")
