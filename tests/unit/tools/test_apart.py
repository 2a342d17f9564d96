"""What takes long is done apart: it can be pickled, gives the same as in place, and small work stays."""

import io
import random
from datetime import date, timedelta

import pytest
from PIL import Image
from pypdf import PdfReader
from tests.unit.apps import worker_jobs
from tests.unit.tools.apart import Pickled

from umkm.bookkeeping import Ledger, Transaction
from umkm.errors import InputError, UmkmError
from umkm.marketing import Product, Seller, Storefront
from umkm_apps.runtime.worker_processes import WorkerProcesses
from umkm_tools.base.spreadsheet_export import as_workbook
from umkm_tools.cash_book.book_store import BookOwner, MemoryBookStore
from umkm_tools.cash_book.widget import CashBook
from umkm_tools.catalogue.catalogue_store import MemoryCatalogueStore
from umkm_tools.catalogue.widget import CatalogueTool
from umkm_tools.content_calendar.widget import ContentCalendar
from umkm_tools.customer_segments.widget import CustomerSegments
from umkm_tools.price_calculator.widget import PriceCalculator
from umkm_tools.settlement_check.widget import SettlementCheck

TODAY = date(2026, 11, 25)
LONG = 2_000
SHORT = 5


@pytest.fixture
def apart():
    return Pickled()


def book(apart, ledger=None):
    owner = BookOwner("Siti", "Warung Bu Siti", "abc")
    return CashBook(
        MemoryBookStore(owner, ledger or Ledger.of("dagang")), today=lambda: TODAY, apart=apart
    )


def cash_list(rows):
    lines = (f"{1 + n % 24}/11/2026;jualan {n};{1 + n % 900}.000;\n" for n in range(rows))
    return f"Tanggal;Keterangan;Masuk;Keluar\n{''.join(lines)}".encode()


def payments(rows):
    chance = random.Random(7)
    return [(f"{1 + n * 24 // rows}/11/2026", chance.randrange(10, 900) * 500) for n in range(rows)]


def settlement(rows):
    lines = (f"{on};{amount};{n:09};Berhasil\n" for n, (on, amount) in enumerate(payments(rows)))
    return f"Tanggal Transaksi;Jumlah Transaksi;Nomor Referensi;Status\n{''.join(lines)}".encode()


def sales(rows):
    lines = (f"{on};Bu {n % 97};{amount}\n" for n, (on, amount) in enumerate(payments(rows)))
    return f"Tanggal;Nama;Jumlah\n{''.join(lines)}".encode()


def take_list(tool, content):
    tool.on_message({"type": "list", "id": "l"}, [content])
    assert tool.outcome.get("ok", True), tool.outcome
    return tool.found


@pytest.mark.parametrize("rows", [SHORT, LONG])
def test_a_long_list_is_looked_through_and_taken_apart(apart, rows):
    tool, plain = book(apart), book(lambda function, *args: function(*args))
    assert take_list(tool, cash_list(rows)) == take_list(plain, cash_list(rows))
    assert tool.found["good"] == rows
    tool.on_message({"type": "accept", "id": "a"})
    assert tool.outcome["message"] == f"{rows} catatan masuk ke buku."
    assert apart.called == (["look_through", "new_transactions"] if rows == LONG else [])


def test_a_workbook_is_always_opened_apart(apart):
    content = as_workbook(
        "Kas", ("Tanggal", "Keterangan", "Masuk"), [("1/11/2026", "jualan", 5_000)]
    )
    assert take_list(book(apart), content)["good"] == 1
    assert apart.called == ["look_through"]


def test_whose_list_it_is_is_asked_from_apart_too(apart):
    tool = book(apart)
    lines = "".join(f"{1 + n % 24}/11/2026;jualan {n};{1 + n % 900}.000;\n" for n in range(LONG))
    content = f"Tanggal;Keterangan;Debit;Kredit\n{lines}".encode()
    assert "mutasi rekening" in take_list(tool, content)["side"]
    tool.on_message({"type": "list", "side": "kas", "id": "l"})
    assert tool.found["good"] == LONG
    assert apart.called == ["look_through"] * 2


@pytest.mark.parametrize("rows", [SHORT, LONG])
def test_a_long_settlement_is_read_and_compared_apart(apart, rows):
    tools = [
        SettlementCheck(today=lambda: TODAY, apart=use)
        for use in (apart, lambda function, *args: function(*args))
    ]
    for tool in tools:
        tool.on_message({"type": "file", "side": "provider"}, [settlement(rows)])
        tool.on_message({"type": "file", "side": "mine"}, [settlement(rows)])
        assert tool.outcome["ok"]
    assert tools[0].view == tools[1].view
    assert tools[0].view["compared"]["clean"]
    long = ["take_list", "answer"] * 2
    assert apart.called == (long if rows == LONG else [])


@pytest.mark.parametrize("rows", [SHORT, LONG])
def test_many_buyers_are_sorted_and_written_to_apart(apart, rows):
    tool = CustomerSegments("Warung", lambda: TODAY, apart=apart)
    sent = []
    tool.send = lambda content, buffers: sent.append((content["name"], buffers[0]))
    tool.on_message({"type": "take", "number": 1, "form": {}}, [sales(rows)])
    assert tool.result["count"] == rows
    form = {"source": "list", "columns": tool.result["columns"]}
    tool.on_message({"type": "reckon", "number": 2, "form": form})
    tool.on_message({"type": "make", "what": "csv", "form": form})
    tool.on_message({"type": "make", "what": "xlsx", "form": form})
    assert [name for name, _ in sent] == ["pelanggan.csv", "pelanggan.xlsx"]
    assert sent[0][1].decode("utf-8-sig").startswith("Kelompok;Nama;")
    long = ["take_sales", "sort_buyers", "buyers_file", "buyers_file"]
    assert apart.called == (long if rows == LONG else ["buyers_file"])


def test_papers_are_printed_apart(apart):
    sent = []
    prices = PriceCalculator("Warung", apart=apart)
    calendar = ContentCalendar("Warung", lambda: TODAY, apart=apart)
    for tool in (prices, calendar):
        tool.send = lambda content, buffers: sent.append(buffers[0])
    products = [{"name": "Kue", "price": "Rp5.000"}]
    prices.on_message({"type": "make", "what": "list", "form": {"products": products}})
    form = {"month": "2026-12", "goods": "Kue", "weekdays": ["0", "2"], "channels": ["Instagram"]}
    calendar.on_message({"type": "make", "what": "pdf", "form": form})
    texts = [PdfReader(io.BytesIO(one)).pages[0].extract_text() for one in sent]
    assert "Daftar harga" in texts[0]
    assert "Kalender konten Desember 2026" in texts[1]
    assert apart.called == ["printed_list", "printed_sheet"]


class PhotoStore(MemoryCatalogueStore):
    """A catalogue in memory with photos."""

    def photos(self, names):
        picture = io.BytesIO()
        Image.effect_noise((900, 700), 80).convert("RGB").save(picture, "JPEG")
        return dict.fromkeys(names, picture.getvalue())


def test_photos_of_a_catalogue_are_made_small_apart(apart):
    seller = Seller("Warung", "+6281234567890")
    products = tuple(Product(f"p{n}", f"Kue {n}", 5_000, photo=f"{n}" * 64) for n in range(2))
    tool = CatalogueTool(
        PhotoStore(seller, Storefront(seller, products)), today=lambda: TODAY, apart=apart
    )
    sent = []
    tool.send = lambda content, buffers: sent.append((content["name"], buffers[0]))
    tool.on_message({"type": "make", "what": "html"})
    tool.on_message({"type": "make", "what": "pdf"})
    assert tool.outcome["ok"], tool.outcome
    assert [name for name, _ in sent] == ["katalog-warung.html", "daftar-harga-warung.pdf"]
    assert sent[0][1].count(b"data:image/jpeg") == 2
    assert apart.called == ["small_photo", "small_photo", "printed_list"]


def test_what_is_refused_apart_is_told_in_its_words():
    def busy(function, /, *args):
        raise UmkmError("Sedang ramai. Tunggu sebentar, lalu coba lagi.")

    tools = [book(busy), SettlementCheck(apart=busy), CustomerSegments(apart=busy)]
    tools[0].on_message({"type": "list", "id": "l"}, [cash_list(LONG)])
    tools[1].on_message({"type": "file", "side": "provider"}, [settlement(LONG)])
    tools[2].on_message({"type": "take", "number": 1, "form": {}}, [sales(LONG)])
    for said in (tools[0].outcome, tools[1].outcome, tools[2].result):
        assert not said["ok"]
        assert said["message"] == "Sedang ramai. Tunggu sebentar, lalu coba lagi."


@pytest.fixture(scope="module")
def workers():
    pool = WorkerProcesses()
    yield lambda function, /, *args: pool.run("siti", function, *args)
    pool.close()


@pytest.mark.slow
def test_real_workers_give_what_is_given_in_place(workers, tmp_path):
    days = [TODAY - timedelta(days=n) for n in range(LONG)]
    written = [Transaction(f"t{n}", "jual-tunai", on, 5_000 + n) for n, on in enumerate(days)]
    ledger, _ = Ledger.of("dagang").with_all(written, TODAY)
    tool = book(workers, ledger)
    assert take_list(tool, cash_list(LONG)) == take_list(book(Pickled(), ledger), cash_list(LONG))
    check = SettlementCheck(today=lambda: TODAY, apart=workers)
    for side in ("provider", "mine"):
        check.on_message({"type": "file", "side": side}, [settlement(LONG)])
    assert check.view["compared"]["clean"]
    prices = PriceCalculator("Warung", apart=workers)
    sent = []
    prices.send = lambda content, buffers: sent.append(buffers[0])
    products = [{"name": "Kue", "price": "Rp5.000"}]
    prices.on_message({"type": "make", "what": "list", "form": {"products": products}})
    assert sent[0].startswith(b"%PDF")
    with pytest.raises(InputError, match="Pilih Excel atau PDF"):
        workers(*exported_as("docx", ledger))
    assert workers(*exported_as("xlsx", ledger)).content[:2] == b"PK"
    # What a worker need not load, it has not loaded.
    heavy = ("anywidget", "sqlalchemy", "tornado", "umkm_courses", "umkm_records", "voila")
    assert workers(worker_jobs.loaded, *heavy)[0] == []


def exported_as(what, ledger):
    from umkm_tools.cash_book.exporting import exported
    from umkm_tools.cash_book.screens import Look

    return exported, what, ledger, Look(day=TODAY), TODAY, BookOwner("Siti", "Warung")
