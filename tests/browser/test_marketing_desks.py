"""The desks of online marketing on a phone: what to write, what to ask, when to post, whom to greet, what to show."""

import io
import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import vobject
from openpyxl import load_workbook
from PIL import Image
from playwright.sync_api import expect
from pypdf import PdfReader
from tests.support.accessibility import look
from tests.unit.umkm.marketing import studio

from umkm_tools.base.clock import today_in_serang

pytestmark = pytest.mark.browser


@pytest.fixture
def enter(new_phone, shared_server):
    """Open a tool from Beranda; gives the phone, which must have asked no other host."""
    phone = new_phone()

    def open_tool(name):
        return phone.open_tool(shared_server.url, name)

    yield open_tool
    assert phone.outside(shared_server.url.removeprefix("http://")) == []
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
    page.get_by_label("Potongan Anda, berapa persen?").fill("120")
    expect(page.get_by_text("Tulis persen dari 0 sampai 90")).to_be_visible()
    page.get_by_label("Potongan Anda, berapa persen?").fill("20")
    # 21.500 / 0,8 = 26.875.
    expect(page.locator(".bk-kartu", has_text="Tarif saya").locator("dd").first).to_have_text(
        "Rp26.900"
    )
    found = look(page, "hitung-marketplace")
    assert found == [], "\n".join(found)


def choose(page, picture, **file):
    into = io.BytesIO()
    picture.save(into, "JPEG", quality=92)
    page.locator("#pf-berkas").set_input_files(
        {"name": "IMG_2.jpg", "mimeType": "image/jpeg", "buffer": into.getvalue()} | file
    )


def test_a_photo_to_better(enter):
    page = enter("periksa-foto")
    advice = page.locator(".pf-saran")
    good = studio.product()
    # Each photo of ours has one known fault, drawn into a good one.
    for spoilt, word in (
        (studio.dark(good), "Foto gelap"),
        (studio.blurred(good), "Foto buram"),
        (studio.tilted(good, 6), "Foto miring ke kanan"),
        (studio.cluttered(good), "Pinggir foto ramai"),
    ):
        choose(page, spoilt)
        expect(advice.get_by_role("listitem")).to_have_count(1)
        expect(advice).to_contain_text(word)
    choose(page, good)
    expect(page.get_by_text("Foto ini sudah baik")).to_be_visible()
    choose(page, good.crop((0, 0, 1200, 800)))
    expect(advice).to_contain_text("Sudah teratasi di foto sesudahnya")
    after = page.get_by_role("img", name="Foto sesudah dirapikan")
    expect(after).to_have_js_property("naturalWidth", 800)
    page.get_by_label("Potong persegi").uncheck()
    expect(after).to_have_js_property("naturalWidth", 1200)
    expect(advice).not_to_contain_text("Sudah teratasi")
    with page.expect_download() as arriving:
        page.get_by_role("link", name="Unduh foto yang rapi").click()
    assert Image.open(arriving.value.path()).size == (1200, 800)
    choose(page, good, buffer=b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>")
    expect(page.get_by_text("File ini bukan foto yang bisa dibuka")).to_be_visible()
    found = look(page, "periksa-foto", part=None)
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
    # Of what is sold; the first day of some months is a holiday with a proposal of its own.
    expect(first).to_have_value(re.compile("keripik talas"))
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


def drawn(colour):
    """A phone's photo on its side, with the place it was taken in its EXIF."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8825).update({1: "S", 2: (6.0, 7.0, 0.0), 3: "E", 4: (106.0, 9.0, 0.0)})
    picture = Image.effect_noise((1600, 1200), 60).convert("RGB")
    picture.paste(colour, (300, 300, 1300, 900))
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=90, exif=exif)
    return written.getvalue()


def write_down(page, name, price, *, text="", photo=None):
    page.get_by_role("button", name="Tambah barang").click()
    page.get_by_label("Nama barang").fill(name)
    page.get_by_label("Harga").fill(price)
    page.get_by_label("Keterangan").fill(text)
    if photo:
        page.locator("#kt-foto").set_input_files(
            {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": photo}
        )
        expect(page.get_by_text("Foto terkirim.")).to_be_visible()
    page.get_by_role("button", name="Simpan", exact=True).click()
    expect(page.get_by_role("status").filter(has_text="tersimpan")).to_be_visible()


def change_order(page):
    page.get_by_role("button", name="Hapus Barang 3").click()
    expect(page.get_by_text("Barang 3 dihapus.")).to_be_visible()
    page.get_by_role("button", name="Urungkan").click()
    expect(page.locator(".kt-barang strong")).to_have_text(
        ["Sate <script>alert(1)</script>", *(f"Barang {place}" for place in range(2, 7))]
    )
    page.get_by_role("button", name="Naikkan Barang 2").click()
    expect(page.locator(".kt-barang strong").first).to_have_text("Barang 2")


def give_a_number(page):
    page.get_by_role("button", name="Ubah nama dan nomor").click()
    page.get_by_label("Nomor WhatsApp").fill("0251 123")
    page.get_by_role("button", name="Simpan", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Nomor HP ini belum benar")
    page.get_by_label("Nomor WhatsApp").fill("+62 (0)812-3456-7890")
    page.get_by_role("button", name="Simpan", exact=True).click()
    expect(page.get_by_text("Pesanan ke WhatsApp 081234567890")).to_be_visible()


def test_a_catalogue_for_buyers(enter, chromium, tmp_path):
    page = enter("katalog")
    page.get_by_role("button", name="Lihat contoh").click()
    expect(page.get_by_text("Tidak ada yang disimpan.")).to_be_visible()
    page.get_by_role("button", name="Buat katalog saya sendiri").click()
    page.get_by_role("button", name="Buat katalog saya").click()
    found = look(page, "katalog-setuju")
    page.get_by_role("button", name="Setuju, buat katalog").click()
    expect(page.get_by_text("Belum ada barang.")).to_be_visible()

    page.get_by_role("button", name="Tambah barang").click()
    page.get_by_label("Nama barang").fill("Sate <script>alert(1)</script>")
    page.get_by_label("Harga").fill("45")
    page.get_by_role("button", name="Simpan", exact=True).click()
    expect(page.get_by_text("Maksud Anda Rp45 atau Rp45.000?")).to_be_visible()
    page.reload()  # what was half written is on the phone
    page.get_by_role("button", name="Lanjutkan").click()
    expect(page.get_by_label("Nama barang")).to_have_value("Sate <script>alert(1)</script>")
    page.get_by_label("Harga").fill("45rb")
    page.locator("#kt-foto").set_input_files(
        {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": drawn("teal")}
    )
    expect(page.get_by_text("Foto terkirim.")).to_be_visible()
    found += look(page, "katalog-barang")
    page.get_by_role("button", name="Simpan", exact=True).click()
    expect(page.get_by_text("Rp45.000")).to_be_visible()
    for place, colour in enumerate(("red", "blue", "gold", "olive", "navy"), 2):
        write_down(page, f"Barang {place}", "1.250.000", text="Isi 10", photo=drawn(colour))

    change_order(page)
    give_a_number(page)
    page.get_by_role("button", name="Lihat seperti pembeli").click()
    buyer = page.frame_locator("iframe.kt-layar")
    expect(buyer.get_by_role("link", name="Pesan Barang 2")).to_be_visible()
    expect(buyer.get_by_role("img", name="Foto Barang 2")).to_have_js_property("naturalWidth", 480)
    found += look(page, "katalog", part=None)

    with page.expect_download() as arriving:
        page.get_by_role("button", name="Unduh daftar harga").click()
    expect(page.get_by_text("Berkas daftar-harga-warung-bu-siti.pdf diunduh.")).to_be_visible()
    (sheet,) = PdfReader(arriving.value.path()).pages
    assert "Rp1.250.000" in sheet.extract_text()
    with page.expect_download() as arriving:
        page.get_by_role("button", name="Unduh katalog untuk pembeli").click()
    assert arriving.value.suggested_filename == "katalog-warung-bu-siti.html"
    kept = tmp_path / "katalog.html"
    arriving.value.save_as(kept)
    page.goto(page.url + "?ulang=1")
    expect(page.locator(".kt-barang")).to_have_count(6)
    page.get_by_role("button", name="Hapus katalog saya").click()
    page.get_by_role("button", name="Ya, hapus katalog").click()
    expect(page.get_by_text("sudah dihapus dari laptop kelas")).to_be_visible()
    assert kept.stat().st_size < 300_000
    found += opened_by_a_buyer(chromium, kept)
    assert found == [], "\n".join(found)


def opened_by_a_buyer(chromium, file):
    """Look at a catalogue from the disk of a phone that has no line; gives what is wrong with it."""
    context = chromium.new_context(viewport={"width": 360, "height": 740}, offline=True)
    page = context.new_page()
    asked, errors = [], []
    page.on("request", lambda request: asked.append(request.url[:60]))
    page.on("console", lambda told: errors.append(told.text))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(file.as_uri())
    expect(page.get_by_role("heading", level=2)).to_have_text(
        [
            "Barang 2",
            "Sate <script>alert(1)</script>",
            *(f"Barang {place}" for place in range(3, 7)),
        ]
    )
    widths = page.locator("img").evaluate_all("all => all.map((one) => one.naturalWidth)")
    assert widths == [480] * 6
    links = [urlsplit(one.get_attribute("href")) for one in page.get_by_role("link").all()]
    assert {(one.netloc, one.path) for one in links} == {("wa.me", "/6281234567890")}
    assert parse_qs(links[1].query)["text"] == [
        "Halo Warung Bu Siti, saya mau pesan Sate <script>alert(1)</script> (Rp45.000)."
    ]
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    assert errors == []
    found = look(page, "katalog-pembeli", part=None)
    context.close()
    return found
