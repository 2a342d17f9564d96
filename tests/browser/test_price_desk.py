"""Harga jual on a phone: a price while typing, a list that stays on the phone, a page to hang up."""

import re

import pytest
from playwright.sync_api import expect
from tests.support.accessibility import check

pytestmark = pytest.mark.browser


def test_a_price_from_cost_to_paper(new_phone, shared_server):
    phone = new_phone()
    page = phone.open_tool(shared_server.url, "harga-jual")

    expect(page.get_by_label("Dibeli jadi")).to_be_visible()
    check(page, "harga-jual")
    page.get_by_label("Dibeli jadi").check()
    page.get_by_label("Harga beli semuanya").fill("288rb")
    page.get_by_label("Dapat berapa?").fill("24")
    page.get_by_label("Ongkos kirim").fill("12rb")
    price = page.locator(".bk-hasil div", has_text="Harga jual").locator("dd")
    # 12.500 / 0,7 = 17.857,1 -> 18.000 in steps of 500.
    expect(price).to_have_text("Rp18.000")
    expect(page.locator(".bk-banding")).to_contain_text("30,6%")
    expect(page.locator(".bk-banding")).to_contain_text("44%")

    page.get_by_label("Kemasan tiap barang").fill("500")
    expect(page.get_by_text("Maksud Anda Rp500 atau Rp500.000?").first).to_be_visible()
    check(page, "harga-jual-bertanya")
    page.get_by_role("button", name="Rp500", exact=True).first.click()
    # 13.000 / 0,7 = 18.571,4 -> 19.000.
    expect(price).to_have_text("Rp19.000")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360

    page.get_by_role("button", name="Simpan ke daftar harga").click()
    expect(page.get_by_text("Tulis dulu nama barangnya.")).to_be_visible()
    page.get_by_label("Nama barang").fill("Keripik talas")
    page.get_by_role("button", name="Simpan ke daftar harga").click()
    expect(page.get_by_text("Keripik talas masuk daftar harga.")).to_be_visible()
    check(page, "harga-jual-daftar")

    page.goto(page.url + "?ulang=1")
    page.get_by_role("button", name="Keripik talas Rp19.000").click()
    expect(price).to_have_text("Rp19.000")
    with page.expect_download() as arriving:
        page.get_by_role("button", name="Unduh daftar harga (PDF)").click()
    assert arriving.value.path().read_bytes().startswith(b"%PDF")
    assert phone.outside(shared_server.url.removeprefix("http://")) == []
    assert phone.errors == []


def test_a_script_that_does_not_come_is_asked_for_again(new_phone, shared_server):
    phone = new_phone()
    asked = []

    def drop_the_first_of_each(route):
        name = route.request.url.partition("?")[0]
        asked.append(name)
        route.abort() if asked.count(name) == 1 else route.continue_()

    files = re.compile(r"/aset/slim/tool-[A-Z0-9]{8}\.(js|css)")
    phone.context.route(files, drop_the_first_of_each)
    page = phone.open_tool(shared_server.url, "harga-jual")
    expect(page.get_by_label("Dibeli jadi")).to_be_visible()
    assert sorted(asked.count(name) for name in {*asked}) == [2, 2]
