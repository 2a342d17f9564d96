"""Buku kas on phones: the sample shop, a book of one's own, two phones, a lost line, a farewell."""

import io
import json

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect
from tests.support.accessibility import check
from tests.support.cash_book_page import begin_own, write

pytestmark = pytest.mark.browser

LIST = "Tanggal;Keterangan;Masuk;Keluar\n2/11/2025;jualan;150.000;\n3/11/0025;salah;5.000;\n"


def enter(phone, url):
    return phone.open_tool(url, "buku-kas")


def tab(page, name):
    page.get_by_role("navigation", name="Bagian buku kas").get_by_role("button", name=name).click()
    expect(page.locator("[aria-current=page]")).to_have_text(name)


def figure(page, label):
    return page.locator(".bk-angka div", has_text=label).locator("dd")


def test_a_book_from_the_first_tap_to_its_end(new_phone, server):
    one, other = new_phone(), new_phone()
    page = enter(one, server.url)
    expect(page.get_by_role("button", name="Coba dengan toko contoh")).to_be_visible()
    check(page, "buku-awal")
    try_the_sample(page)
    begin_own(page)
    check(page, "buku-kosong", part=None)
    write(page, "Jual tunai", "15rb")
    write(page, "Jual bon", "50rb", Siapa_pembelinya="Bu Ani")
    expect(figure(page, "Uang masuk hari ini")).to_have_text("Rp15.000")
    second = enter(other, server.url)
    both_take_the_same_payment(page, second)
    what_waited_is_sent_by_a_reload(page)
    what_is_half_written_is_offered_again(page)
    undo_and_remind(page)
    take_it_along(page)
    bring_an_old_list(page)
    page.get_by_role("button", name="Hapus buku saya").click()
    check(page, "buku-hapus", part=None)
    page.get_by_role("button", name="Ya, hapus buku saya").click()
    expect(page.get_by_text("Tidak ada yang tersisa.")).to_be_visible()
    second.get_by_role("button", name="Laporan").click()
    expect(second.get_by_role("button", name="Buat buku saya sendiri")).to_be_visible()
    host = server.url.removeprefix("http://")
    assert one.outside(host) == other.outside(host) == []
    assert one.errors == other.errors == []


def try_the_sample(page):
    page.get_by_role("button", name="Coba dengan toko contoh").click()
    expect(page.get_by_text("Tidak ada yang disimpan.")).to_be_visible()
    check(page, "buku-contoh", part=None)
    for name in ("Buku", "Bon", "Stok", "Laporan"):
        tab(page, name)
        check(page, f"buku-contoh-{name.lower()}", part=None)
    page.get_by_role("button", name="Buat buku saya").click()
    check(page, "buku-setuju")


def both_take_the_same_payment(page, second):
    expect(figure(second, "Uang masuk hari ini")).to_have_text("Rp15.000")
    write(second, "Bon dibayar", "50rb", Siapa_yang_membayar="bu ani")
    # The first phone does not know yet that the bon is paid.
    page.get_by_role("button", name="Bon dibayar", exact=True).click()
    page.get_by_label("Siapa yang membayar?").fill("Bu Ani")
    page.get_by_label("Berapa jumlahnya?").fill("50rb")
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_text("Bon Bu Ani sudah lunas.")).to_be_visible()
    check(page, "buku-catat", part=None)
    page.get_by_role("button", name="Tidak jadi").click()
    tab(page, "Buku")
    expect(figure(page, "Uang masuk")).to_have_text("Rp65.000")


def what_waited_is_sent_by_a_reload(page):
    key = page.evaluate(
        """() => {
      const waits = {type: "write", id: "menunggu1", form: {kind: "jual-tunai", amount: "7rb",
        on: new Date().toLocaleDateString("sv", {timeZone: "Asia/Jakarta"}), money: "kas"}};
      const key = "umkm-buku-" + TOKEN;
      localStorage.setItem(key, JSON.stringify([waits, waits]));
      return key; }""".replace("TOKEN", json.dumps(token_of("srg-siti1")))
    )
    page.reload()
    expect(figure(page, "Uang masuk")).to_have_text("Rp72.000")
    page.wait_for_function("key => localStorage.getItem(key) === null", arg=key)


def what_is_half_written_is_offered_again(page):
    tab(page, "Catat")
    page.get_by_role("button", name="Jual bon", exact=True).click()
    page.get_by_label("Siapa pembelinya?").fill("Bu Ani")
    page.reload()
    tab(page, "Catat")
    expect(page.get_by_text("Jual bon belum selesai ditulis.")).to_be_visible()
    check(page, "buku-belum-selesai", part=None)
    page.get_by_role("button", name="Lanjutkan").click()
    expect(page.get_by_label("Siapa pembelinya?")).to_have_value("Bu Ani")
    page.get_by_role("button", name="Tidak jadi").click()
    expect(page.get_by_text("belum selesai ditulis")).to_have_count(0)


def undo_and_remind(page):
    tab(page, "Buku")
    page.get_by_role("button", name="Bon dibayar").click()
    check(page, "buku-catatan", part=None)
    page.get_by_role("button", name="Batalkan").click()
    expect(figure(page, "Uang masuk")).to_have_text("Rp22.000")
    tab(page, "Bon")
    page.get_by_role("button", name="Bu Ani").click()
    link = page.get_by_role("link", name="Kirim lewat WhatsApp").get_attribute("href")
    assert link.startswith("https://wa.me/?text=Halo%20Bu%20Ani")


def take_it_along(page):
    tab(page, "Laporan")
    with page.expect_download() as arriving:
        page.get_by_role("button", name="Unduh seluruh buku (Excel)").click()
    book = load_workbook(io.BytesIO(arriving.value.path().read_bytes()))
    assert book.sheetnames[0] == "Buku kas"
    assert book["Buku kas"].max_row == 5
    with page.expect_download() as arriving:
        page.get_by_role("button", name="Unduh laporan (PDF)").click()
    assert arriving.value.path().read_bytes().startswith(b"%PDF")


def bring_an_old_list(page):
    page.locator("#bk-berkas").set_input_files(
        {"name": "daftar.csv", "mimeType": "text/csv", "buffer": LIST.encode()}
    )
    expect(page.get_by_text("1 baris siap masuk")).to_be_visible()
    expect(page.get_by_text("Baris 3:")).to_be_visible()
    check(page, "buku-daftar-lama", part=None)
    page.get_by_role("button", name="Masukkan 1 baris").click()
    expect(page.get_by_text("1 catatan masuk ke buku.")).to_be_visible()
    page.locator("#bk-berkas").set_input_files(
        {"name": "daftar.xlsx", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 x"}
    )
    expect(page.get_by_text("Ini berkas PDF, walau namanya lain.")).to_be_visible()


def token_of(code):
    from hashlib import sha256

    return sha256(f"buku {code}".encode()).hexdigest()[:16]
