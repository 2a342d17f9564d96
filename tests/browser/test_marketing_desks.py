"""The desks of online marketing on a phone: what to write, what to ask, when to post, whom to greet."""

import io
import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import vobject
from openpyxl import load_workbook
from playwright.sync_api import expect
from tests.browser.looking import look

from umkm_widgets.cash_book.widget import today_in_serang

pytestmark = pytest.mark.browser


@pytest.fixture
def enter(new_phone, workshop):
    """Open a tool from Beranda; gives the phone, which must have asked no other host."""
    phone = new_phone()

    def open_tool(name):
        page = phone.page
        page.goto(workshop.url)
        page.get_by_label("Nomor HP atau kode peserta").fill("srg-siti1")
        page.get_by_label("PIN").fill("246813")
        page.get_by_role("button", name="Masuk").click()
        page.locator(f'a.kartu[href="/alat/{name}"]').click()
        return page

    yield open_tool
    assert phone.outside(workshop.url.removeprefix("http://")) == []
    assert phone.errors == []


def test_the_price_that_keeps_the_target(enter):
    page = enter("hitung-marketplace")
    page.get_by_label("Modal satu barang").fill("14rb")
    page.get_by_label("Kotak, plastik, lakban").fill("Rp1.500")
    page.get_by_label("Untung yang Anda inginkan").fill("6rb")
    page.get_by_label("Harga Anda sekarang").fill("20rb")
    shopee = page.locator(".bk-kartu", has_text="Shopee · makanan")
    # (15.500 + 1.250 + 6.000) / 0,9 = 25.277,8: in steps of 100, 25.300.
    expect(shopee.locator("dd").first).to_have_text("Rp25.300")
    # 20.000 - 2.000 - 1.250 - 15.500 = 1.250.
    expect(shopee).to_contain_text("untung Rp1.250")
    expect(shopee).to_contain_text("Sejak 1 Januari 2026. Sumber: Katadata")
    page.get_by_text("Tarif saya lain").click()
    page.get_by_label("Potongan, berapa persen?").fill("120")
    expect(page.get_by_text("Tulis persen dari 0 sampai 90")).to_be_visible()
    page.get_by_label("Potongan, berapa persen?").fill("20")
    # 21.500 / 0,8 = 26.875.
    expect(page.locator(".bk-kartu", has_text="Tarif saya").locator("dd").first).to_have_text(
        "Rp26.900"
    )
    found = look(page, "hitung-marketplace")
    assert found == [], "\n".join(found)


def test_a_listing_to_copy(enter):
    page = enter("judul-deskripsi")
    page.get_by_label("Jenis barang").fill("Sate bandeng asap")
    page.get_by_label("Merek atau nama usaha").fill("Teh Neneng")
    page.get_by_label("Ukuran, isi, rasa, atau warna").fill("1 ekor 350 gram")
    expect(page.get_by_label("Judul", exact=True)).to_have_value(
        "Sate bandeng asap Teh Neneng 1 ekor 350 gram"
    )
    expect(page.locator(".jd-saran")).to_contain_text("bahan atau komposisi")
    page.get_by_label("Bahannya").fill("bandeng, santan <b>enak</b>")
    expect(page.get_by_label("Deskripsi", exact=True)).to_have_value(
        "Sate bandeng asap Teh Neneng 1 ekor 350 gram\nBahan: bandeng, santan <b>enak</b>\n"
        "Isi atau ukuran: 1 ekor 350 gram"
    )
    page.get_by_label("Judul", exact=True).fill("Sate bandeng menyembuhkan stroke")
    expect(page.locator(".jd-saran")).to_contain_text("Makanan dan kosmetik bukan obat")
    expect(page.get_by_label("Judul", exact=True)).to_be_focused()
    found = look(page, "judul-deskripsi")
    assert found == [], "\n".join(found)


def test_a_month_to_take_home(enter):
    page = enter("kalender-konten")
    # The present month may be nearly over.
    page.locator("[name=kk-month]").nth(1).check()
    page.get_by_label("Barang yang Anda jual").fill("keripik talas\nrengginang")
    for day in ("Rabu", "Jumat"):
        page.get_by_label(day, exact=True).uncheck()
    first = page.locator(".kk-hari textarea").first
    expect(first).to_have_value("Foto keripik talas di tempat terang. Tulis ukuran dan harganya.")
    first.fill("Video panen talas")
    with page.expect_download() as arriving:
        page.get_by_role("button", name="Simpan ke kalender HP").click()
    book = vobject.readOne(arriving.value.path().read_text())
    assert "Video panen talas" in book.vevent_list[0].description.value
    with page.expect_download() as arriving:
        page.get_by_role("button", name="Unduh untuk ditempel").click()
    assert arriving.value.path().read_bytes().startswith(b"%PDF")
    page.get_by_label("Senin", exact=True).uncheck()
    expect(page.get_by_text("Pilih hari apa saja Anda mau mengunggah.")).to_be_visible()
    page.get_by_label("Senin", exact=True).check()
    expect(first).to_have_value("Video panen talas")
    found = look(page, "kalender-konten", part=None)
    assert found == [], "\n".join(found)


def test_whom_to_greet_today(enter):
    page = enter("pelanggan")
    page.get_by_role("button", name="Lihat contoh").click()
    expect(page.get_by_text("Orang dan angkanya dibuat-buat.")).to_be_visible()
    expect(page.get_by_role("heading", name="Langganan: 2")).to_be_visible()
    found = look(page, "pelanggan")
    page.locator("#pg-file").set_input_files(
        {"name": "daftar.xlsx", "mimeType": "text/csv", "buffer": b"%PDF-1.7"}
    )
    expect(page.get_by_role("alert").filter(has_text="Ini berkas PDF")).to_be_visible()

    page.get_by_text("Atau tempel daftarnya").click()
    today = today_in_serang()
    days = [f"{today - timedelta(days=ago):%d/%m/%Y}" for ago in (1, 5, 90)]
    page.get_by_label("Satu penjualan satu baris").fill(
        f"{days[0]}\tBu <b>Ani</b>\t0812-3456-7801\t25rb\n{days[1]}\tBu <b>Ani</b>\t\t30.000\n"
        f"{days[0]}\tPak Budi\t\t10,000\n{days[2]}\tTeh Cici\t+62 812 3456 7803\t5.000\n"
    )
    page.get_by_role("button", name="Baca daftar ini").click()
    expect(page.get_by_text("4 penjualan terbaca.")).to_be_visible()
    loyal = page.locator(".pg-kelompok", has_text="Langganan: 1")
    loyal.get_by_label("Pesannya").fill("Halo {nama}, besok buka {warung}")
    expect(loyal.get_by_text("bukan {warung}")).to_be_visible()
    loyal.get_by_label("Pesannya").fill("Halo {nama}, besok {usaha} buka & ada yang baru.")
    link = loyal.get_by_role("link", name="Kirim WA ke Bu <b>Ani</b>")
    page.get_by_label("Nama usaha Anda").fill("Dapur Siti")
    text = "Halo Bu <b>Ani</b>, besok Dapur Siti buka & ada yang baru."
    expect(link).to_have_attribute("href", re.compile("Dapur%20Siti%20buka%20%26"))
    address = urlsplit(link.get_attribute("href"))
    assert (address.netloc, address.path) == ("wa.me", "/6281234567801")
    assert parse_qs(address.query)["text"] == [text]
    loyal.get_by_role("button", name="Salin pesan").click()
    expect(loyal.get_by_text("Sudah disalin.")).to_be_visible()
    page.get_by_label("Satu penjualan satu baris").fill("")
    page.get_by_label("Satu penjualan satu baris").press("Control+V")
    expect(page.get_by_label("Satu penjualan satu baris")).to_have_value(text)
    with page.expect_download() as arriving:
        page.get_by_role("button", name="Unduh daftarnya").click()
    sheet = load_workbook(io.BytesIO(arriving.value.path().read_bytes())).active
    assert [row[1].value for row in sheet.iter_rows(min_row=2)] == [
        "Bu <b>Ani</b>",
        "Pak Budi",
        "Teh Cici",
    ]
    page.get_by_role("button", name="Ubah kolom").click()
    found += look(page, "pelanggan-kolom", part=None)
    page.get_by_role("button", name="Pakai kolom ini").click()
    page.get_by_role("button", name="Hapus dari halaman ini").click()
    expect(page.get_by_text("penjualan terbaca")).not_to_be_visible()
    assert found == [], "\n".join(found)
