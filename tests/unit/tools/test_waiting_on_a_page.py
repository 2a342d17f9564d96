"""While a file is made or read, a person sees that it is; and afterwards what came of it."""

from datetime import date

import pytest
from playwright.sync_api import expect

from umkm.bookkeeping import Ledger, Transaction
from umkm.errors import UmkmError
from umkm_tools.cash_book.book_store import BookOwner, MemoryBookStore
from umkm_tools.cash_book.widget import CashBook
from umkm_tools.content_calendar.widget import ContentCalendar
from umkm_tools.customer_segments.widget import CustomerSegments
from umkm_tools.settlement_check.widget import SettlementCheck

pytestmark = pytest.mark.browser

TODAY = date(2026, 11, 25)
BUSY = "Sedang ramai. Tunggu sebentar, lalu coba lagi."
LIST = {
    "name": "daftar.csv",
    "mimeType": "text/csv",
    "buffer": b"Tanggal;Jumlah\n1/11/2026;5.000\n",
}


def busy(function, /, *args):
    raise UmkmError(BUSY)


def status(desk, words):
    return desk.get_by_role("status").filter(has_text=words)


def test_a_paper_is_being_made_until_it_is_there_or_refused(open_page):
    page = open_page()
    desk = page.show_tool(ContentCalendar("Warung", lambda: TODAY, apart=busy))
    desk.get_by_label("Barang yang Anda jual").fill("Sate")
    button = desk.get_by_role("button", name="Unduh untuk ditempel (PDF)")
    page.until(lambda: button.count() == 1)
    button.click()
    expect(status(desk, "Sedang dibuat…")).to_be_visible()
    page.until(lambda: desk.get_by_role("alert").filter(has_text=BUSY).count() == 1)
    expect(status(desk, "Sedang dibuat…")).to_have_count(0)


def test_the_cash_book_says_that_a_list_is_read_and_that_a_file_is_made(open_page):
    page = open_page()
    sale = Transaction("a", "jual-tunai", TODAY, 5_000)
    store = MemoryBookStore(BookOwner("Siti", "Warung", "abc"), Ledger.of("dagang", [sale]))
    desk = page.show_tool(CashBook(store, today=lambda: TODAY, apart=busy))
    desk.get_by_role("button", name="Laporan", exact=True).click()
    button = desk.get_by_role("button", name="Unduh laporan (PDF)")
    page.until(lambda: button.count() == 1)
    button.click()
    expect(status(desk, "Menyiapkan berkas…")).to_be_visible()
    page.until(lambda: desk.get_by_role("alert").filter(has_text=BUSY).count() == 1)
    desk.locator("#bk-berkas").set_input_files(LIST)
    expect(status(desk, "Sedang dibaca…")).to_be_visible()
    # Between this page and Python no bytes travel.
    page.until(lambda: desk.get_by_role("alert").filter(has_text="Berkas ini kosong").count() == 1)
    expect(status(desk, "Sedang dibaca…")).to_have_count(0)


@pytest.mark.parametrize("tool", [SettlementCheck, CustomerSegments])
def test_a_list_is_being_read_until_it_is_there_or_refused(open_page, tool):
    page = open_page()
    desk = page.show_tool(tool(apart=busy))
    desk.locator("input[type=file]").first.set_input_files(LIST)
    expect(status(desk, "Sedang dibaca…")).to_be_visible()
    page.until(lambda: desk.get_by_role("alert").filter(has_text="kosong").count() == 1)
    expect(status(desk, "Sedang dibaca…")).to_have_count(0)
