"""Katalog on a line that breaks: a product is in it once, and a half-written one outlives the page."""

import pytest
from playwright.sync_api import expect
from tests.sync.conftest import STRANGER_PIN

from umkm_records import open_records
from umkm_records.tools import read_storefront

pytestmark = pytest.mark.browser


def write_down(page, name, price):
    page.get_by_role("button", name="Tambah barang").click()
    page.get_by_label("Nama barang").fill(name)
    page.get_by_label("Harga").fill(price)


def names(server, code):
    with open_records(server.database) as records:
        return [one.name for one in read_storefront(records, code).storefront.products]


def test_saved_while_the_line_is_cut(phone, new_person, proxy, server):
    siti = phone()
    code = new_person().code
    siti.log_in(code, STRANGER_PIN)
    page = siti.page
    page.goto(f"{siti.url}/alat/katalog")
    page.get_by_role("button", name="Buat katalog saya").click()
    page.get_by_role("button", name="Setuju, buat katalog").click()
    write_down(page, "Emping", "20rb")
    proxy.drop()
    page.get_by_role("button", name="Simpan", exact=True).click()
    expect(page.get_by_text("Menunggu sinyal. Jangan tutup halaman ini")).to_be_visible()
    assert names(server, code) == []
    proxy.heal()
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.get_by_text("Emping tersimpan.")).to_be_visible()
    assert names(server, code) == ["Emping"]

    write_down(page, "Keripik", "12.000")
    proxy.drop()
    page.close()
    proxy.heal()
    page = siti.new_page()
    page.goto(f"{siti.url}/alat/katalog")
    page.get_by_role("button", name="Lanjutkan").click()
    expect(page.get_by_label("Harga")).to_have_value("12.000")
    page.get_by_role("button", name="Simpan", exact=True).click()
    expect(page.get_by_text("Keripik tersimpan.")).to_be_visible()
    assert names(server, code) == ["Emping", "Keripik"]
    assert siti.errors == []
