"""Simulasi iklan: two phones and the trainer's desk through a round and to the end; then alone."""

import pytest
from playwright.sync_api import expect
from tests.support.accessibility import look
from tests.support.registration import register_participant

from umkm_records import list_cohorts, open_records
from umkm_records.tools import ad_board
from umkm_tools.ad_game.trainer import AdPanel

pytestmark = pytest.mark.browser

SLOW = 40_000


def enter(phone, url, code="srg-siti1", pin="246813"):
    page = phone.open_tool(url, "simulasi-iklan", code, pin)
    expect(page.get_by_role("button", name="Main sendiri")).to_be_visible()
    return page


def tap(page, name):
    page.get_by_role("button", name=name).click()


def pick(page, *texts):
    for text in texts:
        page.locator(".bk-pilih label", has_text=text).click()


def test_two_phones_and_a_desk(new_phone, server):
    one, other = new_phone(), new_phone()
    with open_records(server.database) as records:
        (cohort,) = list_cohorts(records)
        desk = AdPanel(records, cohort.id)
        desk.refresh()
        desk.begin.click()
        siti = enter(one, server.url)
        found = look(siti, "iklan-pilih")
        tap(siti, "Ikut simulasi kelas")
        expect(siti.get_by_text("Putaran 1 dari 4 · Anda main sebagai")).to_be_visible()
        tap(siti, "Pasang iklan")
        expect(siti.get_by_role("alert")).to_contain_text("Pilih biaya iklannya")
        pick(siti, "Rp200.000", "Orang sekitar toko", "Foto terang, harga tertulis")
        found += look(siti, "iklan-putusan", None)  # the name one plays under differs
        tap(siti, "Pasang iklan")
        expect(siti.get_by_text("Pilihan Anda tersimpan.")).to_be_visible()
        siti.reload()
        expect(siti.get_by_text("Pilihan Anda tersimpan.")).to_be_visible()
        tap(siti, "Ganti pilihan")
        pick(siti, "Rp100.000")
        tap(siti, "Pasang iklan")
        expect(siti.get_by_text("Rp100.000 untuk orang sekitar toko")).to_be_visible()

        lastri = other.page
        register_participant(lastri, server.url)
        lastri.goto(f"{server.url}/alat/simulasi-iklan")
        tap(lastri, "Ikut simulasi kelas")
        expect(lastri.get_by_text("Putaran 1 dari 4")).to_be_visible()

        desk.refresh()
        assert "1 dari 2 orang sudah memilih" in desk.board.value
        desk.go.click()
        names = [page.locator(".ks-ronde").inner_text().split()[-1] for page in (siti, lastri)]
        games = ad_board(records, cohort.id).games
        assert set(names) == set(games)
        for page, name in zip((siti, lastri), names, strict=True):
            expect(page.get_by_text("Menunggu pelatih membuka")).to_be_visible(timeout=SLOW)
            left = f"{games[name].money:,}".replace(",", ".")
            expect(page.locator(".ks-barang strong")).to_have_text(f"Rp{left}")
        found += look(siti, "iklan-hasil", None)
        desk.go.click()
        desk.end.click()
        expect(siti.get_by_text("Kapan sebaiknya berhenti?")).to_be_visible(timeout=SLOW)
        found += look(siti, "iklan-selesai", None)
    assert found == [], "\n".join(found)
    host = server.url.removeprefix("http://")
    assert one.outside(host) == other.outside(host) == []
    assert one.errors == other.errors == []


def test_alone(new_phone, server):
    phone = new_phone()
    page = enter(phone, server.url)
    tap(page, "Main sendiri")
    for number in range(1, 5):
        expect(page.get_by_text(f"Putaran {number} dari 4")).to_be_visible()
        if number < 3:
            pick(page, "Rp200.000", "Siapa saja", "Tulisan heboh")
            tap(page, "Pasang iklan")
        else:
            pick(page, "Berhenti: tidak pasang")
            tap(page, "Berhenti di putaran ini")
        if number < 4:
            tap(page, "Putaran berikutnya")
    expect(page.get_by_text("Tanpa iklan sama sekali, uang Anda")).to_be_visible()
    money = page.get_by_text("sekarang Rp").inner_text()
    tap(page, "Main lagi, peruntungan sama")
    for number in range(1, 5):
        expect(page.get_by_text(f"Putaran {number} dari 4")).to_be_visible()
        pick(page, "Berhenti: tidak pasang")
        tap(page, "Berhenti di putaran ini")
        if number < 4:
            tap(page, "Putaran berikutnya")
    expect(page.get_by_text("Mulai Rp1.000.000, sekarang Rp1.000.000.")).to_be_visible()
    assert "Rp1.000.000." not in money.split("sekarang")[1]
    found = look(page, "iklan-sendiri", None)
    assert found == [], "\n".join(found)
    assert phone.errors == []
