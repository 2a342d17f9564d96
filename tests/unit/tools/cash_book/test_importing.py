"""Old lists, and files that are none: every row is taken or refused with its reason."""

import io
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from umkm.bookkeeping import Ledger, Transaction
from umkm.bookkeeping.kinds import UNDO
from umkm.errors import InputError
from umkm_tools.cash_book.found_rows import chosen, fresh
from umkm_tools.cash_book.importing import MOST_ROWS, SideUnknown, read_list
from umkm_tools.cash_book.sample import sample_book_store
from umkm_tools.cash_book.screens import Look
from umkm_tools.cash_book.screens.look import made_up
from umkm_tools.cash_book.workbook import workbook

TODAY = date(2026, 11, 25)
LIST = """Buku Warung Siti;;;
Tanggal;Keterangan;Masuk;Keluar
2/11/2026;jualan hari ini;Rp 150.000;
2/11/2026;beli gula dan kopi;;75.000
3 Nov 2026;token listrik;;100rb
4/11/26;belanja rumah;;50.000
5/11/2026;modal dari suami;1 jt;
;;;
"""


def xlsx(*rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def told(found):
    return [(t.on.day, t.kind, t.category, t.amount) for t in found.transactions]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("mark", [";", ",", "\t"])
def test_a_list_as_people_keep_it(encoding, mark):
    text = LIST if mark == ";" else LIST.replace(";", mark)
    found = read_list(text.encode(encoding), TODAY)
    assert told(found) == [
        (2, "jual-tunai", "", 150_000),
        (2, "beli-stok", "barang", 75_000),
        (3, "bayar-beban", "listrik", 100_000),
        (4, "ambil-pribadi", "", 50_000),
        (5, "setor-modal", "", 1_000_000),
    ]
    assert found.refused == []


def test_a_workbook_with_real_days_and_numbers():
    found = read_list(
        xlsx(
            ["Tanggal", "Jenis", "Nama", "Jumlah"],
            [
                datetime(2026, 11, 2),  # noqa: DTZ001  # workbooks know no zones
                "Jual bon",
                "Bu Ani 🙂",
                50_000,
            ],
            [date(2026, 11, 3), "jual tunai", None, 12_500.0],
            ["4/11/2026", "Bayar biaya usaha", "", "20rb"],
        ),
        TODAY,
    )
    assert told(found) == [
        (2, "jual-bon", "", 50_000),
        (3, "jual-tunai", "", 12_500),
        (4, "bayar-beban", "lain", 20_000),
    ]
    assert found.transactions[0].person == "Bu Ani 🙂"


def test_refused_rows_say_which_and_why():
    rows = """Tanggal,Keterangan,Masuk,Keluar
3/11/0026,x,5.000,
3/12/2026,x,5.000,
kemarin,x,5.000,
3/11/2026,x,,
3/11/2026,x,5.000,6.000
3/11/2026,x,banyak,
3/11/2026,jual x,1000000000000000,
3/11/2026,jual x,5.000,
"""
    found = read_list(rows.encode(), TODAY)
    reasons = dict(found.refused)
    assert list(reasons) == [2, 3, 4, 5, 6, 7]
    assert reasons[2] == "Tahun 0026 belum benar. Maksud Anda 2026?"
    assert "belum tiba" in reasons[3]
    assert "Tanggal" in reasons[4]
    assert "kosong" in reasons[5]
    assert "dua baris" in reasons[6]
    assert "banyak" in reasons[7]
    # The amount of 10^15 is readable; the book itself refuses it.
    _, refused = Ledger.of("dagang").with_all(found.transactions, TODAY)
    (row,) = [row for row in found.rows if row.transaction == refused[0].transaction]
    assert row.number == 8


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "kosong"),
        (b"   \n", "kosong"),
        (b"%PDF-1.7 renamed to daftar.xlsx", "PDF"),
        (b"\xd0\xcf\x11\xe0old", "xlsx"),
        (b"\x89PNG....", "foto"),
        (b"PK\x03\x04broken", "rusak"),
        (b"\x00\x01\x02\x03" * 50, "bukan daftar"),
        (b"halo,dunia\n1,2\n", "Judul kolom"),
        (b"Tanggal,Masuk\n", "tidak berisi"),
        (b"x" * 2_000_001, "terlalu besar"),
    ],
)
def test_files_that_are_no_list(content, said):
    with pytest.raises(InputError, match=said):
        read_list(content, TODAY)


@pytest.mark.slow
def test_another_zip_and_a_zip_that_swells():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("surat.txt", "halo")
    with pytest.raises(InputError, match="rusak"):
        read_list(file.getvalue(), TODAY)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 61_000_000)
    with pytest.raises(InputError, match="terlalu besar"):
        read_list(file.getvalue(), TODAY)


def test_newest_first_is_turned_round():
    # On 3 November the payment stands above the bon, since it came later.
    rows = """Tanggal,Jenis,Nama,Jumlah
4/11/2026,Jual tunai,,1.000
3/11/2026,Bon dibayar,Bu Ani,5.000
3/11/2026,Jual bon,Bu Ani,5.000
2/11/2026,Jual tunai,,1.000
"""
    _, refused = Ledger.of("dagang").with_all(read_list(rows.encode(), TODAY).transactions, TODAY)
    assert refused == []


def test_the_same_file_again_has_the_same_ids():
    one, other = (read_list(LIST.encode(), TODAY) for _ in range(2))
    assert [t.id for t in one.transactions] == [t.id for t in other.transactions]


@pytest.mark.slow
def test_only_so_many_rows():
    rows = "Tanggal,Masuk\n" + "2/11/2026,1.000\n" * (MOST_ROWS + 10)
    found = read_list(rows.encode(), TODAY)
    assert len(found.rows) == MOST_ROWS
    assert found.refused == [(MOST_ROWS + 2, f"Paling banyak {MOST_ROWS} baris sekali ambil.")]


@given(st.binary(max_size=400) | st.text(max_size=200).map(lambda t: t.encode("utf-8", "replace")))
def test_any_bytes_are_a_list_or_a_sentence(content):
    try:
        read_list(b"Tanggal,Keterangan,Masuk,Jumlah\n" + content, TODAY)
        read_list(content, TODAY)
    except InputError as refused:
        assert refused.message  # noqa: PT017


DATA = Path(__file__).with_name("data")
LATER = date(2026, 11, 29)


def of(name, **more):
    return read_list((DATA / f"{name}.csv").read_bytes(), LATER, **more)


def taken(ledger, found, **answers):
    return ledger.with_all(chosen(fresh(found, ledger), answers), LATER)[0]


# The reviewers' twenty everyday lines, and more: what each may become without asking. Never a guess.
@pytest.mark.parametrize(
    ("words", "came", "kind"),
    [
        ("Pinjaman BRI cair", True, "refused"),
        ("Pinjaman KUR", True, "refused"),
        ("Bu Emi bayar bon", True, "refused"),
        ("Pelunasan Pak RT", True, "refused"),
        ("DP pesanan", True, "refused"),
        ("QRIS cair", True, "refused"),
        ("Uang dari suami", True, "asked"),
        ("Saldo awal", True, "asked"),
        ("Pindahan saldo", True, "asked"),
        ("Sisa kas bulan lalu", True, "asked"),
        ("Retur barang ke agen", True, "asked"),
        ("TRSF E-BANKING CR", True, "asked"),
        ("Arisan", True, "asked"),
        ("", True, "asked"),
        ("Tarik tunai ATM", True, "dari-bank"),
        ("Jual nasi uduk", True, "jual-tunai"),
        ("Penjualan QRIS", True, "jual-qris"),
        ("Setor modal", True, "setor-modal"),
        ("Bayar utang agen", False, "refused"),
        ("Cicilan BRI", False, "refused"),
        ("Bayar cicilan KUR", False, "refused"),
        ("Beli etalase kaca", False, "refused"),
        ("Setor ke bank", False, "ke-bank"),
        ("Setor bank BRI", False, "ke-bank"),
        ("Belanja dapur", False, "asked"),
        ("Sumbangan pengajian", False, "asked"),
        ("Air mineral dus", False, "asked"),
        ("Bayar pajak", False, "asked"),
        ("Ongkos angkut", False, "asked"),
        ("Pembeli retur, uang kembali", False, "asked"),
        ("Gaji Ujang", False, "bayar-beban"),
        ("Token listrik", False, "bayar-beban"),
        ("Beli beras", False, "beli-stok"),
        ("Jajan anak", False, "ambil-pribadi"),
    ],
)
def test_nothing_is_guessed_to_be_a_sale_or_an_expense(words, came, kind):
    row = f"27/11/2026;{words};{'5.000' if came else ''};{'' if came else '5.000'}"
    found = read_list(f"Tanggal;Keterangan;Masuk;Keluar\n{row}\n".encode(), LATER)
    if kind == "refused":
        assert found.rows == []
        assert "Catat lewat halaman Catat" in found.refused[0][1]
        return
    (one,) = found.rows
    assert (one.transaction.kind or "asked") == kind
    assert bool(one.choices) == (kind == "asked")


def test_openings_and_loans_are_no_sales():
    found = of("03-saldo-awal")
    assert told(found) == [(27, "jual-tunai", "", 150_000)]
    (asked,) = [row for row in found.rows if row.choices]
    assert asked.choices == (("setor-modal", ""),)
    loans = of("04-pinjaman")
    assert [row for row, _ in loans.refused] == [2, 3]
    # With the name in a column of its own a loan can be taken.
    named = b"Tanggal;Keterangan;Nama;Masuk\n2/11/2026;Pinjaman KUR;Bank BRI;5.000.000\n"
    (loan,) = read_list(named, LATER).transactions
    assert (loan.kind, loan.person) == ("pinjaman-masuk", "Bank BRI")


def test_what_is_asked_goes_in_as_answered_or_not_at_all():
    found = of("03-saldo-awal")
    empty = Ledger.of("dagang")
    assert [t.kind for t in taken(empty, found).transactions] == ["jual-tunai"]
    answers = {"masuk: saldo awal": ("setor-modal", "")}
    (capital, _sale) = chosen(fresh(found, empty), answers)
    assert (capital.kind, capital.amount) == ("setor-modal", 500_000)
    # Nobody may answer with what was not offered.
    assert len(chosen(fresh(found, empty), {"masuk: saldo awal": ("jual-tunai", "")})) == 1


def test_a_longer_list_adds_only_what_is_new():
    """In whatever order its rows stand."""
    week = taken(Ledger.of("dagang"), of("01a-kas-minggu-lalu"))
    assert len(week.transactions) == 2
    assert fresh(of("01a-kas-minggu-lalu"), week) == []
    more = taken(week, of("01b-kas-minggu-ini"))
    assert sorted(t.amount for t in more.transactions) == [50_000, 70_000, 150_000]
    turned = (DATA / "01b-kas-minggu-ini.csv").read_text().splitlines()
    other = "\n".join(["Buku Warung;;;", turned[0], *turned[:0:-1]]).encode()
    assert fresh(read_list(other, LATER), more) == []
    # Two equal rows are two; a third one is new.
    twice = (
        DATA / "14-undo-lalu-ambil-lagi.csv"
    ).read_bytes() * 1 + b"27/11/2026;Jual nasi;150.000;\n"
    assert len(fresh(read_list(twice, LATER), more)) == 1


def test_what_was_undone_may_come_again():
    found = of("14-undo-lalu-ambil-lagi")
    once = taken(Ledger.of("dagang"), found)
    undone = once.with_(Transaction("u", UNDO, LATER, undoes=once.transactions[0].id), LATER)
    again = taken(undone, found)
    assert [t.kind for t in again.transactions] == ["jual-tunai", UNDO, "jual-tunai"]
    assert fresh(found, again) == []


def test_what_was_answered_before_is_not_asked_again():
    rows = b"Tanggal;Keterangan;Masuk;Keluar\n27/11/2026;Sumbangan;;20.000\n"
    found = read_list(rows, LATER)
    book = taken(Ledger.of("dagang"), found, **{"keluar: sumbangan": ("ambil-pribadi", "")})
    assert book.transactions[0].kind == "ambil-pribadi"
    assert fresh(found, book) == []


def test_our_own_workbook_adds_nothing_to_its_own_book():
    store = sample_book_store(LATER, None)
    ledger = store.read()
    look = Look(day=LATER)
    content = workbook(ledger, made_up(ledger, look, LATER), "Warung")
    found = read_list(content, LATER)
    assert found.rows
    assert fresh(found, ledger) == []


def test_a_bank_s_list_is_asked_about():
    with pytest.raises(SideUnknown, match="mutasi rekening"):
        of("02-mutasi-debit-kredit")
    bank = of("02-mutasi-debit-kredit", side="bank")
    assert [(r.came, r.transaction.kind, r.transaction.amount, r.transaction.money) for r in bank.rows] == [
        (True, "", 250_000, "bank"), (False, "dari-bank", 100_000, "bank"),
    ]  # fmt: skip
    cash = of("02-mutasi-debit-kredit", side="kas")
    assert [(r.came, r.transaction.amount) for r in cash.rows] == [
        (False, 250_000),
        (True, 100_000),
    ]


def test_months_first_days_once_and_headings_with_more_words():
    rows = b"Tanggal;Keterangan;Masuk;Keluar\n11/05/2026;Jual a;1.000;\n11/13/2026;Jual b;2.000;\n"
    found = read_list(rows, LATER)
    assert [t.on for t in found.transactions] == [date(2026, 11, 5), date(2026, 11, 13)]
    assert found.month_first
    assert [(t.on.day, t.amount) for t in of("09-tanggal-sekali-sehari").transactions] == [
        (27, 150_000), (27, 50_000), (27, 70_000),
    ]  # fmt: skip
    assert of("09-tanggal-sekali-sehari").refused == []
    assert told(of("08-judul-kolom-rp")) == [(27, "jual-tunai", "", 150_000)]
    assert [t.amount for t in of("07-koma-dalam-keterangan").transactions] == [
        150_000,
        120_000,
        90_000,
    ]
    assert [t.on.day for t in of("15-tanggal-berhari").transactions] == [27, 27]
