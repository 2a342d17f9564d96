"""A photo on its way from a phone: the line breaks, the page is closed; it goes on where it was."""

import io
import re

import pytest
from PIL import Image
from playwright.sync_api import expect
from tests.support.accessibility import check
from tests.sync.conftest import STRANGER_PIN

from umkm_records import load_drafts, open_records
from umkm_records.photos import list_photos, read_photos

pytestmark = pytest.mark.browser

TASK, QUESTION = "pemasaran-foto", "foto-barang"


def snapshot(size=(2400, 1800), **how):
    """Noise is what a camera finds hardest to pack: some 700 KB, eleven pieces."""
    into = io.BytesIO()
    Image.effect_noise(size, 90).convert("RGB").save(into, "JPEG", **how)
    return into.getvalue()


@pytest.fixture
def code(new_person):
    return new_person().code


@pytest.fixture
def siti(phone, code):
    opened = phone().log_in(code, STRANGER_PIN)
    opened.page.goto(f"{opened.url}/tugas/{TASK}#soal-semua")
    expect(opened.question(QUESTION)).to_be_visible()
    yield opened
    assert opened.errors == []


def pick(phone, content, name="IMG_1.jpg", kind="image/jpeg"):
    phone.question(QUESTION).locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": kind, "buffer": content}
    )


def told(phone):
    return phone.question(QUESTION).locator(".umkm-photo-told")


def break_after(siti, proxy, pieces):
    """Cut the line once so many pieces have arrived."""
    arrived = []

    def count(response):
        if response.request.method == "POST" and "/foto/kirim/" in response.url:
            arrived.append(response.url)
            if len(arrived) == pieces:
                proxy.drop()

    siti.page.on("response", count)
    return arrived


def test_a_photo_goes_on_where_the_line_broke_and_after_a_reload(server, proxy, siti, code):
    arrived = break_after(siti, proxy, 3)
    pick(siti, snapshot())
    expect(told(siti)).to_contain_text(re.compile(r"Foto aman di HP ini, [1-9]\d? persen"))
    expect(siti.question(QUESTION).get_by_role("progressbar", name="Foto terkirim")).to_be_visible()
    check(siti.page, "foto-menunggu", f'[data-question="{QUESTION}"]')
    with open_records(server.database) as records:
        assert load_drafts(records, code, TASK) == {}
    proxy.heal()
    # The tab is closed and opened again; only the phone itself still has the photo.
    siti.page.reload()
    expect(siti.question(QUESTION).get_by_role("img", name="Foto 1")).to_be_visible()
    siti.stands(QUESTION, "saved")
    with open_records(server.database) as records:
        (photo,) = list_photos(records, code)
        assert load_drafts(records, code, TASK) == {QUESTION: [photo.name]}
        whole = Image.open(io.BytesIO(read_photos(records, code, [photo.name])[photo.name]))
    assert (whole.size, dict(whole.getexif())) == ((1600, 1200), {})
    starts = [int(re.search(r"mulai=(\d+)", url)[1]) for url in arrived]
    # No piece that had arrived was sent again; the one that was cut may have been.
    assert len(starts) - len(set(starts)) <= 1
    assert starts == sorted(starts)


def test_what_is_no_photo_is_told_and_replacing_and_removing_work(server, siti, code):
    card = siti.question(QUESTION)
    pick(siti, b"%PDF-1.7\n" + bytes(900), name="daftar.jpg")
    expect(told(siti)).to_contain_text("bukan foto yang bisa dibuka")
    check(siti.page, "foto-ditolak", f'[data-question="{QUESTION}"]')
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side
    pick(siti, snapshot((800, 600), exif=exif))
    siti.stands(QUESTION, "saved")
    with open_records(server.database) as records:
        (photo,) = list_photos(records, code)
    assert (photo.width, photo.height) == (600, 800)
    picture = card.locator(".umkm-photos img:not(.umkm-under-way)")
    expect(picture).to_have_js_property("naturalWidth", 600)
    check(siti.page, "foto-ada", f'[data-question="{QUESTION}"]')
    with siti.page.expect_file_chooser() as chooser:
        card.get_by_role("button", name="Ganti foto 1").click()
    chooser.value.set_files(
        {"name": "b.png", "mimeType": "image/jpeg", "buffer": snapshot((640, 640))}
    )
    expect(picture).to_have_js_property("naturalWidth", 640)
    expect(picture).to_have_count(1)
    pick(siti, snapshot((500, 400)), name="dua.jpg")
    expect(picture).to_have_count(2)
    expect(card.get_by_text("Tambah foto")).to_be_hidden()
    card.get_by_role("button", name="Hapus foto 1").click()
    expect(picture).to_have_count(1)
    siti.stands(QUESTION, "saved")
    with open_records(server.database) as records:
        (named,) = load_drafts(records, code, TASK)[QUESTION]
        widths = {photo.name: photo.width for photo in list_photos(records, code)}
    assert widths[named] == 500
    siti.page.reload()
    expect(picture).to_have_js_property("naturalWidth", 500)
