"""Biaya QRIS on a phone: a payment, a month, and beside each rate its day and source."""

import pytest
from playwright.sync_api import expect
from tests.support.accessibility import look

pytestmark = pytest.mark.browser


def test_what_arrives_and_what_a_month_brings(new_phone, shared_server):
    phone = new_phone()
    page = phone.open_tool(shared_server.url, "biaya-qris")

    page.get_by_label("Pembeli membayar berapa?").fill("500")
    page.get_by_role("button", name="Rp500.000", exact=True).click()
    arrives = page.locator(".bk-hasil div", has_text="Anda terima").locator("dd")
    expect(arrives).to_have_text("Rp500.000")
    page.get_by_label("Usaha kecil (UKE)").check()
    page.get_by_label("Pembeli membayar berapa?").fill("50rb")
    # 0,7 % of 50.000.
    expect(arrives).to_have_text("Rp49.650")
    expect(page.get_by_text("Tarif 0,7%, berlaku sejak 1 Januari 2020").first).to_be_visible()
    page.get_by_label("Pembeli QRIS sehari").fill("20")
    expect(page.get_by_text("Belanja rata-rata: tulis dulu")).to_be_visible()
    page.get_by_label("Belanja rata-rata").fill("25rb")
    page.get_by_label("Dari 10 pembeli QRIS").fill("1")
    expect(page.locator(".bq-dua")).to_contain_text("Rp91.000")
    expect(page.get_by_text("menjaga penjualan Rp1.300.000")).to_be_visible()
    page.get_by_text("Tarif golongan ini dari waktu ke waktu").click()
    found = look(page, "biaya-qris")
    assert found == [], "\n".join(found)
    assert phone.outside(shared_server.url.removeprefix("http://")) == []
    assert phone.errors == []
