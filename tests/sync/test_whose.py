"""Answers on a phone that changes hands, logs out, or never gets a signal: always their owner's."""

import json
import re

import pytest
from playwright.sync_api import expect
from tests.support.accessibility import check
from tests.support.phone import PLAN, PROFIT
from tests.support.trainee_server import SHEET
from tests.sync.conftest import STRANGER_PIN

from umkm_apps.offline_transfer import page_token_secret
from umkm_apps.offline_transfer.importing import import_bundle
from umkm_apps.offline_transfer.panel import ImportSession, UploadedFile
from umkm_courses import load_catalogue
from umkm_records import latest_submission, load_drafts, open_records, reset_pin

pytestmark = pytest.mark.browser


@pytest.fixture
def records(server):
    with open_records(server.database) as opened:
        yield opened


@pytest.fixture
def siti(phone, new_person):
    made = phone()
    made.code = new_person().code
    return made.log_in(made.code, STRANGER_PIN).open_sheet()


def go_home(phone):
    phone.page.goto(phone.url)
    return phone


def test_a_login_that_ended_is_told_and_a_new_one_hands_in(records, siti):
    siti.type(PROFIT, "350rb")
    siti.stands(PROFIT, "saved")
    pin = reset_pin(records, siti.code, by="uji")
    siti.type(PLAN, "Sesudah PIN diganti.")
    siti.stands(PLAN, "waiting")
    expect(siti.banner).to_contain_text("Silakan masuk lagi")
    check(siti.page, "masuk-lagi", "#sambungan")
    siti.page.get_by_role("link", name="Masuk", exact=True).click()
    siti.page.get_by_label("Nomor HP atau kode peserta").fill(siti.code)
    siti.page.get_by_label("PIN").fill(pin)
    siti.page.get_by_role("button", name="Masuk").click()
    siti.shows(PLAN, "Sesudah PIN diganti.")
    siti.stands(PLAN, "saved")
    assert load_drafts(records, siti.code, SHEET)[PLAN] == "Sesudah PIN diganti."


def test_on_a_phone_that_changed_hands_answers_wait_for_their_owner(
    records, proxy, siti, new_person
):
    proxy.drop()
    siti.type(PLAN, "Punya Bu Siti.")
    siti.stands(PLAN, "waiting")
    proxy.heal()
    # Kept from coming through while the phone is handed over.
    siti.context.route(re.compile("/jawaban"), lambda route: route.abort())
    old_page = siti.page
    siti.context.clear_cookies(name="umkm-masuk")
    other = new_person()
    siti.new_page()
    siti.log_in(other.code, STRANGER_PIN).open_sheet()
    siti.context.unroute(re.compile("/jawaban"))
    siti.shows(PLAN, "")
    siti.type(PROFIT, "1")
    siti.stands(PROFIT, "saved")
    # The first person's page, still open in another tab, says why it waits.
    old_page.bring_to_front()
    old_page.evaluate("window.umkmOutbox.again()")
    expect(old_page.locator("#sambungan")).to_contain_text("peserta lain")
    assert load_drafts(records, siti.code, SHEET) == {}
    assert load_drafts(records, other.code, SHEET) == {PROFIT: "1"}
    old_page.close()
    go_home(siti).page.get_by_role("button", name="Keluar").click()
    siti.log_in(siti.code, STRANGER_PIN)
    # Beranda alone is enough.
    expect(siti.page.locator("#kabar")).to_contain_text("sudah tersimpan")
    assert load_drafts(records, siti.code, SHEET) == {PLAN: "Punya Bu Siti."}


def test_keluar_asks_while_answers_wait(records, siti):
    siti.context.route(re.compile("/jawaban"), lambda route: route.abort())
    siti.type(PLAN, "Belum terkirim.")
    siti.stands(PLAN, "waiting")
    go_home(siti)
    expect(siti.page.locator("#kabar")).to_contain_text("1 jawaban di HP ini")
    siti.page.get_by_role("button", name="Keluar").click()
    expect(siti.page.get_by_role("heading", name="Masih ada jawaban")).to_be_visible()
    check(siti.page, "keluar-bertanya", ".keluar")
    siti.page.get_by_role("button", name="Keluar saja").click()
    expect(siti.page.get_by_text("Anda sudah keluar")).to_be_visible()
    siti.context.unroute(re.compile("/jawaban"))
    siti.log_in(siti.code, STRANGER_PIN)
    expect(siti.page.locator("#kabar")).to_contain_text("sudah tersimpan")
    assert load_drafts(records, siti.code, SHEET) == {PLAN: "Belum terkirim."}


@pytest.fixture
def desk(server, records):
    from tests.support.open_workshop import ROOT

    return ImportSession(
        records, load_catalogue(ROOT / "courses"), page_token_secret(server.data_dir)
    )


def offer(siti, proxy):
    """Until the page offers to carry the answers by hand."""
    siti.type(PROFIT, "350rb")
    siti.stands(PROFIT, "saved")
    proxy.drop()
    siti.type(PLAN, "Dibawa sendiri. " * 30)
    siti.stands(PLAN, "waiting")
    siti.page.locator("#kirim").click()
    siti.page.get_by_role("button", name="Kirim", exact=True).click()
    expect(siti.page.get_by_role("heading", name="Sinyal belum juga ada?")).to_be_visible(
        timeout=40_000
    )


def test_codes_and_files_are_taken_over_once(records, proxy, siti, desk):
    offer(siti, proxy)
    check(siti.page, "serahkan", ".serahkan")
    siti.page.get_by_role("button", name="Tampilkan kode QR").click()
    check(siti.page, "serahkan-kode", ".serahkan")
    photos = []
    while True:
        canvas = siti.page.locator("canvas.kode-qr")
        photos.append(UploadedFile(f"foto{len(photos)}.png", canvas.screenshot()))
        onwards = siti.page.get_by_role("button", name="Berikutnya")
        if not onwards.count() or onwards.is_disabled():
            break
        onwards.click()
    opened = desk.look(photos).bundles[0]
    assert opened.participant.code == siti.code
    taken = import_bundle(opened)
    assert (taken.saved, taken.replaced) == (1, 0)
    assert taken.receipt.answers[PLAN] == "Dibawa sendiri. " * 30
    siti.page.get_by_role("button", name="Tutup").click()
    with siti.page.expect_download() as saved:
        siti.page.get_by_role("button", name="Simpan sebagai berkas").click()
    content = saved.value.path().read_bytes()
    assert json.loads(content)["participant"] == siti.code
    again = import_bundle(desk.look([UploadedFile("jawaban.json", content)]).bundles[0])
    assert again.receipt.code == taken.receipt.code
    # The signal returns after all: nothing is sent twice.
    proxy.heal()
    siti.stands(PLAN, "saved")
    expect(siti.page.locator("#kode-terima")).to_have_text(taken.receipt.code)
    assert latest_submission(records, siti.code, SHEET).attempt == 1
