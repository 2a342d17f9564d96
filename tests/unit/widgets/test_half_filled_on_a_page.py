"""What is half filled in when a phone throws a page away: there again, and gone when it is to be gone."""

import pytest

from umkm_tools.cash_book.book_store import BookOwner, MemoryBookStore
from umkm_tools.cash_book.widget import CashBook
from umkm_tools.content_calendar.widget import ContentCalendar
from umkm_tools.listing_editor.widget import ListingEditor
from umkm_tools.marketplace_fees.widget import MarketplaceFees
from umkm_tools.price_calculator.widget import PriceCalculator

pytestmark = pytest.mark.browser

DESKS = {
    "price": (lambda: PriceCalculator("Dapur Siti"), "Nama barang", "Keripik talas"),
    "content": (lambda: ContentCalendar("Dapur Siti"), "Barang yang Anda jual", "keripik talas"),
    "listing": (ListingEditor, "Jenis barang", "Sate bandeng"),
    "market": (MarketplaceFees, "Modal satu barang", "14rb"),
}


def reload(page, widget):
    page.tab.evaluate("document.body.replaceChildren()")
    return page.show_tool(widget)


@pytest.mark.parametrize("name", DESKS)
def test_a_desk_is_as_it_was_left(open_page, name):
    make, label, text = DESKS[name]
    page = open_page()
    desk = page.show_tool(make())
    assert not desk.get_by_role("button", name="Kosongkan isian").is_visible()
    desk.get_by_label(label).fill(text)
    page.pass_time(400)
    desk = reload(page, make())
    assert desk.get_by_label(label).input_value() == text
    page.pass_time(100)
    desk.get_by_role("button", name="Kosongkan isian").click()
    assert desk.get_by_label(label).input_value() == ""
    assert reload(page, make()).get_by_label(label).input_value() == ""


@pytest.mark.parametrize("name", DESKS)
def test_emptying_can_be_undone(open_page, name):
    make, label, text = DESKS[name]
    page = open_page()
    desk = page.show_tool(make())
    desk.get_by_label(label).fill(text)
    desk.get_by_role("button", name="Kosongkan isian").click()
    desk.get_by_role("button", name="Urungkan").click()
    assert desk.get_by_label(label).input_value() == text
    assert reload(page, make()).get_by_label(label).input_value() == text


def test_what_is_written_after_emptying_is_not_overwritten(open_page):
    desk = open_page().show_tool(ListingEditor())
    desk.get_by_label("Jenis barang").fill("Sate bandeng")
    desk.get_by_role("button", name="Kosongkan isian").click()
    desk.get_by_label("Jenis barang").fill("Emping")
    assert desk.get_by_role("button", name="Urungkan").count() == 0


def test_somebody_else_on_that_phone_finds_an_empty_desk(open_page):
    page = open_page()
    page.show_tool(ListingEditor().stored_under("ani")).get_by_label("Jenis barang").fill("Sate")
    other = reload(page, ListingEditor().stored_under("budi"))
    assert other.get_by_label("Jenis barang").input_value() == ""
    again = reload(page, ListingEditor().stored_under("ani"))
    assert again.get_by_label("Jenis barang").input_value() == "Sate"


@pytest.mark.parametrize(
    "kept", ["", "{", "[]", "3", '{"what": 3, "food": [], "x": "y"}', '{"platform": "Toko X"}']
)
def test_what_a_phone_gives_back_spoilt_is_as_nothing(open_page, kept):
    page = open_page()
    page.tab.evaluate("kept => localStorage.setItem('umkm-isian-jd-latihan', kept)", kept)
    desk = page.show_tool(ListingEditor())
    assert desk.get_by_label("Jenis barang").input_value() == ""
    assert desk.get_by_label("Ya", exact=True).is_checked()
    assert desk.get_by_label("WhatsApp atau media sosial").is_checked()


@pytest.fixture
def shelf():
    kept = MemoryBookStore(BookOwner("Siti", "Dapur Siti"))
    kept.begin("kuliner")
    return kept


def open_book(page, shelf):
    page.tab.evaluate("document.body.replaceChildren()")
    return page.show_tool(CashBook(shelf))


def test_a_transaction_half_written(open_page, shelf):
    page = open_page()
    book = open_book(page, shelf)
    book.get_by_role("button", name="Jual bon").click()
    book = open_book(page, shelf)  # opened, nothing written
    assert not book.get_by_text("belum selesai ditulis").is_visible()
    book.get_by_role("button", name="Jual bon").click()
    book.get_by_label("Siapa pembelinya?").fill("Bu Ani")
    book.get_by_label("Berapa jumlahnya?").fill("50")
    book.get_by_role("button", name="ribu", exact=True).first.click()
    book = open_book(page, shelf)
    assert book.get_by_text("Jual bon belum selesai ditulis.").is_visible()
    book.get_by_role("button", name="Lanjutkan").click()
    assert book.get_by_label("Siapa pembelinya?").input_value() == "Bu Ani"
    assert book.get_by_label("Berapa jumlahnya?").input_value() == "50 ribu"
    book.get_by_role("button", name="Simpan").click()
    page.until(book.get_by_text("Rp50.000").first.is_visible)
    book = open_book(page, shelf)
    assert not book.get_by_text("belum selesai ditulis").is_visible()


def test_what_the_book_refused_is_still_there_after_a_reload(open_page, shelf):
    page = open_page()
    book = open_book(page, shelf)
    book.get_by_role("button", name="Bon dibayar").click()
    book.get_by_label("Siapa yang membayar?").fill("Bu Ani")
    book.get_by_label("Berapa jumlahnya?").fill("50rb")
    book.get_by_role("button", name="Simpan").click()
    page.until(book.get_by_role("alert").filter(has_text="Bu Ani").first.is_visible)
    book = open_book(page, shelf)
    book.get_by_role("button", name="Lanjutkan").click()
    assert book.get_by_label("Berapa jumlahnya?").input_value() == "50rb"
    book.get_by_role("button", name="Tidak jadi").click()
    assert not book.get_by_text("belum selesai ditulis").is_visible()


def test_a_draft_is_thrown_away_when_its_writer_says_so(open_page, shelf):
    page = open_page()
    book = open_book(page, shelf)
    book.get_by_role("button", name="Jual tunai").click()
    book.get_by_label("Berapa jumlahnya?").fill("7rb")
    book = open_book(page, shelf)
    book.get_by_role("button", name="Buang").click()
    assert not book.get_by_text("belum selesai ditulis").is_visible()
    assert not open_book(page, shelf).get_by_text("belum selesai ditulis").is_visible()


def test_one_transaction_saved_leaves_another_that_is_half_written(open_page, shelf):
    page = open_page()
    book = open_book(page, shelf)
    book.get_by_role("button", name="Jual bon").click()
    book.get_by_label("Siapa pembelinya?").fill("Bu Ani")
    book = open_book(page, shelf)
    book.get_by_role("button", name="Jual tunai").click()
    book.get_by_label("Berapa jumlahnya?").fill("7rb")
    book.get_by_role("button", name="Simpan").click()
    page.until(book.get_by_text("Rp7.000").first.is_visible)
    book.get_by_role("button", name="Jual bon").click()
    assert book.get_by_label("Siapa pembelinya?").input_value() == "Bu Ani"
