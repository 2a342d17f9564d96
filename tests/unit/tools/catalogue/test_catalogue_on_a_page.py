"""The catalogue under a thumb, in a real Chromium, with a line that answers when the test says so."""

import pytest

from umkm.marketing import Product, Seller
from umkm_tools.catalogue.catalogue_store import MemoryCatalogueStore
from umkm_tools.catalogue.widget import CatalogueTool

pytestmark = pytest.mark.browser


@pytest.fixture
def store():
    kept = MemoryCatalogueStore(Seller("Dapur Siti", "+6281234567890"))
    kept.begin()
    return kept


def open_desk(page, store):
    return page.show_tool(CatalogueTool(store))


def shows(page, text):
    return lambda: page.tab.get_by_text(text).is_visible()


def test_an_answer_to_another_question_closes_no_form_and_forgets_nothing(open_page, store):
    page = open_page()
    page.connected = False  # the page asks at once how the catalogue stands
    tool = open_desk(page, store)
    page.connected = True
    tool.get_by_role("button", name="Tambah barang").click()
    tool.get_by_label("Nama barang").fill("Sate bandeng")
    page.tab.evaluate("models.cataloguetool.send({ type: 'look', id: '' })")
    page.pass_time(50)
    store.change(lambda now: now.put(Product("a", "Emping", 20_000)))
    page.tab.evaluate("models.cataloguetool.send({ type: 'look', id: '' })")
    page.pass_time(50)
    assert tool.get_by_label("Nama barang").input_value() == "Sate bandeng"
    page.tab.evaluate("document.body.replaceChildren()")
    again = open_desk(page, store)  # as a page that was loaded once more
    again.get_by_role("button", name="Lanjutkan").click()
    assert again.get_by_label("Nama barang").input_value() == "Sate bandeng"


def test_what_another_phone_wrote_leaves_the_field_that_is_typed_in_alone(open_page, store):
    page = open_page()
    tool = open_desk(page, store)
    page.pass_time(50)
    tool.get_by_role("button", name="Tambah barang").click()
    name = tool.get_by_label("Nama barang")
    name.fill("Sate")
    field = name.element_handle()
    store.change(lambda now: now.put(Product("a", "Emping", 20_000)))
    page.tab.evaluate("models.cataloguetool.send({ type: 'look', id: '' })")
    page.pass_time(50)
    assert field.evaluate("(one) => one.isConnected && one === document.activeElement")
    tool.get_by_role("button", name="Batal").click()
    assert tool.get_by_text("Emping").is_visible()


def test_a_deed_without_an_answer_goes_out_again_and_is_done_once(open_page, store):
    page = open_page()
    tool = open_desk(page, store)
    page.pass_time(50)
    page.connected = False
    tool.get_by_role("button", name="Tambah barang").click()
    tool.get_by_label("Nama barang").fill("Sate")
    tool.get_by_label("Harga").fill("45rb")
    tool.get_by_role("button", name="Simpan").click()
    page.pass_time(6_100)
    assert tool.get_by_text("Menunggu sinyal").is_visible()
    assert tool.get_by_label("Nama barang").input_value() == "Sate"
    page.connected = True
    page.until(shows(page, "Sate tersimpan."), turns=200)
    assert [(one.name, one.price) for one in store.read().products] == [("Sate", 45_000)]


def test_one_product_saved_leaves_another_that_is_half_written(open_page, store):
    store.change(lambda now: now.put(Product("a", "Emping", 20_000)))
    page = open_page()
    tool = open_desk(page, store)
    tool.get_by_role("button", name="Tambah barang").click()
    tool.get_by_label("Nama barang").fill("Sate bandeng")
    page.tab.evaluate("document.body.replaceChildren()")
    tool = open_desk(page, store)
    tool.get_by_role("button", name="Ubah Emping").click()
    tool.get_by_label("Harga").fill("25rb")
    tool.get_by_role("button", name="Simpan").click()
    page.until(shows(page, "Emping tersimpan."))
    assert tool.get_by_text("Sate bandeng belum selesai ditulis.").is_visible()
    tool.get_by_role("button", name="Tambah barang").click()
    assert tool.get_by_label("Nama barang").input_value() == "Sate bandeng"
