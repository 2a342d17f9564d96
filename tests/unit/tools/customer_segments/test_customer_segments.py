"""Customer segments without a browser: real lists, identification of buyers, exports."""

import csv
import io
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from openpyxl import Workbook, load_workbook

from umkm_tools.customer_segments.people import visits
from umkm_tools.customer_segments.reading import Bought, open_sales, rows_of
from umkm_tools.customer_segments.widget import CustomerSegments

TODAY = date(2026, 11, 25)
HEAD = "Tanggal;Nama pembeli;Nomor HP;Total belanja\n"


@pytest.fixture
def tool():
    return CustomerSegments("Dapur Siti", lambda: TODAY)


def bring(tool, content, **form):
    content = content.encode() if isinstance(content, str) else content
    form = {"business": "Dapur Siti", **form}
    tool.on_message({"type": "take", "number": 1, "form": form}, [content])
    return tool.result


def rows(text):
    listed = open_sales(text.encode())
    return rows_of(listed, listed.guess, TODAY)


def everybody(said):
    return {
        one["name"]: (group, one) for group in said["groups"] for one in said["groups"][group]["people"]
    }  # fmt: skip


def test_three_groups_by_hand(tool):
    # By day: Ani 24, Beni 20, Cici 1 Nov. The last third is asleep; Beni came once only.
    said = bring(
        tool,
        HEAD + "24/11/2026;Ani;081234567801;10.000\n2/11/2026;Ani;081234567801;10.000\n"
        "20/11/2026;Beni;081234567802;50.000\n1/11/2026;Cici;081234567803;20.000\n",
    )
    assert {name: group for name, (group, _) in everybody(said).items()} == {
        "Ani": "loyal", "Beni": "new", "Cici": "sleeping",
    }  # fmt: skip
    ani = everybody(said)["Ani"][1]
    assert ani["reason"] == "Membeli 2 kali, terakhir 1 hari lalu, seluruhnya Rp20.000."
    link = urlsplit(ani["link"])
    assert (link.netloc, link.path) == ("wa.me", "/6281234567801")
    assert parse_qs(link.query)["text"] == [ani["message"]]
    assert ani["message"].startswith("Halo Ani, terima kasih sudah sering belanja di Dapur Siti.")
    # Of three customers one came again; four visits for Rp90.000.
    assert said["facts"] == [
        ["Pelanggan", "3"], ["Membeli lagi", "33,33%"], ["Rata-rata sekali belanja", "Rp22.500"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    "written",
    ["0812-3456-7801", "+62 812 3456 7801", "62812 3456 7801", "0812.3456.7801", "(0812) 34567801",
     "'081234567801", "+62 (0)812 3456 7801", "81234567801"],
)  # fmt: skip
def test_a_number_is_the_same_however_it_is_spelt(written):
    (bought,) = rows(f"{HEAD}24/11/2026;Ani;{written};10.000\n").bought
    assert bought.phone == "+6281234567801"


@pytest.mark.parametrize(
    ("written", "rupiah"),
    [("25.000", 25_000), ("25,000", 25_000), ("Rp 25.000,00", 25_000), ("25000.00", 25_000),
     ("25rb", 25_000), ("1,5 jt", 1_500_000), ("1.250.000", 1_250_000)],
)  # fmt: skip
def test_prices_with_dots_and_commas(written, rupiah):
    (bought,) = rows(f"{HEAD}24/11/2026;Ani;;{written}\n").bought
    assert bought.amount == rupiah


def test_who_is_who():
    day = timedelta(days=1)
    orders, people = visits(
        [
            Bought(TODAY, 10, "Bu Ani", "+6281234567801"),
            Bought(TODAY, 5, "bu ani", ""),  # the same visit, written down without a number
            Bought(TODAY - day, 7, "", "+6281234567801"),
            Bought(TODAY, 3, "Pak Budi", "+6281234567802"),
            Bought(TODAY, 4, "Pak Budi", "+6281234567803"),  # another man
            Bought(TODAY, 2, "Pak Budi", ""),  # one of the two, nobody knows which
        ]
    )
    assert {(one.customer, one.on, one.amount) for one in orders} == {
        ("+6281234567801", TODAY, 15),
        ("+6281234567801", TODAY - day, 7),
        ("+6281234567802", TODAY, 3),
        ("+6281234567803", TODAY, 4),
        ("nama pak budi", TODAY, 2),
    }
    assert people["+6281234567801"].shown == "bu ani"
    assert people["+6281234567802"].dialled == "0812-3456-7802"


def test_what_is_passed_over_is_said(tool):
    said = bring(
        tool,
        "Tanggal;Nama;No HP;Jumlah;Status\n24/11/2026;Ani;12345;10.000;Selesai\n"
        "24/11/2026;Ani;;10.000;Dibatalkan\n24/12/2026;Ani;;10.000;Selesai\n"
        "24/11/2026;-;;10.000;Selesai\nkapan-kapan;Ani;;10.000;Selesai\n"
        "24/11/2026;Ani;;banyak;Selesai\n24/11/2026;Ani;;-5.000;Selesai\nTotal;;;40.000;\n",
    )
    assert said["count"] == 1
    assert [note.split()[0] for note in said["notes"][:4]] == ["2", "1", "1", "1"]
    assert [row for row, _ in said["refused"]] == ["Baris 6", "Baris 7"]
    assert everybody(said)["Ani"][1]["link"] == ""


def test_a_list_pasted_without_a_heading(tool):
    said = bring(tool, "24/11/2026\tBu Ani\t0812 3456 7801\t25.000\n1/11/2026\tPak Budi\t\t40rb\n")
    assert said["columns"] == {"on": 0, "name": 1, "phone": 2, "amount": 3}
    assert said["count"] == 2


def test_strange_headings_are_asked_for_and_remembered(tool):
    strange = "kapan;siapa;berapa\n24/11/2026;Ani;10.000\n"
    said = bring(tool, strange)
    assert (said["missing"], said["headings"]) == (True, ["kapan", "siapa", "berapa"])
    columns = {"on": 0, "name": 1, "amount": 2}
    tool.on_message({"type": "reckon", "form": {"source": "list", "columns": columns}})
    assert tool.result["count"] == 1
    assert bring(tool, strange, known={said["signature"]: columns})["count"] == 1
    assert bring(tool, strange, known={said["signature"]: {"on": 99, "x": 1}})["missing"]


def test_numbers_that_a_spreadsheet_took_for_amounts(tool):
    book = Workbook()
    for row in (["Tanggal", "Nama", "No HP", "Total"], [TODAY, "Ani", 81234567801.0, 25000.0],
                [TODAY, "=HYPERLINK(\"http://x\")", "6281234567802", 5000]):  # fmt: skip
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    said = bring(tool, content.getvalue())
    assert everybody(said)["Ani"][1]["link"].startswith("https://wa.me/6281234567801?")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "kosong"), (b"  \n", "kosong"), (b"%PDF-1.7", "PDF"), (b"\x89PNG\r\n", "foto"),
        (b"PK\x03\x04broken", "rusak"), (b"halo", "Satu penjualan satu baris"),
        (b"x" * 2_000_001, "terlalu besar"),
    ],
)  # fmt: skip
def test_what_is_no_list_is_refused_with_what_to_do(tool, content, told):
    said = bring(tool, content)
    assert said["ok"] is False
    assert told in said["message"]


def test_a_heading_alone_and_one_customer(tool):
    said = bring(tool, HEAD)
    assert (said["count"], said["notes"]) == (0, ["Belum ada pelanggan di daftar ini."])
    said = bring(tool, HEAD + "24/11/2026;Ani;;10.000\n")
    assert said["groups"]["new"]["count"] == 1
    assert "masih sedikit" in said["notes"][0]


@pytest.mark.slow
def test_five_thousand_rows_come_page_by_page(tool):
    lines = [
        f"{TODAY - timedelta(days=n % 700):%d/%m/%Y};Orang {n};0812{34560000 + n};{n + 1}.000"
        for n in range(5_001)
    ]
    said = bring(tool, HEAD + "\n".join(lines))
    assert said["count"] == 5_000
    assert said["refused"] == [["Baris 5002", "Paling banyak 5000 baris sekali baca."]]
    new = said["groups"]["new"]
    assert len(new["people"]) == 20
    assert new["rest"] == new["count"] - 20
    form = {"source": "list", "columns": said["columns"], "more": {"new": 3}}
    tool.on_message({"type": "reckon", "form": form})
    assert len(tool.result["groups"]["new"]["people"]) == 60


@pytest.mark.parametrize(
    ("message", "told"),
    [("Halo {nama", "berpasangan"), ("Halo {harga}", "{harga}"), ("  ", "Tulis dulu")],
)
def test_a_message_that_cannot_be_sent(tool, message, told):
    tool.on_message({"type": "reckon", "form": {"source": "sample", "loyal": message}})
    assert (tool.result["ok"], tool.result["field"]) == (False, "loyal")
    assert told in tool.result["message"]


def test_the_example_writes_to_nobody(tool):
    tool.on_message({"type": "reckon", "form": {"source": "sample"}})
    links = [one["link"] for _, one in everybody(tool.result).values() if one["link"]]
    assert links
    assert all(link.startswith("https://wa.me/?text=") for link in links)


def test_what_goes_home_holds_no_formula(tool):
    sent = []
    tool.send = lambda content, buffers=None: sent.append(buffers[0])
    said = bring(
        tool, HEAD + '24/11/2026;=1+1;081234567801;10.000\n24/11/2026;@sum;;9.000\n1/1/2026;"+x";;1.000\n'
    )  # fmt: skip
    form = {"source": "list", "columns": said["columns"], "business": "-Toko"}
    tool.on_message({"type": "make", "what": "csv", "form": form})
    tool.on_message({"type": "make", "what": "xlsx", "form": form})
    table = list(csv.reader(io.StringIO(sent[0].decode("utf-8-sig")), delimiter=";"))
    assert {row[1] for row in table[1:]} == {"'=1+1", "'@sum", "'+x"}
    assert not any(cell[:1] in tuple("=+-@") for row in table for cell in row if cell)
    sheet = load_workbook(io.BytesIO(sent[1])).active
    assert {row[1].value for row in sheet.iter_rows(min_row=2)} == {"=1+1", "@sum", "+x"}
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_a_page_that_lost_its_list_says_so(tool):
    tool.on_message({"type": "reckon", "form": {"source": "list", "columns": {"on": 0}}})
    assert "Pilih sekali lagi" in tool.result["message"]
    bring(tool, HEAD + "24/11/2026;Ani;;10.000\n")
    tool.on_message({"type": "reckon", "form": {"source": ""}})
    tool.on_message({"type": "make", "what": "csv", "form": {"source": "list"}})
    assert tool.result["ok"] is False  # wiped means gone


DATA = Path(__file__).with_name("data")
MARKETPLACE = {
    "sitirahma88": 174_000, "hendra.kopi": 70_000, "dodi_m": 35_000, "aminah.id": 470_000,
    "asepcipocok": 70_000, "sarif_h": 57_000,
}  # fmt: skip


# Lists and right values are the reviewers': exports of a marketplace, and what pandas makes of numbers.
@pytest.mark.parametrize(
    ("name", "spent", "phones"),
    [
        ("01-shopee-order-all-masked.xlsx", MARKETPLACE, set()),
        ("03-shopee-trimmed-masked.xlsx", MARKETPLACE, set()),
        ("06-pesanan-dua-barang.csv", {"Ani Contoh": 150_000, "Budi Contoh": 200_000}, set()),
        ("11-pandas-phones.csv", {"Siti Rahmawati": 150_000}, {f"+628120000020{n}" for n in (1, 2, 4, 5, 6, 7)}),
    ],
)  # fmt: skip
def test_who_bought_for_how_much(name, spent, phones):
    listed = open_sales((DATA / name).read_bytes())
    read = rows_of(listed, listed.guess, date(2026, 11, 29))
    orders, people = visits(read.bought)
    assert len(people) == (6 if "06-" not in name else 2)
    found = dict.fromkeys(spent, 0)
    for order in orders:
        if people[order.customer].name in found:
            found[people[order.customer].name] += order.amount
    assert found == spent
    assert {one.phone for one in people.values()} - {""} == phones


def test_an_order_counts_by_its_last_state():
    head = "No. Pesanan;Tanggal;Nama Pembeli;Status Pesanan;Total Pembayaran\n"
    lines = "A1;20/11/2026;Ani;Selesai;50.000\nA1;20/11/2026;Ani;Dibatalkan;50.000\nA2;20/11/2026;Ani;Selesai;7.000\n"
    assert [one.amount for one in rows(head + lines).bought] == [7_000]
    # What a row says of its own goods is added up.
    each = (
        "No. Pesanan;Tanggal;Nama Pembeli;Harga\nA1;20/11/2026;Ani;5.000\nA1;20/11/2026;Ani;5.000\n"
    )
    assert [one.amount for one in rows(each).bought] == [5_000, 5_000]


def test_masked_names_are_nobody():
    read = rows("Tanggal;Nama pembeli;Total\n20/11/2026;S*****;5.000\n20/11/2026;S*****;6.000\n")
    assert (read.bought, read.nameless) == ([], 2)
