"""Cocokkan on a phone: an example, a list with strange headings, the cash book, and what was missing."""

import pytest
from playwright.sync_api import expect
from tests.support.accessibility import look

from umkm_tools.base.clock import today_in_serang

pytestmark = pytest.mark.browser


def tap(page, name):
    page.get_by_role("button", name=name).click()


def bring(page, content, name="daftar.csv"):
    page.locator("#ck-provider").set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": content}
    )


def test_from_a_providers_list_to_the_cash_book(new_phone, shared_server):
    phone = new_phone()
    page = phone.open_tool(shared_server.url, "cocokkan")
    found = []

    tap(page, "Lihat contoh")
    expect(page.get_by_text("Toko dan angkanya dibuat-buat.")).to_be_visible()
    expect(page.get_by_text("Biayanya tidak cocok: 1 (Rp45.000)")).to_be_visible()
    found += look(page, "cocokkan-contoh")
    tap(page, "Mulai lagi dari awal")
    expect(page.get_by_text("Toko dan angkanya dibuat-buat.")).not_to_be_visible()

    bring(page, b"%PDF-1.7", "daftar.xlsx")
    expect(page.get_by_role("alert")).to_contain_text("Ini berkas PDF")
    today = f"{today_in_serang():%d/%m/%Y}"
    strange = f"kapan;berapa;kode\n{today} 08.00;15.000,00;X1\n{today} 09.00;22.000,00;X2\n"
    bring(page, strange.encode("utf-16"))
    page.get_by_label("Tanggal bayar").select_option(label=f"kapan ({today} 08.00)")
    page.get_by_label("Jumlah yang dibayar pembeli").select_option("1")
    tap(page, "Pakai kolom ini")
    expect(page.get_by_text("2 baris terbaca.")).to_be_visible()
    found += look(page, "cocokkan-daftar")
    tap(page, "Pakai Buku kas saya")
    expect(page.get_by_role("alert")).to_contain_text("Anda belum punya Buku kas.")

    page.goto(f"{shared_server.url}/alat/buku-kas")
    tap(page, "Buat buku saya sendiri")
    page.get_by_label("Dagang").check()
    tap(page, "Setuju, buat buku saya")
    expect(page.get_by_text("Belum ada catatan.")).to_be_visible()
    page.goto(f"{shared_server.url}/alat/cocokkan?ulang=1")
    expect(page.get_by_role("button", name="Lihat contoh")).to_be_visible()
    bring(page, strange.encode())  # the columns are remembered
    expect(page.get_by_text("2 baris terbaca.")).to_be_visible()
    tap(page, "Pakai Buku kas saya")
    expect(page.get_by_text("Belum ada di buku: 2 (Rp37.000)")).to_be_visible()
    tap(page, "Masukkan 2 penjualan ke Buku kas")
    expect(page.get_by_text("2 penjualan QRIS masuk ke Buku kas.")).to_be_visible()
    expect(page.get_by_text("Semuanya cocok.")).to_be_visible()
    page.goto(f"{shared_server.url}/alat/buku-kas")
    expect(page.get_by_text("QRIS").first).to_be_visible()
    assert found == [], "\n".join(found)
    assert phone.outside(shared_server.url.removeprefix("http://")) == []
    assert phone.errors == []
