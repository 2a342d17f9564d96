"""Periksa QR on a phone: a picture, a text, one's own sticker and another's; nothing leaves or stays."""

import pytest
from playwright.sync_api import expect
from tests.support.accessibility import look

from umkm.qris import PracticeShop, build, draw

pytestmark = pytest.mark.browser


def picture_of(phone, svg, turned=0):
    """A photo of a code on a table."""
    page = phone.new_page()
    page.set_content(
        f'<body style="margin:0;background:#a98"><div style="width:260px;margin:70px 50px;'
        f'transform:rotate({turned}deg)">{svg}</div></body>'
    )
    shot = page.screenshot()
    page.close()
    return {"name": "foto.png", "mimeType": "image/png", "buffer": shot}


def enter(phone, url):
    page = phone.open_tool(url, "periksa-qr")
    expect(page.get_by_text("Belum ada kode.")).to_be_visible()
    return page


def paste(page, text):
    if not page.get_by_label("Tulisan di dalam kode").is_visible():
        page.get_by_text("Tempel tulisan kodenya").click()
    page.get_by_label("Tulisan di dalam kode").fill(text)
    page.get_by_role("button", name="Baca tulisan ini").click()


def test_whose_sticker_it_is(new_phone, shared_server):
    phone = new_phone()
    page = enter(phone, shared_server.url)
    assert not any("/reader-" in url for url in phone.requested)
    mine, other = (build(PracticeShop("Warung Bu Siti", serial=n)) for n in (17, 18))
    found = look(page, "periksa-qr")

    page.locator("#qr-gambar").set_input_files(picture_of(phone, draw(mine), turned=8))
    expect(page.get_by_text("QRIS tetap milik CONTOH Warung Bu Siti")).to_be_visible()
    assert any("/reader-" in url for url in phone.requested)
    page.get_by_role("button", name="Sudah saya coba, ingat di HP ini").click()
    expect(page.get_by_text("Diingat di HP ini saja.")).to_be_visible()
    page.locator("#qr-foto").set_input_files(picture_of(phone, draw(mine)))
    expect(page.get_by_text("Sama persis dengan stiker")).to_be_visible()
    found += look(page, "periksa-qr-sama")

    paste(page, other)
    expect(page.get_by_role("alert")).to_contain_text("NMID-nya lain: ID1099900000018.")
    # A stranger's code is never offered as one's own.
    expect(page.get_by_role("button", name="ingat di HP ini")).to_have_count(0)
    page.get_by_text("Semua isi kode").click()
    expect(page.get_by_text("ID1099900000018").last).to_be_visible()
    found += look(page, "periksa-qr-lain")
    assert found == [], "\n".join(found)
    # What is remembered is no code, and it is on this phone only.
    kept = page.evaluate("JSON.stringify(localStorage)")
    assert "ID1099900000017" in kept
    assert "0002010102" not in kept

    page.goto(page.url + "?ulang=1")
    expect(page.get_by_text("Belum ada kode.")).to_be_visible()
    expect(page.get_by_text("ID1099900000017")).to_be_visible()
    page.get_by_role("button", name="Lupakan").click()
    assert "ID1099900000017" not in page.evaluate("JSON.stringify(localStorage)")
    assert phone.outside(shared_server.url.removeprefix("http://")) == []
    assert phone.errors == []


def test_what_is_no_code(new_phone, shared_server):
    phone = new_phone()
    page = enter(phone, shared_server.url)
    empty = picture_of(phone, "<svg viewBox='0 0 9 9'></svg>")
    page.locator("#qr-gambar").set_input_files(empty)
    expect(page.get_by_text("Tidak ada kode QR yang terbaca")).to_be_visible()
    page.locator("#qr-gambar").set_input_files(
        {"name": "foto.jpg", "mimeType": "image/jpeg", "buffer": b"%PDF-1.7 no picture"}
    )
    expect(page.get_by_text("bukan gambar yang bisa dibaca")).to_be_visible()
    paste(page, "<img src=x onerror=\"document.title='dijalankan'\"> https://contoh.id")
    expect(page.get_by_role("alert")).to_contain_text("Ini bukan kode pembayaran.")
    expect(page.locator(".qr-isi")).to_contain_text("<img src=x")
    paste(page, "0" * 20_000)
    expect(page.get_by_role("alert")).to_contain_text("Jangan dipakai")
    assert page.title().startswith("Periksa QR")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert phone.errors == []
