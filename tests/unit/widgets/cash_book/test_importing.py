"""Old lists, and files that are none: every row is taken or refused with its reason."""

import io
import zipfile
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from umkm.bookkeeping import Ledger
from umkm.errors import InputError
from umkm_widgets.cash_book.importing import MOST_ROWS, read_list

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
3/11/2026,x,1000000000000000,
3/11/2026,x,5.000,
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
    assert [found.row_of[r.transaction.id] for r in refused] == [8]


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


def test_only_so_many_rows():
    rows = "Tanggal,Masuk\n" + "2/11/2026,1.000\n" * (MOST_ROWS + 10)
    found = read_list(rows.encode(), TODAY)
    assert len(found.transactions) == MOST_ROWS
    assert found.refused == [(MOST_ROWS + 2, f"Paling banyak {MOST_ROWS} baris sekali ambil.")]


@given(st.binary(max_size=400) | st.text(max_size=200).map(lambda t: t.encode("utf-8", "replace")))
def test_any_bytes_are_a_list_or_a_sentence(content):
    try:
        read_list(b"Tanggal,Keterangan,Masuk,Jumlah\n" + content, TODAY)
        read_list(content, TODAY)
    except InputError as refused:
        assert refused.message  # noqa: PT017
