"""The settlement check: lists of any make, what is found in them, and what goes into the book."""

import io
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from tests.unit.tools.settlement_check.lists import give, groups

from umkm.bookkeeping import Ledger, Transaction
from umkm.bookkeeping.kinds import UNDO
from umkm_tools.cash_book.book_store import BookOwner, MemoryBookStore
from umkm_tools.settlement_check.reading import lines_of
from umkm_tools.settlement_check.widget import SettlementCheck

TODAY = date(2026, 11, 25)
HEADING = "Tanggal Transaksi;Jumlah Transaksi;MDR;Jumlah Diterima;No Referensi;Status"
ROWS = (
    "23/11/2026 09:12;25.000;0;25.000;A1;Berhasil",
    "23/11/2026 10:40;18.000;0;18.000;A2;Berhasil",
    "24/11/2026 08:05;600.000;1.800;598.200;A3;Berhasil",
)
SALES = [(2, 25_000), (1, 600_000)]


def csv(*rows, heading=HEADING, encoding="utf-8"):
    return "\n".join([heading, *(rows or ROWS)]).encode(encoding)


@pytest.fixture
def store():
    sales = [
        Transaction(f"s{n}", "jual-qris", TODAY - timedelta(days=ago), amount)
        for n, (ago, amount) in enumerate(SALES)
    ]
    return MemoryBookStore(BookOwner("Siti", "Warung", "abc"), Ledger.of("dagang", sales))


@pytest.fixture
def tool(store, rates):
    return SettlementCheck(store, rates, today=lambda: TODAY)


def test_against_the_cash_book_and_into_it(tool, store):
    assert give(tool, csv())["ok"]
    assert tool.view["compared"] is None  # the book is not read before somebody asks for it
    tool.on_message({"type": "book"})
    assert groups(tool) == {"unbooked": 1, "matched": 2}
    assert tool.view["compared"]["bookable"] == 1
    tool.on_message({"type": "write", "id": "w"})
    assert tool.outcome["message"] == "1 penjualan QRIS masuk ke Buku kas."
    assert groups(tool) == {"matched": 3}
    assert tool.view["compared"]["clean"]
    sale = store.read().transactions[-1]
    assert (sale.kind, sale.amount, sale.note) == ("jual-qris", 18_000, "QRIS A2")
    tool.on_message({"type": "write"})
    assert not tool.outcome["ok"]
    # The same list on another day, after a reload: nothing is booked twice.
    again = SettlementCheck(store, today=lambda: TODAY)
    give(again, csv())
    again.on_message({"type": "book"})
    assert again.view["compared"]["bookable"] == 0


def test_fees_are_checked_for_the_class_that_was_named(tool, store):
    give(tool, csv("24/11/2026;600.000;4.200;595.800;A3;Berhasil"))
    tool.on_message({"type": "book"})
    assert groups(tool)["matched"] == 1
    tool.on_message({"type": "class", "class": "UMI"})
    assert groups(tool)["fee-wrong"] == 1
    (rule,) = tool.view["rates"]
    assert rule["rate"] == "0% sampai Rp500.000 sekali bayar, di atasnya 0,3%"
    assert (rule["since"], rule["dated"]) == ("1 Desember 2024", "1 Januari 2026")
    assert "ANTARA" in rule["source"]
    tool.on_message({"type": "class", "class": "UKE"})
    assert groups(tool)["matched"] == 1
    store.write([Transaction("old", "jual-qris", date(2015, 11, 24), 600_000)], TODAY)
    give(tool, csv("24/11/2015;600.000;4.200;595.800;A3;Berhasil"))
    assert "belum ada di daftar" in tool.view["problem"]
    assert tool.view["rates"] == []
    tool.on_message({"type": "class", "class": ["x"]})
    assert groups(tool) == {"matched": 1}


def test_days_outside_the_list_are_not_missing(tool):
    give(tool, csv("23/11/2026;25.000;0;25.000;A1;Berhasil"))
    tool.on_message({"type": "book"})
    assert groups(tool) == {"matched": 1}


def test_an_undone_sale_is_no_sale(tool, store):
    store.write([Transaction("u", UNDO, TODAY, undoes="s0")], TODAY)
    give(tool, csv())
    tool.on_message({"type": "book"})
    assert groups(tool) == {"unbooked": 2, "matched": 1}


@pytest.mark.parametrize(
    ("content", "amounts"),
    [
        (csv(encoding="utf-16"), [25_000, 18_000, 600_000]),
        (csv(encoding="utf-16-le"), [25_000, 18_000, 600_000]),
        (csv(encoding="utf-16-be"), [25_000, 18_000, 600_000]),
        (csv(encoding="utf-8-sig"), [25_000, 18_000, 600_000]),
        (csv(encoding="utf-32"), [25_000, 18_000, 600_000]),
        (csv("1/11/2026;5.000;0;5.000;Caf\xe9;ok", encoding="mac-roman"), [5_000]),
        (csv("1/11/2026;5.000;0;5.000;\u0432;ok", encoding="cp1251"), [5_000]),
        (csv("1/11/2026;5.000;0;5.000;\u6700\u4f73;ok", encoding="gb18030"), [5_000]),
        (csv().replace(b"\n", b"\r"), [25_000, 18_000, 600_000]),
        (csv("1/11/2026;5.000;0;5.000;Caf\xe9;ok", encoding="cp1252"), [5_000]),
        (b"""Date,Time,Gross Amount,MDR Amount,Net Amount,RRN
11/24/2026,10:00,"25,000.00",175.00,"24,825.00",1
11/02/2026,10:00,"1,500",0,"1,500",2
""",
         [25_000, 1_500]),
        (b"Laporan\t\t\nToko\tWarung\t\ntgl\tnominal\tbiaya\n1-11-2026\t5000,00\t0\nTotal\t5000\t0\n",
         [5_000]),
    ],
)  # fmt: skip
def test_lists_of_any_make(tool, content, amounts):
    assert give(tool, content)["ok"], tool.outcome
    (told,) = tool.view["sides"].values()
    assert not told["missing"]
    assert told["count"] == len(amounts), told
    read = lines_of(tool._lists["provider"].opened(), tool._columns["provider"])
    assert [line.amount for line in read.lines] == amounts


def xlsx(*rows, merged=()):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for area in merged:
        book.active.merge_cells(area)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_workbook_that_begins_with_an_empty_sheet(tool):
    book = Workbook()
    payments = book.create_sheet("Transaksi")
    payments.append(["Tanggal", "Jumlah"])
    payments.append([date(2026, 11, 23), 25_000])
    out = io.BytesIO()
    book.save(out)
    assert give(tool, out.getvalue())["ok"], tool.outcome
    assert tool.view["sides"]["provider"]["count"] == 1


def test_merged_cells_doubles_refunds_and_failures(tool):
    content = xlsx(
        ["Laporan transaksi", None, None, None],
        ["Tanggal", "Jumlah", "Referensi", "Status"],
        [date(2026, 11, 23), 25_000, "A1", "Berhasil"],
        [None, 18_000, "A2", "Berhasil"],
        [None, 18_000, "A2", "Berhasil"],
        [date(2026, 11, 24), 30_000, "A3", "Refund"],
        [None, 12_000, "A4", "Gagal"],
        ["Total", 91_000, None, None],
        merged=["A1:D1", "A3:A5", "A6:A7"],
    )
    give(tool, content)
    tool.on_message({"type": "book"})
    told = tool.view["sides"]["provider"]
    assert told["count"] == 4
    assert told["notes"] == [
        "1 baris dilewati: pembayarannya gagal atau belum selesai.",
        "2 baris tanpa tanggal memakai tanggal baris di atasnya.",
    ]
    assert groups(tool) == {"unbooked": 1, "missing": 1, "double": 1, "refunded": 1, "matched": 1}


def test_columns_are_asked_for_and_remembered(tool):
    strange = b"kapan|berapa|apa\n23/11/2026|25.000|x\n24/11/2026|600.000|y\n"
    give(tool, strange)
    told = tool.view["sides"]["provider"]
    assert told["missing"]
    assert told["headings"] == ["kapan", "berapa", "apa"]
    assert told["example"][0] == "23/11/2026"
    chosen = {"on": 0, "amount": 1}
    tool.on_message(
        {"type": "columns", "side": "provider", "columns": chosen | {"fee": 99, "net": "x"}}
    )
    tool.on_message({"type": "book"})
    assert groups(tool) == {"matched": 2}
    other = SettlementCheck(today=lambda: TODAY)
    give(other, strange, remembered={told["signature"]: chosen, "x": 3})
    assert other.view["sides"]["provider"]["count"] == 2


DATA = Path(__file__).with_name("data")


# Right values by the providers' public documentation: Xendit's line types (TRANSACTION, FEE, VAT; UTC),
# GoPay's kinds of deductions, Midtrans' statuses (Expire and Deny were never paid).
@pytest.mark.parametrize(
    ("name", "payments", "refused"),
    [
        ("05-xendit-balance.csv", [("2026-11-25 09:12:31", 100_000), ("2026-11-26 00:30:00", 50_000)], 1),
        ("11-gopay-merchant.csv", [("2026-11-25 09:12:00", 25_000), ("2026-11-25 13:40:00", 600_000),
          ("2026-11-25 20:11:00", 95_000)], 0),
        ("15-midtrans.csv", [("2026-11-25 09:12:00", 25_000), ("2026-11-25 13:40:00", 600_000)], 0),
        ("20-semenit-sama.csv", [("2026-11-25 12:31:00", 15_000)] * 2 + [("2026-11-25 12:40:00", 15_000)], 0),
        ("23-enam-baris-pembuka.csv", [("2026-11-25 09:12:31", 25_000), ("2026-11-25 13:40:02", 600_000)], 0),
    ],
)  # fmt: skip
def test_only_what_was_paid_is_a_payment(tool, name, payments, refused):
    give(tool, (DATA / name).read_bytes())
    read = lines_of(tool._lists["provider"].opened(), tool._columns["provider"])
    assert [(f"{line.on} {line.at}", line.amount) for line in read.lines] == payments
    assert not any(line.is_refund for line in read.lines)
    assert len(read.refused) == refused


@pytest.mark.parametrize(
    ("row", "counts"),
    [
        ("25/11/2026;45.000;A;Expire", {"failed": 1}),
        ("25/11/2026;45.000;A;Deny", {"failed": 1}),
        ("25/11/2026;45.000;A;Chargeback", {"failed": 1}),
        ("25/11/2026;-623.200;A;Pencairan ke BCA", {"no_payment": 1}),
        ("25/11/2026;630;A;FEE", {"no_payment": 1}),
        ("25/11/2026;-150.000;A;Berhasil", {"refused": 1}),
        ("25/11/2026;-150.000;A;", {"refused": 1}),
        ("25/11/2026;45.000;A;Aneh sekali", {"refused": 1}),
        ("25/11/2026;-45.000;A;Refund", {"lines": 1}),
        ("25/11/2026;45.000;A;SUCCESS", {"lines": 1}),
        ("25/11/2026;45.000;A;Pembayaran QRIS Berhasil", {"lines": 1}),
    ],
)
def test_what_is_not_known_to_be_paid_is_not_counted(tool, row, counts):
    give(tool, f"Tanggal;Jumlah;Referensi;Status\n{row}\n".encode())
    read = lines_of(tool._lists["provider"].opened(), tool._columns["provider"])
    told = {
        "lines": len(read.lines),
        "refused": len(read.refused),
        "failed": read.failed,
        "no_payment": read.no_payment,
    }
    assert {name: count for name, count in told.items() if count} == counts


def test_words_are_found_whole_and_a_note_decides_nothing(tool):
    give(
        tool, b"Tanggal;Nominal;Cicilan Pinjam;Keterangan\n25/11/2026;5.000;0;gagal panen, retur\n"
    )
    side = tool.view["sides"]["provider"]
    assert set(side["columns"]) == {"on", "amount"}
    assert side["count"] == 1


def test_against_a_list_of_ones_own(tool):
    give(tool, csv())
    give(tool, b"tanggal;masuk\n23/11/2026;25000\n24/11/2026;600rb\n24/11/2026;7000\n", side="mine")
    assert groups(tool) == {"unbooked": 2, "missing": 1, "matched": 1}
    assert tool.view["sides"]["mine"]["refused"] == [
        ["Baris 3", "Jumlah “600rb” belum bisa dibaca."]
    ]
    assert tool.view["compared"]["bookable"] == 0


def test_the_example_shows_each_trouble(tool):
    tool.on_message({"type": "sample"})
    assert groups(tool) == {
        "unbooked": 1, "missing": 1, "fee-wrong": 1, "double": 1, "refunded": 1, "matched": 4,
    }  # fmt: skip
    tool.on_message({"type": "clear"})
    assert tool.view["sides"] == {}


@pytest.mark.parametrize(
    "content",
    [b"", b"   ", b"%PDF-1.7", b"PK\x03\x04 broken", b"\x00\x01\x02", b"x" * 2_000_001,
     b"\xd0\xcf\x11\xe0", b"\x89PNG", b"tanggal\n"],
)  # fmt: skip
def test_files_that_are_no_list(tool, content):
    said = give(tool, content)
    assert not said["ok"]
    assert said["message"]


def with_heading(text):
    return f"{HEADING}\n{text}".encode("utf-8", "replace")


@given(st.binary(max_size=300) | st.text(max_size=300).map(with_heading))
def test_any_bytes_are_a_list_or_refused_in_words(content):
    tool = SettlementCheck(today=lambda: TODAY)
    said = give(tool, content)
    # The message of an unexpected error is no result.
    assert said["ok"] or "tidak beres" not in said["message"]


@pytest.mark.parametrize(
    "message",
    [None, 4, {}, {"type": "x"}, {"type": "columns"}, {"type": "write"}, {"type": "file", "side": 3},
     {"type": "columns", "side": "provider", "columns": 5}],
)  # fmt: skip
def test_forged_messages(tool, message):
    tool.on_message(message)
    assert tool.view.get("compared") is None


def test_who_has_no_book_is_told():
    tool = SettlementCheck()
    tool.on_message({"type": "book"})
    assert "belum punya Buku kas" in tool.outcome["message"]
